//! What would change a finding, in words.

use yew::prelude::*;

use crate::domain::base::catalogue::occupation;
use crate::domain::base::date::format_chinese;
use crate::domain::base::json::Value;
use crate::domain::case::display;
use crate::domain::pack::{FactKind, Pack};
use crate::domain::path::FieldPath;
use crate::domain::rule::{Change, Finding, Outcome, settling_sets, turn};
use crate::ui::parts::findings::place_of;
use crate::ui::parts::view::View;

/// For a finding that is not good yet: the smallest change that turns it, the day on which it turns by itself, and for
/// an open one the answers that would settle it.
pub fn view_turn(view: &View, finding: &Finding) -> Html {
    let application = &view.draft.application;
    let Some(rule) = view.pack.rule(&finding.rule) else { return Html::default() };
    if !matches!(finding.outcome, Outcome::Fail | Outcome::Open) {
        return Html::default();
    }
    let facts = &view.assessment.facts;
    let turn = turn(&view.pack, rule, application, facts);
    let sets = if finding.outcome == Outcome::Open {
        settling_sets(&view.pack, rule, application, facts)
    } else {
        Vec::new()
    };
    let link = |path: &FieldPath| {
        html! {
            <a href={place_of(&view.pack, &application.track, &view.draft.id, path)}>{ label(&view.pack, path) }</a>
        }
    };
    html! {
        <>
            if let Some(day) = turn.from {
                <p>{ format!("到 {} 自然满足，不用改什么。", format_chinese(day)) }</p>
            }
            if finding.outcome == Outcome::Fail && !turn.changes.is_empty() {
                <p>
                    { "什么会改变它：" }
                    for (i, change) in turn.changes.iter().enumerate() {
                        <span key={i}>
                            if i > 0 { { "，并且" } }
                            { link(&change.path) }{ format!("是“{}”", value_words(&view.pack, change)) }
                        </span>
                    }
                </p>
            }
            if !sets.is_empty() {
                <p>
                    { "知道这些就能确定：" }
                    for (i, set) in sets.iter().enumerate() {
                        <span key={i}>
                            if i > 0 { { "；或者 " } }
                            for (j, path) in set.iter().enumerate() {
                                <span key={j}>
                                    if j > 0 { { " 和 " } }
                                    { link(path) }
                                </span>
                            }
                        </span>
                    }
                </p>
            }
        </>
    }
}

fn label(pack: &Pack, path: &FieldPath) -> String {
    match path.as_str() {
        "session" => "班期".to_owned(),
        key => pack.label_of(key).to_owned(),
    }
}

/// The answer in words. For what stands for many answers, such as a number or an occupation, only that there is one.
fn value_words(pack: &Pack, change: &Change) -> String {
    let key = change.path.as_str();
    if let ("session", Some(id)) = (key, change.value.as_str()) {
        return pack.session(id).map_or_else(|| id.to_owned(), |s| s.label.clone());
    }
    if change.path.material().is_some() {
        return "已附上".to_owned();
    }
    let Some((_, fact)) = pack.fact(key) else { return change.value.to_string() };
    match (&fact.kind, &change.value) {
        (_, Value::Null) => {
            fact.none_label.clone().unwrap_or_else(|| display::fact_value(&fact.kind, &Value::Null))
        }
        (FactKind::Text, _) => "已填写".to_owned(),
        (FactKind::History, _) => "另一种经历".to_owned(),
        (FactKind::Code(crate::domain::pack::Catalogue::Occupation), Value::String(code)) => {
            occupation::find(code)
                .map_or_else(|| code.clone(), |o| format!("第 {} 大类的职业，例如{}", o.class, o.name))
        }
        (kind, value) => display::fact_value(kind, value),
    }
}
