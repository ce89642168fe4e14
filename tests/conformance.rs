//! What holds for the built-in pack and the table of codes as a whole: every citation leads somewhere, every rule and
//! every code has its scenarios, every wording follows the house style.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod common;

use std::collections::BTreeSet;

use precheck::domain::case::Edit;
use precheck::domain::diag;
use precheck::domain::pack::{ChoiceOption, FactKind, FieldKind, Pack};

/// A clause of the pack, or the number of a national standard.
fn leads_somewhere(pack: &Pack, clause: &str) -> bool {
    pack.clause(clause).is_some() || clause.starts_with("GB ") || clause.starts_with("GB/T ")
}

#[test]
fn every_part_of_the_pack_cites_clauses_that_exist() {
    let pack = common::pack();
    let mut cited: Vec<(String, &[String])> = Vec::new();
    cited.extend(pack.rules.iter().map(|r| (r.id.clone(), r.clauses.as_slice())));
    cited.extend(pack.tracks.iter().map(|t| (t.id.clone(), t.clauses.as_slice())));
    cited.extend(pack.sessions.iter().map(|s| (s.id.clone(), s.clauses.as_slice())));
    cited.extend(pack.materials.iter().map(|m| (m.id.clone(), m.clauses.as_slice())));
    cited.extend(pack.routes.iter().map(|r| (r.step.clone(), r.clauses.as_slice())));
    cited.extend(pack.declarations.iter().map(|d| (d.annex.clone(), d.clauses.as_slice())));
    cited.extend(pack.form.iter().flat_map(|s| &s.fields).map(|f| (f.id.clone(), f.clauses.as_slice())));
    assert!(cited.len() > 80, "only {} parts", cited.len());
    for (what, clauses) in cited {
        assert!(!clauses.is_empty(), "{what} cites nothing");
        for clause in clauses {
            assert!(leads_somewhere(&pack, clause), "{what} cites {clause}");
        }
    }
}

#[test]
fn every_finding_rests_on_a_clause() {
    let pack = common::pack();
    let mut n_findings = 0;
    for scenario in common::scenarios() {
        let assessment = scenario.assess(&pack);
        for d in &assessment.diagnostics {
            n_findings += 1;
            assert!(!d.clauses.is_empty(), "{}: {} rests on nothing", scenario.name, d.code);
            for clause in &d.clauses {
                assert!(leads_somewhere(&pack, clause), "{}: {} cites {clause}", scenario.name, d.code);
            }
        }
        for step in &assessment.routing {
            assert!(!step.clauses.is_empty(), "{}: {} rests on nothing", scenario.name, step.step);
        }
    }
    assert!(n_findings > 80, "only {n_findings} findings");
}

#[test]
fn findings_block_only_where_their_code_may() {
    let pack = common::pack();
    for scenario in common::scenarios() {
        for d in scenario.assess(&pack).diagnostics {
            let info = diag::code_info(d.code).unwrap();
            assert!(
                d.severity >= info.severity,
                "{}: {} is more severe than its code",
                scenario.name,
                d.code
            );
        }
    }
}

#[test]
fn every_code_has_a_scenario_and_a_near_miss() {
    let scenarios = common::scenarios();
    let raised: BTreeSet<&str> =
        scenarios.iter().flat_map(|s| &s.codes).filter_map(|c| c.split('@').next()).collect();
    let missed: BTreeSet<&str> = scenarios
        .iter()
        .filter(|s| s.changes_anything())
        .flat_map(|s| &s.not_codes)
        .map(String::as_str)
        .collect();
    let all: BTreeSet<&str> = diag::all_codes().iter().map(|c| c.id).collect();
    assert!(all.len() >= 70, "only {} codes", all.len());
    let without: Vec<_> = all.difference(&raised).collect();
    assert!(without.is_empty(), "no scenario raises {without:?}");
    let without: Vec<_> = all.difference(&missed).collect();
    assert!(without.is_empty(), "no scenario comes near to {without:?}");
    let unknown: Vec<_> = raised.union(&missed).filter(|c| !all.contains(*c)).collect();
    assert!(unknown.is_empty(), "no such code: {unknown:?}");
}

#[test]
fn codes_are_well_formed_and_told_once() {
    let all = diag::all_codes();
    for pair in all.windows(2) {
        assert!(pair[0].id < pair[1].id, "{} and {}", pair[0].id, pair[1].id);
    }
    let names: BTreeSet<&str> = all.iter().map(|c| c.name).collect();
    assert_eq!(names.len(), all.len(), "two codes of one name");
    for code in all {
        let (letter, digits) = code.id.split_at(1);
        assert!("RXDFBU".contains(letter) && digits.len() == 3, "{}", code.id);
        assert!(digits.bytes().all(|b| b.is_ascii_digit()), "{}", code.id);
        let is_kebab = code.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        assert!(is_kebab, "{}", code.id);
        assert!(code.text().is_some(), "{} has no words", code.id);
    }
}

