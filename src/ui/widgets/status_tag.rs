//! A state in a word.

use yew::prelude::*;

/// What a state means for the person; it sets the colour, the word says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Not begun, does not apply.
    #[default]
    Neutral,
    /// In progress.
    Active,
    /// Done, fulfilled.
    Done,
    /// Open, to be looked at.
    Warning,
    /// Blocks.
    Problem,
}

impl From<Tone> for Classes {
    fn from(tone: Tone) -> Classes {
        classes!(
            "status-tag",
            match tone {
                Tone::Neutral => "status-tag--neutral",
                Tone::Active => "status-tag--active",
                Tone::Done => "status-tag--done",
                Tone::Warning => "status-tag--warning",
                Tone::Problem => "status-tag--problem",
            }
        )
    }
}

/// Properties of [`StatusTag`].
#[derive(Properties, PartialEq)]
pub struct StatusTagProps {
    /// The state in a word.
    pub text: AttrValue,
    /// What it means.
    #[prop_or_default]
    pub tone: Tone,
    /// Id, if something is described by it.
    #[prop_or_default]
    pub id: Option<AttrValue>,
}

/// A state in a word; colour only repeats it.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{StatusTag, Tone};
/// # #[component]
/// # fn Example() -> Html {
/// html! { <StatusTag text="待核实" tone={Tone::Warning} /> }
/// # }
/// ```
#[component]
pub fn StatusTag(props: &StatusTagProps) -> Html {
    let StatusTagProps { text, tone, id } = props;
    html! { <strong {id} class={*tone}>{ text }</strong> }
}
