//! Everything that can be told of one file without knowing what it is for: what it is, whether it opens, how it looks,
//! what is written in it, and what its QR code says.

use super::exif;
use super::kind::{Kind, Wholeness, is_whole, kind_of};
use super::pdf::{self, Pdf, PdfError};
use super::picture::{self, Crop, Picture, PictureError};
use super::qr::{self, Reading, Why};

/// The largest file that is looked into, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The most pages on which a code is looked for.
const MAX_CODE_PAGES: usize = 20;
/// The most pages that are looked at.
const MAX_PAGES: usize = 50;
/// The most pixels of a page that is only looked at: A4 at some 120 dpi.
const LOOK_PIXELS: usize = 1_500_000;
/// Below this a page is not sharp; see [`Picture::sharpness`].
const MIN_SHARPNESS: f64 = 60.0;
/// Pages with fewer pixels on their shorter side say nothing of sharpness.
const MIN_SIDE: usize = 400;

/// What is asked of a look.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Question {
    /// Whether a QR code is looked for.
    pub code: bool,
    /// Where the person says that it is.
    pub part: Option<Part>,
}

/// A part of a page or picture, in fractions of its width and height from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The page, counted from 0.
    pub page: usize,
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

/// Why a file does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It asks for a password.
    Locked,
    /// It cannot be read.
    Broken,
    /// It is larger or more complex than is looked into.
    TooLarge,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    /// What it is by its content.
    pub kind: Kind,
    /// Whether its end is missing.
    pub is_truncated: bool,
    /// Why it does not open.
    pub problem: Option<Problem>,
    /// Pages of a document; 1 for a picture, `None` where they are not counted.
    pub pages: Option<usize>,
    /// Width and height of a picture as it is seen, in pixels.
    pub size: Option<(usize, usize)>,
    /// What a picture says of its resolution, in dots per inch.
    pub dpi: Option<usize>,
    /// Whether it says where it was taken.
    pub has_location: bool,
    /// The colour of a picture's upper corners: red, green and blue.
    pub background: Option<(u8, u8, u8)>,
    /// Pages on which nothing stands, counted from 1.
    pub blank: Vec<usize>,
    /// Pages that are black, counted from 1.
    pub black: Vec<usize>,
    /// Pages that are pictures and not sharp, counted from 1.
    pub blurred: Vec<usize>,
    /// The text of a document, page by page; `None` for one without text that can be read.
    pub text: Option<Vec<String>>,
    /// Whether some of its letters cannot be read.
    pub has_unreadable: bool,
    /// The text of its QR code.
    pub code: Option<String>,
    /// Why no code was read, where one was looked for in pictures.
    pub why: Option<Why>,
}

/// Looks into a file.
#[must_use]
pub fn inspect(bytes: Vec<u8>, question: Question) -> Inspection {
    let kind = kind_of(&bytes);
    let facts = exif::read(&bytes);
    let mut found = Inspection {
        kind,
        is_truncated: is_whole(kind, &bytes) == Wholeness::Truncated,
        problem: (kind == Kind::EncryptedOffice).then_some(Problem::Locked),
        pages: None,
        size: None,
        dpi: facts.dpi.and_then(|(across, _)| usize::try_from(across).ok()),
        has_location: facts.has_location,
        background: None,
        blank: Vec::new(),
        black: Vec::new(),
        blurred: Vec::new(),
        text: None,
        has_unreadable: false,
        code: None,
        why: None,
    };
    match kind {
        Kind::Jpeg | Kind::Png | Kind::Bmp | Kind::WebP => match picture::decode_photo(&bytes) {
            Ok((picture, background)) => {
                found.pages = Some(1);
                found.size = Some((picture.width, picture.height));
                found.background = Some(background);
                found.look(1, &picture, true);
                if question.code {
                    found.look_for_code(&picture, question.part.filter(|part| part.page == 0));
                }
            }
            Err(PictureError::TooLarge { .. }) => found.problem = Some(Problem::TooLarge),
            Err(PictureError::NotAPicture | PictureError::Broken) => found.problem = Some(Problem::Broken),
        },
        Kind::Pdf => match pdf::open(bytes, pdf::Limits::default()) {
            Ok(document) => found.look_into(&document, question),
            Err(problem) => {
                if let PdfError::TooLarge { pages } = problem {
                    found.pages = Some(pages);
                }
                found.problem = Some(problem_of(problem));
            }
        },
        _ => {}
    }
    found
}

fn problem_of(problem: PdfError) -> Problem {
    match problem {
        PdfError::Encrypted => Problem::Locked,
        PdfError::TooLarge { .. } | PdfError::TooHeavy => Problem::TooLarge,
        PdfError::NotAPdf | PdfError::Broken | PdfError::NoSuchPage => Problem::Broken,
    }
}

