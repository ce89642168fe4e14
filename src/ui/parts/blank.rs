//! The official blank: what goes where on it, and the filled file.

use std::rc::Rc;

use web_sys::File;
use yew::prelude::*;

use super::papers::DOCX;
use super::view::View;
use crate::app::job::{Answer, Assigned, Job, LooseLabel, Outcome, ReadPaper};
use crate::app::{Effect, packs};
use crate::domain::case::paper_reading::PaperKind;
use crate::domain::pack::Field;
use crate::ui::context::{Work, WorkFile, use_platform};
use crate::ui::widgets::{
    Banner, BannerKind, Button, ButtonVariant, Choice, Details, FileDrop, SelectEntry, SelectField,
};

/// Id of the material whose picture goes into the photo's cell.
pub const PHOTO: &str = "photo";
/// Below this a place is shown as one to look at.
const SURE: u64 = 60;

/// Properties of [`Blank`].
#[derive(Properties, PartialEq)]
pub struct BlankProps {
    /// The draft.
    pub view: View,
}

/// A blank that was opened.
#[derive(Debug, Clone, PartialEq)]
struct Opened {
    file: File,
    paper: Rc<ReadPaper>,
    assigned: Assigned,
}

/// Opens an official blank, shows what goes where, takes assignments by hand, and hands the filled file over.
#[component]
pub fn Blank(props: &BlankProps) -> Html {
    let view = &props.view;
    let platform = use_platform();
    let opened = use_state_eq(|| None::<Opened>);
    let problem = use_state_eq(|| None::<AttrValue>);
    let busy = use_state_eq(|| false);
    let unplaced = use_state_eq(|| None::<Vec<String>>);

    // Reads the blank with what was assigned on it.
    let read = {
        let (work, pack) = (platform.work.clone(), view.pack.clone());
        let (opened, problem, busy) = (opened.setter(), problem.setter(), busy.setter());
        let (recall, unplaced) = (platform.recall_blank.clone(), unplaced.setter());
        Callback::from(move |(file, assigned): (File, Option<Assigned>)| {
            busy.set(true);
            problem.set(None);
            unplaced.set(None);
            let is_first = assigned.is_none();
            let assigned = assigned.unwrap_or_default();
            let job = Job::Read {
                pack: packs::to_record(&pack),
                kind: PaperKind::Declaration,
                name: file.name(),
                assigned: assigned.clone(),
            };
            let show = {
                let (opened, problem, busy) = (opened.clone(), problem.clone(), busy.clone());
                let file = file.clone();
                move |outcome: Outcome, assigned: Assigned| -> Option<Rc<ReadPaper>> {
                    busy.set(false);
                    match outcome.answer().map(|Answer { value, .. }| ReadPaper::from_value(&value)) {
                        Ok(Some(paper)) if paper.is_form => {
                            let paper = Rc::new(paper);
                            opened.set(Some(Opened { file: file.clone(), paper: paper.clone(), assigned }));
                            Some(paper)
                        }
                        Ok(_) => {
                            opened.set(None);
                            let words = "没有认出申报表的格子，确认打开的是申报表的空白表";
                            problem.set(Some(AttrValue::Static(words)));
                            None
                        }
                        Err(words) => {
                            opened.set(None);
                            problem.set(Some(AttrValue::from(words)));
                            None
                        }
                    }
                }
            };
            let (recall, again, pack) = (recall.clone(), work.clone(), pack.clone());
            let source = WorkFile::Chosen(file.clone());
            let done = Callback::from(move |outcome: Outcome| {
                let Some(paper) = show(outcome, assigned.clone()) else { return };
                if !is_first {
                    return;
                }
                // What was assigned on the same blank before is assigned again.
                let (show, again, pack) = (show.clone(), again.clone(), pack.clone());
                let (file, sha256) = (file.clone(), paper.reading.sha256.clone());
                let answer = Callback::from(move |known: Assigned| {
                    if known.is_empty() {
                        return;
                    }
                    let job = Job::Read {
                        pack: packs::to_record(&pack),
                        kind: PaperKind::Declaration,
                        name: file.name(),
                        assigned: known.clone(),
                    };
                    let show = show.clone();
                    let done = Callback::from(move |outcome: Outcome| {
                        show(outcome, known.clone());
                    });
                    again.emit(Work { job, files: vec![WorkFile::Chosen(file.clone())], done });
                });
                recall.emit((sha256, answer));
            });
            work.emit(Work { job, files: vec![source], done });
        })
    };
    let on_files = {
        let read = read.clone();
        Callback::from(move |files: Vec<File>| {
            if let Some(file) = files.into_iter().next() {
                read.emit((file, None));
            }
        })
    };
    let on_assign = {
        let (opened, read, keep) = (opened.clone(), read.clone(), platform.keep_blank.clone());
        Callback::from(move |(id, key): (String, Option<String>)| {
            let Some(Opened { file, paper, mut assigned }) = (*opened).clone() else { return };
            assigned.retain(|known, field| *known != id && Some(&*field) != key.as_ref());
            if let Some(key) = key {
                assigned.insert(id, key);
            }
            keep.emit((paper.reading.sha256.clone(), assigned.clone()));
            read.emit((file, Some(assigned)));
        })
    };
    let on_fill = {
        let (opened, platform, view) = (opened.clone(), platform.clone(), view.clone());
        let (problem, unplaced, busy) = (problem.setter(), unplaced.setter(), busy.setter());
        Callback::from(move |_: MouseEvent| {
            let Some(Opened { file, assigned, .. }) = (*opened).clone() else { return };
            let application = &view.draft.application;
            let photo = application.files_of(PHOTO).next().and_then(|(at, _)| view.draft.blobs.get(at));
            let mut files = vec![WorkFile::Chosen(file.clone())];
            files.extend(photo.map(|key| WorkFile::Stored(key.clone())));
            let job = Job::Fill {
                pack: packs::to_record(&view.pack),
                application: Box::new(application.clone()),
                assigned,
            };
            let name = format!("{}-{}", view.form_code(), file.name());
            let (run, problem, unplaced, busy) =
                (platform.run.clone(), problem.clone(), unplaced.clone(), busy.clone());
            busy.set(true);
            let done = Callback::from(move |outcome: Outcome| {
                busy.set(false);
                match outcome.answer() {
                    Ok(Answer { value, file: Some(bytes) }) => {
                        let keys = value.get("unplaced").and_then(|list| list.as_array()).cloned();
                        let keys = keys.unwrap_or_default();
                        unplaced
                            .set(Some(keys.iter().filter_map(|k| k.as_str().map(str::to_owned)).collect()));
                        let file_name = name.clone();
                        run.emit(Effect::Download { file_name, media_type: DOCX, bytes: bytes.into() });
                    }
                    Ok(_) => problem.set(Some(AttrValue::Static("申报表没有生成，重新打开空白表再试"))),
                    Err(words) => problem.set(Some(AttrValue::from(words))),
                }
            });
            platform.work.emit(Work { job, files, done });
        })
    };
    html! {
        <section class="stack" aria-labelledby="official-blank">
            <h2 id="official-blank">{ "填官方空白表" }</h2>
            <p>{ "有官方发的空白申报表（docx）的，在这里打开，按格子上的文字自动填好，其余内容和版式原样保留。" }</p>
            <FileDrop id="blank-docx" label="打开官方空白表" {on_files} accept=".docx" optional=true
                hint={Some(AttrValue::Static("doc 格式的，先用 Word 或 WPS 另存为 docx"))} error={(*problem).clone()} />
            if *busy {
                <p role="status">{ "正在读取…" }</p>
            }
            if let Some(Opened { file, paper, assigned }) = &*opened {
                <p>{ format!("“{}”上认出 {} 项。", file.name(), paper.placed.len()) }</p>
                for note in &paper.notes {
                    <p class="small">{ note }</p>
                }
                <Details summary="看看每一项填在哪里">{ view_placed(view, paper) }</Details>
                if !paper.loose.is_empty() || !assigned.is_empty() {
                    { view_loose(view, paper, assigned, &on_assign) }
                }
                <p><Button id="fill-blank" variant={ButtonVariant::Secondary} onclick={on_fill}>{ "填好并下载" }</Button></p>
            }
            if let Some(keys) = &*unplaced {
                { view_filled(view, keys) }
            }
        </section>
    }
}

