//! 工作简历: a list of entries that can be added, moved and removed.

use std::rc::Rc;

use yew::prelude::*;

use super::draft::View;
use super::section::{fixes_at, view_fixes};
use crate::app::Action;
use crate::app::state::Undo;
use crate::domain::base::date::parse_month;
use crate::domain::base::json::Value;
use crate::domain::case::{Edit, MAX_MEMBERS};
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::path::FieldPath;
use crate::ui::context::use_dispatch;
use crate::ui::hooks::{focus_field, focus_id};
use crate::ui::parts::findings::element_id;
use crate::ui::parts::undo::UndoNote;
use crate::ui::widgets::{Button, ButtonVariant, DateField, DateKind, FieldWidth, TextField};

/// The fields of an entry.
const FIELDS: [&str; 4] = ["from", "to", "unit", "position"];

/// Properties of [`ResumeField`].
#[derive(Properties, PartialEq)]
pub struct ResumeFieldProps {
    /// The draft.
    pub view: View,
    /// The list's key.
    pub list: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
    /// What can be taken back.
    pub undo: Option<Rc<Undo>>,
}

/// The list of entries.
#[component]
pub fn ResumeField(props: &ResumeFieldProps) -> Html {
    let ResumeFieldProps { view, list, label, found, undo } = props;
    let dispatch = use_dispatch();
    let entries: Vec<(AttrValue, [AttrValue; 4])> = view
        .draft
        .application
        .members(list)
        .map(|(id, entry)| {
            let text =
                |key| AttrValue::from(entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned());
            (AttrValue::from(id.to_owned()), FIELDS.map(text))
        })
        .collect();
    let n_entries = entries.len();
    // A new entry is there to be filled in.
    let last = use_mut_ref(|| n_entries);
    {
        let first_of_new = entries.last().map(|(id, _)| element_of(list, id, "from"));
        use_effect_with(n_entries, move |n| {
            let grew_at_end = *n == *last.borrow() + 1;
            *last.borrow_mut() = *n;
            let is_new = || matches!(active_id().as_deref(), Some("add-entry"));
            if let Some(id) = first_of_new.filter(|_| grew_at_end && is_new()) {
                focus_field(&id);
            }
        });
    }
    let add = {
        let (dispatch, list) = (dispatch.clone(), list.to_string());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Edit(Edit::AddMember { list: list.clone() }))
        })
    };
    let at_list = FieldPath::of_key(list);
    let about_list: Vec<AttrValue> =
        found.iter().filter(|d| d.path == at_list).map(|d| AttrValue::from(d.message.clone())).collect();
    html! {
        <fieldset class="field stack" id={element_id(&at_list)} tabindex="-1">
            <legend class="field__label">{ label }<span class="field__optional">{ "（选填）" }</span></legend>
            <p class="field__hint">{ "从参加工作写起，一段一条；仍在职的“止”不填。" }</p>
            <div>
                for message in about_list {
                    <p class="field__warning"><span class="visually-hidden">{ "注意：" }</span>{ message }</p>
                }
            </div>
            <div class="cluster">{ view_fixes(&fixes_at(view, list), &dispatch) }</div>
            <UndoNote undo={undo.clone()} />
            <div class="stack">
                for (idx, (id, texts)) in entries.into_iter().take(MAX_MEMBERS).enumerate() {
                    <ResumeEntry key={id.to_string()} list={list.clone()} place={idx} is_last={idx + 1 == n_entries}
                        messages={messages(list, &id, found)} id={id.clone()} {texts} />
                }
            </div>
            <div>
                if n_entries > MAX_MEMBERS {
                    <p>{ format!("还有 {} 段没有列出：先合并或删去一些。", n_entries - MAX_MEMBERS) }</p>
                }
            </div>
            <div>
                <Button id="add-entry" variant={ButtonVariant::Secondary} onclick={add}>{ "添加一段经历" }</Button>
            </div>
        </fieldset>
    }
}

/// Error and warning of each field of an entry, of which one is shown.
fn messages(list: &str, id: &str, found: &[Diagnostic]) -> [(Option<AttrValue>, Option<AttrValue>); 4] {
    FIELDS.map(|field| {
        let path = FieldPath::of_member(list, id, field);
        let first = |is_blocker: bool| {
            let mut mine = found.iter().filter(|d| d.path == path);
            mine.find(|d| (d.severity == Severity::Blocker) == is_blocker)
                .map(|d| AttrValue::from(d.message.clone()))
        };
        (first(true), first(false))
    })
}

