//! 材料: what is to be attached, each with the files that are.

use yew::prelude::*;

use super::draft::{DraftViewProps, View};
use crate::app::Action;
use crate::domain::case::Attachment;
use crate::domain::case::inspected::{Lookup, lookups};
use crate::domain::check::is_material_needed;
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::media::kind::Kind;
use crate::domain::pack::Material;
use crate::domain::path::FieldPath;
use crate::ui::context::{AddFiles, use_dispatch, use_platform};
use crate::ui::parts::findings::{cite, element_id, view_diagnostics};
use crate::ui::parts::preview::Preview;
use crate::ui::parts::shell::{Shell, megabytes};
use crate::ui::parts::undo::{UndoNote, undo_at};
use crate::ui::routes::Step;
use crate::ui::widgets::{Button, ButtonVariant, Dialog, FileDrop, PageTitle, StatusTag, Tone};

/// The materials of the track.
#[component]
pub fn MaterialsPage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let application = &view.draft.application;
    html! {
        <Shell steps={Some(view.steps(Some(Step::Materials)))}>
            <PageTitle text="申报材料" caption={view.title()} />
            <p>{ "每项材料添加扫描件或照片，可以添加多个文件。文件只存在本设备。" }</p>
            <p class="small muted">{ "通知没有规定格式、大小和照片尺寸，以服务大厅的提示为准。" }</p>
            <div class="stack">
                for material in view.pack.materials_for(&application.track) {
                    <MaterialCard key={material.id.clone()} view={view.clone()} material={material.clone()} />
                }
            </div>
            { view.next_link(Step::Materials) }
        </Shell>
    }
}

#[derive(Properties, PartialEq)]
struct MaterialCardProps {
    view: View,
    material: Material,
}

