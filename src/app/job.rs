//! What the page has done by a worker: looking into files, reading and filling papers. A [`Job`] and its answer are JSON
//! on the way, with files beside them; [`run`] is pure and is called by the worker alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use super::packs;
use crate::domain::base::date::{format_iso, parse_iso};
use crate::domain::base::digest::ContentDigest;
use crate::domain::base::json::Value;
use crate::domain::bundle::package::Status;
use crate::domain::bundle::seal::{MAX_WORK, OpenKey, SealKey};
use crate::domain::case::inspected::{Inspected, MAX_TEXT_CHARS, Opening};
use crate::domain::case::paper_reading::{PaperKind, PaperReading};
use crate::domain::case::{self, Application};
use crate::domain::declaration::docx::{self, Notes};
use crate::domain::declaration::paper::Paper;
use crate::domain::declaration::{self, Reading, Recognised, Unrecognised};
use crate::domain::media::exif;
use crate::domain::media::inspect::{self, Inspection, Part, Problem, Question};
use crate::domain::media::pdf::{self, Limits};
use crate::domain::media::picture::Picture;
use crate::domain::media::qr::Why;
use crate::domain::pack::Pack;

/// The most pixels of a page that is shown.
const SHOWN_PIXELS: usize = 3_000_000;

/// Which place of a paper belongs to which field, as the person assigned it: [`Unrecognised::id`] to key.
pub type Assigned = BTreeMap<String, String>;

/// One piece of work. Files go beside it.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// Look into a file.
    Inspect(Question),
    /// Read a paper: a DOCX, or text.
    Read {
        /// The pack's record, see [`packs::to_record`].
        pack: String,
        /// What the paper is.
        kind: PaperKind,
        /// The file's name.
        name: String,
        /// What the person assigned.
        assigned: Assigned,
    },
    /// Fill a blank. A photo may go beside it as a second file.
    Fill {
        /// The pack's record.
        pack: String,
        /// The entries.
        application: Box<Application>,
        /// What the person assigned.
        assigned: Assigned,
    },
    /// Write the declaration as a document. A photo may go beside it.
    Write {
        /// The pack's record.
        pack: String,
        /// The entries.
        application: Box<Application>,
        /// The day on which it is judged.
        reference: NaiveDate,
    },
    /// Take out where a picture was taken.
    StripLocation,
    /// Show a page of a PDF, counted from 0.
    Page(usize),
    /// Fail as a parser might, so that a test can see that the page lives on.
    Trap,
    /// Make a pack ready for the job that comes next. The only job without an answer.
    Prepare {
        /// The pack's record.
        pack: String,
    },
    /// Tell length and digests of one file of any length, and how it begins.
    Digest,
    /// Make a bundle. The contents of the attachments go beside it, in the application's order.
    Bundle {
        /// The pack's record.
        pack: String,
        /// The entries.
        application: Box<Application>,
        /// The day on which it is judged.
        reference: NaiveDate,
        /// What the bundle is for.
        status: Status,
        /// The CRC-32 of the attachments, in their order, where they are known: of a content whose SHA-256 is unchanged
        /// they need not be counted again.
        crc32: Vec<Option<u32>>,
        /// What it is sealed with; `None` leaves it open. How much work a passphrase is worth the worker measures.
        seal: Option<SealKey>,
    },
    /// Verify a bundle.
    Verify {
        /// The records of the packs at hand.
        packs: Vec<String>,
        /// What it is opened with, where it is sealed.
        key: Option<OpenKey>,
    },
    /// Make a backup of drafts. The contents of their attachments go beside it, draft after draft.
    Backup {
        /// The drafts' records.
        drafts: Vec<String>,
        /// The records of the packs that they are judged by.
        packs: Vec<String>,
        /// The CRC-32 of the contents, where they are known.
        crc32: Vec<Option<u32>>,
        /// Today.
        day: NaiveDate,
        /// What it is sealed with; `None` leaves it open.
        seal: Option<SealKey>,
    },
    /// Read a backup.
    Restore {
        /// What it is opened with, where it is sealed.
        key: Option<OpenKey>,
    },
}

