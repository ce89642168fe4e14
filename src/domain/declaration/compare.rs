//! From what was recognised to what the application keeps of it, and its comparison with the entries.

use super::recognise::Reading;
use crate::domain::case::Application;
use crate::domain::case::paper_reading::{FieldComparison, PaperKind, PaperReading, PaperValue};
use crate::domain::pack::Pack;

impl Reading {
    /// What an application keeps of it. `sha256` is that of the file or text, in hexadecimal digits.
    #[must_use]
    pub fn to_paper(&self, kind: PaperKind, file: &str, sha256: &str) -> PaperReading {
        let value = |f: &super::Recognised| PaperValue {
            value: f.value.clone().filter(|v| !v.is_null()),
            words: f.words.clone(),
            place: f.place.label(),
        };
        PaperReading {
            kind,
            file: file.to_owned(),
            sha256: sha256.to_owned(),
            form_code: self.form_code.clone(),
            fields: self.fields.iter().map(|f| (f.key.clone(), value(f))).collect(),
        }
    }
}

/// Compares every field of the application's track that was entered or stands on the paper.
#[must_use]
pub fn compare(pack: &Pack, application: &Application, reading: &Reading) -> Vec<FieldComparison> {
    reading.to_paper(PaperKind::Declaration, "", "").compare(pack, application)
}
