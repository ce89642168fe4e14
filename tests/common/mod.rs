//! Scenarios: applications in the notice's words, each with what must follow. Read from `tests/scenarios/*.toml`.
//!
//! A scenario changes one of the examples and names the outcome of rules and the complete list of findings.

#![allow(dead_code, reason = "each test program uses a part")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use precheck::domain::base::date::parse_iso;
use precheck::domain::base::json::Value;
use precheck::domain::case::inspected::Inspected;
use precheck::domain::case::paper_reading::{PaperKind, PaperReading, PaperValue};
use precheck::domain::case::{self, Application, Attachment, written};
use precheck::domain::guide::{Assessment, assess};
use precheck::domain::pack::Pack;
use serde::Deserialize;

/// The day on which an example is judged when a scenario names none.
pub(crate) const TODAY: &str = "2026-03-20";

/// The examples: one for each track.
pub(crate) const EXAMPLES: [&str; 4] = ["examiner", "senior_examiner", "special_examiner", "inspector"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scenario: Vec<Scenario>,
}

/// One case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    /// What it shows.
    pub(crate) name: String,
    /// The example that it changes.
    pub(crate) base: String,
    #[serde(default = "default_today")]
    pub(crate) today: String,
    /// Another session; the empty text for none.
    session: Option<String>,
    /// Answers, by key.
    #[serde(default)]
    set: BTreeMap<String, toml::Value>,
    /// Keys whose answer is "there is none".
    #[serde(default)]
    nothing: Vec<String>,
    /// Keys without an answer.
    #[serde(default)]
    unset: Vec<String>,
    /// Materials whose files are taken away.
    #[serde(default)]
    detach: Vec<String>,
    /// Without what the person read off the files.
    #[serde(default)]
    unread: bool,
    /// Files to add.
    #[serde(default)]
    attach: Vec<Attach>,
    /// Changes to the first file of a material.
    #[serde(default)]
    file: BTreeMap<String, FileChange>,
    /// What was read off papers: kind, and the words by key.
    #[serde(default)]
    readings: BTreeMap<String, BTreeMap<String, String>>,
    /// What a pack asks of a material's files, since the built-in pack asks nothing.
    #[serde(default)]
    limits: BTreeMap<String, toml::Value>,
    /// What must come out for the application as a whole.
    pub(crate) verdict: Option<String>,
    /// What must come out for a rule, by its id.
    #[serde(default)]
    pub(crate) rules: BTreeMap<String, String>,
    /// Every finding, as `code@path`.
    #[serde(default)]
    pub(crate) codes: Vec<String>,
    /// Codes that this comes near to and must not raise.
    #[serde(default)]
    pub(crate) not_codes: Vec<String>,
    /// Whether anything bars the submission; told by the verdict and the findings, so stated only where it matters.
    pub(crate) blocks: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attach {
    material: String,
    file: String,
    media_type: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileChange {
    file: Option<String>,
    media_type: Option<String>,
    bytes: Option<u64>,
    /// The material whose file has the same content.
    same_as: Option<String>,
    /// What the person read off the file; `{form_code}` stands for the code of the entries.
    #[serde(default)]
    facts: BTreeMap<String, String>,
    /// What a look into the file found, as it stands in an application.
    inspected: Option<toml::Value>,
}

fn default_today() -> String {
    TODAY.to_owned()
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The built-in pack.
pub(crate) fn pack() -> Pack {
    Pack::built_in().unwrap()
}

/// The example of a track.
pub(crate) fn example(name: &str) -> Application {
    let path = root().join("examples").join(format!("{name}.json"));
    case::read(&std::fs::read(path).unwrap()).unwrap()
}

/// The day that a text names.
pub(crate) fn day(text: &str) -> NaiveDate {
    parse_iso(text).unwrap_or_else(|| panic!("not a day: {text}"))
}

/// Every scenario, in the order of file names.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let folder = root().join("tests/scenarios");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let scenarios: Vec<Scenario> = paths.iter().flat_map(|path| read(path)).collect();
    let names: BTreeSet<&str> = scenarios.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names.len(), scenarios.len(), "two scenarios have the same name");
    assert!(scenarios.len() >= 100, "only {} scenarios were read", scenarios.len());
    scenarios
}

fn read(path: &Path) -> Vec<Scenario> {
    let text = std::fs::read_to_string(path).unwrap();
    let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    file.scenario
}

