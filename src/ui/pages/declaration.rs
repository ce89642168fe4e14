//! 声明: the filled form to print or download, and where the signed scan goes.

use yew::prelude::*;

use super::draft::{DraftViewProps, View};
use crate::app::job::{Answer, Job, Outcome};
use crate::app::state::Notice;
use crate::app::{Action, Effect, packs};
use crate::domain::declaration::document::{FormDocument, MODULE, PHOTO_WORDS, Row};
use crate::domain::declaration::fill;
use crate::domain::media::qr::Code;
use crate::ui::context::{Dispatch, Platform, Work, WorkFile, use_dispatch, use_platform};
use crate::ui::parts::blank::{Blank, PHOTO};
use crate::ui::parts::papers::DOCX;
use crate::ui::parts::shell::Shell;
use crate::ui::routes::{Step, step_href};
use crate::ui::widgets::{Banner, BannerKind, Button, ButtonVariant, PageTitle};

/// The filled form.
#[component]
pub fn DeclarationPage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let dispatch = use_dispatch();
    let platform = use_platform();
    let document = fill(&view.pack, &view.draft.application, view.assessment.reference);
    let send = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let on_download = {
        let (platform, view, dispatch) = (platform.clone(), view.clone(), dispatch.clone());
        let file_name = format!("{}-{}.docx", document.title, document.number);
        Callback::from(move |_: MouseEvent| download(&platform, &view, &dispatch, file_name.clone()))
    };
    let n_missing = view.assessment.blockers().filter(|d| d.path.material().is_none()).count();
    html! {
        <Shell steps={Some(view.steps(Some(Step::Declaration)))}>
            <div class="screen-only stack">
                <PageTitle text="打印申报表" caption={view.title()} />
                if n_missing > 0 {
                    <Banner title="先改完再打印" kind={BannerKind::Warning}>
                        <p>
                            { format!("申报表还有 {n_missing} 处须填写或改正。打印之后再改，就要重新打印、签字、盖章。") }
                            <a href={step_href(&view.draft.id, Step::Form)}>{ "去填写" }</a>
                        </p>
                    </Banner>
                }
                <ol>
                    <li>{ "打印下面的申报表，或下载 Word 文件后打印。" }</li>
                    <li>{ "本人签字，推荐单位签署意见、盖章。" }</li>
                    <li>
                        { "扫描后在" }
                        <a href={step_href(&view.draft.id, Step::Materials)}>{ "“材料”" }</a>
                        { "中添加为“签字盖章的申报表扫描件”。" }
                    </li>
                    <li>{ "添加后会读出纸上的二维码，核对签的就是现在的内容；读不出的，到“核对”一步抄写填报码。" }</li>
                </ol>
                <div class="cluster">
                    <Button id="print" variant={ButtonVariant::Primary} onclick={send(Action::Print)}>{ "打印" }</Button>
                    <Button id="download-docx" variant={ButtonVariant::Secondary} onclick={on_download}>{ "下载 Word 文件" }</Button>
                </div>
            </div>
            { view_document(&document) }
            <div class="screen-only stack">
                <Blank view={view.clone()} />
            </div>
            <div class="screen-only">{ view.next_link(Step::Declaration) }</div>
        </Shell>
    }
}

/// Hands the form over as DOCX, with the attached photo in its cell. The worker writes it.
fn download(platform: &Platform, view: &View, dispatch: &Dispatch, file_name: String) {
    let application = &view.draft.application;
    let photo = application.files_of(PHOTO).next().and_then(|(at, _)| view.draft.blobs.get(at));
    let (run, dispatch) = (platform.run.clone(), dispatch.clone());
    let done = Callback::from(move |outcome: Outcome| match outcome.answer() {
        Ok(Answer { file: Some(bytes), .. }) => {
            let file_name = file_name.clone();
            run.emit(Effect::Download { file_name, media_type: DOCX, bytes: bytes.into() });
        }
        Ok(_) => {}
        Err(reason) => {
            let text = format!("申报表没有生成：{reason}");
            dispatch.dispatch(Action::Say(Notice { is_error: true, text }));
        }
    });
    let job = Job::Write {
        pack: packs::to_record(&view.pack),
        application: Box::new(application.clone()),
        reference: view.assessment.reference,
    };
    let files = photo.map(|key| WorkFile::Stored(key.clone())).into_iter().collect();
    platform.work.emit(Work { job, files, done });
}

