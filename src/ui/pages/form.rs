//! 填表: the form's sections as a task list.

use yew::prelude::*;

use super::draft::DraftViewProps;
use crate::domain::guide::StepState;
use crate::ui::parts::shell::Shell;
use crate::ui::routes::{Step, section_href};
use crate::ui::widgets::{PageTitle, Progress, TaskItem, TaskList, Tone};

/// The sections.
#[component]
pub fn FormPage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let application = &view.draft.application;
    let sections: Vec<_> = view.pack.sections_for(&application.track).collect();
    let states: Vec<StepState> = sections.iter().map(|s| view.assessment.section(application, s)).collect();
    let n_done = states.iter().filter(|s| **s == StepState::Done).count();
    let title = view.pack.declaration_for(&application.track);
    html! {
        <Shell steps={Some(view.steps(Some(Step::Form)))}>
            <PageTitle text="填写申报表" caption={view.title()} />
            if let Some(title) = title {
                <p>{ format!("{}（{}）。自查时答过的已经填好，逐栏核对即可。", title.title, title.annex) }</p>
            }
            <Progress id="form-progress" text={format!("已完成 {n_done} 栏，共 {} 栏", sections.len())}
                value={u32::try_from(n_done).unwrap_or(0)} max={u32::try_from(sections.len()).unwrap_or(0)} />
            <TaskList>
                for (section, state) in sections.iter().zip(&states) {
                    <TaskItem key={section.id.clone()} id={format!("task-{}", section.id)} title={section.title.clone()}
                        href={Some(AttrValue::from(section_href(&view.draft.id, &section.id)))}
                        status={state.label()} tone={tone(*state)} />
                }
            </TaskList>
            { view.next_link(Step::Form) }
        </Shell>
    }
}

fn tone(state: StepState) -> Tone {
    match state {
        StepState::NotStarted => Tone::Neutral,
        StepState::InProgress => Tone::Active,
        StepState::Done => Tone::Done,
        StepState::HasProblem => Tone::Problem,
    }
}
