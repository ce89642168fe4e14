//! What kind of file a content is, by its bytes and never by its name, and whether all of it is there.
//!
//! Only a bounded part of a content is looked at, whatever it claims of itself.

/// A kind of file that applicants attach, or attach by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// Windows bitmap.
    Bmp,
    /// TIFF.
    Tiff,
    /// HEIC or HEIF, as mobile phones take photos.
    Heic,
    /// AVIF.
    Avif,
    /// PDF.
    Pdf,
    /// Word, as of 2007.
    Docx,
    /// Excel, as of 2007.
    Xlsx,
    /// A ZIP archive that is neither.
    OtherZip,
    /// Word, as of 97.
    Doc,
    /// Excel, as of 97.
    Xls,
    /// A compound file that is none of the known ones.
    OtherOle,
    /// An office file that opens with a password only.
    EncryptedOffice,
    /// RTF.
    Rtf,
    /// A web page.
    Html,
    /// Text in UTF-8, UTF-16 or GBK.
    Text,
    /// No bytes at all.
    Empty,
    /// Anything else.
    Unknown,
}

/// Whether a content ends where its kind says that it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wholeness {
    /// The end is there.
    Whole,
    /// The end is missing: the file was cut off, most often while it was copied or sent.
    Truncated,
    /// The kind has no end that could be looked for.
    Untold,
}

/// How much of a text is looked at, and how far an end may stand before the last byte.
const REACH: usize = 1 << 16;
/// How far the names of archives and compound files are looked for, from the front and from the back.
const FAR_REACH: usize = 4 << 20;

impl Kind {
    /// All of them.
    pub const ALL: [Self; 21] = [
        Self::Jpeg,
        Self::Png,
        Self::Gif,
        Self::WebP,
        Self::Bmp,
        Self::Tiff,
        Self::Heic,
        Self::Avif,
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::OtherZip,
        Self::Doc,
        Self::Xls,
        Self::OtherOle,
        Self::EncryptedOffice,
        Self::Rtf,
        Self::Html,
        Self::Text,
        Self::Empty,
        Self::Unknown,
    ];

