//! Eligibility: what the pack's rules say of an application, in three values, each with what decided it and what
//! could still decide it. Does not see `check`.

mod truth;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::base::date::Period;
use crate::domain::case::facts::{FactValues, Known};
use crate::domain::pack::{Bound, Condition, Day, FactIdx, Literal, Pack, Rule, Stage, Status};
use crate::domain::path::FieldPath;

pub use truth::Truth;

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not.
    Fail,
    /// Something is missing.
    Open,
    /// It does not concern this application.
    NotApplicable,
    /// All that can be answered is answered; a person must judge.
    Review,
}

impl Outcome {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Open => "open",
            Self::NotApplicable => "not_applicable",
            Self::Review => "review",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Pass => "符合",
            Self::Fail => "不符合",
            Self::Open => "待确定",
            Self::NotApplicable => "不适用",
            Self::Review => "待认定",
        }
    }
}

/// What one rule says of one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether its failure bars the application.
    pub blocking: bool,
    /// How sure the rule is.
    pub status: Status,
    /// When it counts.
    pub stage: Stage,
    /// What decided it; empty while it is open.
    pub because: Vec<FieldPath>,
    /// What could still decide it; empty exactly when it is settled.
    pub missing: Vec<FieldPath>,
    /// The last day on which a dated rule holds, where its start is known.
    pub holds_until: Option<NaiveDate>,
}

/// What all rules together say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As far as the pack can tell, nothing bars the person, and every condition of an attachment was confirmed.
    Eligible,
    /// A rule that may block does not hold.
    NotEligible,
    /// Something is still open.
    Undetermined,
}

impl Verdict {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::NotEligible => "not_eligible",
            Self::Undetermined => "undetermined",
        }
    }
}

/// The rules' findings and what they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibility {
    /// What they come to.
    pub verdict: Verdict,
    /// Whether everything that the notice's body says is met, whatever the attachments hold.
    pub body_met: bool,
    /// One finding for each rule of the track, in the pack's order.
    pub findings: Vec<Finding>,
}

impl Eligibility {
    /// The findings that await confirmation against an official attachment.
    pub fn awaiting(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.status == Status::Awaiting && f.outcome == Outcome::Open)
    }

    /// The finding of that rule.
    #[must_use]
    pub fn finding(&self, rule: &str) -> Option<&Finding> {
        self.findings.iter().find(|f| f.rule == rule)
    }
}

/// Judges every rule of the track.
#[must_use]
pub fn judge(pack: &Pack, track: &str, facts: &FactValues) -> Eligibility {
    let findings: Vec<Finding> = pack.rules_for(track).map(|rule| judge_rule(rule, facts)).collect();
    let decisive = || findings.iter().filter(|f| f.stage == Stage::Eligibility && f.blocking);
    let is_barred = decisive().any(|f| f.outcome == Outcome::Fail);
    let body_met =
        !track.is_empty() && decisive().all(|f| matches!(f.outcome, Outcome::Pass | Outcome::NotApplicable));
    let is_confirmed = findings
        .iter()
        .filter(|f| f.status == Status::Awaiting)
        .all(|f| matches!(f.outcome, Outcome::Pass | Outcome::NotApplicable));
    let verdict = if is_barred {
        Verdict::NotEligible
    } else if body_met && is_confirmed {
        Verdict::Eligible
    } else {
        Verdict::Undetermined
    };
    Eligibility { verdict, body_met, findings }
}

fn judge_rule(rule: &Rule, facts: &FactValues) -> Finding {
    let applies = rule.when.as_ref().map(|when| judge_condition(when, facts));
    let (outcome, trace) = match applies {
        Some(trace) if trace.truth == Truth::False => (Outcome::NotApplicable, trace),
        Some(trace) if trace.truth == Truth::Unknown => (open_or_review(&trace), trace),
        applies => {
            let mut trace = judge_condition(&rule.condition, facts);
            let outcome = match trace.truth {
                Truth::True => Outcome::Pass,
                Truth::False => Outcome::Fail,
                Truth::Unknown => open_or_review(&trace),
            };
            if trace.truth != Truth::Unknown {
                trace.because.extend(applies.into_iter().flat_map(|a| a.because));
            }
            (outcome, trace)
        }
    };
    let is_open = outcome == Outcome::Open;
    Finding {
        rule: rule.id.clone(),
        outcome,
        blocking: rule.blocking,
        status: rule.status,
        stage: rule.stage,
        because: if is_open { Vec::new() } else { paths(&trace.because) },
        missing: if is_open { paths(&trace.missing) } else { Vec::new() },
        holds_until: trace.holds_until,
    }
}

fn open_or_review(trace: &Trace) -> Outcome {
    if trace.missing.is_empty() { Outcome::Review } else { Outcome::Open }
}

fn paths(keys: &BTreeSet<String>) -> Vec<FieldPath> {
    keys.iter().map(|k| FieldPath::of_key(k)).collect()
}

