//! Mutations: the pack with one thing changed. Scenarios that notice none of it would not notice a mistake either.

use super::scenario::Scenario;
use super::space::{Outcomes, Space};
use crate::domain::case::facts::FactValues;
use crate::domain::guide;
use crate::domain::pack::{Bound, Condition, Day, FactKind, Literal, Pack, Rule, Stage, Term, serves};
use crate::domain::rule::{self, Eligibility, Outcome};

/// A changed pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// The rule, or `route <place>`.
    pub at: String,
    /// What was changed.
    pub change: String,
}

/// What became of all mutants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutations {
    /// How many there were.
    pub n_all: usize,
    /// How many scenarios noticed.
    pub n_killed: usize,
    /// Those that mean the same as the pack, as the decision diagrams prove.
    pub equivalent: Vec<Mutant>,
    /// Those that no scenario noticed though they mean something else.
    pub survivors: Vec<Mutant>,
}

/// Changes every rule and route in every way, one at a time, and looks whether some scenario comes out differently.
#[must_use]
pub fn mutations(pack: &Pack, scenarios: &[Scenario]) -> Mutations {
    let judged: Vec<Judged<'_>> = scenarios.iter().map(|scenario| Judged::of(pack, scenario)).collect();
    let spaces = Space::of_tracks(pack).unwrap_or_default();
    let mut all = Mutations { n_all: 0, n_killed: 0, equivalent: Vec::new(), survivors: Vec::new() };
    for rule in pack.rules.iter().filter(|r| !r.is_dormant) {
        for (change, mutated) in rule_mutants(pack, rule) {
            let is_killed = judged.iter().any(|j| j.notices_rule(rule, mutated.as_ref()));
            let is_equivalent = || {
                mutated
                    .as_ref()
                    .is_some_and(|m| m.blocking == rule.blocking && is_same_rule(pack, &spaces, rule, m))
            };
            all.count(Mutant { at: rule.id.clone(), change }, is_killed, is_equivalent);
        }
    }
    for (place, route) in pack.routes.iter().enumerate() {
        let mut mutants: Vec<(String, Option<Option<Condition>>)> = vec![("去掉".to_owned(), None)];
        if let Some(when) = &route.when {
            mutants.push(("去掉 when".to_owned(), Some(None)));
            mutants
                .extend(condition_mutants(pack, when).into_iter().map(|(change, c)| (change, Some(Some(c)))));
        }
        for (change, when) in mutants {
            let mut changed = pack.clone();
            match when {
                None => {
                    changed.routes.remove(place);
                }
                Some(when) => {
                    if let Some(route) = changed.routes.get_mut(place) {
                        route.when = when;
                    }
                }
            }
            let is_killed = judged.iter().any(|j| j.notices_routes(&changed));
            let is_equivalent = || is_same_routing(pack, &changed, &spaces, &route.step);
            all.count(
                Mutant { at: format!("route {place} {}", route.step), change },
                is_killed,
                is_equivalent,
            );
        }
    }
    all
}

impl Mutations {
    fn count(&mut self, mutant: Mutant, is_killed: bool, is_equivalent: impl Fn() -> bool) {
        self.n_all += 1;
        if is_killed {
            self.n_killed += 1;
        } else if is_equivalent() {
            self.equivalent.push(mutant);
        } else {
            self.survivors.push(mutant);
        }
    }
}

/// A scenario with what the pack says of it.
struct Judged<'a> {
    scenario: &'a Scenario,
    facts: FactValues,
    eligibility: Eligibility,
}

impl<'a> Judged<'a> {
    fn of(pack: &Pack, scenario: &'a Scenario) -> Self {
        let facts = scenario.facts(pack);
        let eligibility = rule::judge(pack, &scenario.application.track, &facts);
        Self { scenario, facts, eligibility }
    }

    /// Whether an expectation of the scenario fails with the rule as it was changed, or without it.
    fn notices_rule(&self, rule: &Rule, mutated: Option<&Rule>) -> bool {
        let expected = self.scenario.rules.get(&rule.id);
        let found = mutated
            .filter(|m| serves(&m.tracks, &self.scenario.application.track))
            .map(|m| rule::outcome_of(m, &self.facts));
        if expected.is_some_and(|word| found.map_or("absent", Outcome::as_str) != word) {
            return true;
        }
        let Some(verdict) = &self.scenario.verdict else { return false };
        if rule.stage != Stage::Eligibility || !serves(&rule.tracks, &self.scenario.application.track) {
            return false;
        }
        let mut changed = self.eligibility.clone();
        changed.findings.retain_mut(|f| {
            if f.rule != rule.id {
                return true;
            }
            if let (Some(outcome), Some(m)) = (found, mutated) {
                f.outcome = outcome;
                f.blocking = m.blocking;
            }
            found.is_some()
        });
        changed.reconsidered(&self.scenario.application.track).as_str() != verdict
    }

