//! 备份与清除: drafts into a file and back, and leaving no trace on the device.

use yew::prelude::*;

use crate::app::job::Progress as Bytes;
use crate::domain::bundle::seal::{OpenKey, SealKey};
use crate::ui::context::{BackUp, Erase, Restore, RestoreView, use_app, use_platform};
use crate::ui::hooks::focus_id;
use crate::ui::parts::open_sealed::OpenSealed;
use crate::ui::parts::seal_choice::SealChoice;
use crate::ui::parts::shell::{Shell, megabytes};
use crate::ui::routes::{Route, href};
use crate::ui::widgets::{
    Banner, BannerKind, Button, ButtonVariant, CheckboxField, Choice, Dialog, FileDrop, PageTitle, Progress,
    SelectField,
};

/// Backing up, restoring, erasing.
#[component]
pub fn BackupPage() -> Html {
    let platform = use_platform();
    // Leaving the page ends what it was doing.
    {
        let stop = platform.stop.clone();
        use_effect_with((), move |()| move || stop.emit(()));
    }
    html! {
        <Shell>
            <PageTitle text="备份与清除" />
            <Making />
            <Restoring />
            <Erasing />
        </Shell>
    }
}

/// Where something is that takes its time.
#[derive(Debug, Clone, PartialEq)]
enum At<T> {
    Nowhere,
    Running(Bytes),
    Done(T),
}

fn view_bytes(id: &'static str, what: &str, bytes: Bytes, stop: &Callback<()>) -> Html {
    let per_mille = bytes.done.saturating_mul(1_000).checked_div(bytes.total).unwrap_or(0);
    let text = format!("{what}：{} / {}", megabytes(bytes.done), megabytes(bytes.total));
    html! {
        <div class="stack">
            <Progress id={format!("{id}-progress")} {text} value={u32::try_from(per_mille).unwrap_or(1_000)} max=1_000 />
            <Button id={format!("{id}-stop")} variant={ButtonVariant::Secondary} onclick={stop.reform(|_: MouseEvent| ())}>{ "停止" }</Button>
        </div>
    }
}

#[component]
fn Making() -> Html {
    let app = use_app();
    let platform = use_platform();
    let seal = use_state_eq(|| None::<SealKey>);
    let at = use_state_eq(|| At::<Result<Option<String>, String>>::Nowhere);
    use_effect_with(matches!(*at, At::Done(_)), |is_done| {
        if *is_done {
            focus_id("backup-result");
        }
    });
    let drafts = app.0.drafts.clone().unwrap_or_default();
    let chosen = use_state_eq(|| None::<AttrValue>);
    let options = use_memo(drafts.clone(), |drafts| {
        drafts.iter().map(|head| Choice::new(head.id.clone(), head.title.clone()).into()).collect()
    });
    // A draft that another window deleted is not chosen any more.
    let id = chosen.as_ref().filter(|id| drafts.iter().any(|head| head.id == **id)).cloned();
    let on_choose = {
        let chosen = chosen.setter();
        Callback::from(move |id: Option<AttrValue>| chosen.set(id))
    };
    let on_seal = {
        let seal = seal.setter();
        Callback::from(move |key: Option<SealKey>| seal.set(key))
    };
    let onclick = {
        let (platform, at, seal, id) = (platform.clone(), at.setter(), (*seal).clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            at.set(At::Running(Bytes::default()));
            let (running, ended) = (at.clone(), at.clone());
            platform.back_up.emit(BackUp {
                ids: id.iter().map(ToString::to_string).collect(),
                seal: seal.clone(),
                progress: Callback::from(move |bytes: Bytes| running.set(At::Running(bytes))),
                done: Callback::from(move |outcome| ended.set(At::Done(outcome))),
            });
        })
    };
    html! {
        <section class="stack" aria-labelledby="backup-title">
            <h2 id="backup-title">{ "备份草稿" }</h2>
            <p>{ "备份把草稿连同附件存成一个文件，换设备或重装系统后能恢复。浏览器可能在清理空间时删掉草稿，重要的草稿要备份。" }</p>
            <div>
                if drafts.is_empty() {
                    <p class="muted">{ "本设备上没有草稿。" }</p>
                } else {
                    <div class="stack">
                        <SelectField id="backup-draft" label="备份哪一份" placeholder={format!("全部 {} 份草稿", drafts.len())} value={id.unwrap_or_default()} {options} {on_choose} />
                        <SealChoice on_change={on_seal} />
                        <div><Button id="back-up" variant={ButtonVariant::Primary} busy={matches!(*at, At::Running(_))} {onclick}>{ "备份" }</Button></div>
                    </div>
                }
            </div>
            <div>
                if let At::Running(bytes) = *at {
                    { view_bytes("backup", "正在读取附件", bytes, &platform.stop) }
                }
            </div>
            <div id="backup-result" tabindex="-1" role="status">
                { match &*at {
                    At::Done(Ok(Some(words))) => html! { <Banner title={words.clone()} kind={BannerKind::Success} live=false /> },
                    At::Done(Ok(None)) => html! { <Banner title="没有备份，没有留下文件" kind={BannerKind::Info} live=false /> },
                    At::Done(Err(reason)) => html! { <Banner title="没有备份" kind={BannerKind::Error} live=false><p>{ reason }</p></Banner> },
                    _ => Html::default(),
                } }
            </div>
        </section>
    }
}

