//! The linter: what in a pack cannot mean what it says, found in the decision space, not by sampling.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::space::{Example, Outcomes, Space};
use crate::domain::pack::{Condition, Fact, Pack, Place, Required, Rule, SessionKind, serves};
use crate::domain::path::FieldPath;

/// One finding about a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// What kind of trouble, such as `rule-never-holds`.
    pub kind: &'static str,
    /// Id of what it is about.
    pub at: String,
    /// Where that stands in the pack's text.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// Answers that show it, as a scenario that can be pasted; empty where none is needed.
    pub example: String,
}

impl Lint {
    /// As JSON, for the command line.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({
            "kind": self.kind,
            "at": self.at,
            "line": self.place.map(|p| p.line),
            "column": self.place.map(|p| p.column),
            "message": self.message,
            "example": self.example,
        })
    }
}

/// Every finding about `pack`, whose text is `text`; in the order of their places.
#[must_use]
pub fn lint(pack: &Pack, text: &str) -> Vec<Lint> {
    let mut linter = Linter { pack, text, found: Vec::new() };
    linter.unused();
    linter.clauses();
    let Some(spaces) = Space::of_tracks(pack) else {
        linter.note(
            "too-large",
            "track",
            "",
            "选项太多，超出判定图的变量数，没有检查规则之间的关系".to_owned(),
            String::new(),
        );
        return linter.found;
    };
    linter.rules(&spaces);
    for space in &spaces {
        linter.together(space);
        linter.routes(space);
        linter.questions(space);
    }
    let mut found = linter.found;
    found.sort_by(|a, b| (a.place, a.kind, &a.at).cmp(&(b.place, b.kind, &b.at)));
    found.dedup();
    found
}

struct Linter<'a> {
    pack: &'a Pack,
    text: &'a str,
    found: Vec<Lint>,
}

