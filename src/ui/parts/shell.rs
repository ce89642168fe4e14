//! The frame of every page: head, steps, main, aside, foot, and what the app has to say.

use yew::prelude::*;

use crate::app::Action;
use crate::app::state::{OfflineState, SaveState as Saving, StorageProblem};
use crate::ui::context::{use_app, use_dispatch};
use crate::ui::routes::{Route, href};
use crate::ui::widgets::{Banner, BannerKind, Button, ButtonVariant, SaveState, SaveTone, SkipLink};

/// Properties of [`Shell`].
#[derive(Properties, PartialEq)]
pub struct ShellProps {
    /// The steps, at the left.
    #[prop_or_default]
    pub steps: Option<Html>,
    /// What stands beside the page's main part.
    #[prop_or_default]
    pub aside: Option<Html>,
    /// The page.
    pub children: Html,
}

/// The frame of every page.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let ShellProps { steps, aside, children } = props;
    let class = match (steps, aside) {
        (None, None) => classes!("page", "page--plain"),
        (Some(_), None) => classes!("page", "page--wide"),
        _ => classes!("page"),
    };
    html! {
        <>
            <SkipLink />
            <div {class}>
                <Head />
                if let Some(steps) = steps {
                    <div class="page__steps screen-only">{ steps.clone() }</div>
                }
                <main id="main" class="page__main" tabindex="-1">
                    <div class="stack">
                        <Messages />
                        <div class="stack">{ children.clone() }</div>
                    </div>
                </main>
                if let Some(aside) = aside {
                    <aside class="page__aside screen-only" aria-label="依据">{ aside.clone() }</aside>
                }
                <Foot />
            </div>
        </>
    }
}

#[component]
fn Head() -> Html {
    let app = use_app();
    // While a save is on its way, a moment after each key, the words of the last one stay: a screen reader would read
    // every change aloud.
    let last = use_mut_ref(AttrValue::default);
    let (text, tone) = match &app.0.save {
        Saving::Unchanged => (AttrValue::default(), SaveTone::Saved),
        Saving::Saving if last.borrow().is_empty() => (AttrValue::Static("正在保存…"), SaveTone::Saving),
        Saving::Saving => (last.borrow().clone(), SaveTone::Saving),
        Saving::Saved { clock } => (AttrValue::from(format!("已保存 {clock}")), SaveTone::Saved),
        Saving::Failed => (AttrValue::Static("没有保存"), SaveTone::Failed),
    };
    *last.borrow_mut() = if tone == SaveTone::Failed { AttrValue::default() } else { text.clone() };
    html! {
        <header class="page__header">
            <a class="page__brand" href={href(&Route::Start)}>{ "申报预检" }</a>
            <span class="page__brand-note">{ "四川省考评员、质量督导员申报" }</span>
            <div>
                if app.0.save != Saving::Unchanged {
                    <SaveState {text} {tone} />
                }
            </div>
        </header>
    }
}

/// Notices, storage trouble and a waiting update.
#[component]
fn Messages() -> Html {
    let app = use_app();
    let dispatch = use_dispatch();
    let state = &app.0;
    let send = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let reload = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            // Nothing is left to do when the browser refuses.
            let _ = window.location().reload();
        }
    });
    html! {
        <div class="stack screen-only">
            if let Some(problem) = state.storage_problem {
                <Banner title="内容没有存下" kind={BannerKind::Error} live=true>
                    <p>{ problem.words() }</p>
                    <div class="cluster">
                        if state.draft().is_some() {
                            <Button onclick={send(Action::DownloadDraft)}>{ "下载草稿" }</Button>
                        }
                        if matches!(problem, StorageProblem::Conflict | StorageProblem::Failed) {
                            <Button variant={ButtonVariant::Secondary} onclick={reload}>{ "重新打开本页" }</Button>
                        }
                    </div>
                </Banner>
            }
            if let Some(notice) = &state.notice {
                <Banner title={notice.text.clone()} live=true
                    kind={if notice.is_error { BannerKind::Error } else { BannerKind::Success }}>
                    <Button variant={ButtonVariant::Link} onclick={send(Action::DismissNotice)}>{ "知道了" }</Button>
                </Banner>
            }
            if state.offline == OfflineState::UpdateWaiting {
                <Banner title="有新版本" live=true>
                    <p>{ "新版本已下载。草稿都已保存，换用新版本会重新打开本页；也可以稍后再换。" }</p>
                    <Button variant={ButtonVariant::Secondary} onclick={send(Action::ActivateUpdate)}>{ "换用新版本" }</Button>
                </Banner>
            }
        </div>
    }
}

#[component]
fn Foot() -> Html {
    let app = use_app();
    let pack = &app.0.pack().info;
    let offline = match app.0.offline {
        OfflineState::Preparing => "正在准备离线使用",
        OfflineState::Ready | OfflineState::UpdateWaiting => "可离线使用",
        OfflineState::Unsupported => "此浏览器或地址不能离线使用",
    };
    let storage = app.0.storage.map(|s| {
        let kept = if s.is_persistent { "，浏览器不会自动清除" } else { "" };
        format!("已用空间 {}，可用 {}{kept}", megabytes(s.used), megabytes(s.quota))
    });
    html! {
        <footer class="page__footer screen-only">
            <p>{ format!("{offline} · 版本 {} · 规则 {} {}", crate::domain::guide::APP_VERSION, pack.id, pack.version) }</p>
            <p>{ "填写的内容和附件只存在本设备，不会上传。" }{ storage }</p>
            <nav class="page__links" aria-label="其他页面">
                <a href={href(&Route::Start)}>{ "草稿" }</a>
                <a href={href(&Route::Deadlines)}>{ "期限" }</a>
                <a href={href(&Route::Rules)}>{ "规则与依据" }</a>
                <a href={href(&Route::Pack)}>{ "规则包" }</a>
                <a href={href(&Route::Verify)}>{ "核验提交包" }</a>
                <a href={href(&Route::Backup)}>{ "备份与清除" }</a>
            </nav>
        </footer>
    }
}

/// Bytes in words.
#[must_use]
pub fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} 字节"),
        1_024..1_048_576 => format!("{} KB", bytes / 1_024),
        1_048_576..1_073_741_824 => {
            format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576)
        }
        _ => format!("{}.{} GB", bytes / 1_073_741_824, bytes % 1_073_741_824 * 10 / 1_073_741_824),
    }
}
