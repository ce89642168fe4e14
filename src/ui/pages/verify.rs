//! Verifying a bundle: whether it is whole, unchanged, and what its report says; and opening it as a draft.

use yew::prelude::*;

use crate::app::job::Progress as Bytes;
use crate::domain::bundle::package::Status;
use crate::domain::bundle::seal::OpenKey;
use crate::ui::context::{Verify, VerifyView, use_app, use_platform};
use crate::ui::hooks::focus_id;
use crate::ui::parts::open_sealed::OpenSealed;
use crate::ui::parts::shell::{Shell, megabytes};
use crate::ui::routes::{Route, Step};
use crate::ui::widgets::{Banner, BannerKind, Button, ButtonVariant, FileDrop, PageTitle, Progress};
use yew_router::prelude::*;

/// Where a verification is.
#[derive(Debug, Clone, PartialEq)]
enum At {
    Nowhere,
    Running(Bytes),
    Done(web_sys::File, VerifyView),
}

/// Verifies a bundle.
#[component]
pub fn VerifyPage() -> Html {
    let app = use_app();
    let platform = use_platform();
    let at = use_state_eq(|| At::Nowhere);
    // The id under which a bundle is being opened: once that draft is there, the person goes to it.
    let opening = use_state_eq(|| None::<String>);
    {
        let arrived = opening.as_ref().filter(|id| app.0.draft().is_some_and(|d| d.id == **id)).cloned();
        let navigator = use_navigator();
        use_effect_with(arrived, move |arrived| {
            if let (Some(id), Some(navigator)) = (arrived, navigator) {
                navigator.push(&Route::Draft { id: id.clone(), step: Step::Export });
            }
        });
    }
    // Leaving the page ends what it was doing.
    {
        let stop = platform.stop.clone();
        use_effect_with((), move |()| move || stop.emit(()));
    }
    use_effect_with(matches!(*at, At::Done(..)), |is_done| {
        if *is_done {
            focus_id("verify-result");
        }
    });
    let begin = {
        let (at, platform) = (at.setter(), platform.clone());
        let packs: Vec<_> = app.0.packs.all().cloned().collect();
        Callback::from(move |(file, key): (web_sys::File, Option<OpenKey>)| {
            at.set(At::Running(Bytes::default()));
            let progress = {
                let at = at.clone();
                Callback::from(move |bytes: Bytes| at.set(At::Running(bytes)))
            };
            let done = {
                let (at, file) = (at.clone(), file.clone());
                Callback::from(move |view: VerifyView| at.set(At::Done(file.clone(), view)))
            };
            platform.verify.emit(Verify { file, packs: packs.clone(), key, progress, done });
        })
    };
    let on_files = {
        let begin = begin.clone();
        Callback::from(move |files: Vec<web_sys::File>| {
            if let Some(file) = files.into_iter().next() {
                begin.emit((file, None));
            }
        })
    };
    let on_key = {
        let at = at.clone();
        Callback::from(move |key: OpenKey| {
            if let At::Done(file, _) = &*at {
                begin.emit((file.clone(), Some(key)));
            }
        })
    };
    let on_stop = {
        let stop = platform.stop.clone();
        Callback::from(move |_: MouseEvent| stop.emit(()))
    };
    let on_open = {
        let (platform, opening) = (platform.clone(), opening.setter());
        Callback::from(move |_: MouseEvent| {
            let id = platform.new_id.emit(());
            opening.set(Some(id.clone()));
            platform.open_bundle.emit(id);
        })
    };
    html! {
        <Shell>
            <PageTitle text="核验提交包" />
            <p>{ "选择导出的 ZIP 文件，检查它是否完整、有没有被改动，并按其中的规则重做一遍检查；核验过的包可以打开为草稿，在这台设备上继续。文件不会上传。" }</p>
            <FileDrop id="bundle" label="提交包" hint="导出的 ZIP 文件，或加密过的 .age 文件" accept=".zip,.age,application/zip" {on_files} />
            <div>{ view_progress(&at, &on_stop) }</div>
            <div id="verify-result" tabindex="-1" role="status" class="stack">
                if let At::Done(file, view) = &*at {
                    if view.is_sealed {
                        <OpenSealed key="sealed" name={file.name()} error={view.problems.first().cloned().map(AttrValue::from)} {on_key} />
                    } else {
                        { view_result(&file.name(), view) }
                    }
                    if view.can_open {
                        <Button key="open" id="open-bundle" variant={ButtonVariant::Primary} onclick={on_open}>{ "打开为草稿" }</Button>
                    }
                }
            </div>
        </Shell>
    }
}

fn view_progress(at: &At, on_stop: &Callback<MouseEvent>) -> Html {
    let At::Running(bytes) = at else { return Html::default() };
    let per_mille = bytes.done.saturating_mul(1_000).checked_div(bytes.total).unwrap_or(0);
    let text = format!("正在核验：{} / {}", megabytes(bytes.done), megabytes(bytes.total));
    html! {
        <div class="stack">
            <Progress id="verify-progress" {text} value={u32::try_from(per_mille).unwrap_or(1_000)} max=1_000 />
            <Button id="stop-verify" variant={ButtonVariant::Secondary} onclick={on_stop}>{ "停止" }</Button>
        </div>
    }
}

fn view_result(name: &str, view: &VerifyView) -> Html {
    let (title, kind) = match (view.is_sound, view.status) {
        (true, Some(Status::Draft)) => {
            ("完整，没有被改动；这是草稿包，不能作为提交材料", BannerKind::Warning)
        }
        (true, _) => ("完整，没有被改动", BannerKind::Success),
        (false, _) => ("核验没有通过", BannerKind::Error),
    };
    html! {
        <Banner key="result" {title} {kind} live=false>
            <p>{ name }</p>
            if let Some(code) = &view.form_code {
                <p>{ format!("填报码：{code}") }</p>
            }
            if let Some(hash) = &view.root_hash {
                <p>{ "校验值：" }<span class="receipt__hash">{ hash }</span></p>
            }
            if view.is_repacked {
                <p>{ "这个 ZIP 由别的程序重新打包过，内容以校验值为准。" }</p>
            }
            if !view.problems.is_empty() {
                <p>{ format!("共 {} 个问题：", view.problems.len()) }</p>
                <ul>
                    for (idx, problem) in view.problems.iter().enumerate() {
                        <li key={idx}>{ problem }</li>
                    }
                </ul>
            }
            if !view.is_sound && view.can_open {
                <p>{ "内容和附件是完整的，可以打开为草稿，按本机的规则包重新检查。" }</p>
            }
        </Banner>
    }
}
