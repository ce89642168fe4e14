//! Whether what was typed is safe.

use yew::prelude::*;

/// What the state means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaveTone {
    /// Nothing to save, or saved.
    #[default]
    Saved,
    /// On its way.
    Saving,
    /// Not saved: the person must act.
    Failed,
}

/// Properties of [`SaveState`].
#[derive(Properties, PartialEq)]
pub struct SaveStateProps {
    /// 「已保存 10:32」 and the like.
    pub text: AttrValue,
    /// What it means.
    #[prop_or_default]
    pub tone: SaveTone,
}

/// Whether what was typed is safe. A region that is always there, so that screen readers hear it change.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::SaveState;
/// # #[component]
/// # fn Example() -> Html {
/// html! { <SaveState text="已保存 10:32" /> }
/// # }
/// ```
#[component]
pub fn SaveState(props: &SaveStateProps) -> Html {
    let SaveStateProps { text, tone } = props;
    let class = match tone {
        SaveTone::Saved => "save-state--saved",
        SaveTone::Saving => "save-state--saving",
        SaveTone::Failed => "save-state--failed",
    };
    html! { <p class={classes!("save-state", class)} role="status">{ text }</p> }
}
