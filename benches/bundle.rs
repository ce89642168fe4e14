//! How long it takes to put together and to verify a bundle with 20 MB of files, and to verify one of 512 MB on disk beside
//! what `sha256sum` takes for the same file.

#![allow(clippy::panic, clippy::print_stdout, reason = "a benchmark may fail, and speaks to people")]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use std::fs::File;
use std::io::{Cursor, Write as _};
use std::process::Command;
use std::time::Instant;

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
const LARGE: usize = 512 << 20;

fn main() {
    divan::main();
    // Cargo also runs this file as a test, and people name single benchmarks.
    if std::env::args().skip(1).all(|argument| argument == "--bench") {
        beside_sha256sum().unwrap_or_else(|error| panic!("{error}"));
    }
}

/// Prints the best of five runs each, over a file that the system has in memory.
fn beside_sha256sum() -> std::io::Result<()> {
    let case = case(LARGE);
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(&case.bundle())?;
    file.flush()?;
    let best = |run: &dyn Fn() -> std::io::Result<()>| -> std::io::Result<f64> {
        let mut best = f64::INFINITY;
        for _ in 0..5 {
            let begun = Instant::now();
            run()?;
            best = best.min(begun.elapsed().as_secs_f64());
        }
        Ok(best)
    };
    let verified = best(&|| {
        let mut source = ReaderAt::new(File::open(file.path())?)?;
        let found = verify_reader(&mut source, &[&case.pack], &mut |_| {});
        assert!(found.is_sound, "{:?}", found.problems);
        Ok(())
    })?;
    println!("verify 512 MB: {:.0} ms", verified * 1_000.0);
    let summed = best(&|| {
        let output = Command::new("sha256sum").arg(file.path()).output()?;
        if output.status.success() { Ok(()) } else { Err(std::io::Error::other("sha256sum failed")) }
    });
    match summed {
        Ok(summed) => {
            println!(
                "sha256sum of it: {:.0} ms; verifying takes {:.2} times as long",
                summed * 1_000.0,
                verified / summed
            );
        }
        Err(_) => println!("there is no sha256sum here to compare with"),
    }
    Ok(())
}

/// An application and its files.
struct Case {
    pack: Pack,
    application: Application,
    assessment: Assessment,
    files: Vec<Vec<u8>>,
}

/// Files of `size` bytes together.
fn case(size: usize) -> Case {
    let pack = Pack::built_in().unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut application = case::read(EXAMPLE).unwrap_or_else(|error| panic!("{error}"));
    let n_files = application.attachments.len();
    let mut files = Vec::new();
    for (place, attachment) in application.attachments.iter_mut().enumerate() {
        // Incompressible enough, and another content for each file.
        let mut state = 0x9e37_79b9_u32 ^ u32::try_from(place).unwrap_or_default();
        let content: Vec<u8> = (0..size / n_files)
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
    let case = case(SIZE);
    bencher.counter(BytesCount::new(SIZE)).bench_local(|| black_box(&case).bundle().len());
}

#[divan::bench(sample_count = 10)]
fn verify_20_mb(bencher: Bencher) {
    let case = case(SIZE);
    let whole = case.bundle();
    bencher.counter(BytesCount::new(SIZE)).bench_local(|| {
        let Ok(mut source) = ReaderAt::new(Cursor::new(whole.as_slice())) else {
            panic!("the bundle cannot be read");
        };
        let found = verify_reader(&mut source, &[&case.pack], &mut |_| {});
        assert!(found.is_sound, "{:?}", found.problems);
    });
}
