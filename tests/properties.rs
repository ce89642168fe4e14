//! What holds for every application, every edit and every sequence of bytes, not only for the cases of our choice.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod common;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::OnceLock;

use chrono::NaiveDate;
use precheck::app::action::Action;
use precheck::app::draft::Draft;
use precheck::app::receipt::Receipt;
use precheck::app::state::{AppState, OfflineState, StorageFacts, StorageProblem};
use precheck::app::update::update;
use precheck::domain::base::json::Value;
use precheck::domain::bundle::package::Status;
use precheck::domain::case::inspected::{Inspected, Opening};
use precheck::domain::case::{self, Application, Attachment, Edit, PackRef};
use precheck::domain::guide::{Assessment, assess, report_value};
use precheck::domain::pack::{FactKind, FieldKind, Pack, parse};
use precheck::domain::rule::{self, Outcome};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

/// The pack, parsed once.
fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(common::pack)
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (700_000..760_000_i32).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).unwrap())
}

/// Values that could stand at a key: sensible ones and nonsense.
fn values_of(pack: &Pack, key: &str) -> Vec<Value> {
    let mut values = vec![
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(-7),
        json!(12),
        json!(1.5),
        json!(""),
        json!("示例"),
        json!("2025-03-10"),
        json!("2026-02-30"),
        json!("510703198503120017"),
        json!("6-18-02-04"),
        json!("2-01-01-00"),
        json!("510700"),
        json!("\u{202e}甲"),
        json!([]),
        json!([{ "id": "r1", "from": "2020-02", "to": "2019-02", "unit": "甲" }]),
        json!([{ "id": 7 }, 3]),
        json!({ "a": null }),
    ];
    let of_fact = pack.fact(key).map(|(_, fact)| &fact.kind);
    if let Some(FactKind::Choice { options, .. }) = of_fact {
        values.extend(options.iter().map(|o| json!(o.value)));
    }
    if let Some(FieldKind::Choice { options, .. }) = pack.field(key).map(|f| &f.kind) {
        values.extend(options.iter().map(|o| json!(o.value)));
    }
    values
}

fn keys(pack: &Pack) -> Vec<String> {
    let of_fields = pack.form.iter().flat_map(|s| &s.fields).map(|f| f.id.clone());
    let of_facts = pack.facts.iter().filter(|f| f.derived.is_none()).map(|f| f.id.clone());
    let mut keys: Vec<String> = of_fields.chain(of_facts).collect();
    keys.push("x.unknown".to_owned());
    keys.sort();
    keys.dedup();
    keys
}

/// An answer: a key with one of the values that could stand there.
fn any_answer() -> impl Strategy<Value = (String, Value)> {
    let pack = pack();
    let pairs: Vec<(String, Vec<Value>)> =
        keys(pack).into_iter().map(|key| (key.clone(), values_of(pack, &key))).collect();
    (select(pairs), any::<Index>()).prop_map(|((key, values), place)| {
        let value = place.get(&values).clone();
        (key, value)
    })
}

fn any_track() -> impl Strategy<Value = String> {
    select(vec!["examiner", "senior_examiner", "special_examiner", "inspector", "", "cook"])
        .prop_map(str::to_owned)
}

fn any_session() -> impl Strategy<Value = Option<String>> {
    select(vec![
        None,
        Some("2026-03"),
        Some("2026-04"),
        Some("2026-05"),
        Some("2026-06"),
        Some("city"),
        Some("?"),
    ])
    .prop_map(|s| s.map(str::to_owned))
}

prop_compose! {
    fn any_inspected()(
        opening in 0..Opening::ALL.len(),
        pages in proptest::option::of(0_usize..300),
        pixels in proptest::option::of((0_usize..20_000, 0_usize..20_000)),
        blank in proptest::collection::vec(0_usize..300, 0..3),
        has_location in any::<bool>(),
        background in proptest::option::of(any::<(u8, u8, u8)>()),
        text in proptest::option::of(proptest::collection::vec("\\PC{0,20}", 0..3)),
        has_unreadable in any::<bool>(),
    ) -> Inspected {
        let opening = Opening::ALL[opening];
        let inspected = Inspected { opening, pages, pixels, blank, background, ..Inspected::default() };
        Inspected { has_location, text, has_unreadable, ..inspected }
    }
}

prop_compose! {
    fn any_attachment()(
        material in select(vec!["resident-id", "certificate", "title-certificate", "contract", "photo", "?"]),
        file in "[a-z甲 ./]{0,12}",
        media_type in select(vec!["image/png", "application/pdf", "text/plain"]),
        bytes in 0..100_000_u64,
        digit in 0..4_u8,
        facts in proptest::collection::btree_map("[a-z_.]{1,12}", "\\PC{0,8}".prop_map(Value::String), 0..3),
        inspected in proptest::option::of(any_inspected()),
    ) -> Attachment {
        Attachment {
            material: material.to_owned(),
            file,
            media_type: media_type.to_owned(),
            bytes,
            sha256: digit.to_string().repeat(64),
            facts,
            inspected,
        }
    }
}