    fn notices_routes(&self, changed: &Pack) -> bool {
        if self.scenario.routing.is_empty() {
            return false;
        }
        let routing = guide::routing(changed, &self.scenario.application, &self.facts);
        self.scenario.routing.iter().any(|(step, expected)| {
            let centre = routing.iter().find(|r| r.step == step).and_then(|r| r.centre.as_ref());
            centre.map_or("none", |(id, _)| id) != expected
        })
    }
}

fn is_same_rule(pack: &Pack, spaces: &[Space], rule: &Rule, mutated: &Rule) -> bool {
    !spaces.is_empty()
        && spaces.iter().filter(|space| serves(&rule.tracks, &space.track)).all(|space| {
            let (a, b): (Outcomes, Outcomes) = (space.outcomes(pack, rule), space.outcomes(pack, mutated));
            [(&a.pass, &b.pass), (&a.fail, &b.fail), (&a.not_applicable, &b.not_applicable)]
                .iter()
                .all(|(a, b)| a.xor(b).is_false())
        })
}

/// Whether every combination of answers is led to the same centre.
fn is_same_routing(pack: &Pack, changed: &Pack, spaces: &[Space], step: &str) -> bool {
    let by_centre = |pack: &Pack, space: &Space, centre: &str| {
        let mut taken = space.nowhere();
        let mut found = space.nowhere();
        for route in pack.routes.iter().filter(|r| r.step == step && serves(&r.tracks, &space.track)) {
            let here = space.route(pack, route);
            let here = here.and_not(&taken);
            taken = taken.or(&here);
            if route.centre == centre {
                found = found.or(&here);
            }
        }
        found.and(&space.domain)
    };
    !spaces.is_empty()
        && spaces.iter().all(|space| {
            pack.centres.iter().all(|centre| {
                by_centre(pack, space, &centre.id).xor(&by_centre(changed, space, &centre.id)).is_false()
            })
        })
}

/// Every change of a rule; `None` for the rule taken out.
fn rule_mutants(pack: &Pack, rule: &Rule) -> Vec<(String, Option<Rule>)> {
    let mut mutants = vec![("去掉".to_owned(), None)];
    if rule.status.may_block() && rule.stage == Stage::Eligibility {
        mutants.push(("blocking 取反".to_owned(), Some(Rule { blocking: !rule.blocking, ..rule.clone() })));
    }
    for (change, condition) in condition_mutants(pack, &rule.condition) {
        mutants.push((change, Some(Rule { condition, ..rule.clone() })));
    }
    if let Some(when) = &rule.when {
        mutants.push(("去掉 when".to_owned(), Some(Rule { when: None, ..rule.clone() })));
        for (change, when) in condition_mutants(pack, when) {
            mutants.push((format!("when：{change}"), Some(Rule { when: Some(when), ..rule.clone() })));
        }
    }
    mutants
}

/// Every change of one part of a condition: negated, a member dropped, all for any, a number moved by one, a value
/// taken away or added, a period a day longer or shorter, another day compared with.
fn condition_mutants(pack: &Pack, condition: &Condition) -> Vec<(String, Condition)> {
    let mut mutants = Vec::new();
    if !matches!(condition, Condition::Review(_)) {
        mutants
            .push((format!("取反 {}", name(pack, condition)), Condition::Not(Box::new(condition.clone()))));
    }
    mutants.extend(
        own_mutants(pack, condition).into_iter().map(|(c, m)| (format!("{c} {}", name(pack, condition)), m)),
    );
    for (place, part) in condition.parts().iter().enumerate() {
        for (change, mutated) in condition_mutants(pack, part) {
            mutants.push((change, with_part(condition, place, Some(mutated))));
        }
    }
    mutants
}

