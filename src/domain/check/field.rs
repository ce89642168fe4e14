//! R002–R008, R301, R302: a value that its field cannot have.

use std::collections::BTreeSet;

use super::Input;
use crate::domain::base::catalogue;
use crate::domain::base::date::{DateProblem, YearMonth, format_iso, parse_date, parse_month};
use crate::domain::base::json::Value;
use crate::domain::base::text;
use crate::domain::case::Answer;
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
const MAX_WORK_YEARS: i64 = 60;

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
        found.push(Diagnostic::new("R008", path, "班期不在规则包里，在“选择”一步重新选择", &clauses));
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
        let message = format!("规则包里没有“{}”这一项，内容保留，不参与检查", shortened(key));
        found.push(Diagnostic::new("R007", FieldPath::of_key(key), message, &input.entry_clause()));
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
    let mut say = |code: &'static str, message: String| {
        found.push(Diagnostic::new(code, path.clone(), message, &field.clauses));
    };
    match (&field.kind, value) {
        (FieldKind::Bool, Value::Bool(_)) => {}
        (FieldKind::Integer, Value::Number(n)) => {
            if n.as_i64().is_none_or(|n| !(0..=MAX_WORK_YEARS).contains(&n)) {
                say("R006", format!("“{label}”应在 0 至 {MAX_WORK_YEARS} 之间"));
            }
        }
        (FieldKind::Resume, Value::Array(_)) => check_resume(input, field, found),
        (FieldKind::Choice { options, .. }, Value::String(text)) => {
            if !options.iter().any(|o| &o.value == text) {
                say("R004", format!("“{label}”的内容不在选项之内，重新选择"));
            }
        }
        (FieldKind::Code(catalogue), Value::String(text)) => {
            if !is_in(*catalogue, text) {
                let message = format!("“{label}”的代码不在代码表里，重新选择");
                let found_here = Diagnostic::new("R004", path.clone(), message, &field.clauses);
                // The classification grows: a code of the right shape may be newer than our table.
                let may_be_new =
                    *catalogue == Catalogue::Occupation && catalogue::occupation::class_of(text).is_some();
                found.push(if may_be_new { found_here.at_most(Severity::Warning) } else { found_here });
            }
        }
        (FieldKind::Date, Value::String(text)) => match parse_date(text) {
            Err(problem) => say("R301", unreadable(label, problem)),
            Ok(date) => {
                if date > input.reference() && PAST_DATES.contains(&field.id.as_str()) {
                    say("R302", format!("“{label}”晚于判断日期，核对年份"));
                }
                let iso = format_iso(date);
                if &iso != text {
                    found.push(
                        Diagnostic::new(
                            "R301",
                            path.clone(),
                            format!("“{label}”写作 {iso} 更清楚"),
                            &field.clauses,
                        )
                        .at_most(Severity::Advice)
                        .with_fix(
                            format!("改为 {iso}"),
                            path.clone(),
                            Value::String(iso),
                            Safety::Exact,
                        ),
                    );
                }
            }
        },
        (FieldKind::Month, Value::String(text)) => {
            if let Err(problem) = parse_month(text) {
                say("R301", unreadable(label, problem));
            }
        }
        (FieldKind::Text | FieldKind::LongText | FieldKind::Identifier(_), Value::String(text)) => {
            check_text(label, text, field.max_chars, &path, &field.clauses, found);
        }
        _ => say("R005", format!("“{label}”的内容类型不对，重新填写")),
    }
}

fn unreadable(label: &str, problem: DateProblem) -> String {
    format!("“{label}”：{problem}")
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
        let message = format!("“{label}”有 {n_chars} 个字符，最多 {max_chars} 个，缩短后再填");
        found.push(Diagnostic::new("R002", path.clone(), message, clauses));
    }
    // Longer texts are named above; looking through a megabyte for control characters would add nothing.
    let head: String = text.chars().take(10_000).collect();
    if let Some(first) = text::find_control_chars(&head).first() {
        let message = format!("“{label}”第 {} 个字符看不见（{}），删去后重填", first.position, first.name);
        found.push(Diagnostic::new("R003", path.clone(), message, clauses));
    }
}

fn check_resume(input: &Input<'_>, field: &Field, found: &mut Vec<Diagnostic>) {
    for (id, entry) in input.application.members(&field.id) {
        let mut months = Vec::new();
        for (key, label) in [("from", "起"), ("to", "止")] {
            if let Some(Value::String(text)) = entry.get(key)
                && !text.trim().is_empty()
            {
                match parse_month(text).or_else(|_| parse_date(text).map(YearMonth::of)) {
                    Ok(month) => months.push((key, month)),
                    Err(problem) => found.push(Diagnostic::new(
                        "R301",
                        FieldPath::of_member(&field.id, id, key),
                        format!("“{}”的{label}：{problem}", field.label),
                        &field.clauses,
                    )),
                }
            }
        }
        if let [("from", from), ("to", to)] = months.as_slice()
            && to < from
        {
            found.push(
                Diagnostic::new(
                    "X012",
                    FieldPath::of_member(&field.id, id, "to"),
                    format!("“{}”有一段的止早于起，核对年月", field.label),
                    &field.clauses,
                )
                .with_related(FieldPath::of_member(&field.id, id, "from"), "起"),
            );
        }
        for (key, label) in [("unit", "单位"), ("position", "职务")] {
            if let Some(Value::String(text)) = entry.get(key) {
                let path = FieldPath::of_member(&field.id, id, key);
                check_text(label, text, MAX_ENTRY_CHARS, &path, &field.clauses, found);
            }
        }
    }
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
