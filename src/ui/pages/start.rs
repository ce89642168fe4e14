//! The start: what this is, and the drafts on this device.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::app::{Action, DraftHead};
use crate::ui::context::{use_app, use_dispatch, use_platform};
use crate::ui::parts::shell::Shell;
use crate::ui::routes::{Route, Step, href, step_href};
use crate::ui::widgets::{Button, ButtonVariant, Details, Dialog, FileDrop, PageTitle, TextField};

/// The list of drafts.
#[component]
pub fn StartPage() -> Html {
    let app = use_app();
    let dispatch = use_dispatch();
    let platform = use_platform();
    let navigator = use_navigator();
    let deleting = use_state_eq(|| None::<DraftHead>);
    let renaming = use_state_eq(|| None::<(String, String)>);
    let begin = {
        let (dispatch, platform) = (dispatch.clone(), platform.clone());
        Callback::from(move |_: MouseEvent| {
            let id = platform.new_id.emit(());
            dispatch.dispatch(Action::CreateDraft { id: id.clone() });
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Draft { id, step: Step::Choose });
            }
        })
    };
    // The id under which a file is being opened: once that draft is there, the person goes to it.
    let importing = use_state_eq(|| None::<String>);
    let on_files = {
        let (platform, importing) = (platform.clone(), importing.setter());
        Callback::from(move |files: Vec<web_sys::File>| {
            if let Some(file) = files.into_iter().next() {
                let id = platform.new_id.emit(());
                importing.set(Some(id.clone()));
                platform.import.emit((id, file));
            }
        })
    };
    {
        let arrived = importing.as_ref().filter(|id| app.0.draft().is_some_and(|d| d.id == **id)).cloned();
        let navigator = use_navigator();
        use_effect_with(arrived, move |arrived| {
            if let (Some(id), Some(navigator)) = (arrived, navigator) {
                navigator.push(&Route::Draft { id: id.clone(), step: Step::Choose });
            }
        });
    }
    let ask_delete = {
        let deleting = deleting.setter();
        Callback::from(move |head: DraftHead| deleting.set(Some(head)))
    };
    let ask_rename = {
        let renaming = renaming.setter();
        Callback::from(move |head: DraftHead| renaming.set(Some((head.id, head.title))))
    };
    let on_delete = {
        let (dispatch, deleting) = (dispatch.clone(), deleting.clone());
        Callback::from(move |()| {
            if let Some(head) = &*deleting {
                dispatch.dispatch(Action::DeleteDraft { id: head.id.clone() });
            }
            deleting.set(None);
        })
    };
    let on_rename = {
        let (dispatch, renaming) = (dispatch.clone(), renaming.clone());
        Callback::from(move |()| {
            if let Some((id, name)) = &*renaming {
                dispatch.dispatch(Action::RenameDraft { id: id.clone(), name: name.clone() });
            }
            renaming.set(None);
        })
    };
    let on_name = {
        let renaming = renaming.clone();
        Callback::from(move |text: String| {
            if let Some((id, _)) = &*renaming {
                renaming.set(Some((id.clone(), text)));
            }
        })
    };
    let keep = {
        let (deleting, renaming) = (deleting.setter(), renaming.setter());
        Callback::from(move |()| {
            deleting.set(None);
            renaming.set(None);
        })
    };
    let title = deleting.as_ref().map(|d| d.title.clone()).unwrap_or_default();
    let name = renaming.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    html! {
        <Shell>
            <PageTitle text="申报预检" caption="2026年考评员、质量督导员培训考核" />
            <div class="stack measure">
                <p>{ "申报前先自查：按通知核对条件，一次填对申报表，附齐材料，导出可核验的提交包。" }</p>
                <ul>
                    <li>{ "手边准备：身份证、证书或职称证、参保证明、聘用协议的扫描件，推荐单位的备案情况。" }</li>
                    <li>{ "大约 20 分钟，可随时停下，内容自动保存。" }</li>
                    <li>{ "填写的内容和附件只存在本设备，不会上传；打开过一次后，没有网络也能用。" }</li>
                    <li>{ "预检不能代替职鉴中心审核。附件1、附件3 的条件以官方附件为准。" }</li>
                </ul>
                <div><Button id="begin" variant={ButtonVariant::Primary} onclick={begin}>{ "开始新的申报" }</Button></div>
            </div>
            <section class="stack" aria-labelledby="drafts-title">
                <h2 id="drafts-title">{ "本设备上的草稿" }</h2>
                { view_drafts(app.0.drafts.as_ref().map(|d| d.as_slice()), app.0.pack(), &ask_rename, &ask_delete) }
            </section>
            <section class="stack" aria-labelledby="tools-title">
                <h2 id="tools-title">{ "随时可查" }</h2>
                <ul>
                    <li><a href={href(&Route::Deadlines)}>{ "期限" }</a>{ "：补考、禁报期、领取证卡、请假、备案" }</li>
                    <li><a href={href(&Route::Rules)}>{ "规则与依据" }</a>{ "：每条规则出自通知哪一条，有几种读法" }</li>
                    <li><a href={href(&Route::Pack)}>{ "规则包" }</a>{ "：按官方附件填写附件1、附件3 的数，打开别的规则包" }</li>
                    <li><a href={href(&Route::Verify)}>{ "核验提交包" }</a>{ "，或把别处导出的包打开为草稿" }</li>
                    <li><a href={href(&Route::Backup)}>{ "备份与清除" }</a>{ "：备份草稿到文件，用完公用电脑后清除痕迹" }</li>
                </ul>
            </section>
            <Details summary="打开已有的申报文件">
                <FileDrop id="import" label="申报文件" hint="本程序下载的草稿，文件名以 .json 结尾；附件须重新添加" accept=".json,application/json" {on_files} />
            </Details>
            <Dialog id="delete-draft" open={deleting.is_some()} title="删除这份草稿？" confirm="删除" warning=true
                on_confirm={on_delete} on_cancel={keep.clone()}>
                <p>{ format!("“{title}”和它的附件会从本设备删除，不能恢复。") }</p>
            </Dialog>
            <Dialog id="rename-draft" open={renaming.is_some()} title="草稿名称" confirm="保存" on_confirm={on_rename} on_cancel={keep}>
                <TextField id="draft-name" label="名称" value={name} on_commit={on_name} limit={Some(crate::app::draft::MAX_NAME_CHARS)} />
            </Dialog>
        </Shell>
    }
}

