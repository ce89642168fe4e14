//! The control for one answer, whether it is asked as a question or stands in the form.

use std::rc::Rc;

use yew::prelude::*;

use super::search::{CodeField, OccupationField, WorktypeField};
use crate::domain::base::catalogue;
use crate::domain::base::date::{format_chinese, format_iso, parse_date};
use crate::domain::base::json::Value;
use crate::domain::pack::{Catalogue, ChoiceOption, Fact, FactKind, Field, FieldKind, IdentifierKind};
use crate::ui::widgets::{
    CheckboxField, Choice, DateField, DateKind, FieldWidth, RadioGroup, SelectEntry, SelectField, TextArea,
    TextField,
};

/// The value behind the choice "there is none".
const NONE: &str = "__none";

/// What a control takes.
#[derive(Debug, Clone, PartialEq)]
pub enum ControlKind {
    /// One line.
    Text {
        /// `inputmode`, for touch keyboards.
        inputmode: Option<&'static str>,
        /// Whether the box is wide.
        is_wide: bool,
        /// Words for "there is none", where that is an answer.
        none_label: Option<String>,
    },
    /// Several lines.
    LongText {
        /// Characters that fit.
        limit: usize,
    },
    /// A day.
    Date {
        /// Words for "there is none", where that is an answer.
        none_label: Option<String>,
    },
    /// A whole number.
    Integer,
    /// Yes or no.
    Bool,
    /// One of a few.
    Choice {
        /// The options.
        options: Vec<ChoiceOption>,
        /// Words for "there is none".
        none_label: Option<String>,
    },
    /// A code of a catalogue.
    Code(Catalogue),
    /// 工种, with what is known of the chosen occupation.
    Worktype {
        /// The occupation's code.
        occupation: String,
    },
}

/// The control of a form field, where `occupation` is the chosen occupation's code; `None` for lists, which have a part
/// of their own.
#[must_use]
pub fn kind_of_field(field: &Field, occupation: Option<&str>) -> Option<ControlKind> {
    let text = |inputmode| ControlKind::Text { inputmode, is_wide: field.max_chars > 20, none_label: None };
    Some(match &field.kind {
        FieldKind::Text => text(None),
        FieldKind::Worktype => {
            ControlKind::Worktype { occupation: occupation.unwrap_or_default().to_owned() }
        }
        FieldKind::LongText => ControlKind::LongText { limit: field.max_chars },
        FieldKind::Date | FieldKind::Month => ControlKind::Date { none_label: None },
        FieldKind::Bool => ControlKind::Bool,
        FieldKind::Integer => ControlKind::Integer,
        FieldKind::Choice { options, none_label } => {
            ControlKind::Choice { options: options.clone(), none_label: none_label.clone() }
        }
        FieldKind::Code(catalogue) => ControlKind::Code(*catalogue),
        FieldKind::Identifier(kind) => text(match kind {
            IdentifierKind::Phone => Some("tel"),
            IdentifierKind::Email => Some("email"),
            IdentifierKind::PostalCode => Some("numeric"),
            _ => None,
        }),
        FieldKind::Resume => return None,
    })
}

/// The control of a question; `None` for examinations, which have a part of their own.
#[must_use]
pub fn kind_of_fact(fact: &Fact) -> Option<ControlKind> {
    let none_label = fact.none_label.clone();
    Some(match &fact.kind {
        FactKind::History => return None,
        FactKind::Bool => ControlKind::Bool,
        FactKind::Choice { options, none_label, .. } => {
            ControlKind::Choice { options: options.clone(), none_label: none_label.clone() }
        }
        FactKind::Date => ControlKind::Date { none_label },
        FactKind::Integer => ControlKind::Integer,
        FactKind::Text => ControlKind::Text { inputmode: None, is_wide: true, none_label },
        FactKind::Code(catalogue) => ControlKind::Code(*catalogue),
    })
}