/// Words that blame, beg or apologise.
const FORBIDDEN: &[&str] = &["非法", "请", "抱歉", "对不起"];

/// Ordinary words that happen to hold 请.
const ALLOWED: &[&str] = &["申请", "请核对", "请假"];

#[track_caller]
fn check_wording(what: &str, words: &str, is_sentence: bool) {
    let bare = ALLOWED.iter().fold(words.to_owned(), |text, word| text.replace(word, ""));
    for word in FORBIDDEN {
        assert!(!bare.contains(word), "{what}: “{word}” in {words}");
    }
    assert!(is_sentence || !words.ends_with('。'), "{what} ends in 。: {words}");
    assert_eq!(words.trim(), words, "{what}");
}

fn check_options(what: &str, options: &[ChoiceOption]) {
    for option in options {
        check_wording(what, &option.label, false);
        check_wording(what, &option.hint, true);
    }
}

#[test]
fn wording_of_the_pack() {
    let pack = common::pack();
    for rule in &pack.rules {
        check_wording(&rule.id, &rule.title, false);
        check_wording(&rule.id, &rule.remedy, false);
        check_wording(&rule.id, &rule.note, true);
    }
    for fact in &pack.facts {
        check_wording(&fact.id, &fact.label, false);
        check_wording(&fact.id, &fact.question, false);
        check_wording(&fact.id, &fact.help, true);
        assert!(
            fact.question.is_empty() || fact.question.ends_with('？') || fact.id.starts_with("confirm."),
            "{}: {}",
            fact.id,
            fact.question
        );
        if let FactKind::Choice { options, .. } = &fact.kind {
            check_options(&fact.id, options);
        }
    }
    for field in pack.form.iter().flat_map(|s| &s.fields) {
        check_wording(&field.id, &field.label, false);
        check_wording(&field.id, &field.hint, false);
        if let FieldKind::Choice { options, .. } = &field.kind {
            check_options(&field.id, options);
        }
    }
    for material in &pack.materials {
        check_wording(&material.id, &material.label, false);
        check_wording(&material.id, &material.hint, false);
    }
    for session in &pack.sessions {
        check_wording(&session.id, &session.label, false);
    }
    for clause in &pack.clauses {
        check_wording(&clause.id, &clause.gist, true);
        check_wording(&clause.id, &clause.locator, false);
    }
}

#[test]
fn wording_of_findings() {
    let pack = common::pack();
    let mut codes = BTreeSet::new();
    for scenario in common::scenarios() {
        let application = scenario.application();
        for d in scenario.assess(&pack).diagnostics {
            codes.insert(d.code);
            check_wording(d.code, &d.message, false);
            for fix in &d.fixes {
                check_wording(d.code, &fix.title, false);
                assert!(!fix.set.is_empty(), "{}: a fix that sets nothing", d.code);
            }
            if let Some(number) = application.text("person.id_number").filter(|n| n.len() >= 15) {
                assert!(!d.message.contains(number), "{} repeats the identity number", d.code);
            }
        }
    }
    assert_eq!(codes.len(), diag::all_codes().len());
}

#[test]
fn an_exact_fix_settles_its_finding() {
    let pack = common::pack();
    let mut n_fixes = 0;
    for scenario in common::scenarios() {
        let application = scenario.application();
        for d in scenario.assess(&pack).diagnostics {
            for fix in &d.fixes {
                n_fixes += 1;
                let mut fixed = application.clone();
                for (path, value) in &fix.set {
                    fixed.apply(Edit::set_at(path, Some(value.clone()))).unwrap();
                }
                let after = precheck::domain::guide::assess(&pack, &fixed, common::day(&scenario.today));
                let remains = after.diagnostics.iter().any(|o| o.code == d.code && o.path == d.path);
                assert!(!remains, "{}: {} remains after “{}”", scenario.name, d.code, fix.title);
            }
        }
    }
    assert!(n_fixes >= 5, "only {n_fixes} fixes");
}

/// The help of the app as one document: `docs/codes.md`. `UPDATE_EXPECT=1` writes it anew.
#[test]
fn codes_are_documented() {
    use std::fmt::Write as _;
    let mut page = String::from(
        "# 检查代码\n\n由 `src/domain/base/messages/zh_cn.rs` 生成，应用里的“检查代码”页内容相同。代码一经使用不再改变含义。\n",
    );
    for code in diag::all_codes() {
        let text = code.text().unwrap();
        let severity = code.severity.label();
        write!(page, "\n## {} {}（{severity}）\n\n", code.id, text.title).unwrap();
        writeln!(
            page,
            "- 名称：`{}`\n- 检查什么，依据什么：{}\n- 例如：{}\n- 怎么办：{}",
            code.name, text.about, text.example, text.remedy
        )
        .unwrap();
    }
    expect_test::expect_file!["../docs/codes.md"].assert_eq(&page);
}
