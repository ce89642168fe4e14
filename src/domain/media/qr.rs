//! QR codes: drawn for print, and read from photos and scans.

use std::fmt::Write as _;

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use miniz_oxide::deflate::compress_to_vec_zlib;
use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{DetectorRXingResult as _, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{BinaryBitmap, Luma8Source};

use super::picture::Picture;

/// Modules of free room on each side.
pub const QUIET: usize = 4;
/// The largest version that is drawn: 117 modules.
const MAX_VERSION: usize = 25;
/// Pixels up to which a picture is read as it is; larger ones are read smaller first, which is quicker and takes noise
/// off.
const LARGE: usize = 14_000_000;
/// The most finder patterns that are put together.
const MAX_PATTERNS: usize = 100;
/// Finder patterns with modules smaller than this many pixels cannot be read.
const MIN_MODULE: f64 = 2.0;

/// Why a code was not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QrError {
    /// More text than a code of version 25 holds.
    #[error("内容太长，放不进二维码")]
    TooLong,
}

/// A code that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Modules in a row, without quiet zone.
    pub size: usize,
    /// Row by row, `true` dark.
    pub modules: Vec<bool>,
}

/// Draws a text with error correction M, in the smallest version that holds it.
///
/// # Errors
/// [`QrError::TooLong`].
pub fn draw(text: &str) -> Result<Code, QrError> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| QrError::TooLong)?;
    if code.size > 17 + 4 * MAX_VERSION {
        return Err(QrError::TooLong);
    }
    let modules =
        (0..code.size).flat_map(|y| code[y].iter().map(|m| m.value()).collect::<Vec<_>>()).collect();
    Ok(Code { size: code.size, modules })
}

impl Code {
    /// Whether the module in that column and row is dark; outside nothing is.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.modules.get(y * self.size + x).copied().unwrap_or(false)
    }

    /// Modules in a row with the quiet zone.
    #[must_use]
    pub fn full_size(&self) -> usize {
        self.size + 2 * QUIET
    }

    /// One SVG path of all dark modules, a unit each, the quiet zone included: for a view box of
    /// [`Code::full_size`].
    #[must_use]
    pub fn svg_path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let run = (x..self.size).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
                }
                x += run.max(1);
            }
        }
        path
    }

    /// A PNG with `scale` pixels a module, the quiet zone included. The same code gives the same bytes.
    #[must_use]
    pub fn png(&self, scale: usize) -> Vec<u8> {
        let scale = scale.max(1);
        let side = self.full_size() * scale;
        let stride = side.div_ceil(8);
        let mut rows = Vec::with_capacity((stride + 1) * side);
        for y in 0..side {
            let module_y = (y / scale).wrapping_sub(QUIET);
            rows.push(0);
            for byte in 0..stride {
                // One bit a pixel, the first the highest, 1 for white.
                rows.push((0..8).fold(0_u8, |bits, bit| {
                    let x = byte * 8 + bit;
                    let is_dark = x < side && self.is_dark((x / scale).wrapping_sub(QUIET), module_y);
                    (bits << 1) | u8::from(!is_dark)
                }));
            }
        }
        let side = u32::try_from(side).unwrap_or(u32::MAX).to_be_bytes();
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let header: Vec<u8> = side.into_iter().chain(side).chain([1, 0, 0, 0, 0]).collect();
        for (kind, content) in
            [(b"IHDR", header), (b"IDAT", compress_to_vec_zlib(&rows, 6)), (b"IEND", Vec::new())]
        {
            png.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
            let start = png.len();
            png.extend(kind);
            png.extend(content);
            let crc = crc32fast::hash(png.get(start..).unwrap_or_default());
            png.extend(crc.to_be_bytes());
        }
        png
    }
}

/// What was found on a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// The text of a code.
    Found(String),
    /// No code was read.
    NotFound(Why),
}

/// Why no code was read, as far as the picture tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing looks like a code.
    NoCode,
    /// Its modules are smaller than can be told apart.
    TooSmall,
    /// A part of it lies outside.
    CutOff,
    /// It is there, but blurred, covered or lit unevenly.
    Unclear,
}

impl Why {
    /// What is wrong and what to do.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoCode => {
                "图片里没有找到二维码。拍申报表第一页，让右上角的二维码完整、清楚地出现在画面里。"
            }
            Self::TooSmall => "二维码在图片里太小。走近一些，让第一页占满画面；扫描用 300 dpi。",
            Self::CutOff => "二维码没有拍全。让它的四个角和四周的白边都在画面里。",
            Self::Unclear => "二维码拍得不清楚。放平纸张，避开阴影和反光，对焦后再拍；不要让印章压住它。",
        }
    }
}

