//! 核对: the entries against each other, and beside what the declaration, the signed print, the portal's page and the
//! attachments say.

use yew::prelude::*;

use super::draft::{DraftViewProps, View};
use crate::app::Action;
use crate::domain::diag::Diagnostic;
use crate::domain::guide::{Cell, Consistency, Row, RowState, Source, SourceKind};
use crate::domain::path::FieldPath;
use crate::ui::context::use_dispatch;
use crate::ui::parts::attachment_facts::AttachmentFacts;
use crate::ui::parts::findings::{cite, view_diagnostics};
use crate::ui::parts::papers::Papers;
use crate::ui::parts::shell::Shell;
use crate::ui::parts::undo::{UndoNote, undo_at};
use crate::ui::routes::{Step, step_href};
use crate::ui::widgets::{Button, ButtonVariant, CheckboxField, Details, PageTitle, StatusTag, Tone};

/// The comparisons.
#[component]
pub fn ConsistencyPage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let application = &view.draft.application;
    let about_entries = ["1.6.2".to_owned(), "2.5.2".to_owned()];
    let clause = cite(&view.pack, &view.pack.clauses_for(&about_entries, &application.track));
    let across: Vec<Diagnostic> =
        view.assessment.diagnostics.iter().filter(|d| d.code.starts_with('X')).cloned().collect();
    html! {
        <Shell steps={Some(view.steps(Some(Step::Consistency)))}>
            <PageTitle text="核对一致" caption={view.title()} />
            <p>
                { format!("系统填报信息应与申报表信息保持一致（{clause}）。打开申报表、粘贴系统页面、添加附件，逐项对照，不一致的改正后再导出。") }
            </p>
            <Matrix view={view.clone()} />
            <section class="stack" aria-labelledby="papers">
                <h2 id="papers">{ "拿什么来核对" }</h2>
                <Papers view={view.clone()} />
            </section>
            <section class="stack" aria-labelledby="attached">
                <h2 id="attached">{ "照着附件核对" }</h2>
                if application.attachments.is_empty() {
                    <p>
                        { "还没有附件。" }
                        <a href={step_href(&view.draft.id, Step::Materials)}>{ "去添加" }</a>
                    </p>
                }
                <div class="stack">
                    for (place, file) in application.attachments.iter().enumerate() {
                        <AttachmentFacts key={format!("{}-{place}", file.sha256)} view={view.clone()} {place} />
                    }
                </div>
            </section>
            <section class="stack" aria-labelledby="across">
                <h2 id="across">{ "填报内容之间" }</h2>
                if across.is_empty() {
                    <p>{ "没有发现互相矛盾的内容。" }</p>
                } else {
                    { view_diagnostics(&view.pack, &application.track, &view.draft.id, &across) }
                }
            </section>
            { view.next_link(Step::Consistency) }
        </Shell>
    }
}

#[derive(Properties, PartialEq)]
struct MatrixProps {
    view: View,
}

/// Every field beside what the sources say of it.
#[component]
fn Matrix(props: &MatrixProps) -> Html {
    let view = &props.view;
    let dispatch = use_dispatch();
    let only_differences = use_state_eq(|| false);
    let table = &view.assessment.consistency;
    let on_toggle = {
        let setter = only_differences.setter();
        Callback::from(move |on: bool| setter.set(on))
    };
    let rows: Vec<&Row> =
        table.rows.iter().filter(|r| !*only_differences || r.state() == RowState::Differs).collect();
    // One place for all rows: what was taken over may have left the table.
    let undo = table.rows.iter().find_map(|row| undo_at(view, &row.key));
    let take_over = |row: &Row, cell: &Cell| {
        let (dispatch, path, value) = (dispatch.clone(), FieldPath::of_key(&row.key), cell.found.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(value) = value.clone() {
                dispatch.dispatch(Action::TakeOver { path: path.clone(), value });
            }
        })
    };
    html! {
        <section class="stack" aria-labelledby="matrix">
            <h2 id="matrix">{ "逐项对照" }</h2>
            { view_overview(table) }
            <UndoNote {undo} />
            if table.sources.is_empty() {
                <p>{ "还没有可以对照的：在下面打开申报表、粘贴系统页面，或照着附件核对。" }</p>
            } else {
                <CheckboxField id="only-differences" label="只看不一致的" checked={*only_differences} {on_toggle} />
                if rows.is_empty() {
                    <p role="status">{ "没有不一致的项目。" }</p>
                } else {
                    <div class="scroller" tabindex="0" role="region" aria-label="对照表">
                        <table class="comparison">
                            <thead>
                                <tr>
                                    <th scope="col">{ "项目" }</th>
                                    <th scope="col">{ "填报的" }</th>
                                    for source in &table.sources {
                                        <th scope="col">{ &source.label }</th>
                                    }
                                    <th scope="col">{ "结果" }</th>
                                </tr>
                            </thead>
                            <tbody>
                                for row in rows {
                                    { view_row(table, row, &take_over) }
                                }
                            </tbody>
                        </table>
                    </div>
                }
            }
        </section>
    }
}