fn seal_key_value(key: &SealKey) -> Value {
    match key {
        SealKey::Recipient(key) => json!({ "recipient": key }),
        SealKey::Passphrase { words, .. } => json!({ "passphrase": words }),
    }
}

fn seal_key_of(value: &Value) -> Option<SealKey> {
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    let words = || Some(SealKey::Passphrase { words: text("passphrase")?, work: MAX_WORK });
    text("recipient").map(SealKey::Recipient).or_else(words)
}

#[allow(clippy::option_option, reason = "unknown and wrong are two things")]
fn crc32_of(value: &Value) -> Option<Option<u32>> {
    if value.is_null() {
        return Some(None);
    }
    u32::try_from(value.as_u64()?).ok().map(Some)
}

fn open_key_value(key: &OpenKey) -> Value {
    match key {
        OpenKey::Identity(key) => json!({ "identity": key }),
        OpenKey::Passphrase(words) => json!({ "passphrase": words }),
    }
}

fn open_key_of(value: &Value) -> Option<OpenKey> {
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    text("identity").map(OpenKey::Identity).or_else(|| text("passphrase").map(OpenKey::Passphrase))
}

/// What stands at a key that may hold nothing; `None` where it holds something else than it should.
#[allow(clippy::option_option, reason = "absent and wrong are two things")]
fn optional<T>(value: &Value, key: &str, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
    match value.get(key) {
        None | Some(Value::Null) => Some(None),
        Some(value) => read(value).map(Some),
    }
}

/// How far a job over large files has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes that were read.
    pub done: u64,
    /// Bytes that are to be read.
    pub total: u64,
}

impl Progress {
    /// What the page is told on the way.
    #[must_use]
    pub fn to_value(self) -> Value {
        json!({ "progress": [self.done, self.total] })
    }

    /// Reads it; `None` where the message is another.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let [done, total] = value.get("progress")?.as_array()?.as_slice() else { return None };
        Some(Self { done: done.as_u64()?, total: total.as_u64()? })
    }
}

/// What came of a job: an answer, and a file where one was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The answer.
    pub value: Value,
    /// The file.
    pub file: Option<Vec<u8>>,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done(Answer),
    /// It cannot be done; why, in words for the person.
    Refused(String),
    /// The worker failed, took too long or is not to be had.
    Failed,
}

impl Outcome {
    /// The answer, or why there is none, in words for the person.
    ///
    /// # Errors
    /// The words.
    pub fn answer(self) -> Result<Answer, String> {
        match self {
            Self::Done(answer) => Ok(answer),
            Self::Refused(words) => Err(words),
            Self::Failed => Err("处理这个文件时出错或用时太久，换一个文件再试".to_owned()),
        }
    }
}

/// What a look into a file came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The media type by the content.
    pub media_type: String,
    /// What was found.
    pub inspected: Inspected,
    /// The text of its QR code, or in words why there is none; `None` where none was looked for.
    pub code: Option<Result<String, String>>,
}

/// A paper that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadPaper {
    /// What the application keeps of it.
    pub reading: PaperReading,
    /// Whether it looks like a declaration.
    pub is_form: bool,
    /// What goes where: key, label, place and why, in words.
    pub placed: Vec<PlacedField>,
    /// Labels of no field.
    pub loose: Vec<LooseLabel>,
    /// What is remarkable about the file, in words.
    pub notes: Vec<String>,
}

/// A field's place on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedField {
    /// The field's key.
    pub key: String,
    /// The label as it stands there.
    pub label: String,
    /// Where the value stands.
    pub place: String,
    /// Why it was taken for this field.
    pub reason: String,
    /// How sure, of 100.
    pub score: u64,
}

/// A label of no field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseLabel {
    /// See [`Unrecognised::id`].
    pub id: String,
    /// The label as it stands there.
    pub label: String,
    /// Where it stands.
    pub place: String,
}