/// A condition's value and what led to it. `because` is empty where the value is unknown, `missing` where it is not;
/// both are empty where only a person can judge.
struct Trace {
    truth: Truth,
    because: BTreeSet<String>,
    missing: BTreeSet<String>,
    holds_until: Option<NaiveDate>,
}

impl Trace {
    fn of(truth: Truth) -> Self {
        Self { truth, because: BTreeSet::new(), missing: BTreeSet::new(), holds_until: None }
    }

    fn settled(is_true: bool, key: &str) -> Self {
        Self { because: BTreeSet::from([key.to_owned()]), ..Self::of(Truth::from(is_true)) }
    }

    fn open(key: &str) -> Self {
        Self { missing: BTreeSet::from([key.to_owned()]), ..Self::of(Truth::Unknown) }
    }
}

/// The value of one condition, for other parts of the domain (materials, required fields, routes).
#[must_use]
pub fn truth_of(condition: &Condition, facts: &FactValues) -> Truth {
    judge_condition(condition, facts).truth
}

fn judge_condition(condition: &Condition, facts: &FactValues) -> Trace {
    match condition {
        Condition::All(list) => combine(list, facts, Truth::False),
        Condition::Any(list) => combine(list, facts, Truth::True),
        Condition::Not(inner) => {
            let trace = judge_condition(inner, facts);
            Trace { truth: !trace.truth, holds_until: None, ..trace }
        }
        Condition::Review(_) => Trace::of(Truth::Unknown),
        Condition::Is(idx, literal) => compare(*idx, facts, |known| Some(equals(known, literal))),
        Condition::In(idx, list) => compare(*idx, facts, |known| Some(list.iter().any(|l| equals(known, l)))),
        Condition::Given(idx) => compare(*idx, facts, |_| Some(true)),
        Condition::Confirmed(idx) => compare(*idx, facts, |known| Some(*known == Known::Bool(true))),
        Condition::AtLeast(idx, bound) => {
            compare(*idx, facts, |known| order(known, bound).map(|o| o.is_ge()))
        }
        Condition::AtMost(idx, bound) => compare(*idx, facts, |known| order(known, bound).map(|o| o.is_le())),
        Condition::Within(idx, period) => within(*idx, *period, facts),
        Condition::After(idx, day) => {
            compare(*idx, facts, |known| date(known).map(|d| d > resolve(*day, facts)))
        }
        Condition::Before(idx, day) => {
            compare(*idx, facts, |known| date(known).map(|d| d < resolve(*day, facts)))
        }
    }
}

/// Kleene's conjunction (`absorbing` false) or disjunction (`absorbing` true). One part with the absorbing value
/// settles the whole, and is then the only reason.
fn combine(list: &[Condition], facts: &FactValues, absorbing: Truth) -> Trace {
    let mut whole = Trace::of(!absorbing);
    for part in list {
        let trace = judge_condition(part, facts);
        if trace.truth == absorbing {
            return trace;
        }
        if trace.truth == Truth::Unknown {
            whole.truth = Truth::Unknown;
        }
        whole.because.extend(trace.because);
        whole.missing.extend(trace.missing);
        whole.holds_until = match (whole.holds_until, trace.holds_until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    if whole.truth == Truth::Unknown {
        whole.because.clear();
    }
    whole
}

/// Applies `test` to a known fact. "There is none" makes every comparison false; a fact that `test` cannot read is
/// open, as if it were not answered.
fn compare(idx: FactIdx, facts: &FactValues, test: impl Fn(&Known) -> Option<bool>) -> Trace {
    let key = facts.key(idx);
    match facts.get(idx) {
        Known::Unknown => Trace::open(key),
        Known::Nothing => Trace::settled(false, key),
        known => test(known).map_or_else(|| Trace::open(key), |is_true| Trace::settled(is_true, key)),
    }
}

fn within(idx: FactIdx, period: Period, facts: &FactValues) -> Trace {
    let last = date(facts.get(idx)).and_then(|start| period.last_day_from(start));
    let mut trace = compare(idx, facts, |_| last.map(|last| facts.reference() <= last));
    trace.holds_until = last;
    trace
}

fn date(known: &Known) -> Option<NaiveDate> {
    if let Known::Date(date) = known { Some(*date) } else { None }
}

fn resolve(day: Day, facts: &FactValues) -> NaiveDate {
    match day {
        Day::Reference => facts.reference(),
        Day::On(date) => date,
    }
}

fn equals(known: &Known, literal: &Literal) -> bool {
    match (known, literal) {
        (Known::Bool(a), Literal::Bool(b)) => a == b,
        (Known::Integer(a), Literal::Integer(b)) => a == b,
        (Known::Text { value, .. }, Literal::Text(b)) => value == b,
        _ => false,
    }
}

fn order(known: &Known, bound: &Bound) -> Option<std::cmp::Ordering> {
    match (known, bound) {
        (Known::Integer(a), Bound::Integer(b)) => Some(a.cmp(b)),
        (Known::Text { rank: Some(a), .. }, Bound::Rank(b)) => Some(a.cmp(b)),
        _ => None,
    }
}
