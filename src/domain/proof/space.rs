//! The decision space of a track: every combination of the answers that rules tell apart, as ordered decision diagrams.
//!
//! Each path has a few cells (取值格), one for each answer worth supposing; a diagram has one variable a cell, and
//! exactly one cell of a path holds. A condition becomes two diagrams, where it is true and where it is false: the rest
//! is what is missing (a document that is not attached) or what only a person can judge.

use std::collections::BTreeSet;

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet, BddVariableSetBuilder};
use chrono::NaiveDate;
use serde_json::json;

use crate::domain::base::json::Value;
use crate::domain::case::facts::{CARD_CLAIMED, FactValues, Supposed};
use crate::domain::case::{Application, PackRef};
use crate::domain::pack::{Condition, Pack, Route, Rule, serves};
use crate::domain::path::FieldPath;
use crate::domain::rule::{Outcome, Truth, candidates, truth_of};

/// The most cells of a track: diagrams number their variables with 16 bits.
const MAX_CELLS: usize = 60_000;

/// The combinations of answers of one track.
pub(super) struct Space {
    pub(super) track: String,
    application: Application,
    facts: FactValues,
    vars: BddVariableSet,
    paths: Vec<PathCells>,
    /// Exactly one cell of each path.
    pub(super) domain: Bdd,
}

struct PathCells {
    path: FieldPath,
    cells: Vec<Cell>,
}

struct Cell {
    /// The answer; `None` for a document that is not attached.
    value: Option<Value>,
    var: BddVariable,
}

/// Where a condition is true and where it is false.
#[derive(Clone)]
pub(super) struct Region {
    pub(super) yes: Bdd,
    pub(super) no: Bdd,
}

/// What becomes of a rule, and where.
#[derive(Clone)]
pub(super) struct Outcomes {
    pub(super) pass: Bdd,
    pub(super) fail: Bdd,
    pub(super) not_applicable: Bdd,
    /// Only a person can judge, or a document is missing.
    pub(super) undecided: Bdd,
}

/// An answer in a counter-example: the path, and `None` for a document that is not attached.
pub(super) type Example = Vec<(FieldPath, Option<Value>)>;

impl Space {
    /// The spaces of all tracks; `None` where a track's answers are more than diagrams can number.
    pub(super) fn of_tracks(pack: &Pack) -> Option<Vec<Self>> {
        pack.tracks.iter().map(|track| Self::of(pack, &track.id)).collect()
    }

    fn of(pack: &Pack, track: &str) -> Option<Self> {
        let reference = reference(pack);
        let application = Application {
            pack: PackRef { id: pack.info.id.clone(), version: pack.info.version.clone() },
            track: track.to_owned(),
            ..Application::default()
        };
        let facts = FactValues::of(pack, &application, reference);
        let mut builder = BddVariableSetBuilder::new();
        let mut n_cells = 0;
        let mut paths = Vec::new();
        for path in asked_paths(pack, track) {
            let mut values: Vec<Option<Value>> = answers(pack, &application, &facts, &path, track);
            if path.material().is_some() {
                values.push(None);
            }
            n_cells += values.len();
            if n_cells > MAX_CELLS {
                return None;
            }
            let cells = values
                .into_iter()
                .enumerate()
                .map(|(i, value)| Cell { value, var: builder.make_variable(&format!("{path}/{i}")) })
                .collect();
            paths.push(PathCells { path, cells });
        }
        let vars = builder.build();
        let mut domain = vars.mk_true();
        for path in &paths {
            let list: Vec<BddVariable> = path.cells.iter().map(|c| c.var).collect();
            domain = domain.and(&vars.mk_sat_exactly_k(1, &list));
        }
        Some(Self { track: track.to_owned(), application, facts, vars, paths, domain })
    }

    pub(super) fn everywhere(&self) -> Bdd {
        self.vars.mk_true()
    }

    pub(super) fn nowhere(&self) -> Bdd {
        self.vars.mk_false()
    }

    /// Where a condition is true and where it is false.
    pub(super) fn region(&self, pack: &Pack, condition: &Condition) -> Region {
        match condition {
            Condition::All(list) => {
                list.iter().fold(Region { yes: self.everywhere(), no: self.nowhere() }, |whole, part| {
                    let part = self.region(pack, part);
                    Region { yes: whole.yes.and(&part.yes), no: whole.no.or(&part.no) }
                })
            }
            Condition::Any(list) => {
                list.iter().fold(Region { yes: self.nowhere(), no: self.everywhere() }, |whole, part| {
                    let part = self.region(pack, part);
                    Region { yes: whole.yes.or(&part.yes), no: whole.no.and(&part.no) }
                })
            }
            Condition::Not(inner) => {
                let inner = self.region(pack, inner);
                Region { yes: inner.no, no: inner.yes }
            }
            atom => self.atom(pack, atom),
        }
    }