impl Job {
    /// The job on its way to the worker.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Self::Inspect(question) => json!({
                "do": "inspect",
                "code": question.code,
                "part": question.part.map(|p| json!([p.page, p.left, p.top, p.right, p.bottom])),
            }),
            Self::Read { pack, kind, name, assigned } => json!({
                "do": "read", "pack": pack, "kind": kind.as_str(), "name": name, "assigned": assigned,
            }),
            Self::Fill { pack, application, assigned } => json!({
                "do": "fill", "pack": pack, "application": application.to_value(), "assigned": assigned,
            }),
            Self::Write { pack, application, reference } => json!({
                "do": "write", "pack": pack, "application": application.to_value(),
                "reference": format_iso(*reference),
            }),
            Self::StripLocation => json!({ "do": "strip_location" }),
            Self::Page(page) => json!({ "do": "page", "page": page }),
            Self::Trap => json!({ "do": "trap" }),
            Self::Prepare { pack } => json!({ "do": "prepare", "pack": pack }),
            Self::Digest => json!({ "do": "digest" }),
            Self::Bundle { pack, application, reference, status, crc32, seal } => json!({
                "do": "bundle", "pack": pack, "application": application.to_value(),
                "reference": format_iso(*reference), "status": status.as_str(),
                "crc32": crc32, "seal": seal.as_ref().map(seal_key_value),
            }),
            Self::Backup { drafts, packs, crc32, day, seal } => json!({
                "do": "backup", "drafts": drafts, "packs": packs, "crc32": crc32,
                "day": format_iso(*day), "seal": seal.as_ref().map(seal_key_value),
            }),
            Self::Restore { key } => json!({ "do": "restore", "key": key.as_ref().map(open_key_value) }),
            Self::Verify { packs, key } => json!({
                "do": "verify", "packs": packs, "key": key.as_ref().map(open_key_value),
            }),
        }
    }

    /// The job as it came from the page; `None` where it is none.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let assigned = || assigned_of(value.get("assigned")?);
        let application = || Some(Box::new(case::from_value(value.get("application")?).ok()?));
        let texts = |key: &str| -> Option<Vec<String>> {
            value.get(key)?.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
        };
        let reference = || parse_iso(value.get("reference")?.as_str()?);
        Some(match value.get("do")?.as_str()? {
            "inspect" => {
                let part = match value.get("part")? {
                    Value::Null => None,
                    list => Some(part_of(list)?),
                };
                Self::Inspect(Question { code: value.get("code")?.as_bool()?, part })
            }
            "read" => {
                let kind = text("kind")?;
                Self::Read {
                    pack: text("pack")?,
                    kind: PaperKind::ALL.into_iter().find(|k| k.as_str() == kind)?,
                    name: text("name")?,
                    assigned: assigned()?,
                }
            }
            "fill" => Self::Fill { pack: text("pack")?, application: application()?, assigned: assigned()? },
            "write" => {
                Self::Write { pack: text("pack")?, application: application()?, reference: reference()? }
            }
            "strip_location" => Self::StripLocation,
            "page" => Self::Page(usize::try_from(value.get("page")?.as_u64()?).ok()?),
            "trap" => Self::Trap,
            "prepare" => Self::Prepare { pack: text("pack")? },
            "digest" => Self::Digest,
            "bundle" => Self::Bundle {
                pack: text("pack")?,
                application: application()?,
                reference: reference()?,
                status: Status::of_word(&text("status")?)?,
                crc32: value.get("crc32")?.as_array()?.iter().map(crc32_of).collect::<Option<_>>()?,
                seal: optional(value, "seal", seal_key_of)?,
            },
            "backup" => Self::Backup {
                drafts: texts("drafts")?,
                packs: texts("packs")?,
                crc32: value.get("crc32")?.as_array()?.iter().map(crc32_of).collect::<Option<_>>()?,
                day: parse_iso(value.get("day")?.as_str()?)?,
                seal: optional(value, "seal", seal_key_of)?,
            },
            "restore" => Self::Restore { key: optional(value, "key", open_key_of)? },
            "verify" => Self::Verify { packs: texts("packs")?, key: optional(value, "key", open_key_of)? },
            _ => return None,
        })
    }
}

