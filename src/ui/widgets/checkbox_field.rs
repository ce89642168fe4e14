//! One box to tick.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::field::Words;

/// Properties of [`CheckboxField`].
#[derive(Properties, PartialEq)]
pub struct CheckboxFieldProps {
    /// Id of the box.
    pub id: AttrValue,
    /// What a tick says.
    pub label: AttrValue,
    /// Whether it is ticked.
    #[prop_or_default]
    pub checked: bool,
    /// Called with the new state.
    pub on_toggle: Callback<bool>,
    /// Help, shown under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to look at; it does not block.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
}

/// One box to tick. Several that belong together go into a [`FieldGroup`](super::FieldGroup).
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::CheckboxField;
/// #[component]
/// fn Example() -> Html {
///     let ticked = use_state(|| false);
///     let on_toggle = { let ticked = ticked.clone(); move |on| ticked.set(on) };
///     html! { <CheckboxField id="agree" label="本人承诺所填内容属实" checked={*ticked} {on_toggle} /> }
/// }
/// ```
#[component]
pub fn CheckboxField(props: &CheckboxFieldProps) -> Html {
    let CheckboxFieldProps { id, label, checked, on_toggle, hint, error, warning } = props;
    let words = Words { id, hint, error, warning };
    let onchange = {
        let on_toggle = on_toggle.clone();
        move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                on_toggle.emit(input.checked());
            }
        }
    };
    html! {
        <div class={classes!(words.frame(), "field--tick")}>
            <div class="choice">
                <input
                    {id}
                    class="choice__input"
                    type="checkbox"
                    checked={*checked}
                    {onchange}
                    aria-describedby={words.described_by(&[])}
                    aria-invalid={words.invalid()}
                />
                <label class="choice__label" for={id}>{ label }</label>
            </div>
            { words.view() }
        </div>
    }
}
