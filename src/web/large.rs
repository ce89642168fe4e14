//! Jobs over files of any length, in the worker: contents are read where they lie, piece by piece, and what is made is a
//! Blob of pieces, so that memory stays small.

use std::cell::RefCell;
use std::io;

use chrono::NaiveDate;
use futures_util::future::join;
use js_sys::{Array, Function, Reflect, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, FileReaderSync, ReadableStreamDefaultReader, SubtleCrypto};

use crate::app::job::{Job, Progress, pack_of};
use crate::app::receipt::{Receipt, ReceiptFile, content_of};
use crate::app::{Draft, backup, packs};
use crate::domain::base::digest::{ContentDigest, Digester, hex};
use crate::domain::base::zip::{Entry, ReadAt};
use crate::domain::bundle::package::{self, Package, PackagePiece, Status};
use crate::domain::bundle::seal::{
    OpenKey, SealError, SealKey, check_recipient, is_sealed, seal, unseal, work_factor,
};
use crate::domain::bundle::verify::{Opened, verify_reader};
use crate::domain::case::Application;
use crate::domain::guide::assess;
use crate::domain::pack::Pack;

/// What is said of a file that cannot be read.
const UNREADABLE: &str = "读不出文件，确认它还在原处后重新选择";
/// How much of a file's beginning tells what it is, in bytes.
const HEAD: f64 = 16.0;
/// How much of a file's beginning tells whether it is sealed, in bytes.
const SEAL_HEAD: f64 = 64.0;
/// What is made is put aside in pieces of this length, in bytes; so much is in memory at the most.
const ASIDE: usize = 4 * 1024 * 1024;
/// Up to this length, in bytes, a file is digested in one piece by the browser's own SHA-256, which is several times as
/// fast as ours but takes no pieces. Three times as much is in memory: one that is digested, the browser's copy of it, and
/// the next.
const WHOLE: f64 = 12.0 * 1024.0 * 1024.0;
/// More than the browser lets gather before it looks for what is not used any more, in bytes.
const PRESSURE: f64 = 64.0 * 1024.0 * 1024.0;
/// After so many bytes of pieces the browser is to look, in bytes.
const GARBAGE: u32 = 4 * 1024 * 1024;
/// How much is copied into wasm at a time, in bytes.
const CHUNK: u32 = 256 * 1024;
/// How much is kept of a file that is read here and there, in bytes.
const WINDOW: u64 = 1024 * 1024;
/// The page is told of progress after so many milliseconds: showing it takes time from what is shown.
const STEP_MS: f64 = 100.0;

thread_local! {
    /// The pack that was made ready, and its record.
    static PREPARED: RefCell<Option<(String, Pack)>> = const { RefCell::new(None) };
}

/// Reads a pack before a job with it comes, which takes as long as hashing twenty megabytes.
pub fn prepare(record: &str) {
    // One that cannot be read is named by the job.
    PREPARED.set(packs::from_record(record).map(|pack| (record.to_owned(), pack)));
}

fn prepared(record: &str) -> Result<Pack, String> {
    match PREPARED.take() {
        Some((known, pack)) if known == record => Ok(pack),
        _ => pack_of(record),
    }
}

/// What came of a job.
#[derive(Debug)]
pub struct Made {
    /// The answer.
    pub value: Value,
    /// The files that were made.
    pub files: Vec<Blob>,
}

/// Does a job over large files; `None` where the job is another. `tell` is called now and then.
///
/// # Errors
/// Why not, in words for the person.
pub async fn run(job: &Job, files: &[Blob], tell: &dyn Fn(Progress)) -> Option<Result<Made, String>> {
    let total = files.iter().map(length).sum();
    let mut meter = Meter { tell, total, done: 0, told_ms: js_sys::Date::now() };
    Some(match job {
        Job::Digest => digest(files, &mut meter).await,
        Job::Bundle { pack, application, reference, status, crc32, seal } => {
            let order = Order { pack, application, reference: *reference, status: *status, crc32 };
            bundle(&order, seal.as_ref(), files, &mut meter).await
        }
        Job::Backup { drafts, packs, crc32, day, seal } => {
            let order = BackupOrder { drafts, packs, crc32, day: *day };
            make_backup(&order, seal.as_ref(), files, &mut meter).await
        }
        Job::Restore { key } => restore(key.as_ref(), files, &mut meter).await,
        Job::Verify { packs, key } => verify(packs, key.as_ref(), files, &mut meter).await,
        _ => return None,
    })
}

