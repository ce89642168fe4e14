//! Reading an archive as hostile input: nothing is allocated before its size was checked, the directory and the local
//! headers must say the same, entries may not overlap, names may not escape or be twins.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use super::write::EntryHead;
use super::{CENTRAL, END, END64, LOCAL, LOCATOR64, file_and_folder, is_safe_path};

/// How much is read at a time.
const CHUNK: usize = 64 * 1024;
/// Window of deflate.
const WINDOW: usize = 32 * 1024;
/// How much of a name that may not stand in a bundle is shown, in characters.
const MAX_SHOWN_NAME: usize = 120;
/// Length of the end record without comment.
const END_LEN: u64 = 22;

/// Bytes at any place.
pub trait ReadAt {
    /// How many there are.
    fn len(&self) -> u64;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills `buf` from `offset`.
    ///
    /// # Errors
    /// Where the bytes cannot be read, or end before `buf` is full.
    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<()>;
}

impl ReadAt for &[u8] {
    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<()> {
        let start = usize::try_from(offset).ok();
        let found = start.and_then(|s| self.get(s..s.checked_add(buf.len())?));
        buf.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// A file, or anything that can be read and sought.
#[derive(Debug)]
pub struct ReaderAt<R> {
    reader: R,
    len: u64,
}

impl<R: Read + Seek> ReaderAt<R> {
    /// Takes the reader and asks how long it is.
    ///
    /// # Errors
    /// Where it cannot be sought.
    pub fn new(mut reader: R) -> io::Result<Self> {
        let len = reader.seek(SeekFrom::End(0))?;
        Ok(Self { reader, len })
    }
}

impl<R: Read + Seek> ReadAt for ReaderAt<R> {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<()> {
        self.reader.seek(SeekFrom::Start(offset))?;
        self.reader.read_exact(buf)
    }
}

/// What is read at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Entries.
    pub max_entries: u64,
    /// Bytes of all contents together, unpacked.
    pub max_total: u64,
    /// Bytes of the directory.
    pub max_directory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_entries: 5_000, max_total: 8 << 30, max_directory: 4 << 20 }
    }
}

/// An entry that was found sound; its content is not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub path: String,
    /// Length of its content in bytes, unpacked.
    pub bytes: u64,
    crc32: u32,
    packed: u64,
    is_deflated: bool,
    start: u64,
}

/// What is wrong with an archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ZipProblem {
    /// No end record: not a ZIP, or cut off.
    #[error("不是 ZIP 文件，或文件不完整")]
    NotAZip,
    /// The archive contradicts itself at that byte.
    #[error("第 {at} 字节处的 ZIP 结构损坏")]
    Broken {
        /// Offset.
        at: u64,
    },
    /// More entries, or larger, than is read.
    #[error("ZIP 超过上限：{what}")]
    TooLarge {
        /// What.
        what: &'static str,
    },
    /// A name that may not stand in a bundle: not ASCII, or one that leads out of its folder.
    #[error("“{name}”不能用作包内文件名")]
    Name {
        /// The name, read as UTF-8 or as GBK, shortened, without control characters.
        name: String,
    },
    /// Two names are the same but for letter case.
    #[error("“{path}”重复出现（不分大小写）")]
    Twin {
        /// The name.
        path: String,
    },
    /// Encrypted, or packed in a way that is not read.
    #[error("“{path}”已加密或压缩方式不支持")]
    Method {
        /// The name.
        path: String,
    },
    /// Directory and local header differ.
    #[error("“{path}”的两处文件头不一致")]
    HeadersDiffer {
        /// The name.
        path: String,
    },
    /// Two entries share bytes.
    #[error("“{path}”与别的文件重叠")]
    Overlap {
        /// The name.
        path: String,
    },
    /// The content is not what the header promised.
    #[error("“{path}”的内容损坏")]
    Content {
        /// The name.
        path: String,
    },
    /// A link or another thing that is not a file.
    #[error("“{path}”不是普通文件")]
    NotAFile {
        /// The name.
        path: String,
    },
}

impl ZipProblem {
    /// The file that it is about; empty for the archive as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::NotAZip | Self::Broken { .. } | Self::TooLarge { .. } => "",
            Self::Name { name } => name,
            Self::Twin { path }
            | Self::Method { path }
            | Self::HeadersDiffer { path }
            | Self::Overlap { path }
            | Self::Content { path }
            | Self::NotAFile { path } => path,
        }
    }
}

