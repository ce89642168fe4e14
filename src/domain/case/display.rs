//! Answers in words, as they stand on the form and on the page that shows all answers.

use super::facts::Known;
use super::history::ExamOutcome;
use crate::domain::base::catalogue;
use crate::domain::base::date::{format_chinese, parse_date};
use crate::domain::base::json::Value;
use crate::domain::pack::{Catalogue, ChoiceOption, Fact, FactKind, Field, FieldKind, Literal, Pack};

/// The words for what stands in `field`; empty where nothing does. What cannot be read is shown as it was entered.
#[must_use]
pub fn field_value(field: &Field, value: Option<&Value>) -> String {
    let Some(value) = value else { return String::new() };
    match (&field.kind, value) {
        (FieldKind::Choice { none_label, .. }, Value::Null) => {
            none_label.clone().unwrap_or_else(|| "无".to_owned())
        }
        (_, Value::Null) => "无".to_owned(),
        (FieldKind::Choice { options, .. }, Value::String(text)) => option_label(options, text),
        (FieldKind::Code(catalogue), Value::String(text)) => code_name(*catalogue, text),
        (FieldKind::Date, Value::String(text)) => {
            parse_date(text).map_or_else(|_| text.clone(), format_chinese)
        }
        (FieldKind::Resume, Value::Array(list)) => list.iter().map(entry_line).collect::<Vec<_>>().join("\n"),
        (_, value) => plain(value),
    }
}

/// The words for the answer to a question.
#[must_use]
pub fn fact_value(kind: &FactKind, value: &Value) -> String {
    match (kind, value) {
        (FactKind::Choice { none_label, .. }, Value::Null) => {
            none_label.clone().unwrap_or_else(|| "无".to_owned())
        }
        (FactKind::History, Value::Null) => "没有参加过".to_owned(),
        (_, Value::Null) => "无".to_owned(),
        (FactKind::History, Value::Array(list)) => list.iter().map(exam_line).collect::<Vec<_>>().join("；"),
        (FactKind::Choice { options, .. }, Value::String(text)) => option_label(options, text),
        (FactKind::Code(catalogue), Value::String(text)) => code_name(*catalogue, text),
        (FactKind::Date, Value::String(text)) => {
            parse_date(text).map_or_else(|_| text.clone(), format_chinese)
        }
        (_, value) => plain(value),
    }
}

/// The words for what is known of a fact, derived ones included; empty while nothing is.
#[must_use]
pub fn known_value(pack: &Pack, fact: &Fact, known: &Known) -> String {
    match known {
        Known::Unknown => String::new(),
        Known::Nothing => fact.none_label.clone().unwrap_or_else(|| match &fact.kind {
            FactKind::Choice { none_label: Some(words), .. } => words.clone(),
            _ => "无".to_owned(),
        }),
        Known::Bool(true) => "是".to_owned(),
        Known::Bool(false) => "否".to_owned(),
        Known::Integer(n) => n.to_string(),
        Known::Date(date) => format_chinese(*date),
        Known::Option(place) => match &fact.kind {
            FactKind::Choice { options, .. } => {
                options.get(*place).map_or_else(String::new, |o| o.label.clone())
            }
            _ => String::new(),
        },
        Known::Text(text) => match (fact.id.as_str(), &fact.kind) {
            (_, FactKind::Code(catalogue)) => code_name(*catalogue, text),
            _ => pack.literal_words(fact, &Literal::Text(text.clone())),
        },
        Known::List => "有".to_owned(),
    }
}

/// The four columns of one entry of 工作简历: from, to, unit, position.
#[must_use]
pub fn entry_columns(entry: &serde_json::Map<String, Value>) -> [String; 4] {
    ["from", "to", "unit", "position"].map(|key| entry.get(key).map(plain).unwrap_or_default())
}

/// One entry of 工作简历 in a line; without an end it goes on (至今).
#[must_use]
pub fn entry_line(entry: &Value) -> String {
    entry.as_object().map_or_else(String::new, |entry| {
        let [from, to, unit, position] = entry_columns(entry);
        let to = if to.is_empty() { "至今".to_owned() } else { format!("至 {to}") };
        format!("{from} {to} {unit} {position}").trim().to_owned()
    })
}

fn exam_line(entry: &Value) -> String {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default();
    let day = parse_date(text("date")).map_or_else(|_| text("date").to_owned(), format_chinese);
    let outcome = ExamOutcome::parse(text("outcome")).map_or("", ExamOutcome::label);
    format!("{day} {outcome}").trim().to_owned()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn option_label(options: &[ChoiceOption], value: &str) -> String {
    options.iter().find(|o| o.value == value).map_or_else(|| value.to_owned(), |o| o.label.clone())
}

/// The name behind a catalogue's code; for occupations and series the code stands before it.
fn code_name(catalogue: Catalogue, code: &str) -> String {
    let name = match catalogue {
        Catalogue::Occupation => {
            return name_with_code(code, catalogue::occupation::find(code).map(|o| o.name));
        }
        Catalogue::EthnicGroup => catalogue::ethnic_group::find(code).map(|e| e.name),
        Catalogue::PoliticalStatus => catalogue::political_status::find(code).map(|e| e.name),
        Catalogue::Education => catalogue::education::find(code).map(|e| e.name),
        Catalogue::SichuanCity => {
            catalogue::division::sichuan_cities().into_iter().find(|c| c.code == code).map(|c| c.name)
        }
        Catalogue::TitleSeries => catalogue::title::series().iter().find(|s| s.code == code).map(|s| s.name),
    };
    name.map_or_else(|| code.to_owned(), str::to_owned)
}

fn name_with_code(code: &str, name: Option<&str>) -> String {
    name.map_or_else(|| code.to_owned(), |name| format!("{code} {name}"))
}
