//! How long it takes to put together and to verify a bundle with 20 MB of files.

#![allow(clippy::panic, reason = "a benchmark may fail")]

use std::io::Cursor;

use divan::{Bencher, black_box, counter::BytesCount};
use precheck::domain::base::date::parse_iso;
use precheck::domain::base::digest::{ContentDigest, Digester};
use precheck::domain::base::zip::ReaderAt;
use precheck::domain::bundle::package::{PackagePiece, Status, assemble};
use precheck::domain::bundle::verify::verify_reader;
use precheck::domain::case::{self, Application};
use precheck::domain::guide::{Assessment, assess};
use precheck::domain::pack::Pack;

const EXAMPLE: &[u8] = include_bytes!("../examples/senior_examiner.json");
const SIZE: usize = 20 << 20;

fn main() {
    divan::main();
}

/// An application whose files have 20 MB together, with those files.
struct Case {
    pack: Pack,
    application: Application,
    assessment: Assessment,
    files: Vec<Vec<u8>>,
}

fn case() -> Case {
    let pack = Pack::built_in().unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut application = case::read(EXAMPLE).unwrap_or_else(|error| panic!("{error}"));
    let n_files = application.attachments.len();
    let mut files = Vec::new();
    for (place, attachment) in application.attachments.iter_mut().enumerate() {
        // Incompressible enough, and another content for each file.
        let mut state = 0x9e37_79b9_u32 ^ u32::try_from(place).unwrap_or_default();
        let content: Vec<u8> = (0..SIZE / n_files)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                state.to_be_bytes()[0]
            })
            .collect();
        let digest = ContentDigest::of(&content);
        attachment.bytes = digest.bytes;
        attachment.sha256 = digest.sha256_hex();
        files.push(content);
    }
    let assessment = assess(&pack, &application, parse_iso("2026-03-20").unwrap_or_default());
    Case { pack, application, assessment, files }
}

impl Case {
    fn digests(&self) -> Vec<ContentDigest> {
        let digest = |content: &Vec<u8>| {
            let mut digester = Digester::new();
            content.chunks(128 << 10).for_each(|chunk| digester.update(chunk));
            digester.finish()
        };
        self.files.iter().map(digest).collect()
    }

    fn bundle(&self) -> Vec<u8> {
        let package =
            assemble(&self.pack, &self.application, &self.assessment, &self.digests(), Status::Final)
                .unwrap_or_else(|error| panic!("{error}"));
        let mut whole = Vec::new();
        for piece in &package.pieces {
            match piece {
                PackagePiece::Bytes(bytes) => whole.extend_from_slice(bytes),
                PackagePiece::Attachment(place) => {
                    whole.extend_from_slice(self.files.get(*place).map_or(&[], Vec::as_slice));
                }
            }
        }
        whole
    }
}

#[divan::bench(sample_count = 10)]
fn build_20_mb(bencher: Bencher) {
    let case = case();
    bencher.counter(BytesCount::new(SIZE)).bench_local(|| black_box(&case).bundle().len());
}

#[divan::bench(sample_count = 10)]
fn verify_20_mb(bencher: Bencher) {
    let case = case();
    let whole = case.bundle();
    bencher.counter(BytesCount::new(SIZE)).bench_local(|| {
        let Ok(mut source) = ReaderAt::new(Cursor::new(whole.as_slice())) else {
            panic!("the bundle cannot be read");
        };
        let found = verify_reader(&mut source, &[&case.pack], &mut |_| {});
        assert!(found.is_sound, "{:?}", found.problems);
    });
}
