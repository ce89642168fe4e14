//! Pictures as shades of grey: decoded within bounds, turned upright, measured.

use std::io::Cursor;

use image::{ImageDecoder as _, ImageReader, Limits};

/// The longest side that is decoded, in pixels.
pub const MAX_SIDE: u32 = 16_384;
/// The most pixels that are decoded: a flatbed scan of A4 at 600 dpi has 35 million.
pub const MAX_PIXELS: u64 = 80_000_000;
/// The most memory that a decoder may take, in bytes: three channels of the largest picture and some room.
const MAX_MEMORY: u64 = 400 << 20;
/// At which width sharpness is measured, in pixels: photos of one page compare whatever their size.
const MEASURE_WIDTH: usize = 1_000;

/// Why a picture was not decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// None of the kinds that are decoded.
    #[error("不是 JPEG、PNG、BMP 或 WebP 图片")]
    NotAPicture,
    /// More pixels than are decoded.
    #[error("图片有 {width}×{height} 像素，超过上限，缩小或降低扫描分辨率后再添加")]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// Damaged or cut off.
    #[error("图片损坏或不完整，重新拍照或扫描")]
    Broken,
}

/// A picture, 8 bits a pixel, 0 black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Row by row from the top.
    pub luma: Vec<u8>,
}

/// A part of a picture, in pixels from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crop {
    /// First column.
    pub x: usize,
    /// First row.
    pub y: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

/// Decodes a picture and turns it upright by its EXIF orientation.
///
/// # Errors
/// [`PictureError`].
pub fn decode(bytes: &[u8]) -> Result<Picture, PictureError> {
    decode_photo(bytes).map(|(picture, _)| picture)
}

/// As [`decode`], with the colour of the upper corners: red, green and blue. On a photo of a person that is what is
/// behind them.
///
/// # Errors
/// [`PictureError`].
pub fn decode_photo(bytes: &[u8]) -> Result<(Picture, (u8, u8, u8)), PictureError> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PictureError::NotAPicture)?;
    if reader.format().is_none_or(|format| !format.reading_enabled()) {
        return Err(PictureError::NotAPicture);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| PictureError::Broken)?;
    let (width, height) = decoder.dimensions();
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooLarge { width, height });
    }
    let orientation = decoder.orientation().map_err(|_| PictureError::Broken)?;
    let mut image = image::DynamicImage::from_decoder(decoder).map_err(|_| PictureError::Broken)?;
    image.apply_orientation(orientation);
    let colour = corner_colour(&image);
    let grey = image.into_luma8();
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let picture = Picture::from_luma(width, height, grey.into_raw()).ok_or(PictureError::Broken)?;
    Ok((picture, colour))
}

/// The mean colour of the two upper corners, each a tenth of the width.
fn corner_colour(image: &image::DynamicImage) -> (u8, u8, u8) {
    let side = (image.width() / 10).clamp(1, 200).min(image.height());
    let corners = [0, image.width().saturating_sub(side)].map(|x| image.crop_imm(x, 0, side, side).to_rgb8());
    let (mut sums, mut n) = ([0_u64; 3], 0_u64);
    for pixel in corners.iter().flat_map(|corner| corner.pixels()) {
        for (sum, value) in sums.iter_mut().zip(pixel.0) {
            *sum += u64::from(value);
        }
        n += 1;
    }
    let [r, g, b] = sums.map(|sum| u8::try_from(sum / n.max(1)).unwrap_or(u8::MAX));
    (r, g, b)
}

impl Picture {
    /// A picture of these pixels; `None` where their number is not width times height, or is none.
    #[must_use]
    pub fn from_luma(width: usize, height: usize, luma: Vec<u8>) -> Option<Self> {
        let is_right = width > 0 && height > 0 && width.checked_mul(height) == Some(luma.len());
        is_right.then_some(Self { width, height, luma })
    }

    /// A part of the picture, as much of it as lies inside; `None` where that is nothing.
    #[must_use]
    pub fn crop(&self, crop: Crop) -> Option<Self> {
        let (x, y) = (crop.x.min(self.width), crop.y.min(self.height));
        let (width, height) = (crop.width.min(self.width - x), crop.height.min(self.height - y));
        let rows = self.luma.chunks_exact(self.width).skip(y).take(height);
        let luma = rows.flat_map(|row| row.iter().skip(x).take(width).copied()).collect();
        Self::from_luma(width, height, luma)
    }