/// Tells the page how far a job has come, but not too often.
struct Meter<'a> {
    tell: &'a dyn Fn(Progress),
    total: u64,
    done: u64,
    told_ms: f64,
}

impl Meter<'_> {
    fn add(&mut self, bytes: u64) {
        self.done += bytes;
        let now_ms = js_sys::Date::now();
        if now_ms - self.told_ms >= STEP_MS || self.done >= self.total {
            self.told_ms = now_ms;
            (self.tell)(Progress { done: self.done.min(self.total), total: self.total });
        }
    }
}

/// Lengths of files are whole numbers far below 2⁵³.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn length(blob: &Blob) -> u64 {
    blob.size() as u64
}

async fn digest(files: &[Blob], meter: &mut Meter<'_>) -> Result<Made, String> {
    let unreadable = || UNREADABLE.to_owned();
    let [file] = files else { return Err(unreadable()) };
    let digests = digest_all(files, &[], &RefCell::new(meter)).await.map_err(|_| unreadable())?;
    let digest = digests.first().ok_or_else(unreadable)?;
    let head = read_piece(file, 0.0, HEAD).await.map_err(|_| unreadable())?.to_vec();
    let value = json!({ "bytes": digest.bytes, "sha256": digest.sha256_hex(), "crc32": digest.crc32, "head": hex(&head) });
    Ok(Made { value, files: Vec::new() })
}

/// What a bundle is made of, beside its attachments.
struct Order<'a> {
    pack: &'a str,
    application: &'a Application,
    reference: NaiveDate,
    status: Status,
    crc32: &'a [Option<u32>],
}

async fn bundle(
    order: &Order<'_>,
    key: Option<&SealKey>,
    files: &[Blob],
    meter: &mut Meter<'_>,
) -> Result<Made, String> {
    let Order { pack, application, reference, status, crc32 } = *order;
    // A key that was typed wrongly is named before anything is read.
    let key = key.map(ready).transpose()?;
    if key.is_some() {
        // It is read once more to be sealed.
        meter.total *= 2;
    }
    let meter_cell = RefCell::new(&mut *meter);
    // Judged while the browser reads and digests.
    let judge = async || {
        let pack = prepared(pack)?;
        let assessment = assess(&pack, application, reference);
        Ok::<_, String>((pack, assessment))
    };
    let (digests, judged) = join(digest_all(files, crc32, &meter_cell), judge()).await;
    let (pack, assessment) = judged?;
    let digests = digests.map_err(|place| {
        let name = application.attachments.get(place).map(|a| a.file.as_str()).unwrap_or_default();
        format!("读不出附件“{name}”，重新添加后再导出")
    })?;
    let package = package::assemble(&pack, application, &assessment, &digests, status)
        .map_err(|error| error.to_string())?;
    let mut receipt = receipt(&package, application, status);
    let mut whole = whole_of(package.pieces, files)?;
    if let Some(key) = key {
        whole = sealed(&key, &whole, meter)?;
        receipt.file_name.push_str(".age");
        receipt.bytes = length(&whole);
        receipt.is_sealed = true;
    }
    Ok(Made { value: receipt.to_value(), files: vec![whole] })
}

/// The pieces as one file. Contents themselves stay where they are.
fn whole_of(pieces: Vec<PackagePiece>, files: &[Blob]) -> Result<Blob, String> {
    let parts = Array::new();
    for piece in pieces {
        match piece {
            PackagePiece::Bytes(bytes) => parts.push(&Uint8Array::from(bytes.as_slice())),
            PackagePiece::Attachment(place) => {
                parts.push(files.get(place).ok_or("附件少了一个，重新打开本页")?)
            }
        };
    }
    blob_of(&parts, "application/zip")
}

