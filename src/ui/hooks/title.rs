//! The window's title.

use yew::prelude::*;

/// What stands behind every page's title.
pub const APP_NAME: &str = "申报预检";

/// The title in full; the word 错误 comes first, since that is what a screen reader reads first.
fn full_title(page: &str, has_errors: bool) -> String {
    let prefix = if has_errors { "错误：" } else { "" };
    format!("{prefix}{page} – {APP_NAME}")
}

/// Sets the window's title to `page – 申报预检`, with 错误 in front when the page shows errors.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::hooks::use_title;
/// #[component]
/// fn Page() -> Html {
///     use_title("选择申报类别".into(), false);
///     html! { <h1>{ "选择申报类别" }</h1> }
/// }
/// ```
#[hook]
pub fn use_title(page: AttrValue, has_errors: bool) {
    use_effect_with((page, has_errors), |(page, has_errors)| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&full_title(page, *has_errors));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_names_page_then_app() {
        assert_eq!(full_title("自查", false), "自查 – 申报预检");
        assert_eq!(full_title("自查", true), "错误：自查 – 申报预检");
    }
}
