//! D103–D106: a declaration, or the portal's page, says something else than the entries.

use super::Input;
use crate::domain::base::messages;
use crate::domain::case::compare::Agreement;
use crate::domain::case::inspected::IDENTITY;
use crate::domain::case::paper_reading::{FieldComparison, PaperKind};
use crate::domain::diag::{Diagnostic, Safety, Severity};
use crate::domain::path::FieldPath;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for reading in &input.application.readings {
        let comparisons = reading.compare(input.pack, input.application);
        let clauses = input.entry_clause();
        let is_different =
            |key: &str| comparisons.iter().any(|c| c.key == key && c.agreement == Agreement::Different);
        if IDENTITY.iter().all(|key| is_different(key)) {
            let path = FieldPath::of_key(IDENTITY[0]);
            let paper = ("paper", reading.kind.label());
            found.push(Diagnostic::new("D105", path, &[paper, ("file", &reading.file)], &clauses));
            continue;
        }
        found.extend(comparisons.iter().filter(|c| c.differs()).map(|c| of_field(reading.kind, c, &clauses)));
    }
}

fn of_field(kind: PaperKind, comparison: &FieldComparison, clauses: &[String]) -> Diagnostic {
    let key = match (kind, comparison.agreement) {
        (PaperKind::Declaration, Agreement::OnlyHere) => "D103/only_here",
        (PaperKind::Declaration, Agreement::OnlyThere) => "D103/only_there",
        (PaperKind::Declaration, _) => "D103",
        (PaperKind::Portal, Agreement::OnlyHere) => "D104/only_here",
        (PaperKind::Portal, Agreement::OnlyThere) => "D104/only_there",
        (PaperKind::Portal, _) => "D104",
    };
    let path = FieldPath::of_key(&comparison.key);
    let arguments = [("label", comparison.label.as_str()), ("found", comparison.found_words.as_str())];
    let mut diagnostic = Diagnostic::new(key, path.clone(), &arguments, clauses);
    if comparison.agreement != Agreement::Different {
        // What is missing on one side may stand there in a way that is not recognised.
        diagnostic = diagnostic.at_most(Severity::Warning);
    }
    match &comparison.found {
        Some(value) => {
            let key = match kind {
                PaperKind::Declaration => "D103/fix",
                PaperKind::Portal => "D104/fix",
            };
            let title = messages::say(key, &arguments);
            diagnostic.with_fix(title, path, value.clone(), Safety::NeedsReview)
        }
        None => diagnostic,
    }
}
