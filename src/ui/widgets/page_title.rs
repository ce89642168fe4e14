//! The page's heading.

use yew::prelude::*;

use crate::ui::hooks::{Visit, use_focus_on_change, use_title};

/// Properties of [`PageTitle`].
#[derive(Properties, PartialEq)]
pub struct PageTitleProps {
    /// What the page is about; also the window's title.
    pub text: AttrValue,
    /// What the page belongs to, above the heading.
    #[prop_or_default]
    pub caption: Option<AttrValue>,
    /// The page shows errors: the window's title begins with 错误.
    #[prop_or_default]
    pub has_errors: bool,
    /// Something on the page takes the focus instead.
    #[prop_or_default]
    pub yields_focus: bool,
}

/// The page's heading. It sets the window's title, and takes the focus when the person came from another page
/// (see [`Visit`]), so that a screen reader says where they are.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::hooks::Visit;
/// # use precheck::ui::widgets::PageTitle;
/// # #[component]
/// # fn Example() -> Html {
/// html! {
///     <ContextProvider<Visit> context={Visit(1)}>
///         <PageTitle text="自查" caption="考评员" />
///     </ContextProvider<Visit>>
/// }
/// # }
/// ```
#[component]
pub fn PageTitle(props: &PageTitleProps) -> Html {
    let PageTitleProps { text, caption, has_errors, yields_focus } = props;
    let node = use_node_ref();
    let Visit(visits) = use_context::<Visit>().unwrap_or_default();
    use_title(text.clone(), *has_errors);
    use_focus_on_change(node.clone(), if *yields_focus { 0 } else { visits });
    html! {
        <div class="page-title">
            if let Some(caption) = caption {
                <p class="page-title__caption">{ caption }</p>
            }
            <h1 ref={node} class="page-title__heading" tabindex="-1">{ text }</h1>
        </div>
    }
}
