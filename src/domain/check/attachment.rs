//! F102–F107: a file that cannot serve, or that says something else than the entries.

use super::Input;
use super::attachment_content::conversion_of;
use crate::domain::base::messages;
use crate::domain::case::compare::{Agreement, compare};
use crate::domain::case::inspected::IDENTITY;
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

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let attachments = &input.application.attachments;
    for (place, file) in attachments.iter().enumerate() {
        let path = FieldPath::of_material(&file.material);
        let Some(material) = input.pack.material(&file.material) else {
            found.push(Diagnostic::new("F106", path, &[], &input.entry_clause()));
            continue;
        };
        let named = ("label", material.label.as_str());
        let mut raise = |key| found.push(Diagnostic::new(key, path.clone(), &[named], &material.clauses));
        if file.bytes == 0 {
            raise("F102");
        } else if !USUAL.contains(&file.media_type.as_str()) && conversion_of(file).is_none() {
            raise("F107");
        }
        if let Some(expected) = media_type_of_name(&file.file)
            && USUAL.contains(&file.media_type.as_str())
            && expected != file.media_type
        {
            raise("F103");
        }
        let twin =
            attachments.iter().take(place).find(|other| other.sha256 == file.sha256 && other.bytes > 0);
        if let Some(other) = twin {
            let other_label = material_label(input, &other.material, "F104/at_other");
            found.push(
                Diagnostic::new("F104", path, &[named, ("other", other_label)], &material.clauses)
                    .with_related(FieldPath::of_material(&other.material), other_label),
            );
        }
    }
    for comparison in compare(input.pack, input.application) {
        if comparison.agreement == Agreement::Different {
            let key = comparison.path.key().to_owned();
            let label = material_label(input, &comparison.material, "F105/at_material");
            let arguments = [("label", input.label(&key)), ("material", label)];
            let diagnostic = Diagnostic::new("F105", comparison.path, &arguments, &input.clauses(&key))
                .with_related(FieldPath::of_material(&comparison.material), label);
            let is_identity = IDENTITY.contains(&key.as_str());
            found.push(if is_identity { diagnostic } else { diagnostic.at_most(Severity::Warning) });
        }
    }
}

/// The material's label, or the words of `key` where the pack does not know it.
fn material_label<'a>(input: &Input<'a>, material: &str, key: &str) -> &'a str {
    input.pack.material(material).map_or_else(|| messages::template(key), |m| m.label.as_str())
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
