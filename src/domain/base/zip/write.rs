//! Headers around contents. Entries are stored, not compressed: attachments are compressed already, and stored bytes
//! are the same whatever wrote them. Times are the format's zero.

use std::collections::BTreeSet;

use super::{CENTRAL, END, END64, LOCAL, LOCATOR64, file_and_folder, is_safe_path};

/// 1980-01-01, the earliest date that the format knows.
const DOS_DATE: u16 = 0x0021;
/// Names are UTF-8 (bit 11).
const FLAGS: u16 = 1 << 11;
/// Version 2.0, or 4.5 for ZIP64.
const VERSION: u16 = 20;
const VERSION64: u16 = 45;
/// What the 32-bit fields hold when the truth stands in the ZIP64 ones.
const ELSEWHERE: u32 = u32::MAX;

/// An entry before its content is at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryHead {
    /// Path in the archive.
    pub path: String,
    /// Length of the content in bytes.
    pub bytes: u64,
    /// Its CRC-32.
    pub crc32: u32,
}

/// A piece of the archive, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// These bytes.
    Header(Vec<u8>),
    /// The content of the entry at that place.
    Content(usize),
}

/// Why entries do not make an archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ZipError {
    /// The path may not stand in a bundle.
    #[error("“{path}”不能作包内文件名")]
    Path {
        /// The path.
        path: String,
    },
    /// Two paths are the same but for letter case.
    #[error("包内文件名“{path}”重复（不分大小写）")]
    Twin {
        /// The second of the two.
        path: String,
    },
    /// More bytes than any archive holds.
    #[error("内容太大，超出 ZIP 的上限")]
    TooLarge,
}

/// Composes an archive of `entries`, in their order.
///
/// # Errors
/// [`ZipError`].
pub fn compose(entries: &[EntryHead]) -> Result<Vec<Piece>, ZipError> {
    let mut names = BTreeSet::new();
    let mut pieces = Vec::with_capacity(2 * entries.len() + 1);
    let mut directory = Vec::new();
    let mut offset = 0_u64;
    for (idx, entry) in entries.iter().enumerate() {
        if !is_safe_path(&entry.path) {
            return Err(ZipError::Path { path: entry.path.clone() });
        }
        if !names.insert(entry.path.to_ascii_lowercase()) {
            return Err(ZipError::Twin { path: entry.path.clone() });
        }
        let header = local_header(entry);
        directory.extend(central_header(entry, offset));
        let length = header.len() as u64;
        offset =
            offset.checked_add(length).and_then(|o| o.checked_add(entry.bytes)).ok_or(ZipError::TooLarge)?;
        pieces.push(Piece::Header(header));
        if entry.bytes > 0 {
            pieces.push(Piece::Content(idx));
        }
    }
    if let Some(path) = file_and_folder(&names) {
        return Err(ZipError::Twin { path: path.clone() });
    }
    let end = end_records(entries.len() as u64, directory.len() as u64, offset);
    directory.extend(end);
    pieces.push(Piece::Header(directory));
    Ok(pieces)
}

fn is_large(n: u64) -> bool {
    n >= u64::from(ELSEWHERE)
}

fn short(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(ELSEWHERE)
}

/// The path is safe, so it is shorter than 64 KiB.
fn name_len(path: &str) -> u16 {
    u16::try_from(path.len()).unwrap_or(u16::MAX)
}

fn local_header(entry: &EntryHead) -> Vec<u8> {
    let is_large = is_large(entry.bytes);
    let size = if is_large { ELSEWHERE } else { short(entry.bytes) };
    let mut header = Vec::with_capacity(64 + entry.path.len());
    put32(&mut header, LOCAL);
    put16(&mut header, if is_large { VERSION64 } else { VERSION });
    put16(&mut header, FLAGS);
    put16(&mut header, 0); // stored
    put16(&mut header, 0); // midnight
    put16(&mut header, DOS_DATE);
    put32(&mut header, entry.crc32);
    put32(&mut header, size);
    put32(&mut header, size);
    put16(&mut header, name_len(&entry.path));
    put16(&mut header, if is_large { 20 } else { 0 });
    header.extend(entry.path.as_bytes());
    if is_large {
        put16(&mut header, 1);
        put16(&mut header, 16);
        put64(&mut header, entry.bytes);
        put64(&mut header, entry.bytes);
    }
    header
}

fn central_header(entry: &EntryHead, offset: u64) -> Vec<u8> {
    let mut extra = Vec::new();
    if is_large(entry.bytes) {
        put64(&mut extra, entry.bytes);
        put64(&mut extra, entry.bytes);
    }
    if is_large(offset) {
        put64(&mut extra, offset);
    }
    let version = if extra.is_empty() { VERSION } else { VERSION64 };
    let extra_len = if extra.is_empty() { 0 } else { 4 + u16::try_from(extra.len()).unwrap_or(0) };
    let mut header = Vec::with_capacity(80 + entry.path.len());
    put32(&mut header, CENTRAL);
    put16(&mut header, version);
    put16(&mut header, version);
    put16(&mut header, FLAGS);
    put16(&mut header, 0);
    put16(&mut header, 0);
    put16(&mut header, DOS_DATE);
    put32(&mut header, entry.crc32);
    put32(&mut header, short(entry.bytes));
    put32(&mut header, short(entry.bytes));
    put16(&mut header, name_len(&entry.path));
    put16(&mut header, extra_len);
    put16(&mut header, 0); // no comment
    put16(&mut header, 0); // first disk
    put16(&mut header, 0); // internal attributes
    put32(&mut header, 0); // external attributes
    put32(&mut header, short(offset));
    header.extend(entry.path.as_bytes());
    if !extra.is_empty() {
        put16(&mut header, 1);
        put16(&mut header, extra_len - 4);
        header.extend(extra);
    }
    header
}

fn end_records(count: u64, directory: u64, offset: u64) -> Vec<u8> {
    let mut end = Vec::new();
    let short_count = u16::try_from(count).ok().filter(|n| *n < u16::MAX);
    if short_count.is_none() || is_large(directory) || is_large(offset) {
        put32(&mut end, END64);
        put64(&mut end, 44);
        put16(&mut end, VERSION64);
        put16(&mut end, VERSION64);
        put32(&mut end, 0);
        put32(&mut end, 0);
        put64(&mut end, count);
        put64(&mut end, count);
        put64(&mut end, directory);
        put64(&mut end, offset);
        put32(&mut end, LOCATOR64);
        put32(&mut end, 0);
        put64(&mut end, offset.saturating_add(directory));
        put32(&mut end, 1);
    }
    put32(&mut end, END);
    put16(&mut end, 0);
    put16(&mut end, 0);
    put16(&mut end, short_count.unwrap_or(u16::MAX));
    put16(&mut end, short_count.unwrap_or(u16::MAX));
    put32(&mut end, short(directory));
    put32(&mut end, short(offset));
    put16(&mut end, 0);
    end
}

fn put16(to: &mut Vec<u8>, n: u16) {
    to.extend(n.to_le_bytes());
}

fn put32(to: &mut Vec<u8>, n: u32) {
    to.extend(n.to_le_bytes());
}

fn put64(to: &mut Vec<u8>, n: u64) {
    to.extend(n.to_le_bytes());
}
