//! 自查: one question at a time, only those that still matter.

use yew::prelude::*;

use super::draft::{DraftViewProps, View};
use crate::app::Action;
use crate::domain::base::json::Value;
use crate::domain::case::{Answer, Edit, display};
use crate::domain::diag::Severity;
use crate::domain::pack::{Fact, Who};
use crate::domain::path::FieldPath;
use crate::domain::rule::{Outcome, Verdict};
use crate::ui::context::use_dispatch;
use crate::ui::hooks::{focus_field, focus_id};
use crate::ui::parts::control::{Control, kind_of_fact};
use crate::ui::parts::findings::{clause_notes, element_id};
use crate::ui::parts::history::HistoryField;
use crate::ui::parts::shell::Shell;
use crate::ui::routes::{Step, step_href};
use crate::ui::widgets::{Button, ButtonVariant, PageTitle, Progress};

/// Asks the questions.
#[component]
pub fn QuestionsPage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let dispatch = use_dispatch();
    let next = view.assessment.next_question(&view.pack, &view.draft.application);
    let current = {
        let next = next.clone();
        use_state_eq(move || next)
    };
    let is_asked_for_more = use_state_eq(|| false);
    {
        // The button that was pressed goes with its question: the focus moves on to the next one.
        let is_first = use_mut_ref(|| true);
        use_effect_with((*current).clone(), move |current| {
            if !is_first.replace(false) {
                match current {
                    Some(key) => focus_field(&element_id(&FieldPath::of_key(key))),
                    None => focus_id("question"),
                }
            }
        });
    }
    let fact = current.as_deref().and_then(|key| view.pack.fact(key)).map(|(_, fact)| fact.clone());
    let questions = view.assessment.questions(&view.pack, &view.draft.application);
    let (n_settled, n_rules) = view.assessment.settled_rules();
    let clauses = fact
        .as_ref()
        .and_then(|f| questions.iter().find(|q| q.fact.id == f.id))
        .map(|q| q.clauses.clone())
        .unwrap_or_default();
    let on_next = {
        let (current, next, asked) = (current.clone(), next.clone(), is_asked_for_more.clone());
        let is_answered = fact.as_ref().is_none_or(|f| {
            view.draft.application.answer(&f.id) != Answer::Unknown
                && !view.assessment.at_key(&f.id).any(|d| d.severity == Severity::Blocker)
        });
        Callback::from(move |_: MouseEvent| {
            if is_answered {
                asked.set(false);
                current.set(next.clone());
            } else {
                asked.set(true);
            }
        })
    };
    let on_skip = {
        let (current, asked) = (current.clone(), is_asked_for_more.clone());
        let later = following(view, current.as_deref());
        Callback::from(move |_: MouseEvent| {
            asked.set(false);
            current.set(later.clone());
        })
    };
    let on_choose = {
        let current = current.clone();
        Callback::from(move |key: String| {
            current.set(Some(key));
        })
    };
    let on_edit = {
        let dispatch = dispatch.clone();
        Callback::from(move |edit: Edit| dispatch.dispatch(Action::Edit(edit)))
    };
    let on_change = {
        let key = current.as_deref().unwrap_or_default().to_owned();
        let asked = is_asked_for_more.clone();
        Callback::from(move |value: Option<Value>| {
            // What is wrong shows when the person wants to go on, and not while they type.
            asked.set(false);
            dispatch.dispatch(Action::Edit(Edit::Set { key: key.clone(), value }));
        })
    };
    html! {
        <Shell steps={Some(view.steps(Some(Step::Questions)))} aside={Some(clause_notes(&view.pack, &clauses))}>
            <PageTitle text="自查申报条件" caption={view.title()} />
            <Progress id="questions-progress" text={format!("已确定 {n_settled} 条，共 {n_rules} 条")}
                value={u32::try_from(n_settled).unwrap_or(0)} max={u32::try_from(n_rules).unwrap_or(0)} />
            <div id="question" class="stack" tabindex="-1">
                { view_current(view, fact.as_ref(), on_change, on_edit, *is_asked_for_more, on_next, on_skip) }
            </div>
            <section class="stack" aria-labelledby="answered">
                <h2 id="answered">{ "已回答的问题" }</h2>
                { view_answered(view, &questions, on_choose) }
            </section>
            <p><a href={step_href(&view.draft.id, Step::Outcome)}>{ "查看结论" }</a></p>
        </Shell>
    }
}

/// The question after the current one among those still open, round and round.
fn following(view: &View, current: Option<&str>) -> Option<String> {
    let application = &view.draft.application;
    let questions = view.assessment.questions(&view.pack, application);
    let open: Vec<&str> =
        questions.iter().filter(|q| q.answer.is_none()).map(|q| q.fact.id.as_str()).collect();
    let place = current.and_then(|key| open.iter().position(|k| *k == key));
    let after = place.map_or(0, |p| p + 1);
    open.get(after).or_else(|| open.first()).map(|k| (*k).to_owned())
}

