//! What a picture says of itself beside its pixels: which way up it is, how fine it was scanned, and where it was taken.
//!
//! Own code on a few dozen tags: location is taken out in place, so that every other byte stays where it is (offsets in
//! makers' notes and further pictures stay right), which no library does; they write all metadata anew. The tests read
//! the results with `kamadak-exif`.
//!
//! Known limits: HEIC and TIFF are read but not changed; names of places in IPTC records are not looked at.

use std::ops::Range;

use super::kind::{Kind, kind_of};

/// What is known of a picture from its metadata.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// How the pixels are to be turned, 1 to 8 as EXIF counts; `None` where nothing is said, which means upright.
    pub orientation: Option<u8>,
    /// Dots per inch, across and down.
    pub dpi: Option<(u32, u32)>,
    /// Whether it says where it was taken.
    pub has_location: bool,
}

/// The orientation of the picture.
const ORIENTATION: u16 = 0x0112;
/// Dots per unit across and down, and the unit.
const RESOLUTION: [u16; 3] = [0x011a, 0x011b, 0x0128];
/// Where the directory with the location stands.
const LOCATION: u16 = 0x8825;
/// The most entries of a directory that are looked at; cameras write a few dozen.
const MAX_ENTRIES: u16 = 1024;
/// The most blocks of metadata that are looked at in one file.
const MAX_BLOCKS: usize = 64;

/// How JPEG marks a segment of XMP, and of XMP that did not fit into one.
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const XMP_MORE: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
/// A packet of XMP that says nothing; white space after it is allowed.
const XMP_NOTHING: &[u8] = b"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>";

/// Reads what the metadata of a picture says. Anything that is no picture, or cannot be read, says nothing.
#[must_use]
pub fn read(bytes: &[u8]) -> Facts {
    let blocks = blocks_of(bytes);
    let mut facts = Facts { has_location: has_location(bytes, &blocks), ..Facts::default() };
    // The picture's own block comes first; those of previews do not count.
    if let Some(tiff) = blocks.exif.first().and_then(|range| Tiff::new(bytes.get(range.clone())?)) {
        facts.orientation = tiff.main(ORIENTATION).and_then(|value| u8::try_from(value).ok());
        facts.orientation = facts.orientation.filter(|value| (1..=8).contains(value));
        facts.dpi = tiff.dpi();
    }
    // What stands in the container is what scanners set; cameras leave 72 in their EXIF whatever they took.
    facts.dpi = container_dpi(bytes).or(facts.dpi);
    facts
}

/// The same file without what says where it was taken; everything else stays byte for byte, the pixels and the
/// orientation with it. `None` where there is nothing to take out, or the file is none of JPEG, PNG and WebP.
#[must_use]
pub fn without_location(bytes: &[u8]) -> Option<Vec<u8>> {
    let blocks = blocks_of(bytes);
    let kind = kind_of(bytes);
    if !matches!(kind, Kind::Jpeg | Kind::Png | Kind::WebP) {
        return None;
    }
    let mut changed = bytes.to_vec();
    let mut n_changes = 0;
    for range in &blocks.exif {
        let is_changed = changed.get_mut(range.clone()).is_some_and(blank_location);
        n_changes += usize::from(is_changed);
    }
    if blocks.xmp.iter().any(|range| bytes.get(range.clone()).is_some_and(tells_location))
        || blocks.is_xmp_split(bytes)
    {
        for (idx, range) in blocks.xmp.iter().enumerate() {
            if let Some(packet) = changed.get_mut(range.clone()) {
                packet.fill(b' ');
                let is_start = blocks.xmp_starts.contains(&idx);
                if let Some(start) = packet.get_mut(..XMP_NOTHING.len()).filter(|_| is_start) {
                    start.copy_from_slice(XMP_NOTHING);
                }
                n_changes += 1;
            }
        }
    }
    if kind == Kind::Png {
        let n_before = changed.len();
        changed = png_again(&changed);
        n_changes += usize::from(changed.len() != n_before);
    }
    (n_changes > 0).then_some(changed)
}

