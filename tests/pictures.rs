//! Photos and scans of a printed form, as bad as people make them: how many codes are read, and that none is read wrong.
//! `cargo test --test pictures -- --nocapture` prints the figures.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail"
)]

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use precheck::domain::media::picture::{self, Crop, Picture};
use precheck::domain::media::qr::{self, Reading, Why};

/// The seed of the set, and how many pictures it has.
const SEED: u64 = 20_260_306;
const SAMPLES: u64 = 208;
/// The least share that must be read.
const SHARE: f64 = 0.98;

const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// A text as long as a print's, different for each number.
fn text(index: u64) -> String {
    let mut state = index.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let n = 300 + (index * 97) % 600;
    let body = (0..n).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(ALPHABET[(state >> 33) as usize % ALPHABET.len()])
    });
    format!("PC1:{}", body.collect::<String>())
}

struct Outcome {
    is_read: bool,
    megapixels: usize,
    what: String,
}

#[test]
fn bad_pictures_are_read_and_none_is_read_wrong() {
    let next = AtomicU64::new(0);
    let outcomes = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= SAMPLES {
                        return;
                    }
                    let expected = text(index);
                    let code = qr::draw(&expected).unwrap();
                    let sample = pictures::picture(SEED, index, code.size, &|x, y| code.is_dark(x, y));
                    let is_read = match qr::read(&picture::decode(&sample.jpeg).unwrap()) {
                        Reading::Found(found) => {
                            assert_eq!(found, expected, "a wrong reading: {}", sample.what);
                            true
                        }
                        Reading::NotFound(_) => false,
                    };
                    let megapixels = sample.width * sample.height / 1_000_000;
                    outcomes.lock().unwrap().push(Outcome { is_read, megapixels, what: sample.what });
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap();
    let mut classes: BTreeMap<usize, Vec<&Outcome>> = BTreeMap::new();
    for outcome in &outcomes {
        classes.entry(outcome.megapixels / 4 * 4).or_default().push(outcome);
    }
    println!("megapixels  pictures  read");
    for (class, of_class) in &classes {
        let read = of_class.iter().filter(|o| o.is_read).count();
        println!("{class:>3} to {:<3}  {:>8}  {read:>4}", class + 4, of_class.len());
    }
    for missed in outcomes.iter().filter(|o| !o.is_read) {
        println!("not read: {}", missed.what);
    }
    let read = outcomes.iter().filter(|o| o.is_read).count();
    let share = read as f64 / outcomes.len() as f64;
    println!("{read} of {} read, {:.1} %", outcomes.len(), share * 100.0);
    assert!(share >= SHARE, "{read} of {}", outcomes.len());
}

/// A sharp picture of a page with the code of a text, at `scale` pixels a module.
fn sharp(scale: usize) -> (Picture, usize) {
    let code = qr::draw(&text(7)).unwrap();
    let side = code.full_size() * scale;
    let (w, h) = (side * 3, side * 3);
    let luma = (0..w * h)
        .map(|i| {
            let (x, y) = (i % w, i / w);
            let module = |at: usize| (at.wrapping_sub(side) / scale).wrapping_sub(qr::QUIET);
            let is_inside = (side..2 * side).contains(&x) && (side..2 * side).contains(&y);
            if is_inside && code.is_dark(module(x), module(y)) { 20 } else { 240 }
        })
        .collect();
    (Picture::from_luma(w, h, luma).unwrap(), side)
}

#[test]
fn what_is_wrong_with_a_picture_is_said() {
    let (whole, side) = sharp(5);
    assert_eq!(qr::read(&whole), Reading::Found(text(7)));
    let cut = whole.crop(Crop { x: side + side / 3, y: 0, width: side, height: 3 * side }).unwrap();
    assert_eq!(qr::read(&cut), Reading::NotFound(Why::CutOff));
    let empty = whole.crop(Crop { x: 0, y: 0, width: side, height: side }).unwrap();
    assert_eq!(qr::read(&empty), Reading::NotFound(Why::NoCode));
    let (small, _) = sharp(1);
    assert!(matches!(qr::read(&small), Reading::Found(_) | Reading::NotFound(Why::TooSmall)));
    // The middle is painted over: the finder patterns stay, the content is gone.
    let mut covered = whole.clone();
    for y in side + side / 4..2 * side - side / 4 {
        for x in side + side / 4..2 * side - side / 4 {
            covered.luma[y * covered.width + x] = 128;
        }
    }
    assert_eq!(qr::read(&covered), Reading::NotFound(Why::Unclear));
}
