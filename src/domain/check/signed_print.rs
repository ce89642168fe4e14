//! D101, D102: the signed paper was printed from other entries than those that stand here now.

use super::Input;
use crate::domain::base::json::Value;
use crate::domain::case::compare::FORM_CODE_KEY;
use crate::domain::case::form_code_of_text;
use crate::domain::diag::Diagnostic;
use crate::domain::path::FieldPath;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let current = input.application.fingerprint().form_code();
    for file in &input.application.attachments {
        let Some(Value::String(text)) = file.facts.get(FORM_CODE_KEY) else { continue };
        let path = FieldPath::of_material(&file.material);
        let clauses = input.entry_clause();
        match form_code_of_text(text) {
            None => {
                found.push(Diagnostic::new("D102", path, &[], &clauses));
            }
            Some(printed) if printed != current => {
                found.push(Diagnostic::new("D101", path, &[], &clauses));
            }
            Some(_) => {}
        }
    }
}