impl Linter<'_> {
    fn note(&mut self, kind: &'static str, table: &str, at: &str, message: String, example: String) {
        let place = place_of_id(self.text, table, at);
        self.found.push(Lint { kind, at: at.to_owned(), place, message, example });
    }

    /// Facts, parameters, sources, option lists and definitions that nothing reads.
    fn unused(&mut self) {
        let pack = self.pack;
        let read: Vec<_> = every_condition(pack).into_iter().flat_map(Condition::facts).collect();
        for (idx, fact) in pack.facts.iter().enumerate() {
            let feeds_another = fact.derived.is_none()
                && pack.facts.iter().any(|f| f.derived.is_some() && f.path == fact.path);
            let is_lapse = fact.id == crate::domain::case::facts::CARD_CLAIMED;
            if !read.iter().any(|i| i.0 == idx)
                && !feeds_another
                && !is_lapse
                && !is_confirmation(fact)
                && !awaits(pack, idx)
            {
                self.note(
                    "fact-unused",
                    "fact",
                    &fact.id,
                    format!("事实“{}”没有规则读取", fact.id),
                    String::new(),
                );
            }
        }
        for parameter in &pack.parameters {
            let quoted = format!("\"{}\"", parameter.id);
            let is_read = pack.rules.iter().any(|r| r.parameters.contains(&parameter.id))
                || self.text.matches(&format!("parameter = {quoted}")).count() > 0
                || CONVENTIONS.contains(&parameter.id.as_str());
            if !is_read {
                self.note(
                    "parameter-unused",
                    "parameter",
                    &parameter.id,
                    format!("参数“{}”没有规则或期限读取", parameter.id),
                    String::new(),
                );
            }
        }
        for source in &pack.sources {
            if !pack.rules.iter().any(|r| r.source.as_deref() == Some(&source.id)) {
                self.note(
                    "source-unused",
                    "source",
                    &source.id,
                    format!("来源“{}”没有规则引用", source.id),
                    String::new(),
                );
            }
        }
        for (table, key) in [("options", "options"), ("definition", "holds")] {
            for id in ids_of(self.text, table) {
                if !self.text.contains(&format!("{key} = \"{id}\"")) {
                    self.note("list-unused", table, &id, format!("“{id}”没有用到"), String::new());
                }
            }
        }
    }

    fn clauses(&mut self) {
        for clause in &self.pack.clauses {
            let n_rules = self.pack.rules.iter().filter(|r| r.clauses.contains(&clause.id)).count();
            if n_rules == 0 && clause.without_rule.is_empty() {
                let message = format!("条款“{}”没有规则，也没有写明为什么（without_rule）", clause.locator);
                self.note("clause-uncovered", "clause", &clause.id, message, String::new());
            }
            if n_rules > 0 && !clause.without_rule.is_empty() {
                let message = format!("条款“{}”写了 without_rule，但有 {n_rules} 条规则引用", clause.locator);
                self.note("clause-covered", "clause", &clause.id, message, String::new());
            }
        }
    }

    /// Rules that always or never hold, never apply, or leave some answers without a verdict.
    fn rules(&mut self, spaces: &[Space]) {
        for rule in self.pack.rules.iter().filter(|r| !r.is_dormant) {
            let found: Vec<(&Space, Outcomes)> = spaces
                .iter()
                .filter(|s| serves(&rule.tracks, &s.track))
                .map(|s| (s, s.outcomes(self.pack, rule)))
                .collect();
            let nowhere = |part: fn(&Outcomes) -> &biodivine_lib_bdd::Bdd| {
                found.iter().all(|(_, o)| part(o).is_false())
            };
            let is_judgement = rule.condition.has_review();
            let never_applies = nowhere(|o| &o.pass) && nowhere(|o| &o.fail) && nowhere(|o| &o.undecided);
            if never_applies {
                self.rule_note("rule-never-applies", rule, "没有任何回答使它适用");
            } else if nowhere(|o| &o.pass) && !is_judgement {
                self.rule_note("rule-never-holds", rule, "没有任何回答使它成立");
            } else if nowhere(|o| &o.fail) && nowhere(|o| &o.undecided) {
                self.rule_note("rule-always-holds", rule, "无论怎样回答都成立");
            }
            let is_gap = rule.is_decisive() && !is_judgement;
            for (space, outcomes) in found.iter().filter(|(_, o)| is_gap && !o.undecided.is_false()) {
                let read = read_paths(self.pack, rule);
                let example = space.example(&outcomes.undecided, |p| read.contains(p));
                let text = scenario_text(
                    &format!("缺口：{} 得不出结果", rule.id),
                    &space.track,
                    example,
                    &rule.id,
                    "open",
                );
                self.note(
                    "rule-undecided",
                    "rule",
                    &rule.id,
                    format!("规则“{}”在问题都答完之后仍得不出结果", rule.id),
                    text,
                );
            }
        }
    }

    fn rule_note(&mut self, kind: &'static str, rule: &Rule, words: &str) {
        self.note(kind, "rule", &rule.id, format!("规则“{}”：{words}", rule.id), String::new());
    }

    /// Rules that cannot both hold, and sessions that nobody can attend.
    fn together(&mut self, space: &Space) {
        let met: Vec<(&Rule, biodivine_lib_bdd::Bdd)> = self
            .pack
            .rules_for(&space.track)
            .filter(|r| r.is_decisive())
            .map(|rule| {
                let o = space.outcomes(self.pack, rule);
                // What a person decides may come out well.
                let open = if rule.condition.has_review() { o.undecided } else { space.nowhere() };
                (rule, o.pass.or(&o.not_applicable).or(&open))
            })
            .collect();
        for (place, (rule, here)) in met.iter().enumerate() {
            for (other, there) in met.iter().skip(place + 1) {
                if !here.is_false() && !there.is_false() && here.and(there).is_false() {
                    let message = format!("规则“{}”与“{}”不可能都成立（{}）", rule.id, other.id, space.track);
                    self.note("rules-contradict", "rule", &other.id, message, String::new());
                }
            }
        }
        let all = met.iter().fold(space.domain.clone(), |all, (_, here)| all.and(here));
        if all.is_false() {
            let message = format!("没有任何回答能符合“{}”的全部规则", space.track);
            self.note("nobody-qualifies", "track", &space.track, message, String::new());
            return;
        }
        for session in self.pack.sessions.iter().filter(|s| serves(&s.tracks, &space.track)) {
            if all.and(&space.at_session(&session.id)).is_false() {
                let what = if session.kind == SessionKind::Retake { "补考" } else { "培训班" };
                let message =
                    format!("“{}”列给“{}”，但没有人能符合这个{what}的规则", session.label, space.track);
                self.note("session-for-nobody", "session", &session.id, message, String::new());
            }
        }
    }

    /// Answers of persons who qualify for which no centre is named, or two.
    fn routes(&mut self, space: &Space) {
        let qualified = self
            .pack
            .rules_for(&space.track)
            .filter(|r| r.is_decisive())
            .fold(space.domain.clone(), |all, rule| all.and_not(&space.outcomes(self.pack, rule).fail));
        let steps: BTreeSet<&str> = self.pack.routes.iter().map(|r| r.step.as_str()).collect();
        for step in steps {
            let routes =
                self.pack.routes.iter().filter(|r| r.step == step && serves(&r.tracks, &space.track));
            let mut taken = space.nowhere();
            let mut centres: Vec<(&str, biodivine_lib_bdd::Bdd)> = Vec::new();
            for route in routes {
                let here = space.route(self.pack, route);
                for (centre, there) in &centres {
                    let both = qualified.and(&here).and(there);
                    if *centre != route.centre && !both.is_false() {
                        let text = scenario_text(
                            &format!("重叠：{step} 有两个中心"),
                            &space.track,
                            space.example(&both, is_routing),
                            "",
                            "",
                        );
                        self.note(
                            "routes-overlap",
                            "route",
                            step,
                            format!("{step} 在“{}”有两个中心", space.track),
                            text,
                        );
                    }
                }
                taken = taken.or(&here);
                centres.push((&route.centre, here));
            }
            let gap = qualified.and_not(&taken);
            if !gap.is_false() {
                let text = scenario_text(
                    &format!("缺口：{step} 没有中心"),
                    &space.track,
                    space.example(&gap, is_routing),
                    "",
                    "",
                );
                self.note(
                    "route-gap",
                    "route",
                    step,
                    format!("{step} 在“{}”有回答没有对应的中心", space.track),
                    text,
                );
            }
        }
    }

    /// Questions whose answer makes no difference to any rule, route, material or field of the track.
    fn questions(&mut self, space: &Space) {
        let pack = self.pack;
        let mut diagrams = Vec::new();
        for rule in pack.rules_for(&space.track) {
            let o = space.outcomes(pack, rule);
            diagrams.extend([o.pass, o.fail, o.not_applicable]);
        }
        for when in pack
            .routes
            .iter()
            .filter(|r| serves(&r.tracks, &space.track))
            .filter_map(|r| r.when.as_ref())
            .chain(pack.materials_for(&space.track).filter_map(|m| m.when.as_ref()))
        {
            let region = space.region(pack, when);
            diagrams.extend([region.yes, region.no]);
        }
        let dormant: Vec<FieldPath> =
            pack.rules.iter().filter(|r| r.is_dormant).flat_map(|r| written_paths(pack, r)).collect();
        let unreachable: Vec<FieldPath> = space
            .paths()
            .filter(|path| pack.fact(path.as_str()).is_some_and(|(_, f)| f.derived.is_none()))
            .filter(|path| !dormant.contains(path) && !confirms_dormant(pack, path))
            .filter(|path| !diagrams.iter().any(|d| space.matters(path, d)))
            .cloned()
            .collect();
        for path in unreachable {
            let message = format!("“{}”在“{}”里怎样回答都不影响任何规则", path, space.track);
            self.note("question-unreachable", "fact", path.as_str(), message, String::new());
        }
    }
}

