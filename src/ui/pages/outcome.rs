//! 结论: eligible as far as the pack can tell, not eligible, or cannot say yet; and why.

use yew::prelude::*;

use super::draft::{DraftViewProps, View};
use crate::app::Action;
use crate::domain::base::date::format_chinese;
use crate::domain::base::json::Value;
use crate::domain::case::Edit;
use crate::domain::guide::verdict_words;
use crate::domain::pack::{Stage, Status};
use crate::domain::rule::{Finding, Outcome, Verdict};
use crate::ui::context::use_dispatch;
use crate::ui::parts::findings::{cite, view_rule_finding};
use crate::ui::parts::shell::Shell;
use crate::ui::routes::{Step, step_href};
use crate::ui::widgets::{CheckboxField, PageTitle, SummaryList, SummaryRow};

/// What the rules come to.
#[component]
pub fn OutcomePage(props: &DraftViewProps) -> Html {
    let view = &props.view;
    let dispatch = use_dispatch();
    let eligibility = &view.assessment.eligibility;
    let (class, word) = match eligibility.verdict {
        Verdict::Eligible => ("outcome--eligible", "就规则包所知符合"),
        Verdict::NotEligible => ("outcome--not-eligible", "目前不符合"),
        Verdict::Undetermined if eligibility.body_met => ("outcome--undetermined", "通知正文条件已满足"),
        Verdict::Undetermined => ("outcome--undetermined", "还不能下结论"),
    };
    let confirm = |finding: &Finding| {
        if finding.status != Status::Awaiting {
            return Html::default();
        }
        let key = format!("confirm.{}", finding.rule);
        let on_toggle = {
            let (dispatch, key) = (dispatch.clone(), key.clone());
            Callback::from(move |is_on: bool| {
                let value = is_on.then_some(Value::Bool(true));
                dispatch.dispatch(Action::Edit(Edit::Set { key: key.clone(), value }));
            })
        };
        let checked = view.draft.application.answers.get(&key) == Some(&Value::Bool(true));
        html! {
            <CheckboxField id={format!("f-{}", key.replace('.', "-"))} label="已对照官方附件逐项核对，都符合" {checked} {on_toggle} />
        }
    };
    let groups = [
        ("不符合的条件", Outcome::Fail),
        ("还没有确定的条件", Outcome::Open),
        ("须由职鉴中心认定的", Outcome::Review),
        ("已符合的条件", Outcome::Pass),
        ("不适用的条件", Outcome::NotApplicable),
    ];
    html! {
        <Shell steps={Some(view.steps(Some(Step::Outcome)))}>
            <PageTitle text="结论" caption={view.title()} />
            <div class={classes!("outcome", class)} role="status">
                <p class="outcome__word">{ "按通知判断" }</p>
                <p class="outcome__title">{ word }</p>
                <div class="outcome__body">
                    <p>{ verdict_words(&view.assessment) }</p>
                    <p class="small">{ format!("判断日期：{}", format_chinese(view.assessment.reference)) }</p>
                </div>
            </div>
            for (title, outcome) in groups {
                { view_group(view, title, outcome, &confirm) }
            }
            { view_routing(view) }
            { view_deadlines(view) }
            <div class="cluster">
                if eligibility.verdict != Verdict::NotEligible {
                    { view.next_link(Step::Outcome) }
                }
                <p><a href={step_href(&view.draft.id, Step::Questions)}>{ "更改回答" }</a></p>
            </div>
        </Shell>
    }
}

fn view_group(view: &View, title: &str, outcome: Outcome, confirm: &dyn Fn(&Finding) -> Html) -> Html {
    let findings: Vec<&Finding> = view
        .assessment
        .eligibility
        .findings
        .iter()
        .filter(|f| f.outcome == outcome && f.stage == Stage::Eligibility)
        .collect();
    if findings.is_empty() {
        return Html::default();
    }
    html! {
        <section class="stack">
            <h2>{ format!("{title}（{}）", findings.len()) }</h2>
            <ul class="finding-list" role="list">
                for finding in findings {
                    { view_rule_finding(&view.pack, &view.draft.application.track, finding, confirm(finding)) }
                }
            </ul>
        </section>
    }
}

fn view_routing(view: &View) -> Html {
    html! {
        <section class="stack">
            <h2>{ "由哪个中心办理" }</h2>
            <SummaryList>
                for step in &view.assessment.routing {
                    <SummaryRow key={step.step} label={step.label}
                        value={Some(AttrValue::from(step.centre.as_ref().map_or("推荐单位类型、所在市（州）或班期确定后可知", |(_, name)| name.as_str()).to_owned()))}>
                        <p class="small muted">{ format!("{} {}", cite(&view.pack, &step.clauses), step.note) }</p>
                    </SummaryRow>
                }
            </SummaryList>
        </section>
    }
}

fn view_deadlines(view: &View) -> Html {
    if view.assessment.deadlines.is_empty() {
        return Html::default();
    }
    html! {
        <section class="stack">
            <h2>{ "要记住的日期" }</h2>
            <ul class="timeline" role="list">
                for d in &view.assessment.deadlines {
                    <li class="timeline__item timeline__item--own" key={d.kind}>
                        <p class="timeline__date">{ format_chinese(d.date) }</p>
                        <p>{ &d.label }</p>
                        <p class="timeline__note">{ format!("{}；{}", cite(&view.pack, &d.clauses), d.convention) }</p>
                        if let Some((date, words)) = &d.alternative {
                            <p class="timeline__note">{ format!("另一种算法：{}（{words}）", format_chinese(*date)) }</p>
                        }
                    </li>
                }
            </ul>
        </section>
    }
}
