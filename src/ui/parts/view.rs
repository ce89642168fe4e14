//! What every page of a draft shows of it: its name and its steps.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::Draft;
use crate::app::state::Undo;
use crate::domain::guide::{Assessment, StepState as Progress};
use crate::domain::pack::Pack;
use crate::ui::routes::{Step, step_href};
use crate::ui::widgets::{Step as NavStep, StepNav, StepState};

/// What every page of a draft needs.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The pack.
    pub pack: Rc<Pack>,
    /// The draft.
    pub draft: Rc<Draft>,
    /// What the domain says of it.
    pub assessment: Rc<Assessment>,
    /// What the person may take back.
    pub undo: Option<Rc<Undo>>,
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