/// What a person assigned, as it is stored for a blank.
#[must_use]
pub fn assigned_of(value: &Value) -> Option<Assigned> {
    value.as_object()?.iter().map(|(id, key)| Some((id.clone(), key.as_str()?.to_owned()))).collect()
}

fn part_of(list: &Value) -> Option<Part> {
    let [page, left, top, right, bottom] = list.as_array()?.as_slice() else { return None };
    Some(Part {
        page: usize::try_from(page.as_u64()?).ok()?,
        left: left.as_f64()?,
        top: top.as_f64()?,
        right: right.as_f64()?,
        bottom: bottom.as_f64()?,
    })
}

/// Does a job.
///
/// # Errors
/// Why not, in words for the person.
pub fn run(job: Job, mut files: Vec<Vec<u8>>) -> Result<Answer, String> {
    let mut file =
        || if files.is_empty() { Err("没有收到文件".to_owned()) } else { Ok(files.remove(0)) };
    match job {
        Job::Inspect(question) => {
            let found = inspect::inspect(file()?, question);
            Ok(Answer { value: look(&found, question.code), file: None })
        }
        Job::Read { pack, kind, name, assigned } => {
            let bytes = file()?;
            let pack = pack_of(&pack)?;
            let (paper, notes) = declaration::open(&bytes).map_err(|e| e.to_string())?;
            let reading = recognise(&pack, &paper, &assigned);
            let sha256 = ContentDigest::of(&bytes).sha256_hex();
            Ok(Answer { value: read_paper(&reading, kind, &name, &sha256, words_of(notes)), file: None })
        }
        Job::Fill { pack, application, assigned } => {
            let bytes = file()?;
            let photo = file().ok();
            let pack = pack_of(&pack)?;
            let document = docx::read(&bytes).map_err(|e| e.to_string())?;
            let reading = recognise(&pack, &document.paper, &assigned);
            let photo = photo.as_deref().and_then(docx::Photo::of);
            let filled = docx::fill(&bytes, &document, &pack, &application, &reading, photo)
                .map_err(|e| e.to_string())?;
            let value = json!({
                "placed": filled.placed, "unplaced": filled.unplaced, "photo": filled.photo,
            });
            Ok(Answer { value, file: Some(filled.bytes) })
        }
        Job::Write { pack, application, reference } => {
            let pack = pack_of(&pack)?;
            let document = declaration::fill(&pack, &application, reference);
            let mut bytes = docx::write(&document).map_err(|e| e.to_string())?;
            if let Some(photo) = file().ok().as_deref().and_then(docx::Photo::of) {
                let opened = docx::read(&bytes).map_err(|e| e.to_string())?;
                let reading = recognise(&pack, &opened.paper, &Assigned::new());
                bytes = docx::fill(&bytes, &opened, &pack, &application, &reading, Some(photo))
                    .map_err(|e| e.to_string())?
                    .bytes;
            }
            Ok(Answer { value: Value::Null, file: Some(bytes) })
        }
        Job::StripLocation => {
            let without = exif::without_location(&file()?);
            let without =
                without.ok_or_else(|| "这个文件里的拍摄地点去不掉，截图或另存为 JPEG 后再添加".to_owned())?;
            Ok(Answer { value: Value::Null, file: Some(without) })
        }
        Job::Page(page) => {
            let document = pdf::open(file()?, Limits::default()).map_err(|e| e.to_string())?;
            let grey = document.picture(page, SHOWN_PIXELS).map_err(|e| e.to_string())?;
            let picture = Picture::from_luma(grey.width, grey.height, grey.pixels);
            let png = picture.and_then(|p| p.to_png()).ok_or_else(|| "这一页画不出来".to_owned())?;
            Ok(Answer { value: json!({ "pages": document.pages().len() }), file: Some(png) })
        }
        // The worker ends itself; see there.
        Job::Trap => Err("用于测试的故障".to_owned()),
        // Their files are read where they lie, see `web::large`.
        Job::Prepare { .. }
        | Job::Digest
        | Job::Bundle { .. }
        | Job::Verify { .. }
        | Job::Backup { .. }
        | Job::Restore { .. } => Err("没有收到文件".to_owned()),
    }
}