/// A directory that was found sound, or what of it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    entries: Vec<Entry>,
}

struct Directory {
    offset: u64,
    length: u64,
    count: u64,
}

impl Archive {
    /// Reads and checks the directory and every local header.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn open(source: &mut dyn ReadAt, limits: Limits) -> Result<Self, Vec<ZipProblem>> {
        let (archive, problems) = Self::inspect(source, limits);
        archive.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// The same, with what can be read of an archive that is not sound, so that everything wrong with it can be told.
    /// `None` where there is no directory, or it promises more than `limits` allow.
    pub fn inspect(source: &mut dyn ReadAt, limits: Limits) -> (Option<Self>, Vec<ZipProblem>) {
        let directory = match find_directory(source) {
            Ok(directory) => directory,
            Err(problem) => return (None, vec![problem]),
        };
        if directory.count > limits.max_entries {
            return (None, vec![ZipProblem::TooLarge { what: "文件个数" }]);
        }
        if directory.length > limits.max_directory {
            return (None, vec![ZipProblem::TooLarge { what: "目录长度" }]);
        }
        let Some(bytes) = read_vec(source, directory.offset, directory.length) else {
            return (None, vec![ZipProblem::Broken { at: directory.offset }]);
        };
        let mut problems = Vec::new();
        let mut entries = Vec::new();
        let mut names = BTreeSet::new();
        let mut at = 0_usize;
        for _ in 0..directory.count {
            let place = directory.offset + at as u64;
            let Some((found, length)) = bytes.get(at..).and_then(parse_central) else {
                problems.push(ZipProblem::Broken { at: place });
                break;
            };
            at += length;
            match found.check() {
                // A folder has no content, but its header takes up room.
                Ok((entry, true)) => entries.push((entry, found, true)),
                Ok((entry, false)) => {
                    if names.insert(entry.path.to_ascii_lowercase()) {
                        entries.push((entry, found, false));
                    } else {
                        problems.push(ZipProblem::Twin { path: entry.path });
                    }
                }
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() && at != bytes.len() {
            problems.push(ZipProblem::Broken { at: directory.offset + at as u64 });
        }
        if let Some(path) = file_and_folder(&names) {
            problems.push(ZipProblem::Twin { path: path.clone() });
        }
        let mut total = 0_u64;
        let mut spans: BTreeMap<u64, (u64, bool, String)> = BTreeMap::new();
        let mut sound = Vec::with_capacity(entries.len());
        for (mut entry, found, is_folder) in entries {
            total = total.saturating_add(entry.bytes);
            match check_local(source, &found, &entry.path) {
                Ok(start) => {
                    entry.start = start;
                    let end = start.saturating_add(entry.packed);
                    if end > directory.offset {
                        problems.push(ZipProblem::Overlap { path: entry.path.clone() });
                    } else if let Some((_, _, other)) =
                        spans.insert(found.offset, (end, found.is_streamed(), entry.path.clone()))
                    {
                        problems.push(ZipProblem::Overlap { path: other });
                    }
                    if !is_folder {
                        sound.push(entry);
                    }
                }
                Err(problem) => problems.push(problem),
            }
        }
        problems.extend(check_tiling(&spans, directory.offset));
        if total > limits.max_total {
            problems.push(ZipProblem::TooLarge { what: "解开后的总长度" });
            return (None, problems);
        }
        (Some(Self { entries: sound }), problems)
    }

    /// The entries that are sound, in the directory's order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of that path.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.path == path)
    }

    /// Reads an entry's content piece by piece into `sink`; never more than its header promises.
    ///
    /// # Errors
    /// Where the content is not what the header promised. `sink` has then seen a part of it.
    pub fn read(
        &self,
        source: &mut dyn ReadAt,
        entry: &Entry,
        sink: &mut dyn FnMut(&[u8]),
    ) -> Result<(), ZipProblem> {
        let bad = || ZipProblem::Content { path: entry.path.clone() };
        let mut crc32 = crc32fast::Hasher::new();
        let mut seen = 0_u64;
        let mut take = |piece: &[u8]| {
            seen += piece.len() as u64;
            if seen > entry.bytes {
                return false;
            }
            crc32.update(piece);
            sink(piece);
            true
        };
        let is_whole = if entry.is_deflated {
            inflate(source, entry, &mut take)
        } else {
            copy(source, entry, &mut take)
        };
        if is_whole && seen == entry.bytes && crc32.finalize() == entry.crc32 { Ok(()) } else { Err(bad()) }
    }

    /// Reads a whole content of at most `limit` bytes.
    ///
    /// # Errors
    /// As [`Archive::read`], or where it is longer.
    pub fn read_all(
        &self,
        source: &mut dyn ReadAt,
        entry: &Entry,
        limit: u64,
    ) -> Result<Vec<u8>, ZipProblem> {
        if entry.bytes > limit {
            return Err(ZipProblem::TooLarge { what: "单个文件的长度" });
        }
        let mut content = Vec::new();
        self.read(source, entry, &mut |piece| content.extend_from_slice(piece))?;
        Ok(content)
    }
}

/// The entries, and what may stand behind a streamed one, must fill the archive up to its directory: bytes that no
/// entry owns could be an entry to another reader.
fn check_tiling(spans: &BTreeMap<u64, (u64, bool, String)>, directory: u64) -> Vec<ZipProblem> {
    let mut problems = Vec::new();
    let starts = spans.keys().copied().skip(1).chain([directory]);
    if spans.keys().next().is_some_and(|first| *first != 0) || (spans.is_empty() && directory != 0) {
        problems.push(ZipProblem::Broken { at: 0 });
    }
    for ((end, is_streamed, path), next) in spans.values().zip(starts) {
        match next.checked_sub(*end) {
            None => problems.push(ZipProblem::Overlap { path: path.clone() }),
            // Sizes and CRC behind the content: with or without a signature, 32 or 64 bits wide.
            Some(0 | 12 | 16 | 20 | 24) if *is_streamed => {}
            Some(0) => {}
            Some(_) => problems.push(ZipProblem::Broken { at: *end }),
        }
    }
    problems
}

fn copy(source: &mut dyn ReadAt, entry: &Entry, take: &mut dyn FnMut(&[u8]) -> bool) -> bool {
    let mut buf = vec![0; CHUNK];
    let mut done = 0;
    while done < entry.packed {
        let n = usize::try_from(entry.packed - done).unwrap_or(CHUNK).min(CHUNK);
        let Some(piece) = buf.get_mut(..n) else { return false };
        if source.read_at(entry.start + done, piece).is_err() || !take(piece) {
            return false;
        }
        done += n as u64;
    }
    true
}

fn inflate(source: &mut dyn ReadAt, entry: &Entry, take: &mut dyn FnMut(&[u8]) -> bool) -> bool {
    let mut decoder = DecompressorOxide::new();
    let mut input = vec![0; CHUNK];
    let mut window = vec![0; WINDOW];
    let mut place = 0;
    let mut done = 0;
    loop {
        let n = usize::try_from(entry.packed - done).unwrap_or(CHUNK).min(CHUNK);
        let Some(piece) = input.get_mut(..n) else { return false };
        if source.read_at(entry.start + done, piece).is_err() {
            return false;
        }
        done += n as u64;
        let flags = if done < entry.packed { inflate_flags::TINFL_FLAG_HAS_MORE_INPUT } else { 0 };
        let mut rest: &[u8] = piece;
        loop {
            let (status, n_in, n_out) = decompress(&mut decoder, rest, &mut window, place, flags);
            rest = rest.get(n_in..).unwrap_or_default();
            if window.get(place..place + n_out).is_none_or(|out| !take(out)) {
                return false;
            }
            place = (place + n_out) % WINDOW;
            match status {
                TINFLStatus::Done => return rest.is_empty() && done == entry.packed,
                TINFLStatus::HasMoreOutput => {}
                TINFLStatus::NeedsMoreInput if done < entry.packed => break,
                _ => return false,
            }
        }
    }
}

impl Entry {
    /// What [`super::compose`] is told of it.
    pub(super) fn head(&self) -> EntryHead {
        EntryHead { path: self.path.clone(), bytes: self.bytes, crc32: self.crc32 }
    }

