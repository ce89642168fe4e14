//! The days that count for an application.

use chrono::NaiveDate;

use crate::domain::base::date::{Period, parse_date};
use crate::domain::case::Application;
use crate::domain::pack::{Condition, FactIdx, Pack};

/// A day that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What it is: `filing`.
    pub kind: &'static str,
    /// The day.
    pub date: NaiveDate,
    /// What it is, in words.
    pub label: String,
    /// Clauses.
    pub clauses: Vec<String>,
    /// How it was counted.
    pub convention: String,
    /// What another way of counting gives.
    pub alternative: Option<(NaiveDate, String)>,
}

/// The last day on which a unit whose filing was accepted, but not completed, may recommend.
pub(super) fn deadlines(pack: &Pack, application: &Application) -> Vec<Deadline> {
    let mut deadlines = Vec::new();
    for rule in pack.rules_for(&application.track) {
        if let Some((idx, period)) = dated(&rule.condition)
            && let Some(fact) = pack.fact_at(idx)
            && fact.id == "unit.accepted_on"
            && application.text("unit.filing") == Some("accepted")
            && let Some(start) = application.text(&fact.id).and_then(|t| parse_date(t).ok())
            && let Some(date) = period.last_day_from(start)
        {
            deadlines.push(Deadline {
                kind: "filing",
                date,
                label: format!("{}满{period}之日，其后须已完成备案才可推荐", fact.label),
                clauses: rule.clauses.clone(),
                convention: "起算日不计入，期间在对应日届满（民法典第二百零一、二百零二条）".to_owned(),
                alternative: date.pred_opt().map(|day| (day, "起算日计入，早一天届满".to_owned())),
            });
        }
    }
    deadlines
}

fn dated(condition: &Condition) -> Option<(FactIdx, Period)> {
    match condition {
        Condition::Within(idx, period) => Some((*idx, *period)),
        Condition::All(list) | Condition::Any(list) => list.iter().find_map(dated),
        _ => None,
    }
}
