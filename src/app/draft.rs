//! A draft (草稿) as it lies in the browser's storage: `precheck.draft/1`.

use chrono::NaiveDate;
use serde_json::json;

use super::receipt::Receipt;
use crate::domain::base::date::{format_iso, parse_iso};
use crate::domain::base::json::{self, JsonError, Value};
use crate::domain::case::{self, Application, ApplicationError};

/// The format that is written.
pub const FORMAT: &str = "precheck.draft/1";

/// The longest name of a draft, in characters.
pub const MAX_NAME_CHARS: usize = 60;

/// An application on its way, with what the device keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Its id on this device.
    pub id: String,
    /// The name that the person gave it; empty for the name in the entries.
    pub name: String,
    /// When it was last saved, in milliseconds since 1970.
    pub updated_ms: u64,
    /// Counts committed changes; a save with an older number never replaces a newer one.
    pub revision: u64,
    /// The day on which it is to be judged; `None` for today.
    pub reference: Option<NaiveDate>,
    /// The key of the pack that it is judged by; empty in drafts of an older version.
    pub pack_key: String,
    /// The application.
    pub application: Application,
    /// For each attachment the key of its content in storage.
    pub blobs: Vec<String>,
    /// What the person keeps of the last export.
    pub receipt: Option<Receipt>,
}

/// What the list of drafts shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftHead {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub title: String,
    /// Id of the track; empty while not chosen.
    pub track: String,
    /// Id of the session.
    pub session: Option<String>,
    /// When it was last saved, in milliseconds since 1970.
    pub updated_ms: u64,
}

/// Why a stored record is not a draft that this version can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// Not JSON.
    #[error("草稿记录已损坏（{0}）")]
    Json(#[from] JsonError),
    /// Written by a newer version of the program.
    #[error("草稿由更新的版本写成（{found}），先更新本程序")]
    Newer {
        /// The format named there.
        found: String,
    },
    /// The application in it cannot be read.
    #[error("草稿中的申报内容读不出来（{0}）")]
    Application(#[from] ApplicationError),
    /// Something else is missing.
    #[error("草稿记录缺少“{0}”")]
    Missing(&'static str),
}

impl Draft {
    /// The draft's name in words.
    #[must_use]
    pub fn title(&self) -> String {
        if !self.name.trim().is_empty() {
            return self.name.trim().to_owned();
        }
        self.application.text("person.name").map_or_else(|| "未命名的草稿".to_owned(), str::to_owned)
    }

    /// What the list shows of it.
    #[must_use]
    pub fn head(&self) -> DraftHead {
        DraftHead {
            id: self.id.clone(),
            title: self.title(),
            track: self.application.track.clone(),
            session: self.application.session.clone(),
            updated_ms: self.updated_ms,
        }
    }

    /// The record for storage.
    #[must_use]
    pub fn to_record(&self) -> String {
        json!({
            "format": FORMAT,
            "id": self.id,
            "name": self.name,
            "updated_ms": self.updated_ms,
            "revision": self.revision,
            "reference": self.reference.map(format_iso),
            "pack_key": self.pack_key,
            "application": self.application.to_value(),
            "blobs": self.blobs,
            "receipt": self.receipt.as_ref().map(Receipt::to_value),
        })
        .to_string()
    }

    /// Reads a record from storage.
    ///
    /// # Errors
    /// [`DraftError`].
    pub fn from_record(record: &str) -> Result<Self, DraftError> {
        let value = json::parse(record.as_bytes(), 2 * case::MAX_APPLICATION_BYTES)?;
        let format = value.get("format").and_then(Value::as_str).ok_or(DraftError::Missing("format"))?;
        if format != FORMAT {
            return Err(DraftError::Newer { found: format.to_owned() });
        }
        let text = |key: &'static str| value.get(key).and_then(Value::as_str).ok_or(DraftError::Missing(key));
        let number =
            |key: &'static str| value.get(key).and_then(Value::as_u64).ok_or(DraftError::Missing(key));
        let application = value.get("application").ok_or(DraftError::Missing("application"))?;
        let blobs = value.get("blobs").and_then(Value::as_array).ok_or(DraftError::Missing("blobs"))?;
        Ok(Self {
            id: text("id")?.to_owned(),
            name: text("name")?.to_owned(),
            updated_ms: number("updated_ms")?,
            revision: number("revision")?,
            reference: value.get("reference").and_then(Value::as_str).and_then(parse_iso),
            pack_key: value.get("pack_key").and_then(Value::as_str).unwrap_or_default().to_owned(),
            application: case::from_value(application)?,
            blobs: blobs.iter().filter_map(|b| b.as_str().map(str::to_owned)).collect(),
            receipt: value.get("receipt").and_then(Receipt::from_value),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let mut draft = Draft {
            id: "d1".to_owned(),
            revision: 3,
            pack_key: "abc".to_owned(),
            reference: parse_iso("2026-06-01"),
            ..Draft::default()
        };
        draft.application.answers.insert("person.name".to_owned(), Value::String("张三".to_owned()));
        draft
    }

    #[test]
    fn a_record_reads_as_it_was_written() {
        assert_eq!(Draft::from_record(&draft().to_record()).unwrap(), draft());
        assert_eq!(draft().title(), "张三");
    }

    #[test]
    fn a_record_that_cannot_be_read_is_named() {
        let record = draft().to_record();
        let newer = record.replace("precheck.draft/1", "precheck.draft/9");
        assert_eq!(
            Draft::from_record(&newer),
            Err(DraftError::Newer { found: "precheck.draft/9".to_owned() })
        );
        assert!(matches!(Draft::from_record(&record[..record.len() / 2]), Err(DraftError::Json(_))));
        assert_eq!(Draft::from_record("{}"), Err(DraftError::Missing("format")));
    }
}
