//! 导出: all answers once more, what still stands in the way, and the bundle.

use yew::prelude::*;

use super::draft::{DraftViewProps, View};
use crate::app::Action;
use crate::app::state::{ExportState, Receipt};
use crate::domain::case::{Answer, display};
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::path::FieldPath;
use crate::domain::rule::Finding;
use crate::ui::context::{use_app, use_dispatch};
use crate::ui::parts::findings::{element_id, view_diagnostics, view_rule_finding};
use crate::ui::parts::shell::{Shell, megabytes};
use crate::ui::routes::{Route, Step, field_href, href, step_href};
use crate::ui::widgets::{Banner, BannerKind, Button, ButtonVariant, PageTitle, SummaryList, SummaryRow};

/// Check answers and export.
#[component]
pub fn ExportPage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let app = use_app();
    let dispatch = use_dispatch();
    let send = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let of = |severity: Severity| -> Vec<Diagnostic> {
        view.assessment.diagnostics.iter().filter(|d| d.severity == severity).cloned().collect()
    };
    let (blockers, warnings, advice) = (of(Severity::Blocker), of(Severity::Warning), of(Severity::Advice));
    let rules: Vec<&Finding> = view.assessment.blocking_rules().collect();
    let is_blocked = view.assessment.blocks();
    let application = &view.draft.application;
    html! {
        <Shell steps={Some(view.steps(Some(Step::Export)))}>
            <PageTitle text="检查并导出" caption={view.title()} />
            <div class="stack">
                if is_blocked {
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
                { view_group(view, "需核对（不影响导出）", &warnings) }
                { view_group(view, "建议", &advice) }
            </div>
            { view_answers(view) }
            <section class="stack" aria-labelledby="export-title">
                <h2 id="export-title">{ "提交包" }</h2>
                <p>{ "一个 ZIP 文件：申报内容、申报表、附件、检查报告和规则包信息，每个文件都有校验值，接收方不用本程序也能核验。" }</p>
                <p>{ format!("填报码：{}", application.fingerprint().form_code()) }</p>
                <div class="cluster">
                    if !is_blocked {
                        <Button id="export" variant={ButtonVariant::Primary} busy={app.0.export == ExportState::Running} onclick={send(Action::Export)}>{ "导出提交包" }</Button>
                    }
                    <Button id="download-draft" variant={ButtonVariant::Secondary} onclick={send(Action::DownloadDraft)}>{ "下载草稿（不含附件）" }</Button>
                </div>
                <div role="status">{ view_export(&app.0.export, view.draft.revision) }</div>
            </section>
        </Shell>
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

fn view_export(export: &ExportState, revision: u64) -> Html {
    match export {
        ExportState::Idle => Html::default(),
        ExportState::Running => html! { <p>{ "正在读取附件、计算校验值…" }</p> },
        ExportState::Failed(reason) => html! {
            <Banner title="没有导出" kind={BannerKind::Error}><p>{ reason }</p></Banner>
        },
        ExportState::Done(receipt) => view_receipt(receipt, revision),
    }
}

fn view_receipt(receipt: &Receipt, revision: u64) -> Html {
    html! {
        <div class="receipt stack">
            <p>{ format!("已导出：{}（{}）", receipt.file_name, megabytes(receipt.bytes)) }</p>
            <p class="receipt__code">{ format!("填报码 {}", receipt.form_code) }</p>
            <p>{ "提交包校验值（抄下或拍下，日后可证明交的是哪一份）：" }</p>
            <p class="receipt__hash">{ &receipt.root_hash }</p>
            if receipt.revision != revision {
                <p>{ "导出之后内容又改过，需要重新导出。" }</p>
            }
            <p>
                <a href={href(&Route::Verify)}>{ "核验提交包" }</a>
            </p>
        </div>
    }
}
