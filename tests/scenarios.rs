//! Every scenario of `tests/scenarios/` comes out as it says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod common;

use std::collections::BTreeSet;

#[test]
fn scenarios_come_out_as_they_say() {
    let pack = common::pack();
    let mut wrong = Vec::new();
    for scenario in common::scenarios() {
        let name = &scenario.name;
        let assessment = scenario.assess(&pack);
        if let Some(expected) = &scenario.verdict {
            let found = assessment.eligibility.verdict.as_str();
            if found != expected {
                wrong.push(format!("{name}: verdict {found}, not {expected}"));
            }
        }
        for (rule, expected) in &scenario.rules {
            let found = assessment.eligibility.finding(rule).map_or("absent", |f| f.outcome.as_str());
            if found != expected {
                wrong.push(format!("{name}: {rule} {found}, not {expected}"));
            }
        }
        let found: BTreeSet<String> =
            assessment.diagnostics.iter().map(|d| format!("{}@{}", d.code, d.path)).collect();
        let expected: BTreeSet<String> = scenario.codes.iter().cloned().collect();
        for finding in found.difference(&expected) {
            wrong.push(format!("{name}: {finding} is not expected"));
        }
        for finding in expected.difference(&found) {
            wrong.push(format!("{name}: {finding} is missing"));
        }
        for code in &scenario.not_codes {
            if assessment.diagnostics.iter().any(|d| d.code == code) {
                wrong.push(format!("{name}: {code} is raised"));
            }
        }
        if let Some(expected) = scenario.blocks
            && assessment.blocks() != expected
        {
            wrong.push(format!("{name}: blocks is {}", !expected));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn examples_are_eligible_and_clean() {
    let pack = common::pack();
    for name in common::EXAMPLES {
        let application = common::example(name);
        assert_eq!(application.track, name);
        let assessment = precheck::domain::guide::assess(&pack, &application, common::day(common::TODAY));
        assert_eq!(assessment.eligibility.verdict.as_str(), "eligible", "{name}");
        assert!(!assessment.blocks(), "{name}");
        assert_eq!(assessment.diagnostics, Vec::new(), "{name}");
    }
}

#[test]
fn examples_have_their_files() {
    use precheck::domain::base::digest::ContentDigest;
    for name in common::EXAMPLES {
        let application = common::example(name);
        assert!(!application.attachments.is_empty(), "{name}");
        let folder = common::root().join("examples").join(name);
        for file in &application.attachments {
            let digest = ContentDigest::of(&std::fs::read(folder.join(&file.file)).unwrap());
            assert_eq!(
                (digest.bytes, digest.sha256_hex()),
                (file.bytes, file.sha256.clone()),
                "{}",
                file.file
            );
        }
        let n_files = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(n_files, application.attachments.len(), "{name}: a file without an entry");
    }
}
