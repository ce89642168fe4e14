//! Eligibility: what the pack's rules say of an application, in three values, each with what decided it and what
//! could still decide it. Does not see `check`.

mod candidate;
mod evaluate;
mod next;
mod outlook;
mod settle;
mod truth;
mod turn;

use chrono::NaiveDate;

use crate::domain::case::facts::FactValues;
use crate::domain::pack::{Condition, FactIdx, Pack, Rule, Stage, Status};
use crate::domain::path::FieldPath;

use evaluate::Evaluator;

pub use candidate::candidates;
pub use evaluate::truths;
pub use next::next_question;
pub use outlook::{SessionOutlook, outlook, session_outlook};
pub use settle::settling_sets;
pub use truth::Truth;
pub use turn::{Change, Turn, turn};

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

impl Finding {
    /// Whether the verdict rests on it: a condition for applying that may bar.
    #[must_use]
    pub fn is_decisive(&self) -> bool {
        self.blocking && self.stage == Stage::Eligibility
    }
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
    /// One finding for each rule of the track on conditions and documents, in the pack's order.
    pub findings: Vec<Finding>,
    /// One finding for each rule on what comes after admission (training, examination, card); none of them bears on the
    /// verdict.
    pub after: Vec<Finding>,
}

impl Eligibility {
    /// The findings that await confirmation against an official attachment.
    pub fn awaiting(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.status == Status::Awaiting && f.outcome == Outcome::Open)
    }

    /// The findings on which the verdict rests: conditions for applying that may bar.
    pub fn decisive(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.is_decisive())
    }

    /// Whether the person qualifies as far as the notice's own words go.
    #[must_use]
    pub fn qualifies(&self) -> bool {
        self.verdict != Verdict::NotEligible && self.body_met
    }

    /// The verdict by the findings as they stand, for findings that were changed since.
    #[must_use]
    pub fn reconsidered(&self, track: &str) -> Verdict {
        verdict(track, &self.findings).0
    }

    /// The finding of that rule.
    #[must_use]
    pub fn finding(&self, rule: &str) -> Option<&Finding> {
        self.findings.iter().chain(&self.after).find(|f| f.rule == rule)
    }
}

/// Judges every rule of the track.
#[must_use]
pub fn judge(pack: &Pack, track: &str, facts: &FactValues) -> Eligibility {
    let mut evaluator = Evaluator::new(facts);
    let mut findings = Vec::with_capacity(pack.rules.len());
    let mut after = Vec::new();
    for rule in pack.rules_for(track) {
        let list = if rule.stage == Stage::After { &mut after } else { &mut findings };
        list.push(finding(pack, rule, &mut evaluator));
    }
    let (verdict, body_met) = verdict(track, &findings);
    Eligibility { verdict, body_met, findings, after }
}

/// What the findings come to, and whether the notice's body is met.
fn verdict(track: &str, findings: &[Finding]) -> (Verdict, bool) {
    let mut is_barred = false;
    let mut body_met = !track.is_empty();
    let mut is_confirmed = true;
    for f in findings {
        let is_met = matches!(f.outcome, Outcome::Pass | Outcome::NotApplicable);
        if f.is_decisive() {
            is_barred |= f.outcome == Outcome::Fail;
            body_met &= is_met;
        }
        is_confirmed &= f.status != Status::Awaiting || is_met;
    }
    let verdict = match (is_barred, body_met && is_confirmed) {
        (true, _) => Verdict::NotEligible,
        (false, true) => Verdict::Eligible,
        (false, false) => Verdict::Undetermined,
    };
    (verdict, body_met)
}

/// What one rule says, without its reasons.
#[must_use]
pub fn outcome_of(rule: &Rule, facts: &FactValues) -> Outcome {
    Evaluator::new(facts).rule(rule).0
}

fn finding(pack: &Pack, rule: &Rule, evaluator: &mut Evaluator<'_>) -> Finding {
    let (outcome, holds_until) = evaluator.rule(rule);
    let is_open = outcome == Outcome::Open;
    Finding {
        rule: rule.id.clone(),
        outcome,
        blocking: rule.blocking,
        status: rule.status,
        stage: rule.stage,
        because: if is_open { Vec::new() } else { paths(pack, evaluator.because()) },
        missing: if is_open { paths(pack, evaluator.missing()) } else { Vec::new() },
        holds_until,
    }
}

/// The paths of facts, each once, sorted; several facts may follow from one path.
fn paths(pack: &Pack, facts: &[FactIdx]) -> Vec<FieldPath> {
    let mut paths: Vec<&FieldPath> =
        facts.iter().filter_map(|idx| pack.fact_at(*idx)).map(|f| &f.path).collect();
    paths.sort_unstable();
    paths.dedup();
    paths.into_iter().cloned().collect()
}

/// The value of one condition, for other parts of the domain (materials, required fields, routes).
#[must_use]
pub fn truth_of(condition: &Condition, facts: &FactValues) -> Truth {
    Evaluator::new(facts).truth(condition)
}
