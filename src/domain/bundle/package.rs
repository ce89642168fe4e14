//! The bundle of one application: which files it holds, and whether one that comes back holds what it should.

use std::collections::BTreeSet;

use serde_json::json;

use super::bag::{self, PayloadFile, Verification};
use super::digest::ContentDigest;
use super::zip::{Archive, EntryHead, Piece, ReadAt, ZipError, compose};
use crate::domain::base::date::{format_iso, parse_iso};
use crate::domain::base::json::{self, Value};
use crate::domain::case::{self, Application, Attachment};
use crate::domain::declaration;
use crate::domain::declaration::docx::DocxError;
use crate::domain::guide::{APP_VERSION, Assessment, assess, report_html, report_value};
use crate::domain::pack::{Overlay, Pack};

/// The longest JSON file of a bundle that is read, in bytes.
const MAX_JSON: u64 = 16 << 20;

/// A bundle, ready to be written piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The name that the file should have.
    pub file_name: String,
    /// 填报码.
    pub form_code: String,
    /// SHA-256 of the tag manifest.
    pub root_hash: String,
    /// Length of the whole in bytes.
    pub bytes: u64,
    /// The pieces, in order.
    pub pieces: Vec<PackagePiece>,
}

/// A piece of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackagePiece {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The content of the attachment at that place.
    Attachment(usize),
}

