//! R101–R4xx: a number that its standard rules out, or that is unusual by it.

use chrono::NaiveDate;

use super::Input;
use crate::domain::base::date::{format_chinese, parse_iso};
use crate::domain::base::identifier::{
    Inspection, credit_code, email, examiner_card, filing_number, phone, postal_code, resident_id,
    skill_certificate, vocational_certificate,
};
use crate::domain::base::json::Value;
use crate::domain::base::messages::{self, say};
use crate::domain::case::{Answer, Application};
use crate::domain::diag::{Diagnostic, Safety, Severity};
use crate::domain::pack::{Field, FieldKind, IdentifierKind};
use crate::domain::path::FieldPath;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for field in input.fields() {
        if let FieldKind::Identifier(kind) = field.kind
            && let Answer::Given(Value::String(text)) = input.application.answer(&field.id)
            && text.len() <= MAX_INSPECTED
            && let Some(inspection) = inspect(input.application, input.reference(), kind, text)
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

/// What a number that is right says, in the order in which it says it: to be read beside the field and compared with the
/// paper. `None` for other fields, and while something is wrong.
#[must_use]
pub fn reading_of(field: &Field, application: &Application, today: NaiveDate) -> Option<String> {
    let FieldKind::Identifier(kind) = field.kind else { return None };
    let text = application.text(&field.id).filter(|text| text.len() <= MAX_INSPECTED)?;
    let inspection = inspect(application, today, kind, text).filter(Inspection::is_valid)?;
    let part = |key: &str| {
        let value = inspection.part(key)?;
        Some(match (key, value) {
            ("birth_date", day) => format_chinese(parse_iso(day)?),
            ("sex", "male") => messages::template("/male").to_owned(),
            ("sex", _) => messages::template("/female").to_owned(),
            ("year", year) => say("/in_year", &[("year", year)]),
            (_, value) => value.to_owned(),
        })
    };
    let said: Vec<String> = READ.iter().filter_map(|key| part(key)).collect();
    (!said.is_empty()).then(|| said.join(messages::template("/separator")))
}

/// The parts that a person can compare with the paper.
const READ: [&str; 8] =
    ["department", "category", "region", "province", "birth_date", "sex", "year", "level_name"];

fn inspect(
    application: &Application,
    today: NaiveDate,
    kind: IdentifierKind,
    text: &str,
) -> Option<Inspection> {
    Some(match kind {
        // Only resident IDs have a national standard here; the others are taken as they are.
        IdentifierKind::Identity => match application.text("person.id_type") {
            None | Some("resident_id" | "hk_mo_tw_permit") => resident_id::inspect(text, today),
            Some(_) => return None,
        },
        IdentifierKind::Certificate => match application.text("certificate.kind") {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pack::Pack;

    #[test]
    fn a_right_number_says_what_is_in_it() {
        let pack = Pack::built_in().unwrap();
        let today = parse_iso("2026-03-20").unwrap();
        let read = |key: &str, text: &str| {
            let mut application = Application::default();
            application.answers.insert("certificate.kind".to_owned(), Value::from("skill_level"));
            application.answers.insert(key.to_owned(), Value::from(text));
            reading_of(pack.field(key).unwrap(), &application, today)
        };
        let id = read("person.id_number", "51070319850312 0017");
        assert_eq!(id.as_deref(), Some("四川省绵阳市涪城区 · 1985年3月12日 · 男"));
        let certificate = read("certificate.number", "Y000051001064243000001");
        assert_eq!(certificate.as_deref(), Some("用人单位 · 四川省 · 2024年 · 三级/高级工"));
        assert_eq!(read("person.id_number", "510703198503120018"), None);
        assert_eq!(read("person.name", "示例甲"), None);
        assert_eq!(read("person.postal_code", "610000"), None);
    }
}