/// What a backup is made of, beside the attachments.
struct BackupOrder<'a> {
    drafts: &'a [String],
    packs: &'a [String],
    crc32: &'a [Option<u32>],
    day: NaiveDate,
}

async fn make_backup(
    order: &BackupOrder<'_>,
    key: Option<&SealKey>,
    files: &[Blob],
    meter: &mut Meter<'_>,
) -> Result<Made, String> {
    let key = key.map(ready).transpose()?;
    if key.is_some() {
        meter.total *= 2;
    }
    let drafts: Vec<Draft> = order
        .drafts
        .iter()
        .map(|record| Draft::from_record(record).map_err(|e| e.to_string()))
        .collect::<Result<_, _>>()?;
    let digests = digest_all(files, order.crc32, &RefCell::new(&mut *meter))
        .await
        .map_err(|_| "有附件读不出来，重新打开本页再备份".to_owned())?;
    let composed = backup::compose(&drafts, order.packs, &digests, order.day).map_err(|e| e.to_string())?;
    let mut name = backup::file_name(order.day);
    let mut whole = whole_of(composed.pieces, files)?;
    if let Some(key) = key {
        whole = sealed(&key, &whole, meter)?;
        name.push_str(".age");
    }
    let value = json!({ "file_name": name, "bytes": length(&whole), "drafts": drafts.len() });
    Ok(Made { value, files: vec![whole] })
}

/// Reads a backup. The contents come draft after draft.
async fn restore(key: Option<&OpenKey>, files: &[Blob], meter: &mut Meter<'_>) -> Result<Made, String> {
    let Some(file) = opened_file(key, files, meter).await? else {
        return Ok(Made { value: json!({ "sealed": true }), files: Vec::new() });
    };
    let mut source = BlobReader::new(&file).map_err(|_| UNREADABLE)?;
    let read = backup::read(&mut source, &mut |bytes| meter.add(bytes));
    if source.has_failed {
        return Err(UNREADABLE.to_owned());
    }
    let restored = match read {
        Ok(restored) => restored,
        Err(problems) => return Ok(Made { value: json!({ "problems": problems }), files: Vec::new() }),
    };
    let mut contents = Vec::new();
    let mut drafts = Vec::new();
    for (draft, entries) in &restored.drafts {
        for entry in entries {
            contents.push(stored(&file, entry).ok_or("备份被别的程序重新打包过，用原来的文件")?);
        }
        let crc32: Vec<u32> = entries.iter().map(Entry::crc32).collect();
        drafts.push(json!({ "record": draft.to_record(), "crc32": crc32 }));
    }
    Ok(Made { value: json!({ "drafts": drafts, "packs": restored.packs }), files: contents })
}

/// The file itself, or its plain content; `None` where it is sealed and there is no key.
async fn opened_file(
    key: Option<&OpenKey>,
    files: &[Blob],
    meter: &mut Meter<'_>,
) -> Result<Option<Blob>, String> {
    let file = files.first().ok_or(UNREADABLE)?;
    let head = read_piece(file, 0.0, SEAL_HEAD).await.map_err(|_| UNREADABLE)?.to_vec();
    match key {
        _ if !is_sealed(&head) => Ok(Some(file.clone())),
        None => Ok(None),
        Some(key) => {
            meter.total *= 2;
            unsealed(key, file, meter).map(Some)
        }
    }
}

/// The key with the work that its passphrase is worth on this device.
fn ready(key: &SealKey) -> Result<SealKey, String> {
    let words = |error: SealError| error.to_string();
    Ok(match key {
        SealKey::Recipient(key) => {
            check_recipient(key).map_err(words)?;
            SealKey::Recipient(key.clone())
        }
        SealKey::Passphrase { words, .. } if words.is_empty() => {
            return Err(SealError::NoPassphrase.to_string());
        }
        SealKey::Passphrase { words: passphrase, .. } => {
            let now = || js_sys::Date::now() / 1_000.0;
            let precise = performance_now();
            let work = work_factor(&|| precise.as_ref().map_or_else(now, |clock| clock())).map_err(words)?;
            SealKey::Passphrase { words: passphrase.clone(), work }
        }
    })
}

