//! Whether two values say the same, and how far: entries against what stands on an attachment.

use super::{Answer, Application};
use crate::domain::base::date::parse_date;
use crate::domain::base::json::Value;
use crate::domain::base::text;
use crate::domain::path::FieldPath;

/// How two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// To the letter.
    Same,
    /// But for width, white space and letter case, or two ways of writing one date.
    SameAfterNormalising,
    /// Not.
    Different,
    /// Only entered.
    OnlyHere,
    /// Only on the other side.
    OnlyThere,
}

impl Agreement {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::SameAfterNormalising => "same_after_normalising",
            Self::Different => "different",
            Self::OnlyHere => "only_here",
            Self::OnlyThere => "only_there",
        }
    }

    /// The words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Same => "一致",
            Self::SameAfterNormalising => "一致（写法不同）",
            Self::Different => "不一致",
            Self::OnlyHere => "附件上没有",
            Self::OnlyThere => "没有填报",
        }
    }
}

/// One value, entered and as it stands on an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The answer.
    pub path: FieldPath,
    /// Place of the attachment in the application.
    pub attachment: usize,
    /// Its material.
    pub material: String,
    /// What was entered; `None` where nothing was.
    pub entered: Option<Value>,
    /// What stands on the attachment; `None` where it says nothing.
    pub found: Option<Value>,
    /// How they agree.
    pub agreement: Agreement,
}

/// The key under which an attachment's facts hold the 填报码 that is printed on it; not an answer.
pub const FORM_CODE_KEY: &str = "form_code";

/// Compares every fact that was read off an attachment with the answer of the same key.
#[must_use]
pub fn compare(application: &Application) -> Vec<Comparison> {
    let mut comparisons = Vec::new();
    for (attachment, file) in application.attachments.iter().enumerate() {
        for (key, found) in file.facts.iter().filter(|(key, _)| key.as_str() != FORM_CODE_KEY) {
            let entered = match application.answer(key) {
                Answer::Given(value) => Some(value.clone()),
                _ => None,
            };
            let found = Some(found.clone()).filter(|v| !v.is_null());
            let agreement = agreement(entered.as_ref(), found.as_ref());
            comparisons.push(Comparison {
                path: FieldPath::of_key(key),
                attachment,
                material: file.material.clone(),
                entered,
                found,
                agreement,
            });
        }
    }
    comparisons
}

/// How an entered value agrees with another one.
#[must_use]
pub fn agreement(entered: Option<&Value>, found: Option<&Value>) -> Agreement {
    match (entered, found) {
        (Some(a), Some(b)) if a == b => Agreement::Same,
        (Some(Value::String(a)), Some(Value::String(b))) if says_the_same(a, b) => {
            Agreement::SameAfterNormalising
        }
        (Some(_), Some(_)) => Agreement::Different,
        (Some(_), None) => Agreement::OnlyHere,
        (None, Some(_)) => Agreement::OnlyThere,
        (None, None) => Agreement::Same,
    }
}

fn says_the_same(a: &str, b: &str) -> bool {
    text::is_same_after_normalising(a, b)
        || matches!((parse_date(a), parse_date(b)), (Ok(a), Ok(b)) if a == b)
}