impl Inspection {
    fn look_into(&mut self, document: &Pdf, question: Question) {
        let n_pages = document.pages().len();
        self.pages = Some(n_pages);
        let mut texts = Vec::new();
        for page in 0..n_pages.min(MAX_PAGES) {
            let (is_scan, has_letters) = match document.text(page) {
                Ok(text) => {
                    self.has_unreadable |= text.unreadable > 0;
                    let seen = (text.is_scan(), text.visible > 0);
                    texts.push(text.text);
                    seen
                }
                Err(problem) => {
                    self.problem.get_or_insert(problem_of(problem));
                    texts.push(String::new());
                    continue;
                }
            };
            let wants_code = question.code && self.code.is_none() && page < MAX_CODE_PAGES;
            if has_letters && !is_scan && !wants_code {
                continue;
            }
            let max_pixels = if wants_code { pdf::MAX_PIXELS } else { LOOK_PIXELS };
            match document.picture(page, max_pixels) {
                Ok(grey) => {
                    let Some(picture) = Picture::from_luma(grey.width, grey.height, grey.pixels) else {
                        continue;
                    };
                    if !has_letters || is_scan {
                        self.look(page + 1, &picture, is_scan);
                    }
                    if wants_code {
                        self.look_for_code(&picture, question.part.filter(|part| part.page == page));
                    }
                }
                Err(problem) => {
                    self.problem.get_or_insert(problem_of(problem));
                }
            }
        }
        if texts.iter().any(|text| !text.trim().is_empty()) {
            self.text = Some(texts);
        }
    }

    /// How a page looks; whether it is sharp is asked of pictures alone.
    fn look(&mut self, page: usize, picture: &Picture, is_picture: bool) {
        if picture.is_black() {
            self.black.push(page);
        } else if picture.is_blank() {
            self.blank.push(page);
        } else if is_picture
            && picture.width.min(picture.height) >= MIN_SIDE
            && picture.sharpness() < MIN_SHARPNESS
        {
            self.blurred.push(page);
        }
    }

    fn look_for_code(&mut self, picture: &Picture, part: Option<Part>) {
        let cropped = part.and_then(|part| picture.crop(crop_of(picture, part)));
        match qr::read(cropped.as_ref().unwrap_or(picture)) {
            Reading::Found(text) => {
                self.code = Some(text);
                self.why = None;
            }
            // The page that shows most of a code says most.
            Reading::NotFound(why) if self.why.is_none_or(|known| known == Why::NoCode) => {
                self.why = Some(why)
            }
            Reading::NotFound(_) => {}
        }
    }
}

fn crop_of(picture: &Picture, part: Part) -> Crop {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a fraction of a picture's side"
    )]
    let at = |fraction: f64, side: usize| (fraction.clamp(0.0, 1.0) * side as f64) as usize;
    let (x, y) = (at(part.left, picture.width), at(part.top, picture.height));
    let (right, bottom) = (at(part.right, picture.width), at(part.bottom, picture.height));
    Crop { x, y, width: right.saturating_sub(x), height: bottom.saturating_sub(y) }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    const CODE: Question = Question { code: true, part: None };

    fn file(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn a_code_is_found_in_a_picture() {
        let text = "PC1:6BF1%VH BZJ0*9.WMH0C7/AZW4Z*AK";
        let found = inspect(qr::draw(text).unwrap().png(5), CODE);
        assert_eq!((found.code.as_deref(), found.pages, found.problem), (Some(text), Some(1), None));
        let part = Part { page: 0, left: 0.0, top: 0.0, right: 0.4, bottom: 0.4 };
        let found = inspect(qr::draw(text).unwrap().png(5), Question { code: true, part: Some(part) });
        assert!(found.code.is_none() && found.why.is_some());
        let found = inspect(qr::draw(text).unwrap().png(5), Question::default());
        assert_eq!((found.code, found.why), (None, None));
    }

    #[test]
    fn what_does_not_open_is_said() {
        let png = qr::draw("A").unwrap().png(5);
        let cut = inspect(png[..png.len() - 20].to_vec(), CODE);
        assert!(cut.is_truncated && cut.problem == Some(Problem::Broken));
        assert_eq!(inspect(b"hello".to_vec(), CODE).code, None);
        assert_eq!(inspect(file("locked.pdf"), CODE).problem, Some(Problem::Locked));
        assert!(inspect(file("truncated.pdf"), CODE).is_truncated);
    }

    #[test]
    fn pages_without_a_code_say_so() {
        let found = inspect(file("scan.pdf"), CODE);
        assert!(found.pages > Some(1) && found.code.is_none() && found.why.is_some(), "{found:?}");
    }

    #[test]
    fn the_text_of_a_proof_is_read_and_a_scan_has_none() {
        let proof = inspect(file("insurance.pdf"), Question::default());
        assert!(proof.text.is_some_and(|pages| pages.iter().any(|p| p.contains("参保"))));
        let scan = inspect(file("scan.pdf"), Question::default());
        assert_eq!((scan.text, scan.problem), (None, None));
    }

    #[test]
    fn pages_are_looked_at() {
        let of = |luma: u8| Picture::from_luma(500, 700, vec![luma; 350_000]).unwrap().to_png().unwrap();
        assert_eq!(inspect(of(250), Question::default()).blank, [1]);
        assert_eq!(inspect(of(5), Question::default()).black, [1]);
        let ramp: Vec<u8> = (0..350_000_u32).map(|i| (i % 500 / 2) as u8).collect();
        let soft = Picture::from_luma(500, 700, ramp).unwrap().to_png().unwrap();
        assert_eq!(inspect(soft, Question::default()).blurred, [1]);
    }
}
