//! The way through the application.

use std::rc::Rc;

use yew::prelude::*;

/// Where the person stands with a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    /// Can be begun.
    #[default]
    Todo,
    /// Begun, not done.
    Active,
    /// Done.
    Done,
    /// Done or begun, with something to put right.
    Problem,
    /// Cannot be begun yet.
    Locked,
}

impl StepState {
    fn word(self) -> &'static str {
        match self {
            StepState::Todo => "未开始",
            StepState::Active => "进行中",
            StepState::Done => "已完成",
            StepState::Problem => "需处理",
            StepState::Locked => "暂不能开始",
        }
    }

    fn class(self) -> &'static str {
        match self {
            StepState::Todo => "step-nav__item--todo",
            StepState::Active => "step-nav__item--active",
            StepState::Done => "step-nav__item--done",
            StepState::Problem => "step-nav__item--problem",
            StepState::Locked => "step-nav__item--locked",
        }
    }
}

/// One step of a [`StepNav`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub label: AttrValue,
    /// Where it is; without it there is no link.
    pub href: Option<AttrValue>,
    /// Where the person stands with it.
    pub state: StepState,
}

/// Properties of [`StepNav`].
#[derive(Properties, PartialEq)]
pub struct StepNavProps {
    /// Id of the list.
    #[prop_or(AttrValue::Static("steps"))]
    pub id: AttrValue,
    /// The steps in order.
    pub steps: Rc<Vec<Step>>,
    /// Index of the step that the page belongs to, if any.
    #[prop_or_default]
    pub current: Option<usize>,
    /// What the navigation is called.
    #[prop_or(AttrValue::Static("办理步骤"))]
    pub label: AttrValue,
}

/// The steps in order, each with its state in a word. On narrow screens a bar with the current step stands for
/// the list and unfolds it; going to another step folds it again.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{Step, StepNav, StepState};
/// #[component]
/// fn Example() -> Html {
///     let steps = use_memo((), |_| vec![
///         Step { label: "选择类别".into(), href: Some("#/track".into()), state: StepState::Done },
///         Step { label: "自查".into(), href: Some("#/check".into()), state: StepState::Active },
///     ]);
///     html! { <StepNav {steps} current={Some(1)} /> }
/// }
/// ```
#[component]
pub fn StepNav(props: &StepNavProps) -> Html {
    let StepNavProps { id, steps, current, label } = props;
    let unfolded = use_state_eq(|| false);
    {
        let unfolded = unfolded.setter();
        use_effect_with(*current, move |_| unfolded.set(false));
    }
    let onclick = {
        let unfolded = unfolded.clone();
        move |_: MouseEvent| unfolded.set(!*unfolded)
    };
    let here = current.and_then(|idx| steps.get(idx).map(|step| (idx, step)));
    let bar = match here {
        Some((idx, step)) => format!("第 {} 步，共 {} 步：{}", idx + 1, steps.len(), step.label),
        None => format!("{label}（共 {} 步）", steps.len()),
    };
    html! {
        <nav class="step-nav" aria-label={label}>
            <button
                type="button"
                class="step-nav__bar"
                {onclick}
                aria-expanded={if *unfolded { "true" } else { "false" }}
                aria-controls={id}
            >
                { bar }
            </button>
            <ol {id} class={classes!("step-nav__list", (!*unfolded).then_some("step-nav__list--folded"))}>
                for (idx, step) in steps.iter().enumerate() {
                    { view_step(idx, step, *current == Some(idx)) }
                }
            </ol>
        </nav>
    }
}

fn view_step(idx: usize, step: &Step, is_current: bool) -> Html {
    let aria_current = is_current.then_some("step");
    let inside = html! {
        <>
            <span class="step-nav__label">{ &step.label }</span>
            <span class="step-nav__state">
                <span class="visually-hidden">{ "：" }</span>
                { step.state.word() }
            </span>
        </>
    };
    html! {
        <li key={idx} class={classes!("step-nav__item", step.state.class())}>
            if let Some(href) = &step.href {
                <a class="step-nav__link" {href} aria-current={aria_current}>{ inside }</a>
            } else {
                <span class="step-nav__link" aria-current={aria_current}>{ inside }</span>
            }
        </li>
    }
}
