//! An application in the words that rules read: one value for every fact of the pack, derived ones included.

use chrono::NaiveDate;

use super::history::{self, History};
use super::{Answer, Application};
use crate::domain::base::catalogue::occupation;
use crate::domain::base::date::parse_date;
use crate::domain::base::json::Value;
use crate::domain::pack::{
    Derivation, Fact, FactIdx, FactKind, HistoryFact, Organiser, Pack, Session, SessionKind, Term, serves,
};

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
    /// A choice: the option's place in its list.
    Option(usize),
    /// A text or code.
    Text(String),
    /// A list with entries that can be read.
    List,
}

/// Every fact of a pack, for one application and one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactValues {
    values: Vec<Known>,
    /// The fact that tells whether a card has lapsed, and the day of claiming, where that was looked at beside the day of
    /// notice: then the one is not told by its own path alone.
    lapse: Option<(FactIdx, FactIdx)>,
    reference: NaiveDate,
}

/// The answer that tells, beside the notice, whether a card has lapsed.
pub const CARD_CLAIMED: &str = "card.claimed_on";

/// Answers that are supposed to stand in an application instead of those that do: by key, `materials.<id>` for a
/// material that is supposed to be attached, `session` for the session; `None` for no answer.
pub type Supposed = [(String, Option<Value>)];

/// What facts are read from.
struct View<'a> {
    pack: &'a Pack,
    application: &'a Application,
    supposed: &'a Supposed,
    reference: NaiveDate,
}

impl View<'_> {
    fn supposed(&self, key: &str) -> Option<&Option<Value>> {
        self.supposed.iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    fn answer(&self, key: &str) -> Answer<'_> {
        match self.supposed(key) {
            None if key == history::KEY => history::answer(self.application),
            None => self.application.answer(key),
            Some(None) => Answer::Unknown,
            Some(Some(Value::Null)) => Answer::Nothing,
            Some(Some(value)) => Answer::Given(value),
        }
    }

    fn session_id(&self) -> Option<&str> {
        match self.supposed("session") {
            None => self.application.session.as_deref(),
            Some(value) => value.as_ref().and_then(Value::as_str),
        }
    }

    fn session(&self) -> Option<&Session> {
        self.session_id().and_then(|id| self.pack.session(id))
    }

    fn history(&self) -> Option<History> {
        history::of_answer(self.answer(history::KEY))
    }
}

impl FactValues {
    /// Reads `application` by `pack`, to be judged on the day `reference`.
    #[must_use]
    pub fn of(pack: &Pack, application: &Application, reference: NaiveDate) -> Self {
        let view = View { pack, application, supposed: &[], reference };
        Self {
            values: pack.facts.iter().map(|f| value_of(&view, f)).collect(),
            lapse: lapse_by_claim(&view),
            reference,
        }
    }

    /// The same with other answers in place of some; only facts that follow from them are read anew.
    #[must_use]
    pub fn supposing(&self, pack: &Pack, application: &Application, supposed: &Supposed) -> Self {
        let view = View { pack, application, supposed, reference: self.reference };
        let mut values = self.values.clone();
        for (value, fact) in values.iter_mut().zip(&pack.facts) {
            let is_lapse = matches!(fact.derived, Some(Derivation::CardLapse { .. }));
            if supposed.iter().any(|(key, _)| key == fact.path.as_str() || (is_lapse && key == CARD_CLAIMED))
            {
                *value = value_of(&view, fact);
            }
        }
        Self { values, lapse: lapse_by_claim(&view), reference: self.reference }
    }

    /// What is known of the fact.
    #[must_use]
    pub fn get(&self, idx: FactIdx) -> &Known {
        self.values.get(idx.0).unwrap_or(&Known::Unknown)
    }

    /// The fact that was looked at beside this one and tells it together with it, if there is one.
    #[must_use]
    pub fn beside(&self, idx: FactIdx) -> Option<FactIdx> {
        self.lapse.filter(|(fact, _)| *fact == idx).map(|(_, claimed)| claimed)
    }

    /// The day on which the application is judged.
    #[must_use]
    pub fn reference(&self) -> NaiveDate {
        self.reference
    }
}

fn value_of(view: &View<'_>, fact: &Fact) -> Known {
    if !serves(&fact.tracks, &view.application.track) {
        return Known::Nothing;
    }
    match &fact.derived {
        None => asked(view, fact),
        Some(Derivation::Track) if view.application.track.is_empty() => Known::Unknown,
        Some(Derivation::Track) => Known::Text(view.application.track.clone()),
        Some(Derivation::Session) => view.session_id().map_or(Known::Unknown, text),
        Some(Derivation::SessionOrganiser) => match view.session().map(|s| s.organiser) {
            None => Known::Unknown,
            Some(Organiser::Province) => text("province"),
            Some(Organiser::City) => text("city"),
        },
        Some(Derivation::SessionKind) => match (view.session_id(), view.session().map(|s| s.kind)) {
            (None, _) => Known::Unknown,
            (_, Some(SessionKind::Retake)) => text("retake"),
            // A session that the pack does not have is taken for a class, which the rules on classes then refuse.
            _ => text("class"),
        },
        Some(Derivation::SessionFirstDay) => session_day(view, |session| session.month),
        Some(Derivation::SessionLastDay) => session_day(view, Session::last_day),
        Some(Derivation::OccupationClass { from }) => match view.answer(from) {
            Answer::Unknown => Known::Unknown,
            Answer::Nothing => Known::Nothing,
            Answer::Given(Value::String(code)) => {
                occupation::class_of(code).map_or(Known::Unknown, |class| Known::Integer(i64::from(class)))
            }
            Answer::Given(_) => Known::Unknown,
        },
        Some(Derivation::Attached { material }) => attached(view, fact, material),
        Some(Derivation::History(what)) => {
            view.history().map_or(Known::Unknown, |history| history_fact(&history, *what))
        }
        Some(Derivation::CardLapse { term, rolls }) => card_lapse(view, *term, *rolls),
    }
}

