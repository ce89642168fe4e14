//! PDF on `hayro`: what is written on a page, where a word stands, and what a page looks like.
//!
//! Hostile input. Before the crate unpacks or draws anything, [`guard`] measures it: how large streams become, how many
//! pixels pictures have, how much work a page is with everything it calls. What is left is bounded by these measures.
//! Not bounded from here: streams of objects in encrypted files, symbols within JBIG2 pictures, and mistakes of the crate.
//! On the host a panic of the crate becomes [`PdfError::Broken`]; where panics abort (in the browser, and in programs that
//! are built so) whoever runs this keeps it in a worker of its own and starts that again.
//!
//! Fonts that are not embedded are read but not drawn: no font comes with the program.

mod guard;
mod text;

use std::cell::RefCell;
use std::sync::Arc;

use hayro::hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt as _, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{self, LoadPdfError};
use hayro::kurbo::Rect;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

pub use text::PageText;

/// How much is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the file.
    pub max_bytes: usize,
    /// Pages of the file.
    pub max_pages: usize,
    /// Bytes of any stream once it is unpacked.
    pub max_stream: usize,
    /// Pixels of any picture in the file.
    pub max_picture: u64,
    /// Work for one page, in something like microseconds on a desk computer.
    pub max_work: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_pages: 200,
            max_stream: 128 << 20,
            // A3 at 600 dpi.
            max_picture: 72_000_000,
            max_work: 8_000_000,
        }
    }
}

/// The most pixels of a drawn page unless somebody says otherwise: A4 at 350 dpi.
pub const MAX_PIXELS: usize = 12_000_000;

/// The most pixels that the edges of all shapes on a page pass, at some eight bytes each.
const MAX_EDGES: f64 = 40e6;

/// Why a PDF, or a page of it, cannot be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// It does not begin like one.
    #[error("不是 PDF 文件")]
    NotAPdf,
    /// It opens with a password only, or is encrypted in a way that is not known.
    #[error("打开这个 PDF 需要密码")]
    Encrypted,
    /// It cannot be read, whole or in part.
    #[error("PDF 文件已损坏")]
    Broken,
    /// More pages than are looked at.
    #[error("PDF 有 {pages} 页，超过能检查的页数")]
    TooLarge {
        /// How many it has.
        pages: usize,
    },
    /// More bytes, pixels or work than are borne.
    #[error("PDF 文件过大或过于复杂")]
    TooHeavy,
    /// There is no such page.
    #[error("没有这一页")]
    NoSuchPage,
}

/// The size of a page as it is shown, turned as the file says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSize {
    /// Width in millimetres.
    pub width_mm: f64,
    /// Height in millimetres.
    pub height_mm: f64,
}

/// Where something stands: a page, counted from 0, and a rectangle in fractions of its width and height, from the left
/// and from the top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
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

/// A page in shades of grey, row by row from the top, 0 black and 255 white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The pixels.
    pub pixels: Vec<u8>,
    /// Dots per inch, rounded.
    pub dpi: u32,
}

/// An opened PDF.
pub struct Pdf {
    file: hayro_syntax::Pdf,
    limits: Limits,
    settings: InterpreterSettings,
    /// Ways from codes to characters for fonts that do not say it; read when first needed.
    ways: RefCell<Option<Vec<text::Way>>>,
}

impl std::fmt::Debug for Pdf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pdf").field("pages", &self.file.pages().len()).finish_non_exhaustive()
    }
}

/// A font of one empty glyph. Without any font the crate passes over the text of fonts that are not embedded; with this
/// one it says which characters stand where, and draws nothing.
const EMPTY_FONT: &[u8] = &[
    1,
    0,
    4,
    1, // header
    0,
    1,
    1,
    1,
    2,
    b'A', // names
    0,
    1,
    1,
    1,
    6,
    139 + 24,
    17,
    139,
    139 + 30,
    18, // top dictionary: glyphs at 24, private dictionary at 30
    0,
    0,
    0,
    0, // no strings, no subroutines
    0,
    1,
    1,
    1,
    2,
    14, // glyphs: one, which ends
];

/// Opens a PDF. One that needs no password to be read opens, encrypted or not.
///
/// # Errors
///
/// Where it is none, needs a password, is broken, or is larger than the limits allow.
pub fn open(bytes: Vec<u8>, limits: Limits) -> Result<Pdf, PdfError> {
    let start = &bytes[..bytes.len().min(1024)];
    if !start.windows(5).any(|window| window == b"%PDF-") {
        return Err(PdfError::NotAPdf);
    }
    if bytes.len() > limits.max_bytes {
        return Err(PdfError::TooHeavy);
    }
    guard::raw(&bytes, &limits)?;
    caught(|| {
        let file = hayro_syntax::Pdf::new(bytes).map_err(|error| match error {
            LoadPdfError::Decryption(_) => PdfError::Encrypted,
            LoadPdfError::Invalid => PdfError::Broken,
        })?;
        let pages = file.pages().len();
        if pages == 0 {
            return Err(PdfError::Broken);
        }
        if pages > limits.max_pages {
            return Err(PdfError::TooLarge { pages });
        }
        guard::objects(&file, &limits)?;
        let settings = InterpreterSettings {
            font_resolver: Arc::new(|_| Some((Arc::new(EMPTY_FONT), 0))),
            ..InterpreterSettings::default()
        };
        Ok(Pdf { file, limits, settings, ways: RefCell::new(None) })
    })
}

