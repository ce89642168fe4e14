//! Puts values into a blank where it stands: changes of the document's XML by byte ranges, everything else stays as it
//! is, byte for byte.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::escape::escape;
use roxmltree::{Document, Node};

use super::container::Container;
use super::read::{CONTENT_TYPES, Docx, DocxProblem, Spot, inner_range, parse, relations_path};
use super::write::is_xml;
use crate::domain::base::json::Value;
use crate::domain::base::text::squeeze;
use crate::domain::case::display;
use crate::domain::case::written::{self, is_open_box, is_tick};
use crate::domain::case::{Answer, Application};
use crate::domain::declaration::paper::{Anchor, Block, Cell, Line, PieceKind, Table};
use crate::domain::declaration::recognise::{ListColumn, Reading, Slot};
use crate::domain::pack::{Catalogue, Field, FieldKind, Pack};

/// A blank that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The document.
    pub bytes: Vec<u8>,
    /// Keys of the fields that were put in.
    pub placed: Vec<String>,
    /// Keys of the fields that have an entry and a label on the form of their own, but no place on this blank.
    pub unplaced: Vec<String>,
    /// Whether the photo was put in; `None` where none was given.
    pub photo: Option<bool>,
}

/// A photo for its cell on the form.
#[derive(Debug, Clone, Copy)]
pub struct Photo<'a> {
    /// The file, JPEG or PNG.
    pub bytes: &'a [u8],
    /// Whether it is a PNG.
    pub is_png: bool,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl<'a> Photo<'a> {
    /// A photo from a file's bytes, its size read from the file's head; `None` for other kinds of files.
    #[must_use]
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        let be = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self { bytes, is_png: true, width: be(16)?, height: be(20)? });
        }
        if !bytes.starts_with(&[0xff, 0xd8]) {
            return None;
        }
        // Segment by segment up to the frame header, which holds the size.
        let mut at = 2;
        loop {
            let [marker, kind, high, low] = *bytes.get(at..at + 4)? else { return None };
            if marker != 0xff {
                return None;
            }
            let is_frame = (0xc0..=0xcf).contains(&kind) && !matches!(kind, 0xc4 | 0xc8 | 0xcc);
            if is_frame {
                let size = |place: usize| {
                    Some(u32::from(u16::from_be_bytes(bytes.get(place..place + 2)?.try_into().ok()?)))
                };
                return Some(Self { bytes, is_png: false, height: size(at + 5)?, width: size(at + 7)? });
            }
            at += 2 + usize::from(u16::from_be_bytes([high, low]));
        }
    }
}

/// Fills a blank with an application's entries. What the person has not entered stays as it is on the blank.
///
/// # Errors
/// Where the document cannot be written anew.
pub fn fill(
    bytes: &[u8],
    docx: &Docx,
    pack: &Pack,
    application: &Application,
    reading: &Reading,
    photo: Option<Photo<'_>>,
) -> Result<Filled, DocxProblem> {
    let tree = parse(&docx.xml, &docx.part)?;
    let mut editor = Editor::new(docx, &tree);
    let (mut placed, mut unplaced) = (Vec::new(), Vec::new());
    for field in pack.fields_for(&application.track) {
        let Answer::Given(value) = application.answer(&field.id) else { continue };
        let slot = reading.field(&field.id).map(|r| &r.slot);
        let is_placed = match slot {
            Some(Slot::Shared) => true,
            Some(slot) => {
                let mut words = display::field_value(field, Some(value));
                // The name has a place of its own beside the code.
                let has_own = |key: &str| reading.field(key).is_some_and(|r| r.slot != Slot::Shared);
                if field.kind == FieldKind::Code(Catalogue::Occupation)
                    && field.id.strip_suffix("_code").is_some_and(has_own)
                    && let Some(code) = value.as_str()
                {
                    code.clone_into(&mut words);
                }
                editor.put(field, value, &words, application, slot)
            }
            None => false,
        };
        if is_placed {
            placed.push(field.id.clone());
        } else if field.printed {
            unplaced.push(field.id.clone());
        }
    }
    let mut parts = Vec::new();
    let mut container = Container::open(bytes)?;
    let has_photo = match photo {
        Some(photo) => Some(match editor.photo_cell() {
            Some(cell) => {
                let id = add_picture(&mut container, docx, photo, &mut parts)?;
                editor.put_photo(cell, photo, &id);
                true
            }
            None => false,
        }),
        None => None,
    };
    parts.push((docx.part.clone(), editor.finish().into_bytes()));
    Ok(Filled { bytes: container.with(&parts)?, placed, unplaced, photo: has_photo })
}