/// A day of the session's month; where the month is open, the day of judgement stands for it.
fn session_day(view: &View<'_>, day: impl Fn(&Session) -> Option<NaiveDate>) -> Known {
    match view.session() {
        None => Known::Unknown,
        Some(Session { month: None, .. }) => Known::Date(view.reference),
        Some(session) => day(session).map_or(Known::Unknown, Known::Date),
    }
}

fn attached(view: &View<'_>, fact: &Fact, material: &str) -> Known {
    let is_attached = match view.supposed(fact.path.as_str()) {
        Some(value) => matches!(value, Some(Value::Bool(true))),
        None => view.application.files_of(material).next().is_some(),
    };
    // What is not attached yet may still come.
    if is_attached { Known::Bool(true) } else { Known::Unknown }
}

fn history_fact(history: &History, what: HistoryFact) -> Known {
    let day = |day: Option<NaiveDate>| day.map_or(Known::Nothing, Known::Date);
    match what {
        HistoryFact::Failures => Known::Integer(history.n_failures),
        HistoryFact::Retakes => Known::Integer(history.n_retakes),
        HistoryFact::FirstFailedOn => day(history.first_failed_on),
        HistoryFact::ThirdFailedOn => day(history.third_failed_on),
        HistoryFact::Absent => Known::Bool(history.is_absent),
        HistoryFact::Passed => {
            Known::Bool(history.exams.iter().any(|e| e.outcome == history::ExamOutcome::Passed))
        }
    }
}

/// The answer at `key` as a date: `None` while unknown, `Some(None)` where there is none.
fn date_at(view: &View<'_>, key: &str) -> Option<Option<NaiveDate>> {
    match view.answer(key) {
        Answer::Unknown => None,
        Answer::Nothing => Some(None),
        Answer::Given(value) => value.as_str().and_then(|t| parse_date(t).ok()).map(Some),
    }
}

/// The last day for claiming, where it has passed without a claim; there is none where the card was claimed in time,
/// or where the time still runs.
fn card_lapse(view: &View<'_>, term: Term, rolls: bool) -> Known {
    let Some(notice) = date_at(view, "card.notice_on") else { return Known::Unknown };
    let Some(last) = notice.and_then(|notice| term.end_from(notice, rolls)) else { return Known::Nothing };
    if view.reference <= last {
        return Known::Nothing;
    }
    match date_at(view, CARD_CLAIMED) {
        None => Known::Unknown,
        Some(Some(claimed)) if claimed <= last => Known::Nothing,
        Some(_) => Known::Date(last),
    }
}

/// The fact about a lapsed card and the one about its claim, where the time for claiming is over, so that the claim
/// tells.
fn lapse_by_claim(view: &View<'_>) -> Option<(FactIdx, FactIdx)> {
    let notice = date_at(view, "card.notice_on")??;
    let (idx, last) = view.pack.facts.iter().enumerate().find_map(|(idx, fact)| match &fact.derived {
        Some(Derivation::CardLapse { term, rolls }) => Some((FactIdx(idx), term.end_from(notice, *rolls)?)),
        _ => None,
    })?;
    let (claimed, _) = view.pack.fact(CARD_CLAIMED)?;
    (view.reference > last).then_some((idx, claimed))
}

fn asked(view: &View<'_>, fact: &Fact) -> Known {
    let value = match view.answer(&fact.id) {
        Answer::Unknown => return Known::Unknown,
        Answer::Nothing => return Known::Nothing,
        Answer::Given(value) => value,
    };
    match (&fact.kind, value) {
        (FactKind::Bool, Value::Bool(b)) => Known::Bool(*b),
        (FactKind::Integer, Value::Number(n)) => n.as_i64().map_or(Known::Unknown, Known::Integer),
        (FactKind::Date, Value::String(t)) => parse_date(t).map_or(Known::Unknown, Known::Date),
        (FactKind::Choice { options, .. }, Value::String(t)) => {
            options.iter().position(|o| &o.value == t).map_or(Known::Unknown, Known::Option)
        }
        (FactKind::Text | FactKind::Code(_), Value::String(t)) => text(t),
        (FactKind::History, Value::Array(_)) => view.history().map_or(Known::Unknown, |_| Known::List),
        _ => Known::Unknown,
    }
}

fn text(value: &str) -> Known {
    Known::Text(value.to_owned())
}
