//! R001, R009, F101: something that the notice asks for is not there yet.

use super::Input;
use crate::domain::diag::Diagnostic;
use crate::domain::pack::{Condition, Field, FieldKind, Material, Required};
use crate::domain::path::FieldPath;

/// Whether the field must be filled in this application.
#[must_use]
pub fn is_required(field: &Field, holds: &dyn Fn(&Condition) -> bool) -> bool {
    match &field.required {
        Required::No => false,
        Required::Yes => true,
        Required::When(condition) => holds(condition),
    }
}

/// Whether the material must be attached, itself or one that stands in for it.
#[must_use]
pub fn is_material_needed(material: &Material, holds: &dyn Fn(&Condition) -> bool) -> bool {
    material.required && material.when.as_ref().is_none_or(holds)
}

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if input.application.session.is_none() {
        let clauses = input.entry_clause();
        found.push(Diagnostic::new("R009", FieldPath::of_key("session"), &[], &clauses));
    }
    for field in input.fields() {
        let is_there = input.application.answer(&field.id).is_given();
        if is_required(field, input.holds) && !is_there {
            let key = match field.kind {
                FieldKind::Choice { .. } | FieldKind::Bool | FieldKind::Code(_) => "R001/choose",
                _ => "R001",
            };
            let arguments = [("label", field.label.as_str())];
            found.push(Diagnostic::new(key, FieldPath::of_key(&field.id), &arguments, &field.clauses));
        }
    }
    for material in input.pack.materials_for(&input.application.track) {
        let is_there = |id: &str| input.application.files_of(id).next().is_some();
        let is_met = is_there(&material.id) || material.instead.iter().any(|id| is_there(id));
        if is_material_needed(material, input.holds) && !is_met {
            let path = FieldPath::of_material(&material.id);
            let arguments = [("label", material.label.as_str())];
            found.push(Diagnostic::new("F101", path, &arguments, &material.clauses));
        }
    }
}