/// Adds a picture to the container: its file, its relation and its content type. The relation's id.
fn add_picture(
    container: &mut Container<'_>,
    docx: &Docx,
    photo: Photo<'_>,
    parts: &mut Vec<(String, Vec<u8>)>,
) -> Result<String, DocxProblem> {
    let folder = docx.part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let extension = if photo.is_png { "png" } else { "jpeg" };
    let name = (1..)
        .map(|n| format!("media/precheck{n}.{extension}"))
        .find(|name| !container.paths().any(|p| p == format!("{folder}/{name}").trim_start_matches('/')))
        .unwrap_or_default();
    parts.push((format!("{folder}/{name}").trim_start_matches('/').to_owned(), photo.bytes.to_vec()));
    let relations = relations_path(&docx.part);
    let empty = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    let text = container.text(&relations)?.unwrap_or_else(|| empty.to_owned());
    let id =
        (1..).map(|n| format!("rIdPrecheck{n}")).find(|id| !text.contains(id.as_str())).unwrap_or_default();
    let relation = format!(
        "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"{name}\"/>"
    );
    parts.push((relations, before_end(&text, "Relationships", &relation).into_bytes()));
    let types = container.text(CONTENT_TYPES)?.ok_or(DocxProblem::NoDocument)?;
    if !types.to_ascii_lowercase().contains(&format!("extension=\"{extension}\"")) {
        let kind = format!("<Default Extension=\"{extension}\" ContentType=\"image/{extension}\"/>");
        parts.push((CONTENT_TYPES.to_owned(), before_end(&types, "Types", &kind).into_bytes()));
    }
    Ok(id)
}

/// `addition` as the last child of the root element.
fn before_end(xml: &str, root: &str, addition: &str) -> String {
    if let Some(at) = xml.rfind("</") {
        return format!(
            "{}{addition}{}",
            xml.get(..at).unwrap_or_default(),
            xml.get(at..).unwrap_or_default()
        );
    }
    // The root closes itself.
    let Some(at) = xml.rfind("/>") else { return xml.to_owned() };
    format!("{}>{addition}</{root}>", xml.get(..at).unwrap_or_default())
}

struct Editor<'a, 'input> {
    docx: &'a Docx,
    tree: &'a Document<'input>,
    /// Elements by where they begin and how long they are.
    nodes: BTreeMap<(usize, usize), Node<'a, 'input>>,
    /// Prefix of WordprocessingML with its colon.
    prefix: String,
    changes: Vec<(Range<usize>, String)>,
    /// Changes inside texts, by characters: one text may hold several values.
    texts: BTreeMap<Anchor, TextEdit>,
}

/// A text element and what changes in it.
#[derive(Clone)]
struct TextEdit {
    tag: Range<usize>,
    text: Vec<char>,
    parts: Vec<(Range<usize>, String)>,
}

impl<'a, 'input> Editor<'a, 'input> {
    fn new(docx: &'a Docx, tree: &'a Document<'input>) -> Self {
        let root = tree.root_element();
        let uri = root.tag_name().namespace().unwrap_or_default();
        let prefix = root.lookup_prefix(uri).map_or_else(String::new, |p| format!("{p}:"));
        let nodes = tree
            .descendants()
            .filter(Node::is_element)
            .map(|n| {
                let range = n.range();
                ((range.start, range.len()), n)
            })
            .collect();
        Self { docx, tree, nodes, prefix, changes: Vec::new(), texts: BTreeMap::new() }
    }