/// Where metadata stands in a file.
#[derive(Default)]
struct Blocks {
    /// Whole TIFF structures.
    exif: Vec<Range<usize>>,
    /// XMP as text.
    xmp: Vec<Range<usize>>,
    /// Which of `xmp` begin a packet.
    xmp_starts: Vec<usize>,
    /// PNG: chunks of text that hold metadata in a form of their own, to be dropped whole.
    has_odd: bool,
}

impl Blocks {
    /// Whether the parts of a long packet tell a location only when they are put together.
    fn is_xmp_split(&self, bytes: &[u8]) -> bool {
        let joined: Vec<u8> =
            self.xmp.iter().filter_map(|r| bytes.get(r.clone())).flatten().copied().collect();
        self.xmp.len() > 1 && tells_location(&joined)
    }
}

fn has_location(bytes: &[u8], blocks: &Blocks) -> bool {
    let in_exif = blocks
        .exif
        .iter()
        .any(|range| bytes.get(range.clone()).and_then(Tiff::new).is_some_and(|tiff| tiff.has_location()));
    let in_xmp = blocks.xmp.iter().any(|range| bytes.get(range.clone()).is_some_and(tells_location));
    in_exif || in_xmp || blocks.has_odd || blocks.is_xmp_split(bytes)
}

/// Whether XMP names a place.
fn tells_location(xmp: &[u8]) -> bool {
    [b"GPSLatitude".as_slice(), b"GPSLongitude", b"GPSPosition", b"GPSDestL"]
        .iter()
        .any(|word| xmp.windows(word.len()).any(|window| window == *word))
}

fn blocks_of(bytes: &[u8]) -> Blocks {
    match kind_of(bytes) {
        Kind::Jpeg => jpeg_blocks(bytes),
        Kind::Png => png_blocks(bytes),
        Kind::WebP => webp_blocks(bytes),
        Kind::Heic | Kind::Avif => boxed_blocks(bytes),
        Kind::Tiff => Blocks { exif: std::iter::once(0..bytes.len()).collect(), ..Blocks::default() },
        _ => Blocks::default(),
    }
}

/// All application segments of that name, also those of further pictures behind the first: coded data cannot hold their
/// mark.
fn jpeg_blocks(bytes: &[u8]) -> Blocks {
    let mut blocks = Blocks::default();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(2).position(|pair| pair == [0xff, 0xe1]) {
        at += found;
        let Some(&[_, _, high, low, ref rest @ ..]) = bytes.get(at..) else { break };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let body = at + 4;
        let end = (at + 2 + length).min(bytes.len());
        at += 2;
        let Some(content) = rest.get(..end.saturating_sub(body)) else { continue };
        if content.starts_with(b"Exif\0") && content.len() > 6 {
            blocks.exif.push(body + 6..end);
        } else if content.starts_with(XMP) {
            blocks.xmp_starts.push(blocks.xmp.len());
            blocks.xmp.push(body + XMP.len()..end);
        } else if content.starts_with(XMP_MORE) {
            // A digest, the length of the whole and the place of this part come first.
            blocks.xmp.push((body + XMP_MORE.len() + 40).min(end)..end);
        } else {
            continue;
        }
        at = end;
        if blocks.exif.len() + blocks.xmp.len() >= MAX_BLOCKS {
            break;
        }
    }
    blocks
}

/// The chunks of a PNG: name and content, up to the first that is not whole.
fn png_chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], Range<usize>)> + '_ {
    let mut at = 8_usize;
    std::iter::from_fn(move || {
        let head: [u8; 8] = bytes.get(at..at.checked_add(8)?)?.try_into().ok()?;
        let [a, b, c, d, name @ ..] = head;
        let end = (at + 8).checked_add(u32::from_be_bytes([a, b, c, d]) as usize)?;
        // The checksum belongs to the chunk.
        bytes.get(end..end.checked_add(4)?)?;
        let content = at + 8..end;
        at = end + 4;
        Some((name, content))
    })
}

