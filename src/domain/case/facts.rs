//! An application in the words that rules read: one value for every fact of the pack, derived ones included.

use chrono::NaiveDate;

use super::{Answer, Application};
use crate::domain::base::catalogue::occupation;
use crate::domain::base::date::parse_date;
use crate::domain::base::json::Value;
use crate::domain::pack::{Derivation, Fact, FactIdx, FactKind, Organiser, Pack, serves};

/// What is known of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Nothing: not answered, or answered with something that cannot be read.
    Unknown,
    /// That there is none: answered so, or the fact does not concern this track.
    Nothing,
    /// Yes or no.
    Bool(bool),
    /// A number.
    Integer(i64),
    /// A day.
    Date(NaiveDate),
    /// A text or code; for choices with the option's place in its list.
    Text {
        /// The value.
        value: String,
        /// Place among the options, for choices.
        rank: Option<usize>,
    },
}

/// Every fact of a pack, for one application and one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactValues {
    values: Vec<Known>,
    /// For each fact the key that an answer to it has: its own, or the one that it is derived from.
    keys: Vec<String>,
    reference: NaiveDate,
}

impl FactValues {
    /// Reads `application` by `pack`, to be judged on the day `reference`.
    #[must_use]
    pub fn of(pack: &Pack, application: &Application, reference: NaiveDate) -> Self {
        Self {
            values: pack.facts.iter().map(|f| value_of(pack, application, f)).collect(),
            keys: pack.facts.iter().map(key_of).collect(),
            reference,
        }
    }

    /// What is known of the fact.
    #[must_use]
    pub fn get(&self, idx: FactIdx) -> &Known {
        self.values.get(idx.0).unwrap_or(&Known::Unknown)
    }

    /// The key whose answer settles the fact.
    #[must_use]
    pub fn key(&self, idx: FactIdx) -> &str {
        self.keys.get(idx.0).map_or("", String::as_str)
    }

    /// The day on which the application is judged.
    #[must_use]
    pub fn reference(&self) -> NaiveDate {
        self.reference
    }
}

fn key_of(fact: &Fact) -> String {
    match &fact.derived {
        None => fact.id.clone(),
        Some(Derivation::Track) => "track".to_owned(),
        Some(Derivation::Session | Derivation::SessionOrganiser) => "session".to_owned(),
        Some(Derivation::OccupationClass { from }) => from.clone(),
        Some(Derivation::Attached { material }) => format!("materials.{material}"),
    }
}

fn value_of(pack: &Pack, application: &Application, fact: &Fact) -> Known {
    if !serves(&fact.tracks, &application.track) {
        return Known::Nothing;
    }
    match &fact.derived {
        None => asked(application, fact),
        Some(Derivation::Track) if application.track.is_empty() => Known::Unknown,
        Some(Derivation::Track) => text(application.track.clone()),
        Some(Derivation::Session) => application.session.clone().map_or(Known::Unknown, text),
        Some(Derivation::SessionOrganiser) => {
            match application.session.as_deref().and_then(|id| pack.session(id)).map(|s| s.organiser) {
                None => Known::Unknown,
                Some(Organiser::Province) => text("province".to_owned()),
                Some(Organiser::City) => text("city".to_owned()),
            }
        }
        Some(Derivation::OccupationClass { from }) => match application.answer(from) {
            Answer::Unknown => Known::Unknown,
            Answer::Nothing => Known::Nothing,
            Answer::Given(Value::String(code)) => {
                occupation::class_of(code).map_or(Known::Unknown, |class| Known::Integer(i64::from(class)))
            }
            Answer::Given(_) => Known::Unknown,
        },
        Some(Derivation::Attached { material }) => {
            if application.files_of(material).next().is_some() {
                Known::Bool(true)
            } else {
                Known::Unknown
            }
        }
    }
}

fn asked(application: &Application, fact: &Fact) -> Known {
    let value = match application.answer(&fact.id) {
        Answer::Unknown => return Known::Unknown,
        Answer::Nothing => return Known::Nothing,
        Answer::Given(value) => value,
    };
    match (&fact.kind, value) {
        (FactKind::Bool, Value::Bool(b)) => Known::Bool(*b),
        (FactKind::Integer, Value::Number(n)) => n.as_i64().map_or(Known::Unknown, Known::Integer),
        (FactKind::Date, Value::String(t)) => parse_date(t).map_or(Known::Unknown, Known::Date),
        (FactKind::Choice { options, .. }, Value::String(t)) => options
            .iter()
            .position(|o| &o.value == t)
            .map_or(Known::Unknown, |rank| Known::Text { value: t.clone(), rank: Some(rank) }),
        (FactKind::Text | FactKind::Code(_), Value::String(t)) => text(t.clone()),
        _ => Known::Unknown,
    }
}

fn text(value: String) -> Known {
    Known::Text { value, rank: None }
}
