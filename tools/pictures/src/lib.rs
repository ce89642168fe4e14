//! Makes photos and scans of a printed page with a QR code, as bad as people make them: turned, seen from the side,
//! blurred, noisy, shadowed, stamped, packed hard. The same seed and number give the same picture. Knows nothing of how
//! codes are read.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

/// Width and height of A4 in millimetres.
const PAGE: (f32, f32) = (210.0, 297.0);
/// Side of a module on paper, in millimetres.
const MODULE: f32 = 0.40;
/// Where the code begins: its right edge and upper edge, in millimetres from the upper left corner of the page.
const CODE_RIGHT: f32 = 196.0;
const CODE_TOP: f32 = 12.0;
/// The most pixels of a phone's photo.
const PHONE: f32 = 12_000_000.0;

/// A picture and what was done to it.
pub struct Sample {
    /// The file.
    pub jpeg: Vec<u8>,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// What was done, for people.
    pub what: String,
}

/// Numbers that follow from a seed (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `low` to `high`.
    fn within(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    fn happens(&mut self, share: f32) -> bool {
        self.within(0.0, 1.0) < share
    }
}

/// What stands on the page.
#[derive(Clone, Copy)]
enum Content<'a> {
    /// A code of so many modules, and a form that is drawn around it.
    Code(usize, &'a dyn Fn(usize, usize) -> bool),
    /// A page that was printed: width, height and shades.
    Print(usize, usize, &'a [u8]),
}

/// The page in millimetres: what shade a point has.
struct Page<'a> {
    content: Content<'a>,
    /// Centre, radius, shade of a round stamp.
    stamp: Option<(f32, f32, f32, f32)>,
}

impl Page<'_> {
    fn shade(&self, x: f32, y: f32) -> f32 {
        if !(0.0..PAGE.0).contains(&x) || !(0.0..PAGE.1).contains(&y) {
            // A table under the page.
            return 0.32;
        }
        let mut shade = match self.content {
            Content::Code(size, is_dark) => drawn(size, is_dark, x, y),
            Content::Print(w, h, luma) => {
                let (column, row) = (x / PAGE.0 * w as f32, y / PAGE.1 * h as f32);
                let at = (row as usize).min(h - 1) * w + (column as usize).min(w - 1);
                f32::from(luma.get(at).copied().unwrap_or(255)) / 255.0 * 0.91 + 0.06
            }
        };
        if let Some((sx, sy, radius, ink)) = self.stamp {
            let distance = ((x - sx).powi(2) + (y - sy).powi(2)).sqrt();
            if (radius - 1.2..radius).contains(&distance) || (distance < 6.0 && (x + y) % 3.0 < 1.0) {
                // Stamp ink lies over the print and lets it through.
                shade *= ink;
            }
        }
        shade
    }
}

/// The shade of a page with a code and a form around it.
fn drawn(size: usize, is_dark: &dyn Fn(usize, usize) -> bool, x: f32, y: f32) -> f32 {
    let mut shade = 0.97;
    let side = size as f32 * MODULE;
    let (cx, cy) = (x - (CODE_RIGHT - side), y - CODE_TOP);
    if cx >= 0.0 && cy >= 0.0 && cx < side && cy < side {
        if is_dark((cx / MODULE) as usize, (cy / MODULE) as usize) {
            shade = 0.06;
        }
    } else if y > 70.0 && y < 270.0 && (15.0..195.0).contains(&x) {
        // A table with lines and text-like strokes.
        let (row, column) = ((y - 70.0) % 10.0, (x - 15.0) % 45.0);
        if row < 0.3 || column < 0.3 {
            shade = 0.1;
        } else if (3.0..7.0).contains(&row) && column < 30.0 {
            let cell = ((x / 4.0) as u32).wrapping_mul(31).wrapping_add((y / 10.0) as u32 * 17);
            let (sx, sy) = (x % 4.0, row - 3.0);
            let is_stroke = match cell % 4 {
                0 => (1.5..1.9).contains(&sx) || (1.0..1.4).contains(&sy),
                1 => (0.6..1.0).contains(&sx) || (2.4..2.8).contains(&sx) || (2.0..2.4).contains(&sy),
                2 => ((sx + sy) % 1.6) < 0.4 && sx < 3.2,
                _ => false,
            };
            if is_stroke {
                shade = 0.12;
            }
        }
    } else if (20.0..28.0).contains(&y) && (40.0..130.0).contains(&x) && ((x * 0.7) as u32).is_multiple_of(2)
    {
        // A title.
        shade = 0.1;
    }
    shade
}

/// A photo or scan of a page that was printed, given as shades from top to bottom.
pub fn photo_of(seed: u64, index: u64, width: usize, height: usize, luma: &[u8]) -> Sample {
    make(seed, index, Content::Print(width, height, luma))
}

/// Picture number `index` of a seed, of a page with a code of `size` modules.
pub fn picture(seed: u64, index: u64, size: usize, is_dark: &dyn Fn(usize, usize) -> bool) -> Sample {
    make(seed, index, Content::Code(size, is_dark))
}

