//! How long the engine takes in the browser's wasm: printed, not asserted. Run by `cargo xtask measure`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use precheck::domain::base::catalogue::occupation;
use precheck::domain::base::date::parse_iso;
use precheck::domain::case::facts::FactValues;
use precheck::domain::case::{self, Application};
use precheck::domain::pack::Pack;
use precheck::domain::rule;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const EXAMPLE: &[u8] = include_bytes!("../examples/senior_examiner.json");

/// Milliseconds since the page was opened, with the fractions that the browser gives.
fn now() -> f64 {
    let performance = js_sys::Reflect::get(&js_sys::global(), &"performance".into()).unwrap();
    let now: js_sys::Function = js_sys::Reflect::get(&performance, &"now".into()).unwrap().into();
    now.call0(&performance).unwrap().as_f64().unwrap()
}

/// Microseconds that one call takes on average, the best of ten rounds.
fn measure(mut call: impl FnMut()) -> f64 {
    const N: u32 = 500;
    let round = |call: &mut dyn FnMut()| {
        let start = now();
        (0..N).for_each(|_| call());
        (now() - start) * 1_000.0 / f64::from(N)
    };
    (0..10).map(|_| round(&mut call)).fold(f64::INFINITY, f64::min)
}

#[wasm_bindgen_test]
fn the_search() {
    for query in ["机械", "zspts", "6-18", "gong", "没有的职业"] {
        let first = {
            let start = now();
            std::hint::black_box(occupation::search(query, 12));
            (now() - start) * 1_000.0
        };
        let time = measure(|| {
            std::hint::black_box(occupation::search(query, 12));
        });
        console_log!("search {query}: {time:.1} µs, the first time {first:.0} µs");
    }
}

#[wasm_bindgen_test]
fn the_engine() {
    let pack = Pack::built_in().unwrap();
    let today = parse_iso("2026-03-20").unwrap();
    let full = case::read(EXAMPLE).unwrap();
    let blank = Application {
        track: "examiner".to_owned(),
        session: Some("2026-07".to_owned()),
        ..Application::default()
    };
    for (name, application) in [("answered", &full), ("blank", &blank)] {
        let facts = FactValues::of(&pack, application, today);
        let eligibility = rule::judge(&pack, &application.track, &facts);
        let judging = measure(|| {
            std::hint::black_box(rule::judge(
                &pack,
                &application.track,
                &FactValues::of(&pack, application, today),
            ));
        });
        let asking = measure(|| {
            std::hint::black_box(rule::next_question(&pack, application, &facts, &eligibility));
        });
        console_log!("{name}: all rules with their reasons {judging:.1} µs, next question {asking:.1} µs");
    }
}
