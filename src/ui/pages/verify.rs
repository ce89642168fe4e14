//! Verifying a bundle: whether it is whole, unchanged, and what its report says.

use yew::prelude::*;

use crate::ui::context::{VerifyView, use_platform};
use crate::ui::parts::shell::Shell;
use crate::ui::widgets::{Banner, BannerKind, FileDrop, PageTitle};

/// Verifies a bundle.
#[component]
pub fn VerifyPage() -> Html {
    let platform = use_platform();
    let is_running = use_state_eq(|| false);
    let result = use_state_eq(|| None::<(String, VerifyView)>);
    let on_files = {
        let (is_running, result) = (is_running.setter(), result.setter());
        Callback::from(move |files: Vec<web_sys::File>| {
            let Some(file) = files.into_iter().next() else { return };
            let name = file.name();
            is_running.set(true);
            let (is_running, result) = (is_running.clone(), result.clone());
            let answer = Callback::from(move |view: VerifyView| {
                is_running.set(false);
                result.set(Some((name.clone(), view)));
            });
            platform.verify.emit((file, answer));
        })
    };
    html! {
        <Shell>
            <PageTitle text="核验提交包" />
            <p>{ "选择导出的 ZIP 文件，检查它是否完整、有没有被改动，并按其中的规则重做一遍检查。文件不会上传。" }</p>
            <FileDrop id="bundle" label="提交包" hint="导出的 ZIP 文件" accept=".zip,application/zip" {on_files} />
            <div role="status" class="stack">
                if *is_running {
                    <p>{ "正在核验…" }</p>
                } else if let Some((name, view)) = &*result {
                    { view_result(name, view) }
                }
            </div>
        </Shell>
    }
}

fn view_result(name: &str, view: &VerifyView) -> Html {
    let (title, kind) = if view.is_sound {
        ("完整，没有被改动", BannerKind::Success)
    } else {
        ("核验没有通过", BannerKind::Error)
    };
    html! {
        <Banner {title} {kind}>
            <p>{ name }</p>
            if let Some(hash) = &view.root_hash {
                <p>{ "校验值：" }<span class="receipt__hash">{ hash }</span></p>
            }
            <ul>
                for problem in &view.problems {
                    <li key={problem.clone()}>{ problem }</li>
                }
            </ul>
        </Banner>
    }
}