/// Properties of [`Control`].
#[derive(Properties, PartialEq)]
pub struct ControlProps {
    /// The element's id.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// What it takes.
    pub kind: ControlKind,
    /// What stands there; `Some(Null)` for "there is none".
    #[prop_or_default]
    pub value: Option<Value>,
    /// The person has changed it; `None` takes the answer back.
    pub on_change: Callback<Option<Value>>,
    /// What helps.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What should be looked at.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// How it was understood, to be compared with the paper.
    #[prop_or_default]
    pub reading: Option<AttrValue>,
    /// Whether it may stay empty.
    #[prop_or_default]
    pub optional: bool,
    /// Whether the label is the page's question.
    #[prop_or_default]
    pub large: bool,
}

/// The control for one answer.
#[component]
pub fn Control(props: &ControlProps) -> Html {
    let ControlProps { id, label, kind, value, on_change, hint, error, warning, reading, optional, large } =
        props.clone_parts();
    let text = match &value {
        Some(Value::String(text)) => AttrValue::from(text.clone()),
        Some(Value::Number(n)) => AttrValue::from(n.to_string()),
        _ => AttrValue::default(),
    };
    match kind {
        ControlKind::Text { inputmode, is_wide, none_label } => {
            let on_commit = on_change.reform(|text: String| text_value(&text));
            let width = if is_wide { FieldWidth::Full } else { FieldWidth::Medium };
            let none = none_box(&id, none_label, &value, &on_change);
            html! {
                <div class="stack">
                    <TextField {id} {label} value={text} {on_commit} {hint} {error} {warning} {reading} {optional} {width}
                        inputmode={inputmode.map(AttrValue::Static)} />
                    { none }
                </div>
            }
        }
        ControlKind::LongText { limit } => {
            let on_commit = on_change.reform(|text: String| text_value(&text));
            html! {
                <TextArea {id} {label} value={text} {on_commit} {hint} {error} {warning} {optional} limit={Some(limit)} />
            }
        }
        ControlKind::Date { none_label } => {
            let on_commit = on_change.reform(|text: String| date_value(&text));
            let reading = parse_date(&text).ok().map(|date| AttrValue::from(format_chinese(date)));
            let none = none_box(&id, none_label, &value, &on_change);
            html! {
                <div class="stack">
                    <DateField {id} {label} kind={DateKind::Day} value={text} {on_commit} {hint} {error} {warning} {optional} {reading} />
                    { none }
                </div>
            }
        }
        ControlKind::Integer => {
            let on_commit = on_change.reform(|text: String| integer_value(&text));
            html! {
                <TextField {id} {label} value={text} {on_commit} {hint} {error} {warning} {optional}
                    width={FieldWidth::Short} inputmode={Some(AttrValue::Static("numeric"))} />
            }
        }
        ControlKind::Bool => {
            let options = vec![Choice::new("yes", "是"), Choice::new("no", "否")];
            let chosen = match value {
                Some(Value::Bool(true)) => Some(AttrValue::Static("yes")),
                Some(Value::Bool(false)) => Some(AttrValue::Static("no")),
                _ => None,
            };
            let on_choose = on_change.reform(|chosen: AttrValue| Some(Value::Bool(chosen == "yes")));
            radio(id, label, chosen, options, on_choose, &on_change, hint, error, warning, optional, large)
        }
        ControlKind::Choice { options, none_label } => {
            let mut choices: Vec<Choice> = options.iter().map(choice).collect();
            if let Some(words) = none_label {
                choices.push(Choice::new(NONE, words));
            }
            let chosen = match value {
                Some(Value::Null) => Some(AttrValue::Static(NONE)),
                Some(Value::String(text)) => Some(AttrValue::from(text)),
                _ => None,
            };
            let on_choose = on_change.reform(|chosen: AttrValue| {
                Some(if chosen == NONE { Value::Null } else { Value::String(chosen.to_string()) })
            });
            radio(id, label, chosen, choices, on_choose, &on_change, hint, error, warning, optional, large)
        }
        ControlKind::Code(Catalogue::Occupation) => html! {
            <OccupationField {id} {label} value={text} {on_change} {hint} {error} {warning} {optional} />
        },
        ControlKind::Worktype { occupation } => html! {
            <WorktypeField {id} {label} value={text} {occupation} {on_change} {hint} {error} {warning} {optional} />
        },
        ControlKind::Code(catalogue) if is_searched(catalogue) => html! {
            <CodeField {id} {label} value={text} {catalogue} {on_change} {hint} {error} {warning} {optional} />
        },
        ControlKind::Code(catalogue) => {
            let options: Vec<SelectEntry> =
                entries(catalogue).into_iter().map(|(code, name)| Choice::new(code, name).into()).collect();
            let on_choose = on_change
                .reform(|chosen: Option<AttrValue>| chosen.map(|code| Value::String(code.to_string())));
            html! {
                <SelectField {id} {label} value={text} options={Rc::new(options)} {on_choose} {hint} {error} {warning} {optional} />
            }
        }
    }
}