/// The form as it is printed.
fn view_document(document: &FormDocument) -> Html {
    html! {
        <article class="declaration scroller" tabindex="0" aria-label={document.title.clone()}>
            <header class="declaration__head">
                <div>
                    <p class="declaration__title">{ &document.title }</p>
                    <p class="declaration__code">{ format!("{}：{}", document.number_label, document.number) }</p>
                </div>
                if let Some(code) = &document.code {
                    { view_code(code) }
                }
            </header>
            for section in &document.sections {
                <table class="declaration__table" key={section.title.clone()}>
                    <caption>{ &section.title }</caption>
                    <tbody>
                        for (idx, row) in section.rows.iter().enumerate() {
                            { view_row(row, idx, section.photo_rows) }
                        }
                    </tbody>
                </table>
            }
            for note in &document.notes {
                <p class="small">{ note }</p>
            }
            <p class="small">{ &document.version_note }</p>
        </article>
    }
}

/// The code in its size on paper: attributes, since the page's policy lets no style stand in an element.
fn view_code(code: &Code) -> Html {
    let size = code.full_size();
    #[allow(clippy::cast_precision_loss)]
    let side = format!("{:.2}mm", (size * MODULE) as f64 / 100.0);
    html! {
        <svg class="declaration__qr" width={side.clone()} height={side} viewBox={format!("0 0 {size} {size}")}
            shape-rendering="crispEdges" role="img" aria-label="二维码：印着申报表的全部内容">
            <rect width="100%" height="100%" fill="#fff" />
            <path d={code.svg_path()} fill="#000" />
        </svg>
    }
}

/// Every table has four columns, and one more where the photo stands; values take what labels leave.
fn view_row(row: &Row, idx: usize, photo_rows: usize) -> Html {
    let is_below = photo_rows > 0 && idx >= photo_rows;
    let (wide, last) = if is_below { ("4", "2") } else { ("3", "1") };
    let photo = html! {
        if idx == 0 && photo_rows > 0 {
            <td class="declaration__value declaration__photo" rowspan={photo_rows.to_string()}>{ PHOTO_WORDS }</td>
        }
    };
    match row {
        Row::Pairs(pairs) => {
            let n_pairs = pairs.len();
            let span = move |place: usize| match (n_pairs, place) {
                (1, _) => wide,
                (_, 0) => "1",
                _ => last,
            };
            html! {
                <tr key={idx}>
                    for (place, (label, value)) in pairs.iter().enumerate() {
                        <th class="declaration__label" scope="row">{ label }</th>
                        <td class="declaration__value" colspan={span(place)}>{ value }</td>
                    }
                    { photo }
                </tr>
            }
        }
        Row::Wide { label, value } => html! {
            <tr key={idx}>
                <th class="declaration__label" scope="row">{ label }</th>
                <td class="declaration__value" colspan={wide}>{ value }</td>
                { photo }
            </tr>
        },
        Row::Table { label, columns, rows, min_rows } => {
            let n_rows = rows.len().max(*min_rows);
            html! {
                <tr key={idx}>
                    <th class="declaration__label" scope="row">{ label }</th>
                    <td class="declaration__value" colspan={wide}>
                        <table class="declaration__table">
                            <thead>
                                <tr>
                                    for column in columns {
                                        <th class="declaration__label" scope="col">{ column }</th>
                                    }
                                </tr>
                            </thead>
                            <tbody>
                                for line in 0..n_rows {
                                    <tr key={line}>
                                        for column in 0..columns.len() {
                                            <td class="declaration__value">
                                                { rows.get(line).and_then(|r| r.get(column)).map_or("\u{a0}", String::as_str) }
                                            </td>
                                        }
                                    </tr>
                                }
                            </tbody>
                        </table>
                    </td>
                </tr>
            }
        }
        Row::Signature { label, statement, signer, seal, date } => html! {
            <tr key={idx}>
                <th class="declaration__label" scope="row">{ label }</th>
                <td class="declaration__value declaration__signature" colspan={wide}>
                    <p>{ statement }</p>
                    <p class="declaration__signature-line">{ format!("{signer}：") }</p>
                    if let Some(seal) = seal {
                        <p class="declaration__signature-line">{ seal }</p>
                    }
                    <p class="declaration__signature-line">{ date }</p>
                </td>
            </tr>
        },
    }
}

impl View {
    /// The 填报码 of the entries as they stand now.
    #[must_use]
    pub fn form_code(&self) -> String {
        self.draft.application.fingerprint().form_code()
    }
}
