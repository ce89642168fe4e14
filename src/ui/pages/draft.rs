//! A draft: loads it, draws the steps, and shows the page of one of them.

use std::rc::Rc;

use yew::prelude::*;

use super::choose::ChoosePage;
use super::consistency::ConsistencyPage;
use super::declaration::DeclarationPage;
use super::export::ExportPage;
use super::form::FormPage;
use super::materials::MaterialsPage;
use super::outcome::OutcomePage;
use super::questions::QuestionsPage;
use super::section::SectionPage;
use crate::app::Draft;
use crate::app::state::Open;
use crate::domain::guide::{Assessment, StepState as Progress};
use crate::domain::pack::Pack;
use crate::ui::context::use_app;
use crate::ui::parts::shell::Shell;
use crate::ui::routes::{Route, Step, href, step_href};
use crate::ui::widgets::{PageTitle, Step as NavStep, StepNav, StepState};

/// What every page of a draft needs.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The pack.
    pub pack: Rc<Pack>,
    /// The draft.
    pub draft: Rc<Draft>,
    /// What the domain says of it.
    pub assessment: Rc<Assessment>,
}

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
}

/// The draft that the address names.
#[component]
pub fn DraftPage(props: &DraftPageProps) -> Html {
    let DraftPageProps { step, section } = props;
    let app = use_app();
    let (draft, assessment) = match &app.0.open {
        Open::Ready { draft, assessment } => (draft.clone(), assessment.clone()),
        Open::Missing { .. } => return view_missing(),
        Open::Nothing | Open::Loading { .. } => {
            return html! { <Shell><p role="status">{ "正在打开草稿…" }</p></Shell> };
        }
    };
    let view = View { pack: app.0.pack.clone(), draft, assessment };
    if *step != Step::Choose && view.pack.track(&view.draft.application.track).is_none() {
        return view_choose_first(&view);
    }
    match (step, section) {
        (Step::Choose, _) => html! { <ChoosePage {view} /> },
        (Step::Questions, _) => html! { <QuestionsPage {view} /> },
        (Step::Outcome, _) => html! { <OutcomePage {view} /> },
        (Step::Form, Some(section)) => {
            html! { <SectionPage {view} section={section.clone()} key={section.to_string()} /> }
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

impl View {
    /// The draft's name, above the page's heading.
    #[must_use]
    pub fn title(&self) -> AttrValue {
        let track = self.pack.track(&self.draft.application.track).map(|t| format!(" · {}", t.label));
        AttrValue::from(format!("{}{}", self.draft.title(), track.unwrap_or_default()))
    }

    /// The steps with their states.
    pub fn steps(&self, current: Option<Step>) -> Html {
        let states = self.assessment.steps(&self.pack, &self.draft.application);
        let steps: Vec<NavStep> = Step::ALL
            .iter()
            .zip(states)
            .map(|(step, state)| NavStep {
                label: AttrValue::Static(step.label()),
                href: Some(AttrValue::from(step_href(&self.draft.id, *step))),
                state: match state {
                    Progress::NotStarted => StepState::Todo,
                    Progress::InProgress => StepState::Active,
                    Progress::Done => StepState::Done,
                    Progress::HasProblem => StepState::Problem,
                },
            })
            .collect();
        html! { <StepNav steps={Rc::new(steps)} current={current.map(Step::place)} /> }
    }

    /// The link to the next step.
    pub fn next_link(&self, step: Step) -> Html {
        step.next().map_or_else(Html::default, |next| {
            html! {
                <p>
                    <a class="button button--primary" href={step_href(&self.draft.id, next)}>
                        { format!("下一步：{}", next.label()) }
                    </a>
                </p>
            }
        })
    }
}