    /// The registered media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::OtherZip => "application/zip",
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::OtherOle | Self::EncryptedOffice => "application/x-ole-storage",
            Self::Rtf => "application/rtf",
            Self::Html => "text/html",
            Self::Text => "text/plain",
            Self::Empty | Self::Unknown => "application/octet-stream",
        }
    }

    /// What to call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG 图片",
            Self::Png => "PNG 图片",
            Self::Gif => "GIF 图片",
            Self::WebP => "WebP 图片",
            Self::Bmp => "BMP 图片",
            Self::Tiff => "TIFF 图片",
            Self::Heic => "HEIC 图片",
            Self::Avif => "AVIF 图片",
            Self::Pdf => "PDF 文件",
            Self::Docx => "Word 文件（docx）",
            Self::Xlsx => "Excel 文件（xlsx）",
            Self::OtherZip => "ZIP 压缩包",
            Self::Doc => "旧版 Word 文件（doc）",
            Self::Xls => "旧版 Excel 文件（xls）",
            Self::OtherOle => "其他 Office 文件",
            Self::EncryptedOffice => "有密码的 Office 文件",
            Self::Rtf => "RTF 文件",
            Self::Html => "网页文件",
            Self::Text => "文本文件",
            Self::Empty => "空文件",
            Self::Unknown => "不认识的文件",
        }
    }

    /// What to call files of that media type; the media type itself where no kind has it.
    #[must_use]
    pub fn label_of(media_type: &str) -> &str {
        Self::ALL
            .into_iter()
            .find(|kind| kind.media_type() == media_type)
            .map_or(media_type, |kind| kind.label())
    }

    /// The endings that names of such files have, in lower case and the usual one first.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Gif => &["gif"],
            Self::WebP => &["webp"],
            Self::Bmp => &["bmp", "dib"],
            Self::Tiff => &["tif", "tiff"],
            Self::Heic => &["heic", "heif"],
            Self::Avif => &["avif"],
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx", "docm", "dotx"],
            Self::Xlsx => &["xlsx", "xlsm", "xltx"],
            Self::OtherZip => &["zip"],
            Self::Doc => &["doc", "dot", "wps"],
            Self::Xls => &["xls", "xlt", "et"],
            Self::OtherOle => &[],
            Self::EncryptedOffice => &["docx", "xlsx", "doc", "xls"],
            Self::Rtf => &["rtf"],
            Self::Html => &["html", "htm", "mht"],
            Self::Text => &["txt", "csv"],
            Self::Empty | Self::Unknown => &[],
        }
    }

    /// What the person can do about a kind that cannot serve as it is.
    #[must_use]
    pub fn advice(self) -> Option<&'static str> {
        Some(match self {
            Self::Heic => {
                "这是手机拍的 HEIC 照片，多数电脑打不开。苹果手机可以在“设置 › 相机 › 格式”里选“兼容性最佳”后重拍，\
                 或者把这张照片另存为 JPEG 再添加。"
            }
            Self::Avif => "多数电脑打不开 AVIF 图片。把它另存为 JPEG 或 PNG 再添加。",
            Self::Doc => "这是旧版 Word 格式。用 Word 或 WPS 打开，另存为 docx 再添加。",
            Self::Xls => "这是旧版 Excel 格式。用 Excel 或 WPS 打开，另存为 xlsx 再添加。",
            Self::EncryptedOffice => {
                "这个文件打开时要输入密码。用 Word、Excel 或 WPS 打开，去掉密码后另存，再添加。"
            }
            Self::OtherOle => "看不出这是哪种 Office 文件。用原来的软件打开，另存为 PDF 再添加。",
            Self::Rtf => "用 Word 或 WPS 打开，另存为 docx 或 PDF 再添加。",
            Self::Html => "这是网页，不是扫描件。在浏览器里打开，打印为 PDF 再添加。",
            Self::OtherZip => "这是压缩包。先解压，再把里面的文件逐个添加。",
            Self::Empty => "这个文件是空的，里面没有内容。从原来的地方重新复制一份再添加。",
            Self::Unknown => "看不出这是哪种文件。用能打开它的软件另存为 PDF 或 JPEG 再添加。",
            Self::Jpeg
            | Self::Png
            | Self::Gif
            | Self::WebP
            | Self::Bmp
            | Self::Tiff
            | Self::Pdf
            | Self::Docx
            | Self::Xlsx
            | Self::Text => return None,
        })
    }

    /// Whether it is a picture.
    #[must_use]
    pub fn is_picture(self) -> bool {
        self.media_type().starts_with("image/")
    }
}

/// The kind of a content.
#[must_use]
pub fn kind_of(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Kind::Jpeg;
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Kind::Png;
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Kind::Gif;
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Kind::WebP;
    }
    if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        return Kind::Tiff;
    }
    if let Some(kind) = of_brands(bytes) {
        return kind;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return of_zip(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return of_ole(bytes);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Kind::Rtf;
    }
    if is_bitmap(bytes) {
        return Kind::Bmp;
    }
    // Readers of PDF look for the header in the first kilobyte; mail programs put lines before it.
    if has(head(bytes, 1024), b"%PDF-") {
        return Kind::Pdf;
    }
    of_text(bytes)
}