fn view_drafts(
    drafts: Option<&[DraftHead]>,
    pack: &crate::domain::pack::Pack,
    on_rename: &Callback<DraftHead>,
    on_delete: &Callback<DraftHead>,
) -> Html {
    let Some(drafts) = drafts else { return html! { <p role="status">{ "正在读取草稿…" }</p> } };
    if drafts.is_empty() {
        return html! { <p class="muted">{ "还没有草稿。" }</p> };
    }
    html! {
        <ul class="draft-list" role="list">
            for head in drafts {
                <li class="draft-card" key={head.id.clone()}>
                    <p class="draft-card__title">
                        <a href={step_href(&head.id, Step::Choose)}>{ &head.title }</a>
                    </p>
                    <p class="draft-card__meta">{ meta(head, pack) }</p>
                    <div class="draft-card__actions">
                        { action("改名", head, on_rename) }
                        { action("删除", head, on_delete) }
                    </div>
                </li>
            }
        </ul>
    }
}

fn action(word: &'static str, head: &DraftHead, on_choose: &Callback<DraftHead>) -> Html {
    let hidden = format!("“{}”", head.title);
    let onclick = {
        let (head, on_choose) = (head.clone(), on_choose.clone());
        Callback::from(move |_: MouseEvent| on_choose.emit(head.clone()))
    };
    html! { <Button variant={ButtonVariant::Link} {onclick} hidden_text={Some(AttrValue::from(hidden))}>{ word }</Button> }
}

fn meta(head: &DraftHead, pack: &crate::domain::pack::Pack) -> String {
    let track = pack.track(&head.track).map_or("未选择申报类别", |t| t.label.as_str());
    let session = head.session.as_deref().and_then(|id| pack.session(id)).map(|s| format!(" · {}", s.label));
    format!("{track}{}", session.unwrap_or_default())
}
