//! Which questions of the self-check (自查) still matter, and which comes next.

use std::collections::BTreeSet;

use super::Assessment;
use crate::domain::base::json::Value;
use crate::domain::case::{Answer, Application};
use crate::domain::pack::{Fact, Pack, Stage};
use crate::domain::rule;

/// A question and why it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The fact that it asks for.
    pub fact: Fact,
    /// The answer given; `None` while there is none, `Some(Null)` for "there is none".
    pub answer: Option<Value>,
    /// The rules that its answer decides, by id.
    pub rules: Vec<String>,
    /// The clauses of those rules.
    pub clauses: Vec<String>,
}

impl Assessment {
    /// The questions that matter for this application: those whose answer decided a rule, and those that could still
    /// decide one; in the pack's order.
    #[must_use]
    pub fn questions(&self, pack: &Pack, application: &Application) -> Vec<Question> {
        pack.facts
            .iter()
            .filter(|fact| fact.derived.is_none())
            .filter_map(|fact| {
                let findings: Vec<_> = self
                    .eligibility
                    .findings
                    .iter()
                    .filter(|f| f.stage == Stage::Eligibility)
                    .filter(|f| f.because.iter().chain(&f.missing).any(|p| p.as_str() == fact.id))
                    .collect();
                if findings.is_empty() {
                    return None;
                }
                let clauses: BTreeSet<&String> =
                    findings.iter().filter_map(|f| pack.rule(&f.rule)).flat_map(|r| &r.clauses).collect();
                Some(Question {
                    fact: fact.clone(),
                    answer: match application.answer(&fact.id) {
                        Answer::Unknown => None,
                        Answer::Nothing => Some(Value::Null),
                        Answer::Given(value) => Some(value.clone()),
                    },
                    rules: findings.iter().map(|f| f.rule.clone()).collect(),
                    clauses: pack
                        .clauses_for(&clauses.into_iter().cloned().collect::<Vec<_>>(), &application.track),
                })
            })
            .collect()
    }

    /// The key of the next question; `None` where no answer can matter any more. See [`rule::next_question`].
    #[must_use]
    pub fn next_question(&self, pack: &Pack, application: &Application) -> Option<String> {
        let idx = rule::next_question(pack, application, &self.facts, &self.eligibility)?;
        pack.fact_at(idx).map(|fact| fact.id.clone())
    }
}