/// Whether a content of that kind ends where it should.
#[must_use]
pub fn is_whole(kind: Kind, bytes: &[u8]) -> Wholeness {
    let is_there = match kind {
        Kind::Jpeg => has_jpeg_end(bytes),
        Kind::Png => has_png_end(bytes),
        // Padding after the trailer is common.
        Kind::Gif => bytes.iter().rev().take(REACH).find(|byte| **byte != 0) == Some(&0x3b),
        Kind::WebP => u32_le(bytes, 4).is_some_and(|length| bytes.len() as u64 >= u64::from(length) + 8),
        // Some programs leave the size out.
        Kind::Bmp => {
            u32_le(bytes, 2).is_some_and(|length| length < 26 || bytes.len() as u64 >= u64::from(length))
        }
        Kind::Pdf => has(tail(bytes, 1024), b"%%EOF"),
        Kind::Docx | Kind::Xlsx | Kind::OtherZip => has_zip_end(bytes),
        Kind::Rtf => {
            let mut back = tail(bytes, 1024).iter().rev();
            back.find(|byte| !byte.is_ascii_whitespace() && **byte != 0) == Some(&b'}')
        }
        Kind::Heic | Kind::Avif => has_boxes_end(bytes),
        Kind::Tiff
        | Kind::Doc
        | Kind::Xls
        | Kind::OtherOle
        | Kind::EncryptedOffice
        | Kind::Html
        | Kind::Text
        | Kind::Empty
        | Kind::Unknown => return Wholeness::Untold,
    };
    if is_there { Wholeness::Whole } else { Wholeness::Truncated }
}

fn head(bytes: &[u8], length: usize) -> &[u8] {
    &bytes[..bytes.len().min(length)]
}

fn tail(bytes: &[u8], length: usize) -> &[u8] {
    &bytes[bytes.len().saturating_sub(length)..]
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}

/// ISO base media files: the brands in their first box.
fn of_brands(bytes: &[u8]) -> Option<Kind> {
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    let length = u32_be(bytes, 0)?.clamp(12, 256) as usize;
    let brands = head(bytes, length).get(8..)?;
    // The second word of the box is a version, not a brand; no version looks like one.
    let has_brand = |known: &[&[u8; 4]]| brands.chunks_exact(4).any(|b| known.iter().any(|k| k[..] == *b));
    if has_brand(&[b"avif", b"avis"]) {
        Some(Kind::Avif)
    } else if has_brand(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1"]) {
        Some(Kind::Heic)
    } else {
        None
    }
}

/// Which office file a ZIP archive is, by the names in its headers; contents are not unpacked.
fn of_zip(bytes: &[u8]) -> Kind {
    let (mut has_types, mut has_word, mut has_sheets) = (false, false, false);
    for part in [head(bytes, FAR_REACH), tail(bytes, FAR_REACH)] {
        for (at, signature) in part.windows(4).enumerate() {
            // The length of the name, and the name, in a local header and in the directory.
            let (length, name) = match signature {
                b"PK\x03\x04" => (at + 26, at + 30),
                b"PK\x01\x02" => (at + 28, at + 46),
                _ => continue,
            };
            let Some([low, high]) = part.get(length..length + 2) else { continue };
            let length = usize::from(u16::from_le_bytes([*low, *high]));
            let name = part.get(name..name + length).unwrap_or_default();
            has_types |= name == b"[Content_Types].xml";
            has_word |= name.starts_with(b"word/");
            has_sheets |= name.starts_with(b"xl/");
        }
    }
    match (has_types, has_word, has_sheets) {
        (true, true, _) => Kind::Docx,
        (true, false, true) => Kind::Xlsx,
        _ => Kind::OtherZip,
    }
}

/// Which office file a compound file is, by the names of its streams.
fn of_ole(bytes: &[u8]) -> Kind {
    // Directory entries are 128 bytes long, stand in sectors of 512 and begin with their name.
    let from = bytes.len().saturating_sub(FAR_REACH).next_multiple_of(128).min(bytes.len());
    let has_entry = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        [head(bytes, FAR_REACH), &bytes[from..]]
            .iter()
            .any(|part| part.chunks(128).any(|entry| entry.starts_with(&name)))
    };
    if has_entry("EncryptedPackage") {
        Kind::EncryptedOffice
    } else if has_entry("WordDocument") {
        if is_encrypted_word(bytes) { Kind::EncryptedOffice } else { Kind::Doc }
    } else if has_entry("Workbook") || has_entry("Book") {
        Kind::Xls
    } else {
        Kind::OtherOle
    }
}