    /// The mean of each square of `n` by `n` pixels; what does not fill a square at the right and below is left out.
    #[must_use]
    pub fn reduced(&self, n: usize) -> Option<Self> {
        if n <= 1 {
            return Some(self.clone());
        }
        let (width, height) = (self.width / n, self.height / n);
        let mut luma = Vec::with_capacity(width.checked_mul(height)?);
        let mut sums = vec![0_u32; width];
        let area = u32::try_from(n * n).ok()?;
        for band in self.luma.chunks_exact(self.width * n) {
            sums.fill(0);
            for row in band.chunks_exact(self.width) {
                for (sum, square) in sums.iter_mut().zip(row.chunks_exact(n)) {
                    *sum += square.iter().map(|p| u32::from(*p)).sum::<u32>();
                }
            }
            luma.extend(sums.iter().map(|sum| u8::try_from(sum / area).unwrap_or(u8::MAX)));
        }
        Self::from_luma(width, height, luma)
    }

    /// The mean of each pixel and its eight neighbours: takes the noise of a sensor off.
    #[must_use]
    pub fn blurred(&self) -> Self {
        let (w, h) = (self.width, self.height);
        // Across first, then down: sums of three by three.
        let mut across = vec![0_u16; w * h];
        for (sums, row) in across.chunks_exact_mut(w).zip(self.luma.chunks_exact(w)) {
            let at = |i: usize| u16::from(row.get(i).copied().unwrap_or_default());
            for (i, sum) in sums.iter_mut().enumerate() {
                *sum = at(i.saturating_sub(1)) + at(i) + at((i + 1).min(w - 1));
            }
        }
        let row = |y: usize| across.get(y * w..(y + 1) * w).unwrap_or_default();
        let mut luma = Vec::with_capacity(w * h);
        for y in 0..h {
            let rows = row(y.saturating_sub(1)).iter().zip(row(y)).zip(row((y + 1).min(h - 1)));
            luma.extend(rows.map(|((a, b), c)| u8::try_from((a + b + c) / 9).unwrap_or(u8::MAX)));
        }
        Self { width: w, height: h, luma }
    }

    /// The share of pixels that are clearly darker than the paper: below three fifths of the ninth decile.
    #[must_use]
    pub fn ink(&self) -> f64 {
        let counts = self.counts();
        let total = self.luma.len() as f64;
        let paper = percentile(&counts, 0.9);
        let dark: u64 = counts.iter().take(usize::from(paper) * 3 / 5).sum();
        dark as f64 / total
    }

    /// Whether nothing is written on the page: less than one pixel in 3,000 is ink, and the page is light. A line of ten
    /// characters on an A4 page is some three in 1,000.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        percentile(&self.counts(), 0.5) > 100 && self.ink() < 1.0 / 3_000.0
    }

    /// Whether the picture is black: all but one pixel in 100 below a fifth of the scale.
    #[must_use]
    pub fn is_black(&self) -> bool {
        percentile(&self.counts(), 0.99) < 51
    }

    /// The variance of the Laplacian at a width of 1,000 pixels: how hard edges are. Text that can be read well has some
    /// 300 and more, a blurred page below 60.
    #[must_use]
    pub fn sharpness(&self) -> f64 {
        let n = (self.width / MEASURE_WIDTH).max(1);
        let Some(small) = self.reduced(n) else { return 0.0 };
        let (w, h) = (small.width, small.height);
        if w < 3 || h < 3 {
            return 0.0;
        }
        let at = |x: usize, y: usize| i64::from(small.luma.get(y * w + x).copied().unwrap_or_default());
        let (mut sum, mut squares, mut n) = (0_i64, 0_i64, 0_i64);
        for y in 1..h - 1 {
            for x in 1..w - 1 {
                let l = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
                sum += l;
                squares += l * l;
                n += 1;
            }
        }
        let mean = sum as f64 / n as f64;
        squares as f64 / n as f64 - mean * mean
    }

    fn counts(&self) -> [u64; 256] {
        let mut counts = [0_u64; 256];
        for p in &self.luma {
            if let Some(count) = counts.get_mut(usize::from(*p)) {
                *count += 1;
            }
        }
        counts
    }
}

