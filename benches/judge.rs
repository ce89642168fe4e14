//! How long it takes to judge an application, to read one, and to parse the pack.

#![allow(clippy::panic, reason = "a benchmark may fail")]

use divan::{Bencher, black_box};
use precheck::domain::base::date::parse_iso;
use precheck::domain::case::{self, Application};
use precheck::domain::guide::{assess, report_value};
use precheck::domain::pack::{BUILT_IN_TEXT, Pack, parse};

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

/// Once when the page opens.
#[divan::bench]
fn parse_the_pack() -> bool {
    parse(black_box(BUILT_IN_TEXT.as_bytes())).is_ok()
}
