//! Words for those who do not see the page.

use yew::prelude::*;

/// Properties of [`VisuallyHidden`].
#[derive(Properties, PartialEq)]
pub struct VisuallyHiddenProps {
    /// The words.
    pub children: Html,
}

/// Words that screen readers say and nobody sees.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::VisuallyHidden;
/// # #[component]
/// # fn Example() -> Html {
/// html! { <a href="#/form">{ "更改" }<VisuallyHidden>{ "姓名" }</VisuallyHidden></a> }
/// # }
/// ```
#[component]
pub fn VisuallyHidden(props: &VisuallyHiddenProps) -> Html {
    html! { <span class="visually-hidden">{ props.children.clone() }</span> }
}