prop_compose! {
    fn any_application()(
        track in any_track(),
        session in any_session(),
        answers in proptest::collection::vec(any_answer(), 0..40),
        attachments in proptest::collection::vec(any_attachment(), 0..6),
    ) -> Application {
        Application {
            pack: PackRef { id: "sichuan-2026".to_owned(), version: "1.0.0".to_owned() },
            track,
            session,
            answers: answers.into_iter().collect::<BTreeMap<_, _>>(),
            attachments,
            readings: Vec::new(),
            dispositions: Vec::new(),
        }
    }
}

/// Half the time an example with some answers changed: random answers alone seldom settle a rule.
fn likely_application() -> impl Strategy<Value = Application> {
    let near =
        (select(common::EXAMPLES.to_vec()), proptest::collection::vec(any_answer(), 0..6), any_session())
            .prop_map(|(name, changes, session)| {
                let mut application = common::example(name);
                application.answers.extend(changes);
                application.session = session.or(application.session);
                application
            });
    prop_oneof![any_application(), near]
}

fn check_report(pack: &Pack, application: &Application, assessment: &Assessment) {
    let report = report_value(pack, application, assessment);
    assert_eq!(report["blocks"], assessment.blocks());
    for finding in &assessment.eligibility.findings {
        assert_eq!(finding.outcome == Outcome::Open, !finding.missing.is_empty(), "{finding:?}");
        assert!(finding.because.is_empty() || finding.missing.is_empty(), "{finding:?}");
    }
    for d in &assessment.diagnostics {
        assert!(!d.clauses.is_empty() && !d.message.is_empty(), "{d:?}");
    }
}

