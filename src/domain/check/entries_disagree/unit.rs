//! X005, X006, X011: the recommending unit against the units that insure and employ, and its filing.

use super::{Input, is_asked, path};
use crate::domain::base::messages::template;
use crate::domain::base::text;
use crate::domain::diag::Diagnostic;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(unit) = input.application.text("unit.name") else { return };
    let pairs = [
        ("X005", "unit.insured_person_unit", "X005/at_unit"),
        ("X006", "unit.contract_unit", "X006/at_unit"),
    ];
    for (code, key, note) in pairs {
        if let Some(other) = input.application.text(key)
            && is_asked(input, key)
            && !text::is_same_after_normalising(unit, other)
        {
            found.push(
                Diagnostic::new(code, path(key), &[], &input.clauses(key))
                    .with_related(path("unit.name"), template(note)),
            );
        }
    }
    if let (Some(_), Some("none" | "submitted")) =
        (input.application.text("unit.filing_number"), input.application.text("unit.filing"))
    {
        let key = "unit.filing_number";
        found.push(
            Diagnostic::new("X011", path(key), &[], &input.clauses(key))
                .with_related(path("unit.filing"), template("X011/at_filing")),
        );
    }
}
