//! 回执: what the person keeps of the last export, to print or to save.

use yew::prelude::*;

use super::draft::{DraftViewProps, View};
use crate::app::Action;
use crate::app::receipt::{Receipt, SEALED_STEP, next_steps};
use crate::domain::bundle::package::Status;
use crate::ui::context::use_dispatch;
use crate::ui::parts::deadlines::view_deadlines;
use crate::ui::parts::findings::cite;
use crate::ui::parts::shell::{Shell, megabytes};
use crate::ui::routes::{Step, step_href};
use crate::ui::widgets::{Banner, BannerKind, Button, ButtonVariant, PageTitle, SummaryList, SummaryRow};

/// The receipt of the draft's last export.
#[component]
pub fn ReceiptPage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let dispatch = use_dispatch();
    let send = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let Some(receipt) = &view.draft.receipt else {
        return html! {
            <Shell steps={Some(view.steps(None))}>
                <PageTitle text="还没有回执" caption={view.title()} />
                <p><a href={step_href(&view.draft.id, Step::Export)}>{ "先导出提交包" }</a></p>
            </Shell>
        };
    };
    let title = match receipt.status {
        Status::Final => "提交包回执",
        Status::Draft => "草稿包回执",
    };
    html! {
        <Shell steps={Some(view.steps(None))}>
            <PageTitle text={title} caption={view.title()} />
            <div class="stack">
                if receipt.status == Status::Draft {
                    <Banner title="草稿，不能作为提交材料" kind={BannerKind::Warning} live=false />
                }
                if !receipt.is_of(&view.draft.application) {
                    <Banner title="导出之后内容又改过" kind={BannerKind::Warning} live=false>
                        <p>{ "这张回执说的是改动之前的包，" }<a href={step_href(&view.draft.id, Step::Export)}>{ "重新导出" }</a>{ "后以新的为准。" }</p>
                    </Banner>
                }
            </div>
            <div class="receipt stack">
                <p class="receipt__code">{ "填报码 " }<span>{ &receipt.form_code }</span></p>
                <p>{ "提交包校验值：" }</p>
                <p class="receipt__hash">{ &receipt.root_hash }</p>
                <p>{ format!("{}（{}），{} 导出", receipt.file_name, megabytes(receipt.bytes), receipt.day) }</p>
            </div>
            <div class="cluster screen-only">
                <Button id="print-receipt" variant={ButtonVariant::Primary} onclick={send(Action::Print)}>{ "打印" }</Button>
                <Button id="save-receipt" variant={ButtonVariant::Secondary} onclick={send(Action::DownloadReceipt)}>{ "存为文本文件" }</Button>
            </div>
            <section class="stack">
                <h2>{ "接下来" }</h2>
                <ol>
                    if receipt.is_sealed {
                        <li>{ SEALED_STEP }</li>
                    }
                    for step in next_steps(receipt.status) {
                        <li key={*step}>{ *step }</li>
                    }
                </ol>
            </section>
            { view_routing(view) }
            <section class="stack">
                <h2>{ "要记住的日子" }</h2>
                if view.assessment.deadlines.is_empty() {
                    <p>{ "没有能算出的日子。" }</p>
                } else {
                    { view_deadlines(&view.pack, &view.assessment.deadlines) }
                }
            </section>
            { view_files(receipt) }
        </Shell>
    }
}

fn view_routing(view: &View) -> Html {
    html! {
        <section class="stack">
            <h2>{ "交到哪里" }</h2>
            <SummaryList>
                for step in &view.assessment.routing {
                    <SummaryRow key={step.step} label={step.label}
                        value={Some(AttrValue::from(format!(
                            "{}（{}）",
                            step.centre.as_ref().map_or("还不能确定", |(_, label)| label),
                            cite(&view.pack, &step.clauses),
                        )))} />
                }
            </SummaryList>
        </section>
    }
}

fn view_files(receipt: &Receipt) -> Html {
    html! {
        <section class="stack">
            <h2>{ format!("包内文件（{}）", receipt.files.len()) }</h2>
            <div class="scroller" tabindex="0" role="region" aria-label="包内文件">
                <table class="file-table">
                    <thead>
                        <tr><th scope="col">{ "包内路径" }</th><th scope="col">{ "原文件名" }</th><th scope="col">{ "大小" }</th></tr>
                    </thead>
                    <tbody>
                        for file in &receipt.files {
                            <tr key={file.path.clone()}>
                                <td>{ &file.path }</td>
                                <td>{ file.original.as_deref().unwrap_or("本程序生成") }</td>
                                <td>{ megabytes(file.bytes) }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
        </section>
    }
}