fn without(application: &Application, key: &str) -> Application {
    let mut application = application.clone();
    application.answers.remove(key);
    application
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_application_reads_as_it_was_written(application in any_application()) {
        let canonical = application.to_canonical();
        let read = case::read(&canonical).unwrap();
        prop_assert_eq!(read.to_canonical(), canonical);
        prop_assert_eq!(read.fingerprint(), application.fingerprint());
        prop_assert_eq!(&case::read(application.to_pretty().as_bytes()).unwrap(), &read);
        prop_assert_eq!(read, application);
    }

    #[test]
    fn every_application_is_judged(application in likely_application(), today in any_day()) {
        let pack = pack();
        let assessment = assess(pack, &application, today);
        check_report(pack, &application, &assessment);
        prop_assert_eq!(assess(pack, &application, today), assessment);
    }

    /// What is settled stays settled while the answers that settled it stay: an answer that was not there before
    /// never turns it.
    #[test]
    fn an_added_answer_turns_nothing_that_was_settled(
        application in likely_application(),
        (key, value) in any_answer(),
        today in any_day(),
    ) {
        let pack = pack();
        let before = without(&application, &key);
        let mut after = before.clone();
        after.answers.insert(key.clone(), value);
        let before = assess(pack, &before, today);
        let after = assess(pack, &after, today);
        for finding in before.eligibility.findings {
            let is_settled = !matches!(finding.outcome, Outcome::Open | Outcome::Review);
            if is_settled && !finding.because.iter().any(|path| path.key() == key) {
                let now = after.eligibility.finding(&finding.rule).unwrap();
                prop_assert_eq!(now.outcome, finding.outcome, "{} by {}", finding.rule, key);
            }
        }
    }

    /// Each answer that a finding says is missing can be given, and one that settles it names nothing else as missing
    /// that was not missing before.
    #[test]
    fn only_a_missing_answer_settles_an_open_rule(
        application in likely_application(),
        (key, value) in any_answer(),
        today in any_day(),
    ) {
        let pack = pack();
        let before = without(&application, &key);
        let mut after = before.clone();
        after.answers.insert(key.clone(), value);
        let before = assess(pack, &before, today);
        let after = assess(pack, &after, today);
        for finding in before.eligibility.findings {
            if finding.outcome == Outcome::Open && !finding.missing.iter().any(|path| path.key() == key) {
                let now = after.eligibility.finding(&finding.rule).unwrap();
                prop_assert_eq!(now.outcome, Outcome::Open, "{} by {}", finding.rule, key);
            }
        }
    }

    /// What is said to turn a rule does turn it; what is said to settle it names only what is missing.
    #[test]
    fn what_is_said_to_change_a_finding_does_change_it(application in likely_application()) {
        let pack = pack();
        let today = common::day(common::TODAY);
        let assessment = assess(pack, &application, today);
        let met = |outcome| matches!(outcome, Outcome::Pass | Outcome::NotApplicable);
        for finding in assessment.eligibility.findings.iter().filter(|f| matches!(f.outcome, Outcome::Fail | Outcome::Open)) {
            let rule = pack.rule(&finding.rule).unwrap();
            let turn = rule::turn(pack, rule, &application, &assessment.facts);
            if !turn.changes.is_empty() {
                let supposed: Vec<_> =
                    turn.changes.iter().map(|c| (c.path.as_str().to_owned(), Some(c.value.clone()))).collect();
                let facts = assessment.facts.supposing(pack, &application, &supposed);
                prop_assert!(met(rule::outcome_of(rule, &facts)), "{} by {:?}", rule.id, turn.changes);
            }
            if let Some(day) = turn.from {
                let then = assess(pack, &application, day);
                prop_assert!(met(then.eligibility.finding(&rule.id).unwrap().outcome), "{} on {day}", rule.id);
                prop_assert!(day > today);
            }
            for set in rule::settling_sets(pack, rule, &application, &assessment.facts) {
                prop_assert!(finding.outcome == Outcome::Open && !set.is_empty());
            }
        }
    }

    /// A question that is asked can matter: some answer to it changes what its rules say. And once the person is
    /// barred nothing is asked.
    #[test]
    fn only_questions_that_matter_are_asked(application in likely_application()) {
        let pack = pack();
        let today = common::day(common::TODAY);
        let assessment = assess(pack, &application, today);
        let next = rule::next_question(pack, &application, &assessment.facts, &assessment.eligibility);
        if assessment.eligibility.verdict == rule::Verdict::NotEligible {
            prop_assert_eq!(next, None);
        } else if let Some(idx) = next {
            let path = pack.fact_at(idx).unwrap().path.as_str().to_owned();
            let before = &assessment.eligibility.findings;
            let matters = rule::candidates(pack, &application, &assessment.facts, &path).into_iter().any(|value| {
                let facts = assessment.facts.supposing(pack, &application, &[(path.clone(), Some(value))]);
                &rule::judge(pack, &application.track, &facts).findings != before
            });
            prop_assert!(matters, "{path}");
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(case::read(&bytes).is_err());
        prop_assert!(parse(&bytes).is_err());
        prop_assert!(Draft::from_record(&String::from_utf8_lossy(&bytes)).is_err());
    }

    #[test]
    fn no_damage_makes_a_reader_panic(
        place in any::<Index>(),
        length in 0..40_usize,
        insert in proptest::collection::vec(any::<u8>(), 0..8),
    ) {
        let damage = |whole: &[u8]| {
            let start = place.index(whole.len());
            let end = (start + length).min(whole.len());
            [&whole[..start], &insert, &whole[end..]].concat()
        };
        let example = common::example("examiner");
        let _ = case::read(&damage(&example.to_canonical()));
        let _ = parse(&damage(precheck::domain::pack::BUILT_IN_TEXT.as_bytes()));
        let draft = Draft { application: example, ..Draft::default() };
        let _ = Draft::from_record(&String::from_utf8_lossy(&damage(draft.to_record().as_bytes())));
    }
}

fn any_id() -> impl Strategy<Value = String> {
    select(vec!["d1", "d2", "d3"]).prop_map(str::to_owned)
}

fn any_list() -> impl Strategy<Value = String> {
    select(vec!["resume", "exam.history", "person.name"]).prop_map(str::to_owned)
}

fn any_member() -> impl Strategy<Value = String> {
    select(vec!["r1", "r2", "r9", ""]).prop_map(str::to_owned)
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => (any_answer(), any::<bool>()).prop_map(|((key, value), is_set)| Edit::Set {
            key,
            value: is_set.then_some(value),
        }),
        3 => any_list().prop_map(|list| Edit::AddMember { list }),
        1 => (any_list(), any_member()).prop_map(|(list, id)| Edit::RemoveMember { list, id }),
        1 => (any_list(), any_member(), any::<bool>())
            .prop_map(|(list, id, up)| Edit::MoveMember { list, id, up }),
        1 => any_attachment().prop_map(Edit::Attach),
        1 => (0..8_usize).prop_map(Edit::Detach),
        1 => (0..8_usize, any_answer(), any::<bool>()).prop_map(|(attachment, (key, value), is_set)| {
            Edit::SetFact { attachment, key, value: is_set.then_some(value) }
        }),
    ]
}

