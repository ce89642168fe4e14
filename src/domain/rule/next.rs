//! The next question: of those that still matter the one after which, on average, the fewest are left; answers that
//! others can give come after the applicant's own.

use super::evaluate::Evaluator;
use super::{Eligibility, Finding, Outcome, Verdict, candidates};
use crate::domain::case::Application;
use crate::domain::case::facts::FactValues;
use crate::domain::pack::{Fact, FactIdx, Pack, Rule, Stage, Status};

/// What the questions are about, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// What may bar the person.
    Barring,
    /// What is only pointed out.
    Hints,
    /// What has to be confirmed against an attachment.
    Confirmations,
}

/// The fact to ask for next; `None` where no answer can matter any more: the verdict is settled, or what is open cannot
/// be asked (the session is chosen elsewhere, or only a person can judge).
#[must_use]
pub fn next_question(
    pack: &Pack,
    application: &Application,
    facts: &FactValues,
    eligibility: &Eligibility,
) -> Option<FactIdx> {
    if eligibility.verdict == Verdict::NotEligible {
        return None;
    }
    [Phase::Barring, Phase::Hints, Phase::Confirmations]
        .into_iter()
        .find_map(|phase| best(pack, application, facts, eligibility, phase))
}

fn belongs(finding: &Finding, phase: Phase) -> bool {
    let is_awaiting = finding.status == Status::Awaiting;
    finding.stage == Stage::Eligibility
        && match phase {
            Phase::Barring => finding.blocking,
            Phase::Hints => !finding.blocking && !is_awaiting,
            Phase::Confirmations => is_awaiting,
        }
}

/// An open rule and the facts that it still misses.
struct OpenRule<'a> {
    rule: &'a Rule,
    missing: Vec<FactIdx>,
}

fn best(
    pack: &Pack,
    application: &Application,
    facts: &FactValues,
    eligibility: &Eligibility,
    phase: Phase,
) -> Option<FactIdx> {
    let mut evaluator = Evaluator::new(facts);
    let mut open = Vec::new();
    for finding in eligibility.findings.iter().filter(|f| f.outcome == Outcome::Open && belongs(f, phase)) {
        if let Some(rule) = pack.rule(&finding.rule) {
            evaluator.rule(rule);
            open.push(OpenRule { rule, missing: evaluator.missing().to_vec() });
        }
    }
    let mut asked: Vec<(FactIdx, &Fact)> = Vec::new();
    for idx in open.iter().flat_map(|o| &o.missing) {
        // What is missing may follow from another fact's answer; that one is asked.
        let path = pack.fact_at(*idx).map(|f| &f.path);
        let source = path.and_then(|path| pack.fact(path.as_str())).filter(|(_, f)| f.derived.is_none());
        if let Some(source) = source
            && !asked.iter().any(|(i, _)| *i == source.0)
        {
            asked.push(source);
        }
    }
    let first_who = asked.iter().map(|(_, fact)| fact.who).min()?;
    asked.retain(|(_, fact)| fact.who == first_who);
    if let [(only, _)] = asked.as_slice() {
        return Some(*only);
    }
    asked.sort_by_key(|(idx, _)| *idx);
    asked
        .into_iter()
        .map(|(idx, fact)| (expected_left(pack, application, facts, &open, fact), idx))
        .min()
        .map(|(_, idx)| idx)
}

/// Thousandths of questions that are left on average when the fact is answered, each of the ways in which its answers
/// lead on being as likely as another.
fn expected_left(
    pack: &Pack,
    application: &Application,
    facts: &FactValues,
    open: &[OpenRule<'_>],
    fact: &Fact,
) -> usize {
    let (touched, others): (Vec<&OpenRule<'_>>, Vec<&OpenRule<'_>>) =
        open.iter().partition(|o| reads(pack, o.rule, fact));
    let mut left_elsewhere: Vec<FactIdx> = others.iter().flat_map(|o| &o.missing).copied().collect();
    left_elsewhere.sort_unstable();
    left_elsewhere.dedup();
    // Answers that lead to the same count once: a list of six titles says no more than whether there is one.
    let mut ways: Vec<Option<Vec<FactIdx>>> = Vec::new();
    for answer in candidates(pack, application, facts, fact.path.as_str()) {
        let supposed = [(fact.path.as_str().to_owned(), Some(answer))];
        let facts = facts.supposing(pack, application, &supposed);
        let mut evaluator = Evaluator::new(&facts);
        let mut left = left_elsewhere.clone();
        let mut is_settled = false;
        for o in &touched {
            let outcome = evaluator.rule(o.rule).0;
            is_settled |= outcome == Outcome::Fail && o.rule.blocking;
            if outcome == Outcome::Open {
                left.extend_from_slice(evaluator.missing());
            }
        }
        left.sort_unstable();
        left.dedup();
        let way = if is_settled { None } else { Some(left) };
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let n_left: usize = ways.iter().flatten().map(Vec::len).sum();
    n_left * 1_000 / ways.len().max(1)
}

fn reads(pack: &Pack, rule: &Rule, fact: &Fact) -> bool {
    rule.facts().into_iter().any(|idx| pack.fact_at(idx).is_some_and(|f| f.path == fact.path))
}
