//! R002–R008, R011, R012, R301, R302: a value that its field cannot have.

use std::collections::BTreeSet;

use super::Input;
use crate::domain::base::catalogue;
use crate::domain::base::date::{DateProblem, YearMonth, format_iso, parse_date, parse_month};
use crate::domain::base::json::Value;
use crate::domain::base::messages::{self, say};
use crate::domain::base::text;
use crate::domain::case::{Answer, MAX_MEMBERS};
use crate::domain::diag::{Diagnostic, Safety, Severity};
use crate::domain::pack::{Catalogue, Field, FieldKind};
use crate::domain::path::FieldPath;

/// Dates of things that have happened; the others may lie ahead.
const PAST_DATES: &[&str] = &[
    "person.birth_date",
    "work.started_on",
    "certificate.issued_on",
    "title.issued_on",
    "examiner_card.issued_on",
    "unit.accepted_on",
];

/// Keys that stand in files beside the pack's own: the vocabulary of `precheck.application/1`.
const FURTHER_KEYS: &[&str] = &[
    "unit.opinion",
    "unit.suspended_from",
    "exam.history",
    "exam.training_completed",
    "exam.original_occupation_code",
    "exam.left_unit",
    "exam.date",
    "exam.leave_requested_on",
    "conduct.cheated_on",
    "card.notice_on",
    "card.claimed_on",
];

/// The longest number of years that a person can have worked.
pub(super) const MAX_WORK_YEARS: i64 = 60;

/// How many characters are looked through for such as cannot be seen.
const MAX_LOOKED_THROUGH: usize = 10_000;

/// The longest text in an entry of a list, in characters.
const MAX_ENTRY_CHARS: usize = 100;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for field in input.fields() {
        if let Answer::Given(value) = input.application.answer(&field.id) {
            let path = FieldPath::of_key(&field.id);
            check_value(input, field, value, path, found);
        }
    }
    if let Some(session) = &input.application.session
        && input.pack.session(session).is_none()
    {
        let clauses = input.entry_clause();
        let path = FieldPath::of_key("session");
        found.push(Diagnostic::new("R008", path, &[], &clauses));
    }
    let known: BTreeSet<&str> = input
        .pack
        .form
        .iter()
        .flat_map(|s| &s.fields)
        .map(|f| f.id.as_str())
        .chain(input.pack.facts.iter().map(|f| f.id.as_str()))
        .chain(FURTHER_KEYS.iter().copied())
        .collect();
    for key in input.application.answers.keys().filter(|k| !known.contains(k.as_str())) {
        let path = FieldPath::of_key(key);
        found.push(Diagnostic::new("R007", path, &[("key", &shortened(key))], &input.entry_clause()));
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).filter(|c| !c.is_control()).collect()
}

fn check_value(
    input: &Input<'_>,
    field: &Field,
    value: &Value,
    path: FieldPath,
    found: &mut Vec<Diagnostic>,
) {
    let label = &field.label;
    let mut raise = |key: &'static str, arguments: &[(&str, &str)]| {
        found.push(Diagnostic::new(key, path.clone(), arguments, &field.clauses));
    };
    let named = [("label", label.as_str())];
    match (&field.kind, value) {
        (FieldKind::Bool, Value::Bool(_)) => {}
        (FieldKind::Integer, Value::Number(n)) => {
            if n.as_i64().is_none_or(|n| !(0..=MAX_WORK_YEARS).contains(&n)) {
                raise("R006", &[named[0], ("min", "0"), ("max", &MAX_WORK_YEARS.to_string())]);
            }
        }
        (FieldKind::Resume, Value::Array(_)) => check_resume(input, field, found),
        (FieldKind::Choice { options, .. }, Value::String(text)) => {
            if !options.iter().any(|o| &o.value == text) {
                raise("R004", &named);
            }
        }
        (FieldKind::Code(catalogue), Value::String(text)) => {
            if !is_in(*catalogue, text) {
                let found_here = Diagnostic::new("R004/code", path.clone(), &named, &field.clauses);
                // The classification grows: a code of the right shape may be newer than our table.
                let may_be_new =
                    *catalogue == Catalogue::Occupation && catalogue::occupation::class_of(text).is_some();
                found.push(if may_be_new { found_here.at_most(Severity::Warning) } else { found_here });
            }
        }
        (FieldKind::Date, Value::String(text)) => match parse_date(text) {
            Err(problem) => raise("R301", &[named[0], ("problem", problem.message())]),
            Ok(date) => {
                if date > input.reference() && PAST_DATES.contains(&field.id.as_str()) {
                    raise("R302", &named);
                }
                check_written(field, label, text, &format_iso(date), path, found);
            }
        },
        (FieldKind::Month, Value::String(text)) => match parse_month(text) {
            Err(problem) => raise("R301", &[named[0], ("problem", problem.month_message())]),
            Ok(month) => check_written(field, label, text, &month.to_string(), path, found),
        },
        (FieldKind::Identifier(_), Value::String(text)) => {
            check_text(label, text, field.max_chars, &path, &field.clauses, found);
        }
        (FieldKind::Text | FieldKind::Worktype | FieldKind::LongText, Value::String(text)) => {
            check_text(label, text, field.max_chars, &path, &field.clauses, found);
            check_width(label, text, &path, &field.clauses, found);
        }
        _ => raise("R005", &named),
    }
}