fn own_mutants(pack: &Pack, condition: &Condition) -> Vec<(String, Condition)> {
    let mut mutants = Vec::new();
    match condition {
        Condition::All(list) | Condition::Any(list) if list.len() > 1 => {
            let swapped = if matches!(condition, Condition::All(_)) {
                Condition::Any(list.clone())
            } else {
                Condition::All(list.clone())
            };
            mutants.push(("all 与 any 对换".to_owned(), swapped));
            for place in 0..list.len() {
                mutants.push((format!("去掉第 {} 项", place + 1), with_part(condition, place, None)));
            }
        }
        Condition::In(idx, list) => {
            for (place, literal) in list.iter().enumerate() {
                let mut rest = list.clone();
                rest.remove(place);
                mutants.push((format!("去掉取值 {literal}"), Condition::In(*idx, rest)));
            }
            for literal in other_values(pack, *idx, list) {
                let more = list.iter().cloned().chain([literal.clone()]).collect();
                mutants.push((format!("添上取值 {literal}"), Condition::In(*idx, more)));
            }
        }
        Condition::Is(idx, literal) => {
            for other in other_values(pack, *idx, std::slice::from_ref(literal)) {
                mutants.push((format!("取值改为 {other}"), Condition::Is(*idx, other)));
            }
        }
        Condition::AtLeast(idx, bound) => {
            mutants.extend(moved(*bound).map(|b| ("界限移一".to_owned(), Condition::AtLeast(*idx, b))));
        }
        Condition::AtMost(idx, bound) => {
            mutants.extend(moved(*bound).map(|b| ("界限移一".to_owned(), Condition::AtMost(*idx, b))));
        }
        Condition::Within(idx, term, day) => {
            mutants.extend(
                moved_terms(*term).map(|t| ("期间移一天".to_owned(), Condition::Within(*idx, t, *day))),
            );
            mutants.extend(
                other_day(*day).map(|d| ("改按判断当日".to_owned(), Condition::Within(*idx, *term, d))),
            );
        }
        Condition::Elapsed(idx, term, day) => {
            mutants.extend(
                moved_terms(*term).map(|t| ("期间移一天".to_owned(), Condition::Elapsed(*idx, t, *day))),
            );
            mutants.extend(
                other_day(*day).map(|d| ("改按判断当日".to_owned(), Condition::Elapsed(*idx, *term, d))),
            );
        }
        Condition::Before(idx, day) => {
            mutants.push(("早于改为晚于".to_owned(), Condition::After(*idx, *day)));
            mutants.extend(other_day(*day).map(|d| ("改按判断当日".to_owned(), Condition::Before(*idx, d))));
        }
        Condition::After(idx, day) => {
            mutants.push(("晚于改为早于".to_owned(), Condition::Before(*idx, *day)));
            mutants.extend(other_day(*day).map(|d| ("改按判断当日".to_owned(), Condition::After(*idx, d))));
        }
        Condition::Ahead(a, n, b) => {
            mutants.push(("多一个工作日".to_owned(), Condition::Ahead(*a, n + 1, *b)));
            mutants
                .extend(n.checked_sub(1).map(|n| ("少一个工作日".to_owned(), Condition::Ahead(*a, n, *b))));
        }
        _ => {}
    }
    mutants
}

/// The values of a fact that a list does not name.
fn other_values(pack: &Pack, idx: crate::domain::pack::FactIdx, list: &[Literal]) -> Vec<Literal> {
    let Some(fact) = pack.fact_at(idx) else { return Vec::new() };
    let all: Vec<Literal> = match (&fact.kind, fact.path.as_str()) {
        (FactKind::Bool, _) => vec![Literal::Bool(true), Literal::Bool(false)],
        (FactKind::Choice { options, .. }, _) => (0..options.len()).map(Literal::Option).collect(),
        (FactKind::Integer, _) => {
            let near = |n: i64| [n.saturating_sub(1), n.saturating_add(1)];
            list.iter()
                .filter_map(|l| if let Literal::Integer(n) = l { Some(near(*n)) } else { None })
                .flatten()
                .map(Literal::Integer)
                .collect()
        }
        (FactKind::Text, "session") if fact.id == "session" => {
            pack.sessions.iter().map(|s| Literal::Text(s.id.clone())).collect()
        }
        _ => Vec::new(),
    };
    let mut others: Vec<Literal> = Vec::new();
    for literal in all {
        if !list.contains(&literal) && !others.contains(&literal) {
            others.push(literal);
        }
    }
    others
}

fn moved(bound: Bound) -> impl Iterator<Item = Bound> {
    let (less, more) = match bound {
        Bound::Rank(n) => (n.checked_sub(1).map(Bound::Rank), Some(Bound::Rank(n + 1))),
        Bound::Integer(n) => (n.checked_sub(1).map(Bound::Integer), n.checked_add(1).map(Bound::Integer)),
    };
    less.into_iter().chain(more)
}

/// The same period a day longer, and a day shorter: as if its first day were counted.
fn moved_terms(term: Term) -> impl Iterator<Item = Term> {
    let mut longer = term;
    longer.period.days += 1;
    [longer, Term { counts_first_day: !term.counts_first_day, ..term }].into_iter()
}

fn other_day(day: Day) -> Option<Day> {
    matches!(day, Day::Of(_)).then_some(Day::Reference)
}

/// The condition with a part replaced, or taken out.
fn with_part(condition: &Condition, place: usize, part: Option<Condition>) -> Condition {
    let replaced = |list: &[Condition]| {
        let mut list = list.to_vec();
        match part.clone() {
            Some(part) => {
                if let Some(slot) = list.get_mut(place) {
                    *slot = part;
                }
            }
            None => {
                list.remove(place);
            }
        }
        list
    };
    match condition {
        Condition::All(list) => Condition::All(replaced(list)),
        Condition::Any(list) => Condition::Any(replaced(list)),
        Condition::Not(_) => Condition::Not(Box::new(part.unwrap_or(Condition::All(Vec::new())))),
        other => other.clone(),
    }
}

/// A part of a condition in a few words, for a list.
fn name(pack: &Pack, condition: &Condition) -> String {
    match condition {
        Condition::All(_) => "all".to_owned(),
        Condition::Any(_) => "any".to_owned(),
        Condition::Not(_) => "not".to_owned(),
        Condition::Review(_) => "review".to_owned(),
        atom => atom
            .own_facts()
            .filter_map(|idx| pack.fact_at(idx))
            .map(|f| f.id.clone())
            .collect::<Vec<_>>()
            .join("、"),
    }
}