/// Why a bundle was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// Something bars the submission.
    #[error("还有 {count} 处须处理，处理完才能导出")]
    Blocked {
        /// How many findings and rules.
        count: usize,
    },
    /// A file is not what it was when it was attached.
    #[error("附件“{file}”的内容与添加时不同或已丢失，重新添加后再导出")]
    AttachmentChanged {
        /// The file's own name.
        file: String,
    },
    /// The archive cannot be made.
    #[error("{0}")]
    Zip(#[from] ZipError),
    /// The declaration cannot be written.
    #[error("申报表没有生成（{0}）")]
    Docx(#[from] DocxError),
}

enum Content {
    Bytes(Vec<u8>),
    Attachment(usize),
}

/// Puts the bundle together. `digests` are those of the attachments' contents as they were read just now, in the
/// application's order.
///
/// # Errors
/// [`PackageError`]; then there is no bundle, not even a part of one.
pub fn assemble(
    pack: &Pack,
    application: &Application,
    assessment: &Assessment,
    digests: &[ContentDigest],
) -> Result<Package, PackageError> {
    if assessment.blocks() {
        let count = assessment.blockers().count() + assessment.blocking_rules().count();
        return Err(PackageError::Blocked { count });
    }
    for (idx, file) in application.attachments.iter().enumerate() {
        let is_same =
            digests.get(idx).is_some_and(|d| d.bytes == file.bytes && d.sha256_hex() == file.sha256);
        if !is_same {
            return Err(PackageError::AttachmentChanged { file: file.file.clone() });
        }
    }
    let report = report_value(pack, application, assessment);
    let document = declaration::fill(pack, application, assessment.reference);
    let mut contents: Vec<(String, Content)> = vec![
        ("application.json".to_owned(), Content::Bytes(application.to_canonical())),
        ("declaration.docx".to_owned(), Content::Bytes(declaration::docx::write(&document)?)),
        ("pack.json".to_owned(), Content::Bytes(canonical(&pack_value(pack)))),
        ("report.html".to_owned(), Content::Bytes(report_html(pack, application, assessment).into_bytes())),
        ("report.json".to_owned(), Content::Bytes(canonical(&report))),
    ];
    for (idx, path) in material_paths(application).into_iter().enumerate() {
        contents.push((path, Content::Attachment(idx)));
    }
    contents.sort_by(|a, b| a.0.cmp(&b.0));
    let digest_of = |content: &Content| match content {
        Content::Bytes(bytes) => ContentDigest::of(bytes),
        Content::Attachment(idx) => digests.get(*idx).copied().unwrap_or(ContentDigest::of(&[])),
    };
    let payload: Vec<PayloadFile> =
        contents.iter().map(|(path, c)| PayloadFile { path: path.clone(), digest: digest_of(c) }).collect();
    let form_code = application.fingerprint().form_code();
    let info = [
        ("Bag-Software-Agent", format!("Precheck {APP_VERSION}")),
        ("Bagging-Date", format_iso(assessment.reference)),
        ("External-Identifier", form_code.clone()),
        ("Internal-Sender-Description", format!("{} {}", pack.info.id, pack.info.version)),
    ];
    let tags = bag::tag_files(&payload, &info);
    let root = root_name(application);
    let mut entries: Vec<(EntryHead, Content)> = tags
        .files
        .into_iter()
        .map(|(name, bytes)| {
            (head(format!("{root}/{name}"), &ContentDigest::of(&bytes)), Content::Bytes(bytes))
        })
        .collect();
    for ((path, content), file) in contents.into_iter().zip(&payload) {
        entries.push((head(format!("{root}/data/{path}"), &file.digest), content));
    }
    entries.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let heads: Vec<EntryHead> = entries.iter().map(|(head, _)| head.clone()).collect();
    let mut bytes = 0;
    let mut pieces = Vec::new();
    for piece in compose(&heads)? {
        match piece {
            Piece::Header(header) => {
                bytes += header.len() as u64;
                pieces.push(PackagePiece::Bytes(header));
            }
            Piece::Content(idx) => {
                if let Some((head, content)) = entries.get_mut(idx) {
                    bytes += head.bytes;
                    pieces.push(match content {
                        Content::Bytes(content) => PackagePiece::Bytes(std::mem::take(content)),
                        Content::Attachment(idx) => PackagePiece::Attachment(*idx),
                    });
                }
            }
        }
    }
    Ok(Package { file_name: format!("{root}.zip"), form_code, root_hash: tags.root_hash, bytes, pieces })
}

fn head(path: String, digest: &ContentDigest) -> EntryHead {
    EntryHead { path, bytes: digest.bytes, crc32: digest.crc32 }
}

fn canonical(value: &Value) -> Vec<u8> {
    json::canonical(value).unwrap_or_default()
}

fn root_name(application: &Application) -> String {
    format!("{}-{}", application.fingerprint().form_code(), application.track)
}

/// The pack with the overlays that the bundle brings; `None` where they are those that it has, or do not fit.
fn overlaid(pack: &Pack, reference: &Value) -> Option<Pack> {
    let overlays = reference
        .get("overlays")?
        .as_array()?
        .iter()
        .map(|o| Overlay::parse(o.get("text")?.as_str()?.as_bytes()).ok())
        .collect::<Option<Vec<_>>>()?;
    let is_same = overlays.iter().map(|o| &o.info).eq(&pack.overlays);
    if is_same { None } else { pack.with_overlays(&overlays).ok() }
}

fn pack_value(pack: &Pack) -> Value {
    json!({
        "format": "precheck.pack-reference/1",
        "id": pack.info.id,
        "version": pack.info.version,
        "sha256": pack.sha256,
        "overlays": pack
            .overlays
            .iter()
            .map(|o| json!({ "id": o.id, "title": o.title, "sha256": o.sha256, "text": o.text }))
            .collect::<Vec<_>>(),
    })
}

/// Where each attachment stands below `data/`: `materials/<material>-<n>.<ext>`, numbered from 1 within its material.
fn material_paths(application: &Application) -> Vec<String> {
    let all = &application.attachments;
    all.iter()
        .enumerate()
        .map(|(idx, file)| {
            let n = 1 + all.iter().take(idx).filter(|other| other.material == file.material).count();
            let material: String =
                file.material.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            format!("materials/{material}-{n}.{}", extension(file))
        })
        .collect()
}

/// The ending by the media type, else the file's own where it is short and plain.
fn extension(file: &Attachment) -> String {
    let known = match file.media_type.as_str() {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        "image/bmp" => "bmp",
        "image/tiff" => "tif",
        "application/pdf" => "pdf",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let own = file.file.rsplit_once('.').map(|(_, ext)| ext.to_ascii_lowercase()).unwrap_or_default();
    let is_plain = (1..=5).contains(&own.len()) && own.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_plain { own } else { "bin".to_owned() }
}

/// What verifying a bundle found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageVerification {
    /// Nothing is wrong.
    pub is_sound: bool,
    /// SHA-256 of the tag manifest.
    pub root_hash: Option<String>,
    /// 填报码 of the application inside.
    pub form_code: Option<String>,
    /// What is wrong, line by line.
    pub problems: Vec<String>,
    /// The same with codes and files.
    pub verification: Verification,
}

impl PackageVerification {
    /// The result for scripts.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let problems: Vec<Value> = self
            .verification
            .problems
            .iter()
            .map(|p| json!({ "code": p.code, "file": p.file, "message": p.message }))
            .collect();
        json!({
            "valid": self.is_sound,
            "root": self.verification.root,
            "root_hash": self.root_hash,
            "form_code": self.form_code,
            "files": self.verification.files.len(),
            "problems": problems,
        })
    }
}

/// Verifies a bundle that is in memory.
#[must_use]
pub fn verify(mut bytes: &[u8], pack: &Pack) -> PackageVerification {
    verify_reader(&mut bytes, pack)
}