/// The pack of a record.
///
/// # Errors
/// Where this version cannot read it, in words for the person.
pub fn pack_of(record: &str) -> Result<Pack, String> {
    packs::from_record(record).ok_or_else(|| "规则包读不出来，重新打开本页".to_owned())
}

/// What is remarkable about a file, in words.
fn words_of(notes: Notes) -> Vec<String> {
    let mut words = Vec::new();
    if notes.has_macros {
        words.push("文件里带有宏，本程序不会运行它。".to_owned());
    }
    if notes.n_external > 0 {
        words.push(format!("文件里有 {} 处指向外部的链接，本程序不会打开。", notes.n_external));
    }
    words
}

fn recognise(pack: &Pack, paper: &Paper, assigned: &Assigned) -> Reading {
    let mut reading = declaration::recognise(pack, paper);
    for (id, key) in assigned {
        reading.assign(pack, id, key);
    }
    reading
}

fn look(found: &Inspection, with_code: bool) -> Value {
    let opening = match (found.is_truncated, found.problem) {
        (_, Some(Problem::Locked)) => Opening::Locked,
        (true, _) => Opening::Truncated,
        (false, Some(Problem::Broken)) => Opening::Broken,
        (false, Some(Problem::TooLarge)) => Opening::TooLarge,
        (false, None) => Opening::Opened,
    };
    let mut room = MAX_TEXT_CHARS;
    let text = found.text.as_ref().map(|pages| {
        let mut page = |text: &String| {
            let kept: String = text.chars().take(room).collect();
            room -= kept.chars().count();
            kept
        };
        pages.iter().map(&mut page).collect()
    });
    let inspected = Inspected {
        opening,
        pages: found.pages,
        pixels: found.size,
        dpi: found.dpi,
        blank: found.blank.clone(),
        black: found.black.clone(),
        blurred: found.blurred.clone(),
        has_location: found.has_location,
        background: found.background,
        text,
        has_unreadable: found.has_unreadable,
    };
    json!({
        "media_type": found.kind.media_type(),
        "inspected": inspected.to_value(),
        "code": found.code,
        "why": with_code.then(|| why(found, opening)),
    })
}

/// Why no code was read, in words.
fn why(found: &Inspection, opening: Opening) -> &'static str {
    match (found.why.map(Why::words), found.kind.advice(), opening) {
        (Some(words), _, _) | (None, Some(words), _) => words,
        (None, None, Opening::Locked) => "文件要密码才能打开，去掉密码另存后再添加。",
        (None, None, Opening::Truncated | Opening::Broken) => "文件损坏或不完整，重新拍照或扫描。",
        (None, None, Opening::TooLarge) => "文件太大或太复杂，降低扫描分辨率后再添加。",
        (None, None, _) => "这种文件里找不到二维码，添加照片、扫描的图片或 PDF。",
    }
}

impl Look {
    /// What is known of a file where no look came to an end.
    #[must_use]
    pub fn none(opening: Opening, with_code: bool) -> Self {
        let why = match opening {
            Opening::TooLarge => "文件超过 64 MB，没有查看内容，降低扫描分辨率后重新添加。",
            _ => "查看文件时出错或用时太久，重新扫描后再添加。",
        };
        Self {
            media_type: String::new(),
            inspected: Inspected { opening, ..Inspected::default() },
            code: with_code.then(|| Err(why.to_owned())),
        }
    }