fn view_placed(view: &View, paper: &ReadPaper) -> Html {
    html! {
        <table class="comparison">
            <thead>
                <tr>
                    <th scope="col">{ "填报的项目" }</th>
                    <th scope="col">{ "表上的文字" }</th>
                    <th scope="col">{ "位置" }</th>
                    <th scope="col">{ "根据" }</th>
                </tr>
            </thead>
            <tbody>
                for field in &paper.placed {
                    <tr key={field.key.clone()}>
                        <th scope="row" class="comparison__field">{ view.pack.label_of(&field.key) }</th>
                        <td class="comparison__value" data-head="表上的文字">{ &field.label }</td>
                        <td class="comparison__value" data-head="位置">{ &field.place }</td>
                        <td class="comparison__value" data-head="根据">
                            { &field.reason }
                            if field.score < SURE {
                                { "（不太确定，核对）" }
                            }
                        </td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

/// Places whose label is no field's, each with the fields that it may be assigned to.
fn view_loose(
    view: &View,
    paper: &ReadPaper,
    assigned: &Assigned,
    on_assign: &Callback<(String, Option<String>)>,
) -> Html {
    let fields: Vec<&Field> =
        view.pack.fields_for(&view.draft.application.track).filter(|f| f.printed).collect();
    let options: Rc<Vec<SelectEntry>> = Rc::new(
        fields.iter().map(|f| SelectEntry::from(Choice::new(f.id.clone(), f.label.clone()))).collect(),
    );
    let select = |idx: usize, label: &LooseLabel, value: Option<&String>| {
        let (on_assign, id) = (on_assign.clone(), label.id.clone());
        let on_choose = Callback::from(move |key: Option<AttrValue>| {
            on_assign.emit((id.clone(), key.map(|key| key.to_string())));
        });
        html! {
            <li key={label.id.clone()}>
                <SelectField id={format!("assign-{idx}")} label={format!("“{}”（{}）填", label.label, label.place)}
                    value={value.cloned().unwrap_or_default()} options={options.clone()} {on_choose} placeholder="不填" />
            </li>
        }
    };
    // What is assigned is not loose any more, but can be changed where it was.
    let taken = assigned.iter().filter_map(|(id, key)| {
        let field =
            paper.placed.iter().find(|f| f.key == *key && format!("{} {}", f.place, f.label) == *id)?;
        Some((LooseLabel { id: id.clone(), label: field.label.clone(), place: field.place.clone() }, key))
    });
    let n_loose = paper.loose.len();
    html! {
        <Details summary={format!("指定没有认出的格子（{n_loose} 处）")} open={!assigned.is_empty()}>
            <p class="small">{ "指定之后，下次打开同一份空白表会照样填。" }</p>
            <ul class="plain-list stack" role="list">
                for (idx, (label, key)) in taken.enumerate() {
                    { select(n_loose + idx, &label, Some(key)) }
                }
                for (idx, label) in paper.loose.iter().enumerate() {
                    { select(idx, label, None) }
                }
            </ul>
        </Details>
    }
}

fn view_filled(view: &View, unplaced: &[String]) -> Html {
    let labels: Vec<&str> = unplaced.iter().map(|key| view.pack.label_of(key)).collect();
    html! {
        if labels.is_empty() {
            <Banner title="申报表已填好" kind={BannerKind::Success}>
                <p>{ "用 Word 或 WPS 打开核对一遍再打印。" }</p>
            </Banner>
        } else {
            <Banner title="申报表已填好，有几项没有地方填" kind={BannerKind::Warning}>
                <p>{ format!("空白表上没有找到填这些的格子：{}。在上面指定，或打印前手工填写。", labels.join("、")) }</p>
            </Banner>
        }
    }
}
