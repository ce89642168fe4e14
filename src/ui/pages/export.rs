//! 导出: all answers once more, what still stands in the way, what is said to warnings, and the bundle.

use yew::prelude::*;

use super::draft::{DraftViewProps, View};
use crate::app::Action;
use crate::app::state::ExportState;
use crate::domain::bundle::package::Status;
use crate::domain::bundle::seal::SealKey;
use crate::domain::case::disposition::{Disposition, MAX_REASON_CHARS};
use crate::domain::case::{Answer, Edit, display};
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::guide::{Disposal, DisposalState, disposals};
use crate::domain::path::FieldPath;
use crate::domain::rule::Finding;
use crate::ui::context::{use_app, use_dispatch, use_platform};
use crate::ui::hooks::focus_id;
use crate::ui::parts::findings::{element_id, view_diagnostics, view_rule_finding};
use crate::ui::parts::seal_choice::SealChoice;
use crate::ui::parts::shell::{Shell, megabytes};
use crate::ui::routes::{Route, Step, field_href, href, step_href};
use crate::ui::widgets::{
    Banner, BannerKind, Button, ButtonVariant, Details, PageTitle, Progress, SummaryList, SummaryRow,
    TextField,
};

/// Check answers and export.
#[component]
pub fn ExportPage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let of = |severity: Severity| -> Vec<Diagnostic> {
        view.assessment.diagnostics.iter().filter(|d| d.severity == severity).cloned().collect()
    };
    let (blockers, warnings, advice) = (of(Severity::Blocker), of(Severity::Warning), of(Severity::Advice));
    let rules: Vec<&Finding> = view.assessment.blocking_rules().collect();
    html! {
        <Shell steps={Some(view.steps(Some(Step::Export)))}>
            <PageTitle text="检查并导出" caption={view.title()} />
            <div class="stack">
                if view.assessment.blocks() {
                    <Banner title={format!("还有 {} 处须处理，处理完才能导出", blockers.len() + rules.len())} kind={BannerKind::Warning}>
                        <p>{ "逐项点开处理，处理完自动消失。" }</p>
                    </Banner>
                }
                if !rules.is_empty() {
                    <section class="stack">
                        <h2>{ format!("申报条件（{}）", rules.len()) }</h2>
                        <ul class="finding-list" role="list">
                            for finding in rules {
                                { view_rule_finding(&view.pack, &view.draft.application.track, finding, link_to_questions(view)) }
                            }
                        </ul>
                    </section>
                }
                { view_group(view, "须改正", &blockers) }
            </div>
            <Warnings view={view.clone()} {warnings} />
            <div class="stack">{ view_group(view, "建议", &advice) }</div>
            { view_answers(view) }
            <BundleSection view={view.clone()} />
        </Shell>
    }
}

/// Properties of [`Warnings`].
#[derive(Properties, PartialEq)]
struct WarningsProps {
    view: View,
    warnings: Vec<Diagnostic>,
}

/// The warnings, each with room for the reason why it stays, and those that were put right.
#[component]
fn Warnings(props: &WarningsProps) -> Html {
    let WarningsProps { view, warnings } = props;
    let dispatch = use_dispatch();
    let all = disposals(&view.draft.application, &view.assessment.diagnostics);
    let fixed: Vec<&Disposal> = all.iter().filter(|d| d.state == DisposalState::Fixed).collect();
    if all.is_empty() {
        return html! { <div class="stack" /> };
    }
    let reason = |disposal: &Disposal, idx: usize| {
        let warning = disposal.warning.clone();
        let dispatch = dispatch.clone();
        let on_commit = Callback::from(move |reason: String| {
            let said = Disposition { reason, ..warning.clone() };
            dispatch.dispatch(Action::Edit(Edit::SetDisposition(said)));
        });
        html! {
            <TextField id={format!("reason-{idx}")} label="不改的原因" optional=true limit={Some(MAX_REASON_CHARS)}
                value={disposal.warning.reason.clone()} {on_commit} />
        }
    };
    html! {
        <div class="stack">
            if !warnings.is_empty() {
                <section class="stack" aria-labelledby="warnings-title">
                    <h2 id="warnings-title">{ format!("需核对（{}）", warnings.len()) }</h2>
                    <p>{ "这些不影响导出。核对后确实如此的，写上原因，检查报告里会带上；改正了的，报告里记为“已改正”。" }</p>
                    for (idx, (warning, disposal)) in warnings.iter().zip(&all).enumerate() {
                        <div class="stack" key={format!("{}-{}-{}", warning.code, warning.path, warning.message)}>
                            { view_diagnostics(&view.pack, &view.draft.application.track, &view.draft.id, std::slice::from_ref(warning)) }
                            { reason(disposal, idx) }
                        </div>
                    }
                </section>
            }
            if !fixed.is_empty() {
                <Details summary={format!("已改正的 {} 处", fixed.len())}>
                    <ul>
                        for disposal in fixed {
                            <li key={format!("{}-{}", disposal.warning.code, disposal.warning.path)}>{ format!("{} {}", disposal.warning.code, disposal.warning.message) }</li>
                        }
                    </ul>
                </Details>
            }
        </div>
    }
}

