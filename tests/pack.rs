//! The built-in pack is proved: it lints clean, its scenarios come out, every mutation of it is noticed. And the linter
//! finds what it should: mistakes are planted one at a time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};

use precheck::domain::case::Application;
use precheck::domain::guide::{Assessment, assess};
use precheck::domain::pack::{BUILT_IN_TEXT, Pack, Stage, Status, parse};
use precheck::domain::proof::{self, BUILT_IN_SCENARIOS, Scenario};
use precheck::domain::rule::{Finding, Verdict};

fn scenarios(pack: &Pack) -> Vec<Scenario> {
    let files: Vec<(String, String)> =
        BUILT_IN_SCENARIOS.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    proof::read(pack, &files).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn every_scenario_file_is_built_in() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static/packs/sichuan-2026/scenarios");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    let mut named: Vec<&str> = BUILT_IN_SCENARIOS.iter().map(|(name, _)| *name).collect();
    named.sort_unstable();
    assert_eq!(found, named);
}

#[test]
fn scenarios_of_the_built_in_pack_come_out() {
    let pack = Pack::built_in().unwrap();
    let found = proof::run(&pack, &scenarios(&pack));
    assert!(found.n_run > 300, "only {} scenarios", found.n_run);
    assert!(found.wrong.is_empty(), "{:#?}", found.wrong);
    assert!(found.uncovered.is_empty(), "{:?}", found.uncovered);
}

#[test]
fn every_mutation_is_noticed_or_means_the_same() {
    let pack = Pack::built_in().unwrap();
    let found = proof::mutations(&pack, &scenarios(&pack));
    assert!(found.n_all > 400, "only {} mutants", found.n_all);
    assert!(found.survivors.is_empty(), "{:#?}", found.survivors);
    assert_eq!(found.n_killed + found.equivalent.len(), found.n_all);
    // Why each equivalent one means the same: a session decides what kind of session it is, so a retake never reaches
    // the rules on classes; and a provincial unit in Chengdu is led to the province before the city is asked for.
    for mutant in &found.equivalent {
        let is_known = mutant.change.contains("2026-06 session")
            || mutant.change.contains("2026-12 session")
            || mutant.change.contains("#1 unit.kind");
        assert!(is_known, "{mutant:?}");
    }
}

#[test]
fn the_built_in_pack_lints_clean() {
    assert_eq!(proof::lint(&Pack::built_in().unwrap(), BUILT_IN_TEXT), []);
}

#[test]
fn the_built_in_pack_reads_as_a_document() {
    let pack = Pack::built_in().unwrap();
    let text = proof::markdown(&pack);
    for rule in &pack.rules {
        assert!(text.contains(&format!("#### {} {}", rule.id, rule.title)), "{}", rule.id);
    }
    for clause in &pack.clauses {
        assert!(text.contains(&format!("### {}\n", clause.locator)), "{}", clause.locator);
    }
    for n in 1..=29 {
        let ambiguity = format!("A{n}");
        let named = text.match_indices(&ambiguity).any(|(at, _)| {
            let after = text[at + ambiguity.len()..].chars().next();
            after.is_none_or(|c| !c.is_ascii_digit() && c != '-')
        });
        // A6, A17 stand in notes of sessions and certificates; each ambiguity is somewhere in the document.
        assert!(named, "{ambiguity} is not in the document");
    }
}

/// Plants a mistake in the built-in pack (or appends it) and expects findings of these kinds, and no other.
#[track_caller]
fn check_lint(from: &str, to: &str, expected: &[&str]) -> Vec<proof::Lint> {
    let text = if from.is_empty() {
        format!("{BUILT_IN_TEXT}\n{to}\n")
    } else {
        assert!(BUILT_IN_TEXT.contains(from), "{from}");
        BUILT_IN_TEXT.replacen(from, to, 1)
    };
    let pack = parse(text.as_bytes()).unwrap_or_else(|e| panic!("{e:?}"));
    let found = proof::lint(&pack, &text);
    let mut kinds: Vec<&str> = found.iter().map(|l| l.kind).collect();
    kinds.dedup();
    assert_eq!(kinds, expected, "{found:#?}");
    assert!(found.iter().all(|l| l.place.is_some()), "{found:#?}");
    found
}

const RULE_HEAD: &str =
    "[[rule]]\nid = \"X1\"\ntitle = \"x\"\nclauses = [\"3\"]\nstatus = \"stated\"\nremedy = \"x\"\n";

#[test]
fn planted_mistakes_are_found() {
    let rule = |rest: &str| format!("{RULE_HEAD}{rest}");
    check_lint(
        "",
        &rule(
            "condition = { any = [{ fact = \"exam.left_unit\", is = true }, { not = { fact = \"exam.left_unit\", is = true } }] }",
        ),
        &["rule-always-holds"],
    );
    check_lint(
        "",
        &rule(
            "blocking = false\ncondition = { all = [{ fact = \"unit.kind\", is = \"local\" }, { fact = \"unit.kind\", is = \"hr_department\" }] }",
        ),
        &["rule-never-holds"],
    );
    check_lint(
        "",
        &rule(
            "when = { all = [{ fact = \"session\", is = \"2026-06\" }, { holds = \"is-class\" }] }\ncondition = { fact = \"exam.left_unit\", is = true }",
        ),
        &["rule-never-applies"],
    );
    check_lint(
        "",
        &rule("tracks = [\"examiner\"]\ncondition = { fact = \"unit.filing\", is = \"none\" }"),
        &["nobody-qualifies", "rules-contradict"],
    );
    check_lint(
        "[[track]]\nid = \"examiner\"",
        "[[clause]]\nid = \"9\"\nlocator = \"九\"\ngist = \"x\"\n\n[[track]]\nid = \"examiner\"",
        &["clause-uncovered"],
    );
    check_lint("locator = \"三\"", "locator = \"三\"\nwithout_rule = \"x\"", &["clause-covered"]);
    check_lint(
        "",
        "[[source]]\nid = \"s9\"\ntitle = \"x\"\ncertainty = \"x\"\n\n[[parameter]]\nid = \"p9\"\nlabel = \"x\"\ntype = \"integer\"\nclauses = [\"3\"]\nreason = \"x\"\n\n[[definition]]\nid = \"d9\"\ncondition = { holds = \"is-class\" }",
        &["source-unused", "parameter-unused", "list-unused"],
    );
}

