//! 期限: retakes and bars, leave, cards, filing; for a draft, or for whoever only wants to know a date.

use std::rc::Rc;

use chrono::NaiveDate;
use yew::prelude::*;

use crate::app::Action;
use crate::domain::base::json::Value;
use crate::domain::case::facts::FactValues;
use crate::domain::case::{Application, Edit, history};
use crate::domain::pack::{Fact, Pack, serves};
use crate::domain::path::FieldPath;
use crate::domain::rule::{Finding, Outcome, judge, outlook};
use crate::domain::schedule::{Deadline, deadlines, retakes};
use crate::ui::context::{use_app, use_dispatch};
use crate::ui::parts::control::{Control, kind_of_fact};
use crate::ui::parts::deadlines::view_deadlines;
use crate::ui::parts::findings::{element_id, view_rule_finding};
use crate::ui::parts::history::HistoryField;
use crate::ui::parts::shell::Shell;
use crate::ui::parts::view::View;
use crate::ui::parts::year::view_year;
use crate::ui::routes::{Step, step_href};
use crate::ui::widgets::{Choice, PageTitle, RadioGroup};

/// One matter: what is asked, and the kinds of days that follow.
struct Matter {
    title: &'static str,
    keys: &'static [&'static str],
    kinds: &'static [&'static str],
}

const MATTERS: [Matter; 5] = [
    Matter {
        title: "补考和禁报期", keys: &["exam.history"], kinds: &["retake", "retake_window", "bar"]
    },
    Matter {
        title: "考试和请假",
        keys: &["exam.date", "exam.leave_requested_on", "exam.training_completed"],
        kinds: &["leave"],
    },
    Matter {
        title: "领取证卡",
        keys: &["card.notice_on", "card.claimed_on", "examiner_card.expires_on"],
        kinds: &["card", "card_bar"],
    },
    Matter { title: "备案", keys: &["unit.accepted_on"], kinds: &["filing"] },
    Matter { title: "推荐单位和费用", keys: &["unit.incomplete_count", "fee.charged"], kinds: &[] },
];

/// The days that count, without a draft: nothing of it is kept.
#[component]
pub fn DeadlinesPage() -> Html {
    let app = use_app();
    let pack = app.0.pack().clone();
    let scratch = {
        let track = pack.tracks.first().map(|t| t.id.clone()).unwrap_or_default();
        use_state_eq(move || {
            let mut application = Application { track, ..Application::default() };
            // Whoever enters a day of acceptance here asks because the filing is not completed.
            application.answers.insert("unit.filing".to_owned(), Value::String("accepted".to_owned()));
            application
        })
    };
    let latest = use_mut_ref(|| (*scratch).clone());
    *latest.borrow_mut() = (*scratch).clone();
    let on_edit = {
        let setter = scratch.setter();
        Callback::from(move |edit: Edit| {
            // Two edits may come before the next render: each starts from what the other left.
            let mut next = latest.borrow().clone();
            if next.apply(edit).is_ok() {
                *latest.borrow_mut() = next.clone();
                setter.set(next);
            }
        })
    };
    let tracks: Vec<Choice> =
        pack.tracks.iter().map(|t| Choice::new(t.id.clone(), t.label.clone())).collect();
    let on_track = on_edit.reform(|id: AttrValue| Edit::SetTrack(id.to_string()));
    html! {
        <Shell>
            <PageTitle text="期限" />
            <p>{ "填一个日期，看最晚到哪一天。这一页的内容不保存。" }</p>
            <RadioGroup id="deadline-track" label="申报类别" options={Rc::new(tracks)} on_choose={on_track}
                value={Some(AttrValue::from(scratch.track.clone()))} />
            <Board {pack} application={Rc::new((*scratch).clone())} today={app.0.today} {on_edit} draft={None::<AttrValue>} />
        </Shell>
    }
}

/// Properties of [`DraftDeadlines`].
#[derive(Properties, PartialEq)]
pub struct DraftDeadlinesProps {
    /// The draft.
    pub view: View,
}

/// The days that count for a draft; what is entered is kept with it.
#[component]
pub fn DraftDeadlines(props: &DraftDeadlinesProps) -> Html {
    let view = &props.view;
    let dispatch = use_dispatch();
    let on_edit = Callback::from(move |edit: Edit| dispatch.dispatch(Action::Edit(edit)));
    html! {
        <Shell steps={Some(view.steps(None))}>
            <PageTitle text="期限" caption={view.title()} />
            <p>{ "录取之后的考试、请假和领证卡，以及补考和禁报期。不影响能否申报的，只作提示。" }</p>
            <Board pack={view.pack.clone()} application={Rc::new(view.draft.application.clone())}
                today={view.assessment.reference} {on_edit} draft={Some(AttrValue::from(view.draft.id.clone()))} />
            <p><a href={step_href(&view.draft.id, Step::Outcome)}>{ "回到结论" }</a></p>
        </Shell>
    }
}