/// Reads a code from a picture: as it is, then without noise, then smaller, until one is read.
#[must_use]
pub fn read(picture: &Picture) -> Reading {
    let mut why = Why::NoCode;
    let n_pixels = picture.luma.len();
    // Large pictures smaller first: a module has pixels to spare there.
    let steps: &[(usize, bool)] = if n_pixels > LARGE {
        &[(2, false), (2, true), (3, false), (1, false), (1, true), (4, false)]
    } else {
        &[(1, false), (1, true), (2, false), (3, false)]
    };
    for (reduction, is_blurred) in steps {
        let Some(mut tried) = picture.reduced(*reduction) else { continue };
        if *is_blurred {
            tried = tried.blurred();
        }
        match try_read(&tried) {
            Reading::Found(text) => return Reading::Found(text),
            // What the finest look says counts most.
            Reading::NotFound(found) if why == Why::NoCode => why = found,
            Reading::NotFound(_) => {}
        }
    }
    Reading::NotFound(why)
}

fn try_read(picture: &Picture) -> Reading {
    let (Ok(width), Ok(height)) = (u32::try_from(picture.width), u32::try_from(picture.height)) else {
        return Reading::NotFound(Why::NoCode);
    };
    let Ok(source) = Luma8Source::new(picture.luma.clone(), width, height) else {
        return Reading::NotFound(Why::NoCode);
    };
    let bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let matrix = bitmap.get_black_matrix();
    let mut patterns = FindFinderPatterns(matrix, true, 0);
    let why = why(&patterns, picture);
    // Every three of them are tried: a page of noise must not make millions of triples.
    patterns.sort_by_key(|p| std::cmp::Reverse(p.size));
    patterns.truncate(MAX_PATTERNS);
    // The steps of the library's `QrReader`, which notes the time of day in its results: there is none here.
    for set in GenerateFinderPatternSets(&mut patterns) {
        let Ok(sampled) = SampleQR(matrix, &set) else { continue };
        if let Ok(decoded) = Decode(sampled.getBits())
            && decoded.isValid()
        {
            return Reading::Found(decoded.text());
        }
    }
    Reading::NotFound(why)
}

/// What the finder patterns tell: the three large squares of a code.
fn why(patterns: &[ConcentricPattern], picture: &Picture) -> Why {
    let module = |size: i32| f64::from(size) / 7.0;
    let sizes: Vec<f64> = patterns.iter().map(|p| module(p.size)).collect();
    let (w, h) = (picture.width as f64, picture.height as f64);
    match patterns.len() {
        0 => Why::NoCode,
        _ if sizes.iter().all(|size| *size < MIN_MODULE) => Why::TooSmall,
        1 | 2 => {
            // A code reaches some 100 modules from its finder patterns.
            let near = |x: f64, y: f64, size: f64| {
                let reach = 100.0 * size;
                x < reach || y < reach || x > w - reach || y > h - reach
            };
            let is_near = patterns.iter().any(|p| near(f64::from(p.p.x), f64::from(p.p.y), module(p.size)));
            if is_near { Why::CutOff } else { Why::NoCode }
        }
        _ => Why::Unclear,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::domain::media::picture;

    const TEXT: &str = "PC1:6BF1%VH BZJ0*9.WMH0C7/AZW4Z*AK.GNNVR*G0C7WY81HOCV+PIHQ-*VJOO";

    #[test]
    fn what_is_drawn_is_read() {
        for n in [1, 5, 20] {
            let text = TEXT.repeat(n);
            let code = draw(&text).unwrap();
            let picture = picture::decode(&code.png(4)).unwrap();
            assert_eq!(read(&picture), Reading::Found(text), "{n}");
        }
        assert_eq!(draw(&TEXT.repeat(23)).unwrap_err(), QrError::TooLong);
    }

    #[test]
    fn nothing_is_found_on_nothing() {
        for (w, h) in [(1, 1), (3, 2), (40, 40), (200, 300)] {
            let blank = Picture::from_luma(w, h, vec![250; w * h]).unwrap();
            assert_eq!(read(&blank), Reading::NotFound(Why::NoCode));
            let noise = (0..w * h).map(|i| (i.wrapping_mul(2_654_435_761) >> 8) as u8).collect();
            assert!(matches!(read(&Picture::from_luma(w, h, noise).unwrap()), Reading::NotFound(_)));
        }
    }

    #[test]
    fn the_path_and_the_picture_say_the_same() {
        let code = draw(TEXT).unwrap();
        let dark = code.modules.iter().filter(|m| **m).count();
        let drawn: usize = code
            .svg_path()
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|run| run.split('v').next().unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(drawn, dark);
        assert_eq!(code.png(2), code.png(2));
    }
}
