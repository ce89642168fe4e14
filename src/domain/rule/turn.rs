//! What would change it: for a rule that fails or is open, the smallest change of answers that turns it, and the first
//! day on which it turns by itself.

use chrono::NaiveDate;

use super::settle::{MAX_TOGETHER, any_answers, paths_of, subsets};
use super::{Outcome, outcome_of};
use crate::domain::base::json::Value;
use crate::domain::case::Application;
use crate::domain::case::facts::{FactValues, Known};
use crate::domain::pack::{Condition, Day, FactIdx, Pack, Rule};
use crate::domain::path::FieldPath;

/// One answer that would have to be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose answer.
    pub path: FieldPath,
    /// The answer that turns the rule: one of possibly several.
    pub value: Value,
}

/// What turns a rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turn {
    /// The smallest change of answers after which the rule holds or no longer applies; empty where there is none, such
    /// as when what has happened would have to be otherwise.
    pub changes: Vec<Change>,
    /// The first day on which it holds without any change; `None` where waiting does not help.
    pub from: Option<NaiveDate>,
}

/// What turns `rule`; nothing where it holds already or does not apply.
#[must_use]
pub fn turn(pack: &Pack, rule: &Rule, application: &Application, facts: &FactValues) -> Turn {
    if is_met(outcome_of(rule, facts)) {
        return Turn::default();
    }
    Turn { changes: changes(pack, rule, application, facts), from: first_day(pack, rule, application, facts) }
}

fn is_met(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Pass | Outcome::NotApplicable)
}

/// Whether the answer at the path tells of what has happened already; such an answer is only supposed where it is
/// missing.
fn is_fixed(pack: &Pack, path: &FieldPath) -> bool {
    pack.fact(path.as_str()).is_some_and(|(_, fact)| fact.is_fixed)
}

fn changes(pack: &Pack, rule: &Rule, application: &Application, facts: &FactValues) -> Vec<Change> {
    let is_known = |path: &FieldPath| {
        pack.facts
            .iter()
            .enumerate()
            .any(|(idx, f)| f.path == *path && *facts.get(FactIdx(idx)) != Known::Unknown)
    };
    let paths: Vec<FieldPath> = paths_of(pack, rule, |_| true, facts)
        .into_iter()
        .filter(|path| !(is_fixed(pack, path) && is_known(path)))
        .collect();
    let mut n_tries = 0;
    for size in 1..=MAX_TOGETHER.min(paths.len()) {
        for set in subsets(paths.len(), size) {
            let set: Vec<FieldPath> = set.into_iter().filter_map(|i| paths.get(i).cloned()).collect();
            let found = any_answers(pack, application, facts, &set, &mut n_tries, &mut |supposed| {
                is_met(outcome_of(rule, &facts.supposing(pack, application, supposed)))
            });
            if let Some(found) = found {
                return found
                    .into_iter()
                    .filter_map(|(key, value)| Some(Change { path: FieldPath::of_key(&key), value: value? }))
                    .collect();
            }
        }
    }
    Vec::new()
}

fn first_day(pack: &Pack, rule: &Rule, application: &Application, facts: &FactValues) -> Option<NaiveDate> {
    turning_days(rule, facts)
        .into_iter()
        .find(|day| is_met(outcome_of(rule, &FactValues::of(pack, application, *day))))
}

/// The days after the day of judgement on which a dated part of the rule changes its value by itself, in order.
pub(super) fn turning_days(rule: &Rule, facts: &FactValues) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    rule.walk(&mut |part| {
        let known = |idx: FactIdx| if let Known::Date(date) = facts.get(idx) { Some(*date) } else { None };
        match part {
            Condition::Within(idx, term, Day::Reference) => {
                days.extend(known(*idx).and_then(|d| term.last_day_from(d)?.succ_opt()));
            }
            Condition::Elapsed(idx, term, Day::Reference) => {
                days.extend(known(*idx).and_then(|d| term.last_day_from(d)));
            }
            Condition::After(idx, Day::Reference) => days.extend(known(*idx)),
            Condition::Before(idx, Day::Reference) => days.extend(known(*idx).and_then(|d| d.succ_opt())),
            _ => {}
        }
    });
    days.retain(|day| *day > facts.reference());
    days.sort_unstable();
    days.dedup();
    days
}