    /// Reads the answer to [`Job::Inspect`].
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let code = match (text("code"), text("why")) {
            (Some(code), _) => Some(Ok(code)),
            (None, Some(why)) => Some(Err(why)),
            (None, None) => None,
        };
        let inspected = Inspected::from_value(value.get("inspected")?)?;
        Some(Self { media_type: text("media_type")?, inspected, code })
    }
}

fn read_paper(reading: &Reading, kind: PaperKind, name: &str, sha256: &str, notes: Vec<String>) -> Value {
    let placed = |f: &Recognised| {
        let reason: Vec<&str> = f.reasons.iter().map(|r| r.label()).collect();
        json!({
            "key": f.key, "label": f.label, "place": f.place.label(), "reason": reason.join("，"), "score": f.score,
        })
    };
    let loose = |u: &Unrecognised| json!({ "id": u.id(), "label": u.label, "place": u.place.label() });
    json!({
        "reading": reading.to_paper(kind, name, sha256).to_value(),
        "is_form": reading.is_form(),
        "placed": reading.fields.iter().map(placed).collect::<Vec<_>>(),
        "loose": reading.unrecognised.iter().map(loose).collect::<Vec<_>>(),
        "notes": notes,
    })
}

impl ReadPaper {
    /// Reads the answer to [`Job::Read`].
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let list = |key: &str| value.get(key)?.as_array();
        let text = |of: &Value, key: &str| of.get(key)?.as_str().map(str::to_owned);
        let placed = |f: &Value| {
            Some(PlacedField {
                key: text(f, "key")?,
                label: text(f, "label")?,
                place: text(f, "place")?,
                reason: text(f, "reason")?,
                score: f.get("score")?.as_u64()?,
            })
        };
        let loose = |u: &Value| {
            Some(LooseLabel { id: text(u, "id")?, label: text(u, "label")?, place: text(u, "place")? })
        };
        Some(Self {
            reading: PaperReading::from_value(value.get("reading")?)?,
            is_form: value.get("is_form")?.as_bool()?,
            placed: list("placed")?.iter().map(placed).collect::<Option<_>>()?,
            loose: list("loose")?.iter().map(loose).collect::<Option<_>>()?,
            notes: list("notes")?.iter().filter_map(|n| n.as_str().map(str::to_owned)).collect(),
        })
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn example() -> Application {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/examiner.json");
        case::read(&std::fs::read(path).unwrap()).unwrap()
    }

    fn record() -> String {
        packs::to_record(&Pack::built_in().unwrap())
    }

    fn day() -> NaiveDate {
        parse_iso("2026-03-01").unwrap()
    }

    fn again(job: &Job) -> Job {
        let text = job.to_value().to_string();
        Job::from_value(&serde_json::from_str(&text).unwrap()).unwrap()
    }

    #[test]
    fn a_job_arrives_as_it_was_sent() {
        let assigned = Assigned::from([("第 1 行文字 甲".to_owned(), "person.name".to_owned())]);
        let part = Part { page: 1, left: 0.25, top: 0.5, right: 0.75, bottom: 1.0 };
        for job in [
            Job::Inspect(Question { code: true, part: Some(part) }),
            Job::Inspect(Question::default()),
            Job::Read {
                pack: record(),
                kind: PaperKind::Portal,
                name: "页面".to_owned(),
                assigned: assigned.clone(),
            },
            Job::Fill { pack: record(), application: Box::new(example()), assigned },
            Job::Write { pack: record(), application: Box::new(example()), reference: day() },
            Job::StripLocation,
            Job::Page(3),
            Job::Trap,
            Job::Prepare { pack: record() },
            Job::Digest,
            Job::Bundle {
                pack: record(),
                application: Box::new(example()),
                reference: day(),
                status: Status::Draft,
                crc32: vec![None, Some(7)],
                seal: Some(SealKey::Passphrase { words: "口令".to_owned(), work: MAX_WORK }),
            },
            Job::Backup {
                drafts: vec!["{}".to_owned()],
                packs: vec![record()],
                crc32: vec![None],
                day: day(),
                seal: Some(SealKey::Recipient("age1".to_owned())),
            },
            Job::Restore { key: None },
            Job::Verify { packs: vec![record()], key: None },
            Job::Verify { packs: Vec::new(), key: Some(OpenKey::Identity("AGE-SECRET-KEY-1".to_owned())) },
        ] {
            assert_eq!(again(&job), job);
        }
        assert_eq!(Job::from_value(&json!({ "do": "dance" })), None);
    }

