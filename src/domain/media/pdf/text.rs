//! Letters from a page: which, where, and in what order they are read.

use std::cell::RefCell;

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::{self, BfString, CMap, CMapName, CidFamily, WritingMode};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};
use hayro::hayro_syntax;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};
use hayro::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _, Vec2};

use crate::domain::base::text::{compact, half_width};

/// The most letters that are read from one page; a page of small print has ten thousand.
const MAX_LETTERS: usize = 400_000;
/// The most places of one word on one page.
const MAX_PLACES: usize = 100;

/// What is written on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageText {
    /// Line by line as it is read, words apart where there is a gap.
    pub text: String,
    /// How many letters stand there.
    pub letters: usize,
    /// How many of them the file does not say which they are.
    pub unreadable: usize,
    /// How many of them can be seen; scanners lay invisible ones over the picture.
    pub visible: usize,
    /// The share of the page that pictures cover, 0 to 1.
    pub pictured: f64,
}

impl PageText {
    /// Whether the page is a picture of a page: pictures cover most of it and no text is to be seen.
    #[must_use]
    pub fn is_scan(&self) -> bool {
        // A page number or a stamp of the scanning program may stand beside the picture.
        self.pictured > 0.5 && self.visible < 60
    }

    /// The share of letters that cannot be read, 0 to 1.
    #[must_use]
    pub fn unreadable_share(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a few hundred thousand")]
        let share = self.unreadable as f64 / self.letters.max(1) as f64;
        share
    }
}

/// A letter, or what stands for several.
struct Letter {
    text: String,
    /// Which way its line runs: 0 to 3 quarters of a turn, 4 for columns read from top to bottom.
    way: u8,
    /// Where its line runs it begins, ends, and how far down its line stands.
    start: f64,
    end: f64,
    across: f64,
    size: f64,
    /// Its rectangle on the page, in fractions.
    area: Rect,
}

/// All letters of a page, in the order in which the file has them.
pub(super) struct Letters {
    letters: Vec<Letter>,
    n_letters: usize,
    n_unreadable: usize,
    n_visible: usize,
    pictured: f64,
    /// How long the edges of everything that is drawn are, in points, and how much of the page is filled how often.
    pub(super) edges: f64,
    pub(super) fills: f64,
}

/// From the codes of a font to characters, where the font itself does not say.
pub(super) struct Way {
    name: String,
    codes: CMap,
    characters: CMap,
}

/// Takes letters down where others would draw.
pub(super) struct Reader<'r> {
    file: &'r hayro_syntax::Pdf,
    ways: &'r RefCell<Option<Vec<Way>>>,
    width: f64,
    height: f64,
    taken: Letters,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        file: &'r hayro_syntax::Pdf,
        ways: &'r RefCell<Option<Vec<Way>>>,
        width: f64,
        height: f64,
    ) -> Self {
        let taken = Letters {
            letters: Vec::new(),
            n_letters: 0,
            n_unreadable: 0,
            n_visible: 0,
            pictured: 0.0,
            edges: 0.0,
            fills: 0.0,
        };
        Self { file, ways, width, height, taken }
    }

    pub(super) fn finish(self) -> Letters {
        self.taken
    }

    fn take(&mut self, text: &str, transform: Affine, advance: f64, is_vertical: bool) {
        let origin = transform * Point::ORIGIN;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let along = if is_vertical { -up } else { transform * Point::new(advance, 0.0) - origin };
        let size = up.hypot();
        let is_usable = [origin.x, origin.y, up.x, up.y, along.x, along.y].iter().all(|n| n.is_finite());
        if !is_usable || !(0.1..=10_000.0).contains(&size) {
            return;
        }
        let (way, turned) = if is_vertical {
            (4, Vec2::new(origin.y, -origin.x))
        } else {
            let direction = if advance > 0.0 { along } else { Vec2::new(-up.y, up.x) };
            match (direction.x.abs() >= direction.y.abs(), direction.x > 0.0, direction.y > 0.0) {
                (true, true, _) => (0, Vec2::new(origin.x, origin.y)),
                (false, _, true) => (1, Vec2::new(origin.y, -origin.x)),
                (true, false, _) => (2, Vec2::new(-origin.x, -origin.y)),
                (false, _, false) => (3, Vec2::new(-origin.y, origin.x)),
            }
        };
        // From a little below the line to the height of Chinese characters.
        let corners =
            [origin - up * 0.15, origin + up * 0.85, origin + along - up * 0.15, origin + along + up * 0.85];
        let corners = corners
            .map(|at| Point::new((at.x / self.width).clamp(0.0, 1.0), (at.y / self.height).clamp(0.0, 1.0)));
        let area = Rect::from_points(corners[0], corners[3]).union(Rect::from_points(corners[1], corners[2]));
        self.taken.letters.push(Letter {
            text: text.chars().map(plain).collect(),
            way,
            start: turned.x,
            end: turned.x + along.hypot(),
            across: turned.y,
            size,
            area,
        });
    }

    /// The character by the tables that come with the format, for a font that does not say it itself.
    fn by_table(&self, glyph: &Glyph<'_>) -> Option<String> {
        let Glyph::Outline(outline) = glyph else { return None };
        let name = outline.font_data()?.postscript_name?;
        let mut ways = self.ways.borrow_mut();
        let ways = ways.get_or_insert_with(|| ways_of(self.file));
        let code = outline.char_code();
        ways.iter().filter(|way| way.name == name).find_map(|way| {
            // How long the code was is not known any more; a two-byte code never begins with zero.
            let lengths = if code > 0xffff {
                [4, 3]
            } else if code > 0xff {
                [2, 2]
            } else {
                [1, 2]
            };
            let cid = lengths.iter().find_map(|length| way.codes.lookup_cid_code(code, *length))?;
            way.characters.lookup_bf_string(cid).map(string)
        })
    }
}

