//! Answers to check.

use yew::prelude::*;

/// Properties of [`SummaryList`].
#[derive(Properties, PartialEq)]
pub struct SummaryListProps {
    /// [`SummaryRow`]s.
    pub children: Html,
}

/// A list of answers to check. See [`SummaryRow`].
#[component]
pub fn SummaryList(props: &SummaryListProps) -> Html {
    html! { <dl class="summary-list">{ props.children.clone() }</dl> }
}

/// Properties of [`SummaryRow`].
#[derive(Properties, PartialEq)]
pub struct SummaryRowProps {
    /// The question in short.
    pub label: AttrValue,
    /// The answer; left out or empty: 「未填写」.
    #[prop_or_default]
    pub value: Option<AttrValue>,
    /// Whether the children are the answer, so that nothing is missing without a value.
    #[prop_or_default]
    pub bare: bool,
    /// More under the answer: a tag, a finding, a picture.
    #[prop_or_default]
    pub children: Html,
    /// Where the answer can be changed.
    #[prop_or_default]
    pub href: Option<AttrValue>,
    /// What the link says; the label is added for those who do not see the row.
    #[prop_or(AttrValue::Static("更改"))]
    pub action: AttrValue,
}

/// One answer: what was asked, what was said, and the way to change it.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{SummaryList, SummaryRow};
/// # #[component]
/// # fn Example() -> Html {
/// html! {
///     <SummaryList>
///         <SummaryRow label="姓名" value="张三" href="#/form/person" />
///         <SummaryRow label="职称" href="#/form/title" />
///     </SummaryList>
/// }
/// # }
/// ```
#[component]
pub fn SummaryRow(props: &SummaryRowProps) -> Html {
    let SummaryRowProps { label, value, bare, children, href, action } = props;
    html! {
        <div class="summary-list__row">
            <dt class="summary-list__key">{ label }</dt>
            <dd class="summary-list__value">
                if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
                    <span class="summary-list__text">{ value }</span>
                } else if !bare {
                    <span class="summary-list__empty">{ "未填写" }</span>
                }
                { children.clone() }
            </dd>
            if let Some(href) = href {
                <dd class="summary-list__action">
                    <a {href}>{ action }<span class="visually-hidden">{ "：" }{ label }</span></a>
                </dd>
            }
        </div>
    }
}