/// Verifies a bundle: a sound ZIP, a whole and unchanged bag, and inside it an application whose report comes out the
/// same when it is judged again.
#[must_use]
pub fn verify_reader(source: &mut dyn ReadAt, pack: &Pack) -> PackageVerification {
    let (mut found, archive) = bag::verify(source);
    let mut form_code = None;
    if let (Some(archive), Some(root)) = (archive, found.root.clone()) {
        form_code = check_package(&mut found, source, &archive, &root, pack);
    }
    let problems = found
        .problems
        .iter()
        .map(|p| {
            let file = if p.file.is_empty() { String::new() } else { format!("“{}”：", p.file) };
            format!("{} {file}{}", p.code, p.message)
        })
        .collect();
    PackageVerification {
        is_sound: found.problems.is_empty(),
        root_hash: found.root_hash.clone(),
        form_code,
        problems,
        verification: found,
    }
}

/// Checks what is ours: application, pack and report. Gives the application's 填报码.
fn check_package(
    found: &mut Verification,
    source: &mut dyn ReadAt,
    archive: &Archive,
    root: &str,
    pack: &Pack,
) -> Option<String> {
    let mut read = |name: &str| -> Result<Vec<u8>, String> {
        let path = format!("{root}/data/{name}");
        let entry = archive.entry(&path).ok_or("包里没有这个文件")?;
        archive.read_all(source, entry, MAX_JSON).map_err(|p| p.to_string())
    };
    let application = match read("application.json").and_then(|b| case::read(&b).map_err(|e| e.to_string())) {
        Ok(application) => application,
        Err(reason) => {
            found.say("B201", "data/application.json", reason);
            return None;
        }
    };
    let form_code = application.fingerprint().form_code();
    let report = read("report.json");
    let reference_pack = read("pack.json");
    for name in ["declaration.docx", "report.html"] {
        if !found.files.contains_key(&format!("data/{name}")) {
            found.say("B201", &format!("data/{name}"), "包里没有这个文件");
        }
    }
    if root != root_name(&application) {
        found.say("B204", "data/application.json", "填报码与文件夹名不符，申报内容被换过");
    }
    check_attachments(found, &application);
    let reference_pack = reference_pack.map(|b| json::parse(&b, usize::MAX));
    // The overlays stand in the bundle in full: with the pack at hand the same rules can be put together again.
    let overlaid = match &reference_pack {
        Ok(Ok(value)) => overlaid(pack, value),
        _ => None,
    };
    let pack = overlaid.as_ref().unwrap_or(pack);
    let is_our_pack = match reference_pack {
        Ok(Ok(value)) => value == pack_value(pack),
        Ok(Err(error)) => {
            found.say("B201", "data/pack.json", error.to_string());
            return Some(form_code);
        }
        Err(reason) => {
            found.say("B201", "data/pack.json", reason);
            return Some(form_code);
        }
    };
    if !is_our_pack {
        found.say("B205", "data/pack.json", "用的是另一个规则包，没有重做检查；换用同一规则包再核验");
        return Some(form_code);
    }
    match report.and_then(|b| json::parse(&b, usize::MAX).map_err(|e| e.to_string())) {
        Ok(report) => check_report(found, &application, &report, pack),
        Err(reason) => found.say("B201", "data/report.json", reason),
    }
    Some(form_code)
}

fn check_attachments(found: &mut Verification, application: &Application) {
    let mut expected = BTreeSet::new();
    for (file, path) in application.attachments.iter().zip(material_paths(application)) {
        let path = format!("data/{path}");
        let is_same =
            found.files.get(&path).is_some_and(|d| d.bytes == file.bytes && d.sha256_hex() == file.sha256);
        if !is_same {
            found.say("B203", &path, "附件与申报内容中的记载不符");
        }
        expected.insert(path);
    }
    let strays: Vec<String> = found
        .files
        .keys()
        .filter(|p| p.starts_with("data/materials/") && !expected.contains(*p))
        .cloned()
        .collect();
    for path in strays {
        found.say("B203", &path, "申报内容里没有这个附件");
    }
}

/// Judges the application again on the report's own day, and compares everything but the program's version.
fn check_report(found: &mut Verification, application: &Application, report: &Value, pack: &Pack) {
    let file = "data/report.json";
    let Some(reference) = report.get("reference_date").and_then(Value::as_str).and_then(parse_iso) else {
        found.say("B201", file, "报告没有判断日期");
        return;
    };
    let mut again = report_value(pack, application, &assess(pack, application, reference));
    if let (Some(again), Some(version)) = (again.as_object_mut(), report.get("app_version")) {
        again.insert("app_version".to_owned(), version.clone());
    }
    if &again != report {
        found.say("B202", file, "重做检查的结果与报告不同");
    }
}
