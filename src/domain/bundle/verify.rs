//! Verifying a bundle that comes from anywhere, and opening it again: a sound ZIP, a whole and unchanged bag, and inside
//! it an application whose report comes out the same when it is judged again. Everything wrong is listed.

use std::collections::BTreeSet;

use serde_json::json;

use super::bag::{self, BagProblem, Verification};
use super::digest::ContentDigest;
use super::package::{self, STATUS_LABEL, Status, material_paths, pack_value, root_name};
use super::zip::{Archive, Entry, ReadAt};
use crate::domain::base::date::parse_iso;
use crate::domain::base::json::{self, Value};
use crate::domain::case::{self, Application};
use crate::domain::declaration;
use crate::domain::guide::{APP_VERSION, assess, report_html};
use crate::domain::pack::{Overlay, Pack};

/// The longest JSON file of a bundle that is read, in bytes.
const MAX_JSON: u64 = 16 << 20;

/// The codes that do not hinder opening a bundle as a draft, since it is judged anew then.
const JUDGED_ANEW: [&str; 2] = ["B202", "B205"];

/// What verifying a bundle found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageVerification {
    /// Nothing is wrong.
    pub is_sound: bool,
    /// SHA-256 of the tag manifest.
    pub root_hash: Option<String>,
    /// 填报码 of the application inside.
    pub form_code: Option<String>,
    /// What the bundle says it is for.
    pub status: Option<Status>,
    /// What is wrong, line by line.
    pub problems: Vec<String>,
    /// The same with codes and files.
    pub verification: Verification,
    /// Whether the archive could be opened at all.
    pub is_archive: bool,
    /// What is inside, where it may be opened as a draft.
    pub opened: Option<Opened>,
}

/// What is in a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The application.
    pub application: Application,
    /// The contents of its attachments, in its order.
    pub contents: Vec<Entry>,
    /// The pack that it was judged by, with the overlays that the bundle brings; `None` where that is not at hand.
    pub pack: Option<Pack>,
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
            "repacked": self.verification.is_repacked,
            "status": self.status.map(Status::as_str),
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
pub fn verify(mut bytes: &[u8], packs: &[&Pack]) -> PackageVerification {
    verify_reader(&mut bytes, packs, &mut |_| {})
}

/// Verifies a bundle. `packs` are those at hand; `progress` is told how many bytes were read.
#[must_use]
pub fn verify_reader(
    source: &mut dyn ReadAt,
    packs: &[&Pack],
    progress: &mut dyn FnMut(u64),
) -> PackageVerification {
    let (mut found, archive) = bag::verify(source, progress);
    let is_archive = archive.is_some();
    let mut inside = Inside::default();
    if let (Some(archive), Some(root)) = (&archive, found.root.clone()) {
        inside = check_package(&mut found, source, archive, &root, packs);
    }
    let is_open = found.problems.iter().all(|p| JUDGED_ANEW.contains(&p.code));
    let opened = match (archive, inside.application, &found.root) {
        (Some(archive), Some(application), Some(root)) if is_open => {
            open(&archive, root, application, inside.pack)
        }
        _ => None,
    };
    let problems = found.problems.iter().map(BagProblem::line).collect();
    PackageVerification {
        is_sound: found.problems.is_empty(),
        root_hash: found.root_hash.clone(),
        form_code: inside.form_code,
        status: inside.status,
        problems,
        verification: found,
        is_archive,
        opened,
    }
}

fn open(archive: &Archive, root: &str, application: Application, pack: Option<Pack>) -> Option<Opened> {
    let contents = material_paths(&application)
        .into_iter()
        .map(|path| archive.entry(&format!("{root}/data/{path}")).cloned())
        .collect::<Option<Vec<_>>>()?;
    Some(Opened { application, contents, pack })
}

/// What could be read of a bundle.
#[derive(Default)]
struct Inside {
    form_code: Option<String>,
    status: Option<Status>,
    application: Option<Application>,
    pack: Option<Pack>,
}

/// Checks what is ours: application, pack and report.
fn check_package(
    found: &mut Verification,
    source: &mut dyn ReadAt,
    archive: &Archive,
    root: &str,
    packs: &[&Pack],
) -> Inside {
    let mut inside = Inside::default();
    let mut read = |name: &str| -> Result<Vec<u8>, String> {
        let path = format!("{root}/data/{name}");
        let entry = archive.entry(&path).ok_or("包里没有这个文件")?;
        archive.read_all(source, entry, MAX_JSON).map_err(|p| p.to_string())
    };
    let application = match read("application.json").and_then(|b| case::read(&b).map_err(|e| e.to_string())) {
        Ok(application) => application,
        Err(reason) => {
            found.say_unless_broken("B201", "data/application.json", reason);
            return inside;
        }
    };
    inside.form_code = Some(application.fingerprint().form_code());
    let mut read_json = |name: &str, format: &str| {
        let value = read(name).and_then(|b| json::parse(&b, usize::MAX).map_err(|e| e.to_string()))?;
        match value.get("format").and_then(Value::as_str) {
            Some(known) if known == format => Ok(value),
            other => Err(format!("格式是“{}”，本程序只读 {format}", other.unwrap_or_default())),
        }
    };
    let report = read_json("report.json", "precheck.report/1");
    let reference = read_json("pack.json", package::PACK_FORMAT);
    for name in ["declaration.docx", "report.html"] {
        if !found.files.contains_key(&format!("data/{name}")) {
            found.say_unless_broken("B201", &format!("data/{name}"), "包里没有这个文件");
        }
    }
    if root != root_name(&application) {
        found.say("B204", "data/application.json", "填报码与文件夹名不符，申报内容被换过");
    }
    check_attachments(found, &application);
    let pack = reference.map(|reference| pack_of(packs, &reference));
    let report = report.map_err(|reason| found.say_unless_broken("B201", "data/report.json", reason)).ok();
    if let Some(report) = &report {
        inside.status = check_status(found, report);
    }
    match pack {
        Err(reason) => found.say_unless_broken("B201", "data/pack.json", reason),
        Ok(None) => {
            found.say("B205", "data/pack.json", "用的是另一个规则包，没有重做检查；换用同一规则包再核验")
        }
        Ok(Some(pack)) => {
            if let Some(report) = &report {
                check_report(found, &application, report, &pack, inside.status);
            }
            inside.pack = Some(pack);
        }
    }
    inside.application = Some(application);
    inside
}