/// Whether a chunk of text holds metadata in a form that is dropped whole, not changed: hexadecimal, as ImageMagick
/// writes it, or XMP that is packed or tells a place.
fn is_odd(name: [u8; 4], content: &[u8]) -> bool {
    const RAW: [&[u8]; 3] =
        [b"Raw profile type exif\0", b"Raw profile type APP1\0", b"Raw profile type xmp\0"];
    const XMP_KEY: &[u8] = b"XML:com.adobe.xmp\0";
    match &name {
        b"tEXt" | b"zTXt" => RAW.iter().any(|key| content.starts_with(key)),
        b"iTXt" => content.strip_prefix(XMP_KEY).is_some_and(|rest| {
            let is_packed = rest.first() == Some(&1);
            is_packed || tells_location(rest)
        }),
        _ => false,
    }
}

fn png_blocks(bytes: &[u8]) -> Blocks {
    let mut blocks = Blocks::default();
    for (name, range) in png_chunks(bytes) {
        blocks.has_odd |= bytes.get(range.clone()).is_some_and(|content| is_odd(name, content));
        if &name == b"eXIf" && blocks.exif.len() < MAX_BLOCKS {
            blocks.exif.push(range);
        }
    }
    blocks
}

/// The PNG without chunks that are dropped whole, and with checksums of its EXIF that are right again.
fn png_again(bytes: &[u8]) -> Vec<u8> {
    let mut again = bytes.get(..8).unwrap_or(bytes).to_vec();
    let mut end = again.len();
    for (name, range) in png_chunks(bytes) {
        let (start, content) = (range.start - 8, bytes.get(range.clone()).unwrap_or_default());
        end = range.end + 4;
        if is_odd(name, content) {
            continue;
        }
        if &name == b"eXIf" {
            again.extend(&bytes[start..range.end]);
            again.extend(crc32fast::hash(&bytes[start + 4..range.end]).to_be_bytes());
        } else {
            again.extend(&bytes[start..end]);
        }
    }
    again.extend(bytes.get(end..).unwrap_or_default());
    again
}

fn webp_blocks(bytes: &[u8]) -> Blocks {
    let mut blocks = Blocks::default();
    let mut at = 12_usize;
    while let Some(&[a, b, c, d, e, f, g, h]) = bytes.get(at..at.saturating_add(8)) {
        let start = at + 8;
        let Some(end) = start.checked_add(u32::from_le_bytes([e, f, g, h]) as usize) else { break };
        let content = bytes.get(start..end.min(bytes.len())).unwrap_or_default();
        match &[a, b, c, d] {
            b"EXIF" => {
                // Some writers keep the mark that JPEG needs.
                let skip = if content.starts_with(b"Exif\0\0") { 6 } else { 0 };
                blocks.exif.push(start + skip..start + content.len());
            }
            b"XMP " => {
                blocks.xmp_starts.push(blocks.xmp.len());
                blocks.xmp.push(start..start + content.len());
            }
            _ => {}
        }
        at = match end.checked_add(end % 2) {
            Some(next) if blocks.exif.len() + blocks.xmp.len() < MAX_BLOCKS => next,
            _ => break,
        };
    }
    blocks
}

/// HEIC and AVIF: EXIF is marked as it is in JPEG, XMP is text. Read only: their lengths stand elsewhere.
fn boxed_blocks(bytes: &[u8]) -> Blocks {
    const MARK: &[u8] = b"Exif\0\0";
    const OPENING: &[u8] = b"<x:xmpmeta";
    let mut blocks = Blocks::default();
    for (at, window) in bytes.windows(OPENING.len()).enumerate() {
        if window.starts_with(MARK) {
            blocks.exif.push(at + MARK.len()..bytes.len().min(at + (1 << 16)));
        } else if window == OPENING {
            blocks.xmp.push(at..bytes.len().min(at + (1 << 16)));
        }
        if blocks.exif.len() + blocks.xmp.len() >= MAX_BLOCKS {
            break;
        }
    }
    blocks
}