/// The shade below which that share of the pixels lies.
fn percentile(counts: &[u64; 256], share: f64) -> u8 {
    let total: u64 = counts.iter().sum();
    let mut seen = 0_u64;
    for (shade, count) in counts.iter().enumerate() {
        seen += count;
        if seen as f64 >= share * total as f64 {
            return u8::try_from(shade).unwrap_or(u8::MAX);
        }
    }
    u8::MAX
}

impl Picture {
    /// The picture as PNG, in shades of grey; `None` where it cannot be written.
    #[must_use]
    pub fn to_png(&self) -> Option<Vec<u8>> {
        let (width, height) = (u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?);
        let grey = image::GrayImage::from_raw(width, height, self.luma.clone())?;
        let mut png = Cursor::new(Vec::new());
        grey.write_to(&mut png, image::ImageFormat::Png).ok()?;
        Some(png.into_inner())
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn noise(i: usize) -> u8 {
        let mut x = (i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        x ^= x >> 31;
        (x.wrapping_mul(0x94d0_49bb_1331_11eb) >> 60) as u8
    }

    fn page(draw: impl Fn(usize, usize) -> Option<u8>) -> Picture {
        let (w, h) = (1_240, 1_754);
        let luma = (0..w * h).map(|i| draw(i % w, i / w).unwrap_or(235 + noise(i))).collect();
        Picture::from_luma(w, h, luma).unwrap()
    }

    fn text_page() -> Picture {
        page(|x, y| (y % 40 < 20 && x % 23 < 4 && (100..1_100).contains(&x)).then_some(30))
    }

    #[test]
    fn pages_are_told_apart() {
        assert!(page(|_, _| None).is_blank());
        assert!(!text_page().is_blank() && !text_page().is_black());
        let line = page(|x, y| (y > 200 && y < 230 && (100..400).contains(&x) && x % 9 < 3).then_some(40));
        assert!(!line.is_blank(), "{}", line.ink());
        let black = Picture::from_luma(100, 100, vec![7; 10_000]).unwrap();
        assert!(black.is_black() && !black.is_blank());
    }

    #[test]
    fn blur_is_measured() {
        let sharp = text_page();
        let mut soft = sharp.clone();
        for _ in 0..12 {
            soft = soft.blurred();
        }
        assert!(sharp.sharpness() > 300.0, "{}", sharp.sharpness());
        assert!(soft.sharpness() < 60.0, "{}", soft.sharpness());
    }

    #[test]
    fn a_picture_is_written_and_its_corners_have_a_colour() {
        let png = text_page().to_png().unwrap();
        assert_eq!(decode(&png).unwrap(), text_page());
        let mut photo = image::RgbImage::from_pixel(100, 140, image::Rgb([60, 140, 220]));
        for (x, y) in (20..80).flat_map(|x| (30..140).map(move |y| (x, y))) {
            photo.put_pixel(x, y, image::Rgb([230, 200, 180]));
        }
        let mut bytes = Cursor::new(Vec::new());
        photo.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        assert_eq!(decode_photo(&bytes.into_inner()).unwrap().1, (60, 140, 220));
    }

    #[test]
    fn crops_stay_inside() {
        let picture = text_page();
        let part = picture.crop(Crop { x: 1_200, y: 0, width: 500, height: 10 }).unwrap();
        assert_eq!((part.width, part.height), (40, 10));
        assert_eq!(picture.crop(Crop { x: 5_000, y: 0, width: 5, height: 5 }), None);
        assert_eq!(picture.reduced(2).map(|p| (p.width, p.height)), Some((620, 877)));
    }

    #[test]
    fn what_is_no_picture_is_named() {
        assert_eq!(decode(b"hello"), Err(PictureError::NotAPicture));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n"), Err(PictureError::Broken));
        // A PNG that claims 100,000 by 100,000 pixels.
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\0\0\0\0".to_vec();
        let crc = crc32fast::hash(&png[12..29]);
        png.extend(crc.to_be_bytes());
        assert!(matches!(decode(&png), Err(PictureError::TooLarge { .. } | PictureError::Broken)));
    }
}