/// The overall state as a picture, and in words beside it.
fn view_overview(table: &Consistency) -> Html {
    let of = |state: RowState| table.count(state);
    let (differs, agrees, unchecked) = (of(RowState::Differs), of(RowState::Agrees), of(RowState::Unchecked));
    let total = (differs + agrees + unchecked).max(1);
    let parts =
        [("overview__differs", differs), ("overview__agrees", agrees), ("overview__unchecked", unchecked)];
    let mut from = 0;
    let bars: Vec<(&str, usize, usize)> = parts
        .into_iter()
        .map(|(class, n)| {
            let start = from;
            from += n;
            (class, start, n)
        })
        .filter(|(_, _, n)| *n > 0)
        .collect();
    html! {
        <div class="overview">
            <svg class="overview__picture" viewBox={format!("0 0 {total} 1")} preserveAspectRatio="none" aria-hidden="true">
                for (class, start, n) in bars {
                    <rect {class} key={class} x={start.to_string()} y="0" width={n.to_string()} height="1" />
                }
            </svg>
            <p class="cluster">
                <StatusTag text={format!("不一致 {differs} 项")} tone={if differs > 0 { Tone::Problem } else { Tone::Neutral }} />
                <StatusTag text={format!("一致 {agrees} 项")} tone={if agrees > 0 { Tone::Done } else { Tone::Neutral }} />
                <StatusTag text={format!("没有对照 {unchecked} 项")} tone={Tone::Neutral} />
            </p>
        </div>
    }
}

fn view_row(
    table: &Consistency,
    row: &Row,
    take_over: &impl Fn(&Row, &Cell) -> Callback<MouseEvent>,
) -> Html {
    let (word, tone) = match row.state() {
        RowState::Differs => ("不一致", Tone::Problem),
        RowState::Agrees => ("一致", Tone::Done),
        RowState::Unchecked => ("没有对照", Tone::Neutral),
    };
    let n_columns = table.sources.len() + 3;
    html! {
        <>
            <tr key={row.key.clone()}>
                <th scope="row" class="comparison__field">{ &row.label }</th>
                <td class="comparison__value" data-head="填报的">{ words_or(&row.entered_words, "（未填）") }</td>
                for (idx, (source, cell)) in table.sources.iter().zip(&row.cells).enumerate() {
                    { view_cell(row, source, cell.as_ref(), idx, take_over) }
                }
                <td class="comparison__state" data-head="结果"><StatusTag text={word} {tone} /></td>
            </tr>
            if let Some(advice) = table.advice(row) {
                <tr key={format!("{}-advice", row.key)}>
                    <td class="comparison__advice" colspan={n_columns.to_string()}>{ advice }</td>
                </tr>
            }
        </>
    }
}

fn view_cell(
    row: &Row,
    source: &Source,
    cell: Option<&Cell>,
    idx: usize,
    take_over: &impl Fn(&Row, &Cell) -> Callback<MouseEvent>,
) -> Html {
    let head = source.label.clone();
    let Some(cell) = cell else {
        return html! { <td key={idx} class="comparison__value comparison__value--silent" data-head={head}>{ "—" }</td> };
    };
    let differs = cell.differs();
    let can_take = differs && cell.found.is_some();
    let hidden = Some(AttrValue::from(format!("{}，{}", row.label, source.label)));
    // A list may be long: it unfolds.
    let is_long = cell.words.chars().count() > 40;
    html! {
        <td key={idx} class={classes!("comparison__value", differs.then_some("comparison__value--differs"))} data-head={head}>
            if is_long {
                <Details summary={cell.agreement.label()}>{ cell.words.clone() }</Details>
            } else {
                { words_or(&cell.words, "（空）") }
            }
            if let Some(place) = &cell.place {
                <span class="comparison__place">{ place }</span>
            }
            if can_take {
                <Button id={format!("take-{idx}-{}", row.key.replace('.', "-"))} variant={ButtonVariant::Link}
                    onclick={take_over(row, cell)} hidden_text={hidden}>
                    { if source.kind == SourceKind::Signed { "填报改为签字的" } else { "填报改为这个" } }
                </Button>
            }
        </td>
    }
}

fn words_or<'a>(words: &'a str, empty: &'a str) -> &'a str {
    if words.is_empty() { empty } else { words }
}
