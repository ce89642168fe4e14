//! The year ahead: for each session, whether the person qualifies, from which day, and until when.

use chrono::NaiveDate;
use serde_json::json;

use super::turn::turning_days;
use super::{Eligibility, Outcome, Verdict, judge};
use crate::domain::case::Application;
use crate::domain::case::facts::FactValues;
use crate::domain::pack::{Pack, Session, SessionKind, serves};

/// What one session holds for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionOutlook {
    /// The session's id.
    pub session: String,
    /// Whether its month is over on the day of judgement.
    pub is_past: bool,
    /// What the rules come to on the day of judgement, with this session.
    pub verdict: Verdict,
    /// Whether the notice's own words are met.
    pub qualifies: bool,
    /// The first day, not after the session's month, on which the person qualifies; the day of judgement itself where
    /// that is so already. `None` where no such day is known.
    pub from: Option<NaiveDate>,
    /// The last day of the dated conditions that hold then: after it something else must have come true (期满).
    pub until: Option<NaiveDate>,
    /// Ids of the rules that bar it on the day of judgement.
    pub barred_by: Vec<String>,
    /// Ids of the rules that are open.
    pub open: Vec<String>,
}

/// What each session of the track holds, in the pack's order: classes, or retakes for a person who takes one.
#[must_use]
pub fn outlook(pack: &Pack, application: &Application, facts: &FactValues) -> Vec<SessionOutlook> {
    let kind = application
        .session
        .as_deref()
        .and_then(|id| pack.session(id))
        .map_or(SessionKind::Class, |session| session.kind);
    pack.sessions
        .iter()
        .filter(|s| s.kind == kind && serves(&s.tracks, &application.track))
        .map(|session| session_outlook(pack, application, facts, session))
        .collect()
}

/// What one session holds.
#[must_use]
pub fn session_outlook(
    pack: &Pack,
    application: &Application,
    facts: &FactValues,
    session: &Session,
) -> SessionOutlook {
    let supposed = [("session".to_owned(), Some(json!(session.id)))];
    let facts = facts.supposing(pack, application, &supposed);
    let now = judge(pack, &application.track, &facts);
    let last_day = session.last_day();
    let is_past = last_day.is_some_and(|last| last < facts.reference());
    let (from, then) = if now.qualifies() {
        (Some(facts.reference()), Some(now.clone()))
    } else {
        first_day(pack, application, &facts, &supposed, &now, last_day).unzip()
    };
    SessionOutlook {
        session: session.id.clone(),
        is_past,
        verdict: now.verdict,
        qualifies: now.qualifies() && !is_past,
        from: from.filter(|_| !is_past),
        until: then.and_then(|then| {
            then.decisive().filter(|f| f.outcome == Outcome::Pass).filter_map(|f| f.holds_until).min()
        }),
        barred_by: rules(&now, Outcome::Fail),
        open: rules(&now, Outcome::Open),
    }
}

fn rules(eligibility: &Eligibility, outcome: Outcome) -> Vec<String> {
    eligibility.decisive().filter(|f| f.outcome == outcome).map(|f| f.rule.clone()).collect()
}

/// The first day after the day of judgement on which the person qualifies, and what the rules say then.
fn first_day(
    pack: &Pack,
    application: &Application,
    facts: &FactValues,
    supposed: &[(String, Option<serde_json::Value>)],
    now: &Eligibility,
    last_day: Option<NaiveDate>,
) -> Option<(NaiveDate, Eligibility)> {
    let failing = now.decisive().filter(|f| f.outcome == Outcome::Fail).filter_map(|f| pack.rule(&f.rule));
    let mut days: Vec<NaiveDate> = failing.flat_map(|rule| turning_days(rule, facts)).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().filter(|day| last_day.is_none_or(|last| *day <= last)).find_map(|day| {
        let facts = FactValues::of(pack, application, day).supposing(pack, application, supposed);
        let then = judge(pack, &application.track, &facts);
        then.qualifies().then_some((day, then))
    })
}