/// Properties of [`BundleSection`].
#[derive(Properties, PartialEq)]
struct BundleSectionProps {
    view: View,
}

/// What is exported, how far it has come, and what came of it.
#[component]
fn BundleSection(props: &BundleSectionProps) -> Html {
    let view = &props.view;
    let app = use_app();
    let dispatch = use_dispatch();
    let send = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let state = &app.0.export;
    let is_running = state.is_running();
    // The way to stop is gone when the work has ended: the focus goes to what came of it.
    let was_running = use_mut_ref(|| false);
    use_effect_with(is_running, move |is_running| {
        if was_running.replace(*is_running) && !is_running {
            focus_id("export-result");
        }
    });
    let seal = use_state_eq(|| None::<SealKey>);
    let on_seal = {
        let seal = seal.setter();
        Callback::from(move |key: Option<SealKey>| seal.set(key))
    };
    let accepting = view.assessment.routing.iter().find(|step| step.step == "accepts");
    let centre = accepting.and_then(|step| step.centre.as_ref()).and_then(|(id, label)| {
        let centre = view.pack.centres.iter().find(|centre| centre.id == *id)?;
        Some((AttrValue::from(label.clone()), AttrValue::from(centre.recipient.clone()?)))
    });
    let keep_ready = use_platform().keep_ready;
    let pack = view.pack.clone();
    use_effect_with(pack.key(), move |_| {
        keep_ready.emit(Some(pack));
        move || keep_ready.emit(None)
    });
    let is_blocked = view.assessment.blocks();
    let is_draft_export =
        matches!(state, ExportState::Done { receipt, .. } if receipt.status == Status::Draft);
    html! {
        <section class="stack" aria-labelledby="export-title">
            <h2 id="export-title">{ "提交包" }</h2>
            <p>{ "一个 ZIP 文件：申报内容、申报表、附件、检查报告和规则包信息，每个文件都有校验值，接收方不用本程序也能核验。" }</p>
            <p>{ format!("填报码：{}", view.draft.application.fingerprint().form_code()) }</p>
            <SealChoice {centre} on_change={on_seal} />
            <div class="cluster">
                if !is_blocked {
                    <Button key="final" id="export" variant={ButtonVariant::Primary} busy={is_running} onclick={send(Action::Export { status: Status::Final, seal: (*seal).clone() })}>{ "导出提交包" }</Button>
                }
                <Button key="json" id="download-draft" variant={ButtonVariant::Secondary} onclick={send(Action::DownloadDraft)}>{ "下载草稿（不含附件）" }</Button>
            </div>
            <Details summary="导出草稿包（换设备或交给别人继续填）" open={is_blocked || is_draft_export}>
                <p>{ "草稿包带上全部内容和附件，没处理完也能导出。文件名、包内说明和检查报告都标明是草稿，不能作为提交材料。" }</p>
                <Button id="export-draft" variant={ButtonVariant::Secondary} busy={is_running} onclick={send(Action::Export { status: Status::Draft, seal: (*seal).clone() })}>{ "导出草稿包" }</Button>
            </Details>
            <div>{ view_progress(state, &send(Action::CancelExport)) }</div>
            <div id="export-result" tabindex="-1" role="status">{ view_result(view, state, &send(Action::HandOver { share: true }), &send(Action::HandOver { share: false })) }</div>
        </section>
    }
}

fn view_progress(state: &ExportState, cancel: &Callback<MouseEvent>) -> Html {
    let bar = match state {
        ExportState::Running { progress, seconds_left } => {
            let left = seconds_left.map(|s| format!("，还要约 {s} 秒")).unwrap_or_default();
            let text = if progress.total == 0 {
                "正在准备…".to_owned()
            } else {
                format!("正在读取附件：{} / {}{left}", megabytes(progress.done), megabytes(progress.total))
            };
            let per_mille = progress.done.saturating_mul(1_000).checked_div(progress.total).unwrap_or(0);
            (text, u32::try_from(per_mille).unwrap_or(1_000))
        }
        ExportState::Writing => ("正在写入文件…".to_owned(), 1_000),
        _ => return Html::default(),
    };
    html! {
        <div class="stack">
            <Progress id="export-progress" text={bar.0} value={bar.1} max=1_000 />
            <Button id="cancel-export" variant={ButtonVariant::Secondary} onclick={cancel}>{ "取消导出" }</Button>
        </div>
    }
}

fn link_to_questions(view: &View) -> Html {
    html! { <p><a href={step_href(&view.draft.id, Step::Questions)}>{ "去自查" }</a></p> }
}