impl<'a> Device<'a> for Reader<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // Filled and stroked is shown twice.
        if matches!(mode, DrawMode::Stroke(_)) && self.is_last(run, &props) {
            return;
        }
        let is_vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            if self.taken.n_letters >= MAX_LETTERS {
                return;
            }
            self.taken.n_letters += 1;
            self.taken.n_visible += usize::from(!matches!(mode, DrawMode::Invisible));
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let place = props.transform * glyph.transform();
            let size = (place * Point::new(0.0, 1000.0)).distance(place * Point::ORIGIN);
            match &**glyph {
                // Small ones weigh little however they are drawn.
                Glyph::Outline(outline) if size > 72.0 => {
                    self.weigh(outline.outline().elements().iter().copied(), place);
                }
                _ => self.taken.edges += if size.is_finite() { size * 10.0 } else { 0.0 },
            }
            let text = glyph.as_unicode().map(string).filter(|text| is_character(text));
            match text.or_else(|| self.by_table(glyph)) {
                Some(text) => {
                    let advance = f64::from(advance.unwrap_or(500.0)).clamp(0.0, 5_000.0);
                    self.take(&text, place, advance, is_vertical);
                }
                None => self.taken.n_unreadable += 1,
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = Rect::new(0.0, 0.0, image.width().into(), image.height().into());
        let page = Rect::new(0.0, 0.0, self.width, self.height);
        let covered = props.transform.transform_rect_bbox(size).intersect(page).area() / page.area();
        if covered.is_finite() {
            self.taken.pictured = (self.taken.pictured + covered.max(0.0)).min(1.0);
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.weigh(path.elements().iter().copied(), props.transform);
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, _: &DrawMode) {
        self.weigh(rect.path_elements(0.1), props.transform);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.weigh(clip.path.elements().iter().copied(), Affine::IDENTITY);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.weigh(rect.path_elements(0.1), Affine::IDENTITY);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

impl Reader<'_> {
    /// Takes down how much there would be to draw. What is drawn is kept as its edges until the page is done, so that a
    /// page of large shapes takes memory by their number.
    fn weigh(&mut self, path: impl Iterator<Item = PathEl>, transform: Affine) {
        let page = Rect::new(0.0, 0.0, self.width, self.height);
        let most = self.width.hypot(self.height);
        let (mut start, mut last) = (Point::ORIGIN, Point::ORIGIN);
        let mut area: Option<Rect> = None;
        for element in path {
            let (points, n_points) = match element {
                PathEl::MoveTo(to) => {
                    start = transform * to;
                    last = start;
                    continue;
                }
                PathEl::LineTo(a) => ([transform * a; 3], 1),
                PathEl::QuadTo(a, b) => ([transform * a, transform * b, Point::ORIGIN], 2),
                PathEl::CurveTo(a, b, c) => ([transform * a, transform * b, transform * c], 3),
                PathEl::ClosePath => ([start; 3], 1),
            };
            for to in &points[..n_points] {
                let length = last.distance(*to);
                self.taken.edges += if length.is_finite() { length.min(most) } else { most };
                area = Some(area.unwrap_or(Rect::from_points(last, last)).union_pt(*to));
                last = *to;
            }
        }
        let filled = area.map_or(0.0, |area| area.intersect(page).area());
        self.taken.fills += if filled.is_finite() { filled } else { page.area() };
    }

    /// Whether the run stands where the last letter that was taken stands.
    fn is_last(&self, run: &GlyphRun<'_, '_>, props: &DrawProps<'_>) -> bool {
        let (Some(last), Some(glyph)) = (self.taken.letters.last(), run.glyphs().last()) else {
            return false;
        };
        let origin = (props.transform * glyph.transform()) * Point::ORIGIN;
        let area = last.area.inflate(0.001, 0.001);
        area.contains(Point::new(origin.x / self.width, origin.y / self.height))
    }
}

fn string(found: BfString) -> String {
    match found {
        BfString::Char(character) => character.to_string(),
        BfString::String(string) => string,
    }
}

/// Whether a table says a character, and not that there is none.
fn is_character(text: &str) -> bool {
    !text.is_empty()
        && !text.chars().any(|c| {
            matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
        })
}

/// Fonts for several languages have one glyph for a character and for the radical that looks like it, and programs write
/// down the radical.
fn plain(character: char) -> char {
    const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾\
        干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生\
        用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷\
        豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
        黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
    const SIMPLE: [(char, char); 20] = [
        ('\u{2e9f}', '母'),
        ('\u{2ea0}', '民'),
        ('\u{2ec4}', '西'),
        ('\u{2ec5}', '见'),
        ('\u{2ec9}', '贝'),
        ('\u{2ecb}', '车'),
        ('\u{2ed3}', '长'),
        ('\u{2ed4}', '门'),
        ('\u{2ed8}', '青'),
        ('\u{2eda}', '页'),
        ('\u{2edb}', '风'),
        ('\u{2edc}', '飞'),
        ('\u{2ee2}', '马'),
        ('\u{2ee5}', '鱼'),
        ('\u{2ee6}', '鸟'),
        ('\u{2ee8}', '麦'),
        ('\u{2ee9}', '黄'),
        ('\u{2eec}', '齐'),
        ('\u{2eee}', '齿'),
        ('\u{2ef0}', '龙'),
    ];
    match character {
        '\u{2f00}'..='\u{2fd5}' => {
            let nth = u32::from(character) - 0x2f00;
            usize::try_from(nth).ok().and_then(|nth| RADICALS.chars().nth(nth)).unwrap_or(character)
        }
        '\u{2e80}'..='\u{2eff}' => {
            SIMPLE.iter().find(|(radical, _)| *radical == character).map_or(character, |(_, plain)| *plain)
        }
        space if space.is_whitespace() => ' ',
        other => other,
    }
}

/// The fonts whose codes one of the tables knows that come with the format.
fn ways_of(file: &hayro_syntax::Pdf) -> Vec<Way> {
    let fonts = file.objects().into_iter().filter_map(Object::into_dict);
    fonts.filter_map(|font| way_of(&font)).take(200).collect()
}

fn way_of(font: &Dict<'_>) -> Option<Way> {
    if &*font.get::<Name<'_>>(b"Subtype")? != b"Type0" {
        return None;
    }
    let base = font.get::<Name<'_>>(b"BaseFont")?;
    let name = match base.as_str().split_once('+') {
        Some((prefix, name)) if prefix.len() == 6 => name,
        _ => base.as_str(),
    };
    let codes = match font.get::<Object<'_>>(b"Encoding")? {
        Object::Name(name) => match &*name {
            b"Identity-H" | b"Identity-V" => CMap::identity_h(),
            name => CMap::parse(
                hayro_cmap::load_embedded(CMapName::from_bytes(name))?,
                hayro_cmap::load_embedded,
            )?,
        },
        Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, hayro_cmap::load_embedded)?,
        _ => return None,
    };
    let family = codes.metadata().character_collection.as_ref().map(|c| c.family.clone());
    let family = family.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| {
        let descendant = font.get::<Array<'_>>(b"DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let info = descendant.get::<Dict<'_>>(b"CIDSystemInfo")?;
        let [registry, ordering] =
            [b"Registry".as_slice(), b"Ordering"].map(|key| info.get::<PdfString<'_>>(key));
        Some(CidFamily::from_registry_ordering(registry?.as_bytes(), ordering?.as_bytes()))
    })?;
    let characters = CMap::parse(hayro_cmap::load_embedded(family.ucs2_cmap()?)?, hayro_cmap::load_embedded)?;
    Some(Way { name: name.to_owned(), codes, characters })
}