#[test]
fn gaps_come_with_an_example() {
    let found = check_lint(
        "when = { fact = \"unit.kind\", in = [\"local\", \"provincial_elsewhere\", \"special_ability_body\", \"hr_department\"] }",
        "when = { fact = \"unit.kind\", in = [\"local\", \"provincial_elsewhere\", \"special_ability_body\"] }",
        &["route-gap"],
    );
    assert!(found.iter().all(|l| l.example.contains("\"unit.kind\" = \"hr_department\"")), "{found:#?}");
    let text = format!(
        "{}\n{}",
        BUILT_IN_SCENARIOS[0].1,
        found[0].example.replace("set =", "routing = { accepts = \"none\" }\nset =")
    );
    let pack = Pack::built_in().unwrap();
    let read = proof::read(&pack, &[("gap.toml".to_owned(), text)]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(read.len(), 1, "the example can be pasted into a scenario file");

    let overlap = check_lint(
        "when = { fact = \"unit.kind\", is = \"provincial_in_chengdu\" }\nclauses = [\"1.6.1\", \"2.5.1\"]",
        "when = { fact = \"unit.kind\", in = [\"provincial_in_chengdu\", \"local\"] }\nclauses = [\"1.6.1\", \"2.5.1\"]",
        &["routes-overlap"],
    );
    assert!(overlap.iter().all(|l| l.example.contains("\"unit.kind\" = \"local\"")), "{overlap:#?}");
}

#[test]
fn a_question_that_cannot_matter_is_found() {
    check_lint(
        "",
        "[[fact]]\nid = \"x.color\"\ntype = \"bool\"\nlabel = \"x\"\nquestion = \"x？\"\n",
        &["fact-unused", "question-unreachable"],
    );
    // The answer is read, but makes no difference.
    check_lint(
        "",
        &format!(
            "[[fact]]\nid = \"x.color\"\ntype = \"bool\"\nlabel = \"x\"\nquestion = \"x？\"\n\n{RULE_HEAD}condition = {{ any = [{{ fact = \"exam.left_unit\", is = true }}, {{ all = [{{ fact = \"x.color\", is = true }}, {{ fact = \"exam.left_unit\", is = true }}] }}] }}\nblocking = false"
        ),
        &["question-unreachable"],
    );
}

/// How many questions are asked of a person with these answers until nothing more can matter, when `next` chooses.
fn questions_asked(
    pack: &Pack,
    world: &Scenario,
    next: impl Fn(&Application, &Assessment) -> Option<String>,
) -> usize {
    let mut application = Application { answers: BTreeMap::new(), ..world.application.clone() };
    let mut n_asked = 0;
    loop {
        let assessment = assess(pack, &application, world.today);
        let Some(key) = next(&application, &assessment) else { return n_asked };
        if application.answers.contains_key(&key) {
            // Only an answer that cannot be read is asked for again.
            assert_eq!(application.answers[&key], "？", "{}: {key} is asked twice", world.name);
            return n_asked;
        }
        // What a scenario leaves open is answered with "there is none": the person has to say something.
        let answer = world.application.answers.get(&key).cloned().unwrap_or(serde_json::Value::Null);
        assert!(
            application.answers.insert(key.clone(), answer).is_none(),
            "{}: {key} is asked twice",
            world.name
        );
        n_asked += 1;
    }
}

#[test]
fn looking_ahead_asks_fewer_questions() {
    let pack = Pack::built_in().unwrap();
    let (mut ours, mut in_order) = (0, 0);
    for world in scenarios(&pack) {
        ours += questions_asked(&pack, &world, |application, a| a.next_question(&pack, application));
        in_order += questions_asked(&pack, &world, |_, a| {
            if a.eligibility.verdict == Verdict::NotEligible {
                return None;
            }
            // The same order of matters and of persons, then the pack's.
            (0..3).find_map(|phase| {
                let is_of_phase = |f: &&Finding| match phase {
                    0 => f.blocking,
                    1 => !f.blocking && f.status != Status::Awaiting,
                    _ => f.status == Status::Awaiting,
                };
                let open = a
                    .eligibility
                    .findings
                    .iter()
                    .filter(|f| f.stage == Stage::Eligibility)
                    .filter(is_of_phase);
                let missing: BTreeSet<&str> =
                    open.flat_map(|f| f.missing.iter().map(|p| p.as_str())).collect();
                let asked =
                    pack.facts.iter().filter(|f| f.derived.is_none() && missing.contains(f.path.as_str()));
                asked.min_by_key(|f| f.who).map(|f| f.id.clone())
            })
        });
    }
    assert!(ours <= in_order, "{ours} questions, {in_order} in the pack's order");
}