fn make(seed: u64, index: u64, content: Content<'_>) -> Sample {
    let mut random = Random(seed ^ index.wrapping_mul(0xa076_1d64_78bd_642f));
    random.next();
    let dpi = random.within(150.0, 600.0);
    let is_scan = random.happens(0.25);
    let angle = if is_scan { random.within(-3.0, 3.0) } else { random.within(-15.0, 15.0) };
    let margin = if is_scan { 0.0 } else { random.within(0.02, 0.10) };
    // Pixels per millimetre; a phone has 12 million pixels at the most, whatever it looks at.
    let (sin, cos) = angle.to_radians().sin_cos();
    // Whoever takes the photo has the whole page in the frame.
    let (around_w, around_h) =
        (PAGE.0 * cos.abs() + PAGE.1 * sin.abs(), PAGE.0 * sin.abs() + PAGE.1 * cos.abs());
    let (frame_w, frame_h) = (around_w * (1.0 + 2.0 * margin), around_h * (1.0 + 2.0 * margin));
    let wanted = dpi / 25.4;
    let phone = (PHONE / (frame_w * frame_h)).sqrt();
    let scale = if is_scan && index.is_multiple_of(8) { wanted } else { wanted.min(phone) };
    let (w, h) = ((frame_w * scale) as usize, (frame_h * scale) as usize);
    // Modules must have some three pixels: below that nobody could tell them apart.
    let pixels_per_module = MODULE * scale;
    let perspective =
        if is_scan { (0.0, 0.0) } else { (random.within(-0.12, 0.12), random.within(-0.12, 0.12)) };
    let blur =
        random.within(0.2, if is_scan { 0.5 } else { 0.9 }) * (pixels_per_module / 2.6).clamp(0.5, 2.0);
    let noise = random.within(0.0, if is_scan { 6.0 } else { 14.0 });
    let (dark_side, dark_by) = (random.within(0.0, std::f32::consts::TAU), random.within(0.0, 0.5));
    let quality = random.within(40.0, 90.0) as u8;
    let side = match content {
        Content::Code(size, _) => size as f32 * MODULE,
        Content::Print(..) => 30.0,
    };
    let stamp = match random.happens(0.4) {
        false => None,
        // Over a corner of the page, in some over a corner of the code.
        true if random.happens(0.35) => {
            Some((CODE_RIGHT + 12.0, CODE_TOP + side + 12.0, 21.0, random.within(0.55, 0.8)))
        }
        true => {
            Some((random.within(30.0, 180.0), random.within(240.0, 280.0), 21.0, random.within(0.5, 0.8)))
        }
    };
    let page = Page { content, stamp };
    let mut luma = vec![0.0_f32; w * h];
    let (mid_x, mid_y) = (w as f32 / 2.0, h as f32 / 2.0);
    for y in 0..h {
        for x in 0..w {
            // From the picture back to the page, twice two points in each pixel.
            let mut shade = 0.0;
            for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let (px, py) = (x as f32 + dx - mid_x, y as f32 + dy - mid_y);
                let depth = 1.0 + perspective.0 * px / w as f32 + perspective.1 * py / h as f32;
                let (fx, fy) = (px / scale / depth, py / scale / depth);
                let (rx, ry) = (fx * cos - fy * sin, fx * sin + fy * cos);
                shade += page.shade(rx + PAGE.0 / 2.0, ry + PAGE.1 / 2.0);
            }
            let along = ((x as f32 - mid_x) / w as f32 * dark_side.cos()
                + (y as f32 - mid_y) / h as f32 * dark_side.sin())
                + 0.5;
            luma[y * w + x] = shade / 4.0 * (1.0 - dark_by * along.clamp(0.0, 1.0));
        }
    }
    blurred(&mut luma, w, h, blur);
    let pixels: Vec<u8> = luma
        .iter()
        .map(|shade| {
            let grain = if noise > 0.0 {
                (0..3).map(|_| random.within(-1.0, 1.0)).sum::<f32>() * noise * 0.6
            } else {
                0.0
            };
            (shade * 255.0 + grain).clamp(0.0, 255.0) as u8
        })
        .collect();
    let mut jpeg = Vec::new();
    let encoded = JpegEncoder::new_with_quality(&mut jpeg, quality).write_image(
        &pixels,
        w as u32,
        h as u32,
        ExtendedColorType::L8,
    );
    if encoded.is_err() {
        jpeg.clear();
    }
    let what = format!(
        "{} {w}x{h}, {:.1} px a module, {angle:.0}°, perspective {:.2}/{:.2}, blur {blur:.1}, noise {noise:.0}, shadow {:.0} %, quality {quality}{}",
        if is_scan { "scan" } else { "photo" },
        pixels_per_module,
        perspective.0,
        perspective.1,
        dark_by * 100.0,
        if stamp.is_some() { ", stamp" } else { "" },
    );
    Sample { jpeg, width: w, height: h, what }
}

/// A Gaussian blur of that radius in pixels, as three box blurs.
fn blurred(luma: &mut [f32], w: usize, h: usize, sigma: f32) {
    // One box of three with a share of the middle has the variance that is asked for.
    let weight = (sigma * sigma / 2.0).min(1.0 / 3.0);
    let rounds = ((sigma * sigma / 2.0) / weight.max(0.001)).round().max(1.0) as usize;
    let mut row_before = vec![0.0_f32; w];
    for _ in 0..rounds.min(8) {
        for row in luma.chunks_exact_mut(w) {
            let mut left = row[0];
            for x in 0..w {
                let here = row[x];
                let right = if x + 1 < w { row[x + 1] } else { here };
                row[x] = here * (1.0 - 2.0 * weight) + (left + right) * weight;
                left = here;
            }
        }
        row_before.copy_from_slice(&luma[..w]);
        for y in 0..h {
            for x in 0..w {
                let here = luma[y * w + x];
                let below = if y + 1 < h { luma[(y + 1) * w + x] } else { here };
                luma[y * w + x] = here * (1.0 - 2.0 * weight) + (row_before[x] + below) * weight;
                row_before[x] = here;
            }
        }
    }
}