    /// The CRC-32 of its content, which reading has found to be right.
    #[must_use]
    pub fn crc32(&self) -> u32 {
        self.crc32
    }

    /// Where the content lies in the archive, where it is stored as it is.
    #[must_use]
    pub fn stored_at(&self) -> Option<Range<u64>> {
        (!self.is_deflated).then(|| self.start..self.start.saturating_add(self.bytes))
    }
}

/// A header of the directory as it stands there.
struct Central {
    flags: u16,
    method: u16,
    crc32: u32,
    packed: u64,
    bytes: u64,
    offset: u64,
    made_by: u16,
    attributes: u32,
    name: Vec<u8>,
}

impl Central {
    /// Whether sizes and CRC stand behind the content (bit 3).
    fn is_streamed(&self) -> bool {
        self.flags & 8 != 0
    }

    /// The entry, and whether it is a folder.
    fn check(&self) -> Result<(Entry, bool), ZipProblem> {
        let bad_name = || ZipProblem::Name { name: shown_name(&self.name) };
        let path = std::str::from_utf8(&self.name).map_err(|_| bad_name())?.to_owned();
        let is_folder = path.ends_with('/');
        if !is_safe_path(path.strip_suffix('/').unwrap_or(&path)) || (is_folder && self.bytes != 0) {
            return Err(bad_name());
        }
        let unix_kind = (self.attributes >> 16) & 0o170_000;
        let expected = if is_folder { 0o040_000 } else { 0o100_000 };
        if self.made_by >> 8 == 3 && unix_kind != 0 && unix_kind != expected {
            return Err(ZipProblem::NotAFile { path });
        }
        if self.flags & 1 != 0
            || !matches!(self.method, 0 | 8)
            || (self.method == 0 && self.packed != self.bytes)
        {
            return Err(ZipProblem::Method { path });
        }
        // Deflate cannot pack more than 1032 to 1: a larger promise is a lie.
        if self.method == 8 && self.bytes / 1_040 > self.packed {
            return Err(ZipProblem::Content { path });
        }
        let entry = Entry {
            path,
            bytes: self.bytes,
            crc32: self.crc32,
            packed: self.packed,
            is_deflated: self.method == 8,
            start: 0,
        };
        Ok((entry, is_folder))
    }
}

/// A name for people. Programs of Chinese systems write GBK and say nothing of it (bit 11 is not set).
fn shown_name(name: &[u8]) -> String {
    let text = match std::str::from_utf8(name) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::GBK.decode_without_bom_handling(name).0,
    };
    let shown = |c: char| if c.is_control() || is_turning(c) { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().take(MAX_SHOWN_NAME).map(shown).collect()
}

/// Whether a character turns the direction of what follows, so that a name looks like another.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn parse_central(bytes: &[u8]) -> Option<(Central, usize)> {
    if get32(bytes, 0)? != CENTRAL {
        return None;
    }
    let (name_len, extra_len, comment_len) =
        (usize::from(get16(bytes, 28)?), usize::from(get16(bytes, 30)?), usize::from(get16(bytes, 32)?));
    let name = bytes.get(46..46 + name_len)?.to_vec();
    let extra = bytes.get(46 + name_len..46 + name_len + extra_len)?;
    let length = 46 + name_len + extra_len + comment_len;
    bytes.get(..length)?;
    let mut central = Central {
        made_by: get16(bytes, 4)?,
        flags: get16(bytes, 8)?,
        method: get16(bytes, 10)?,
        crc32: get32(bytes, 16)?,
        packed: u64::from(get32(bytes, 20)?),
        bytes: u64::from(get32(bytes, 24)?),
        offset: u64::from(get32(bytes, 42)?),
        attributes: get32(bytes, 38)?,
        name,
    };
    let mut large = extra_field(extra, 1).unwrap_or_default();
    for value in [&mut central.bytes, &mut central.packed, &mut central.offset] {
        if *value == u64::from(u32::MAX) {
            *value = get64(large, 0)?;
            large = large.get(8..)?;
        }
    }
    Some((central, length))
}