/// The pack that a bundle was judged by, if it is at hand. The overlays stand in the bundle in full: with the pack the
/// same rules can be put together again.
fn pack_of(packs: &[&Pack], reference: &Value) -> Option<Pack> {
    let fits = |pack: &Pack| *reference == pack_value(pack);
    if let Some(pack) = packs.iter().find(|pack| fits(pack)) {
        return Some((*pack).clone());
    }
    let overlays = reference
        .get("overlays")?
        .as_array()?
        .iter()
        .map(|o| Overlay::parse(o.get("text")?.as_str()?.as_bytes()).ok())
        .collect::<Option<Vec<_>>>()?;
    let same_text = |pack: &&&Pack| reference.get("sha256").and_then(Value::as_str) == Some(&pack.sha256);
    let pack = packs.iter().find(same_text)?;
    pack.with_overlays(&overlays).ok().filter(fits)
}

/// Checks that the bundle says the same of what it is for wherever it says so. What is not marked is taken for final.
fn check_status(found: &mut Verification, report: &Value) -> Option<Status> {
    let word = |value: Option<&str>| value.map_or(Some(Status::Final), Status::of_word);
    let said = report.get("bundle").and_then(|b| b.get("status")).and_then(Value::as_str);
    let (in_report, on_bag) = (word(said), word(found.info.get(STATUS_LABEL).map(String::as_str)));
    let blocks = report.get("blocks").and_then(Value::as_bool).unwrap_or(true);
    if in_report.is_none() || in_report != on_bag {
        found.say("B206", "bag-info.txt", "是否草稿，与报告所写不一致");
    } else if in_report == Some(Status::Final) && blocks {
        found.say("B206", "data/report.json", "报告里还有须处理的问题，却没有标为草稿");
    }
    in_report
}

fn check_attachments(found: &mut Verification, application: &Application) {
    let mut expected = BTreeSet::new();
    for (file, path) in application.attachments.iter().zip(material_paths(application)) {
        let path = format!("data/{path}");
        match found.files.get(&path) {
            // The manifest lists it, and its absence or change was named with it.
            _ if found.has_named(&path) => {}
            None => found.say("B203", &path, "申报内容里有这个附件，包里没有"),
            Some(digest) if digest.bytes != file.bytes => {
                let message =
                    format!("附件应为 {} 字节，实为 {} 字节，不是申报时的文件", file.bytes, digest.bytes);
                found.say("B203", &path, message);
            }
            Some(digest) if digest.sha256_hex() != file.sha256 => {
                found.say("B203", &path, "附件内容与申报内容中的校验值不符");
            }
            Some(_) => {}
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
fn check_report(
    found: &mut Verification,
    application: &Application,
    report: &Value,
    pack: &Pack,
    status: Option<Status>,
) {
    let file = "data/report.json";
    let Some(reference) = report.get("reference_date").and_then(Value::as_str).and_then(parse_iso) else {
        found.say("B201", file, "报告没有判断日期");
        return;
    };
    let assessment = assess(pack, application, reference);
    let mut again = package::report(pack, application, &assessment, status.unwrap_or(Status::Final));
    if let (Some(again), Some(version)) = (again.as_object_mut(), report.get("app_version")) {
        again.insert("app_version".to_owned(), version.clone());
    }
    if &again != report {
        found.say("B202", file, "重做检查的结果与报告不同");
        return;
    }
    // The same version writes the same papers; another one may word them otherwise.
    if report.get("app_version").and_then(Value::as_str) != Some(APP_VERSION) {
        return;
    }
    let is_draft = status == Some(Status::Draft);
    let page = report_html(pack, application, &assessment, is_draft).into_bytes();
    let document = declaration::docx::write(&declaration::fill(pack, application, reference));
    for (file, content) in [("data/report.html", Some(page)), ("data/declaration.docx", document.ok())] {
        let digest = content.map(|content| ContentDigest::of(&content));
        if digest.is_some_and(|digest| found.files.get(file).is_some_and(|other| *other != digest)) {
            found.say_unless_named("B202", file, "与按申报内容重新生成的不同，被换过");
        }
    }
}
