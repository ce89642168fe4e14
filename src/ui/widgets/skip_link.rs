//! The way past the navigation.

use yew::prelude::*;

use crate::ui::hooks::focus_field;

/// Properties of [`SkipLink`].
#[derive(Properties, PartialEq)]
pub struct SkipLinkProps {
    /// Id of the main part; it needs `tabindex="-1"`.
    #[prop_or(AttrValue::Static("main"))]
    pub target: AttrValue,
    /// What the link says.
    #[prop_or(AttrValue::Static("跳到主要内容"))]
    pub text: AttrValue,
}

/// The first thing on the page for people who use the keyboard; seen only while it has the focus.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::SkipLink;
/// # #[component]
/// # fn Example() -> Html {
/// html! { <><SkipLink /><main id="main" tabindex="-1">{ "…" }</main></> }
/// # }
/// ```
#[component]
pub fn SkipLink(props: &SkipLinkProps) -> Html {
    let SkipLinkProps { target, text } = props;
    let onclick = {
        let target = target.clone();
        move |event: MouseEvent| {
            // The address's hash belongs to the router.
            event.prevent_default();
            focus_field(&target);
        }
    };
    html! { <a class="skip-link" href={format!("#{target}")} {onclick}>{ text }</a> }
}
