//! 工作简历: a list of entries that can be added, moved and removed.

use yew::prelude::*;

use super::draft::View;
use crate::app::Action;
use crate::domain::base::date::parse_month;
use crate::domain::base::json::Value;
use crate::domain::case::Edit;
use crate::domain::diag::Diagnostic;
use crate::domain::path::FieldPath;
use crate::ui::context::use_dispatch;
use crate::ui::parts::findings::element_id;
use crate::ui::widgets::{Button, ButtonVariant, DateField, DateKind, FieldWidth, TextField};

/// Properties of [`ResumeField`].
#[derive(Properties, PartialEq)]
pub struct ResumeFieldProps {
    /// The draft.
    pub view: View,
    /// The list's key.
    pub list: String,
    /// Its label.
    pub label: String,
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
}

/// The list of entries.
#[component]
pub fn ResumeField(props: &ResumeFieldProps) -> Html {
    let ResumeFieldProps { view, list, label, found } = props;
    let dispatch = use_dispatch();
    let send = |edit: Edit| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Edit(edit.clone())))
    };
    let commit = |id: &str, field: &'static str| {
        let (dispatch, list, id) = (dispatch.clone(), list.clone(), id.to_owned());
        Callback::from(move |text: String| {
            let value = entry_value(field, &text);
            dispatch.dispatch(Action::Edit(Edit::SetMember {
                list: list.clone(),
                id: id.clone(),
                field: field.to_owned(),
                value,
            }));
        })
    };
    let message = |id: &str, field: &str| {
        let path = FieldPath::of_member(list, id, field);
        found.iter().find(|d| d.path == path).map(|d| AttrValue::from(d.message.clone()))
    };
    let element = |id: &str, field: &str| AttrValue::from(element_id(&FieldPath::of_member(list, id, field)));
    let entries: Vec<(String, [AttrValue; 4])> = view
        .draft
        .application
        .members(list)
        .map(|(id, entry)| {
            let text = |key: &str| {
                AttrValue::from(entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned())
            };
            (id.to_owned(), [text("from"), text("to"), text("unit"), text("position")])
        })
        .collect();
    let n_entries = entries.len();
    let id = element_id(&FieldPath::of_key(list));
    html! {
        <fieldset class="field stack" {id}>
            <legend class="field__label">{ label }<span class="field__optional">{ "（选填）" }</span></legend>
            <p class="field__hint">{ "从参加工作写起，一段一条；仍在职的“止”不填。" }</p>
            <div class="stack">
                for (idx, (id, [from, to, unit, position])) in entries.into_iter().enumerate() {
                    <div class="inset stack" key={id.clone()} role="group" aria-label={format!("第 {} 段", idx + 1)}>
                        <div class="cluster">
                            <DateField id={element(&id, "from")} label="起" kind={DateKind::Month} value={from}
                                on_commit={commit(&id, "from")} warning={message(&id, "from")} optional=true />
                            <DateField id={element(&id, "to")} label="止" kind={DateKind::Month} value={to}
                                on_commit={commit(&id, "to")} warning={message(&id, "to")} optional=true />
                        </div>
                        <TextField id={element(&id, "unit")} label="单位" value={unit} width={FieldWidth::Full}
                            on_commit={commit(&id, "unit")} warning={message(&id, "unit")} optional=true />
                        <TextField id={element(&id, "position")} label="职务（岗位）" value={position}
                            on_commit={commit(&id, "position")} warning={message(&id, "position")} optional=true />
                        <div class="cluster">
                            if idx > 0 {
                                <Button variant={ButtonVariant::Link} onclick={send(Edit::MoveMember { list: list.clone(), id: id.clone(), up: true })}
                                    hidden_text={Some(AttrValue::from(format!("第 {} 段", idx + 1)))}>{ "上移" }</Button>
                            }
                            if idx + 1 < n_entries {
                                <Button variant={ButtonVariant::Link} onclick={send(Edit::MoveMember { list: list.clone(), id: id.clone(), up: false })}
                                    hidden_text={Some(AttrValue::from(format!("第 {} 段", idx + 1)))}>{ "下移" }</Button>
                            }
                            <Button variant={ButtonVariant::Link} onclick={send(Edit::RemoveMember { list: list.clone(), id: id.clone() })}
                                hidden_text={Some(AttrValue::from(format!("第 {} 段", idx + 1)))}>{ "删除" }</Button>
                        </div>
                    </div>
                }
            </div>
            <div>
                <Button variant={ButtonVariant::Secondary} onclick={send(Edit::AddMember { list: list.clone() })}>{ "添加一段经历" }</Button>
            </div>
        </fieldset>
    }
}

fn entry_value(field: &str, text: &str) -> Option<Value> {
    if text.trim().is_empty() {
        return None;
    }
    let is_month = matches!(field, "from" | "to");
    let month = parse_month(text).ok().filter(|_| is_month);
    Some(Value::String(month.map_or_else(|| text.to_owned(), |m| m.to_string())))
}
