//! Scenarios (情景): an application in a few lines and what the pack must say of it. `precheck.scenarios/1`, TOML.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;

use super::space::Space;
use crate::domain::base::date::parse_iso;
use crate::domain::base::json::Value;
use crate::domain::case::facts::FactValues;
use crate::domain::case::{Application, Attachment, PackRef};
use crate::domain::guide;
use crate::domain::pack::{FactKind, Pack};
use crate::domain::rule::{self, Eligibility, Outcome};

/// The format that is read.
const FORMAT: &str = "precheck.scenarios/1";

/// The largest scenario file that is read, in bytes.
const MAX_BYTES: usize = 4 * 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    format: String,
    #[serde(default)]
    base: Vec<RawBase>,
    #[serde(default)]
    scenario: Vec<RawScenario>,
    #[serde(default)]
    table: Vec<RawTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBase {
    id: String,
    track: String,
    today: String,
    session: Option<String>,
    answers: BTreeMap<String, toml::Value>,
    /// Keys whose answer is "there is none".
    #[serde(default)]
    nothing: Vec<String>,
    #[serde(default)]
    attached: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScenario {
    name: String,
    base: String,
    today: Option<String>,
    /// Another session; the empty text for none.
    session: Option<String>,
    #[serde(default)]
    set: BTreeMap<String, toml::Value>,
    #[serde(default)]
    nothing: Vec<String>,
    #[serde(default)]
    unset: Vec<String>,
    /// Keys without an answer, whether the base has one or not.
    #[serde(skip)]
    absent: Vec<String>,
    #[serde(default)]
    detach: Vec<String>,
    verdict: Option<String>,
    body_met: Option<bool>,
    #[serde(default)]
    rules: BTreeMap<String, String>,
    #[serde(default)]
    routing: BTreeMap<String, String>,
    /// For a session of the year: the first day on which the person qualifies, or the empty text.
    #[serde(default)]
    from: BTreeMap<String, String>,
}

/// One answer after the other, and what a rule says of each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    name: String,
    base: String,
    today: Option<String>,
    session: Option<String>,
    #[serde(default)]
    set: BTreeMap<String, toml::Value>,
    #[serde(default)]
    nothing: Vec<String>,
    key: String,
    /// The rule whose outcome the rows name, or `verdict`, or `routing.<step>`.
    rule: String,
    /// Outcome by answer; `none` is "there is none", `unset` is no answer.
    rows: BTreeMap<String, String>,
}

/// One scenario, ready to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// The file that it stands in.
    pub file: String,
    /// What it shows.
    pub name: String,
    /// The application.
    pub application: Application,
    /// The day on which it is judged.
    pub today: NaiveDate,
    pub(super) verdict: Option<String>,
    body_met: Option<bool>,
    pub(super) rules: BTreeMap<String, String>,
    pub(super) routing: BTreeMap<String, String>,
    from: BTreeMap<String, String>,
}

/// Why scenarios cannot be run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// Too large.
    #[error("{file}：超过上限 {MAX_BYTES} 字节")]
    TooLarge {
        /// The file.
        file: String,
    },
    /// Not TOML or not of this shape.
    #[error("{file}：{reason}")]
    Shape {
        /// The file.
        file: String,
        /// What, with line and column.
        reason: String,
    },
    /// Another format.
    #[error("{file}：格式是“{found}”，本程序只读 {FORMAT}")]
    Format {
        /// The file.
        file: String,
        /// The format named there.
        found: String,
    },
    /// Something that a scenario names is not there.
    #[error("{file}：情景“{scenario}”：{reason}")]
    Meaning {
        /// The file.
        file: String,
        /// The scenario or base.
        scenario: String,
        /// What.
        reason: String,
    },
}

/// What came of running scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenarios {
    /// How many were run.
    pub n_run: usize,
    /// What came out differently, a line each.
    pub wrong: Vec<String>,
    /// Outcomes that no scenario shows though the rule can come to them.
    pub uncovered: Vec<Coverage>,
}

/// An outcome of a rule that no scenario shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The rule's id.
    pub rule: String,
    /// The outcome.
    pub outcome: Outcome,
}

