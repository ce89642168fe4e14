//! What was read off a declaration or off the portal's page, as the application keeps it, and how it agrees with the
//! entries. The fingerprint does not count it: it is evidence, not an entry.

use std::collections::BTreeMap;

use serde_json::{Map, json};

use super::compare::{Agreement, agreement_of_words};
use super::{Answer, Application, display};
use crate::domain::base::json::Value;
use crate::domain::pack::{Field, Pack};

/// The most readings of one application.
pub const MAX_READINGS: usize = 20;
/// The most fields of one reading.
const MAX_FIELDS: usize = 500;

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperKind {
    /// A filled declaration (申报表) as a file.
    Declaration,
    /// The page of the portal (服务大厅) on which the entries stand.
    Portal,
}

/// One paper, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperReading {
    /// What it is.
    pub kind: PaperKind,
    /// The file's name, or a name for pasted text.
    pub file: String,
    /// SHA-256 of what was read, 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// The 填报码 that stands on it.
    pub form_code: Option<String>,
    /// The fields that have a place on it.
    pub fields: BTreeMap<String, PaperValue>,
}

/// What stands at a field's place on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperValue {
    /// What it means; `None` where nothing stands there.
    pub value: Option<Value>,
    /// The words that stand there.
    pub words: String,
    /// Where, for people.
    pub place: String,
}

/// One field, entered and on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldComparison {
    /// The field's key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What was entered.
    pub entered: Option<Value>,
    /// What stands on the paper, as a value.
    pub found: Option<Value>,
    /// What was entered, in words.
    pub entered_words: String,
    /// What stands on the paper, in words.
    pub found_words: String,
    /// How they agree.
    pub agreement: Agreement,
    /// Where it stands on the paper; `None` where the paper has no place for the field.
    pub place: Option<String>,
}

impl FieldComparison {
    /// Whether somebody must change something: a field for which the paper has no place does not differ.
    #[must_use]
    pub fn differs(&self) -> bool {
        match self.agreement {
            Agreement::Same | Agreement::SameAfterNormalising => false,
            Agreement::OnlyHere => self.place.is_some(),
            Agreement::Different | Agreement::OnlyThere => true,
        }
    }

    /// What `precheck declaration compare` prints of it.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({
            "path": self.key,
            "label": self.label,
            "result": self.agreement.as_str(),
            "differs": self.differs(),
            "entered": self.entered,
            "found": self.found,
            "entered_words": self.entered_words,
            "found_words": self.found_words,
            "place": self.place,
        })
    }
}

impl PaperKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Declaration, Self::Portal];

    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declaration => "declaration",
            Self::Portal => "portal",
        }
    }

    /// The words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Declaration => "申报表",
            Self::Portal => "系统填报页面",
        }
    }
}

impl PaperReading {
    /// Compares every field of the application's track that was entered or stands on the paper.
    #[must_use]
    pub fn compare(&self, pack: &Pack, application: &Application) -> Vec<FieldComparison> {
        pack.fields_for(&application.track)
            .filter_map(|field| self.compare_field(application, field))
            .collect()
    }

    fn compare_field(&self, application: &Application, field: &Field) -> Option<FieldComparison> {
        let there = self.fields.get(&field.id);
        // 没有证书 is an answer that a form leaves blank.
        let entered = match application.answer(&field.id) {
            Answer::Given(value) => Some(value.clone()),
            Answer::Unknown | Answer::Nothing => None,
        };
        let found = there.and_then(|t| t.value.clone()).filter(|v| !v.is_null());
        if entered.is_none() && found.is_none() {
            return None;
        }
        let words = there.map(|t| t.words.as_str()).unwrap_or_default();
        let agreement = agreement_of_words(field, entered.as_ref(), found.as_ref(), words);
        Some(FieldComparison {
            key: field.id.clone(),
            label: field.label.clone(),
            entered_words: display::field_value(field, entered.as_ref()),
            found_words: words.to_owned(),
            place: there.map(|t| t.place.clone()),
            entered,
            found,
            agreement,
        })
    }