fn view_current(
    view: &View,
    fact: Option<&Fact>,
    on_change: Callback<Option<Value>>,
    on_edit: Callback<Edit>,
    is_asked_for_more: bool,
    on_next: Callback<MouseEvent>,
    on_skip: Callback<MouseEvent>,
) -> Html {
    let Some(fact) = fact else {
        let is_barred = view.assessment.eligibility.verdict == Verdict::NotEligible;
        let needs_session = view.draft.application.session.is_none();
        return html! {
            <div class="stack">
                if is_barred {
                    <p>{ "已能确定：不符合。其余的问题不再影响结论；回答有误的可以在下面更改，别的回答都保留。" }</p>
                } else if needs_session {
                    <p>
                        { "要问的都问完了，还没有选班期：" }
                        <a href={step_href(&view.draft.id, Step::Choose)}>{ "去选择班期" }</a>
                    </p>
                } else {
                    <p>{ "要问的都问完了。" }</p>
                }
                <p>
                    <a class="button button--primary" href={step_href(&view.draft.id, Step::Outcome)}>{ "下一步：结论" }</a>
                </p>
            </div>
        };
    };
    let application = &view.draft.application;
    let id = element_id(&FieldPath::of_key(&fact.id));
    let problem = is_asked_for_more.then(|| {
        let found = view.assessment.at_key(&fact.id).find(|d| d.code != "R001");
        found.map_or(AttrValue::Static("还没有回答；不清楚的可以先跳过"), |d| {
            AttrValue::from(d.message.clone())
        })
    });
    let why: Vec<String> = view
        .assessment
        .eligibility
        .findings
        .iter()
        .filter(|f| f.because.iter().chain(&f.missing).any(|p| p.as_str() == fact.id))
        .filter_map(|f| view.pack.rule(&f.rule))
        .map(|r| r.title.clone())
        .collect();
    html! {
        <div class="stack" key={fact.id.clone()}>
            { view_control(fact, id, application.answers.get(&fact.id).cloned(), problem, on_change, on_edit) }
            <div class="inset small">
                <p>{ format!("谁能回答：{}", who(fact.who)) }</p>
                if !fact.proof.is_empty() {
                    <p>{ format!("以什么为准：{}", fact.proof) }</p>
                }
                if !why.is_empty() {
                    <p>{ format!("为什么问：{}", why.join("；")) }</p>
                }
            </div>
            <div class="cluster">
                <Button id="next-question" variant={ButtonVariant::Primary} onclick={on_next}>{ "继续" }</Button>
                <Button variant={ButtonVariant::Link} onclick={on_skip}>{ "不清楚，先跳过" }</Button>
            </div>
        </div>
    }
}

/// The control for a question: large, with its own part for examinations.
fn view_control(
    fact: &Fact,
    id: String,
    value: Option<Value>,
    error: Option<AttrValue>,
    on_change: Callback<Option<Value>>,
    on_edit: Callback<Edit>,
) -> Html {
    let (label, hint) = (fact.question.clone(), Some(AttrValue::from(fact.help.clone())));
    match kind_of_fact(fact) {
        Some(kind) => html! { <Control {id} {label} {kind} large=true {on_change} {error} {value} {hint} /> },
        None => html! {
            <HistoryField {id} list={fact.id.clone()} {label} {hint} {error} {value} {on_edit} large=true
                none_label={fact.none_label.clone().unwrap_or_else(|| "没有".to_owned())} />
        },
    }
}

fn who(who: Who) -> &'static str {
    match who {
        Who::Applicant => "申报人本人",
        Who::Unit => "推荐单位",
        Who::Centre => "职鉴中心",
    }
}

fn view_answered(
    view: &View,
    questions: &[crate::domain::guide::Question],
    on_choose: Callback<String>,
) -> Html {
    let answered: Vec<_> = questions.iter().filter_map(|q| q.answer.as_ref().map(|a| (q, a))).collect();
    if answered.is_empty() {
        return html! { <p class="muted">{ "还没有。" }</p> };
    }
    html! {
        <dl class="summary-list">
            for (question, answer) in answered {
                <div class="summary-list__row" key={question.fact.id.clone()}>
                    <dt class="summary-list__key">{ &question.fact.label }</dt>
                    <dd class="summary-list__value">
                        { display::fact_value(&question.fact.kind, answer) }
                        { marks(view, &question.rules) }
                    </dd>
                    <dd class="summary-list__action">{ change(&question.fact, &on_choose) }</dd>
                </div>
            }
        </dl>
    }
}

/// What the answer has led to, where it is not good.
fn marks(view: &View, rules: &[String]) -> Html {
    let is_failed = rules
        .iter()
        .filter_map(|r| view.assessment.eligibility.finding(r))
        .any(|f| f.outcome == Outcome::Fail);
    if is_failed {
        html! { <span class="muted">{ "（有条件因此不符合，见结论）" }</span> }
    } else {
        Html::default()
    }
}

fn change(fact: &Fact, on_choose: &Callback<String>) -> Html {
    let (key, on_choose) = (fact.id.clone(), on_choose.clone());
    let onclick = Callback::from(move |_: MouseEvent| on_choose.emit(key.clone()));
    html! {
        <Button variant={ButtonVariant::Link} {onclick} hidden_text={Some(AttrValue::from(fact.label.clone()))}>{ "更改" }</Button>
    }
}
