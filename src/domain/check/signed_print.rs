//! D101, D102: the signed paper was printed from other entries than those that stand here now.

use std::cell::OnceCell;

use super::Input;
use crate::domain::base::json::Value;
use crate::domain::case::compare::FORM_CODE_KEY;
use crate::domain::case::form_code_of_text;
use crate::domain::diag::Diagnostic;
use crate::domain::path::FieldPath;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    // A digest over all entries: made only where a file has a code to compare with.
    let current = OnceCell::new();
    for file in &input.application.attachments {
        let Some(Value::String(text)) = file.facts.get(FORM_CODE_KEY) else { continue };
        let path = FieldPath::of_material(&file.material);
        let clauses = input.entry_clause();
        match form_code_of_text(text) {
            None => {
                found.push(Diagnostic::new("D102", path, &[], &clauses));
            }
            Some(printed)
                if &printed != current.get_or_init(|| input.application.fingerprint().form_code()) =>
            {
                found.push(Diagnostic::new("D101", path, &[], &clauses));
            }
            Some(_) => {}
        }
    }
}