/// Whether an old Word file says that it is encrypted. Its header stands at the start of a sector.
fn is_encrypted_word(bytes: &[u8]) -> bool {
    let mut sectors = head(bytes, FAR_REACH).chunks(512).skip(1);
    let header = sectors.find(|sector| sector.starts_with(&[0xec, 0xa5]));
    header.and_then(|header| header.get(11)).is_some_and(|flags| flags & 1 == 1)
}

fn is_bitmap(bytes: &[u8]) -> bool {
    // "BM" alone begins many a text: what follows must fit.
    bytes.starts_with(b"BM")
        && u32_le(bytes, 14).is_some_and(|header| matches!(header, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
        && u32_le(bytes, 10).is_some_and(|pixels| (26..1 << 20).contains(&pixels))
}

fn of_text(bytes: &[u8]) -> Kind {
    let part = head(bytes, REACH);
    // The byte order mark of UTF-16, which Notepad calls Unicode.
    if part.len() > 2 && (part.starts_with(b"\xff\xfe") || part.starts_with(b"\xfe\xff")) {
        let is_wide = part.len().is_multiple_of(2) && !part.chunks(2).any(|pair| pair == [0, 0]);
        return if is_wide { Kind::Text } else { Kind::Unknown };
    }
    let has_odd_controls = part.iter().any(|b| matches!(b, 0..=8 | 11 | 14..=26 | 28..=31 | 127));
    let is_cut = part.len() < bytes.len();
    if has_odd_controls || !(is_utf8(part, is_cut) || is_gbk(part, is_cut)) {
        return Kind::Unknown;
    }
    let start = part.strip_prefix(b"\xef\xbb\xbf").unwrap_or(part).trim_ascii_start();
    let start = head(start, 1024).to_ascii_lowercase();
    let is_page = start.starts_with(b"<!doctype html") || start.starts_with(b"<") && has(&start, b"<html");
    if is_page { Kind::Html } else { Kind::Text }
}

/// Whether a part is UTF-8; where the part was cut, its last character may be.
fn is_utf8(part: &[u8], is_cut: bool) -> bool {
    match std::str::from_utf8(part) {
        Ok(_) => true,
        Err(error) => is_cut && error.error_len().is_none(),
    }
}

/// Whether a part could be GBK or GB 18030: it has only sequences that these have.
fn is_gbk(part: &[u8], is_cut: bool) -> bool {
    let mut rest = part;
    loop {
        rest = match rest {
            [] => return true,
            [0..=0x7f, after @ ..]
            | [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, after @ ..]
            | [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, after @ ..] => after,
            cut => return is_cut && cut.len() < 4,
        };
    }
}

/// JPEG: the end marker stands at the end, or before padding, or before the further pictures that phones append.
fn has_jpeg_end(bytes: &[u8]) -> bool {
    let n_padding = bytes.iter().rev().take(REACH).take_while(|byte| **byte == 0).count();
    if bytes[..bytes.len() - n_padding].ends_with(b"\xff\xd9") {
        // Nearly always; a photo with a preview that was cut right after it passes, and fails when it is decoded.
        return true;
    }
    // What follows the end of the first picture is no matter of ours: its segments lead to it.
    let mut at = 2_usize;
    loop {
        let Some(segment) = bytes.get(at..) else { return false };
        match segment {
            // Any number of fill bytes may stand before a marker.
            [0xff, 0xff, ..] => at += 1,
            [0xff, 0xd9, ..] => return true,
            [0xff, 0x01 | 0xd0..=0xd8, ..] => at += 2,
            [0xff, marker, high, low, ..] => {
                at += 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2);
                if *marker == 0xda {
                    // Coded data goes on to a marker that is neither stuffing nor a restart.
                    let is_next = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff | 0xd0..=0xd7);
                    let Some(next) = bytes.get(at..).and_then(|data| data.windows(2).position(is_next))
                    else {
                        return false;
                    };
                    at += next;
                }
            }
            _ => return false,
        }
    }
}