#[component]
fn Restoring() -> Html {
    let platform = use_platform();
    let at = use_state_eq(|| At::<(web_sys::File, RestoreView)>::Nowhere);
    use_effect_with(matches!(*at, At::Done(_)), |is_done| {
        if *is_done {
            focus_id("restore-result");
        }
    });
    let begin = {
        let (platform, at) = (platform.clone(), at.setter());
        Callback::from(move |(file, key): (web_sys::File, Option<OpenKey>)| {
            at.set(At::Running(Bytes::default()));
            let (running, ended, chosen) = (at.clone(), at.clone(), file.clone());
            platform.restore.emit(Restore {
                file,
                key,
                progress: Callback::from(move |bytes: Bytes| running.set(At::Running(bytes))),
                done: Callback::from(move |view| ended.set(At::Done((chosen.clone(), view)))),
            });
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
            if let At::Done((file, _)) = &*at {
                begin.emit((file.clone(), Some(key)));
            }
        })
    };
    html! {
        <section class="stack" aria-labelledby="restore-title">
            <h2 id="restore-title">{ "恢复备份" }</h2>
            <p>{ "先核对备份里的每个文件，都对得上才恢复。本设备上已有的草稿不会被覆盖，恢复的草稿加在旁边。" }</p>
            <FileDrop id="restore" label="备份文件" hint="以 precheck-backup 开头的 ZIP 文件，或加密过的 .age 文件" accept=".zip,.age,application/zip" {on_files} />
            <div>
                if let At::Running(bytes) = *at {
                    { view_bytes("restore", "正在核对备份", bytes, &platform.stop) }
                }
            </div>
            <div id="restore-result" tabindex="-1" role="status" class="stack">
                if let At::Done((file, view)) = &*at {
                    if view.is_sealed {
                        <OpenSealed key="sealed" name={file.name()} error={view.problems.first().cloned().map(AttrValue::from)} {on_key} />
                    } else {
                        { view_restored(view) }
                    }
                }
            </div>
        </section>
    }
}

fn view_restored(view: &RestoreView) -> Html {
    if !view.problems.is_empty() {
        return html! {
            <Banner key="problems" title="没有恢复，本设备上的内容没有变" kind={BannerKind::Error} live=false>
                <ul>
                    for (idx, problem) in view.problems.iter().enumerate() {
                        <li key={idx}>{ problem }</li>
                    }
                </ul>
            </Banner>
        };
    }
    let known =
        if view.n_known > 0 { format!("，另有 {} 份本来就在", view.n_known) } else { String::new() };
    html! {
        <Banner key="restored" title={format!("恢复了 {} 份草稿{known}", view.n_restored)} kind={BannerKind::Success} live=false>
            <p><a href={href(&Route::Start)}>{ "去看草稿" }</a></p>
        </Banner>
    }
}

#[component]
fn Erasing() -> Html {
    let platform = use_platform();
    let asks = use_state_eq(|| false);
    let app_too = use_state_eq(|| false);
    let result = use_state_eq(|| None::<Result<Vec<String>, String>>);
    use_effect_with(result.is_some(), |is_done| {
        if *is_done {
            focus_id("erase-result");
        }
    });
    let on_ask = {
        let asks = asks.setter();
        Callback::from(move |_: MouseEvent| asks.set(true))
    };
    let on_cancel = {
        let asks = asks.setter();
        Callback::from(move |()| asks.set(false))
    };
    let on_app_too = {
        let app_too = app_too.setter();
        Callback::from(move |is_on: bool| app_too.set(is_on))
    };
    let on_confirm = {
        let (asks, result, app_too) = (asks.setter(), result.setter(), *app_too);
        Callback::from(move |()| {
            asks.set(false);
            let result = result.clone();
            let done = Callback::from(move |outcome| result.set(Some(outcome)));
            platform.erase.emit(Erase { app_too, done });
        })
    };
    html! {
        <section class="stack" aria-labelledby="erase-title">
            <h2 id="erase-title">{ "清除痕迹" }</h2>
            <p>{ "在公用电脑上用完后，删除本程序存下的一切：全部草稿、附件、规则包。下载到电脑里的文件不归本程序管，要自己删。" }</p>
            <CheckboxField id="erase-app" label="离线程序也删除" hint="下次要联网才能打开" checked={*app_too} on_toggle={on_app_too} />
            <div><Button id="erase" variant={ButtonVariant::Warning} onclick={on_ask}>{ "全部清除" }</Button></div>
            <Dialog id="erase-all" open={*asks} title="删除本设备上的全部草稿和附件？" confirm="全部清除" warning=true {on_confirm} {on_cancel}>
                <p>{ "不能恢复。还要用的草稿先备份。" }</p>
            </Dialog>
            <div id="erase-result" tabindex="-1" role="status">
                { match &*result {
                    None => Html::default(),
                    Some(Err(reason)) => html! { <Banner title="没有清除" kind={BannerKind::Error} live=false><p>{ reason }</p></Banner> },
                    Some(Ok(lines)) => html! {
                        <Banner title="已全部清除" kind={BannerKind::Success} live=false>
                            <p>{ "浏览器现在报告的余量：" }</p>
                            <ul>
                                for (idx, line) in lines.iter().enumerate() {
                                    <li key={idx}>{ line }</li>
                                }
                            </ul>
                        </Banner>
                    },
                } }
            </div>
        </section>
    }
}
