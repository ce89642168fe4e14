//! Answers worth supposing: for each path the few values that the pack's rules tell apart.

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::base::catalogue::{division, occupation};
use crate::domain::base::date::format_iso;
use crate::domain::base::json::Value;
use crate::domain::case::Application;
use crate::domain::case::facts::{CARD_CLAIMED, FactValues, Known};
use crate::domain::pack::{
    Bound, Catalogue, Condition, Day, Derivation, Fact, FactIdx, FactKind, Literal, Pack, Term, serves,
};

/// The answers at `path` that rules of the application's track tell apart, in a fixed order; what stands there now is
/// not among them. Empty for what nobody can answer.
#[must_use]
pub fn candidates(pack: &Pack, application: &Application, facts: &FactValues, path: &str) -> Vec<Value> {
    let mut values = Vec::new();
    if path == "session" {
        values.extend(
            pack.sessions.iter().filter(|s| serves(&s.tracks, &application.track)).map(|s| json!(s.id)),
        );
    } else if let Some(material) = path.strip_prefix("materials.") {
        if pack.material(material).is_some() {
            values.push(json!(true));
        }
    } else {
        for (idx, fact) in pack.facts.iter().enumerate().filter(|(_, f)| f.path.as_str() == path) {
            if fact.derived.is_none() {
                of_fact(pack, facts, FactIdx(idx), fact, &mut values);
            } else {
                of_derived(pack, facts, FactIdx(idx), fact, &mut values);
            }
        }
        if path == CARD_CLAIMED {
            values.extend(claim_days(pack, facts).into_iter().map(|day| json!(format_iso(day))));
        }
    }
    let now = if path == "session" {
        application.session.as_ref().map(|s| json!(s))
    } else {
        application.answers.get(path).cloned()
    };
    let mut kept: Vec<Value> = Vec::new();
    for value in values {
        if Some(&value) != now.as_ref() && !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

fn of_fact(pack: &Pack, facts: &FactValues, idx: FactIdx, fact: &Fact, values: &mut Vec<Value>) {
    match &fact.kind {
        FactKind::Bool => values.extend([json!(true), json!(false)]),
        FactKind::Choice { options, none_label, .. } => {
            values.extend(options.iter().map(|o| json!(o.value)));
            if none_label.is_some() {
                values.push(Value::Null);
            }
        }
        FactKind::Integer => {
            let mut numbers = vec![0];
            each_part(pack, &mut |part| match part {
                Condition::AtLeast(i, Bound::Integer(n)) if *i == idx => {
                    numbers.extend([*n, n.saturating_sub(1)])
                }
                Condition::AtMost(i, Bound::Integer(n)) if *i == idx => {
                    numbers.extend([*n, n.saturating_add(1)])
                }
                Condition::Is(i, Literal::Integer(n)) if *i == idx => numbers.push(*n),
                Condition::In(i, list) if *i == idx => {
                    numbers.extend(
                        list.iter().filter_map(|l| if let Literal::Integer(n) = l { Some(*n) } else { None }),
                    );
                }
                _ => {}
            });
            values.extend(numbers.into_iter().map(|n| json!(n)));
        }
        FactKind::Date => {
            values.extend(days(pack, facts, idx).into_iter().map(|day| json!(format_iso(day))));
            values.push(Value::Null);
        }
        FactKind::Text | FactKind::Code(_) => {
            let mut texts = Vec::new();
            each_part(pack, &mut |part| match part {
                Condition::Is(i, Literal::Text(t)) if *i == idx => texts.push(t.clone()),
                Condition::In(i, list) if *i == idx => {
                    texts.extend(
                        list.iter()
                            .filter_map(|l| if let Literal::Text(t) = l { Some(t.clone()) } else { None }),
                    );
                }
                Condition::Same(a, b) if *a == idx || *b == idx => {
                    let other = if *a == idx { *b } else { *a };
                    if let Known::Text(t) = facts.get(other) {
                        texts.push(t.clone());
                    }
                }
                _ => {}
            });
            values.extend(texts.into_iter().map(|t| json!(t)));
            match &fact.kind {
                FactKind::Code(Catalogue::Occupation) => {
                    values.extend((1..=8).filter_map(occupation_of_class).map(|code| json!(code)));
                }
                FactKind::Code(Catalogue::SichuanCity) => {
                    values.extend(division::sichuan_cities().iter().take(2).map(|c| json!(c.code)));
                }
                _ => values.push(json!(SOME_TEXT)),
            }
            values.push(Value::Null);
        }
        FactKind::History => values.extend(histories(facts.reference())),
    }
}

/// Stands for a text that no rule names.
const SOME_TEXT: &str = "…";

fn of_derived(pack: &Pack, facts: &FactValues, idx: FactIdx, fact: &Fact, values: &mut Vec<Value>) {
    if let Some(Derivation::CardLapse { term, .. }) = &fact.derived {
        values.extend(notice_days(pack, facts, idx, *term).into_iter().map(|day| json!(format_iso(day))));
    }
}

/// Days of notice for which the card has just lapsed, has not yet, or lapsed so long ago that its bar is over.
fn notice_days(pack: &Pack, facts: &FactValues, idx: FactIdx, term: Term) -> Vec<NaiveDate> {
    days(pack, facts, idx).into_iter().flat_map(|lapse| starts(term, lapse)).collect()
}

/// Days of claiming on both sides of the last one, for every day of notice.
fn claim_days(pack: &Pack, facts: &FactValues) -> Vec<NaiveDate> {
    let mut found = Vec::new();
    for (idx, fact) in pack.facts.iter().enumerate() {
        if let Some(Derivation::CardLapse { term, rolls }) = &fact.derived {
            for notice in notice_days(pack, facts, FactIdx(idx), *term) {
                let last = term.end_from(notice, *rolls);
                found.extend(last);
                found.extend(last.and_then(|last| last.succ_opt()));
            }
        }
    }
    found
}

/// A code of a major class (大类), as an example of it.
fn occupation_of_class(class: i64) -> Option<String> {
    if !(1..=8).contains(&class) {
        return None;
    }
    let prefix = format!("{class}-");
    let listed = occupation::all().iter().find(|o| o.code.starts_with(&prefix));
    Some(listed.map_or_else(|| format!("{class}-01-01-01"), |o| o.code.to_owned()))
}

/// Days on both sides of every boundary that rules draw for the fact.
fn days(pack: &Pack, facts: &FactValues, idx: FactIdx) -> Vec<NaiveDate> {
    let reference = facts.reference();
    let mut found = vec![reference];
    let other_day = |day: Day| match day {
        Day::Reference => Some(reference),
        Day::On(date) => Some(date),
        Day::Of(other) => match facts.get(other) {
            Known::Date(date) => Some(*date),
            _ => None,
        },
    };
    let around = |found: &mut Vec<NaiveDate>, day: NaiveDate| {
        found.push(day);
        found.extend(day.pred_opt());
        found.extend(day.succ_opt());
    };
    each_part(pack, &mut |part| match part {
        Condition::Within(i, term, day) | Condition::Elapsed(i, term, day) if *i == idx => {
            if let Some(day) = other_day(*day) {
                found.push(day);
                starts(*term, day).into_iter().for_each(|start| around(&mut found, start));
            }
        }
        Condition::Within(i, term, Day::Of(other)) | Condition::Elapsed(i, term, Day::Of(other))
            if *other == idx =>
        {
            if let Known::Date(start) = facts.get(*i)
                && let Some(last) = term.last_day_from(*start)
            {
                around(&mut found, last);
            }
        }
        Condition::After(i, day) | Condition::Before(i, day) if *i == idx => {
            if let Some(day) = other_day(*day) {
                around(&mut found, day);
            }
        }
        Condition::Ahead(i, n, other) if *i == idx => {
            if let Some(day) = other_day(Day::Of(*other)) {
                found.extend(crate::domain::base::catalogue::calendar::nth_working_day_before(day, *n));
                around(&mut found, day);
            }
        }
        _ => {}
    });
    found
}

/// Starts for which the term's last day is `day`, or close to it where months differ in length.
fn starts(term: Term, day: NaiveDate) -> Vec<NaiveDate> {
    let months = term.period.years.saturating_mul(12).saturating_add(term.period.months);
    let Some(back) = day
        .checked_sub_months(chrono::Months::new(months))
        .and_then(|d| d.checked_sub_days(Days::new(u64::from(term.period.days))))
    else {
        return Vec::new();
    };
    (0..4)
        .filter_map(|n| back.checked_sub_days(Days::new(n)))
        .filter(|start| term.last_day_from(*start) <= Some(day))
        .take(2)
        .collect()
}

/// Courses that examinations may have taken, ending shortly before the day: none, passed, failed once to three times,
/// missed.
fn histories(reference: NaiveDate) -> Vec<Value> {
    let day = |back: u64| json!(reference.checked_sub_days(Days::new(back)).map(format_iso));
    let exam = |id: usize, back: u64, outcome: &str| json!({ "id": format!("e{id}"), "date": day(back), "outcome": outcome });
    let course = |outcomes: &[&str]| {
        let n = outcomes.len();
        Value::Array(
            outcomes
                .iter()
                .enumerate()
                .map(|(i, outcome)| exam(i + 1, 30 * u64::try_from(n - i).unwrap_or(0), outcome))
                .collect(),
        )
    };
    vec![
        Value::Null,
        course(&["passed"]),
        course(&["failed"]),
        course(&["failed", "failed"]),
        course(&["failed", "failed", "failed"]),
        course(&["failed", "absent_without_leave"]),
    ]
}

fn each_part(pack: &Pack, visit: &mut dyn FnMut(&Condition)) {
    pack.rules.iter().for_each(|rule| rule.walk(&mut |part| visit(part)));
}