/// The browser's finer clock, in seconds.
fn performance_now() -> Option<impl Fn() -> f64> {
    let performance = Reflect::get(&js_sys::global(), &"performance".into()).ok()?;
    let now: Function = Reflect::get(&performance, &"now".into()).ok()?.dyn_into().ok()?;
    Some(move || now.call0(&performance).ok().and_then(|ms| ms.as_f64()).unwrap_or_default() / 1_000.0)
}

fn sealed(key: &SealKey, content: &Blob, meter: &mut Meter<'_>) -> Result<Blob, String> {
    let mut source = BlobReader::new(content).map_err(|_| SealError::Read.to_string())?;
    let mut reader = Metered { source: &mut source, at: 0, meter };
    let mut sink = BlobSink::default();
    seal(key, &mut reader, &mut sink).map_err(|error| error.to_string())?;
    sink.finish("application/octet-stream")
}

/// The plain content of a sealed file.
fn unsealed(key: &OpenKey, file: &Blob, meter: &mut Meter<'_>) -> Result<Blob, String> {
    let mut source = BlobReader::new(file).map_err(|_| SealError::Read.to_string())?;
    let mut reader = Metered { source: &mut source, at: 0, meter };
    let mut sink = BlobSink::default();
    unseal(key, &mut reader, &mut sink).map_err(|error| error.to_string())?;
    sink.finish("application/zip")
}

fn blob_of(parts: &Array, media_type: &str) -> Result<Blob, String> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_blob_sequence_and_options(parts, &options)
        .map_err(|_| "浏览器没有足够的内存或空间生成文件".to_owned())
}

/// The day of the export is the page's to say.
fn receipt(package: &Package, application: &Application, status: Status) -> Receipt {
    let original = |place: usize| application.attachments.get(place).map(|a| a.file.clone());
    let files = package.files.iter().map(|file| ReceiptFile {
        path: file.path.clone(),
        original: file.attachment.and_then(original),
        bytes: file.bytes,
    });
    Receipt {
        form_code: package.form_code.clone(),
        root_hash: package.root_hash.clone(),
        file_name: package.file_name.clone(),
        bytes: package.bytes,
        status,
        is_sealed: false,
        day: String::new(),
        content: content_of(application),
        files: files.collect(),
    }
}

async fn verify(
    records: &[String],
    key: Option<&OpenKey>,
    files: &[Blob],
    meter: &mut Meter<'_>,
) -> Result<Made, String> {
    let unreadable = || UNREADABLE.to_owned();
    let Some(file) = &opened_file(key, files, meter).await? else {
        return Ok(Made { value: json!({ "sealed": true }), files: Vec::new() });
    };
    let packs: Vec<Pack> = records.iter().filter_map(|record| packs::from_record(record)).collect();
    let packs: Vec<&Pack> = packs.iter().collect();
    let mut source = BlobReader::new(file).map_err(|_| unreadable())?;
    let found = verify_reader(&mut source, &packs, &mut |bytes| meter.add(bytes));
    if source.has_failed {
        return Err(unreadable());
    }
    let mut value = found.to_value();
    let mut contents = Vec::new();
    value["lines"] = found.problems.into();
    if let Some(Opened { application, contents: entries, pack }) = &found.opened {
        let taken: Option<Vec<Blob>> = entries.iter().map(|entry| stored(file, entry)).collect();
        // Only what is stored as it is can be taken without unpacking, which is what this program writes.
        if let Some(taken) = taken {
            contents = taken;
            value["crc32"] = entries.iter().map(|entry| entry.crc32()).collect::<Vec<_>>().into();
            value["application"] = application.to_value();
            value["pack"] = pack.as_ref().map(packs::to_record).into();
        }
    }
    Ok(Made { value, files: contents })
}

/// The content of an entry, as a part of the file.
#[allow(clippy::cast_precision_loss)]
fn stored(file: &Blob, entry: &Entry) -> Option<Blob> {
    let at = entry.stored_at()?;
    file.slice_with_f64_and_f64(at.start as f64, at.end as f64).ok()
}