    #[test]
    fn text_of_the_portal_is_read_and_what_is_loose_can_be_assigned() {
        let text = "个人信息\n姓名：示例甲\n身份证号：510703198503120017\n联系电话：13800138000\n性别：男\n紧急备用号：13900139000\n";
        let read = |assigned: Assigned| {
            let job =
                Job::Read { pack: record(), kind: PaperKind::Portal, name: "页面".to_owned(), assigned };
            ReadPaper::from_value(&run(again(&job), vec![text.as_bytes().to_vec()]).unwrap().value).unwrap()
        };
        let first = read(Assigned::new());
        assert!(first.is_form && first.reading.fields.contains_key("person.name"), "{first:?}");
        let loose = first.loose.iter().find(|l| l.label.contains("紧急备用号")).unwrap();
        let second = read(Assigned::from([(loose.id.clone(), "person.phone".to_owned())]));
        assert_eq!(second.reading.fields["person.phone"].words, "13900139000");
        let phone = second.placed.iter().find(|f| f.key == "person.phone").unwrap();
        assert_eq!((phone.reason.as_str(), phone.score), ("手工指定", 100));
        // What stood there before can be assigned again.
        assert!(second.loose.iter().any(|l| l.label.contains("联系电话")));
    }

    #[test]
    fn a_form_is_filled_and_read_back() {
        let pack = Pack::built_in().unwrap();
        let blank = Application { track: "examiner".to_owned(), ..Application::default() };
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let blank = docx::write(&declaration::fill(&pack, &blank, day)).unwrap();
        let application = Box::new(example());
        let job = Job::Fill { pack: record(), application, assigned: Assigned::new() };
        let filled = run(again(&job), vec![blank]).unwrap();
        assert_eq!(filled.value["photo"], Value::Null);
        let job = Job::Read {
            pack: record(),
            kind: PaperKind::Declaration,
            name: "表.docx".to_owned(),
            assigned: Assigned::new(),
        };
        let back = run(job, vec![filled.file.unwrap()]).unwrap();
        let back = ReadPaper::from_value(&back.value).unwrap();
        let differences: Vec<_> =
            back.reading.compare(&pack, &example()).into_iter().filter(|c| c.differs()).collect();
        assert_eq!(differences, Vec::new());
        assert!(back.reading.fields.len() > 10 && back.reading.sha256.len() == 64);
    }

    #[test]
    fn a_file_is_looked_into() {
        let file =
            |name: &str| std::fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let of = |name: &str, code: bool| {
            let job = Job::Inspect(Question { code, part: None });
            Look::from_value(&run(job, vec![file(name)]).unwrap().value).unwrap()
        };
        let proof = of("insurance.pdf", false);
        assert!(proof.inspected.is_searchable() && proof.code.is_none());
        assert_eq!(of("locked.pdf", true).inspected.opening, Opening::Locked);
        assert!(matches!(of("locked.pdf", true).code, Some(Err(why)) if why.contains("密码")));
        assert_eq!(of("truncated.pdf", false).inspected.opening, Opening::Truncated);
        let page = run(Job::Page(0), vec![file("scan.pdf")]).unwrap();
        assert!(page.file.is_some_and(|png| png.starts_with(b"\x89PNG")));
        assert!(run(Job::Page(99), vec![file("scan.pdf")]).is_err());
        assert!(run(Job::StripLocation, vec![file("scan.pdf")]).is_err());
        assert!(run(Job::StripLocation, Vec::new()).is_err());
    }
}