    /// Where a route leads to its centre.
    pub(super) fn route(&self, pack: &Pack, route: &Route) -> Bdd {
        route.when.as_ref().map_or_else(|| self.everywhere(), |when| self.region(pack, when).yes)
    }

    /// An atom, by trying every cell of the one or two paths that it reads.
    fn atom(&self, pack: &Pack, atom: &Condition) -> Region {
        let mut read: Vec<&FieldPath> = Vec::new();
        for fact in atom.own_facts().filter_map(|idx| pack.fact_at(idx)) {
            for path in self.sources(fact) {
                if !read.contains(&path) {
                    read.push(path);
                }
            }
        }
        let mut region = Region { yes: self.nowhere(), no: self.nowhere() };
        self.try_cells(&read, &mut Vec::new(), self.everywhere(), &mut |supposed, here| {
            let facts = self.facts.supposing(pack, &self.application, supposed);
            match truth_of(atom, &facts) {
                Truth::True => region.yes = region.yes.or(here),
                Truth::False => region.no = region.no.or(here),
                Truth::Unknown => {}
            }
        });
        region
    }

    /// The paths whose answers settle a fact, as far as the track asks for them.
    fn sources<'a>(
        &'a self,
        fact: &'a crate::domain::pack::Fact,
    ) -> impl Iterator<Item = &'a FieldPath> + 'a {
        let is_lapse = matches!(fact.derived, Some(crate::domain::pack::Derivation::CardLapse { .. }));
        self.paths
            .iter()
            .map(|p| &p.path)
            .filter(move |p| **p == fact.path || (is_lapse && p.as_str() == CARD_CLAIMED))
    }

    fn try_cells(
        &self,
        paths: &[&FieldPath],
        supposed: &mut Vec<(String, Option<Value>)>,
        here: Bdd,
        visit: &mut dyn FnMut(&Supposed, &Bdd),
    ) {
        let Some((path, rest)) = paths.split_first() else {
            visit(supposed, &here);
            return;
        };
        let Some(cells) = self.cells(path) else { return };
        for cell in &cells.cells {
            supposed.push((path.as_str().to_owned(), cell.value.clone()));
            self.try_cells(rest, supposed, here.and(&self.vars.mk_var(cell.var)), visit);
            supposed.pop();
        }
    }

    fn cells(&self, path: &FieldPath) -> Option<&PathCells> {
        self.paths.iter().find(|p| p.path == *path)
    }

    /// What becomes of a rule, and where.
    pub(super) fn outcomes(&self, pack: &Pack, rule: &Rule) -> Outcomes {
        let when = rule.when.as_ref().map_or_else(
            || Region { yes: self.everywhere(), no: self.nowhere() },
            |when| self.region(pack, when),
        );
        let condition = self.region(pack, &rule.condition);
        let pass = when.yes.and(&condition.yes).and(&self.domain);
        let fail = when.yes.and(&condition.no).and(&self.domain);
        let not_applicable = when.no.and(&self.domain);
        let undecided = self.domain.and_not(&pass).and_not(&fail).and_not(&not_applicable);
        Outcomes { pass, fail, not_applicable, undecided }
    }

    /// Whether some answers bring the rule to that outcome, every question answered.
    pub(super) fn can_be(&self, pack: &Pack, rule: &Rule, outcome: Outcome) -> bool {
        if !serves(&rule.tracks, &self.track) {
            return false;
        }
        let found = self.outcomes(pack, rule);
        match outcome {
            Outcome::Pass => !found.pass.is_false(),
            Outcome::Fail => !found.fail.is_false(),
            Outcome::NotApplicable => !found.not_applicable.is_false(),
            Outcome::Review => rule.condition.has_review() && !found.undecided.is_false(),
            Outcome::Open => !rule.condition.facts().is_empty(),
        }
    }

    /// Whether the answer at the path makes a difference to the diagram.
    pub(super) fn matters(&self, path: &FieldPath, where_true: &Bdd) -> bool {
        let Some(cells) = self.cells(path) else { return false };
        let mut first: Option<Bdd> = None;
        for cell in &cells.cells {
            let fixed: Vec<(BddVariable, bool)> =
                cells.cells.iter().map(|other| (other.var, other.var == cell.var)).collect();
            let here = where_true.restrict(&fixed);
            match &first {
                None => first = Some(here),
                Some(before) if before.iff(&here).is_true() => {}
                Some(_) => return true,
            }
        }
        false
    }

    /// Answers at which the diagram is true; only the paths of `shown` are told.
    pub(super) fn example(&self, where_true: &Bdd, shown: impl Fn(&FieldPath) -> bool) -> Option<Example> {
        let valuation = where_true.sat_witness()?;
        Some(
            self.paths
                .iter()
                .filter(|p| shown(&p.path))
                .filter_map(|p| {
                    let cell = p.cells.iter().find(|c| valuation.value(c.var))?;
                    Some((p.path.clone(), cell.value.clone()))
                })
                .collect(),
        )
    }

    /// The diagram where the session is that one.
    pub(super) fn at_session(&self, session: &str) -> Bdd {
        let cells = self.paths.iter().find(|p| p.path.as_str() == "session");
        let cell = cells.and_then(|p| p.cells.iter().find(|c| c.value == Some(json!(session))));
        cell.map_or_else(|| self.nowhere(), |cell| self.vars.mk_var(cell.var).and(&self.domain))
    }

    /// The paths of the track.
    pub(super) fn paths(&self) -> impl Iterator<Item = &FieldPath> {
        self.paths.iter().map(|p| &p.path)
    }
}

