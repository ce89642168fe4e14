//! X001, X002, X018, X020: what the identity number says, against what was entered beside it.

use super::{Input, date_at, is_asked, path};
use crate::domain::base::date::{format_chinese, parse_date};
use crate::domain::base::identifier::resident_id;
use crate::domain::base::json::Value;
use crate::domain::base::messages::{say, template};
use crate::domain::case::{Answer, display};
use crate::domain::diag::{Diagnostic, Safety};

/// Longer texts are no identity numbers; R002 names them.
const MAX_INSPECTED: usize = 200;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let id_type = input.application.text("person.id_type");
    if matches!(id_type, Some("foreigner_permit" | "passport")) {
        return;
    }
    let Some(number) = input.application.text("person.id_number").filter(|t| t.len() < MAX_INSPECTED) else {
        return;
    };
    let inspection = resident_id::inspect(number, input.reference());
    if !inspection.is_valid() {
        return;
    }
    check_kind(input, id_type, &inspection.value, found);
    let birth = inspection.part("birth_date").and_then(|text| parse_date(text).ok());
    if let (Some(in_number), Some(entered)) = (birth, date_at(input, "person.birth_date"))
        && in_number != entered
    {
        found.push(differs(
            input,
            "X001",
            "X001/fix",
            "person.birth_date",
            inspection.part("birth_date"),
            "X001/at_id",
        ));
    }
    if let (Some(in_number), Some(entered)) = (inspection.part("sex"), input.application.text("person.sex"))
        && in_number != entered
    {
        found.push(differs(input, "X002", "X002/fix", "person.sex", Some(in_number), "X002/at_id"));
    }
    let sex = inspection.part("sex").map(|sex| template(if sex == "male" { "/male" } else { "/female" }));
    let derivable = [
        ("person.birth_date", inspection.part("birth_date"), birth.map(format_chinese)),
        ("person.sex", inspection.part("sex"), sex.map(String::from)),
    ];
    for (key, value, words) in derivable {
        if let (Some(value), Some(words)) = (value, words)
            && is_asked(input, key)
            && input.application.answer(key) == Answer::Unknown
        {
            found.push(
                Diagnostic::new("X020", path(key), &[("label", input.label(key))], &standard(input, key))
                    .with_related(path("person.id_number"), input.label("person.id_number"))
                    .with_fix(
                        say("X020/fix", &[("words", &words)]),
                        path(key),
                        Value::String(value.to_owned()),
                        Safety::Exact,
                    ),
            );
        }
    }
}

/// Which of the two is wrong only the card can tell: the fix is offered, not exact.
fn differs(
    input: &Input<'_>,
    code: &'static str,
    fix: &str,
    key: &str,
    in_number: Option<&str>,
    note: &str,
) -> Diagnostic {
    Diagnostic::new(code, path(key), &[], &standard(input, key))
        .with_related(path("person.id_number"), template(note))
        .with_fix(
            say(fix, &[]),
            path(key),
            Value::String(in_number.unwrap_or_default().to_owned()),
            Safety::NeedsReview,
        )
}

/// Numbers of residence permits begin with 81, 82 or 83, those of identity cards do not.
fn check_kind(input: &Input<'_>, id_type: Option<&str>, number: &str, found: &mut Vec<Diagnostic>) {
    let is_permit = number.starts_with("81") || number.starts_with("82") || number.starts_with("83");
    let right = if is_permit { "hk_mo_tw_permit" } else { "resident_id" };
    let key = "person.id_type";
    if id_type.is_some_and(|chosen| chosen != right)
        && let Some(field) = input.pack.field(key).filter(|_| is_asked(input, key))
    {
        let value = Value::String(right.to_owned());
        let kind = display::field_value(field, Some(&value));
        found.push(
            Diagnostic::new("X018", path(key), &[("label", &field.label)], &standard(input, key))
                .with_related(path("person.id_number"), template("X018/at_number"))
                .with_fix(say("X018/fix", &[("kind", &kind)]), path(key), value, Safety::NeedsReview),
        );
    }
}

fn standard(input: &Input<'_>, key: &str) -> Vec<String> {
    let mut clauses = input.clauses(key);
    clauses.push("GB 11643-1999".to_owned());
    clauses
}
