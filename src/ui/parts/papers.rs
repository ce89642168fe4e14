//! The papers that the entries are compared with: a filled declaration, and the portal's page.

use web_sys::File;
use yew::prelude::*;

use super::undo::{UndoNote, undo_at};
use super::view::View;
use crate::app::job::{Assigned, Job, Outcome, ReadPaper};
use crate::app::update::READINGS;
use crate::app::{Action, Effect, packs};
use crate::domain::case::Edit;
use crate::domain::case::paper_reading::{PaperKind, PaperReading};
use crate::ui::context::{Platform, Work, WorkFile, use_dispatch, use_platform};
use crate::ui::widgets::{Banner, BannerKind, Button, ButtonVariant, FileDrop, TextArea};

/// The media type of DOCX.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// The name of text that was pasted.
const PASTED: &str = "粘贴的系统页面";

/// Properties of [`Papers`].
#[derive(Properties, PartialEq)]
pub struct PapersProps {
    /// The draft.
    pub view: View,
}

/// Opens papers to compare with, and lists those that are compared.
#[component]
pub fn Papers(props: &PapersProps) -> Html {
    let view = &props.view;
    let platform = use_platform();
    let dispatch = use_dispatch();
    let busy = use_state_eq(|| None::<PaperKind>);
    let problem = use_state_eq(|| None::<(PaperKind, AttrValue)>);
    let pasted = use_state_eq(|| AttrValue::from(""));
    let opened = use_state_eq(|| None::<File>);
    let read = {
        let (platform, dispatch) = (platform.clone(), dispatch.clone());
        let (busy, problem) = (busy.setter(), problem.setter());
        let (draft, pack) = (view.draft.id.clone(), view.pack.clone());
        move |kind: PaperKind, name: String, file: WorkFile| {
            let (dispatch, draft) = (dispatch.clone(), draft.clone());
            busy.set(Some(kind));
            problem.set(None);
            let (busy, problem) = (busy.clone(), problem.clone());
            let done = Callback::from(move |outcome: Outcome| {
                busy.set(None);
                let answer = outcome.answer().map(|answer| ReadPaper::from_value(&answer.value));
                match answer {
                    Ok(Some(paper)) if paper.is_form => {
                        dispatch.dispatch(Action::PaperRead { draft: draft.clone(), reading: paper.reading })
                    }
                    Ok(_) => problem.set(Some((kind, AttrValue::Static(not_recognised(kind))))),
                    Err(words) => problem.set(Some((kind, AttrValue::from(words)))),
                }
            });
            let job = Job::Read { pack: packs::to_record(&pack), kind, name, assigned: Assigned::new() };
            platform.work.emit(Work { job, files: vec![file], done });
        }
    };
    let on_docx = {
        let (read, opened) = (read.clone(), opened.setter());
        Callback::from(move |files: Vec<File>| {
            if let Some(file) = files.into_iter().next() {
                opened.set(Some(file.clone()));
                read(PaperKind::Declaration, file.name(), WorkFile::Chosen(file));
            }
        })
    };
    let on_portal_file = {
        let read = read.clone();
        Callback::from(move |files: Vec<File>| {
            if let Some(file) = files.into_iter().next() {
                read(PaperKind::Portal, file.name(), WorkFile::Chosen(file));
            }
        })
    };
    let on_paste = {
        let pasted = pasted.setter();
        Callback::from(move |text: String| pasted.set(AttrValue::from(text)))
    };
    let on_compare = {
        let (pasted, problem) = (pasted.clone(), problem.setter());
        Callback::from(move |_: MouseEvent| {
            if pasted.trim().is_empty() {
                let words = "先粘贴系统页面上的文字，再点“核对”";
                problem.set(Some((PaperKind::Portal, AttrValue::Static(words))));
            } else {
                read(PaperKind::Portal, PASTED.to_owned(), WorkFile::Text(pasted.to_string()));
            }
        })
    };
    let error_of = |kind: PaperKind| {
        problem.as_ref().filter(|(known, _)| *known == kind).map(|(_, words)| words.clone())
    };
    let reading_of =
        |kind: PaperKind| view.draft.application.readings.iter().find(|reading| reading.kind == kind);
    let wait =
        |kind: PaperKind| (*busy == Some(kind)).then(|| html! { <p role="status">{ "正在读取…" }</p> });
    let on_correct = (*opened).clone().map(|file| {
        let (platform, problem, view) = (platform.clone(), problem.setter(), view.clone());
        Callback::from(move |_: MouseEvent| correct(&platform, &view, &file, problem.clone()))
    });
    html! {
        <div class="stack">
            <section class="stack" aria-labelledby="paper-declaration">
                <h3 id="paper-declaration">{ "申报表文件" }</h3>
                <FileDrop id="paper-docx" label="打开填好的申报表（docx）" on_files={on_docx} accept=".docx" optional=true
                    hint={Some(AttrValue::Static("用 Word 或 WPS 填的官方申报表，和填报内容逐项核对"))} error={error_of(PaperKind::Declaration)} />
                <div>{ wait(PaperKind::Declaration) }</div>
                <div class="stack">
                if let Some(reading) = reading_of(PaperKind::Declaration) {
                    { view_reading(reading, &dispatch) }
                    if let Some(onclick) = on_correct {
                        <p><Button id="correct-docx" variant={ButtonVariant::Secondary} {onclick}>{ "按填报内容改好这份申报表并下载" }</Button></p>
                    }
                }
                </div>
            </section>
            <section class="stack" aria-labelledby="paper-portal">
                <h3 id="paper-portal">{ "系统填报页面" }</h3>
                <TextArea id="paper-text" label="从系统页面粘贴" value={(*pasted).clone()} on_commit={on_paste} optional=true
                    hint={Some(AttrValue::Static("在服务大厅的填报页面按 Ctrl+A 全选、Ctrl+C 复制，粘贴到这里"))} error={error_of(PaperKind::Portal)} />
                <p><Button id="compare-portal" variant={ButtonVariant::Secondary} onclick={on_compare}>{ "核对" }</Button></p>
                <FileDrop id="paper-portal-file" label="或打开保存的文字（txt）" on_files={on_portal_file} accept=".txt,text/plain" optional=true />
                <div>{ wait(PaperKind::Portal) }</div>
                <div>
                if let Some(reading) = reading_of(PaperKind::Portal) {
                    { view_reading(reading, &dispatch) }
                }
                </div>
            </section>
            <UndoNote undo={undo_at(view, READINGS)} />
        </div>
    }
}