    /// As JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let fields: Map<String, Value> = self
            .fields
            .iter()
            .map(|(key, at)| {
                (key.clone(), json!({ "value": at.value, "words": at.words, "place": at.place }))
            })
            .collect();
        json!({
            "kind": self.kind.as_str(),
            "file": self.file,
            "sha256": self.sha256,
            "form_code": self.form_code,
            "fields": fields,
        })
    }

    /// Reads what [`PaperReading::to_value`] wrote; `None` where it is anything else.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        if object.len() != 5 {
            return None;
        }
        let text = |key: &str| object.get(key)?.as_str().map(str::to_owned);
        let kind = text("kind")?;
        let sha256 = text("sha256")?;
        if sha256.len() != 64 || !sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let form_code = match object.get("form_code")? {
            Value::Null => None,
            Value::String(code) => Some(code.clone()),
            _ => return None,
        };
        let fields = object.get("fields")?.as_object().filter(|fields| fields.len() <= MAX_FIELDS)?;
        let at = |value: &Value| {
            let words = value.get("words")?.as_str()?.to_owned();
            let place = value.get("place")?.as_str()?.to_owned();
            Some(PaperValue { value: value.get("value").filter(|v| !v.is_null()).cloned(), words, place })
        };
        let fields: Option<BTreeMap<String, PaperValue>> =
            fields.iter().map(|(key, value)| Some((key.clone(), at(value)?))).collect();
        Some(Self {
            kind: PaperKind::ALL.into_iter().find(|k| k.as_str() == kind)?,
            file: text("file")?,
            sha256,
            form_code,
            fields: fields?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading() -> PaperReading {
        let at = |value: Option<Value>, words: &str| PaperValue {
            value,
            words: words.to_owned(),
            place: "第 1 个表格第 1 行第 2 列".to_owned(),
        };
        PaperReading {
            kind: PaperKind::Portal,
            file: "页面.txt".to_owned(),
            sha256: "0".repeat(64),
            form_code: None,
            fields: BTreeMap::from([
                ("person.name".to_owned(), at(Some(json!("示例甲")), "示例甲")),
                ("person.sex".to_owned(), at(Some(json!("male")), "男性")),
                ("person.email".to_owned(), at(None, "")),
            ]),
        }
    }

    #[test]
    fn what_was_written_reads_the_same() {
        let reading = reading();
        assert_eq!(PaperReading::from_value(&reading.to_value()), Some(reading.clone()));
        for (from, to) in
            [("portal", "pamphlet"), ("\"form_code\":null", "\"form_code\":1"), ("0000", "zzzz")]
        {
            let text = reading.to_value().to_string();
            let wrong = text.replacen(from, to, 1);
            assert_ne!(wrong, text);
            assert_eq!(PaperReading::from_value(&serde_json::from_str(&wrong).unwrap()), None, "{to}");
        }
    }

    #[test]
    fn a_field_without_a_place_does_not_differ() {
        let pack = Pack::built_in().unwrap();
        let mut application = Application { track: "examiner".to_owned(), ..Application::default() };
        for (key, value) in [
            ("person.name", "示例乙"),
            ("person.sex", "male"),
            ("person.email", "a@b.cn"),
            ("person.phone", "13800138000"),
        ] {
            application.answers.insert(key.to_owned(), json!(value));
        }
        let found = reading().compare(&pack, &application);
        let of = |key: &str| {
            let c = found.iter().find(|c| c.key == key).unwrap();
            (c.agreement, c.differs())
        };
        assert_eq!(of("person.name"), (Agreement::Different, true));
        assert_eq!(of("person.sex"), (Agreement::SameAfterNormalising, false));
        assert_eq!(of("person.email"), (Agreement::OnlyHere, true));
        assert_eq!(of("person.phone"), (Agreement::OnlyHere, false));
        assert_eq!(found.len(), 4);
    }
}
