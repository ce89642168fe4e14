//! Entries against what was read off a paper, field by field.

use serde_json::{Value, json};

use super::recognise::Reading;
use crate::domain::case::compare::{Agreement, agreement_of_words};
use crate::domain::case::{Answer, Application, display};
use crate::domain::pack::{Field, Pack};

/// One field on both sides.
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

/// Compares every field of the application's track that was entered or stands on the paper.
#[must_use]
pub fn compare(pack: &Pack, application: &Application, reading: &Reading) -> Vec<FieldComparison> {
    pack.fields_for(&application.track)
        .filter_map(|field| compare_field(application, reading, field))
        .collect()
}

fn compare_field(application: &Application, reading: &Reading, field: &Field) -> Option<FieldComparison> {
    let recognised = reading.field(&field.id);
    // 没有证书 is an answer that a form leaves blank.
    let entered = match application.answer(&field.id) {
        Answer::Given(value) => Some(value.clone()),
        Answer::Unknown | Answer::Nothing => None,
    };
    let found = recognised.and_then(|r| r.value.clone()).filter(|v| !v.is_null());
    if entered.is_none() && found.is_none() {
        return None;
    }
    let words = recognised.map(|r| r.words.as_str()).unwrap_or_default();
    let agreement = agreement_of_words(field, entered.as_ref(), found.as_ref(), words);
    Some(FieldComparison {
        key: field.id.clone(),
        label: field.label.clone(),
        entered_words: display::field_value(field, entered.as_ref()),
        found_words: words.to_owned(),
        place: recognised.map(|r| r.place.label()),
        entered,
        found,
        agreement,
    })
}