fn any_draft() -> impl Strategy<Value = Rc<Draft>> {
    (any_id(), any_application(), 0..9_u64).prop_map(|(id, application, revision)| {
        Rc::new(Draft { id, application, revision, ..Draft::default() })
    })
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        12 => any_edit().prop_map(Action::Edit),
        2 => any_id().prop_map(|id| Action::CreateDraft { id }),
        2 => any_id().prop_map(|id| Action::OpenDraft { id }),
        2 => (any_id(), proptest::option::of(any_draft())).prop_map(|(id, draft)| Action::DraftLoaded { id, draft }),
        1 => (any_id(), any_draft()).prop_map(|(id, draft)| Action::DraftImported { id, draft }),
        1 => any_day().prop_map(|today| Action::Started { today }),
        1 => Just(Action::DraftsListed { drafts: Vec::new(), unreadable: vec!["d9".to_owned()] }),
        1 => Just(Action::CloseDraft),
        1 => (any_id(), "\\PC{0,80}").prop_map(|(id, name)| Action::RenameDraft { id, name }),
        1 => any_id().prop_map(|id| Action::DeleteDraft { id }),
        1 => any_id().prop_map(|id| Action::DraftDeleted { id }),
        2 => Just(Action::Undo),
        1 => proptest::option::of(any_day()).prop_map(Action::SetReference),
        1 => (any_id(), any_attachment())
            .prop_map(|(draft, attachment)| Action::FileStored { draft, attachment, blob: "b".to_owned() }),
        1 => (0..8_usize).prop_map(Action::RemoveAttachment),
        1 => Just(Action::SaveBegun),
        1 => (any_id(), 0..20_u64).prop_map(|(id, revision)| Action::Saved {
            id,
            revision,
            clock: "10:32".to_owned(),
        }),
        1 => select(vec![
            StorageProblem::Refused,
            StorageProblem::Full,
            StorageProblem::Conflict,
            StorageProblem::Failed,
        ])
        .prop_map(Action::StorageFailed),
        1 => Just(Action::StorageMeasured(StorageFacts { used: 1, quota: 2, is_persistent: false })),
        1 => select(vec![OfflineState::Ready, OfflineState::UpdateWaiting]).prop_map(Action::Offline),
        1 => Just(Action::ActivateUpdate),
        1 => Just(Action::DownloadDraft),
        1 => Just(Action::Print),
        1 => Just(Action::Export { status: Status::Draft, seal: None }),
        1 => Just(Action::Export { status: Status::Final, seal: None }),
        1 => Just(Action::CancelExport),
        1 => Just(Action::ExportCancelled),
        1 => any::<bool>().prop_map(|share| Action::HandOver { share }),
        1 => Just(Action::DownloadReceipt),
        1 => Just(Action::Exported {
            draft: "d1".to_owned(),
            receipt: Receipt {
                form_code: "0".to_owned(),
                root_hash: "0".to_owned(),
                file_name: "0".to_owned(),
                bytes: 0,
                status: Status::Final,
                is_sealed: false,
                day: "2026-03-20".to_owned(),
                content: String::new(),
                files: Vec::new(),
            },
            can_share: true,
        }),
        1 => Just(Action::ExportFailed("满".to_owned())),
        1 => Just(Action::DismissNotice),
        1 => (0..99_u64).prop_map(Action::Taken),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_actions_makes_the_app_panic(actions in proptest::collection::vec(any_action(), 1..60)) {
        let pack = Rc::new(pack().clone());
        let mut state = AppState::new(Rc::clone(&pack), common::day(common::TODAY));
        for action in actions {
            let before = state.draft().map(|d| (d.id.clone(), d.revision));
            let is_edit = matches!(action, Action::Edit(_));
            let next = update(&state, action);
            if let (Some(draft), Some(assessment)) = (next.draft(), next.assessment()) {
                let fresh = assess(&pack, &draft.application, next.reference(draft));
                prop_assert_eq!(&**assessment, &fresh, "a stale assessment");
                if let Some((id, revision)) = before.filter(|_| is_edit) {
                    prop_assert_eq!(&draft.id, &id);
                    prop_assert!(draft.revision == revision || draft.revision == revision + 1);
                }
            }
            let numbers: Vec<u64> = next.outbox.iter().map(|(number, _)| *number).collect();
            prop_assert!(numbers.windows(2).all(|w| w[0] < w[1]), "requests out of order");
            prop_assert!(numbers.iter().all(|n| *n < next.next_effect));
            state = next;
        }
    }
}

/// The strategies above reach what they are about.
#[test]
fn generated_applications_reach_every_outcome() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let pack = pack();
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeMap::new();
    for _ in 0..200 {
        let application = likely_application().new_tree(&mut runner).unwrap().current();
        for finding in assess(pack, &application, common::day(common::TODAY)).eligibility.findings {
            *seen.entry(finding.outcome.as_str()).or_insert(0) += 1;
        }
    }
    let outcomes: Vec<&str> = seen.keys().copied().collect();
    assert_eq!(outcomes, ["fail", "not_applicable", "open", "pass", "review"]);
    assert!(seen.values().all(|n| *n >= 10), "{seen:?}");
}
