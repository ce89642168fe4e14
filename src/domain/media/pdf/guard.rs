//! Measures before anything is unpacked or drawn: the crate itself unpacks a stream to its end, and follows forms that
//! call forms fifty deep.

use std::collections::BTreeMap;

use hayro::hayro_syntax;
use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction;
use hayro::hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro::hayro_syntax::page::{Page, Resources};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::{Limits, PdfError};

/// How deep forms, patterns and the like may call each other.
const MAX_DEPTH: usize = 24;
/// The most that deflate makes of one byte.
const MAX_DEFLATE: usize = 1032;
/// The widest row of packed data that is borne: memory is taken for one before the first is read.
const MAX_COLUMNS: u64 = 1 << 20;
/// What painting anything costs; the same where its size is not weighed when the page is read, which is in patterns, masks
/// and drawn letters; and a layer of its own.
const PAINT: u64 = 20;
const BLIND_PAINT: u64 = 400;
const LAYER: u64 = 20_000;

/// Every place in the raw file where a packed stream could begin: some are unpacked while the file is opened, before
/// anything can be asked of it.
pub(super) fn raw(bytes: &[u8], limits: &Limits) -> Result<(), PdfError> {
    if names_wide_rows(bytes) {
        return Err(PdfError::TooHeavy);
    }
    const WORD: &[u8] = b"stream";
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(WORD.len()).position(|window| window == WORD) {
        at += found + WORD.len();
        let data = match &bytes[at..] {
            [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => rest,
            _ => continue,
        };
        let is_packed =
            matches!(data, [a, b, ..] if a & 15 == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0);
        if is_packed {
            let (n_read, n_made) = inflated(data, true, limits.max_stream)?;
            // The next stream cannot begin within this one; noise that looks like one costs what it makes.
            at += if n_made > 0 { n_read / 2 } else { 0 };
        }
    }
    Ok(())
}

/// Whether some dictionary gives its rows a width that is not borne, or says it in another place.
fn names_wide_rows(bytes: &[u8]) -> bool {
    let mut slashes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    slashes.any(|(at, _)| {
        let mut rest = &bytes[at + 1..];
        // Any character of a name may be written as a number.
        for wanted in b"Columns" {
            rest = match rest {
                [first, after @ ..] if first == wanted => after,
                [b'#', high, low, after @ ..] if of_hex(&[*high, *low]) == [*wanted] => after,
                _ => return false,
            };
        }
        let value = rest.trim_ascii_start();
        let n_digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let width = std::str::from_utf8(&value[..n_digits]).ok().map(str::parse::<u64>);
        let is_elsewhere = || {
            let after = value[n_digits..].trim_ascii_start();
            let n_digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
            n_digits > 0 && after[n_digits..].trim_ascii_start().starts_with(b"R")
        };
        match width {
            Some(Ok(width)) => width > MAX_COLUMNS || is_elsewhere(),
            _ => n_digits > 0,
        }
    })
}

/// Every stream of the file by what its dictionary says.
pub(super) fn objects(file: &hayro_syntax::Pdf, limits: &Limits) -> Result<(), PdfError> {
    for object in file.objects() {
        if let Object::Stream(stream) = object {
            measure(&stream, limits)?;
        }
    }
    Ok(())
}

/// Whether the stream stays within the limits once it is unpacked.
fn measure(stream: &Stream<'_>, limits: &Limits) -> Result<(), PdfError> {
    let dict = stream.dict();
    let filters = stream.filters();
    if pixels(dict) > limits.max_picture {
        return Err(PdfError::TooHeavy);
    }
    if filters.is_empty() {
        return Ok(());
    }
    if columns(dict) > MAX_COLUMNS {
        return Err(PdfError::TooHeavy);
    }
    let data = stream.raw_data();
    let mut held: Option<Vec<u8>> = None;
    let mut n_packed = 0;
    for filter in filters {
        let data = held.as_deref().unwrap_or(&data);
        // The crate has no name for the type of a filter; what it is called for people is as good.
        match format!("{filter:?}").as_str() {
            "FlateDecode" => {
                inflated(data, true, limits.max_stream)?;
                n_packed += 1;
            }
            "LzwDecode" => {
                if [0, 1].iter().any(|early| lzw_length(data, *early, limits.max_stream) > limits.max_stream)
                {
                    return Err(PdfError::TooHeavy);
                }
                n_packed += 1;
            }
            "RunLengthDecode" => {
                if data.len().saturating_mul(64) > limits.max_stream {
                    return Err(PdfError::TooHeavy);
                }
                n_packed += 1;
            }
            // These only carry; what is packed in them is looked at unpacked.
            "Ascii85Decode" if n_packed == 0 => held = Some(of_ascii_85(data)),
            "AsciiHexDecode" if n_packed == 0 => held = Some(of_hex(data)),
            "JpxDecode" if n_packed == 0 && jpx_pixels(data) > limits.max_picture => {
                return Err(PdfError::TooHeavy);
            }
            "Jbig2Decode" if n_packed == 0 && jbig2_pixels(data) > limits.max_picture => {
                return Err(PdfError::TooHeavy);
            }
            "CcittFaxDecode" if fax_pixels(dict) > limits.max_picture => {
                return Err(PdfError::TooHeavy);
            }
            _ => {}
        }
    }
    // Packed twice is how a bomb is built; no program does it.
    if n_packed > 1 { Err(PdfError::TooHeavy) } else { Ok(()) }
}

/// A size, under its long or its short name. The crate reads some in 64 bits, and takes any memory that they ask for.
fn number(dict: &Dict<'_>, keys: [&[u8]; 2]) -> u64 {
    let number = keys.iter().find_map(|key| dict.get::<Number>(key));
    number.and_then(|number| u64::try_from(number.as_i64()).ok()).unwrap_or_default()
}

fn pixels(dict: &Dict<'_>) -> u64 {
    number(dict, [b"Width", b"W"]).saturating_mul(number(dict, [b"Height", b"H"]))
}

/// The parameters of the filters, one for all or one for each.
fn parameters<'a>(dict: &Dict<'a>) -> Vec<Dict<'a>> {
    let keys: [&[u8]; 2] = [b"DecodeParms", b"DP"];
    let single = keys.iter().filter_map(|key| dict.get::<Dict<'a>>(key));
    let listed = keys.iter().filter_map(|key| dict.get::<Array<'a>>(key));
    single.chain(listed.flat_map(|all| all.iter::<Dict<'a>>().take(8).collect::<Vec<_>>())).collect()
}

/// How wide a row is by the parameters.
fn columns(dict: &Dict<'_>) -> u64 {
    parameters(dict).iter().map(|p| number(p, [b"Columns", b"Columns"])).max().unwrap_or_default()
}

fn fax_pixels(dict: &Dict<'_>) -> u64 {
    let rows = parameters(dict).iter().map(|p| number(p, [b"Rows", b"Rows"])).max().unwrap_or_default();
    columns(dict).max(1728).saturating_mul(rows.max(number(dict, [b"Height", b"H"])))
}

/// The size in the header of a JPEG 2000 picture, with the number of its components.
fn jpx_pixels(data: &[u8]) -> u64 {
    let Some(at) = data.windows(4).position(|window| window == [0xff, 0x4f, 0xff, 0x51]) else { return 0 };
    let word = |n: usize| -> u64 {
        let bytes = data.get(at + 8 + n * 4..at + 12 + n * 4).and_then(|b| <[u8; 4]>::try_from(b).ok());
        bytes.map_or(0, |bytes| u32::from_be_bytes(bytes).into())
    };
    let components = data.get(at + 40..at + 42).map_or(1, |b| u64::from(b[0]) << 8 | u64::from(b[1]));
    let [width, height] = [word(0).saturating_sub(word(2)), word(1).saturating_sub(word(3))];
    // Three are usual; more count by their number.
    width.saturating_mul(height).saturating_mul(components.div_ceil(4))
}

/// The largest page or region that the segments of a JBIG2 picture announce.
fn jbig2_pixels(data: &[u8]) -> u64 {
    let word = |at: usize| -> Option<u32> {
        data.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
    };
    let mut most = 0;
    let mut at = 0_usize;
    while let (Some(number), Some(&[flags, referred])) = (word(at), data.get(at + 4..at + 6)) {
        let size = if number <= 256 { 1 } else { if number <= 65_536 { 2 } else { 4 } };
        let (count, rest) = match referred >> 5 {
            7 => {
                let count = word(at + 5).unwrap_or_default() as usize & 0x1fff_ffff;
                (count, at + 9 + (count + 8) / 8)
            }
            count => (usize::from(count), at + 6),
        };
        let page = if flags & 0x40 == 0 { 1 } else { 4 };
        let Some(length_at) = count.checked_mul(size).and_then(|n| rest.checked_add(n + page)) else { break };
        let Some(length) = word(length_at) else { break };
        let body = length_at + 4;
        // Page information, and every kind of region.
        if matches!(flags & 0x3f, 4 | 6 | 7 | 20 | 22 | 23 | 36 | 38..=40 | 42 | 43 | 48) {
            let height = word(body + 4).filter(|height| *height != u32::MAX).unwrap_or_default();
            most = most.max(u64::from(word(body).unwrap_or_default()) * u64::from(height));
        }
        let Some(next) = body.checked_add(length as usize) else { break };
        at = next;
    }
    most
}

/// How many bytes are read and made of packed data. The crate goes on where others stop, at a mistake in the data; so what
/// is broken must be small enough to be borne whatever it makes.
fn inflated(data: &[u8], has_header: bool, limit: usize) -> Result<(usize, usize), PdfError> {
    const WINDOW: usize = 1 << 15;
    let mut window = vec![0; WINDOW];
    let mut state = Box::<DecompressorOxide>::default();
    let flags = if has_header { TINFL_FLAG_PARSE_ZLIB_HEADER } else { 0 };
    let (mut n_read, mut n_made) = (0, 0);
    loop {
        let (status, n_in, n_out) =
            decompress(&mut state, &data[n_read..], &mut window, n_made % WINDOW, flags);
        n_read += n_in;
        n_made += n_out;
        if n_made > limit {
            return Err(PdfError::TooHeavy);
        }
        match status {
            TINFLStatus::HasMoreOutput => {}
            TINFLStatus::Done | TINFLStatus::NeedsMoreInput | TINFLStatus::FailedCannotMakeProgress => {
                return Ok((n_read, n_made));
            }
            _ if has_header && n_made == 0 => return inflated(data, false, limit),
            _ if data.len().saturating_mul(MAX_DEFLATE) > limit && n_made > limit / 2 => {
                return Err(PdfError::TooHeavy);
            }
            _ => return Ok((n_read, n_made)),
        }
    }
}

/// How many bytes LZW makes, or any number above the limit.
fn lzw_length(data: &[u8], early: usize, limit: usize) -> usize {
    let mut lengths: Vec<usize> = Vec::with_capacity(4096);
    let mut last = None;
    let (mut held, mut n_held, mut total) = (0_u32, 0_usize, 0_usize);
    for byte in data {
        held = held << 8 | u32::from(*byte);
        n_held += 8;
        let next = 258 + lengths.len();
        let width = match next + early {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        if n_held < width {
            continue;
        }
        n_held -= width;
        let code = (held >> n_held) as usize & ((1 << width) - 1);
        let length = match code {
            256 => {
                lengths.clear();
                last = None;
                continue;
            }
            257 => break,
            0..256 => 1,
            _ => match (lengths.get(code - 258), last) {
                (Some(length), _) => *length,
                (None, Some(last)) => last + 1,
                (None, None) => break,
            },
        };
        if let Some(last) = last.filter(|_| lengths.len() < 4096 - 258) {
            lengths.push(last + 1);
        }
        last = Some(length);
        total += length;
        if total > limit {
            break;
        }
    }
    total
}

fn of_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn of_ascii_85(data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(data.len());
    let mut group = Vec::with_capacity(5);
    let mut write = |group: &mut Vec<u8>| {
        let n_digits = group.len();
        group.resize(5, 84);
        let value =
            group.iter().fold(0_u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(u32::from(*digit)));
        bytes.extend(&value.to_be_bytes()[..n_digits.saturating_sub(1)]);
        group.clear();
    };
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => {
                group.extend([0; 5]);
                write(&mut group);
            }
            b'!'..=b'u' => {
                group.push(byte - b'!');
                if group.len() == 5 {
                    write(&mut group);
                }
            }
            _ => {}
        }
    }
    write(&mut group);
    bytes
}

/// Whether drawing the page, with everything that it calls, is work that is borne.
pub(super) fn page(page: &Page<'_>, limits: &Limits) -> Result<(), PdfError> {
    let mut worker = Worker { limits, costs: BTreeMap::new(), depth: 0, is_blind: false };
    let mut total = worker.content(page.page_stream().unwrap_or_default(), page.resources())?;
    let annotations = page.raw().get::<Array<'_>>(b"Annots");
    for annotation in annotations.iter().flat_map(Array::iter::<Dict<'_>>) {
        let Some(look) = annotation.get::<Dict<'_>>(b"AP") else { continue };
        let one = look.get::<Stream<'_>>(b"N");
        let states = look.get::<Dict<'_>>(b"N");
        let states = states.iter().flat_map(|s| s.keys().filter_map(|key| s.get::<Stream<'_>>(&*key)));
        for stream in one.into_iter().chain(states) {
            let cost = worker.called(&stream, page.resources())?;
            total = worker.plus(total, cost)?;
        }
    }
    Ok(())
}

struct Worker<'l> {
    limits: &'l Limits,
    /// What a called stream costs; `None` while that is being found.
    costs: BTreeMap<(bool, ObjectIdentifier), Option<u64>>,
    depth: usize,
    /// Whether what is looked at is not weighed when the page is read.
    is_blind: bool,
}

impl Worker<'_> {
    fn plus(&self, a: u64, b: u64) -> Result<u64, PdfError> {
        let sum = a.saturating_add(b);
        if sum > self.limits.max_work { Err(PdfError::TooHeavy) } else { Ok(sum) }
    }

    /// A stream of instructions that others call: a form, the cell of a pattern, a drawn letter.
    fn called(&mut self, stream: &Stream<'_>, outer: &Resources<'_>) -> Result<u64, PdfError> {
        let id = (self.is_blind, stream.obj_id());
        match self.costs.get(&id) {
            Some(Some(cost)) => return Ok(*cost),
            // It calls itself.
            Some(None) => return Err(PdfError::Broken),
            None => {}
        }
        if self.depth >= MAX_DEPTH {
            return Err(PdfError::TooHeavy);
        }
        measure(stream, self.limits)?;
        let Ok(content) = stream.decoded_data() else { return Ok(1) };
        let resources = stream.dict().get::<Dict<'_>>(b"Resources").map(Resources::new);
        self.costs.insert(id, None);
        self.depth += 1;
        let cost = self.content(&content, resources.as_ref().unwrap_or(outer));
        self.depth -= 1;
        let group = if stream.dict().get::<Dict<'_>>(b"Group").is_some() { LAYER } else { 0 };
        let cost = self.plus(cost?, group)?;
        self.costs.insert(id, Some(cost));
        Ok(cost)
    }

    /// The same for what is not weighed when the page is read.
    fn called_blindly(&mut self, stream: &Stream<'_>, outer: &Resources<'_>) -> Result<u64, PdfError> {
        let was_blind = std::mem::replace(&mut self.is_blind, true);
        let cost = self.called(stream, outer);
        self.is_blind = was_blind;
        cost
    }

    fn picture(&mut self, stream: &Stream<'_>) -> Result<u64, PdfError> {
        let mut cost = 200 + pixels(stream.dict()) / 50;
        let keys: [&[u8]; 2] = [b"SMask", b"Mask"];
        for mask in keys.iter().filter_map(|key| stream.dict().get::<Stream<'_>>(key)) {
            cost += pixels(mask.dict()) / 50;
        }
        Ok(cost)
    }

    fn content(&mut self, content: &[u8], resources: &Resources<'_>) -> Result<u64, PdfError> {
        let mut total = 0;
        // What painting costs beside the paint, and each letter of the font.
        let (mut pattern, mut letter) = (0, 1);
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            let cost = match instruction {
                TypedInstruction::XObject(name) => match resources.get_x_object(name.0) {
                    Some(stream) if is_form(&stream) => self.called(&stream, resources)?,
                    Some(stream) => self.picture(&stream)?,
                    None => 1,
                },
                TypedInstruction::InlineImage(image) => {
                    measure(image.0, self.limits)?;
                    self.picture(image.0)?
                }
                TypedInstruction::SetGraphicsState(name) => {
                    let mask = resources.get_ext_g_state(name.0).and_then(|s| s.get::<Dict<'_>>(b"SMask"));
                    match mask.and_then(|mask| mask.get::<Stream<'_>>(b"G")) {
                        Some(form) => LAYER.saturating_add(self.called_blindly(&form, resources)?),
                        None => 1,
                    }
                }
                TypedInstruction::NonStrokeColorNamed(color) => {
                    pattern = self.pattern(color.1, resources)?;
                    1
                }
                TypedInstruction::StrokeColorNamed(color) => {
                    pattern = self.pattern(color.1, resources)?.max(pattern);
                    1
                }
                TypedInstruction::TextFont(font) => {
                    letter = self.font(font.0, resources)?;
                    1
                }
                TypedInstruction::ShowText(text) => letters(text.0.as_bytes().len(), letter, pattern),
                TypedInstruction::NextLineAndShowText(text) => {
                    letters(text.0.as_bytes().len(), letter, pattern)
                }
                TypedInstruction::ShowTextWithParameters(text) => {
                    letters(text.2.as_bytes().len(), letter, pattern)
                }
                // As long as it is written, hexadecimal or not.
                TypedInstruction::ShowTexts(texts) => letters(texts.0.data().len(), letter, pattern),
                TypedInstruction::Shading(_) => LAYER,
                TypedInstruction::FillPathNonZero(_)
                | TypedInstruction::FillPathNonZeroCompatibility(_)
                | TypedInstruction::FillPathEvenOdd(_)
                | TypedInstruction::StrokePath(_)
                | TypedInstruction::CloseAndStrokePath(_)
                | TypedInstruction::FillAndStrokeNonZero(_)
                | TypedInstruction::FillAndStrokeEvenOdd(_)
                | TypedInstruction::CloseFillAndStrokeNonZero(_)
                | TypedInstruction::CloseFillAndStrokeEvenOdd(_)
                | TypedInstruction::ClipNonZero(_)
                | TypedInstruction::ClipEvenOdd(_) => {
                    (if self.is_blind { BLIND_PAINT } else { PAINT }).saturating_add(pattern)
                }
                _ => 1,
            };
            total = self.plus(total, cost)?;
        }
        Ok(total)
    }

    fn pattern(&mut self, name: Option<&Name<'_>>, resources: &Resources<'_>) -> Result<u64, PdfError> {
        Ok(match name.and_then(|name| resources.get_pattern(name)) {
            Some(Object::Stream(cell)) => LAYER.saturating_add(self.called_blindly(&cell, resources)?),
            Some(_) => LAYER,
            None => 0,
        })
    }

    /// What the dearest letter of a font costs that draws its letters with instructions; others are cheap.
    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Result<u64, PdfError> {
        let font = resources.get_font(name);
        let is_drawn = |font: &Dict<'_>| font.get::<Name<'_>>(b"Subtype").is_some_and(|s| &*s == b"Type3");
        let Some(font) = font.filter(is_drawn) else { return Ok(1) };
        let inner = font.get::<Dict<'_>>(b"Resources").map(Resources::new);
        let mut most = PAINT;
        if let Some(drawn) = font.get::<Dict<'_>>(b"CharProcs") {
            for key in drawn.keys() {
                if let Some(stream) = drawn.get::<Stream<'_>>(&*key) {
                    most = most.max(self.called_blindly(&stream, inner.as_ref().unwrap_or(resources))?);
                }
            }
        }
        Ok(most)
    }
}

fn letters(n_bytes: usize, letter: u64, pattern: u64) -> u64 {
    (n_bytes as u64).saturating_mul(letter).saturating_add(pattern)
}

fn is_form(stream: &Stream<'_>) -> bool {
    stream.dict().get::<Name<'_>>(b"Subtype").is_some_and(|subtype| &*subtype == b"Form")
}
