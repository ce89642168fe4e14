//! What a person or a script waits for: judging an application, reading the pack, making a bundle.

#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use divan::Bencher;
use divan::counter::BytesCount;
use precheck::domain::base::digest::ContentDigest;
use precheck::domain::bundle::package::{self, PackagePiece};
use precheck::domain::case::facts::FactValues;
use precheck::domain::case::{self, Application, Attachment};
use precheck::domain::guide::{assess, report_value};
use precheck::domain::pack::{self, BUILT_IN_TEXT, Pack};
use precheck::domain::rule;

fn main() {
    divan::main();
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 15).unwrap()
}

fn example() -> Application {
    case::read(include_bytes!("../examples/examiner.json")).unwrap()
}

/// Rules alone: facts and findings with their explanations.
#[divan::bench]
fn judge_rules(bencher: Bencher) {
    let (pack, application) = (Pack::built_in().unwrap(), example());
    bencher.bench(|| {
        let facts = FactValues::of(&pack, &application, today());
        rule::judge(&pack, &application.track, &facts)
    });
}

/// Rules, every check, comparison, routing and dates.
#[divan::bench]
fn assess_application(bencher: Bencher) {
    let (pack, application) = (Pack::built_in().unwrap(), example());
    bencher.bench(|| assess(&pack, &application, today()));
}

/// The report of an assessed application.
#[divan::bench]
fn write_report(bencher: Bencher) {
    let (pack, application) = (Pack::built_in().unwrap(), example());
    let assessment = assess(&pack, &application, today());
    bencher.bench(|| report_value(&pack, &application, &assessment));
}

/// The built-in pack from its text.
#[divan::bench]
fn parse_pack() -> Pack {
    pack::parse(BUILT_IN_TEXT.as_bytes()).unwrap()
}

/// An application from its text.
#[divan::bench]
fn read_application() -> Application {
    case::read(include_bytes!("../examples/examiner.json")).unwrap()
}

/// A bundle with 20 MB of attachments: digests, tag files, declaration, report, and all bytes in memory.
#[divan::bench]
fn build_bundle_of_20_mb(bencher: Bencher) {
    const EACH: usize = 4 << 20;
    let pack = Pack::built_in().unwrap();
    let mut application = example();
    let contents: Vec<Vec<u8>> = (0..5_u8).map(|n| vec![n; EACH]).collect();
    for (file, content) in application.attachments.iter_mut().zip(&contents) {
        let digest = ContentDigest::of(content);
        *file = Attachment { bytes: digest.bytes, sha256: digest.sha256_hex(), ..file.clone() };
    }
    let small: Vec<u8> = vec![9; 10];
    let digest = ContentDigest::of(&small);
    if let Some(last) = application.attachments.get_mut(5) {
        last.bytes = digest.bytes;
        last.sha256 = digest.sha256_hex();
    }
    let all: Vec<&[u8]> = contents.iter().map(Vec::as_slice).chain([small.as_slice()]).collect();
    bencher.counter(BytesCount::new(5 * EACH)).bench(|| {
        let digests: Vec<ContentDigest> = all.iter().map(|c| ContentDigest::of(c)).collect();
        let assessment = assess(&pack, &application, today());
        let made = package::assemble(&pack, &application, &assessment, &digests).unwrap();
        let mut bytes = Vec::with_capacity(usize::try_from(made.bytes).unwrap());
        for piece in &made.pieces {
            match piece {
                PackagePiece::Bytes(piece) => bytes.extend_from_slice(piece),
                PackagePiece::Attachment(idx) => bytes.extend_from_slice(all[*idx]),
            }
        }
        bytes
    });
}
