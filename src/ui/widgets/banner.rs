//! A message about the page or the program, not about one field.

use yew::prelude::*;

/// What kind of message it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BannerKind {
    /// Good to know.
    #[default]
    Info,
    /// Something has been done.
    Success,
    /// Something needs a look.
    Warning,
    /// Something could not be done.
    Error,
}

impl BannerKind {
    fn word(self) -> &'static str {
        match self {
            BannerKind::Info => "提示",
            BannerKind::Success => "已完成",
            BannerKind::Warning => "注意",
            BannerKind::Error => "出错",
        }
    }

    fn class(self) -> &'static str {
        match self {
            BannerKind::Info => "banner--info",
            BannerKind::Success => "banner--success",
            BannerKind::Warning => "banner--warning",
            BannerKind::Error => "banner--error",
        }
    }

    fn role(self) -> &'static str {
        match self {
            BannerKind::Error => "alert",
            _ => "status",
        }
    }
}

/// Properties of [`Banner`].
#[derive(Properties, PartialEq)]
pub struct BannerProps {
    /// The message in one line.
    pub title: AttrValue,
    /// What kind of message it is.
    #[prop_or_default]
    pub kind: BannerKind,
    /// Whether screen readers say it when it appears: no for what is part of the page from the start.
    #[prop_or(true)]
    pub live: bool,
    /// More about it: what is safe, what to do next, buttons.
    #[prop_or_default]
    pub children: Html,
}

/// A message about the page or the program. The kind is a word, not only a colour.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{Banner, BannerKind};
/// # #[component]
/// # fn Example() -> Html {
/// html! {
///     <Banner kind={BannerKind::Warning} title="本机存储空间不足">
///         <p>{ "已填内容仍在，请先导出材料包。" }</p>
///     </Banner>
/// }
/// # }
/// ```
#[component]
pub fn Banner(props: &BannerProps) -> Html {
    let BannerProps { title, kind, live, children } = props;
    html! {
        <div class={classes!("banner", kind.class())} role={live.then_some(kind.role())}>
            <p class="banner__title">
                <span class="banner__kind">{ kind.word() }</span>
                { title }
            </p>
            <div class="banner__body">{ children.clone() }</div>
        </div>
    }
}
