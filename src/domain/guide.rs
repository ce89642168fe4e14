//! What follows from an application, put together for people and files: findings of rules and checks, the questions
//! that still matter, progress, routing, dates, and the report.

mod consistency;
mod disposal;
mod progress;
mod question;
mod report;
mod report_page;
mod routing;

use chrono::NaiveDate;

use crate::domain::case::Application;
use crate::domain::case::facts::FactValues;
use crate::domain::check;
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::pack::{Condition, Pack};
use crate::domain::rule::{self, Eligibility, Outcome, Truth};
use crate::domain::schedule::{self, Deadline};

pub use consistency::{Cell, Consistency, Row, RowState, Source, SourceKind};
pub use disposal::{Disposal, DisposalState, disposals};
pub use progress::{SectionState, StepState, Steps};
pub use question::Question;
pub use report::{APP_VERSION, value as report_value, verdict_words};
pub use report_page::html as report_html;
pub use routing::{RouteStep, Routing, route as routing};

/// Everything that can be said of one application on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The day on which it was judged.
    pub reference: NaiveDate,
    /// The rules' facts.
    pub facts: FactValues,
    /// Whether the person may apply.
    pub eligibility: Eligibility,
    /// What is wrong with the entries and files.
    pub diagnostics: Vec<Diagnostic>,
    /// Entries beside what stands elsewhere.
    pub consistency: Consistency,
    /// Who accepts, reviews, trains and issues.
    pub routing: Routing,
    /// Days that count.
    pub deadlines: Vec<Deadline>,
}

/// Judges `application` by `pack` on the day `reference`.
#[must_use]
pub fn assess(pack: &Pack, application: &Application, reference: NaiveDate) -> Assessment {
    let facts = FactValues::of(pack, application, reference);
    let holds = |condition: &Condition| rule::truth_of(condition, &facts) == Truth::True;
    let input = check::Input { pack, application, facts: &facts, holds: &holds };
    let diagnostics = check::run(&input);
    let eligibility = rule::judge(pack, &application.track, &facts);
    Assessment {
        reference,
        eligibility,
        diagnostics,
        consistency: Consistency::of(pack, application),
        routing: routing(pack, application, &facts),
        deadlines: schedule::deadlines(pack, application),
        facts,
    }
}

impl Assessment {
    /// Whether anything bars the submission: a finding that must be put right, or a rule that may block and fails or
    /// cannot be settled.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.blockers().next().is_some() || self.blocking_rules().next().is_some()
    }

    /// The findings that must be put right.
    pub fn blockers(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|d| d.severity == Severity::Blocker)
    }

    /// The rules that may block and fail or are open. Missing documents are named by a finding already.
    pub fn blocking_rules(&self) -> impl Iterator<Item = &rule::Finding> {
        self.eligibility.decisive().filter(|f| matches!(f.outcome, Outcome::Fail | Outcome::Open))
    }

    /// The findings at one answer, its members included.
    pub fn at_key<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Diagnostic> + 'a {
        self.diagnostics.iter().filter(move |d| d.path.key() == key)
    }

    /// Whether a condition of the pack holds for this application.
    #[must_use]
    pub fn holds(&self, condition: &Condition) -> bool {
        rule::truth_of(condition, &self.facts) == Truth::True
    }
}
