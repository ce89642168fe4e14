//! 考试经历: the examinations taken, as a list that can be added to and taken from.

use std::rc::Rc;

use yew::prelude::*;

use crate::domain::base::date::{format_chinese, parse_date};
use crate::domain::base::json::Value;
use crate::domain::case::Edit;
use crate::domain::case::history::ExamOutcome;
use crate::ui::parts::control::date_value;
use crate::ui::widgets::{Button, ButtonVariant, Choice, DateField, RadioGroup, SelectField};

/// Properties of [`HistoryField`].
#[derive(Properties, PartialEq)]
pub struct HistoryFieldProps {
    /// Id of the first control.
    pub id: AttrValue,
    /// The answer's key.
    pub list: AttrValue,
    /// The question.
    pub label: AttrValue,
    /// What helps.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Words for "there is none".
    pub none_label: AttrValue,
    /// What stands there.
    pub value: Option<Value>,
    /// The person changes it.
    pub on_edit: Callback<Edit>,
    /// Whether the label is the page's question.
    #[prop_or_default]
    pub large: bool,
}

/// Whether there were examinations, and which.
#[component]
pub fn HistoryField(props: &HistoryFieldProps) -> Html {
    let HistoryFieldProps { id, list, label, hint, error, none_label, value, on_edit, large } = props;
    let entries: Vec<(String, String, String)> = match value {
        Some(Value::Array(list)) => list.iter().filter_map(entry).collect(),
        _ => Vec::new(),
    };
    let chosen = match value {
        Some(Value::Null) => Some(AttrValue::Static("none")),
        Some(Value::Array(list)) if !list.is_empty() => Some(AttrValue::Static("some")),
        _ => None,
    };
    let options = Rc::new(vec![Choice::new("some", "参加过"), Choice::new("none", none_label.clone())]);
    let on_choose = {
        let (on_edit, list, has_entries) = (on_edit.clone(), list.to_string(), !entries.is_empty());
        Callback::from(move |chosen: AttrValue| {
            if chosen == "none" {
                on_edit.emit(Edit::Set { key: list.clone(), value: Some(Value::Null) });
            } else if !has_entries {
                on_edit.emit(Edit::Set { key: list.clone(), value: None });
                on_edit.emit(Edit::AddMember { list: list.clone() });
            }
        })
    };
    let on_clear = {
        let (on_edit, list) = (on_edit.clone(), list.to_string());
        Callback::from(move |()| on_edit.emit(Edit::Set { key: list.clone(), value: None }))
    };
    let set = |member: &str, field: &'static str| {
        let (on_edit, list, member) = (on_edit.clone(), list.to_string(), member.to_owned());
        Callback::from(move |value: Option<Value>| {
            let (list, id) = (list.clone(), member.clone());
            on_edit.emit(Edit::SetMember { list, id, field: field.to_owned(), value });
        })
    };
    let remove = |member: &str, is_last: bool| {
        let (on_edit, list, member) = (on_edit.clone(), list.to_string(), member.to_owned());
        Callback::from(move |_: MouseEvent| {
            // Without entries the question is open again; an empty list would say that there were none.
            on_edit.emit(if is_last {
                Edit::Set { key: list.clone(), value: None }
            } else {
                Edit::RemoveMember { list: list.clone(), id: member.clone() }
            });
        })
    };
    let add = {
        let (on_edit, list) = (on_edit.clone(), list.to_string());
        Callback::from(move |_: MouseEvent| on_edit.emit(Edit::AddMember { list: list.clone() }))
    };
    let n_entries = entries.len();
    let is_incomplete =
        entries.iter().any(|(_, date, outcome)| parse_date(date).is_err() || outcome.is_empty());
    let outcomes: Rc<Vec<_>> =
        Rc::new(ExamOutcome::ALL.iter().map(|o| Choice::new(o.as_str(), o.label()).into()).collect());
    html! {
        <div class="stack">
            <RadioGroup id={id.clone()} label={label.clone()} value={chosen} {options} {on_choose} on_clear={Some(on_clear)}
                hint={hint.clone()} error={error.clone()} large={*large} />
            if n_entries > 0 {
                <div class="stack">
                    for (idx, (member, date, outcome)) in entries.into_iter().enumerate() {
                        <div class="inset stack" key={member.clone()} role="group" aria-label={format!("第 {} 次考试", idx + 1)}>
                            <DateField id={format!("{id}-{member}-date")} label="考试日期" value={date.clone()}
                                reading={parse_date(&date).ok().map(|d| AttrValue::from(format_chinese(d)))}
                                on_commit={set(&member, "date").reform(|text: String| date_value(&text))} />
                            <SelectField id={format!("{id}-{member}-outcome")} label="结果" value={outcome} options={outcomes.clone()}
                                on_choose={set(&member, "outcome").reform(|chosen: Option<AttrValue>| chosen.map(|c| Value::String(c.to_string())))} />
                            <div>
                                <Button variant={ButtonVariant::Link} onclick={remove(&member, n_entries == 1)}
                                    hidden_text={Some(AttrValue::from(format!("第 {} 次考试", idx + 1)))}>{ "删除" }</Button>
                            </div>
                        </div>
                    }
                    if is_incomplete {
                        <p class="muted">{ "每次考试的日期和结果都填了，才能算出补考和禁报期。" }</p>
                    }
                    <div><Button variant={ButtonVariant::Secondary} onclick={add}>{ "添加一次考试" }</Button></div>
                </div>
            }
        </div>
    }
}

fn entry(value: &Value) -> Option<(String, String, String)> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let id = text("id");
    (!id.is_empty()).then(|| (id, text("date"), text("outcome")))
}