/// Reads scenario files, each with its name.
///
/// # Errors
/// The first problem found.
pub fn read(pack: &Pack, files: &[(String, String)]) -> Result<Vec<Scenario>, ScenarioError> {
    let mut bases: BTreeMap<String, Scenario> = BTreeMap::new();
    let mut raw_files = Vec::new();
    for (file, text) in files {
        if text.len() > MAX_BYTES {
            return Err(ScenarioError::TooLarge { file: file.clone() });
        }
        let raw: RawFile = toml::from_str(text).map_err(|e| ScenarioError::Shape {
            file: file.clone(),
            reason: e.to_string().trim().to_owned(),
        })?;
        if raw.format != FORMAT {
            return Err(ScenarioError::Format { file: file.clone(), found: raw.format });
        }
        raw_files.push((file, raw));
    }
    for (file, raw) in &raw_files {
        for base in &raw.base {
            bases.insert(base.id.clone(), read_base(pack, file, base)?);
        }
    }
    let mut scenarios = Vec::new();
    let mut names = BTreeSet::new();
    for (file, raw) in raw_files {
        let tables = raw.table.into_iter().flat_map(|table| rows(pack, table));
        for scenario in raw.scenario.into_iter().chain(tables) {
            let meaning = |reason: String| ScenarioError::Meaning {
                file: file.clone(),
                scenario: scenario.name.clone(),
                reason,
            };
            if !names.insert(scenario.name.clone()) {
                return Err(meaning("有两个同名的情景".to_owned()));
            }
            let base =
                bases.get(&scenario.base).ok_or_else(|| meaning(format!("没有底稿“{}”", scenario.base)))?;
            scenarios.push(read_scenario(pack, file, &scenario, base).map_err(meaning)?);
        }
    }
    Ok(scenarios)
}

fn read_base(pack: &Pack, file: &str, raw: &RawBase) -> Result<Scenario, ScenarioError> {
    let meaning =
        |reason: String| ScenarioError::Meaning { file: file.to_owned(), scenario: raw.id.clone(), reason };
    let mut application = Application {
        pack: PackRef { id: pack.info.id.clone(), version: pack.info.version.clone() },
        track: raw.track.clone(),
        session: raw.session.clone(),
        answers: raw.answers.iter().map(|(k, v)| (k.clone(), json_of(v))).collect(),
        attachments: raw.attached.iter().map(|m| attachment(m)).collect(),
        ..Application::default()
    };
    application.answers.extend(raw.nothing.iter().map(|key| (key.clone(), Value::Null)));
    Ok(Scenario {
        file: file.to_owned(),
        name: raw.id.clone(),
        application,
        today: parse_iso(&raw.today).ok_or_else(|| meaning(format!("“{}”不是日期", raw.today)))?,
        verdict: None,
        body_met: None,
        rules: BTreeMap::new(),
        routing: BTreeMap::new(),
        from: BTreeMap::new(),
    })
}

fn attachment(material: &str) -> Attachment {
    Attachment { material: material.to_owned(), file: material.to_owned(), ..Attachment::default() }
}

fn read_scenario(pack: &Pack, file: &str, raw: &RawScenario, base: &Scenario) -> Result<Scenario, String> {
    let mut application = base.application.clone();
    if let Some(session) = &raw.session {
        application.session = Some(session.clone()).filter(|s| !s.is_empty());
    }
    application.answers.extend(raw.set.iter().map(|(k, v)| (k.clone(), json_of(v))));
    application.answers.extend(raw.nothing.iter().map(|key| (key.clone(), Value::Null)));
    for key in &raw.unset {
        if application.answers.remove(key).is_none() {
            return Err(format!("底稿里没有“{key}”"));
        }
    }
    for key in &raw.absent {
        application.answers.remove(key);
    }
    for material in &raw.detach {
        let before = application.attachments.len();
        application.attachments.retain(|a| a.material != *material);
        if application.attachments.len() == before {
            return Err(format!("底稿里没有材料“{material}”"));
        }
    }
    if let Some(rule) = raw.rules.keys().find(|id| pack.rule(id).is_none()) {
        return Err(format!("没有规则“{rule}”"));
    }
    let today = match &raw.today {
        None => base.today,
        Some(text) => parse_iso(text).ok_or_else(|| format!("“{text}”不是日期"))?,
    };
    if raw.verdict.is_none() && raw.rules.is_empty() && raw.routing.is_empty() && raw.from.is_empty() {
        return Err("没有写应得的结果".to_owned());
    }
    Ok(Scenario {
        file: file.to_owned(),
        name: raw.name.clone(),
        application,
        today,
        verdict: raw.verdict.clone(),
        body_met: raw.body_met,
        rules: raw.rules.clone(),
        routing: raw.routing.clone(),
        from: raw.from.clone(),
    })
}

/// A scenario for each row of a table.
fn rows(pack: &Pack, table: RawTable) -> Vec<RawScenario> {
    let kind = pack.fact(&table.key).map(|(_, fact)| fact.kind.clone());
    let is_session = table.key == "session";
    table
        .rows
        .iter()
        .map(|(answer, outcome)| {
            let mut raw = RawScenario {
                name: format!("{} [{answer}]", table.name),
                base: table.base.clone(),
                today: table.today.clone(),
                session: table.session.clone(),
                set: table.set.clone(),
                nothing: table.nothing.clone(),
                unset: Vec::new(),
                absent: Vec::new(),
                detach: Vec::new(),
                verdict: None,
                body_met: None,
                rules: BTreeMap::new(),
                routing: BTreeMap::new(),
                from: BTreeMap::new(),
            };
            match answer.as_str() {
                "unset" if is_session => raw.session = Some(String::new()),
                "unset" => raw.absent.push(table.key.clone()),
                "none" if !is_option(kind.as_ref(), "none") => raw.nothing.push(table.key.clone()),
                _ if is_session => raw.session = Some(answer.clone()),
                _ => {
                    raw.set.insert(table.key.clone(), value_of(kind.as_ref(), answer));
                }
            }
            if table.rule == "verdict" {
                raw.verdict = Some(outcome.clone());
            } else if let Some(step) = table.rule.strip_prefix("routing.") {
                raw.routing.insert(step.to_owned(), outcome.clone());
            } else {
                raw.rules.insert(table.rule.clone(), outcome.clone());
            }
            raw
        })
        .collect()
}