/// A day within the pack's time, so that sessions lie on both sides of it.
pub(super) fn reference(pack: &Pack) -> NaiveDate {
    pack.info.valid_from.max(pack.info.published)
}

/// Every path that a fact of the track follows from, each once, in the pack's order.
fn asked_paths(pack: &Pack, track: &str) -> Vec<FieldPath> {
    let mut paths = Vec::new();
    for fact in pack.facts.iter().filter(|f| serves(&f.tracks, track)) {
        if fact.path.as_str() != "track" && !paths.contains(&fact.path) {
            paths.push(fact.path.clone());
        }
    }
    paths
}

/// The answers worth supposing, by what each does to every fact that follows from the path: of answers that rules
/// cannot tell apart one is enough. Sessions of other tracks are answers too, wrong ones.
fn answers(
    pack: &Pack,
    application: &Application,
    facts: &FactValues,
    path: &FieldPath,
    track: &str,
) -> Vec<Option<Value>> {
    let mut values = candidates(pack, application, facts, path.as_str());
    match path.as_str() {
        "session" => {
            values = pack.sessions.iter().map(|s| json!(s.id)).collect();
        }
        "exam.history" => values.extend(histories(pack, track, facts.reference())),
        _ => {}
    }
    let mut seen = BTreeSet::new();
    values
        .into_iter()
        .filter(|value| {
            let supposed = [(path.as_str().to_owned(), Some(value.clone()))];
            let told = format!("{:?}", facts.supposing(pack, application, &supposed));
            seen.insert(told)
        })
        .map(Some)
        .collect()
}

/// Examinations whose periods end before, within and after every session's month.
fn histories(pack: &Pack, track: &str, reference: NaiveDate) -> Vec<Value> {
    use chrono::{Days, Months};

    use crate::domain::base::date::format_iso;
    let mut ends: Vec<NaiveDate> = vec![reference];
    ends.extend(
        pack.sessions
            .iter()
            .filter(|s| serves(&s.tracks, track))
            .filter_map(|s| s.month?.checked_add_days(Days::new(14))),
    );
    let mut found = Vec::new();
    for end in ends {
        for back in [12, 30] {
            let Some(last) = end.checked_sub_months(Months::new(back)) else { continue };
            for n in [1_u64, 3] {
                let exam = |i: u64| {
                    let date = last.checked_sub_days(Days::new(40 * (n - i))).unwrap_or(last);
                    json!({ "id": format!("e{i}"), "date": format_iso(date), "outcome": "failed" })
                };
                found.push(Value::Array((1..=n).map(exam).collect()));
            }
            // A single failure whose year ends in that month, so that its retakes are counted from there.
            found.push(json!([
                { "id": "e1", "date": format_iso(last), "outcome": "failed" },
                { "id": "e2", "date": format_iso(last.checked_add_days(Days::new(40)).unwrap_or(last)), "outcome": "failed" },
            ]));
        }
    }
    found
}
