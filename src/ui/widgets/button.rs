//! Buttons, and the look of a button for links.

use yew::prelude::*;

/// How a button looks. Use it as class for an anchor that should look like a button:
/// `<a class={ButtonVariant::Primary} href="#/check">`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing to do next; at most one on a page.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// Destroys something.
    Warning,
    /// Looks like a link, acts like a button.
    Link,
}

impl From<ButtonVariant> for Classes {
    fn from(variant: ButtonVariant) -> Classes {
        classes!(
            "button",
            match variant {
                ButtonVariant::Primary => "button--primary",
                ButtonVariant::Secondary => "button--secondary",
                ButtonVariant::Warning => "button--warning",
                ButtonVariant::Link => "button--link",
            }
        )
    }
}

/// Properties of [`Button`].
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// What the button does, as a verb.
    pub children: Html,
    /// Called on click and on the keys that press buttons; not while busy.
    pub onclick: Callback<MouseEvent>,
    /// How it looks.
    #[prop_or_default]
    pub variant: ButtonVariant,
    /// Said after the text to those who do not see what the button belongs to.
    #[prop_or_default]
    pub hidden_text: Option<AttrValue>,
    /// The work goes on: presses are ignored, the button stays focusable.
    #[prop_or_default]
    pub busy: bool,
    /// Whether what the button unfolds is unfolded.
    #[prop_or_default]
    pub expanded: Option<bool>,
    /// Id of what the button unfolds or acts on.
    #[prop_or_default]
    pub controls: Option<AttrValue>,
    /// Id of the button.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Ids of what explains the button.
    #[prop_or_default]
    pub describedby: Option<AttrValue>,
}

/// A button. It is never disabled: what cannot be done yet is explained after the press.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{Button, ButtonVariant};
/// #[component]
/// fn Example() -> Html {
///     let presses = use_state(|| 0);
///     let onclick = { let presses = presses.clone(); move |_| presses.set(*presses + 1) };
///     html! { <Button variant={ButtonVariant::Primary} {onclick}>{ "继续" }</Button> }
/// }
/// ```
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let ButtonProps { children, onclick, variant, hidden_text, busy, expanded, controls, id, describedby } =
        props;
    let onclick = {
        let (onclick, busy) = (onclick.clone(), *busy);
        move |event: MouseEvent| {
            if !busy {
                onclick.emit(event);
            }
        }
    };
    html! {
        <button
            type="button"
            {id}
            class={*variant}
            {onclick}
            aria-disabled={busy.then_some("true")}
            aria-expanded={expanded.map(|is_open| if is_open { "true" } else { "false" })}
            aria-controls={controls}
            aria-describedby={describedby}
        >
            { children.clone() }
            if let Some(hidden_text) = hidden_text {
                <span class="visually-hidden">{ "：" }{ hidden_text }</span>
            }
        </button>
    }
}
