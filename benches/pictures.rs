//! How long it takes to find and read the code on a photo of the printed form, decoding included, and to recognise a form.

#![allow(clippy::panic, reason = "a benchmark may fail")]

use divan::{Bencher, black_box};
use precheck::domain::declaration::{docx, recognise};
use precheck::domain::media::{picture, qr};
use precheck::domain::pack::Pack;

fn main() {
    divan::main();
}

/// The first photo of the set that has 10 to 12 megapixels.
fn photo() -> Vec<u8> {
    let text = format!("PC1:{}", "6BF1%VH BZJ0*9.WMH0C7/AZW4Z*AK".repeat(18));
    let code = qr::draw(&text).unwrap_or_else(|error| panic!("{error}"));
    (0..)
        .map(|index| pictures::picture(20_260_306, index, code.size, &|x, y| code.is_dark(x, y)))
        .find(|sample| (10_000_000..=12_000_000).contains(&(sample.width * sample.height)))
        .map(|sample| sample.jpeg)
        .unwrap_or_default()
}

#[divan::bench(sample_count = 20)]
fn read_a_photo_of_12_megapixels(bencher: Bencher) {
    let jpeg = photo();
    bencher.bench(|| {
        let picture = picture::decode(black_box(&jpeg)).unwrap_or_else(|error| panic!("{error}"));
        assert!(matches!(qr::read(&picture), qr::Reading::Found(_)));
    });
}

#[divan::bench]
fn recognise_a_form(bencher: Bencher) {
    let bytes = include_bytes!("../tests/forms/hand-28-long-form.docx");
    let pack = Pack::built_in().unwrap_or_else(|errors| panic!("{errors:?}"));
    bencher.bench(|| {
        let document = docx::read(black_box(bytes)).unwrap_or_else(|error| panic!("{error}"));
        recognise(&pack, &document.paper)
    });
}
