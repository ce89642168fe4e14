//! A question with a few answers, all in sight.

use std::rc::Rc;

use yew::prelude::*;

use super::button::{Button, ButtonVariant};
use super::choice::Choice;
use super::field::{Words, view_caption};
use crate::ui::hooks::focus_id;

/// Properties of [`RadioGroup`].
#[derive(Properties, PartialEq)]
pub struct RadioGroupProps {
    /// Id of the first answer's button, name of all: a link to this id reaches the question.
    pub id: AttrValue,
    /// The question.
    pub label: AttrValue,
    /// The chosen answer's value.
    #[prop_or_default]
    pub value: Option<AttrValue>,
    /// The answers.
    pub options: Rc<Vec<Choice>>,
    /// Called with the chosen value.
    pub on_choose: Callback<AttrValue>,
    /// If given, an answer can be taken back, and this is called.
    #[prop_or_default]
    pub on_clear: Option<Callback<()>>,
    /// Help, shown under the question.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to look at; it does not block.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// Marks the question with （选填）.
    #[prop_or_default]
    pub optional: bool,
    /// Answers side by side on wide screens: for two or three short ones.
    #[prop_or_default]
    pub inline: bool,
    /// The question is drawn large: for a page with one question.
    #[prop_or_default]
    pub large: bool,
}

/// A question with a few answers, all in sight, and a way to take the answer back.
///
/// ```
/// # use std::rc::Rc;
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{Choice, RadioGroup};
/// #[component]
/// fn Example() -> Html {
///     let value = use_state(|| None::<AttrValue>);
///     let options = use_memo((), |_| vec![Choice::new("yes", "是"), Choice::new("no", "否")]);
///     let on_choose = { let value = value.clone(); move |chosen| value.set(Some(chosen)) };
///     let on_clear = { let value = value.clone(); Callback::from(move |()| value.set(None)) };
///     html! {
///         <RadioGroup id="unit-filed" label="所在单位是否已备案？" value={(*value).clone()} {options} {on_choose} {on_clear} inline=true />
///     }
/// }
/// ```
#[component]
pub fn RadioGroup(props: &RadioGroupProps) -> Html {
    let RadioGroupProps { id, label, value, options, hint, error, warning, inline, large, .. } = props;
    let words = Words { id, hint, error, warning };
    let clear = match (&props.on_clear, value) {
        (Some(on_clear), Some(_)) => {
            let (id, on_clear) = (id.clone(), on_clear.clone());
            Some(Callback::from(move |_: MouseEvent| {
                // The link goes away with the answer: the focus must not go with it.
                focus_id(&id);
                on_clear.emit(());
            }))
        }
        _ => None,
    };
    html! {
        <fieldset class={words.frame()} aria-describedby={words.described_by(&[])}>
            <legend class={classes!("field__label", large.then_some("field__label--large"))}>
                { view_caption(label, props.optional) }
            </legend>
            { words.view() }
            <div class={classes!("choices", inline.then_some("choices--inline"))}>
                for (idx, choice) in options.iter().enumerate() {
                    { view_choice(props, idx, choice) }
                }
            </div>
            if let Some(onclick) = clear {
                <p class="field__clear">
                    <Button variant={ButtonVariant::Link} {onclick} hidden_text={label}>{ "清除选择" }</Button>
                </p>
            }
        </fieldset>
    }
}

fn view_choice(props: &RadioGroupProps, idx: usize, choice: &Choice) -> Html {
    let id = if idx == 0 { props.id.to_string() } else { format!("{}-{}", props.id, idx + 1) };
    let hint_id = choice.hint.as_ref().map(|_| format!("{id}-note"));
    let onchange = {
        let (on_choose, value) = (props.on_choose.clone(), choice.value.clone());
        move |_: Event| on_choose.emit(value.clone())
    };
    html! {
        <div key={choice.value.to_string()} class="choice">
            <input
                id={id.clone()}
                class="choice__input"
                type="radio"
                name={&props.id}
                value={&choice.value}
                checked={props.value.as_ref() == Some(&choice.value)}
                {onchange}
                aria-describedby={hint_id.clone()}
            />
            <label class="choice__label" for={id}>{ &choice.label }</label>
            if let Some(hint) = &choice.hint {
                <p id={hint_id} class="choice__hint">{ hint }</p>
            }
        </div>
    }
}