/// Digests of files; `known` are CRC-32s of their contents, of use where the SHA-256 turns out unchanged. While one small
/// file is digested, the next is read. The error is the place of one that cannot be read.
async fn digest_all(
    files: &[Blob],
    known: &[Option<u32>],
    meter: &RefCell<&mut Meter<'_>>,
) -> Result<Vec<ContentDigest>, usize> {
    let crypto = crypto();
    let reads_whole = |file: &Blob| crypto.is_some() && file.size() <= WHOLE;
    let begin = |place: usize| files.get(place).filter(|file| reads_whole(file)).map(Blob::array_buffer);
    let mut digests = Vec::with_capacity(files.len());
    let mut ahead = begin(0);
    for (place, file) in files.iter().enumerate() {
        let crc32 = known.get(place).copied().flatten();
        let digest = match (ahead, &crypto) {
            (Some(content), Some(crypto)) => {
                let content = JsFuture::from(content).await.map_err(|_| place)?;
                ahead = begin(place + 1);
                let digest = digest_whole(&Uint8Array::new(&content), crc32, crypto).await;
                if let Ok(digest) = &digest {
                    meter.borrow_mut().add(digest.bytes);
                }
                digest
            }
            _ => {
                let digest = digest_pieces(file, meter).await;
                ahead = begin(place + 1);
                digest
            }
        };
        digests.push(digest.map_err(|_| place)?);
    }
    Ok(digests)
}

/// The browser's own digests; absent on addresses that are not secure.
fn crypto() -> Option<SubtleCrypto> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    (!subtle.is_undefined() && !subtle.is_null()).then(|| subtle.unchecked_into())
}

/// The browser does SHA-256 beside us.
async fn digest_whole(
    content: &Uint8Array,
    crc32: Option<u32>,
    crypto: &SubtleCrypto,
) -> Result<ContentDigest, JsValue> {
    let sha256 = crypto.digest_with_str_and_buffer_source("SHA-256", content)?;
    press();
    let crc32 = crc32.unwrap_or_else(|| {
        let mut crc32 = crc32fast::Hasher::new();
        in_chunks(content, |chunk| crc32.update(chunk));
        crc32.finalize()
    });
    let sha256 = Uint8Array::new(&JsFuture::from(sha256).await?).to_vec();
    let sha256 = <[u8; 32]>::try_from(sha256).map_err(|_| JsValue::NULL)?;
    Ok(ContentDigest { bytes: u64::from(content.length()), crc32, sha256 })
}

/// Has the browser look for buffers that are not used any more: left alone it would let 64 MB of them gather. What is asked
/// for here is never touched and takes no memory.
fn press() {
    let kind = Reflect::get(&js_sys::global(), &"ArrayBuffer".into());
    if let Some(kind) = kind.ok().and_then(|kind| kind.dyn_into::<Function>().ok()) {
        // Where there is not so much to be had, the browser has looked by now.
        let _ = Reflect::construct(&kind, &Array::of1(&JsValue::from_f64(PRESSURE)));
    }
}

/// Ours, piece by piece; the next piece is read meanwhile.
async fn digest_pieces(file: &Blob, meter: &RefCell<&mut Meter<'_>>) -> Result<ContentDigest, JsValue> {
    let mut digester = Digester::new();
    let reader: ReadableStreamDefaultReader = file.stream().get_reader().dyn_into()?;
    let mut ahead = reader.read();
    let mut unpressed = 0;
    loop {
        let step = JsFuture::from(ahead).await?;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            return Ok(digester.finish());
        }
        ahead = reader.read();
        let bytes: Uint8Array = Reflect::get(&step, &"value".into())?.dyn_into()?;
        in_chunks(&bytes, |chunk| digester.update(chunk));
        meter.borrow_mut().add(u64::from(bytes.length()));
        unpressed += bytes.length();
        if unpressed >= GARBAGE {
            unpressed = 0;
            press();
        }
    }
}

async fn read_piece(file: &Blob, from: f64, to: f64) -> Result<Uint8Array, JsValue> {
    let piece = file.slice_with_f64_and_f64(from.min(file.size()), to.min(file.size()))?;
    Ok(Uint8Array::new(&JsFuture::from(piece.array_buffer()).await?))
}

