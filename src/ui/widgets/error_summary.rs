//! All that needs attention on a page, at its top.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::hooks::{focus_field, use_focus_on_change};

/// One line of an [`ErrorSummary`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLink {
    /// Id of the control.
    pub target: AttrValue,
    /// The same words as at the control.
    pub message: AttrValue,
}

/// Properties of [`ErrorSummary`].
#[derive(Properties, PartialEq)]
pub struct ErrorSummaryProps {
    /// What needs attention, in the order of the page. Nothing is shown when it is empty.
    pub items: Rc<Vec<SummaryLink>>,
    /// Counts the person's attempts to go on: when it changes, the summary takes the focus.
    #[prop_or_default]
    pub revision: u32,
    /// Id of the heading.
    #[prop_or(AttrValue::Static("error-summary-title"))]
    pub id: AttrValue,
}

/// All that needs attention on a page; each line leads to its control.
///
/// ```
/// # use std::rc::Rc;
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{ErrorSummary, SummaryLink};
/// #[component]
/// fn Example() -> Html {
///     let attempts = use_state(|| 0_u32);
///     let items = use_memo((), |_| vec![SummaryLink { target: "person-name".into(), message: "填写姓名".into() }]);
///     html! { <ErrorSummary {items} revision={*attempts} /> }
/// }
/// ```
#[component]
pub fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let ErrorSummaryProps { items, revision, id } = props;
    let node = use_node_ref();
    use_focus_on_change(node.clone(), *revision);
    if items.is_empty() {
        return html! {};
    }
    // The alert is a child of what takes the focus, or else some screen readers say it twice or not at all.
    html! {
        <div ref={node} class="error-summary" tabindex="-1" aria-labelledby={id}>
            <div role="alert">
                <h2 {id} class="error-summary__title">{ format!("有 {} 处需要处理", items.len()) }</h2>
                <ul class="error-summary__list">
                    for (idx, item) in items.iter().enumerate() {
                        { view_item(idx, item) }
                    }
                </ul>
            </div>
        </div>
    }
}

fn view_item(idx: usize, item: &SummaryLink) -> Html {
    let onclick = {
        let target = item.target.clone();
        move |event: MouseEvent| {
            // The address's hash belongs to the router.
            event.prevent_default();
            focus_field(&target);
        }
    };
    html! {
        <li key={idx}><a class="error-summary__link" href={format!("#{}", item.target)} {onclick}>{ &item.message }</a></li>
    }
}
