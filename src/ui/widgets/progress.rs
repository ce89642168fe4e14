//! How far something has come.

use yew::prelude::*;

/// Properties of [`Progress`].
#[derive(Properties, PartialEq)]
pub struct ProgressProps {
    /// Id of the text.
    pub id: AttrValue,
    /// What is going on, with its numbers: 「已填 12 项，共 30 项」.
    pub text: AttrValue,
    /// How much is done.
    pub value: u32,
    /// How much there is.
    pub max: u32,
}

/// How far something has come: in words, and as a bar.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::Progress;
/// # #[component]
/// # fn Example() -> Html {
/// html! { <Progress id="filled" text="已填 12 项，共 30 项" value={12} max={30} /> }
/// # }
/// ```
#[component]
pub fn Progress(props: &ProgressProps) -> Html {
    let ProgressProps { id, text, value, max } = props;
    html! {
        <div class="progress">
            <p {id} class="progress__text">{ text }</p>
            <progress
                class="progress__bar"
                value={value.min(max).to_string()}
                max={max.max(&1).to_string()}
                aria-labelledby={id}
            />
        </div>
    }
}