fn extra_field(mut extra: &[u8], id: u16) -> Option<&[u8]> {
    loop {
        let (found, length) = (get16(extra, 0)?, usize::from(get16(extra, 2)?));
        let body = extra.get(4..4 + length)?;
        if found == id {
            return Some(body);
        }
        extra = extra.get(4 + length..)?;
    }
}

/// Where the content begins, once the local header was found to say what the directory says.
fn check_local(source: &mut dyn ReadAt, central: &Central, path: &str) -> Result<u64, ZipProblem> {
    let differ = || ZipProblem::HeadersDiffer { path: path.to_owned() };
    let head = read_vec(source, central.offset, 30).ok_or_else(differ)?;
    let fields = || {
        Some((
            get32(&head, 0)?,
            get16(&head, 6)?,
            get16(&head, 8)?,
            get32(&head, 14)?,
            get32(&head, 18)?,
            get32(&head, 22)?,
        ))
    };
    let (signature, flags, method, crc32, packed, size) = fields().ok_or_else(differ)?;
    let (name_len, extra_len) =
        (u64::from(get16(&head, 26).unwrap_or(0)), u64::from(get16(&head, 28).unwrap_or(0)));
    let name = read_vec(source, central.offset.saturating_add(30), name_len).ok_or_else(differ)?;
    // Bit 3: sizes and CRC stand behind the content; the local header then holds zeros.
    let is_streamed = flags & 8 != 0;
    let says = |short: u32, truth: u64| u64::from(short) == truth || short == u32::MAX;
    let says_size = says(size, central.bytes) && says(packed, central.packed);
    let is_same = signature == LOCAL
        && method == central.method
        && name == central.name
        && flags & 9 == central.flags & 9
        && (is_streamed || (crc32 == central.crc32 && says_size));
    if !is_same {
        return Err(differ());
    }
    let start = central.offset.saturating_add(30 + name_len + extra_len);
    if start.checked_add(central.packed).is_none_or(|end| end > source.len()) {
        return Err(differ());
    }
    Ok(start)
}

