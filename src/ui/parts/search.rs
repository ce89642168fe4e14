//! Fields in which one looks for something in a catalogue: by code, by name or a part of it, by pinyin.

use std::rc::Rc;

use yew::prelude::*;

use super::control::{entries, text_value};
use crate::domain::base::catalogue::occupation::{Found, MatchedBy, Occupation};
use crate::domain::base::catalogue::{self, occupation, worktype};
use crate::domain::base::json::Value;
use crate::domain::pack::Catalogue;
use crate::ui::widgets::{SuggestField, Suggestion};

/// How many suggestions a search shows.
const MAX_SUGGESTIONS: usize = 12;

/// Properties of [`OccupationField`].
#[derive(Properties, PartialEq)]
pub struct OccupationFieldProps {
    /// The element's id.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// The code that was chosen.
    pub value: AttrValue,
    /// The person has chosen a code, or cleared the field.
    pub on_change: Callback<Option<Value>>,
    /// What helps.
    pub hint: Option<AttrValue>,
    /// What is wrong.
    pub error: Option<AttrValue>,
    /// What should be looked at.
    pub warning: Option<AttrValue>,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// Finds an occupation (职业).
#[component]
pub fn OccupationField(props: &OccupationFieldProps) -> Html {
    let OccupationFieldProps { id, label, value, on_change, hint, error, warning, optional } = props;
    use_effect_with((), |()| occupation::prepare());
    let query = use_state_eq(String::new);
    let search = use_memo((*query).clone(), |query| occupation::search(query, MAX_SUGGESTIONS));
    let options: Vec<Suggestion> = search.found.iter().map(occupation_suggestion).collect();
    let known = occupation::find(value);
    let shown = known.map_or_else(|| value.clone(), |o| AttrValue::from(format!("{} {}", o.code, o.name)));
    let reading = known.map(|o| AttrValue::from(place_of(o)));
    let on_query = {
        let query = query.setter();
        let on_change = on_change.clone();
        Callback::from(move |text: String| {
            let typed = text.trim();
            let exact = occupation::find(typed).or_else(|| occupation::by_name(typed));
            // What is no entry is kept, for the check to name.
            on_change.emit(exact.map(|o| Value::String(o.code.to_owned())).or_else(|| text_value(typed)));
            query.set(text);
        })
    };
    let on_choose = on_change.reform(|code: AttrValue| Some(Value::String(code.to_string())));
    html! {
        <SuggestField id={id.clone()} label={label.clone()} value={shown} options={Rc::new(options)} {on_query} {on_choose}
            hint={hint.clone()} error={error.clone()} warning={warning.clone()} {reading} optional={*optional}
            total={Some(search.total)} />
    }
}

fn occupation_suggestion(found: &Found) -> Suggestion {
    let occupation = found.occupation;
    let by = match found.by {
        MatchedBy::FormerName => Some(format!("旧名：{}", found.matched)),
        MatchedBy::FormerCode => Some(format!("旧代码：{}", found.matched)),
        MatchedBy::Worktype => Some(format!("工种：{}", found.matched)),
        MatchedBy::Group => Some(format!("小类：{}", found.matched)),
        MatchedBy::Code | MatchedBy::Name | MatchedBy::Pinyin => None,
    };
    let outside = (!occupation.may_apply())
        .then(|| format!("第{}大类，不在第三至六大类之内", chinese_digit(occupation.class)));
    let notes: Vec<String> = by.into_iter().chain(outside).collect();
    Suggestion {
        value: AttrValue::Static(occupation.code),
        label: AttrValue::from(format!("{} {}", occupation.code, occupation.name)),
        note: (!notes.is_empty()).then(|| AttrValue::from(notes.join("；"))),
    }
}

/// Where in the classification an occupation stands, and whether the notice takes it.
fn place_of(occupation: &Occupation) -> String {
    let mut groups = occupation::groups_of(occupation.code);
    // A 中类 or 小类 is often called like what is above it.
    groups.dedup();
    let place = format!("第{}大类 {}", chinese_digit(occupation.class), groups.join(" › "));
    if occupation.may_apply() {
        place
    } else {
        format!("{place}。通知一（一）只收第三至六大类")
    }
}

fn chinese_digit(n: u8) -> &'static str {
    ["", "一", "二", "三", "四", "五", "六", "七", "八"].get(usize::from(n)).copied().unwrap_or_default()
}

