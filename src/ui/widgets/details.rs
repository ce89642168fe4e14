//! Something to unfold.

use yew::prelude::*;

/// Properties of [`Details`].
#[derive(Properties, PartialEq)]
pub struct DetailsProps {
    /// What is inside, in a few words.
    pub summary: AttrValue,
    /// Whether it is unfolded at first; afterwards the person decides.
    #[prop_or_default]
    pub open: bool,
    /// What is inside.
    pub children: Html,
}

/// Something to unfold that only some people need.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::Details;
/// # #[component]
/// # fn Example() -> Html {
/// html! { <Details summary="为什么要问这个？"><p>{ "通知要求推荐单位已备案。" }</p></Details> }
/// # }
/// ```
#[component]
pub fn Details(props: &DetailsProps) -> Html {
    let DetailsProps { summary, open, children } = props;
    html! {
        <details class="details" open={*open}>
            <summary class="details__summary">{ summary }</summary>
            <div class="details__body">{ children.clone() }</div>
        </details>
    }
}