impl Pdf {
    /// The pages, by their sizes.
    #[must_use]
    pub fn pages(&self) -> Vec<PageSize> {
        let mm = |points: f32| f64::from(points) * 25.4 / 72.0;
        let pages = self.file.pages().iter().map(Page::render_dimensions);
        pages.map(|(width, height)| PageSize { width_mm: mm(width), height_mm: mm(height) }).collect()
    }

    /// What is written on a page, line by line as it is read.
    ///
    /// # Errors
    ///
    /// Where there is no such page, or it is broken or more work than is borne.
    pub fn text(&self, page: usize) -> Result<PageText, PdfError> {
        Ok(self.letters(page)?.into_text())
    }

    /// Where each of the words stands, on all pages. Width and case of letters, white space and the line ends within a
    /// word make no difference. Pages that cannot be read hold nothing.
    #[must_use]
    pub fn find(&self, words: &[&str]) -> Vec<Vec<Place>> {
        let mut found = vec![Vec::new(); words.len()];
        for page in 0..self.file.pages().len() {
            let Ok(letters) = self.letters(page) else { continue };
            let searchable = letters.searchable();
            for (word, places) in words.iter().zip(&mut found) {
                places.extend(searchable.find(word).into_iter().map(|at| Place {
                    page,
                    left: at.x0,
                    top: at.y0,
                    right: at.x1,
                    bottom: at.y1,
                }));
            }
        }
        found
    }

    /// Whether anything that can be read is written on any page.
    #[must_use]
    pub fn has_text(&self) -> bool {
        (0..self.file.pages().len())
            .any(|page| self.text(page).is_ok_and(|text| text.letters > text.unreadable))
    }

    /// Whether every page is a picture: pictures cover most of it, and no text is to be seen beside them. Text that a
    /// scanner laid invisibly over the picture does not count.
    #[must_use]
    pub fn is_scan(&self) -> bool {
        (0..self.file.pages().len()).all(|page| self.text(page).is_ok_and(|text| text.is_scan()))
    }

    /// A page as it looks, at 300 dpi or as fine as the number of pixels allows.
    ///
    /// # Errors
    ///
    /// Where there is no such page, or it is broken or more work than is borne.
    pub fn picture(&self, page: usize, max_pixels: usize) -> Result<Grey, PdfError> {
        let weighed = self.letters(page)?;
        let page = self.guarded(page)?;
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        // The largest page that the format knows is 14,400 points; nobody prints on less than a few.
        if !(width >= 3.0 && height >= 3.0 && width <= 14_400.0 && height <= 14_400.0) {
            return Err(PdfError::TooHeavy);
        }
        #[allow(clippy::cast_precision_loss, reason = "a few million")]
        let fits = (max_pixels as f64 / (width * height)).sqrt();
        let scale = (300.0 / 72.0_f64).min(fits).min(65_000.0 / width.max(height));
        if scale * width.min(height) < 1.0 {
            return Err(PdfError::TooHeavy);
        }
        if weighed.edges * scale + weighed.fills * scale * scale / 200.0 > MAX_EDGES {
            return Err(PdfError::TooHeavy);
        }
        caught(|| {
            #[allow(clippy::cast_possible_truncation, reason = "a factor below 65,000")]
            let factor = scale as f32;
            let pixmap = hayro::render(
                page,
                &RenderCache::new(),
                &self.settings,
                &RenderSettings::default(),
                &PixmapSettings { x_scale: factor, y_scale: factor, bg_color: WHITE },
            );
            let luma = |p: &[u8]| (77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2])) >> 8;
            let pixels: Vec<u8> = pixmap
                .data_as_u8_slice()
                .chunks_exact(4)
                .map(|pixel| u8::try_from(luma(pixel)).unwrap_or(u8::MAX))
                .collect();
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "at most 65,000 by 72"
            )]
            let dpi = (scale * 72.0).round() as u32;
            Ok(Grey { width: pixmap.width().into(), height: pixmap.height().into(), pixels, dpi })
        })
    }

    /// The page, once it was measured.
    fn guarded(&self, page: usize) -> Result<&Page<'_>, PdfError> {
        let page = self.file.pages().get(page).ok_or(PdfError::NoSuchPage)?;
        caught(|| guard::page(page, &self.limits))?;
        Ok(page)
    }

    fn letters(&self, page: usize) -> Result<text::Letters, PdfError> {
        let page = self.guarded(page)?;
        caught(|| {
            let (width, height) = page.render_dimensions();
            let (width, height) = (f64::from(width), f64::from(height));
            let upright = page.initial_transform(true).to_kurbo();
            let target = Rect::new(0.0, 0.0, width, height);
            let cache = InterpreterCache::new();
            let mut context = Context::new(upright, target, &cache, page.xref(), self.settings.clone());
            let mut device = text::Reader::new(&self.file, &self.ways, width, height);
            interpret_page(page, &mut context, &mut device);
            Ok(device.finish())
        })
    }
}

/// Runs what calls the crate; on the host its panics are errors.
#[cfg(not(target_arch = "wasm32"))]
fn caught<T>(run: impl FnOnce() -> Result<T, PdfError>) -> Result<T, PdfError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).unwrap_or(Err(PdfError::Broken))
}

#[cfg(target_arch = "wasm32")]
fn caught<T>(run: impl FnOnce() -> Result<T, PdfError>) -> Result<T, PdfError> {
    run()
}
