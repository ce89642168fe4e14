//! 结论: eligible as far as the pack can tell, not eligible, or cannot say yet; and why.

use std::rc::Rc;

use yew::prelude::*;

use super::draft::{DraftViewProps, OtherPack, View};
use crate::app::Action;
use crate::domain::base::date::format_chinese;
use crate::domain::base::json::Value;
use crate::domain::case::Edit;
use crate::domain::guide::verdict_words;
use crate::domain::pack::{Stage, Status};
use crate::domain::rule::{Finding, Outcome, SessionOutlook, Verdict, outlook};
use crate::ui::context::use_dispatch;
use crate::ui::parts::deadlines::view_deadlines;
use crate::ui::parts::findings::{cite, view_rule_finding};
use crate::ui::parts::rule_tree::tree_of;
use crate::ui::parts::shell::Shell;
use crate::ui::parts::turns::view_turn;
use crate::ui::parts::year::view_year;
use crate::ui::routes::{Route, Step, href, step_href};
use crate::ui::widgets::{CheckboxField, Details, PageTitle, RuleTree, SummaryList, SummaryRow};

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
    ];
    html! {
        <Shell steps={Some(view.steps(Some(Step::Outcome)))}>
            <PageTitle text="结论" caption={view.title()} />
            <OtherPack view={view.clone()} />
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
            <Details summary="不适用的条件">
                { view_group(view, "不适用的条件", Outcome::NotApplicable, &confirm) }
            </Details>
            { view_sessions(view, &outlook(&view.pack, &view.draft.application, &view.assessment.facts)) }
            <section class="stack">
                <h2>{ "规则图" }</h2>
                <p>{ "每条规则由哪些条件组成，哪些已确定、哪些待定；粗线是起决定作用的一支。" }</p>
                <Details summary="展开规则图">
                    <RuleTree label="规则图" nodes={Rc::new(tree_of(view))} />
                </Details>
            </section>
            { view_routing(view) }
            if !view.assessment.deadlines.is_empty() {
                <section class="stack">
                    <h2>{ "要记住的日期" }</h2>
                    { view_deadlines(&view.pack, &view.assessment.deadlines) }
                </section>
            }
            <p><a href={href(&Route::DraftDeadlines { id: view.draft.id.clone() })}>{ "补考、请假、领证卡的期限" }</a></p>
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
                    { view_rule_finding(&view.pack, &view.draft.application.track, finding, html! { <>{ view_turn(view, finding) }{ confirm(finding) }</> }) }
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

/// The sessions of the year: which fit, from which day, and until when.
fn view_sessions(view: &View, outlook: &[SessionOutlook]) -> Html {
    html! {
        <section class="stack">
            <h2>{ "哪一期合适" }</h2>
            { view_year(&view.pack, &view.draft.application.track, view.assessment.reference, outlook, &view.assessment.deadlines) }
            <SummaryList>
                for o in outlook {
                    <SummaryRow key={o.session.clone()} label={view.pack.session(&o.session).map(|s| s.label.clone()).unwrap_or_default()}
                        value={Some(AttrValue::from(session_words(view, o)))} />
                }
            </SummaryList>
        </section>
    }
}

fn session_words(view: &View, o: &SessionOutlook) -> String {
    let titles = |ids: &[String]| {
        let titles: Vec<&str> =
            ids.iter().filter_map(|id| view.pack.rule(id)).map(|r| r.title.as_str()).collect();
        titles.join("、")
    };
    if o.is_past {
        return "已过".to_owned();
    }
    let until = match o.until {
        Some(day) => format!("；期满之日为 {}，其后须已备案或另符合条件", format_chinese(day)),
        None => String::new(),
    };
    match (o.qualifies, o.from, o.verdict) {
        (true, _, _) => format!("符合{until}"),
        (false, Some(day), _) => format!("{} 起符合{until}", format_chinese(day)),
        (false, None, Verdict::NotEligible) => format!("不符合：{}", titles(&o.barred_by)),
        (false, None, _) if !o.open.is_empty() => format!("待确定：{}", titles(&o.open)),
        _ => "须由职鉴中心认定".to_owned(),
    }
}
