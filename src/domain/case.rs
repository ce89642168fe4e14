//! One application (申报): what was answered and attached. [`Application`] reads and writes
//! `precheck.application/1`, [`Edit`] changes it, [`facts`] puts it into the words that rules read. No judgement.

pub mod compare;
pub mod display;
pub mod disposition;
mod edit;
pub mod facts;
pub mod history;
pub mod inspected;
pub mod paper_reading;
pub mod written;
mod fingerprint;
mod read;

use std::collections::BTreeMap;

use serde_json::{Map, json};

use crate::domain::base::json::{self, Value};
use disposition::Disposition;
use inspected::Inspected;
use paper_reading::PaperReading;

pub use edit::{Edit, EditError, MAX_MEMBERS};
pub use fingerprint::{Fingerprint, form_code_of_text};
pub use read::{ApplicationError, MAX_APPLICATION_BYTES, from_value, read};

/// The format that is read and written.
pub const FORMAT: &str = "precheck.application/1";

/// Id of the material that is the signed and stamped declaration.
pub const SIGNED_DECLARATION: &str = "declaration-signed";

/// One application.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Application {
    /// The pack that it was begun with.
    pub pack: PackRef,
    /// The kind of application; empty while it is not chosen.
    pub track: String,
    /// The session; `None` while it is not chosen.
    pub session: Option<String>,
    /// Answers by key. A key that is absent is unknown, `null` says "there is none"; keys that the pack does not
    /// know are kept.
    pub answers: BTreeMap<String, Value>,
    /// The attached files, without their content.
    pub attachments: Vec<Attachment>,
    /// What was read off other papers, to compare.
    pub readings: Vec<PaperReading>,
    /// What the person says to warnings.
    pub dispositions: Vec<Disposition>,
}

/// Which pack an application was begun with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackRef {
    /// The pack's id.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// One attached file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachment {
    /// Id of the material (材料) that it serves.
    pub material: String,
    /// The file's own name, as the person gave it.
    pub file: String,
    /// Media type, such as `image/jpeg`.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the content, 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// What the person read off the file, by the key of the answer that it should agree with.
    pub facts: BTreeMap<String, Value>,
    /// What a look into it found; `None` where nobody looked.
    pub inspected: Option<Inspected>,
}

/// What stands at a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<'a> {
    /// Not answered.
    Unknown,
    /// Answered: there is none.
    Nothing,
    /// Answered.
    Given(&'a Value),
}

impl Application {
    /// What stands at `key`; text that is empty but for white space counts as not answered.
    #[must_use]
    pub fn answer(&self, key: &str) -> Answer<'_> {
        match self.answers.get(key) {
            None => Answer::Unknown,
            Some(Value::Null) => Answer::Nothing,
            Some(Value::String(text)) if text.trim().is_empty() => Answer::Unknown,
            Some(Value::Array(list)) if list.is_empty() => Answer::Unknown,
            Some(value) => Answer::Given(value),
        }
    }

    /// The text at `key`; `None` where there is no text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.answer(key) {
            Answer::Given(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The entries of the list at `key`, each with its id; entries that are not objects with an id are left out.
    pub fn members<'a>(
        &'a self,
        key: &str,
    ) -> impl Iterator<Item = (&'a str, &'a Map<String, Value>)> + use<'a> {
        let list = match self.answers.get(key) {
            Some(Value::Array(list)) => list.as_slice(),
            _ => &[],
        };
        list.iter().filter_map(|entry| {
            let object = entry.as_object()?;
            Some((object.get("id")?.as_str()?, object))
        })
    }

    /// The files of a material, in the order in which they were added, each with its place among all attachments.
    pub fn files_of<'a>(&'a self, material: &'a str) -> impl Iterator<Item = (usize, &'a Attachment)> + 'a {
        self.attachments.iter().enumerate().filter(move |(_, a)| a.material == material)
    }

    /// The application as JSON, attachments, readings and dispositions included.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut object = self.head();
        let attachments = self.attachments.iter().map(Attachment::to_value).collect();
        object.insert("attachments".to_owned(), Value::Array(attachments));
        if !self.readings.is_empty() {
            let readings = self.readings.iter().map(PaperReading::to_value).collect();
            object.insert("readings".to_owned(), Value::Array(readings));
        }
        if !self.dispositions.is_empty() {
            let dispositions = self.dispositions.iter().map(Disposition::to_value).collect();
            object.insert("dispositions".to_owned(), Value::Array(dispositions));
        }
        Value::Object(object)
    }

    /// The bytes of `application.json`: RFC 8785.
    #[must_use]
    pub fn to_canonical(&self) -> Vec<u8> {
        json::canonical(&self.to_value()).unwrap_or_default()
    }

    /// The application as people may read it: indented, with a line end.
    #[must_use]
    pub fn to_pretty(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.to_value()).unwrap_or_default();
        text.push('\n');
        text
    }

    /// What the fingerprint is made of.
    fn head(&self) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("format".to_owned(), Value::String(FORMAT.to_owned()));
        object.insert("pack".to_owned(), json!({ "id": self.pack.id, "version": self.pack.version }));
        object.insert("track".to_owned(), Value::String(self.track.clone()));
        if let Some(session) = &self.session {
            object.insert("session".to_owned(), Value::String(session.clone()));
        }
        let answers = self.answers.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        object.insert("answers".to_owned(), Value::Object(answers));
        object
    }
}

impl Attachment {
    fn to_value(&self) -> Value {
        let mut value = json!({
            "material": self.material,
            "file": self.file,
            "media_type": self.media_type,
            "bytes": self.bytes,
            "sha256": self.sha256,
        });
        if let (Some(object), false) = (value.as_object_mut(), self.facts.is_empty()) {
            let facts = self.facts.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
            object.insert("facts".to_owned(), Value::Object(facts));
        }
        if let (Some(object), Some(inspected)) = (value.as_object_mut(), &self.inspected) {
            object.insert("inspected".to_owned(), inspected.to_value());
        }
        value
    }
}

impl<'a> Answer<'a> {
    /// Whether a value was given.
    #[must_use]
    pub fn is_given(self) -> bool {
        matches!(self, Self::Given(_))
    }

    /// The given value.
    #[must_use]
    pub fn value(self) -> Option<&'a Value> {
        if let Self::Given(value) = self { Some(value) } else { None }
    }
}