/// A date or month that could be read, but is not written as files write it.
fn check_written(
    field: &Field,
    label: &str,
    text: &str,
    iso: &str,
    path: FieldPath,
    found: &mut Vec<Diagnostic>,
) {
    if iso != text {
        let value = Value::String(iso.to_owned());
        found.push(
            Diagnostic::new("R301/iso", path.clone(), &[("label", label), ("iso", iso)], &field.clauses)
                .at_most(Severity::Advice)
                .with_fix(say("R301/fix", &[("iso", iso)]), path, value, Safety::Exact),
        );
    }
}

fn check_text(
    label: &str,
    text: &str,
    max_chars: usize,
    path: &FieldPath,
    clauses: &[String],
    found: &mut Vec<Diagnostic>,
) {
    let n_chars = text::chars_len(text);
    if n_chars > max_chars {
        let (n, max) = (n_chars.to_string(), max_chars.to_string());
        let arguments = [("label", label), ("n", &n), ("max", &max)];
        found.push(Diagnostic::new("R002", path.clone(), &arguments, clauses));
    }
    // Longer texts are named above; looking through a megabyte for control characters would add nothing.
    let end = text.char_indices().nth(MAX_LOOKED_THROUGH).map_or(text.len(), |(end, _)| end);
    let head = text.get(..end).unwrap_or(text);
    if head.is_ascii() && !head.bytes().any(|b| b.is_ascii_control()) {
        return;
    }
    if let Some(first) = text::find_control_chars(head).first() {
        let position = first.position.to_string();
        let arguments = [("label", label), ("position", &position), ("name", first.name)];
        let diagnostic = Diagnostic::new("R003", path.clone(), &arguments, clauses);
        let visible = text::without_control_chars(text);
        found.push(if n_chars > max_chars || visible.trim().is_empty() {
            diagnostic
        } else {
            // Some scripts need a joiner: the person decides.
            let value = Value::String(visible);
            diagnostic.with_fix(say("R003/fix", &[]), path.clone(), value, Safety::NeedsReview)
        });
    }
}

/// Letters and digits of full width in a text for people. Numbers are normalised by their own checks.
fn check_width(label: &str, text: &str, path: &FieldPath, clauses: &[String], found: &mut Vec<Diagnostic>) {
    if text.len() > MAX_LOOKED_THROUGH {
        return;
    }
    let half = text::letters_to_half_width(text);
    if half != text {
        found.push(Diagnostic::new("R011", path.clone(), &[("label", label)], clauses).with_fix(
            say("R011/fix", &[]),
            path.clone(),
            Value::String(half),
            Safety::Exact,
        ));
    }
}

fn check_resume(input: &Input<'_>, field: &Field, found: &mut Vec<Diagnostic>) {
    let n_entries = input.application.members(&field.id).count();
    if n_entries > MAX_MEMBERS {
        let (n, max) = (n_entries.to_string(), MAX_MEMBERS.to_string());
        let arguments = [("label", field.label.as_str()), ("n", &n), ("max", &max)];
        found.push(Diagnostic::new("R012", FieldPath::of_key(&field.id), &arguments, &field.clauses));
    }
    for (id, entry) in input.application.members(&field.id).take(MAX_MEMBERS) {
        for (key, part) in [("from", "R301/at_from"), ("to", "R301/at_to")] {
            let Some(Value::String(text)) =
                entry.get(key).filter(|v| !v.as_str().unwrap_or("").trim().is_empty())
            else {
                continue;
            };
            let path = FieldPath::of_member(&field.id, id, key);
            match read_month(text) {
                Ok(month) => check_written(field, &field.label, text, &month.to_string(), path, found),
                Err(problem) => {
                    let arguments = [
                        ("label", field.label.as_str()),
                        ("part", messages::template(part)),
                        ("problem", problem.month_message()),
                    ];
                    found.push(Diagnostic::new("R301/entry", path, &arguments, &field.clauses));
                }
            }
        }
        for key in ["unit", "position"] {
            if let Some(Value::String(text)) = entry.get(key) {
                let path = FieldPath::of_member(&field.id, id, key);
                check_text(&field.label, text, MAX_ENTRY_CHARS, &path, &field.clauses, found);
                check_width(&field.label, text, &path, &field.clauses, found);
            }
        }
    }
}

/// The month of an entry's beginning or end; a day says its month too.
pub(super) fn read_month(text: &str) -> Result<YearMonth, DateProblem> {
    parse_month(text).or_else(|problem| parse_date(text).map(YearMonth::of).map_err(|_| problem))
}

fn is_in(catalogue: Catalogue, code: &str) -> bool {
    match catalogue {
        Catalogue::Occupation => catalogue::occupation::find(code).is_some(),
        Catalogue::EthnicGroup => catalogue::ethnic_group::all().iter().any(|e| e.code == code),
        Catalogue::PoliticalStatus => catalogue::political_status::all().iter().any(|e| e.code == code),
        Catalogue::Education => catalogue::education::all().iter().any(|e| e.code == code),
        Catalogue::SichuanCity => catalogue::division::sichuan_cities().iter().any(|c| c.code == code),
        Catalogue::TitleSeries => catalogue::title::series().iter().any(|s| s.code == code),
    }
}
