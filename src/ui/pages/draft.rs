//! A draft: loads it, draws the steps, and shows the page of one of them.

use std::rc::Rc;

use yew::prelude::*;

use super::choose::ChoosePage;
use super::consistency::ConsistencyPage;
use super::deadlines::DraftDeadlines;
use super::declaration::DeclarationPage;
use super::export::ExportPage;
use super::form::FormPage;
use super::materials::MaterialsPage;
use super::outcome::OutcomePage;
use super::questions::QuestionsPage;
use super::receipt::ReceiptPage;
use super::section::SectionPage;
use crate::app::Action;
use crate::app::state::{AppState, Open};
use crate::domain::guide::assess;
use crate::domain::pack::Pack;
use crate::ui::context::{use_app, use_dispatch};
use crate::ui::parts::shell::Shell;
use crate::ui::parts::turned::{turned, view_turned};
pub use crate::ui::parts::view::View;
use crate::ui::routes::{Route, Step, href, step_href};
use crate::ui::widgets::{Banner, BannerKind, Button, ButtonVariant, Details, PageTitle};

/// Properties of a page of a draft.
#[derive(Properties, PartialEq)]
pub struct DraftViewProps {
    /// What it shows.
    pub view: View,
}

/// Properties of [`DraftPage`].
#[derive(Properties, PartialEq)]
pub struct DraftPageProps {
    /// The step.
    pub step: Step,
    /// The section of the form, for the step 填表.
    #[prop_or_default]
    pub section: Option<AttrValue>,
    /// The id of the field's element that takes the focus.
    #[prop_or_default]
    pub field: Option<AttrValue>,
}

/// The days that count for the draft that the address names.
#[component]
pub fn DraftDeadlinesPage() -> Html {
    let app = use_app();
    match view_of(&app.0) {
        Ok(view) => html! { <DraftDeadlines {view} /> },
        Err(page) => page,
    }
}

/// What the person keeps of the last export of the draft that the address names.
#[component]
pub fn DraftReceiptPage() -> Html {
    let app = use_app();
    match view_of(&app.0) {
        Ok(view) => html! { <ReceiptPage {view} /> },
        Err(page) => page,
    }
}

/// The open draft, or the page that stands in for it while there is none.
fn view_of(app: &AppState) -> Result<View, Html> {
    match &app.open {
        Open::Ready { draft, pack, assessment } => Ok(View {
            pack: pack.clone(),
            draft: draft.clone(),
            assessment: assessment.clone(),
            undo: app.undo.clone(),
        }),
        Open::Missing { .. } => Err(view_missing()),
        Open::Nothing | Open::Loading { .. } => {
            Err(html! { <Shell><p role="status">{ "正在打开草稿…" }</p></Shell> })
        }
    }
}

/// Properties of [`OtherPack`].
#[derive(Properties, PartialEq)]
pub struct OtherPackProps {
    /// The draft.
    pub view: View,
}

/// Where a draft is judged by another pack than the one in use: says so, shows what would turn, and offers to change.
#[component]
pub fn OtherPack(props: &OtherPackProps) -> Html {
    let view = &props.view;
    let app = use_app();
    let dispatch = use_dispatch();
    let current: &Rc<Pack> = app.0.pack();
    if current.key() == view.pack.key() {
        return Html::default();
    }
    let other = assess(current, &view.draft.application, view.assessment.reference);
    let list = turned(&view.pack, &view.assessment, current, &other);
    let rebind = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Rebind));
    let name = |pack: &Pack| {
        let overlays: Vec<&str> = pack.overlays.iter().map(|o| o.title.as_str()).collect();
        let more = if overlays.is_empty() {
            String::new()
        } else {
            format!("（含补充包 {}）", overlays.join("、"))
        };
        format!("{} {}{more}", pack.info.id, pack.info.version)
    };
    html! {
        <Banner title="这份草稿按开始时的规则包判断" kind={BannerKind::Info}>
            <p>{ format!("草稿的规则包是 {}，现在启用的是 {}。", name(&view.pack), name(current)) }</p>
            <Details summary={AttrValue::from(if list.is_empty() { "换用后结果不变".to_owned() } else { format!("换用后有 {} 条结果改变", list.len()) })}>
                { view_turned(&list) }
            </Details>
            <Button variant={ButtonVariant::Secondary} onclick={rebind}>{ "换用现在的规则包" }</Button>
        </Banner>
    }
}

/// The draft that the address names.
#[component]
pub fn DraftPage(props: &DraftPageProps) -> Html {
    let DraftPageProps { step, section, field } = props;
    let app = use_app();
    let view = match view_of(&app.0) {
        Ok(view) => view,
        Err(page) => return page,
    };
    if *step != Step::Choose && view.pack.track(&view.draft.application.track).is_none() {
        return view_choose_first(&view);
    }
    match (step, section) {
        (Step::Choose, _) => html! { <ChoosePage {view} /> },
        (Step::Questions, _) => html! { <QuestionsPage {view} /> },
        (Step::Outcome, _) => html! { <OutcomePage {view} /> },
        (Step::Form, Some(section)) => {
            html! { <SectionPage {view} section={section.clone()} field={field.clone()} key={section.to_string()} /> }
        }
        (Step::Form, None) => html! { <FormPage {view} /> },
        (Step::Materials, _) => html! { <MaterialsPage {view} /> },
        (Step::Declaration, _) => html! { <DeclarationPage {view} /> },
        (Step::Consistency, _) => html! { <ConsistencyPage {view} /> },
        (Step::Export, _) => html! { <ExportPage {view} /> },
    }
}

fn view_missing() -> Html {
    html! {
        <Shell>
            <PageTitle text="打不开这份草稿" />
            <p>{ "本设备上没有这份草稿：可能已删除，或保存在别的浏览器里。" }</p>
            <p><a href={href(&Route::Start)}>{ "回到草稿列表" }</a></p>
        </Shell>
    }
}

fn view_choose_first(view: &View) -> Html {
    html! {
        <Shell steps={Some(view.steps(None))}>
            <PageTitle text="先选择申报类别" caption={view.title()} />
            <p>{ "问题、表格和材料都随申报类别而定。" }</p>
            <p><a class="button button--primary" href={step_href(&view.draft.id, Step::Choose)}>{ "去选择" }</a></p>
        </Shell>
    }
}
