//! A drop-down list.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::choice::Choice;
use super::field::{Words, view_caption};

/// One line of a [`SelectField`]: an answer, or a titled group of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectEntry {
    /// An answer.
    Choice(Choice),
    /// A group: its title and its answers.
    Group(AttrValue, Vec<Choice>),
}

impl From<Choice> for SelectEntry {
    fn from(choice: Choice) -> Self {
        SelectEntry::Choice(choice)
    }
}

/// Properties of [`SelectField`].
#[derive(Properties, PartialEq)]
pub struct SelectFieldProps {
    /// Id of the list.
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// The chosen answer's value; empty: none.
    #[prop_or_default]
    pub value: AttrValue,
    /// The answers.
    pub options: Rc<Vec<SelectEntry>>,
    /// Called with the chosen value; `None` when the person goes back to the placeholder.
    pub on_choose: Callback<Option<AttrValue>>,
    /// The first line, which stands for no answer.
    #[prop_or(AttrValue::Static("未选择"))]
    pub placeholder: AttrValue,
    /// Help, shown under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to look at; it does not block.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// Marks the label with （选填）.
    #[prop_or_default]
    pub optional: bool,
    /// What the browser may fill in.
    #[prop_or(AttrValue::Static("off"))]
    pub autocomplete: AttrValue,
}

/// A drop-down list for six answers and more; up to five are better off in a [`RadioGroup`](super::RadioGroup).
///
/// A value that no answer has is kept and shown as such rather than lost.
///
/// ```
/// # use std::rc::Rc;
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{Choice, SelectField};
/// #[component]
/// fn Example() -> Html {
///     let value = use_state(|| None::<AttrValue>);
///     let options = use_memo((), |_| vec![Choice::new("510100", "成都市").into(), Choice::new("510700", "绵阳市").into()]);
///     let on_choose = { let value = value.clone(); move |chosen| value.set(chosen) };
///     html! {
///         <SelectField id="unit-city" label="所在市（州）" value={(*value).clone().unwrap_or_default()} {options} {on_choose} />
///     }
/// }
/// ```
#[component]
pub fn SelectField(props: &SelectFieldProps) -> Html {
    let SelectFieldProps { id, label, value, options, hint, error, warning, .. } = props;
    let node = use_node_ref();
    // Once a person has chosen, browsers ignore the `selected` attribute: set the property as well.
    {
        let node = node.clone();
        use_effect_with((value.clone(), options.clone()), move |(value, _)| {
            if let Some(select) = node.cast::<HtmlSelectElement>()
                && select.value() != value.as_str()
            {
                select.set_value(value);
            }
        });
    }
    let onchange = {
        let on_choose = props.on_choose.clone();
        move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                let chosen = select.value();
                on_choose.emit((!chosen.is_empty()).then(|| chosen.into()));
            }
        }
    };
    let words = Words { id, hint, error, warning };
    let is_foreign = !value.is_empty() && !choices(options).any(|choice| choice.value == *value);
    html! {
        <div class={words.frame()}>
            <label class="field__label" for={id}>{ view_caption(label, props.optional) }</label>
            { words.view() }
            <select
                ref={node}
                {id}
                class="select-box"
                {onchange}
                autocomplete={props.autocomplete.clone()}
                aria-describedby={words.described_by(&[])}
                aria-invalid={words.invalid()}
            >
                <option key="placeholder" value="" selected={value.is_empty()}>{ &props.placeholder }</option>
                if is_foreign {
                    <option key="foreign" {value} selected=true>{ format!("{value}（不在列表中）") }</option>
                }
                for entry in options.iter() {
                    { view_entry(entry, value) }
                }
            </select>
        </div>
    }
}

fn choices(options: &[SelectEntry]) -> impl Iterator<Item = &Choice> {
    options.iter().flat_map(|entry| match entry {
        SelectEntry::Choice(choice) => std::slice::from_ref(choice),
        SelectEntry::Group(_, choices) => choices.as_slice(),
    })
}

fn view_entry(entry: &SelectEntry, value: &AttrValue) -> Html {
    match entry {
        SelectEntry::Choice(choice) => view_option(choice, value),
        SelectEntry::Group(title, choices) => html! {
            <optgroup key={format!("group {title}")} label={title}>
                for choice in choices {
                    { view_option(choice, value) }
                }
            </optgroup>
        },
    }
}

fn view_option(choice: &Choice, value: &AttrValue) -> Html {
    html! {
        <option key={format!("choice {}", choice.value)} value={&choice.value} selected={choice.value == *value}>
            { &choice.label }
        </option>
    }
}