/// Dots per inch as JFIF, PNG and BMP have it.
fn container_dpi(bytes: &[u8]) -> Option<(u32, u32)> {
    let per_metre = |x: u32, y: u32| (dpi_of_metre(x), dpi_of_metre(y));
    let found = match kind_of(bytes) {
        Kind::Jpeg => {
            let &[unit, a, b, c, d] = bytes.get(6..).filter(|b| b.starts_with(b"JFIF\0"))?.get(7..12)? else {
                return None;
            };
            let (x, y) = (u32::from(u16::from_be_bytes([a, b])), u32::from(u16::from_be_bytes([c, d])));
            match unit {
                1 => (x, y),
                2 => per_metre(x * 100, y * 100),
                _ => return None,
            }
        }
        Kind::Png => {
            let (_, range) = png_chunks(bytes).find(|(name, _)| name == b"pHYs")?;
            let &[a, b, c, d, e, f, g, h, 1] = bytes.get(range)? else { return None };
            per_metre(u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]))
        }
        Kind::Bmp => {
            let &[a, b, c, d, e, f, g, h] = bytes.get(38..46)? else { return None };
            per_metre(u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
        }
        _ => return None,
    };
    plausible(found)
}

/// Dots per metre as dots per inch, rounded.
fn dpi_of_metre(dots: u32) -> u32 {
    u32::try_from((u64::from(dots) * 254 + 5_000) / 10_000).unwrap_or(u32::MAX)
}

/// Nothing that a scanner or a camera would write is left out; a ratio of pixels (1 : 1) is.
fn plausible(dpi: (u32, u32)) -> Option<(u32, u32)> {
    let is_plausible = |n: u32| (10..=20_000).contains(&n);
    (is_plausible(dpi.0) && is_plausible(dpi.1)).then_some(dpi)
}

/// A TIFF structure, as EXIF is one.
struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

/// An entry of a directory.
struct Entry {
    tag: u16,
    /// Where it stands.
    at: usize,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let is_little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { bytes, is_little })
    }

    fn u16(&self, at: usize) -> Option<u16> {
        let pair = bytes_at(self.bytes, at)?;
        Some(if self.is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let four = bytes_at(self.bytes, at)?;
        Some(if self.is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    }

    /// The entries of the directory at that place, as far as they are there.
    fn entries(&self, directory: usize) -> Vec<Entry> {
        let n_entries = self.u16(directory).unwrap_or_default().min(MAX_ENTRIES);
        (0..usize::from(n_entries))
            .map_while(|idx| {
                let at = directory.checked_add(2 + idx * 12)?;
                self.bytes.get(at..at.checked_add(12)?)?;
                Some(Entry { tag: self.u16(at)?, at })
            })
            .collect()
    }

    /// The directory of the picture and the one of its preview.
    fn directories(&self) -> Vec<usize> {
        let Some(first) = self.u32(4).map(|at| at as usize).filter(|at| *at >= 8) else { return Vec::new() };
        let n_entries = usize::from(self.u16(first).unwrap_or_default().min(MAX_ENTRIES));
        let second = first.checked_add(2 + n_entries * 12).and_then(|at| self.u32(at));
        let second = second.map(|at| at as usize).filter(|at| *at >= 8 && *at != first);
        std::iter::once(first).chain(second).collect()
    }

    /// A short or long number of the picture's directory.
    fn main(&self, tag: u16) -> Option<u32> {
        let entry = self.main_entry(tag)?;
        match self.u16(entry.at + 2)? {
            3 => self.u16(entry.at + 8).map(u32::from),
            4 => self.u32(entry.at + 8),
            _ => None,
        }
    }

    fn main_entry(&self, tag: u16) -> Option<Entry> {
        let directory = *self.directories().first()?;
        self.entries(directory).into_iter().find(|entry| entry.tag == tag)
    }

    fn dpi(&self) -> Option<(u32, u32)> {
        let [across, down, unit] = RESOLUTION;
        let dots = |tag| -> Option<u64> {
            let at = self.u32(self.main_entry(tag)?.at + 8)? as usize;
            let (dots, per) = (self.u32(at)?, self.u32(at.checked_add(4)?)?);
            // In centimetres, as hundredths of an inch count 254.
            let hundredths = if self.main(unit) == Some(3) { 254 } else { 100 };
            u64::from(dots).checked_mul(hundredths)?.checked_div(u64::from(per) * 100)
        };
        let rounded = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        plausible((rounded(dots(across)?), rounded(dots(down)?)))
    }

    /// The entries that point to a directory with the location.
    fn pointers(&self) -> Vec<(usize, Entry)> {
        let all =
            self.directories().into_iter().flat_map(|at| self.entries(at).into_iter().map(move |e| (at, e)));
        all.filter(|(_, entry)| entry.tag == LOCATION).collect()
    }

    fn has_location(&self) -> bool {
        self.pointers().iter().any(|(_, pointer)| {
            let directory = self.u32(pointer.at + 8).unwrap_or_default() as usize;
            // Latitude, longitude, and those of the target; phones that may not tell write only the version or a date.
            self.entries(directory).iter().any(|entry| matches!(entry.tag, 2 | 4 | 20 | 22))
        })
    }
}

fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// How long a value of a TIFF type is.
fn length_of(kind: u16) -> usize {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    }
}

