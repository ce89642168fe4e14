//! How far an application has come: the eight steps, and the sections of the form.

use super::Assessment;
use crate::domain::case::{Application, SIGNED_DECLARATION};
use crate::domain::diag::Severity;
use crate::domain::pack::{FormSection, Pack, Stage};
use crate::domain::rule::{Outcome, Verdict};

/// How far one step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepState {
    /// Nothing was done.
    NotStarted,
    /// Something is done, something is not.
    InProgress,
    /// All is done.
    Done,
    /// Something must be put right.
    HasProblem,
}

impl StepState {
    /// The words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "未开始",
            Self::InProgress => "进行中",
            Self::Done => "已完成",
            Self::HasProblem => "有问题",
        }
    }
}

/// How far each section of the form has come.
pub type SectionState = StepState;

/// The eight steps' states, in order: choose, questions, outcome, form, materials, declaration, consistency, export.
pub type Steps = [StepState; 8];

impl Assessment {
    /// How far each step has come.
    #[must_use]
    pub fn steps(&self, pack: &Pack, application: &Application) -> Steps {
        use StepState::{Done, HasProblem, InProgress, NotStarted};
        let choose = match (pack.track(&application.track), &application.session) {
            (Some(_), Some(_)) => Done,
            (Some(_), None) => InProgress,
            _ => NotStarted,
        };
        let n_answered = self.questions(pack, application).iter().filter(|q| q.answer.is_some()).count();
        let questions = match (self.next_question(pack, application), n_answered) {
            (None, 0) | (Some(_), 0) => NotStarted,
            (None, _) => Done,
            (Some(_), _) => InProgress,
        };
        let outcome = match self.eligibility.verdict {
            // Not eligible is an answer like any other, not a mistake to put right.
            Verdict::NotEligible | Verdict::Eligible => Done,
            Verdict::Undetermined if questions == NotStarted => NotStarted,
            Verdict::Undetermined => InProgress,
        };
        let form =
            pack.sections_for(&application.track).map(|s| self.section(application, s)).collect::<Vec<_>>();
        let n_required = pack.materials_for(&application.track).filter(|m| m.required).count();
        let is_missing = self.diagnostics.iter().any(|d| d.code == "F101");
        let bad_file = self
            .blockers()
            .any(|d| d.path.material().is_some() && !matches!(d.code, "F101" | "D101" | "F105"));
        let materials = match (application.attachments.is_empty(), is_missing, bad_file) {
            (_, _, true) => HasProblem,
            (true, _, _) if n_required > 0 => NotStarted,
            (_, true, _) => InProgress,
            _ => Done,
        };
        let is_signed = application.files_of(SIGNED_DECLARATION).next().is_some();
        let declaration = match (is_signed, self.diagnostics.iter().any(|d| d.code == "D101")) {
            (_, true) => HasProblem,
            (true, _) => Done,
            (false, _) => NotStarted,
        };
        let differs = self.diagnostics.iter().any(|d| {
            d.severity == Severity::Blocker
                && (d.code == "F105" || d.code.starts_with('X') || d.code.starts_with('D'))
        });
        let n_comparable = application
            .attachments
            .iter()
            .filter_map(|a| pack.material(&a.material))
            .map(|m| m.shows.len())
            .sum::<usize>();
        let n_compared = self.consistency.rows.iter().flat_map(|row| &row.cells).flatten().count();
        let consistency = match (differs, n_compared) {
            (true, _) => HasProblem,
            (false, 0) => NotStarted,
            (false, n) if n < n_comparable => InProgress,
            _ => Done,
        };
        let export = if self.blocks() { NotStarted } else { InProgress };
        [choose, questions, outcome, worst_of(&form), materials, declaration, consistency, export]
    }

    /// How far a section of the form has come. Fields that are merely empty are no problem yet.
    #[must_use]
    pub fn section(&self, application: &Application, section: &FormSection) -> SectionState {
        let fields: Vec<_> = section.fields_for(&application.track).collect();
        let is_here = |key: &str| fields.iter().any(|f| f.id == key);
        let blockers = || self.blockers().filter(|d| is_here(d.path.key()));
        if blockers().any(|d| d.code != "R001") {
            StepState::HasProblem
        } else if fields.iter().all(|f| !application.answer(&f.id).is_given()) {
            StepState::NotStarted
        } else if blockers().next().is_some() {
            StepState::InProgress
        } else {
            StepState::Done
        }
    }

    /// How many rules of the self-check are settled, of how many that apply.
    #[must_use]
    pub fn settled_rules(&self) -> (usize, usize) {
        let rules = self
            .eligibility
            .findings
            .iter()
            .filter(|f| f.stage == Stage::Eligibility && f.outcome != Outcome::NotApplicable);
        let n_settled = rules.clone().filter(|f| f.outcome != Outcome::Open).count();
        (n_settled, rules.count())
    }
}

fn worst_of(states: &[StepState]) -> StepState {
    if states.contains(&StepState::HasProblem) {
        StepState::HasProblem
    } else if !states.is_empty() && states.iter().all(|s| *s == StepState::Done) {
        StepState::Done
    } else if states.iter().all(|s| *s == StepState::NotStarted) {
        StepState::NotStarted
    } else {
        StepState::InProgress
    }
}