#[derive(Properties, PartialEq)]
struct BoardProps {
    pack: Rc<Pack>,
    application: Rc<Application>,
    today: NaiveDate,
    on_edit: Callback<Edit>,
    draft: Option<AttrValue>,
}

/// What is asked, and what follows.
#[component]
fn Board(props: &BoardProps) -> Html {
    let BoardProps { pack, application, today, on_edit, draft } = props;
    let track = &application.track;
    let facts = FactValues::of(pack, application, *today);
    let after = judge(pack, track, &facts).after;
    let days = deadlines(pack, application);
    let fitting = if draft.is_some() { outlook(pack, application, &facts) } else { Vec::new() };
    let told: Vec<&Finding> = after
        .iter()
        .filter(|f| {
            matches!(f.outcome, Outcome::Pass | Outcome::Fail)
                || (draft.is_some() && f.outcome == Outcome::Review)
        })
        .collect();
    html! {
        <>
            for matter in MATTERS {
                { view_matter(pack, application, &matter, &days, on_edit) }
            }
            <section class="stack">
                <h2>{ "一年里的日期" }</h2>
                { view_year(pack, track, *today, &fitting, &days) }
            </section>
            if !told.is_empty() {
                <section class="stack">
                    <h2>{ "录取之后的规则" }</h2>
                    <ul class="finding-list" role="list">
                        for finding in told {
                            { view_rule_finding(pack, track, finding, Html::default()) }
                        }
                    </ul>
                </section>
            }
        </>
    }
}

fn view_matter(
    pack: &Pack,
    application: &Application,
    matter: &Matter,
    days: &[Deadline],
    on_edit: &Callback<Edit>,
) -> Html {
    let facts: Vec<&Fact> = matter
        .keys
        .iter()
        .filter_map(|key| pack.fact(key))
        .map(|(_, fact)| fact)
        .filter(|fact| serves(&fact.tracks, &application.track))
        .collect();
    if facts.is_empty() {
        return Html::default();
    }
    let own: Vec<Deadline> = days.iter().filter(|d| matter.kinds.contains(&d.kind)).cloned().collect();
    html! {
        <section class="stack" key={matter.title}>
            <h2>{ matter.title }</h2>
            for fact in facts {
                { view_fact(fact, application, on_edit) }
            }
            <div role="status" class="stack">
                if matter.kinds.contains(&"retake") {
                    { view_retakes(pack, application) }
                }
                if !own.is_empty() {
                    { view_deadlines(pack, &own) }
                }
            </div>
        </section>
    }
}

fn view_fact(fact: &Fact, application: &Application, on_edit: &Callback<Edit>) -> Html {
    let id = element_id(&FieldPath::of_key(&fact.id));
    let (label, hint) = (fact.question.clone(), Some(AttrValue::from(fact.help.clone())));
    let value = application.answers.get(&fact.id).cloned();
    match kind_of_fact(fact) {
        Some(kind) => {
            let key = fact.id.clone();
            let on_change = on_edit.reform(move |value: Option<Value>| Edit::Set { key: key.clone(), value });
            html! { <Control key={fact.id.clone()} {id} {label} {kind} {on_change} {value} {hint} optional=true /> }
        }
        None => html! {
            <HistoryField key={fact.id.clone()} {id} list={fact.id.clone()} {label} {hint} {value} on_edit={on_edit.clone()}
                none_label={fact.none_label.clone().unwrap_or_else(|| "没有".to_owned())} />
        },
    }
}

/// How many retakes are left, or why none is.
fn view_retakes(pack: &Pack, application: &Application) -> Html {
    let Some(history) = history::of(application) else { return Html::default() };
    if history.exams.is_empty() {
        return Html::default();
    }
    let found = retakes(pack, &application.track, &history);
    let months: Vec<&str> =
        found.deadlines.iter().filter(|d| d.kind == "retake").map(|d| d.label.as_str()).collect();
    let words = if found.n_left == 0 {
        format!("不能补考：{}。", found.reason)
    } else if months.is_empty() {
        format!("还可以补考 {} 次，期限之内没有已公布的补考。", found.n_left)
    } else {
        format!("累计 {} 次未通过，还可以补考 {} 次：{}。", found.n_failures, found.n_left, months.join("、"))
    };
    html! { <p><strong>{ words }</strong></p> }
}