/// Properties of [`CodeField`].
#[derive(Properties, PartialEq)]
pub struct CodeFieldProps {
    /// The element's id.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// The code that was chosen.
    pub value: AttrValue,
    /// The catalogue.
    pub catalogue: Catalogue,
    /// The person has chosen a code, or cleared the field.
    pub on_change: Callback<Option<Value>>,
    /// What helps.
    pub hint: Option<AttrValue>,
    /// What is wrong.
    pub error: Option<AttrValue>,
    /// What should be looked at.
    pub warning: Option<AttrValue>,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// Finds an entry of a catalogue of some dozens, such as a city. The whole list opens with the arrow keys.
#[component]
pub fn CodeField(props: &CodeFieldProps) -> Html {
    let CodeFieldProps { id, label, value, catalogue, on_change, hint, error, warning, optional } = props;
    let query = use_state_eq(String::new);
    let all = use_memo(*catalogue, |catalogue| entries(*catalogue));
    let name_of = |code: &str| all.iter().find(|(known, _)| *known == code).map(|(_, name)| *name);
    let shown = name_of(value).map_or_else(|| value.clone(), AttrValue::Static);
    // What stands in the box already is no query: the whole list opens.
    let typed = if name_of(value) == Some(query.trim()) { "" } else { query.as_str() };
    let options: Vec<Suggestion> = catalogue::search(&all, typed)
        .into_iter()
        .map(|(code, name)| Suggestion {
            value: AttrValue::Static(code),
            label: AttrValue::Static(name),
            note: None,
        })
        .collect();
    let on_query = {
        let (query, on_change, all) = (query.setter(), on_change.clone(), all.clone());
        Callback::from(move |text: String| {
            let typed = text.trim();
            let exact = all.iter().find(|(code, name)| *code == typed || *name == typed);
            // What is no entry is kept, for the check to name.
            on_change
                .emit(exact.map(|(code, _)| Value::String((*code).to_owned())).or_else(|| text_value(typed)));
            query.set(text);
        })
    };
    let on_choose = on_change.reform(|code: AttrValue| Some(Value::String(code.to_string())));
    html! {
        <SuggestField id={id.clone()} label={label.clone()} value={shown} options={Rc::new(options)} {on_query} {on_choose}
            hint={hint.clone()} error={error.clone()} warning={warning.clone()} optional={*optional} />
    }
}

/// Properties of [`WorktypeField`].
#[derive(Properties, PartialEq)]
pub struct WorktypeFieldProps {
    /// The element's id.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// What was written.
    pub value: AttrValue,
    /// The code of the chosen occupation.
    pub occupation: String,
    /// The person has written something, or cleared the field.
    pub on_change: Callback<Option<Value>>,
    /// What helps.
    pub hint: Option<AttrValue>,
    /// What is wrong.
    pub error: Option<AttrValue>,
    /// What should be looked at.
    pub warning: Option<AttrValue>,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// 工种: free text. The list of the classification's 工种 is not public; the few that are known are suggested.
#[component]
pub fn WorktypeField(props: &WorktypeFieldProps) -> Html {
    let WorktypeFieldProps { id, label, value, occupation, on_change, hint, error, warning, optional } =
        props;
    let known: Vec<(&str, &str)> = worktype::of(occupation).map(|name| (name, name)).collect();
    let typed = if known.iter().any(|(name, _)| *name == value.as_str()) { "" } else { value.as_str() };
    let options: Vec<Suggestion> = catalogue::search(&known, typed)
        .into_iter()
        .map(|(name, _)| Suggestion {
            value: AttrValue::from(name.to_owned()),
            label: AttrValue::from(name.to_owned()),
            note: None,
        })
        .collect();
    let on_query = on_change.reform(|text: String| text_value(&text));
    let on_choose = on_change.reform(|name: AttrValue| Some(Value::String(name.to_string())));
    html! {
        <SuggestField id={id.clone()} label={label.clone()} value={value.clone()} options={Rc::new(options)} {on_query}
            {on_choose} hint={hint.clone()} error={error.clone()} warning={warning.clone()} optional={*optional} free=true />
    }
}