/// PNG: whole chunks up to the last one.
fn has_png_end(bytes: &[u8]) -> bool {
    let mut at = 8_usize;
    loop {
        let (Some(length), Some(name)) = (u32_be(bytes, at), bytes.get(at + 4..at + 8)) else { return false };
        let Some(next) = at.checked_add(12).and_then(|at| at.checked_add(length as usize)) else {
            return false;
        };
        if name == b"IEND" {
            return bytes.len() >= next;
        }
        at = next;
    }
}

/// ZIP: an end record, no farther from the end than the longest comment.
fn has_zip_end(bytes: &[u8]) -> bool {
    let part = tail(bytes, REACH + 22);
    part.windows(22).any(|record| record.starts_with(b"PK\x05\x06"))
}

/// ISO base media files: whole boxes up to the end, the one with the data among them.
fn has_boxes_end(bytes: &[u8]) -> bool {
    let (mut at, mut has_data) = (0_usize, false);
    while at < bytes.len() {
        has_data |= bytes.get(at + 4..at + 8) == Some(b"mdat");
        let length = match (u32_be(bytes, at), u32_be(bytes, at + 8), u32_be(bytes, at + 12)) {
            // The last box may reach to the end of the file.
            (Some(0), ..) => return has_data,
            (Some(1), Some(0), Some(low)) if low >= 16 => low,
            (Some(length), ..) if length >= 8 => length,
            _ => return false,
        };
        let Some(next) = at.checked_add(length as usize) else { return false };
        at = next;
    }
    has_data && at == bytes.len()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use std::io::{Cursor, Write as _};

    use proptest::prelude::*;

    use super::*;

    fn zip(names: &[&str]) -> Vec<u8> {
        let mut zip = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"content").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn ole(names: &[&str]) -> Vec<u8> {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(1024, 0);
        for name in ["Root Entry"].iter().chain(names) {
            let start = bytes.len();
            bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
            bytes.resize(start + 128, 0);
        }
        bytes
    }

    fn png() -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        bytes.extend(b"\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0");
        bytes.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
        bytes
    }

    fn jpeg() -> Vec<u8> {
        b"\xff\xd8\xff\xe0\x00\x04JF\xff\xda\x00\x02\x12\x34\xff\x00\x56\xff\xd0\x78\xff\xd9".to_vec()
    }

    fn boxes(brand: &[u8; 4]) -> Vec<u8> {
        [b"\0\0\0\x18ftyp".as_slice(), brand, b"\0\0\0\0", brand, b"xxxx", b"\0\0\0\x0cmdat1234"].concat()
    }

    fn samples() -> Vec<(Kind, Vec<u8>)> {
        let bmp = b"BM\x1e\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x18\0\0\0\0\0".to_vec();
        vec![
            (Kind::Jpeg, jpeg()),
            (Kind::Png, png()),
            (Kind::Gif, b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()),
            (Kind::WebP, b"RIFF\x0c\0\0\0WEBPVP8L\0\0\0\0".to_vec()),
            (Kind::Bmp, bmp),
            (Kind::Tiff, b"II*\0\x08\0\0\0\0\0".to_vec()),
            (Kind::Heic, boxes(b"heic")),
            (Kind::Heic, boxes(b"mif1")),
            (Kind::Avif, boxes(b"avif")),
            (Kind::Pdf, b"%PDF-1.4\n1 0 obj\n%%EOF\n".to_vec()),
            (Kind::Docx, zip(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"])),
            (Kind::Xlsx, zip(&["xl/workbook.xml", "[Content_Types].xml"])),
            (Kind::OtherZip, zip(&["word/document.xml"])),
            (Kind::OtherZip, zip(&[])),
            (Kind::Doc, ole(&["1Table", "WordDocument"])),
            (Kind::Xls, ole(&["Workbook"])),
            (Kind::OtherOle, ole(&["PowerPoint Document"])),
            (Kind::EncryptedOffice, ole(&["EncryptionInfo", "EncryptedPackage"])),
            (Kind::Rtf, b"{\\rtf1 x}\r\n".to_vec()),
            (Kind::Html, "\u{feff}\n<!DOCTYPE HTML><p>页".as_bytes().to_vec()),
            (Kind::Html, b"<?xml version='1.0'?><html>".to_vec()),
            (Kind::Text, "示例甲\r\n".as_bytes().to_vec()),
            (Kind::Text, b"\xca\xbe\xc0\xfd\xbc\xd7\n".to_vec()),
            (Kind::Text, b"\xff\xfe\x3a\x79".to_vec()),
            (Kind::Text, b"BMW".to_vec()),
            (Kind::Empty, Vec::new()),
            (Kind::Unknown, b"\x7fELF\x02\x01".to_vec()),
            (Kind::Unknown, b"\xff\x21\x22".to_vec()),
        ]
    }

    #[test]
    fn every_kind_is_told_by_its_bytes() {
        let samples = samples();
        for (kind, bytes) in &samples {
            assert_eq!(kind_of(bytes), *kind, "{bytes:?}");
            assert_ne!(is_whole(*kind, bytes), Wholeness::Truncated, "{kind:?} {bytes:?}");
        }
        for kind in Kind::ALL {
            assert!(samples.iter().any(|(k, _)| *k == kind), "{kind:?}");
        }
    }

    #[test]
    fn a_missing_end_is_told() {
        for (kind, bytes) in samples() {
            if is_whole(kind, &bytes) == Wholeness::Whole {
                let cut = &bytes[..bytes.len() * 2 / 3];
                assert_eq!(is_whole(kind, cut), Wholeness::Truncated, "{kind:?}");
            }
        }
    }

    #[test]
    fn what_phones_append_to_a_photo_is_not_a_cut() {
        for after in [b"\0\0\0\0".as_slice(), b"\xff\xd8\xff\xe1 half a second picture", b"MotionPhoto"] {
            assert_eq!(is_whole(Kind::Jpeg, &[&jpeg(), after].concat()), Wholeness::Whole);
        }
        // A picture within the metadata has an end of its own, which is not the photo's.
        let mut nested = b"\xff\xd8\xff\xe1\x00\x08\xff\xd8\xff\xd9\x00\x00\xff\xda\x00\x02\x12".to_vec();
        assert_eq!(is_whole(Kind::Jpeg, &nested), Wholeness::Truncated);
        nested.extend(b"\xff\xd9");
        assert_eq!(is_whole(Kind::Jpeg, &nested), Wholeness::Whole);
    }

    #[test]
    fn an_old_word_file_with_a_password_is_told() {
        let mut bytes = ole(&["WordDocument"]);
        bytes.resize(2048, 0);
        bytes.extend([0xec, 0xa5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        bytes.resize(3072, 0);
        assert_eq!(kind_of(&bytes), Kind::EncryptedOffice);
        bytes[2048 + 11] = 0;
        assert_eq!(kind_of(&bytes), Kind::Doc);
    }

    #[test]
    fn words_are_plain() {
        for kind in Kind::ALL {
            assert!(!kind.label().is_empty() && kind.media_type().contains('/'));
            for word in ["非法", "请", "抱歉"] {
                assert!(!kind.advice().unwrap_or_default().contains(word), "{kind:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(
            which in 0_usize..40,
            noise in proptest::collection::vec(any::<u8>(), 0..300),
            cut in 0_usize..400,
        ) {
            let samples = samples();
            let mut bytes = samples.get(which).map(|(_, b)| b.clone()).unwrap_or_default();
            bytes.truncate(cut);
            bytes.extend(noise);
            let _ = kind_of(&bytes);
            for kind in Kind::ALL {
                let _ = is_whole(kind, &bytes);
            }
        }
    }
}
