//! Findings about what was entered: one type, one table of codes, one order.

mod codes;

use crate::domain::base::identifier::Problem;
use crate::domain::base::json::Value;
use crate::domain::base::messages;
use crate::domain::path::FieldPath;

pub use codes::{CodeInfo, all as all_codes, code_info};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A ground on which the application would be returned, by the notice's words or a national standard. Stops the
    /// export.
    Blocker,
    /// Probably wrong, or not certain; worth a look.
    Warning,
    /// Could be better.
    Advice,
}

impl Severity {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocker => "blocker",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Blocker => "须改正",
            Self::Warning => "需核对",
            Self::Advice => "建议",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, such as `R105`.
    pub code: &'static str,
    /// From the code's table; lowered where the notice does not say so much.
    pub severity: Severity,
    /// The smallest place that, if changed, settles it.
    pub path: FieldPath,
    /// Other places that it is about, each with a note of a few characters.
    pub related: Vec<Label>,
    /// What is wrong and what to do; names the field by its label.
    pub message: String,
    /// Clause ids of the pack, or numbers of national standards; at least one.
    pub clauses: Vec<String>,
    /// What the program can do about it.
    pub fixes: Vec<Fix>,
}

/// Another place that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub path: FieldPath,
    /// What it is there.
    pub note: String,
}

/// A change that settles a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in words.
    pub title: String,
    /// The answers that it sets.
    pub set: Vec<(FieldPath, Value)>,
    /// Whether it may be applied at a click.
    pub safety: Safety,
}

/// How safe a fix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Nothing else is possible: apply at a click.
    Exact,
    /// Look first.
    NeedsReview,
}

impl Safety {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::NeedsReview => "needs_review",
        }
    }
}

impl Diagnostic {
    /// A finding at `path`, in the words of `key`: a code (`R001`), or a variant of its message (`R001/choose`), with
    /// `arguments` in their places. As severe as the code is.
    ///
    /// A key that is not in the tables would be a mistake in a check; it comes out as advice, and a test forbids it.
    #[must_use]
    pub fn new(key: &'static str, path: FieldPath, arguments: &[(&str, &str)], clauses: &[String]) -> Self {
        let code = messages::code_of(key);
        debug_assert!(code_info(code).is_some(), "unknown code {code}");
        debug_assert!(!messages::template(key).is_empty(), "no words for {key}");
        Self {
            code,
            severity: code_info(code).map_or(Severity::Advice, |c| c.severity),
            path,
            related: Vec::new(),
            message: messages::say(key, arguments),
            clauses: clauses.to_vec(),
            fixes: Vec::new(),
        }
    }

    /// What is wrong with an identifier, said of the field that holds it.
    #[must_use]
    pub fn of_problem(problem: &Problem, path: FieldPath, label: &str, clauses: &[String]) -> Self {
        let mut diagnostic = Self::new(problem.code, path, &[], clauses);
        diagnostic.message = messages::say("/of_field", &[("label", label), ("problem", &problem.message)]);
        diagnostic
    }

    /// The same with another place.
    #[must_use]
    pub fn with_related(mut self, path: FieldPath, note: impl Into<String>) -> Self {
        self.related.push(Label { path, note: note.into() });
        self
    }

    /// The same with a fix that sets one answer.
    #[must_use]
    pub fn with_fix(
        mut self,
        title: impl Into<String>,
        path: FieldPath,
        value: Value,
        safety: Safety,
    ) -> Self {
        self.fixes.push(Fix { title: title.into(), set: vec![(path, value)], safety });
        self
    }

    /// The same, never more severe than `severity`.
    #[must_use]
    pub fn at_most(mut self, severity: Severity) -> Self {
        self.severity = self.severity.max(severity);
        self
    }
}

/// Puts findings into their one order and drops repetitions: severity, then the place's rank in the form as
/// `rank` tells it, then path, code and message.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, rank: impl Fn(&FieldPath) -> usize) {
    diagnostics.sort_by(|a, b| {
        (a.severity, rank(&a.path), &a.path, a.code, &a.message).cmp(&(
            b.severity,
            rank(&b.path),
            &b.path,
            b.code,
            &b.message,
        ))
    });
    diagnostics.dedup();
}