fn view_group(view: &View, title: &str, list: &[Diagnostic]) -> Html {
    if list.is_empty() {
        return Html::default();
    }
    html! {
        <section class="stack">
            <h2>{ format!("{title}（{}）", list.len()) }</h2>
            { view_diagnostics(&view.pack, &view.draft.application.track, &view.draft.id, list) }
        </section>
    }
}

fn view_answers(view: &View) -> Html {
    let application = &view.draft.application;
    let session =
        application.session.as_deref().and_then(|id| view.pack.session(id)).map(|s| s.label.clone());
    let track = view.pack.track(&application.track).map(|t| t.label.clone()).unwrap_or_default();
    let choose = Some(AttrValue::from(step_href(&view.draft.id, Step::Choose)));
    html! {
        <section class="stack" aria-labelledby="answers-title">
            <h2 id="answers-title">{ "核对填报内容" }</h2>
            <SummaryList>
                <SummaryRow label="申报类别" value={Some(AttrValue::from(track))} href={choose.clone()} />
                <SummaryRow label="培训班期" value={session.map(AttrValue::from)} href={choose} />
            </SummaryList>
            for section in view.pack.sections_for(&application.track) {
                <section class="stack" key={section.id.clone()}>
                    <h3>{ &section.title }</h3>
                    <SummaryList>
                        for field in section.fields_for(&application.track) {
                            <SummaryRow key={field.id.clone()} label={field.label.clone()}
                                value={words(application.answer(&field.id), display::field_value(field, application.answers.get(&field.id)))}
                                href={Some(AttrValue::from(field_href(&view.draft.id, &section.id, element_id(&FieldPath::of_key(&field.id)))))} />
                        }
                    </SummaryList>
                </section>
            }
            <section class="stack">
                <h3>{ "材料" }</h3>
                <SummaryList>
                    for material in view.pack.materials_for(&application.track) {
                        <SummaryRow key={material.id.clone()} label={material.label.clone()}
                            value={files(view, &material.id)} href={Some(AttrValue::from(step_href(&view.draft.id, Step::Materials)))} />
                    }
                </SummaryList>
            </section>
        </section>
    }
}

fn words(answer: Answer<'_>, words: String) -> Option<AttrValue> {
    (answer != Answer::Unknown).then(|| AttrValue::from(words))
}

fn files(view: &View, material: &str) -> Option<AttrValue> {
    let names: Vec<&str> =
        view.draft.application.files_of(material).map(|(_, file)| file.file.as_str()).collect();
    (!names.is_empty()).then(|| AttrValue::from(names.join("、")))
}

fn view_result(
    view: &View,
    state: &ExportState,
    share: &Callback<MouseEvent>,
    save: &Callback<MouseEvent>,
) -> Html {
    match state {
        ExportState::Running { .. } | ExportState::Writing => Html::default(),
        ExportState::Cancelled => html! {
            <Banner title="已取消导出" kind={BannerKind::Info}><p>{ "没有留下文件，草稿不受影响。" }</p></Banner>
        },
        ExportState::Failed(reason) => html! {
            <Banner title="没有导出" kind={BannerKind::Error}>
                <p>{ reason }</p>
                <p>{ "没有留下不完整的文件，草稿不受影响。" }</p>
            </Banner>
        },
        ExportState::Idle => match &view.draft.receipt {
            None => Html::default(),
            Some(_) => view_receipt(view, Html::default()),
        },
        ExportState::Done { can_share, .. } => view_receipt(
            view,
            html! {
                <div class="cluster">
                    if *can_share {
                        <Button key="share" id="share-bundle" variant={ButtonVariant::Secondary} onclick={share}>{ "分享给…" }</Button>
                    }
                    <Button key="save" id="save-bundle" variant={ButtonVariant::Secondary} onclick={save}>{ "另存一份" }</Button>
                </div>
            },
        ),
    }
}

/// The last export in short; the page of the receipt has the rest.
fn view_receipt(view: &View, actions: Html) -> Html {
    let Some(receipt) = &view.draft.receipt else { return Html::default() };
    let kind = if receipt.status == Status::Draft { "草稿包" } else { "提交包" };
    html! {
        <div class="receipt stack">
            <p>{ format!("已导出{kind}：{}（{}）", receipt.file_name, megabytes(receipt.bytes)) }</p>
            <p class="receipt__code">{ "填报码 " }<span>{ &receipt.form_code }</span></p>
            <p>{ "提交包校验值（抄下或拍下，日后可证明交的是哪一份）：" }</p>
            <p class="receipt__hash">{ &receipt.root_hash }</p>
            if !receipt.is_of(&view.draft.application) {
                <p>{ "导出之后内容又改过，需要重新导出。" }</p>
            }
            <p><a href={href(&Route::Receipt { id: view.draft.id.clone() })}>{ "打印或保存回执" }</a></p>
            <p><a href={href(&Route::Verify)}>{ "核验提交包" }</a></p>
            { actions }
        </div>
    }
}
