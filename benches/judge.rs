//! How long it takes to judge an application, to read one, and to parse the pack.

#![allow(clippy::panic, reason = "a benchmark may fail")]

use divan::{Bencher, black_box};
use precheck::domain::base::catalogue::occupation;
use precheck::domain::base::date::parse_iso;
use precheck::domain::base::identifier::Kind;
use precheck::domain::case::facts::FactValues;
use precheck::domain::case::{self, Application};
use precheck::domain::check::{self, Input};
use precheck::domain::guide::{assess, report_value};
use precheck::domain::pack::{BUILT_IN_TEXT, Pack, parse};
use precheck::domain::rule;

const EXAMPLE: &[u8] = include_bytes!("../examples/senior_examiner.json");

fn main() {
    divan::main();
}

fn pack() -> Pack {
    Pack::built_in().unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn example() -> Application {
    case::read(EXAMPLE).unwrap_or_else(|error| panic!("{error}"))
}

fn blank() -> Application {
    Application {
        track: "examiner".to_owned(),
        session: Some("2026-07".to_owned()),
        ..Application::default()
    }
}

fn today() -> chrono::NaiveDate {
    parse_iso("2026-03-20").unwrap_or_default()
}

/// Once for each change that a person makes: a frame of the page is 16 ms.
#[divan::bench]
fn assess_a_full_application(bencher: Bencher) {
    let (pack, application) = (pack(), example());
    bencher.bench_local(|| assess(black_box(&pack), black_box(&application), today()));
}

#[divan::bench]
fn report_of_a_full_application(bencher: Bencher) {
    let (pack, application) = (pack(), example());
    let assessment = assess(&pack, &application, today());
    bencher.bench_local(|| report_value(&pack, &application, black_box(&assessment)).to_string());
}

#[divan::bench]
fn read_an_application() -> Application {
    case::read(black_box(EXAMPLE)).unwrap_or_default()
}

#[divan::bench]
fn fingerprint(bencher: Bencher) {
    let application = example();
    bencher.bench_local(|| black_box(&application).fingerprint());
}

/// All rules of a track with what decided them, what is missing and until when they hold; everything answered.
#[divan::bench]
fn judge_all_rules_answered(bencher: Bencher) {
    let (pack, application) = (pack(), example());
    let facts = FactValues::of(&pack, &application, today());
    bencher.bench_local(|| rule::judge(&pack, &application.track, black_box(&facts)));
}

/// The same with the facts read from the application first.
#[divan::bench]
fn read_facts_and_judge(bencher: Bencher) {
    let (pack, application) = (pack(), example());
    bencher.bench_local(|| {
        let facts = FactValues::of(&pack, black_box(&application), today());
        rule::judge(&pack, &application.track, &facts)
    });
}

/// Nothing answered yet.
#[divan::bench]
fn judge_all_rules_blank(bencher: Bencher) {
    let (pack, application) = (pack(), blank());
    bencher.bench_local(|| {
        let facts = FactValues::of(&pack, black_box(&application), today());
        rule::judge(&pack, &application.track, &facts)
    });
}

/// The sets of answers that could settle each open rule, nothing answered yet.
#[divan::bench]
fn settling_sets_of_all_rules_blank(bencher: Bencher) {
    let (pack, application) = (pack(), blank());
    let facts = FactValues::of(&pack, &application, today());
    bencher.bench_local(|| {
        pack.rules_for(&application.track)
            .map(|r| rule::settling_sets(&pack, r, &application, black_box(&facts)).len())
            .sum::<usize>()
    });
}

/// The question that leaves the fewest, nothing answered yet.
#[divan::bench]
fn next_question_blank(bencher: Bencher) {
    let (pack, application) = (pack(), blank());
    let facts = FactValues::of(&pack, &application, today());
    let eligibility = rule::judge(&pack, &application.track, &facts);
    bencher.bench_local(|| rule::next_question(&pack, &application, black_box(&facts), &eligibility));
}

/// Whether and from when each session of the year fits.
#[divan::bench]
fn outlook_of_the_year(bencher: Bencher) {
    let (pack, application) = (pack(), example());
    let facts = FactValues::of(&pack, &application, today());
    bencher.bench_local(|| rule::outlook(&pack, &application, black_box(&facts)));
}

/// A pack with `n` more rules on the built-in facts, all judged.
#[divan::bench(args = [10, 100, 1_000])]
fn judge_generated_rules(bencher: Bencher, n: usize) {
    let mut text = BUILT_IN_TEXT.to_owned();
    for i in 0..n {
        text.push_str(&format!(
            "\n[[rule]]\nid = \"G{i}\"\ntitle = \"g\"\nclauses = [\"3\"]\nstatus = \"stated\"\nremedy = \"g\"\ncondition = {{ any = [{{ fact = \"unit.filing\", is = \"none\" }}, {{ all = [{{ fact = \"unit.kind\", in = [\"local\", \"hr_department\"] }}, {{ not = {{ fact = \"unit.accepted_on\", within = \"P{}D\" }} }}] }}] }}\n",
            i + 1
        ));
    }
    let pack = parse(text.as_bytes()).unwrap_or_else(|e| panic!("{e:?}"));
    let application = example();
    let facts = FactValues::of(&pack, &application, today());
    bencher.bench_local(|| rule::judge(&pack, &application.track, black_box(&facts)));
}

/// Once when the page opens.
#[divan::bench]
fn parse_the_pack() -> bool {
    parse(black_box(BUILT_IN_TEXT.as_bytes())).is_ok()
}

/// Every check of what was entered and attached, without the rules.
#[divan::bench]
fn check_a_full_application(bencher: Bencher) {
    let (pack, application) = (pack(), example());
    let facts = FactValues::of(&pack, &application, today());
    let holds = |condition: &_| rule::truth_of(condition, &facts) == rule::Truth::True;
    let input = Input { pack: &pack, application: &application, facts: &facts, holds: &holds };
    bencher.bench_local(|| check::run(black_box(&input)));
}

/// By what people type: a part of a name, initials, a code.
#[divan::bench(args = ["机械", "zspts", "6-18", "没有的职业"])]
fn search_occupations(query: &str) -> occupation::Search {
    occupation::search(black_box(query), 12)
}

#[divan::bench(args = [("resident-id", "510703198503120017"), ("credit-code", "91350100M000100Y43"), ("skill-certificate", "Y000051001064243000001")])]
fn inspect_a_number((kind, value): (&str, &str)) -> usize {
    Kind::parse(kind).map_or(0, |kind| kind.inspect(black_box(value), today()).parts.len())
}