#[component]
fn MaterialCard(props: &MaterialCardProps) -> Html {
    let MaterialCardProps { view, material } = props;
    let dispatch = use_dispatch();
    let platform = use_platform();
    let removing = use_state_eq(|| None::<usize>);
    let path = FieldPath::of_material(&material.id);
    let undo = undo_at(view, path.key());
    let found: Vec<_> = view.assessment.diagnostics.iter().filter(|d| d.path == path).collect();
    let files: Vec<(usize, &Attachment)> = view.draft.application.files_of(&material.id).collect();
    let is_needed = is_material_needed(material, &|condition| view.assessment.holds(condition))
        && !material.instead.iter().any(|id| view.draft.application.files_of(id).next().is_some());
    let (word, tone) = match (files.is_empty(), is_needed) {
        (false, _) => ("已添加", Tone::Done),
        (true, true) => ("缺少", Tone::Warning),
        (true, false) => ("选交", Tone::Neutral),
    };
    let on_files = {
        let (draft, material) = (view.draft.id.clone(), material.id.clone());
        platform.add_files.reform(move |files: Vec<web_sys::File>| AddFiles {
            draft: draft.clone(),
            material: material.clone(),
            files,
        })
    };
    let on_confirm = {
        let (dispatch, removing) = (dispatch.clone(), removing.clone());
        Callback::from(move |()| {
            if let Some(place) = *removing {
                dispatch.dispatch(Action::RemoveAttachment(place));
            }
            removing.set(None);
        })
    };
    let on_cancel = {
        let removing = removing.setter();
        Callback::from(move |()| removing.set(None))
    };
    let remove = |place: usize| {
        let removing = removing.setter();
        Callback::from(move |_: MouseEvent| removing.set(Some(place)))
    };
    let strip = |place: usize| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::StripLocation(place)))
    };
    let told: Vec<Diagnostic> = found.iter().filter(|d| d.code != "F101").map(|d| (*d).clone()).collect();
    let first = |is_blocker: bool| {
        told.iter()
            .find(|d| (d.severity == Severity::Blocker) == is_blocker && d.severity != Severity::Advice)
            .map(|d| AttrValue::from(d.message.clone()))
    };
    let name = removing.and_then(|p| view.draft.application.attachments.get(p)).map(|a| a.file.clone());
    html! {
        <section class="stack" aria-label={material.label.clone()}>
            <h2 class="cluster cluster--spread"><span>{ &material.label }</span><StatusTag text={word} {tone} /></h2>
            <p class="small muted">{ cite(&view.pack, &view.pack.clauses_for(&material.clauses, &view.draft.application.track)) }</p>
            <ul class="attachment-list" role="list">
                for (place, file) in files {
                    <li class="attachment" key={format!("{}-{}", file.sha256, file.file)}>
                        <Preview blob={view.draft.blobs.get(place).cloned().unwrap_or_default()}
                            media_type={file.media_type.clone()} alt={format!("{}的预览", file.file)} />
                        <div>
                            <p class="attachment__name">{ &file.file }</p>
                            <p class="attachment__meta">{ meta_of(file) }</p>
                            { view_lookups(view, file) }
                        </div>
                        <div class="attachment__actions">
                            if file.inspected.as_ref().is_some_and(|i| i.has_location) {
                                <Button variant={ButtonVariant::Link} onclick={strip(place)}
                                    hidden_text={Some(AttrValue::from(format!("“{}”", file.file)))}>{ "去掉拍摄地点" }</Button>
                            }
                            <Button variant={ButtonVariant::Link} onclick={remove(place)}
                                hidden_text={Some(AttrValue::from(format!("“{}”", file.file)))}>{ "删除" }</Button>
                        </div>
                    </li>
                }
            </ul>
            <UndoNote {undo} />
            if !told.is_empty() {
                { view_diagnostics(&view.pack, &view.draft.application.track, &view.draft.id, &told) }
            }
            <FileDrop id={element_id(&path)} label={format!("添加{}", material.label)} multiple=true {on_files}
                hint={Some(AttrValue::from(material.hint.clone())).filter(|h| !h.is_empty())}
                error={first(true)} warning={first(false)} accept="image/*,.pdf,.doc,.docx" optional={!is_needed} />
            <Dialog id={format!("remove-{}", material.id)} open={removing.is_some()} title="删除这个文件？" confirm="删除" warning=true
                {on_confirm} {on_cancel}>
                <p>{ format!("“{}”会从草稿中删除，之后可以撤销。原文件不受影响。", name.unwrap_or_default()) }</p>
            </Dialog>
        </section>
    }
}

/// Size, kind and what was found in a file, in a line.
fn meta_of(file: &Attachment) -> String {
    let mut parts = vec![megabytes(file.bytes), Kind::label_of(&file.media_type).to_owned()];
    if let Some(inspected) = &file.inspected {
        parts.extend(inspected.pixels.map(|(width, height)| format!("{width}×{height} 像素")));
        parts.extend(inspected.dpi.map(|dpi| format!("{dpi} dpi")));
        parts.extend(inspected.pages.filter(|n| *n > 1).map(|n| format!("{n} 页")));
    } else {
        parts.push("正在查看…".to_owned());
    }
    parts.join(" · ")
}

/// What of the entries stands in the file's text, and where.
fn view_lookups(view: &View, file: &Attachment) -> Html {
    let found = lookups(&view.pack, &view.draft.application, file);
    html! {
        if !found.is_empty() {
            <ul class="plain-list small" role="list">
                for (field, lookup) in found {
                    <li key={field.id.clone()}>{ format!("{}：{}", field.label, lookup_words(lookup)) }</li>
                }
            </ul>
        }
    }
}

fn lookup_words(lookup: Lookup) -> String {
    match lookup {
        Lookup::Found { page, line } => format!("找到了，在第 {page} 页第 {line} 行"),
        Lookup::Missing => "没有找到，打开核对".to_owned(),
        Lookup::Inconclusive => "有些文字读不出来，打开自己核对".to_owned(),
    }
}
