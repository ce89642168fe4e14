//! Days that count (期限): how long a filing may take, when to ask for leave, until when a card is to be claimed, which
//! retakes are left and how long a bar lasts. Each says by which clause, how it was counted, and what the other way of
//! counting gives. Does not see `rule` and `check`.

mod card;
mod filing;
mod leave;
mod retake;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::domain::base::catalogue::calendar;
use crate::domain::base::date::{format_iso, parse_date};
use crate::domain::case::{Application, history};
use crate::domain::pack::{Pack, Term};

pub use card::card;
pub use filing::filing;
pub use leave::leave;
pub use retake::{Retakes, retakes};

/// A day that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What it is: `filing`, `leave`, `card`, `card_bar`, `retake`, `retake_window`, `bar`.
    pub kind: &'static str,
    /// The first day of a span that ends with `date`, such as a bar's.
    pub from: Option<NaiveDate>,
    /// The day; `None` where it cannot be counted, which `note` explains.
    pub date: Option<NaiveDate>,
    /// What it is, in words.
    pub label: String,
    /// Clauses.
    pub clauses: Vec<String>,
    /// How it was counted.
    pub convention: String,
    /// What another way of counting gives.
    pub alternative: Option<Alternative>,
    /// What else is to be known.
    pub note: String,
}

/// What another way of counting gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The day; `None` where it cannot be counted.
    pub date: Option<NaiveDate>,
    /// The other way.
    pub convention: String,
}

impl Deadline {
    /// The day as JSON, for reports and the command line.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({
            "kind": self.kind,
            "from": self.from.map(format_iso),
            "date": self.date.map(format_iso),
            "label": self.label,
            "clauses": self.clauses,
            "convention": self.convention,
            "alternative": self.alternative.as_ref().map(|a| {
                json!({ "date": a.date.map(format_iso), "convention": a.convention })
            }),
            "note": self.note,
        })
    }
}

/// Every day that counts for an application, by what it answers; in the order of the days.
#[must_use]
pub fn deadlines(pack: &Pack, application: &Application) -> Vec<Deadline> {
    let date = |key: &str| application.text(key).and_then(|t| parse_date(t).ok());
    let mut found = Vec::new();
    if application.track != "inspector"
        && application.text("unit.filing") == Some("accepted")
        && let Some(accepted) = date("unit.accepted_on")
    {
        found.extend(filing(pack, accepted));
    }
    if let Some(exam) = date("exam.date") {
        found.extend(leave(pack, exam));
    }
    if let Some(notice) = date("card.notice_on") {
        found.extend(card(pack, notice, date("card.claimed_on")));
    }
    if let Some(history) = history::of(application) {
        found.extend(retakes(pack, &application.track, &history).deadlines);
    }
    for deadline in &mut found {
        deadline.clauses = pack.clauses_for(&deadline.clauses, &application.track);
    }
    found.sort_by_key(|d| (d.date.is_none(), d.date, d.kind));
    found
}

/// How a period is counted by default, in words.
fn counted_by(term: Term) -> String {
    if term.counts_first_day {
        format!("{}，起算日计入", term.period)
    } else {
        format!("{}，起算日不计入，在对应日届满（民法典第二百零一、二百零二条）", term.period)
    }
}

/// The same period with its first day counted the other way.
fn other_count(term: Term, start: NaiveDate) -> Alternative {
    let other = Term { counts_first_day: !term.counts_first_day, ..term };
    let words = if other.counts_first_day {
        "起算日计入，早一天届满"
    } else {
        "起算日不计入，晚一天届满"
    };
    Alternative { date: other.last_day_from(start), convention: words.to_owned() }
}

/// The pack's period of that name, counted by the pack's convention.
fn term(pack: &Pack, parameter: &str) -> Option<Term> {
    let counts_first_day = pack.choice("period.first_day") == Some("included");
    Some(Term { period: pack.period(parameter)?, counts_first_day })
}

/// What is said where the working days of a year are not known.
fn calendar_missing(day: NaiveDate) -> Option<String> {
    let year = day.year();
    (!(calendar::FIRST_YEAR..=calendar::LAST_YEAR).contains(&year)).then(|| {
        format!(
            "没有载入 {year} 年的工作日历（已载入 {} 至 {} 年），算不出工作日",
            calendar::FIRST_YEAR,
            calendar::LAST_YEAR
        )
    })
}

/// The parameter's clauses.
fn clauses(pack: &Pack, parameter: &str) -> Vec<String> {
    pack.parameter(parameter).map(|p| p.clauses.clone()).unwrap_or_default()
}

#[cfg(test)]
fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}
