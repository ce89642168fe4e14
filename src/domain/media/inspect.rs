//! Everything that can be told of one file without knowing what it is for: what it is, whether it opens, how it looks,
//! and what its QR code says.

use serde_json::{Value, json};

use super::exif;
use super::kind::{Kind, Wholeness, is_whole, kind_of};
use super::pdf::{self, PdfError};
use super::picture::{self, Picture};
use super::qr::{self, Reading, Why};

/// The largest file that is looked into, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The most pages on which a code is looked for.
const MAX_CODE_PAGES: usize = 20;

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// What it is by its content.
    pub kind: Kind,
    /// Whether its end is missing.
    pub is_truncated: bool,
    /// Pages of a document; 1 for a picture, `None` where they are not counted.
    pub pages: Option<usize>,
    /// Width and height of a picture in pixels.
    pub size: Option<(usize, usize)>,
    /// Whether it says where it was taken.
    pub has_location: bool,
    /// Why it does not open, in words for the person.
    pub problem: Option<String>,
    /// The text of its QR code.
    pub code: Option<String>,
    /// Why no code was read, where it is a picture or a document of pictures.
    pub why: Option<Why>,
}

/// Looks into a file.
#[must_use]
pub fn inspect(bytes: Vec<u8>) -> Inspection {
    let kind = kind_of(&bytes);
    let facts = exif::read(&bytes);
    let mut found = Inspection {
        kind,
        is_truncated: is_whole(kind, &bytes) == Wholeness::Truncated,
        pages: None,
        size: None,
        has_location: facts.has_location,
        problem: kind.advice().map(str::to_owned),
        code: None,
        why: None,
    };
    match kind {
        Kind::Jpeg | Kind::Png | Kind::Bmp | Kind::WebP => match picture::decode(&bytes) {
            Ok(picture) => {
                found.pages = Some(1);
                found.size = Some((picture.width, picture.height));
                look_for_code(&mut found, &picture);
            }
            Err(problem) => found.problem = Some(problem.to_string()),
        },
        Kind::Pdf => look_into_pdf(&mut found, bytes),
        _ => {}
    }
    found
}

fn look_into_pdf(found: &mut Inspection, bytes: Vec<u8>) {
    let document = match pdf::open(bytes, pdf::Limits::default()) {
        Ok(document) => document,
        Err(problem) => {
            found.problem = Some(problem.to_string());
            return;
        }
    };
    let n_pages = document.pages().len();
    found.pages = Some(n_pages);
    for page in 0..n_pages.min(MAX_CODE_PAGES) {
        match document.picture(page, pdf::MAX_PIXELS) {
            Ok(grey) => {
                if let Some(picture) = Picture::from_luma(grey.width, grey.height, grey.pixels) {
                    look_for_code(found, &picture);
                }
            }
            Err(PdfError::NoSuchPage) => break,
            Err(problem) => {
                found.problem.get_or_insert_with(|| problem.to_string());
            }
        }
        if found.code.is_some() {
            return;
        }
    }
}

fn look_for_code(found: &mut Inspection, picture: &Picture) {
    match qr::read(picture) {
        Reading::Found(text) => {
            found.code = Some(text);
            found.why = None;
        }
        // The page that shows most of a code says most.
        Reading::NotFound(why) if found.why.is_none_or(|known| known == Why::NoCode) => found.why = Some(why),
        Reading::NotFound(_) => {}
    }
}

impl Inspection {
    /// As JSON, to be handed from one thread to another.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({
            "media_type": self.kind.media_type(),
            "kind": self.kind.label(),
            "truncated": self.is_truncated,
            "pages": self.pages,
            "width": self.size.map(|s| s.0),
            "height": self.size.map(|s| s.1),
            "has_location": self.has_location,
            "problem": self.problem,
            "code": self.code,
            "why": self.why.map(Why::words),
        })
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_a_picture() {
        let text = "PC1:6BF1%VH BZJ0*9.WMH0C7/AZW4Z*AK";
        let found = inspect(qr::draw(text).unwrap().png(5));
        assert_eq!((found.code.as_deref(), found.pages, found.problem), (Some(text), Some(1), None));
    }

    #[test]
    fn what_does_not_open_is_said() {
        let png = qr::draw("A").unwrap().png(5);
        let cut = inspect(png[..png.len() - 20].to_vec());
        assert!(cut.is_truncated && cut.problem.is_some());
        assert_eq!(inspect(b"hello".to_vec()).code, None);
        let locked = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/locked.pdf")).unwrap();
        assert!(inspect(locked).problem.is_some());
    }

    #[test]
    fn pages_without_a_code_say_so() {
        let scan = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/scan.pdf")).unwrap();
        let found = inspect(scan);
        assert!(found.pages > Some(1) && found.code.is_none() && found.why.is_some(), "{found:?}");
    }
}
