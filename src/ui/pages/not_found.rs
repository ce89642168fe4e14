//! An address that leads nowhere.

use yew::prelude::*;

use crate::ui::parts::shell::Shell;
use crate::ui::routes::{Route, href};
use crate::ui::widgets::PageTitle;

/// An address that leads nowhere.
#[component]
pub fn NotFoundPage() -> Html {
    html! {
        <Shell>
            <PageTitle text="没有这个页面" />
            <p>{ "地址可能抄错，或草稿已删除。" }</p>
            <p><a href={href(&Route::Start)}>{ "回到草稿列表" }</a></p>
        </Shell>
    }
}