fn find_directory(source: &mut dyn ReadAt) -> Result<Directory, ZipProblem> {
    let len = source.len();
    if len < END_LEN {
        return Err(ZipProblem::NotAZip);
    }
    // No comment: a second end record could hide in it, and other readers might take that one.
    let end_at = len - END_LEN;
    let tail = read_vec(source, end_at, END_LEN).ok_or(ZipProblem::NotAZip)?;
    if get32(&tail, 0) != Some(END) || get16(&tail, 20) != Some(0) {
        return Err(ZipProblem::NotAZip);
    }
    let broken = ZipProblem::Broken { at: end_at };
    let fields = || {
        Some((get16(&tail, 4)?, get16(&tail, 8)?, get16(&tail, 10)?, get32(&tail, 12)?, get32(&tail, 16)?))
    };
    let (disk, here, count, length, offset) = fields().ok_or_else(|| broken.clone())?;
    if disk != 0 || here != count {
        return Err(broken);
    }
    let needs_64 = count == u16::MAX || length == u32::MAX || offset == u32::MAX;
    let (directory, records_at) = if needs_64 {
        find_directory64(source, end_at)?
    } else {
        let directory =
            Directory { offset: u64::from(offset), length: u64::from(length), count: u64::from(count) };
        (directory, end_at)
    };
    // The directory must end where the end records begin.
    if directory.offset.checked_add(directory.length) == Some(records_at) {
        Ok(directory)
    } else {
        Err(broken)
    }
}

fn find_directory64(source: &mut dyn ReadAt, end_at: u64) -> Result<(Directory, u64), ZipProblem> {
    let broken = ZipProblem::Broken { at: end_at };
    let locator_at = end_at.checked_sub(20).ok_or_else(|| broken.clone())?;
    let locator = read_vec(source, locator_at, 20).ok_or_else(|| broken.clone())?;
    let record_at = get64(&locator, 8).filter(|_| get32(&locator, 0) == Some(LOCATOR64));
    let record_at = record_at.ok_or_else(|| broken.clone())?;
    let record = read_vec(source, record_at, 56).ok_or_else(|| broken.clone())?;
    let fields = || {
        Some((
            get32(&record, 0)?,
            get64(&record, 4)?,
            get64(&record, 24)?,
            get64(&record, 32)?,
            get64(&record, 40)?,
            get64(&record, 48)?,
        ))
    };
    let (signature, size, here, count, length, offset) = fields().ok_or_else(|| broken.clone())?;
    let ends_at_locator = record_at.checked_add(12).and_then(|a| a.checked_add(size)) == Some(locator_at);
    if signature != END64 || here != count || !ends_at_locator {
        return Err(broken);
    }
    Ok((Directory { offset, length, count }, record_at))
}

/// Reads `len` bytes, only where the source has them.
pub(super) fn read_vec(source: &mut dyn ReadAt, offset: u64, len: u64) -> Option<Vec<u8>> {
    if offset.checked_add(len)? > source.len() {
        return None;
    }
    let mut bytes = vec![0; usize::try_from(len).ok()?];
    source.read_at(offset, &mut bytes).ok()?;
    Some(bytes)
}

fn get16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn get32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn get64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}