/// Overwrites the directory with the location, and its values, with zeros, and takes the pointer to it out of its
/// directory. Whether there was one.
fn blank_location(bytes: &mut [u8]) -> bool {
    let mut is_changed = false;
    // Each time the last one: taking an entry out moves those behind it.
    for _ in 0..4 {
        let Some(tiff) = Tiff::new(bytes) else { return is_changed };
        let Some((directory, pointer)) = tiff.pointers().pop() else { return is_changed };
        let mut blanks: Vec<Range<usize>> = Vec::new();
        let location = tiff.u32(pointer.at + 8).unwrap_or_default() as usize;
        // A pointer to the header or to its own directory is a trap: only the pointer goes.
        if location >= 8 && !tiff.directories().contains(&location) {
            let entries = tiff.entries(location);
            for entry in &entries {
                let n_values = tiff.u32(entry.at + 4).unwrap_or_default() as usize;
                let length = n_values.saturating_mul(length_of(tiff.u16(entry.at + 2).unwrap_or_default()));
                if length > 4 {
                    let at = tiff.u32(entry.at + 8).unwrap_or_default() as usize;
                    // Nothing that a location needs is longer; a longer claim would blank what is not its own.
                    blanks.push(at..at.saturating_add(length.min(256)));
                }
            }
            blanks.push(location..location.saturating_add(6 + entries.len() * 12));
        }
        let last = usize::from(tiff.u16(directory).unwrap_or_default().min(MAX_ENTRIES));
        let n_left = u16::try_from(last.saturating_sub(1)).unwrap_or_default();
        let n_left = if tiff.is_little { n_left.to_le_bytes() } else { n_left.to_be_bytes() };
        let protected = [0..8, directory..directory.saturating_add(6 + last * 12)];
        for (at, byte) in bytes.iter_mut().enumerate() {
            let is_in = |ranges: &[Range<usize>]| ranges.iter().any(|range| range.contains(&at));
            if is_in(&blanks) && !is_in(&protected) {
                *byte = 0;
            }
        }
        // The entries behind move up, and the place of the next directory with them.
        let end = directory.saturating_add(2 + last * 12 + 4).min(bytes.len());
        if pointer.at + 12 <= end {
            bytes.copy_within(pointer.at + 12..end, pointer.at);
            bytes[end - 12..end].fill(0);
        }
        if let Some(count) = bytes.get_mut(directory..directory + 2) {
            count.copy_from_slice(&n_left);
        }
        is_changed = true;
    }
    is_changed
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use std::io::Cursor;

    use image::ImageFormat;
    use proptest::prelude::*;

    use super::*;

    /// EXIF as a camera writes it: orientation 6, 300 dpi, a place, a text behind the pointer to it.
    fn exif(is_little: bool) -> Vec<u8> {
        let two = |n: u16| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let four = |n: u32| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut bytes = if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        bytes.extend(four(8));
        let entry = |tag: u16, kind: u16, n: u32, value: [u8; 4]| {
            [two(tag).as_slice(), &two(kind), &four(n), &value].concat()
        };
        let short = |n: u16| [two(n)[0], two(n)[1], 0, 0];
        // Header 8, directory 2 + 6 × 12 + 4 = 78, so values begin at 86.
        bytes.extend(two(6));
        bytes.extend(entry(ORIENTATION, 3, 1, short(6)));
        bytes.extend(entry(0x011a, 5, 1, four(86)));
        bytes.extend(entry(0x011b, 5, 1, four(86)));
        bytes.extend(entry(0x0128, 3, 1, short(2)));
        bytes.extend(entry(LOCATION, 4, 1, four(102)));
        bytes.extend(entry(0x8830, 3, 1, short(7)));
        bytes.extend(four(0));
        bytes.extend([four(300), four(1)].concat());
        bytes.extend(b"padding!");
        assert_eq!(bytes.len(), 102);
        bytes.extend(two(4));
        bytes.extend(entry(1, 2, 2, *b"N\0\0\0"));
        bytes.extend(entry(2, 5, 3, four(156)));
        bytes.extend(entry(3, 2, 2, *b"E\0\0\0"));
        bytes.extend(entry(4, 5, 3, four(180)));
        bytes.extend(four(0));
        assert_eq!(bytes.len(), 156);
        for n in [31, 27, 33, 104, 40, 59] {
            bytes.extend([four(n), four(1)].concat());
        }
        bytes
    }

    const PACKET: &[u8] =
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF exif:GPSLatitude='31,27N'/></x:xmpmeta>";

    fn segment(content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap();
        [b"\xff\xe1".as_slice(), &length.to_be_bytes(), content].concat()
    }

    fn drawn(format: ImageFormat) -> Vec<u8> {
        let picture = image::RgbImage::from_fn(24, 16, |x, y| {
            image::Rgb([u8::try_from(x * 10).unwrap(), u8::try_from(y * 15).unwrap(), 90])
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn jpeg(is_little: bool) -> Vec<u8> {
        let plain = drawn(ImageFormat::Jpeg);
        let exif = segment(&[b"Exif\0\0".as_slice(), &exif(is_little)].concat());
        let xmp = segment(&[XMP, PACKET].concat());
        [&plain[..2], &exif, &xmp, &plain[2..]].concat()
    }

    fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        let named = [name.as_slice(), content].concat();
        [length.as_slice(), &named, &crc32fast::hash(&named).to_be_bytes()].concat()
    }

    fn png() -> Vec<u8> {
        let plain = drawn(ImageFormat::Png);
        let text = [b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), PACKET].concat();
        let added = [
            chunk(b"pHYs", &[11_811_u32.to_be_bytes().as_slice(), &11_811_u32.to_be_bytes(), &[1]].concat()),
            chunk(b"eXIf", &exif(false)),
            chunk(b"iTXt", &text),
            chunk(b"tEXt", b"Comment\0kept"),
        ]
        .concat();
        [&plain[..33], &added, &plain[33..]].concat()
    }

    fn webp() -> Vec<u8> {
        let chunk = |name: &[u8; 4], content: &[u8]| {
            let length = u32::try_from(content.len()).unwrap().to_le_bytes();
            [name.as_slice(), &length, content, &vec![0; content.len() % 2]].concat()
        };
        let body = [
            b"WEBP".to_vec(),
            chunk(b"VP8X", &[0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            chunk(b"VP8L", b"pixels!"),
            chunk(b"EXIF", &exif(true)),
            chunk(b"XMP ", PACKET),
        ]
        .concat();
        [b"RIFF".as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), &body].concat()
    }

    fn other_reader(bytes: &[u8]) -> exif_reader::Exif {
        exif_reader::Reader::new().read_from_container(&mut Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn a_photo_is_read_and_its_place_taken_out() {
        for (is_pixels_kept, bytes) in
            [(true, jpeg(true)), (true, jpeg(false)), (true, png()), (false, webp())]
        {
            let facts = read(&bytes);
            assert_eq!(facts.orientation, Some(6));
            assert!(facts.has_location);
            let without = without_location(&bytes).unwrap();
            assert_eq!(read(&without), Facts { has_location: false, ..facts });
            assert_eq!(without_location(&without), None);
            let other = other_reader(&without);
            assert!(other.fields().all(|field| field.tag.context() != exif_reader::Context::Gps));
            let value = |tag| other.get_field(tag, exif_reader::In::PRIMARY).unwrap().value.get_uint(0);
            assert_eq!(value(exif_reader::Tag::Orientation), Some(6));
            let behind = exif_reader::Tag(exif_reader::Context::Tiff, 0x8830);
            assert_eq!(value(behind), Some(7), "what stood behind the place");
            for trace in [b"GPSL".as_slice(), &[31, 0, 0, 0, 1], &[0, 0, 0, 31, 0, 0, 0, 1]] {
                assert!(!without.windows(trace.len()).any(|window| window == trace), "{trace:?}");
            }
            if is_pixels_kept {
                let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
                assert_eq!(pixels(&bytes), pixels(&without));
            }
        }
        assert_eq!(without_location(&jpeg(true)).unwrap().len(), jpeg(true).len());
        assert_eq!(without_location(&webp()).unwrap().len(), webp().len());
        assert!(without_location(&png()).unwrap().windows(12).any(|window| window == b"Comment\0kept"));
    }

    #[test]
    fn a_further_picture_behind_the_first_loses_its_place_too() {
        let both = [drawn(ImageFormat::Jpeg), jpeg(true)].concat();
        assert!(read(&both).has_location);
        let without = without_location(&both).unwrap();
        assert!(!read(&without).has_location);
        assert_eq!(without.len(), both.len());
    }

    #[test]
    fn resolution_is_read_where_scanners_write_it() {
        let jfif = |unit: u8, n: u16| {
            let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01".to_vec();
            bytes.push(unit);
            bytes.extend([n.to_be_bytes(), n.to_be_bytes()].concat());
            bytes.extend(b"\0\0");
            bytes
        };
        assert_eq!(read(&jfif(1, 300)).dpi, Some((300, 300)));
        assert_eq!(read(&jfif(2, 118)).dpi, Some((300, 300)));
        assert_eq!(read(&jfif(0, 1)).dpi, None);
        assert_eq!(read(&png()).dpi, Some((300, 300)));
        assert_eq!(read(&webp()).dpi, Some((300, 300)));
        assert_eq!(read(&exif(true)).dpi, Some((300, 300)), "a TIFF");
    }

    #[test]
    fn what_holds_no_place_stays() {
        for bytes in [drawn(ImageFormat::Jpeg), drawn(ImageFormat::Png), Vec::new(), b"text".to_vec()] {
            assert!(!read(&bytes).has_location);
            assert_eq!(without_location(&bytes), None);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(which in 0_usize..4, at in 0_usize..600, flip in 1_u8.., cut in 0_usize..1200) {
            let mut bytes = [jpeg(true), jpeg(false), png(), webp()][which].clone();
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= flip;
            }
            bytes.truncate(cut);
            let _ = read(&bytes);
            if let Some(without) = without_location(&bytes) {
                prop_assert!(!read(&without).has_location);
            }
        }

        #[test]
        fn no_directory_panics(noise in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut tiff = b"II*\0\x08\0\0\0".to_vec();
            tiff.extend(noise);
            let _ = read(&tiff);
            let _ = blank_location(&mut tiff);
        }
    }
}
