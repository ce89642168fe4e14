//! The minimal sets of missing answers that can settle an open rule.

use std::collections::BTreeSet;

use super::{Outcome, candidates, outcome_of};
use crate::domain::base::json::Value;
use crate::domain::case::Application;
use crate::domain::case::facts::{FactValues, Known, Supposed};
use crate::domain::pack::{Pack, Rule};
use crate::domain::path::FieldPath;

/// How many answers together are tried; nobody plans further ahead.
pub(super) const MAX_TOGETHER: usize = 3;

/// How many suppositions are tried before the search is given up.
const MAX_TRIES: usize = 20_000;

/// The smallest sets of paths of which some answers settle `rule`, none of them holding another; smaller ones first,
/// then in the order of their paths. Empty where the rule is not open, or where more than three answers are needed.
#[must_use]
pub fn settling_sets(
    pack: &Pack,
    rule: &Rule,
    application: &Application,
    facts: &FactValues,
) -> Vec<Vec<FieldPath>> {
    if outcome_of(rule, facts) != Outcome::Open {
        return Vec::new();
    }
    let paths = paths_of(pack, rule, |known| *known == Known::Unknown, facts);
    let mut found: Vec<Vec<FieldPath>> = Vec::new();
    let mut n_tries = 0;
    for size in 1..=MAX_TOGETHER.min(paths.len()) {
        for set in subsets(paths.len(), size) {
            let set: Vec<FieldPath> = set.into_iter().filter_map(|i| paths.get(i).cloned()).collect();
            if found.iter().any(|smaller| smaller.iter().all(|p| set.contains(p))) {
                continue;
            }
            let settles = any_answers(pack, application, facts, &set, &mut n_tries, &mut |supposed| {
                let facts = facts.supposing(pack, application, supposed);
                outcome_of(rule, &facts) != Outcome::Open
            });
            if settles.is_some() {
                found.push(set);
            }
        }
    }
    found
}

/// The paths that a rule reads and whose fact fits, each once, in the pack's order.
pub(super) fn paths_of(
    pack: &Pack,
    rule: &Rule,
    fits: impl Fn(&Known) -> bool,
    facts: &FactValues,
) -> Vec<FieldPath> {
    let mut seen = BTreeSet::new();
    rule.facts()
        .into_iter()
        .filter(|idx| fits(facts.get(*idx)))
        .filter_map(|idx| pack.fact_at(idx))
        .filter(|fact| seen.insert(fact.path.clone()))
        .map(|fact| fact.path.clone())
        .collect()
}

/// The first answers to the paths of `set` for which `test` holds.
pub(super) fn any_answers(
    pack: &Pack,
    application: &Application,
    facts: &FactValues,
    set: &[FieldPath],
    n_tries: &mut usize,
    test: &mut dyn FnMut(&Supposed) -> bool,
) -> Option<Vec<(String, Option<Value>)>> {
    let choices: Vec<Vec<Value>> =
        set.iter().map(|path| candidates(pack, application, facts, path.as_str())).collect();
    if choices.iter().any(Vec::is_empty) {
        return None;
    }
    let mut places = vec![0; set.len()];
    loop {
        if *n_tries >= MAX_TRIES {
            return None;
        }
        *n_tries += 1;
        let supposed: Vec<(String, Option<Value>)> = set
            .iter()
            .zip(&choices)
            .zip(&places)
            .map(|((path, values), place)| (path.as_str().to_owned(), values.get(*place).cloned()))
            .collect();
        if test(&supposed) {
            return Some(supposed);
        }
        // Counts on, the last place first, so that earlier paths keep their first answers longest.
        let next = (0..places.len()).rev().find(|i| {
            let n = choices.get(*i).map_or(0, Vec::len);
            places.get(*i).is_some_and(|place| place + 1 < n)
        })?;
        for (i, place) in places.iter_mut().enumerate() {
            match i.cmp(&next) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => *place += 1,
                std::cmp::Ordering::Greater => *place = 0,
            }
        }
    }
}

/// Every set of `size` of the first `n` numbers, in order.
pub(super) fn subsets(n: usize, size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for last in size - 1..n {
        for mut set in subsets(last, size - 1) {
            set.push(last);
            all.push(set);
        }
    }
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use super::subsets;

    #[test]
    fn subsets_are_complete_and_in_order() {
        assert_eq!(subsets(3, 2), [[0, 1], [0, 2], [1, 2]]);
        assert_eq!(subsets(4, 3).len(), 4);
        assert_eq!(subsets(2, 3), Vec::<Vec<usize>>::new());
        assert_eq!(subsets(0, 0), [Vec::<usize>::new()]);
    }
}
