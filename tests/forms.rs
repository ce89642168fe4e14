//! The corpus of forms in `tests/forms/`: how much of what stands on them the label matcher reads, and how much of what
//! it reads stands there. `cargo test --test forms -- --nocapture` prints both for every field.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use precheck::domain::case::{self, Application};
use precheck::domain::declaration::{self, Reading, docx, portal, recognise};
use precheck::domain::pack::Pack;
use serde_json::{Map, Value};

/// The least share of filled fields that must be read.
const RECALL: f64 = 0.97;
/// The least share of read fields that must be right.
const PRECISION: f64 = 0.985;

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "docx" || e == "txt"))
        .collect();
    files.sort();
    files
}

fn reading(pack: &Pack, path: &Path) -> Reading {
    let bytes = fs::read(path).unwrap();
    let paper = if path.extension().is_some_and(|e| e == "docx") {
        docx::read(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display())).paper
    } else {
        portal::paper(&portal::decode(&bytes).unwrap()).unwrap()
    };
    recognise(pack, &paper)
}

#[derive(Default)]
struct Tally {
    expected: usize,
    read: usize,
    right: usize,
}

#[test]
fn forms_of_any_make_are_read() {
    let pack = Pack::built_in().unwrap();
    let mut fields: BTreeMap<String, Tally> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut producers: BTreeMap<String, usize> = BTreeMap::new();
    let files = corpus();
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let about: Value =
            serde_json::from_slice(&fs::read(path.with_extension("json")).expect("what is expected"))
                .unwrap();
        *producers.entry(about["producer"].as_str().unwrap().to_owned()).or_default() += 1;
        let expected: &Map<String, Value> = about["fields"].as_object().unwrap();
        let reading = reading(&pack, path);
        if reading.is_form() != (about["is_form"] == Value::Bool(true)) {
            wrong.push(format!("{name}: taken for {}", if reading.is_form() { "a form" } else { "none" }));
        }
        // What is no declaration at all says nothing of a person; neither does 无.
        let found: BTreeMap<String, Value> = if reading.is_form() { reading.fields } else { Vec::new() }
            .into_iter()
            .filter_map(|f| Some((f.key, f.value.filter(|v| !v.is_null())?)))
            .collect();
        for (key, value) in expected {
            let tally = fields.entry(key.clone()).or_default();
            tally.expected += 1;
            if found.get(key) == Some(value) {
                tally.right += 1;
            } else {
                wrong.push(format!(
                    "{name}: {key}: expected {value}, read {}",
                    found.get(key).unwrap_or(&Value::Null)
                ));
            }
        }
        for (key, value) in &found {
            fields.entry(key.clone()).or_default().read += 1;
            if !expected.contains_key(key) {
                wrong.push(format!("{name}: {key}: nothing stands there, read {value}"));
            }
        }
    }
    println!("{:<28}{:>9}{:>7}{:>7}{:>10}{:>8}", "field", "filled", "read", "right", "precision", "recall");
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    let mut all = Tally::default();
    for (key, tally) in &fields {
        println!(
            "{key:<28}{:>9}{:>7}{:>7}{:>10.3}{:>8.3}",
            tally.expected,
            tally.read,
            tally.right,
            share(tally.right, tally.read),
            share(tally.right, tally.expected),
        );
        all.expected += tally.expected;
        all.read += tally.read;
        all.right += tally.right;
    }
    let (precision, recall) = (share(all.right, all.read), share(all.right, all.expected));
    println!("{} forms {producers:?}: precision {precision:.4}, recall {recall:.4}", files.len());
    println!("{}", wrong.join("\n"));
    assert!(files.len() >= 48, "{} forms", files.len());
    assert!(precision >= PRECISION && recall >= RECALL, "precision {precision:.4}, recall {recall:.4}");
}

/// A made-up person with an entry for every field that a track may have.
fn applications() -> Vec<Application> {
    ["examiner", "senior_examiner", "special_examiner", "inspector"]
        .iter()
        .map(|track| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/{track}.json"));
            case::read(&fs::read(path).unwrap()).unwrap()
        })
        .collect()
}

/// Whatever stood on a form: what is put in reads back as what was put in.
#[test]
fn what_is_filled_into_any_form_reads_back() {
    let pack = Pack::built_in().unwrap();
    let mut wrong = Vec::new();
    let mut n_placed = 0;
    for path in corpus().iter().filter(|p| p.extension().is_some_and(|e| e == "docx")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(path).unwrap();
        let document = docx::read(&bytes).unwrap();
        let reading = recognise(&pack, &document.paper);
        if !reading.is_form() {
            continue;
        }
        for application in applications() {
            let filled = docx::fill(&bytes, &document, &pack, &application, &reading, None).unwrap();
            n_placed += filled.placed.len();
            if let Some(folder) = std::env::var_os("PRECHECK_FILLED") {
                let file = format!("{}-{name}", application.track);
                fs::write(Path::new(&folder).join(file), &filled.bytes).unwrap();
            }
            let again = recognise(&pack, &docx::read(&filled.bytes).unwrap().paper);
            for f in declaration::compare(&pack, &application, &again) {
                if filled.placed.contains(&f.key) && f.differs() {
                    wrong.push(format!(
                        "{name} ({}): {}: {:?} reads back as {:?}",
                        application.track, f.key, f.entered_words, f.found_words
                    ));
                }
            }
        }
    }
    println!("{n_placed} values put in");
    assert!(wrong.is_empty(), "{} of {n_placed}:\n{}", wrong.len(), wrong.join("\n"));
}