fn element_of(list: &str, id: &str, field: &str) -> AttrValue {
    AttrValue::from(element_id(&FieldPath::of_member(list, id, field)))
}

/// The id of the element that has the focus.
fn active_id() -> Option<String> {
    Some(web_sys::window()?.document()?.active_element()?.id())
}

#[derive(Properties, PartialEq)]
struct ResumeEntryProps {
    list: AttrValue,
    id: AttrValue,
    /// Its place, from 0.
    place: usize,
    is_last: bool,
    texts: [AttrValue; 4],
    messages: [(Option<AttrValue>, Option<AttrValue>); 4],
}

/// One entry. A component of its own, so that typing in one leaves the others alone.
#[component]
fn ResumeEntry(props: &ResumeEntryProps) -> Html {
    let ResumeEntryProps { list, id, place, is_last, texts, messages } = props;
    let dispatch = use_dispatch();
    let name = AttrValue::from(format!("第 {} 段", place + 1));
    // The entry that was moved keeps the focus, on the button that goes on being there.
    let moving = use_mut_ref(|| false);
    {
        let (moving, to_focus) = (moving.clone(), element_of(list, id, "moved"));
        let (up, down) = (format!("{to_focus}-up"), format!("{to_focus}-down"));
        let wanted = if *place == 0 { down } else { up };
        use_effect_with(*place, move |_| {
            if std::mem::take(&mut *moving.borrow_mut()) {
                focus_id(&wanted);
            }
        });
    }
    let send = |edit: Edit, is_move: bool| {
        let (dispatch, moving) = (dispatch.clone(), moving.clone());
        Callback::from(move |_: MouseEvent| {
            *moving.borrow_mut() = is_move;
            dispatch.dispatch(Action::Edit(edit.clone()));
        })
    };
    let commit = |field: &'static str| {
        let (dispatch, list, id) = (dispatch.clone(), list.to_string(), id.to_string());
        Callback::from(move |text: String| {
            let value = entry_value(field, &text);
            let (list, id, field) = (list.clone(), id.clone(), field.to_owned());
            dispatch.dispatch(Action::Edit(Edit::SetMember { list, id, field, value }));
        })
    };
    let (list_key, entry_id) = (list.to_string(), id.to_string());
    let step = |up: bool| Edit::MoveMember { list: list_key.clone(), id: entry_id.clone(), up };
    let remove = Edit::RemoveMember { list: list_key.clone(), id: entry_id.clone() };
    let [from, to, unit, position] = texts.clone();
    let [about_from, about_to, about_unit, about_position] = messages.clone();
    let element = |field: &str| element_of(list, id, field);
    let moved = element("moved");
    html! {
        <div class="inset inset--entry stack" role="group" aria-label={name.clone()}>
            <p class="field__label" aria-hidden="true">{ name.clone() }</p>
            <div class="cluster">
                <DateField id={element("from")} label="起" kind={DateKind::Month} value={from} on_commit={commit("from")}
                    error={about_from.0} warning={about_from.1} optional=true />
                <DateField id={element("to")} label="止" kind={DateKind::Month} value={to} on_commit={commit("to")}
                    error={about_to.0} warning={about_to.1} optional=true />
            </div>
            <TextField id={element("unit")} label="单位" value={unit} width={FieldWidth::Full} on_commit={commit("unit")}
                error={about_unit.0} warning={about_unit.1} optional=true />
            <TextField id={element("position")} label="职务（岗位）" value={position} on_commit={commit("position")}
                error={about_position.0} warning={about_position.1} optional=true />
            <div class="cluster">
                if *place > 0 {
                    <Button id={format!("{moved}-up")} variant={ButtonVariant::Link} onclick={send(step(true), true)}
                        hidden_text={Some(name.clone())}>{ "上移" }</Button>
                }
                if !is_last {
                    <Button id={format!("{moved}-down")} variant={ButtonVariant::Link} onclick={send(step(false), true)}
                        hidden_text={Some(name.clone())}>{ "下移" }</Button>
                }
                <Button variant={ButtonVariant::Link} onclick={send(remove, false)} hidden_text={Some(name.clone())}>{ "删除" }</Button>
            </div>
        </div>
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
