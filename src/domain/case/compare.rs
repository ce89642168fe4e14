//! Whether two values say the same, and how far: entries against what stands on an attachment.

use super::{Answer, Application, display, written};
use crate::domain::base::catalogue::education;
use crate::domain::base::date::{format_iso, parse_date, parse_month};
use crate::domain::base::json::Value;
use crate::domain::base::text;
use crate::domain::pack::{Catalogue, Field, FieldKind, Pack};
use crate::domain::path::FieldPath;

/// How two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// To the letter.
    Same,
    /// But for width, white space and letter case, two ways of writing one date, a name and its code, or everyday words
    /// for one value.
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
pub fn compare(pack: &Pack, application: &Application) -> Vec<Comparison> {
    let mut comparisons = Vec::new();
    for (attachment, file) in application.attachments.iter().enumerate() {
        for (key, found) in file.facts.iter().filter(|(key, _)| key.as_str() != FORM_CODE_KEY) {
            let entered = match application.answer(key) {
                Answer::Given(value) => Some(value.clone()),
                _ => None,
            };
            let found = Some(found.clone()).filter(|v| !v.is_null());
            let agreement = match pack.field(key) {
                Some(field) => agreement_in(field, entered.as_ref(), found.as_ref()),
                None => agreement(entered.as_ref(), found.as_ref()),
            };
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

/// How an entered value agrees with another one of the same field: 男性 is 男, 本科 is 大学本科毕业, 1985年3月 is the month
/// of 1985-03-12.
#[must_use]
pub fn agreement_in(field: &Field, entered: Option<&Value>, found: Option<&Value>) -> Agreement {
    let (Some(a), Some(b)) = (entered, found) else { return agreement(entered, found) };
    if without_ids(a) == without_ids(b) {
        return Agreement::Same;
    }
    let is_same = match (&field.kind, a, b) {
        (FieldKind::Resume, Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same_entry(a, b))
        }
        (kind, a, b) => {
            let meaning = |value: &Value| match value {
                Value::String(words) => written::read(field, words).unwrap_or(Value::Null),
                other => other.clone(),
            };
            let (x, y) = (meaning(a), meaning(b));
            x == y || is_same_value(kind, &x, &y)
        }
    };
    if is_same { Agreement::SameAfterNormalising } else { Agreement::Different }
}

/// A list without the ids of its entries, which only the application has.
fn without_ids(value: &Value) -> Value {
    let Value::Array(list) = value else { return value.clone() };
    let bare = |entry: &Value| {
        let mut entry = entry.clone();
        if let Some(object) = entry.as_object_mut() {
            object.remove("id");
            object.retain(|_, v| v.as_str() != Some(""));
        }
        entry
    };
    Value::Array(list.iter().map(bare).collect())
}

/// [`agreement_in`] for words that were read off a paper: to the letter where they are what was entered, or what the
/// printed form says of it.
#[must_use]
pub fn agreement_of_words(
    field: &Field,
    entered: Option<&Value>,
    found: Option<&Value>,
    words: &str,
) -> Agreement {
    let agreement = agreement_in(field, entered, found);
    let is_letter = |entered: &Value| {
        words == display::field_value(field, Some(entered))
            || entered.as_str().is_some_and(|text| text == words)
    };
    match (agreement, entered) {
        (Agreement::Same | Agreement::SameAfterNormalising, Some(entered)) if is_letter(entered) => {
            Agreement::Same
        }
        (Agreement::Same, Some(_)) if field.kind != FieldKind::Resume => Agreement::SameAfterNormalising,
        (other, _) => other,
    }
}

/// Two entries of a résumé, whatever their ids.
fn is_same_entry(a: &Value, b: &Value) -> bool {
    ["from", "to", "unit", "position"].iter().all(|key| {
        let of =
            |entry: &Value| entry.get(*key).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let (a, b) = (of(a), of(b));
        says_the_same(&a, &b) || is_same_day(&a, &b)
    })
}

fn is_same_value(kind: &FieldKind, a: &Value, b: &Value) -> bool {
    let (Value::String(a), Value::String(b)) = (a, b) else { return false };
    match kind {
        FieldKind::Date | FieldKind::Month => is_same_day(a, b),
        FieldKind::Code(Catalogue::Education) => {
            // A level without 毕业 names its group: 本科 says no more than 大学本科教育.
            let level =
                |code: &str| education::find(code).map(|e| (e.group, e.code.ends_with('0'), e.is_graduated));
            matches!((level(a), level(b)), (Some((g, x, p)), Some((h, y, q)))
                if g == h && ((x && q) || (y && p)))
        }
        FieldKind::Identifier(_) => {
            let bare = |text: &str| text::compact(&text::to_half_width(text)).replace('-', "").to_uppercase();
            bare(a) == bare(b)
        }
        _ => says_the_same(a, b),
    }
}

/// One day, or a day and its month.
fn is_same_day(a: &str, b: &str) -> bool {
    let iso = |words: &str| written::date(words).unwrap_or_else(|| words.trim().to_owned());
    let (a, b) = (iso(a), iso(b));
    let month = |day: &str| parse_date(day).ok().and_then(|d| format_iso(d).get(..7).map(str::to_owned));
    a == b
        || (parse_month(&a).is_ok() && month(&b).as_deref() == Some(a.as_str()))
        || (parse_month(&b).is_ok() && month(&a).as_deref() == Some(b.as_str()))
}

fn says_the_same(a: &str, b: &str) -> bool {
    text::is_same_after_normalising(a, b)
        || matches!((parse_date(a), parse_date(b)), (Ok(a), Ok(b)) if a == b)
}
