//! R101–R4xx: a number that its standard rules out, or that is unusual by it.

use super::Input;
use crate::domain::base::identifier::{
    Inspection, credit_code, email, examiner_card, filing_number, phone, postal_code, resident_id,
    skill_certificate, vocational_certificate,
};
use crate::domain::base::json::Value;
use crate::domain::base::messages::say;
use crate::domain::case::Answer;
use crate::domain::diag::{Diagnostic, Safety, Severity};
use crate::domain::pack::{Field, FieldKind, IdentifierKind};
use crate::domain::path::FieldPath;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for field in input.fields() {
        if let FieldKind::Identifier(kind) = field.kind
            && let Answer::Given(Value::String(text)) = input.application.answer(&field.id)
            && text.len() <= MAX_INSPECTED
            && let Some(inspection) = inspect(input, kind, text)
        {
            check_inspection(field, text, &inspection, found);
        }
    }
}

/// Longer texts are named by R002.
const MAX_INSPECTED: usize = 1_000;

fn check_inspection(field: &Field, text: &str, inspection: &Inspection, found: &mut Vec<Diagnostic>) {
    let path = FieldPath::of_key(&field.id);
    for problem in &inspection.problems {
        let clauses = with_standard(&field.clauses, problem.code);
        let diagnostic = Diagnostic::of_problem(problem, path.clone(), &field.label, &clauses);
        found.push(if problem.certain { diagnostic } else { diagnostic.at_most(Severity::Warning) });
    }
    if inspection.problems.is_empty() && inspection.value != text {
        let value = inspection.value.clone();
        found.push(
            Diagnostic::new("R010", path.clone(), &[("label", &field.label)], &field.clauses).with_fix(
                say("R010/fix", &[]),
                path,
                Value::String(value),
                Safety::Exact,
            ),
        );
    }
}

/// A problem found by a standard cites the standard beside the field's clause.
fn with_standard(clauses: &[String], code: &str) -> Vec<String> {
    let mut clauses = clauses.to_vec();
    if let Some((.., source)) = crate::domain::base::identifier::CODES.iter().find(|c| c.0 == code)
        && source.starts_with("GB")
    {
        clauses.push((*source).to_owned());
    }
    clauses
}

fn inspect(input: &Input<'_>, kind: IdentifierKind, text: &str) -> Option<Inspection> {
    let today = input.reference();
    Some(match kind {
        // Only resident IDs have a national standard here; the others are taken as they are.
        IdentifierKind::Identity => match input.application.text("person.id_type") {
            None | Some("resident_id" | "hk_mo_tw_permit") => resident_id::inspect(text, today),
            Some(_) => return None,
        },
        IdentifierKind::Certificate => match input.application.text("certificate.kind") {
            Some("skill_level") => skill_certificate::inspect(text, today),
            Some("vocational_qualification") => vocational_certificate::inspect(text, today),
            _ => return None,
        },
        IdentifierKind::CreditCode => credit_code::inspect(text, today),
        IdentifierKind::FilingNumber => filing_number::inspect(text, today),
        IdentifierKind::ExaminerCard => examiner_card::inspect(text, today),
        IdentifierKind::Phone => phone::inspect(text, today),
        IdentifierKind::Email => email::inspect(text, today),
        IdentifierKind::PostalCode => postal_code::inspect(text, today),
    })
}