fn not_recognised(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Declaration => "没有认出申报表的格子，确认打开的是填好的申报表",
        PaperKind::Portal => "没有认出填报的项目，全选系统页面后重新复制、粘贴",
    }
}

fn view_reading(reading: &PaperReading, dispatch: &crate::ui::context::Dispatch) -> Html {
    let n_filled = reading.fields.values().filter(|at| at.value.is_some()).count();
    let onclick = {
        let (dispatch, kind) = (dispatch.clone(), reading.kind);
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Edit(Edit::RemoveReading(kind))))
    };
    html! {
        <Banner title={format!("正在核对“{}”", reading.file)} kind={BannerKind::Info}>
            <p>{ format!("认出 {} 项，其中 {n_filled} 项有内容。改过原件后重新打开一次。", reading.fields.len()) }</p>
            <p><Button variant={ButtonVariant::Link} {onclick} hidden_text={Some(AttrValue::from(reading.file.clone()))}>{ "不再核对" }</Button></p>
        </Banner>
    }
}

/// Has the declaration that was opened filled with the entries, and hands it over.
fn correct(
    platform: &Platform,
    view: &View,
    file: &File,
    problem: UseStateSetter<Option<(PaperKind, AttrValue)>>,
) {
    let run = platform.run.clone();
    let name = format!("按填报改好-{}", file.name());
    let done = Callback::from(move |outcome: Outcome| match outcome.answer() {
        Ok(answer) => {
            if let Some(bytes) = answer.file {
                run.emit(Effect::Download { file_name: name.clone(), media_type: DOCX, bytes: bytes.into() });
            }
        }
        Err(words) => problem.set(Some((PaperKind::Declaration, AttrValue::from(words)))),
    });
    let job = Job::Fill {
        pack: packs::to_record(&view.pack),
        application: Box::new(view.draft.application.clone()),
        assigned: Assigned::new(),
    };
    platform.work.emit(Work { job, files: vec![WorkFile::Chosen(file.clone())], done });
}
