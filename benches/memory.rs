//! Whether judging leaves anything behind: memory in use before and after a million evaluations with their reasons.
//! Run with `cargo bench --bench memory`; Linux only, elsewhere it says so.

#![allow(clippy::panic, clippy::print_stdout, reason = "a benchmark may fail and speaks to people")]

use std::hint::black_box;

use precheck::domain::base::date::parse_iso;
use precheck::domain::case;
use precheck::domain::case::facts::FactValues;
use precheck::domain::pack::Pack;
use precheck::domain::rule;

const EXAMPLE: &[u8] = include_bytes!("../examples/senior_examiner.json");

/// Resident memory in KiB.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn main() {
    let pack = Pack::built_in().unwrap_or_else(|errors| panic!("{errors:?}"));
    let application = case::read(EXAMPLE).unwrap_or_else(|error| panic!("{error}"));
    let today = parse_iso("2026-03-20").unwrap_or_default();
    let judge = |n: u32| {
        for _ in 0..n {
            let facts = FactValues::of(&pack, black_box(&application), today);
            black_box(rule::judge(&pack, &application.track, &facts));
        }
    };
    judge(1_000);
    let before = resident();
    judge(1_000_000);
    match (before, resident()) {
        (Some(before), Some(after)) => {
            println!(
                "a million evaluations: {before} KiB before, {after} KiB after, {} KiB more",
                after.saturating_sub(before)
            );
        }
        _ => println!("this system does not tell how much memory is in use"),
    }
}