impl Letters {
    /// The letters line by line: which letters, by their place in the file.
    fn lines(&self) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.letters.len()).collect();
        let letter = |idx: &usize| &self.letters[*idx];
        order.sort_by(|a, b| {
            let (a, b) = (letter(a), letter(b));
            a.way.cmp(&b.way).then(a.across.total_cmp(&b.across))
        });
        let mut lines: Vec<Vec<usize>> = Vec::new();
        for idx in order {
            let this = &self.letters[idx];
            let is_same_line = lines.last().and_then(|line| line.first()).map(letter).is_some_and(|first| {
                first.way == this.way
                    && (this.across - first.across).abs() < 0.5 * first.size.min(this.size).max(1.0)
            });
            match lines.last_mut().filter(|_| is_same_line) {
                Some(line) => line.push(idx),
                None => lines.push(vec![idx]),
            }
        }
        for line in &mut lines {
            line.sort_by(|a, b| letter(a).start.total_cmp(&letter(b).start));
            // Bold by printing twice.
            line.dedup_by(|b, a| {
                let (b, a) = (letter(b), letter(a));
                a.text == b.text && (b.start - a.start).abs() < 0.2 * a.size
            });
        }
        lines
    }

    pub(super) fn into_text(self) -> PageText {
        let mut text = String::new();
        for line in self.lines() {
            let mut end: Option<f64> = None;
            for letter in line.into_iter().map(|idx| &self.letters[idx]) {
                let has_gap = end.is_some_and(|end| letter.start - end > 0.2 * letter.size);
                if has_gap && !text.ends_with(' ') && !letter.text.starts_with(' ') {
                    text.push(' ');
                }
                text.push_str(&letter.text);
                end = Some(letter.end);
            }
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
        }
        PageText {
            text,
            letters: self.n_letters,
            unreadable: self.n_unreadable,
            visible: self.n_visible,
            pictured: self.pictured,
        }
    }

    /// The letters in a form in which words are found.
    pub(super) fn searchable(&self) -> Searchable {
        let normal = |idxs: &mut dyn Iterator<Item = usize>| -> Vec<(char, Rect)> {
            idxs.map(|idx| &self.letters[idx])
                .flat_map(|letter| normalised(&letter.text).into_iter().map(|c| (c, letter.area)))
                .collect()
        };
        let as_read = normal(&mut self.lines().into_iter().flatten());
        // Words that a table breaks within a cell stand together in the file.
        let as_filed = normal(&mut (0..self.letters.len()));
        Searchable { orders: [as_read, as_filed] }
    }
}

/// Text as it is compared: half width, small letters, no white space, one kind of middle dot.
fn normalised(text: &str) -> Vec<char> {
    let half: String = text.chars().map(half_width).collect();
    let dot = |c| if matches!(c, '•' | '・' | '･' | '‧' | '∙' | '⋅') { '·' } else { c };
    compact(&half).chars().flat_map(char::to_lowercase).map(dot).map(plain).collect()
}

/// The letters of a page in the orders in which words are looked for.
pub(super) struct Searchable {
    orders: [Vec<(char, Rect)>; 2],
}

impl Searchable {
    /// The rectangles of a word, each in fractions of the page.
    pub(super) fn find(&self, word: &str) -> Vec<Rect> {
        let word = normalised(word);
        let mut found: Vec<Rect> = Vec::new();
        if word.is_empty() {
            return found;
        }
        for order in &self.orders {
            for window in order.windows(word.len()) {
                if found.len() < MAX_PLACES && window.iter().map(|(c, _)| c).eq(&word) {
                    let first = window[0].1;
                    let area = window.iter().fold(first, |area, (_, next)| area.union(*next));
                    if !found.iter().any(|known| known.overlaps(area)) {
                        found.push(area);
                    }
                }
            }
        }
        found
    }
}