/// Hands bytes over in chunks, so that no file is in wasm's memory as a whole.
fn in_chunks(bytes: &Uint8Array, mut take: impl FnMut(&[u8])) {
    let mut chunk = vec![0; CHUNK as usize];
    let mut at = 0;
    while at < bytes.length() {
        let end = at.saturating_add(CHUNK).min(bytes.length());
        if let Some(chunk) = chunk.get_mut(..(end - at) as usize) {
            bytes.subarray(at, end).copy_to(chunk);
            take(chunk);
        }
        at = end;
    }
}

/// A file that is read from its beginning to its end, while the page is told.
struct Metered<'a, 'b, 'c> {
    source: &'a mut BlobReader<'b>,
    at: u64,
    meter: &'a mut Meter<'c>,
}

impl io::Read for Metered<'_, '_, '_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let left = self.source.len().saturating_sub(self.at);
        let n = usize::try_from(left).unwrap_or(usize::MAX).min(buf.len());
        self.source.read_at(self.at, buf.get_mut(..n).unwrap_or_default())?;
        self.at += n as u64;
        self.meter.add(n as u64);
        Ok(n)
    }
}

/// Where what is made is put aside: Blobs, which the browser keeps on disk when they grow.
#[derive(Default)]
struct BlobSink {
    parts: Array,
    pending: Vec<u8>,
}

impl BlobSink {
    fn put_aside(&mut self) -> io::Result<()> {
        if !self.pending.is_empty() {
            let bytes = Uint8Array::from(self.pending.as_slice());
            let part = Blob::new_with_u8_array_sequence(&Array::of1(&bytes))
                .map_err(|_| io::Error::from(io::ErrorKind::StorageFull))?;
            self.parts.push(&part);
            self.pending.clear();
        }
        Ok(())
    }

    fn finish(mut self, media_type: &str) -> Result<Blob, String> {
        self.put_aside().map_err(|_| SealError::Write.to_string())?;
        blob_of(&self.parts, media_type)
    }
}

impl io::Write for BlobSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= ASIDE {
            self.put_aside()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file that is read here and there, through a window.
struct BlobReader<'a> {
    file: &'a Blob,
    reader: FileReaderSync,
    window: Vec<u8>,
    start: u64,
    has_failed: bool,
}

impl<'a> BlobReader<'a> {
    fn new(file: &'a Blob) -> Result<Self, JsValue> {
        let reader = FileReaderSync::new()?;
        Ok(Self { file, reader, window: Vec::new(), start: 0, has_failed: false })
    }

    /// What the window has of `offset` and what follows.
    fn known(&self, offset: u64) -> &[u8] {
        let skip = offset.checked_sub(self.start).and_then(|skip| usize::try_from(skip).ok());
        skip.and_then(|skip| self.window.get(skip..)).unwrap_or_default()
    }

    #[allow(clippy::cast_precision_loss)]
    fn load(&mut self, offset: u64) -> Result<(), JsValue> {
        let end = offset.saturating_add(WINDOW).min(length(self.file));
        let piece = self.file.slice_with_f64_and_f64(offset as f64, end as f64)?;
        self.window = Uint8Array::new(&self.reader.read_as_array_buffer(&piece)?.into()).to_vec();
        self.start = offset;
        Ok(())
    }
}

impl ReadAt for BlobReader<'_> {
    fn len(&self) -> u64 {
        length(self.file)
    }

    fn read_at(&mut self, mut offset: u64, mut buf: &mut [u8]) -> io::Result<()> {
        if offset.checked_add(buf.len() as u64).is_none_or(|end| end > self.len()) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        while !buf.is_empty() {
            if self.known(offset).is_empty() && self.load(offset).is_err() {
                self.has_failed = true;
                return Err(io::Error::other("the file is gone"));
            }
            let known = self.known(offset);
            let n = known.len().min(buf.len());
            let (Some(from), Some(to)) = (known.get(..n), buf.get_mut(..n)) else { break };
            if n == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            to.copy_from_slice(from);
            offset += n as u64;
            buf = buf.get_mut(n..).unwrap_or_default();
        }
        Ok(())
    }
}