    fn spot(&self, anchor: Anchor) -> Option<&'a Spot> {
        self.docx.spots.get(usize::try_from(anchor.0).ok()?)
    }

    fn node(&self, range: &Range<usize>) -> Option<Node<'a, 'input>> {
        self.nodes.get(&(range.start, range.len())).copied()
    }

    fn change(&mut self, range: Range<usize>, text: String) {
        self.changes.push((range, text));
    }

    /// Replaces characters of a piece of text.
    fn change_text(&mut self, anchor: Anchor, text: &str, range: Range<usize>, new: String) -> bool {
        match self.spot(anchor) {
            Some(Spot::Text { tag, .. }) => {
                let edit = TextEdit { tag: tag.clone(), text: text.chars().collect(), parts: Vec::new() };
                self.texts.entry(anchor).or_insert(edit).parts.push((range, new));
                true
            }
            Some(Spot::FormList { outer, entries }) => {
                let p = self.prefix.clone();
                let known = entries.iter().position(|entry| *entry == new);
                let place = known.unwrap_or(entries.len());
                let more = if known.is_none() { Some(&new) } else { None };
                let list: String = entries
                    .iter()
                    .chain(more)
                    .map(|entry| format!("<{p}listEntry {p}val=\"{}\"/>", escape(entry.as_str())))
                    .collect();
                self.change(
                    outer.clone(),
                    format!("<{p}ddList><{p}result {p}val=\"{place}\"/>{list}</{p}ddList>"),
                );
                true
            }
            _ => false,
        }
    }

    fn finish(self) -> String {
        let all = 0..self.docx.xml.len();
        self.part(all)
    }

    /// Puts a value into its place; whether that could be done.
    fn put(
        &mut self,
        field: &Field,
        value: &Value,
        words: &str,
        application: &Application,
        slot: &Slot,
    ) -> bool {
        match slot {
            Slot::Cell(anchor) => match self.cell(*anchor) {
                Some(cell) => self.put_in_cell(field, value, words, cell),
                None => false,
            },
            Slot::Cells(anchors) => {
                let characters: Vec<char> = words.chars().collect();
                if characters.len() > anchors.len() {
                    return false;
                }
                for (anchor, c) in anchors.iter().zip(characters) {
                    if let Some(cell) = self.cell(*anchor) {
                        self.set_cell_text(cell, &c.to_string());
                    }
                }
                true
            }
            Slot::Span { line, from, to } => match self.line(*line) {
                Some(line) => self.put_in_line(field, value, words, line, *from..*to),
                None => false,
            },
            Slot::Lines(anchors) => {
                let lines: Vec<&Line> = anchors.iter().filter_map(|anchor| self.line(*anchor)).collect();
                if lines.iter().any(|line| line.text().chars().any(|c| is_open_box(c) || is_tick(c))) {
                    return self.tick(field, value, &whole(&lines));
                }
                self.put_lines(&lines, words)
            }
            Slot::Rows(rows) => self.put_rows(application, &field.id, rows),
            Slot::Shared => true,
        }
    }

    fn cell(&self, anchor: Anchor) -> Option<&'a Cell> {
        fn in_blocks(blocks: &[Block], anchor: Anchor) -> Option<&Cell> {
            blocks
                .iter()
                .find_map(|b| if let Block::Table(table) = b { in_table(table, anchor) } else { None })
        }
        fn in_table(table: &Table, anchor: Anchor) -> Option<&Cell> {
            table.cells.iter().find_map(|cell| {
                if cell.anchor == anchor { Some(cell) } else { in_blocks(&cell.blocks, anchor) }
            })
        }
        in_blocks(&self.docx.paper.blocks, anchor)
    }

    fn line(&self, anchor: Anchor) -> Option<&'a Line> {
        fn in_blocks(blocks: &[Block], anchor: Anchor) -> Option<&Line> {
            blocks.iter().find_map(|block| match block {
                Block::Line(line) => (line.anchor == anchor).then_some(line),
                Block::Table(table) => table.cells.iter().find_map(|cell| in_blocks(&cell.blocks, anchor)),
            })
        }
        in_blocks(&self.docx.paper.blocks, anchor)
    }

    fn put_in_cell(&mut self, field: &Field, value: &Value, words: &str, cell: &'a Cell) -> bool {
        let has_boxes = cell.text().chars().any(|c| is_open_box(c) || is_tick(c));
        if has_boxes {
            let lines: Vec<&Line> = cell.lines().collect();
            return self.tick(field, value, &whole(&lines));
        }
        self.set_cell_text(cell, words)
    }

    /// Puts each line of `words` in place of one of the lines; what is left over goes behind the last, lines that are
    /// left over are emptied.
    fn put_lines(&mut self, lines: &[&'a Line], words: &str) -> bool {
        let mut parts: Vec<String> = words.lines().map(str::to_owned).collect();
        if parts.len() > lines.len()
            && let Some(last) = lines.len().checked_sub(1)
        {
            let rest = parts.split_off(last);
            parts.push(rest.join("\n"));
        }
        let mut is_put = false;
        for (nth, line) in lines.iter().enumerate() {
            let mut words = parts.get(nth).cloned();
            for piece in &line.pieces {
                let n = piece.text.chars().count();
                let new = words.take().unwrap_or_default();
                if self.change_text(piece.anchor, &piece.text, 0..n, new.clone()) {
                    is_put = true;
                } else if !new.is_empty() {
                    words = Some(new);
                }
            }
            if let Some(words) = words {
                is_put |= self.append_run(line, &words);
            }
        }
        is_put
    }

    /// Puts words in place of all that stands in a cell.
    fn set_cell_text(&mut self, cell: &'a Cell, words: &str) -> bool {
        let mut words = Some(words);
        for line in cell.lines() {
            for piece in &line.pieces {
                match (piece.kind, self.spot(piece.anchor)) {
                    (PieceKind::Placeholder, Some(Spot::Control { content, placeholder })) => {
                        if let Some(words) = words.take() {
                            self.set_control(content.clone(), placeholder.clone(), words);
                        }
                    }
                    (PieceKind::Text, Some(Spot::Text { .. } | Spot::FormList { .. })) => {
                        let text = words.take().unwrap_or_default();
                        let n = piece.text.chars().count();
                        self.change_text(piece.anchor, &piece.text, 0..n, text.to_owned());
                    }
                    _ => {}
                }
            }
        }
        let Some(words) = words else { return true };
        // Nothing stands there: a new run in the first paragraph.
        let Some(paragraph) = cell.lines().next() else { return false };
        self.append_run(paragraph, words)
    }

    fn append_run(&mut self, line: &Line, words: &str) -> bool {
        let Some(Spot::Paragraph { outer }) = self.spot(line.anchor) else { return false };
        let Some(node) = self.node(outer) else { return false };
        let run =
            format!("<{0}r>{1}{2}</{0}r>", self.prefix, self.run_properties(node), self.text_element(words));
        let text = self.docx.xml.get(outer.clone()).unwrap_or_default();
        if text.ends_with("/>") && !text.contains("</") {
            let head = text.trim_end_matches("/>").trim_end();
            let paragraph = format!("{head}>{run}</{}p>", self.prefix);
            self.change(outer.clone(), paragraph);
        } else {
            let end = inner_range(node).end;
            self.change(end..end, run);
        }
        true
    }

    /// How the paragraph wants its text: the properties of its mark, else of its first run.
    fn run_properties(&self, paragraph: Node<'_, '_>) -> String {
        let find =
            |parent: Node<'a, 'input>, name: &str| parent.children().find(|n| n.tag_name().name() == name);
        let Some(paragraph) = self.node(&paragraph.range()) else { return String::new() };
        let mark = find(paragraph, "pPr").and_then(|p| find(p, "rPr"));
        let first = find(paragraph, "r").and_then(|r| find(r, "rPr"));
        mark.or(first).map_or_else(String::new, |n| {
            // What a mark says of insertions and deletions is not of its text.
            let text = self.docx.xml.get(n.range()).unwrap_or_default();
            if text.contains(":ins ") || text.contains(":del ") { String::new() } else { text.to_owned() }
        })
    }

    /// A text element, line ends as breaks; characters that XML cannot hold are left out.
    fn text_element(&self, words: &str) -> String {
        let p = &self.prefix;
        let clean: String = words.chars().filter(|c| is_xml(*c)).collect();
        clean
            .split('\n')
            .map(|line| format!("<{p}t xml:space=\"preserve\">{}</{p}t>", escape(line)))
            .collect::<Vec<_>>()
            .join(&format!("<{p}br/>"))
    }

    /// Puts words into a content control that showed its placeholder.
    fn set_control(&mut self, content: Range<usize>, placeholder: Option<Range<usize>>, words: &str) {
        let p = self.prefix.clone();
        let inside = self.docx.xml.get(content.clone()).unwrap_or_default();
        // A control among runs holds runs, one among paragraphs holds paragraphs.
        let run = format!("<{p}r>{}</{p}r>", self.text_element(words));
        let is_block = inside.contains(&format!("<{p}p>")) || inside.contains(&format!("<{p}p "));
        let text = if is_block { format!("<{p}p>{run}</{p}p>") } else { run };
        self.change(content, text);
        if let Some(placeholder) = placeholder {
            self.change(placeholder, String::new());
        }
    }

    fn put_in_line(
        &mut self,
        field: &Field,
        value: &Value,
        words: &str,
        line: &'a Line,
        range: Range<usize>,
    ) -> bool {
        let text = line.text();
        let inside: String = text.chars().skip(range.start).take(range.len()).collect();
        if inside.chars().any(|c| is_open_box(c) || is_tick(c)) {
            return self.tick(field, value, &[(line, range)]);
        }
        let mut at = 0;
        let mut words = Some(format!(" {words} "));
        let mut last = None;
        for piece in &line.pieces {
            if piece.kind == PieceKind::Placeholder {
                if let (true, Some(Spot::Control { content, placeholder })) =
                    (range.start <= at && at <= range.end, self.spot(piece.anchor))
                    && let Some(words) = words.take()
                {
                    self.set_control(content.clone(), placeholder.clone(), words.trim());
                }
                continue;
            }
            let n = piece.text.chars().count();
            let (start, end) = (at, at + n);
            at = end;
            // The piece in which the label ends, for a value that has nothing behind it.
            if start < range.start && range.start <= end {
                last = Some(piece);
            }
            let overlap = range.start.max(start)..range.end.min(end);
            if overlap.start >= overlap.end {
                continue;
            }
            let within = overlap.start - start..overlap.end - start;
            let new = words.take().unwrap_or_default();
            if !self.change_text(piece.anchor, &piece.text, within, new.clone()) && !new.is_empty() {
                words = Some(new);
            }
        }
        match (words, last) {
            (None, _) => true,
            (Some(words), Some(piece)) => {
                let n = piece.text.chars().count();
                self.change_text(piece.anchor, &piece.text, n..n, words.trim_end().to_owned())
            }
            (Some(words), None) => self.append_run(line, words.trim()),
        }
    }

    /// Ticks the box of the option that the value is, and unticks the others.
    fn tick(&mut self, field: &Field, value: &Value, lines: &[(&'a Line, Range<usize>)]) -> bool {
        // Every box with the words that stand before and behind it.
        let mut boxes: Vec<(&'a Line, usize, String, String)> = Vec::new();
        for (line, range) in lines {
            let characters: Vec<char> = line.text().chars().collect();
            let end = range.end.min(characters.len());
            let places: Vec<usize> = (range.start..end)
                .filter(|at| characters.get(*at).is_some_and(|c| is_open_box(*c) || is_tick(*c)))
                .collect();
            let words = |from: usize, to: usize| {
                squeeze(&characters.get(from..to).unwrap_or_default().iter().collect::<String>())
            };
            for (nth, at) in places.iter().enumerate() {
                let from = nth.checked_sub(1).and_then(|n| places.get(n)).map_or(range.start, |b| b + 1);
                let to = places.get(nth + 1).copied().unwrap_or(end);
                boxes.push((line, *at, words(from, *at), words(at + 1, to)));
            }
        }
        let is_it = |words: &str| !words.is_empty() && written::read(field, words).as_ref() == Some(value);
        // Boxes stand before their words where nothing stands before the first.
        let is_before = boxes.first().is_some_and(|(_, _, before, _)| before.is_empty());
        let chosen =
            boxes.iter().position(|(_, _, before, behind)| is_it(if is_before { behind } else { before }));
        let Some(chosen) = chosen else { return false };
        for (nth, (line, at, _, _)) in boxes.into_iter().enumerate() {
            self.set_box(line, at, nth == chosen);
        }
        true
    }

    /// Draws the box at that character of a line ticked or not.
    fn set_box(&mut self, line: &'a Line, place: usize, is_checked: bool) {
        let mut at = 0;
        for piece in line.pieces.iter().filter(|p| p.kind != PieceKind::Placeholder) {
            let n = piece.text.chars().count();
            if !(at..at + n).contains(&place) {
                at += n;
                continue;
            }
            let p = self.prefix.clone();
            match self.spot(piece.anchor) {
                Some(Spot::Text { .. }) => {
                    let is_ticked = piece.text.chars().nth(place - at).is_some_and(is_tick);
                    if is_ticked != is_checked {
                        let new = if is_checked { "☑" } else { "□" };
                        self.change_text(
                            piece.anchor,
                            &piece.text,
                            place - at..place - at + 1,
                            new.to_owned(),
                        );
                    }
                }
                Some(Spot::Symbol { outer }) => {
                    let code = if is_checked { "F0FE" } else { "F0A8" };
                    self.change(outer.clone(), format!("<{p}sym {p}font=\"Wingdings\" {p}char=\"{code}\"/>"));
                }
                Some(Spot::FormBox { outer }) => {
                    let state = u8::from(is_checked);
                    let size = format!(
                        "<{p}checkBox><{p}sizeAuto/><{p}default {p}val=\"0\"/><{p}checked {p}val=\"{state}\"/></{p}checkBox>"
                    );
                    self.change(outer.clone(), size);
                }
                Some(Spot::ControlBox { state, outer, shown, characters }) => {
                    let value = u8::from(is_checked).to_string();
                    match state {
                        Some(state) => self.change(state.clone(), value),
                        None => {
                            let w14 = self.prefix_at(outer);
                            let inside = self.node(outer).map_or(outer.end..outer.end, inner_range);
                            self.change(
                                inside.start..inside.start,
                                format!("<{w14}checked {w14}val=\"{value}\"/>"),
                            );
                        }
                    }
                    if let Some(shown) = shown {
                        let c = if is_checked { characters.0 } else { characters.1 };
                        self.change(shown.clone(), c.to_string());
                    }
                }
                _ => {}
            }
            return;
        }
    }

    /// The prefix of the element that begins there, with its colon.
    fn prefix_at(&self, range: &Range<usize>) -> String {
        let text = self.docx.xml.get(range.clone()).unwrap_or_default();
        let name: String = text.chars().skip(1).take_while(|c| c.is_alphanumeric() || *c == ':').collect();
        name.split_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
    }

    /// Fills the rows of a list; entries beyond the drawn rows get copies of the last one.
    fn put_rows(&mut self, application: &Application, key: &str, rows: &[Vec<(ListColumn, Anchor)>]) -> bool {
        let entries: Vec<BTreeMap<ListColumn, String>> =
            application.members(key).map(|(_, entry)| columns_of(&display::entry_columns(entry))).collect();
        let Some(last) = rows.last() else { return false };
        for (nth, row) in rows.iter().enumerate() {
            for (column, anchor) in row {
                let words = entries.get(nth).map(|e| words_of(e, *column, row)).unwrap_or_default();
                if let Some(cell) = self.cell(*anchor) {
                    if words.is_empty() && cell.text().trim().is_empty() {
                        continue;
                    }
                    self.set_cell_text(cell, &words);
                }
            }
        }
        if entries.len() > rows.len() {
            return self.copy_rows(last, entries.get(rows.len()..).unwrap_or_default());
        }
        true
    }

    fn copy_rows(&mut self, row: &[(ListColumn, Anchor)], entries: &[BTreeMap<ListColumn, String>]) -> bool {
        let first = row.first().and_then(|(_, anchor)| self.spot(*anchor));
        let Some(Spot::Cell { outer }) = first else { return false };
        let Some(tr) = self.node(outer).and_then(|n| n.ancestors().find(|a| a.tag_name().name() == "tr"))
        else {
            return false;
        };
        let range = tr.range();
        let mut copies = String::new();
        for entry in entries {
            let mut copy = Editor {
                docx: self.docx,
                tree: self.tree,
                nodes: self.nodes.clone(),
                prefix: self.prefix.clone(),
                changes: Vec::new(),
                texts: BTreeMap::new(),
            };
            for (column, anchor) in row {
                if let Some(cell) = copy.cell(*anchor) {
                    copy.set_cell_text(cell, &words_of(entry, *column, row));
                }
            }
            copies.push_str(&without_ids(&copy.part(range.clone())));
        }
        self.change(range.end..range.end, copies);
        true
    }

    /// The changed text of a part of the document.
    fn part(mut self, range: Range<usize>) -> String {
        for edit in std::mem::take(&mut self.texts).into_values() {
            let mut characters = edit.text;
            let mut parts = edit.parts;
            parts.sort_by_key(|(range, _)| range.start);
            // From the end, so that earlier places stay where they are.
            for (range, new) in parts.into_iter().rev() {
                let end = range.end.min(characters.len());
                characters.splice(range.start.min(end)..end, new.chars());
            }
            let words: String = characters.into_iter().collect();
            let element = self.text_element(&words);
            self.change(edit.tag, element);
        }
        self.changes.sort_by_key(|(r, _)| (r.start, r.end));
        let mut xml = String::with_capacity(range.len() + 4_096);
        let mut at = range.start;
        for (change, text) in &self.changes {
            // Of two changes of one place the first was meant.
            if change.start >= at && change.end <= range.end {
                xml.push_str(self.docx.xml.get(at..change.start).unwrap_or_default());
                xml.push_str(text);
                at = change.end;
            }
        }
        xml.push_str(self.docx.xml.get(at..range.end).unwrap_or_default());
        xml
    }

    /// The cell that is meant for the photo: its words say so.
    fn photo_cell(&self) -> Option<&'a Cell> {
        fn in_blocks(blocks: &[Block]) -> Option<&Cell> {
            blocks.iter().find_map(|block| match block {
                Block::Table(table) => table.cells.iter().find_map(|cell| {
                    let text: String = cell.text().chars().filter(|c| !c.is_whitespace()).collect();
                    let is_photo = ["照片", "相片", "证件照"].iter().any(|word| text.contains(word));
                    if is_photo && text.chars().count() <= 16 { Some(cell) } else { in_blocks(&cell.blocks) }
                }),
                Block::Line(_) => None,
            })
        }
        in_blocks(&self.docx.paper.blocks)
    }

    /// Puts the photo in place of the words that keep its place, 25 mm wide or 35 mm high, whichever is smaller.
    fn put_photo(&mut self, cell: &'a Cell, photo: Photo<'_>, relation: &str) {
        const EMU_PER_MM: u64 = 36_000;
        let (w, h) = (u64::from(photo.width.max(1)), u64::from(photo.height.max(1)));
        let by_width = (25 * EMU_PER_MM, 25 * EMU_PER_MM * h / w);
        let (cx, cy) =
            if by_width.1 <= 35 * EMU_PER_MM { by_width } else { (35 * EMU_PER_MM * w / h, 35 * EMU_PER_MM) };
        let p = self.prefix.clone();
        let drawing = format!(
            "<{p}r><{p}drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"9001\" name=\"照片\" descr=\"证件照\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"9001\" name=\"照片\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></{p}drawing></{p}r>"
        );
        for line in cell.lines() {
            for piece in &line.pieces {
                let n = piece.text.chars().count();
                self.change_text(piece.anchor, &piece.text, 0..n, String::new());
            }
        }
        let Some(Spot::Paragraph { outer }) = cell.lines().next().and_then(|line| self.spot(line.anchor))
        else {
            return;
        };
        let Some(node) = self.node(outer) else { return };
        let end = inner_range(node).end;
        self.change(end..end, drawing);
    }
}

/// Lines as a whole.
fn whole<'a>(lines: &[&'a Line]) -> Vec<(&'a Line, Range<usize>)> {
    lines.iter().map(|line| (*line, 0..usize::MAX)).collect()
}

