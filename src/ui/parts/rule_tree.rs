//! A rule as a tree of conditions: what is settled, what is open, and which branch decided it.

use yew::AttrValue;

use crate::domain::case::display;
use crate::domain::case::facts::FactValues;
use crate::domain::pack::{Condition, Pack, Rule, Stage};
use crate::domain::rule::{Outcome, Truth, truth_of};
use crate::ui::parts::findings::place_of;
use crate::ui::parts::view::View;
use crate::ui::widgets::{TreeNode, TreeState};

/// The rules of the draft's track on conditions for applying, each with its parts.
#[must_use]
pub fn tree_of(view: &View) -> Vec<TreeNode> {
    let track = &view.draft.application.track;
    view.pack
        .rules_for(track)
        .filter(|rule| rule.stage == Stage::Eligibility)
        .map(|rule| rule_node(view, rule))
        .collect()
}

fn rule_node(view: &View, rule: &Rule) -> TreeNode {
    let outcome = view.assessment.eligibility.finding(&rule.id).map_or(Outcome::Open, |f| f.outcome);
    let mut children = Vec::new();
    if let Some(when) = &rule.when {
        let mut node = part_node(view, when, None, "when");
        node.label = AttrValue::from(format!("只在此时适用：{}", node.label));
        node.is_deciding = outcome == Outcome::NotApplicable;
        children.push(node);
    }
    let is_off = outcome == Outcome::NotApplicable;
    children.push(part_node(view, &rule.condition, is_off.then_some(Truth::True), "condition"));
    TreeNode {
        key: AttrValue::from(rule.id.clone()),
        label: AttrValue::from(rule.title.clone()),
        detail: AttrValue::from(if rule.blocking { "" } else { "只提示" }),
        state: match outcome {
            Outcome::Pass => TreeState::Holds,
            Outcome::Fail => TreeState::Fails,
            Outcome::Open => TreeState::Open,
            Outcome::Review => TreeState::Review,
            Outcome::NotApplicable => TreeState::Off,
        },
        href: None,
        is_deciding: false,
        children,
    }
}

/// A part of a condition. `settled` is the value that the part around it has, where that is known already.
fn part_node(view: &View, part: &Condition, settled: Option<Truth>, key: &str) -> TreeNode {
    let facts = &view.assessment.facts;
    let truth = truth_of(part, facts);
    let state = match truth {
        Truth::True => TreeState::Holds,
        Truth::False => TreeState::Fails,
        Truth::Unknown if settled.is_some() => TreeState::Off,
        Truth::Unknown if is_for_people(part, facts) => TreeState::Review,
        Truth::Unknown => TreeState::Open,
    };
    // One part that holds settles `any`, one that does not settles `all`: that one has decided it.
    let absorbing = match part {
        Condition::Any(_) => Some(Truth::True),
        Condition::All(_) => Some(Truth::False),
        _ => None,
    };
    let inner = if truth == Truth::Unknown { settled } else { Some(truth) };
    let mut is_found = false;
    let children = part
        .parts()
        .iter()
        .enumerate()
        .map(|(i, child)| {
            let mut node = part_node(view, child, inner, &format!("{key}.{i}"));
            let decides =
                truth != Truth::Unknown && absorbing == Some(truth) && truth_of(child, facts) == truth;
            node.is_deciding = decides && !is_found;
            is_found |= decides;
            node
        })
        .collect();
    TreeNode {
        key: AttrValue::from(key.to_owned()),
        label: AttrValue::from(view.pack.words_of(part)),
        detail: AttrValue::from(answers(&view.pack, part, facts)),
        state,
        href: place(view, part).filter(|_| state == TreeState::Open || state == TreeState::Fails),
        is_deciding: false,
        children,
    }
}

/// Whether only a person can judge what is open in it.
fn is_for_people(part: &Condition, facts: &FactValues) -> bool {
    match part {
        Condition::Review(_) => true,
        joined => {
            joined
                .parts()
                .iter()
                .filter(|p| truth_of(p, facts) == Truth::Unknown)
                .all(|p| is_for_people(p, facts))
                && !joined.parts().is_empty()
        }
    }
}

/// What was answered to the facts that it reads itself.
fn answers(pack: &Pack, part: &Condition, facts: &FactValues) -> String {
    let words: Vec<String> = part
        .own_facts()
        .filter_map(|idx| Some((pack.fact_at(idx)?, facts.get(idx))))
        .map(|(fact, known)| (fact, display::known_value(pack, fact, known)))
        .filter(|(_, words)| !words.is_empty())
        .map(|(fact, words)| format!("{}：{words}", fact.label))
        .collect();
    words.join("；")
}

/// Where the first of its facts is answered.
fn place(view: &View, part: &Condition) -> Option<AttrValue> {
    let fact = part.own_facts().next().and_then(|idx| view.pack.fact_at(idx))?;
    let track = &view.draft.application.track;
    Some(AttrValue::from(place_of(&view.pack, track, &view.draft.id, &fact.path)))
}