/// Whether the catalogue is so long that one types rather than looks through it.
fn is_searched(catalogue: Catalogue) -> bool {
    matches!(catalogue, Catalogue::SichuanCity | Catalogue::EthnicGroup | Catalogue::TitleSeries)
}

/// The box that says "there is none", beside a field where that is an answer. Typing takes it back.
fn none_box(
    id: &AttrValue,
    none_label: Option<String>,
    value: &Option<Value>,
    on_change: &Callback<Option<Value>>,
) -> Html {
    let Some(words) = none_label else { return Html::default() };
    let on_toggle = on_change.reform(|is_on: bool| is_on.then_some(Value::Null));
    html! {
        <CheckboxField id={format!("{id}-none")} label={words} checked={*value == Some(Value::Null)} {on_toggle} />
    }
}

impl ControlProps {
    fn clone_parts(&self) -> Self {
        Self {
            id: self.id.clone(),
            label: self.label.clone(),
            kind: self.kind.clone(),
            value: self.value.clone(),
            on_change: self.on_change.clone(),
            hint: self.hint.clone().filter(|h| !h.is_empty()),
            error: self.error.clone(),
            warning: self.warning.clone(),
            reading: self.reading.clone(),
            optional: self.optional,
            large: self.large,
        }
    }
}

#[allow(clippy::too_many_arguments)]
fn radio(
    id: AttrValue,
    label: AttrValue,
    value: Option<AttrValue>,
    options: Vec<Choice>,
    on_choose: Callback<AttrValue>,
    on_change: &Callback<Option<Value>>,
    hint: Option<AttrValue>,
    error: Option<AttrValue>,
    warning: Option<AttrValue>,
    optional: bool,
    large: bool,
) -> Html {
    let on_clear = on_change.reform(|()| None);
    html! {
        <RadioGroup {id} {label} {value} options={Rc::new(options)} {on_choose} on_clear={Some(on_clear)}
            {hint} {error} {warning} {optional} {large} />
    }
}

fn choice(option: &ChoiceOption) -> Choice {
    let mut choice = Choice::new(option.value.clone(), option.label.clone());
    if !option.hint.is_empty() {
        choice.hint = Some(AttrValue::from(option.hint.clone()));
    }
    choice
}

pub(super) fn text_value(text: &str) -> Option<Value> {
    if text.trim().is_empty() { None } else { Some(Value::String(text.to_owned())) }
}

/// A date that can be read is kept in ISO form; anything else as it was typed, for the check to name.
pub(super) fn date_value(text: &str) -> Option<Value> {
    match parse_date(text) {
        Ok(date) => Some(Value::String(format_iso(date))),
        Err(_) => text_value(text),
    }
}

fn integer_value(text: &str) -> Option<Value> {
    let compact = crate::domain::base::text::compact(text);
    compact.parse::<i64>().map_or_else(|_| text_value(text), |n| Some(Value::Number(n.into())))
}

pub(super) fn entries(catalogue: Catalogue) -> Vec<(&'static str, &'static str)> {
    match catalogue {
        Catalogue::Occupation => Vec::new(),
        Catalogue::EthnicGroup => catalogue::ethnic_group::all().iter().map(|e| (e.code, e.name)).collect(),
        Catalogue::PoliticalStatus => {
            catalogue::political_status::all().iter().map(|e| (e.code, e.name)).collect()
        }
        Catalogue::Education => catalogue::education::all().iter().map(|e| (e.code, e.name)).collect(),
        Catalogue::SichuanCity => {
            catalogue::division::sichuan_cities().iter().map(|c| (c.code, c.name)).collect()
        }
        Catalogue::TitleSeries => catalogue::title::series().iter().map(|s| (s.code, s.name)).collect(),
    }
}