/// Paragraph and text ids must be one of a kind in a document.
fn without_ids(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find("w14:paraId=\"").or_else(|| rest.find("w14:textId=\"")) {
        let next = rest.find("w14:textId=\"").map_or(at, |other| at.min(other));
        out.push_str(rest.get(..next).unwrap_or_default());
        let tail = rest.get(next + 12..).unwrap_or_default();
        rest = tail.split_once('"').map_or("", |(_, after)| after.trim_start_matches(' '));
    }
    out.push_str(rest);
    out
}

fn columns_of([from, to, unit, position]: &[String; 4]) -> BTreeMap<ListColumn, String> {
    BTreeMap::from([
        (ListColumn::From, from.clone()),
        (ListColumn::To, to.clone()),
        (ListColumn::Unit, unit.clone()),
        (ListColumn::Position, position.clone()),
    ])
}

/// The words of an entry for a column; a form without a column for the position has it beside the unit.
fn words_of(
    entry: &BTreeMap<ListColumn, String>,
    column: ListColumn,
    row: &[(ListColumn, Anchor)],
) -> String {
    let of = |c: ListColumn| entry.get(&c).map(String::as_str).unwrap_or_default();
    let to = if of(ListColumn::To).is_empty() { "至今" } else { of(ListColumn::To) };
    match column {
        ListColumn::Period if of(ListColumn::From).is_empty() && of(ListColumn::To).is_empty() => {
            String::new()
        }
        ListColumn::Period => format!("{}—{to}", of(ListColumn::From)),
        ListColumn::To if !of(ListColumn::From).is_empty() => to.to_owned(),
        ListColumn::Unit if !row.iter().any(|(c, _)| *c == ListColumn::Position) => {
            squeeze(&format!("{} {}", of(ListColumn::Unit), of(ListColumn::Position)))
        }
        other => of(other).to_owned(),
    }
}