fn is_option(kind: Option<&FactKind>, value: &str) -> bool {
    matches!(kind, Some(FactKind::Choice { options, .. }) if options.iter().any(|o| o.value == value))
}

fn value_of(kind: Option<&FactKind>, answer: &str) -> toml::Value {
    match kind {
        Some(FactKind::Bool) => toml::Value::Boolean(answer == "true"),
        Some(FactKind::Integer) => {
            answer.parse().map_or_else(|_| toml::Value::String(answer.to_owned()), toml::Value::Integer)
        }
        _ => toml::Value::String(answer.to_owned()),
    }
}

fn json_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}

/// Runs scenarios: what comes out differently, and which outcomes none of them shows.
#[must_use]
pub fn run(pack: &Pack, scenarios: &[Scenario]) -> Scenarios {
    let mut wrong = Vec::new();
    for scenario in scenarios {
        wrong.extend(scenario.compare(pack).into_iter().map(|line| format!("{}：{line}", scenario.name)));
    }
    Scenarios { n_run: scenarios.len(), wrong, uncovered: uncovered(pack, scenarios) }
}

impl Scenario {
    /// The facts on which it is judged.
    #[must_use]
    pub fn facts(&self, pack: &Pack) -> FactValues {
        FactValues::of(pack, &self.application, self.today)
    }

    /// What comes out differently.
    fn compare(&self, pack: &Pack) -> Vec<String> {
        let mut wrong = Vec::new();
        let facts = self.facts(pack);
        let found = rule::judge(pack, &self.application.track, &facts);
        let mut expect = |what: &str, found: &str, expected: &str| {
            if found != expected {
                wrong.push(format!("{what} 是 {found}，应为 {expected}"));
            }
        };
        if let Some(expected) = &self.verdict {
            expect("结论", found.verdict.as_str(), expected);
        }
        if let Some(expected) = self.body_met {
            expect("body_met", &found.body_met.to_string(), &expected.to_string());
        }
        for (rule, expected) in &self.rules {
            expect(rule, outcome_word(&found, rule), expected);
        }
        if !self.routing.is_empty() {
            let routing = guide::routing(pack, &self.application, &facts);
            for (step, expected) in &self.routing {
                let centre = routing.iter().find(|r| r.step == step).and_then(|r| r.centre.as_ref());
                expect(step, centre.map_or("none", |(id, _)| id), expected);
            }
        }
        for (session, expected) in &self.from {
            let day = pack
                .session(session)
                .and_then(|session| rule::session_outlook(pack, &self.application, &facts, session).from);
            expect(
                &format!("{session} 的首日"),
                &day.map(crate::domain::base::date::format_iso).unwrap_or_default(),
                expected,
            );
        }
        wrong
    }
}

fn outcome_word<'a>(found: &'a Eligibility, rule: &str) -> &'a str {
    found.finding(rule).map_or("absent", |f| f.outcome.as_str())
}

/// The outcomes that rules can come to and that no scenario shows.
fn uncovered(pack: &Pack, scenarios: &[Scenario]) -> Vec<Coverage> {
    let mut shown: BTreeSet<(&str, &str)> = BTreeSet::new();
    for scenario in scenarios {
        shown.extend(scenario.rules.iter().map(|(rule, outcome)| (rule.as_str(), outcome.as_str())));
    }
    let spaces = Space::of_tracks(pack).unwrap_or_default();
    let mut missing = Vec::new();
    for rule in pack.rules.iter().filter(|r| !r.is_dormant) {
        let is_asked = !rule.condition.facts().is_empty();
        let mut possible: Vec<Outcome> = [Outcome::Pass, Outcome::Fail, Outcome::Review]
            .into_iter()
            .filter(|outcome| spaces.iter().any(|space| space.can_be(pack, rule, *outcome)))
            .collect();
        if is_asked {
            possible.push(Outcome::Open);
        }
        missing.extend(
            possible
                .into_iter()
                .filter(|outcome| !shown.contains(&(rule.id.as_str(), outcome.as_str())))
                .map(|outcome| Coverage { rule: rule.id.clone(), outcome }),
        );
    }
    missing
}
