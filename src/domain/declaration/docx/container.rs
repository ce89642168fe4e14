//! The ZIP that a DOCX is. Made by all kinds of programs, so less strict than a bundle's: read by the `zip` crate, with
//! bounds of our own.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::read::DocxProblem;

/// The longest part that is read, in bytes. That of a form of two pages takes some hundred kilobytes.
const MAX_PART: u64 = 24 << 20;
/// The most parts.
const MAX_PARTS: usize = 3_000;

/// A container that was opened.
pub(super) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Container<'a> {
    /// Opens a container; nothing is unpacked.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocxProblem> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocxProblem::Container)?;
        if archive.len() > MAX_PARTS {
            return Err(DocxProblem::TooLarge { what: "文件内部的部件个数" });
        }
        let mut names = Vec::with_capacity(archive.len());
        for place in 0..archive.len() {
            let entry = archive.by_index_raw(place).map_err(|_| DocxProblem::Container)?;
            if entry.encrypted() {
                return Err(DocxProblem::Ole);
            }
            let name = entry.name().map_err(|_| DocxProblem::Name)?;
            let leads_out = name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..");
            if leads_out || name.contains(':') || name.contains('\0') {
                return Err(DocxProblem::Name);
            }
            names.push(name.into_owned());
        }
        Ok(Self { archive, names })
    }

    /// The paths of the parts.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The text of a part; `None` where there is no such part.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, DocxProblem> {
        let Some(place) = self.archive.index_for_name(path) else { return Ok(None) };
        let entry = self.archive.by_index(place).map_err(|_| DocxProblem::Container)?;
        let mut content = Vec::new();
        // What the header promises is not believed: reading stops at the bound.
        entry.take(MAX_PART + 1).read_to_end(&mut content).map_err(|_| DocxProblem::Container)?;
        if content.len() as u64 > MAX_PART {
            return Err(DocxProblem::TooLarge { what: "文档的长度" });
        }
        let broken = || DocxProblem::Broken { part: path.to_owned(), at: "不是 UTF-8".to_owned() };
        // UTF-16 is allowed by the standard, and written by some tools.
        let text = match content.as_slice() {
            [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes).ok_or_else(broken)?,
            [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes).ok_or_else(broken)?,
            _ => String::from_utf8(content).map_err(|_| broken())?,
        };
        // The XML reader counts bytes from the first tag's, so a byte order mark must not stand before it.
        Ok(Some(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned)))
    }

    /// The container with some parts replaced or added; every other part is copied as it lies there, packed bytes and all.
    pub(super) fn with(&mut self, parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, DocxProblem> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let failed = |_| DocxProblem::NotWritten;
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let write = |writer: &mut ZipWriter<Cursor<Vec<u8>>>, path: &str, content: &[u8]| {
            writer.start_file(path, options).map_err(failed)?;
            writer.write_all(content).map_err(|_| DocxProblem::NotWritten)
        };
        for place in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(place).map_err(|_| DocxProblem::Container)?;
            let name = self.names.get(place).map(String::as_str).unwrap_or_default();
            match parts.iter().find(|(path, _)| path == name) {
                Some((path, content)) => {
                    drop(entry);
                    write(&mut writer, path, content)?;
                }
                None => writer.raw_copy_file(entry).map_err(failed)?,
            }
        }
        for (path, content) in parts {
            if self.archive.index_for_name(path).is_none() {
                write(&mut writer, path, content)?;
            }
        }
        Ok(writer.finish().map_err(failed)?.into_inner())
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
    let text = String::from_utf16(&units).ok()?;
    // The declaration still says UTF-16; as a string it is not.
    Some(text.replacen("UTF-16", "UTF-8", 1).replacen("utf-16", "utf-8", 1))
}
