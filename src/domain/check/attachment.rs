//! F102–F107: a file that cannot serve, or that says something else than the entries.

use super::Input;
use crate::domain::case::compare::{Agreement, compare};
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::path::FieldPath;

/// Media types that a scan or a document usually has.
const USUAL: &[&str] = &[
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/tiff",
    "image/bmp",
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
];

/// Entries that every paper about the person must agree on: 人证相符.
const IDENTITY: &[&str] = &["person.name", "person.id_number"];

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let attachments = &input.application.attachments;
    for (place, file) in attachments.iter().enumerate() {
        let path = FieldPath::of_material(&file.material);
        let Some(material) = input.pack.material(&file.material) else {
            let message = "附件所属的材料不在规则包里，重新归类";
            found.push(Diagnostic::new("F106", path, message, &input.entry_clause()));
            continue;
        };
        if file.bytes == 0 {
            let message = format!("“{}”的文件是空的，重新添加", material.label);
            found.push(Diagnostic::new("F102", path.clone(), message, &material.clauses));
        } else if !USUAL.contains(&file.media_type.as_str()) {
            let message = format!("“{}”的文件不是常见的图片或 PDF，确认对方能打开", material.label);
            found.push(Diagnostic::new("F107", path.clone(), message, &material.clauses));
        }
        if let Some(expected) = media_type_of_name(&file.file)
            && USUAL.contains(&file.media_type.as_str())
            && expected != file.media_type
        {
            let message = format!("“{}”的文件内容与扩展名不符，换一个文件或改名", material.label);
            found.push(Diagnostic::new("F103", path.clone(), message, &material.clauses));
        }
        let twin =
            attachments.iter().take(place).find(|other| other.sha256 == file.sha256 && other.bytes > 0);
        if let Some(other) = twin {
            let other_label = input.pack.material(&other.material).map_or("另一项", |m| m.label.as_str());
            let message = format!("“{}”与“{other_label}”是同一个文件，核对是否放错", material.label);
            found.push(
                Diagnostic::new("F104", path, message, &material.clauses)
                    .with_related(FieldPath::of_material(&other.material), other_label),
            );
        }
    }
    for comparison in compare(input.application) {
        if comparison.agreement == Agreement::Different {
            let key = comparison.path.key().to_owned();
            let label = input.pack.material(&comparison.material).map_or("附件", |m| m.label.as_str());
            let message = format!("“{}”与“{label}”上的不一致，核对哪一个写错", input.label(&key));
            let diagnostic = Diagnostic::new("F105", comparison.path, message, &input.clauses(&key))
                .with_related(FieldPath::of_material(&comparison.material), label);
            let is_identity = IDENTITY.contains(&key.as_str());
            found.push(if is_identity { diagnostic } else { diagnostic.at_most(Severity::Warning) });
        }
    }
}

/// The media type that a file's name promises, for the usual ones.
fn media_type_of_name(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        "bmp" => "image/bmp",
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => return None,
    })
}