/// Parameters that deadlines read by name.
const CONVENTIONS: &[&str] = &["period.first_day", crate::domain::pack::CLAIM_END, "leave.reading"];

fn is_routing(path: &FieldPath) -> bool {
    path.as_str() == "session" || path.as_str().starts_with("unit.")
}

fn is_confirmation(fact: &Fact) -> bool {
    fact.id.starts_with("confirm.")
}

/// Whether the path is the confirmation of a rule that is not judged yet.
fn confirms_dormant(pack: &Pack, path: &FieldPath) -> bool {
    path.as_str().strip_prefix("confirm.").and_then(|id| pack.rule(id)).is_some_and(|rule| rule.is_dormant)
}

/// Whether a rule that waits for a parameter reads the fact: its written condition is not judged yet.
fn awaits(pack: &Pack, idx: usize) -> bool {
    pack.rules.iter().filter(|r| r.is_dormant).any(|r| r.written_facts.iter().any(|i| i.0 == idx))
}

fn written_paths(pack: &Pack, rule: &Rule) -> Vec<FieldPath> {
    rule.written_facts.iter().filter_map(|idx| pack.fact_at(*idx)).map(|f| f.path.clone()).collect()
}

fn read_paths(pack: &Pack, rule: &Rule) -> Vec<FieldPath> {
    rule.facts().into_iter().filter_map(|idx| pack.fact_at(idx)).map(|f| f.path.clone()).collect()
}