impl Scenario {
    /// The application that it is about.
    pub(crate) fn application(&self) -> Application {
        let mut application = example(&self.base);
        if let Some(session) = &self.session {
            application.session = Some(session.clone()).filter(|s| !s.is_empty());
        }
        for (key, value) in &self.set {
            application.answers.insert(key.clone(), json_of(value));
        }
        for key in &self.nothing {
            application.answers.insert(key.clone(), Value::Null);
        }
        for key in &self.unset {
            let removed = application.answers.remove(key);
            assert!(removed.is_some(), "{}: the example has no {key}", self.name);
        }
        for material in &self.detach {
            let before = application.attachments.len();
            application.attachments.retain(|a| a.material != *material);
            assert!(application.attachments.len() < before, "{}: the example has no {material}", self.name);
        }
        if self.unread {
            application.attachments.iter_mut().for_each(|a| a.facts.clear());
        }
        for (place, attach) in self.attach.iter().enumerate() {
            application.attachments.push(Attachment {
                material: attach.material.clone(),
                file: attach.file.clone(),
                media_type: attach.media_type.clone(),
                bytes: 1_000,
                sha256: format!("{:064x}", place + 1),
                ..Attachment::default()
            });
        }
        for (material, change) in &self.file {
            self.change_file(&mut application, material, change);
        }
        for (kind, words) in &self.readings {
            application.readings.push(reading(kind, words));
        }
        application
    }

    fn change_file(&self, application: &mut Application, material: &str, change: &FileChange) {
        let form_code = application.fingerprint().form_code();
        let same = change.same_as.as_ref().map(|other| {
            let twin = application.attachments.iter().find(|a| a.material == *other);
            twin.unwrap_or_else(|| panic!("{}: no {other}", self.name)).sha256.clone()
        });
        let file = application
            .attachments
            .iter_mut()
            .find(|a| a.material == material)
            .unwrap_or_else(|| panic!("{}: no {material}", self.name));
        if let Some(name) = &change.file {
            file.file.clone_from(name);
        }
        if let Some(media_type) = &change.media_type {
            file.media_type.clone_from(media_type);
        }
        if let Some(bytes) = change.bytes {
            file.bytes = bytes;
        }
        if let Some(sha256) = same {
            file.sha256 = sha256;
        }
        if let Some(found) = &change.inspected {
            let inspected = Inspected::from_value(&json_of(found));
            assert!(inspected.is_some(), "{}: {found} is no result of a look", self.name);
            file.inspected = inspected;
        }
        for (key, text) in &change.facts {
            file.facts.insert(key.clone(), Value::String(text.replace("{form_code}", &form_code)));
        }
    }

    /// What is said of it.
    pub(crate) fn assess(&self, pack: &Pack) -> Assessment {
        assess(&self.limited(pack), &self.application(), day(&self.today))
    }

    /// The pack with the limits of the scenario.
    fn limited<'a>(&self, pack: &'a Pack) -> Cow<'a, Pack> {
        if self.limits.is_empty() {
            return Cow::Borrowed(pack);
        }
        let mut text = pack.text.clone();
        for (material, limits) in &self.limits {
            let head = format!("[[material]]\nid = \"{material}\"\n");
            assert!(text.contains(&head), "{}: no {material}", self.name);
            let line = format!("limits = {}\n", inline(limits));
            text = text.replace(&head, &format!("{head}{line}"));
        }
        Cow::Owned(
            precheck::domain::pack::parse(text.as_bytes()).unwrap_or_else(|e| panic!("{}: {e:?}", self.name)),
        )
    }

    /// Whether it differs from its example at all.
    pub(crate) fn changes_anything(&self) -> bool {
        self.today != TODAY || !self.limits.is_empty() || self.application() != example(&self.base)
    }
}

/// A paper on which these words stand, read as the matcher reads them.
fn reading(kind: &str, words: &BTreeMap<String, String>) -> PaperReading {
    let pack = pack();
    let at = |(key, words): (&String, &String)| {
        let field = pack.field(key).unwrap_or_else(|| panic!("no field {key}"));
        let value = written::read(field, words).filter(|_| !words.is_empty());
        (key.clone(), PaperValue { value, words: words.clone(), place: "第 1 行文字".to_owned() })
    };
    PaperReading {
        kind: PaperKind::ALL.into_iter().find(|k| k.as_str() == kind).unwrap(),
        file: "核对.docx".to_owned(),
        sha256: "0".repeat(64),
        form_code: None,
        fields: words.iter().map(at).collect(),
    }
}

fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::Table(table) => {
            let pairs: Vec<String> = table.iter().map(|(k, v)| format!("{k} = {}", inline(v))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}

fn json_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        other => serde_json::to_value(other).unwrap(),
    }
}
