//! The bundle of one application (提交包): which files it holds.

use serde_json::json;

use super::compose::{Composed, Content, compose_bag};
pub use super::compose::{PackageFile, PackagePiece};
use super::digest::ContentDigest;
use super::zip::ZipError;
use crate::domain::base::date::format_iso;
use crate::domain::base::json::{self, Value};
use crate::domain::case::{Application, Attachment};
use crate::domain::declaration;
use crate::domain::declaration::docx::DocxError;
use crate::domain::guide::{APP_VERSION, Assessment, report_html, report_value};
use crate::domain::pack::Pack;

/// The format of `pack.json`.
pub(super) const PACK_FORMAT: &str = "precheck.pack-reference/1";
/// The label in `bag-info.txt` that says whether a bundle is a draft.
pub(super) const STATUS_LABEL: &str = "Precheck-Status";

/// What a bundle is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// To be handed in: nothing bars it.
    Final,
    /// To be worked on: marked so that nobody takes it for a submission.
    Draft,
}

impl Status {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Final => "final",
            Self::Draft => "draft",
        }
    }

    /// The status of that word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Final, Self::Draft].into_iter().find(|status| status.as_str() == word)
    }
}

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
    /// The files in it, in order.
    pub files: Vec<PackageFile>,
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

/// Puts the bundle together. `digests` are those of the attachments' contents as they were read just now, in the
/// application's order. A draft may have what would bar a submission, and says so in `bag-info.txt`, in its report and
/// by its name.
///
/// # Errors
/// [`PackageError`]; then there is no bundle, not even a part of one.
pub fn assemble(
    pack: &Pack,
    application: &Application,
    assessment: &Assessment,
    digests: &[ContentDigest],
    status: Status,
) -> Result<Package, PackageError> {
    if status == Status::Final && assessment.blocks() {
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
    let document = declaration::fill(pack, application, assessment.reference);
    let mut contents: Vec<(String, Content)> = vec![
        ("application.json".to_owned(), Content::Bytes(application.to_canonical())),
        ("declaration.docx".to_owned(), Content::Bytes(declaration::docx::write(&document)?)),
        ("pack.json".to_owned(), Content::Bytes(canonical(&pack_value(pack)))),
        (
            "report.html".to_owned(),
            Content::Bytes(report_html(pack, application, assessment, status == Status::Draft).into_bytes()),
        ),
        ("report.json".to_owned(), Content::Bytes(canonical(&report(pack, application, assessment, status)))),
    ];
    for (idx, path) in material_paths(application).into_iter().enumerate() {
        contents.push((path, Content::Attachment(idx)));
    }
    let form_code = application.fingerprint().form_code();
    let mut info = vec![
        ("Bag-Software-Agent", format!("Precheck {APP_VERSION}")),
        ("Bagging-Date", format_iso(assessment.reference)),
        ("External-Identifier", form_code.clone()),
        ("Internal-Sender-Description", format!("{} {}", pack.info.id, pack.info.version)),
    ];
    if status == Status::Draft {
        info.push(("External-Description", "草稿，不能作为提交材料".to_owned()));
    }
    info.push((STATUS_LABEL, status.as_str().to_owned()));
    let Composed { root_hash, bytes, pieces, files } =
        compose_bag(&root_name(application), contents, digests, &info)?;
    Ok(Package { file_name: file_name(application, status), form_code, root_hash, bytes, pieces, files })
}

/// The name of a bundle's file; a draft's says so.
#[must_use]
pub fn file_name(application: &Application, status: Status) -> String {
    let ending = if status == Status::Draft { "-draft.zip" } else { ".zip" };
    format!("{}{ending}", root_name(application))
}

/// The report of a bundle: it says what the bundle is for.
pub(super) fn report(
    pack: &Pack,
    application: &Application,
    assessment: &Assessment,
    status: Status,
) -> Value {
    let mut report = report_value(pack, application, assessment);
    if let Some(object) = report.as_object_mut() {
        object.insert("bundle".to_owned(), json!({ "status": status.as_str() }));
    }
    report
}

fn canonical(value: &Value) -> Vec<u8> {
    json::canonical(value).unwrap_or_default()
}

/// The name of the bundle's folder.
pub(super) fn root_name(application: &Application) -> String {
    format!("{}-{}", application.fingerprint().form_code(), application.track)
}

/// What a bundle says of the pack that it was judged by.
pub(super) fn pack_value(pack: &Pack) -> Value {
    json!({
        "format": PACK_FORMAT,
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
pub(super) fn material_paths(application: &Application) -> Vec<String> {
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