/// Every condition of a pack.
fn every_condition(pack: &Pack) -> Vec<&Condition> {
    let fields = pack.form.iter().flat_map(|s| &s.fields);
    let required =
        fields.filter_map(|f| if let Required::When(when) = &f.required { Some(when) } else { None });
    pack.rules
        .iter()
        .flat_map(|r| r.when.iter().chain([&r.condition]))
        .chain(pack.routes.iter().filter_map(|r| r.when.as_ref()))
        .chain(pack.materials.iter().filter_map(|m| m.when.as_ref()))
        .chain(required)
        .collect()
}

/// A scenario that shows the answers; `base` is a blank one of the track.
fn scenario_text(name: &str, track: &str, example: Option<Example>, rule: &str, outcome: &str) -> String {
    let Some(example) = example else { return String::new() };
    let mut set = Vec::new();
    let mut nothing = Vec::new();
    let mut session = None;
    for (path, value) in example {
        match value {
            Some(Value::Null) => nothing.push(format!("\"{path}\"")),
            Some(value) if path.as_str() == "session" => session = value.as_str().map(str::to_owned),
            Some(value) if path.material().is_none() => {
                set.push(format!("\"{path}\" = {}", toml_of(&value)));
            }
            _ => {}
        }
    }
    let mut text = format!("[[scenario]]\nname = \"{name}\"\nbase = \"{track}\"\n");
    if let Some(session) = session {
        text.push_str(&format!("session = \"{session}\"\n"));
    }
    text.push_str(&format!("set = {{ {} }}\n", set.join(", ")));
    if !nothing.is_empty() {
        text.push_str(&format!("nothing = [{}]\n", nothing.join(", ")));
    }
    if !rule.is_empty() {
        text.push_str(&format!("rules = {{ {rule} = \"{outcome}\" }}\n"));
    }
    text
}

fn toml_of(value: &Value) -> String {
    match value {
        Value::Array(list) => {
            let entries: Vec<String> = list
                .iter()
                .filter_map(Value::as_object)
                .map(|object| {
                    let pairs: Vec<String> = object.iter().map(|(k, v)| format!("{k} = {v}")).collect();
                    format!("{{ {} }}", pairs.join(", "))
                })
                .collect();
            format!("[{}]", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// Where the table of that name with that id begins; the first table of that name where it has no id.
fn place_of_id(text: &str, table: &str, id: &str) -> Option<Place> {
    let header = format!("[[{table}]]");
    let wanted = format!("id = \"{id}\"");
    let mut is_inside = false;
    let mut first = None;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.starts_with("[[") {
            is_inside = line == header;
            if is_inside && first.is_none() {
                first = Some(Place { line: number + 1, column: 1 });
            }
        } else if is_inside && line == wanted {
            return Some(Place { line: number + 1, column: 6 });
        }
    }
    first
}

/// The ids of the tables of that name.
fn ids_of(text: &str, table: &str) -> Vec<String> {
    let header = format!("[[{table}]]");
    let mut is_inside = false;
    let mut ids = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        if line.starts_with("[[") {
            is_inside = line == header;
        } else if let (true, Some(rest)) = (is_inside, line.strip_prefix("id = \"")) {
            ids.extend(rest.strip_suffix('"').map(str::to_owned));
        }
    }
    ids
}
