//! Bundles as a whole: the same bytes for the same input, every change found and named, hostile archives refused.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod common;

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};

use precheck::domain::base::date::parse_iso;
use precheck::domain::base::digest::ContentDigest;
use precheck::domain::base::json::{self, Value};
use precheck::domain::bundle::bag;
use precheck::domain::bundle::package::{self, Package, PackageError, PackagePiece, Status};
use precheck::domain::bundle::verify::{PackageVerification, verify};
use precheck::domain::case::{Application, Edit};
use precheck::domain::guide::assess;
use precheck::domain::pack::Pack;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

fn pack() -> Pack {
    Pack::built_in().unwrap()
}

fn files_of(name: &str, application: &Application) -> Vec<Vec<u8>> {
    let folder = common::root().join("examples").join(name);
    application.attachments.iter().map(|a| std::fs::read(folder.join(&a.file)).unwrap()).collect()
}

fn assembled(
    application: &Application,
    files: &[Vec<u8>],
    day: &str,
    status: Status,
) -> Result<Package, PackageError> {
    let pack = pack();
    let digests: Vec<ContentDigest> = files.iter().map(|f| ContentDigest::of(f)).collect();
    let assessment = assess(&pack, application, parse_iso(day).unwrap());
    package::assemble(&pack, application, &assessment, &digests, status)
}

fn bytes_of(package: &Package, files: &[Vec<u8>]) -> Vec<u8> {
    let mut whole = Vec::new();
    for piece in &package.pieces {
        match piece {
            PackagePiece::Bytes(bytes) => whole.extend_from_slice(bytes),
            PackagePiece::Attachment(place) => whole.extend_from_slice(&files[*place]),
        }
    }
    assert_eq!(whole.len() as u64, package.bytes);
    whole
}

fn bundle(name: &str) -> Vec<u8> {
    let application = common::example(name);
    let files = files_of(name, &application);
    bytes_of(&assembled(&application, &files, common::TODAY, Status::Final).unwrap(), &files)
}

fn verified(bytes: &[u8]) -> PackageVerification {
    verify(bytes, &[&pack()])
}

/// The codes that were found, each with its file.
fn found(bytes: &[u8]) -> Vec<(&'static str, String)> {
    verified(bytes).verification.problems.into_iter().map(|p| (p.code, p.file)).collect()
}

/// Name and content of every entry.
fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|idx| {
            let mut file = archive.by_index(idx).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// What another program would pack of these.
fn packed(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in entries {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The bundle with the content of one file replaced, and both manifests put right, as a careful forger would.
fn forged(bytes: &[u8], path: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut all = entries(bytes);
    let root = all[0].0.split_once('/').unwrap().0.to_owned();
    let at = |all: &[(String, Vec<u8>)], name: &str| {
        all.iter().position(|(n, _)| *n == format!("{root}/{name}")).unwrap()
    };
    let place = at(&all, path);
    all[place].1 = change(&all[place].1);
    let payload: Vec<u64> =
        all.iter().filter(|(n, _)| n.contains("/data/")).map(|(_, content)| content.len() as u64).collect();
    let info = at(&all, "bag-info.txt");
    let text = String::from_utf8(all[info].1.clone()).unwrap();
    let oxum = format!("Payload-Oxum: {}.{}", payload.iter().sum::<u64>(), payload.len());
    let right = |line: &str| if line.starts_with("Payload-Oxum") { oxum.clone() } else { line.to_owned() };
    all[info].1 = text.lines().map(|line| right(line) + "\n").collect::<String>().into_bytes();
    for (manifest, concerns) in [("manifest-sha256.txt", "data/"), ("tagmanifest-sha256.txt", "")] {
        let lines: String = all
            .iter()
            .map(|(name, content)| (name.strip_prefix(&format!("{root}/")).unwrap(), content))
            .filter(|(name, _)| match concerns {
                "" => !name.starts_with("data/") && !name.starts_with("tagmanifest"),
                _ => name.starts_with(concerns),
            })
            .map(|(name, content)| format!("{}  {name}\n", ContentDigest::of(content).sha256_hex()))
            .collect();
        let place = at(&all, manifest);
        all[place].1 = lines.into_bytes();
    }
    packed(&all)
}

fn changed(value: &[u8], change: impl Fn(&mut Value)) -> Vec<u8> {
    let mut value = json::parse(value, usize::MAX).unwrap();
    change(&mut value);
    json::canonical(&value).unwrap()
}

#[test]
fn every_example_makes_a_sound_bundle_that_opens_as_it_was() {
    for name in common::EXAMPLES {
        let application = common::example(name);
        let found = verified(&bundle(name));
        assert_eq!((found.is_sound, found.problems.as_slice()), (true, &[][..]), "{name}");
        assert_eq!(found.status, Some(Status::Final));
        assert!(!found.verification.is_repacked);
        let opened = found.opened.unwrap();
        assert_eq!(opened.application, application);
        let lengths: Vec<u64> = opened.contents.iter().map(|entry| entry.bytes).collect();
        assert_eq!(lengths, application.attachments.iter().map(|a| a.bytes).collect::<Vec<_>>());
    }
}

/// Whether the archive and the bag in it are sound; what they mean is not looked at.
fn is_sound(bytes: &[u8]) -> bool {
    bag::verify(&mut &bytes[..], &mut |_| {}).0.problems.is_empty()
}

#[test]
fn no_byte_can_be_changed_unnoticed() {
    let whole = bundle("inspector");
    assert!(is_sound(&whole));
    // Headers byte by byte, since readers pass over many of their fields; a sample of what the manifests cover.
    let is_header = |at: usize| {
        let near = whole.get(at.saturating_sub(90)..=at).unwrap();
        near.windows(4).any(|w| matches!(w, b"PK\x01\x02" | b"PK\x03\x04" | b"PK\x05\x06"))
    };
    let mut changed = whole.clone();
    for at in (0..whole.len()).filter(|at| is_header(*at) || at % 499 == 0) {
        changed[at] ^= 0x20;
        assert!(!is_sound(&changed), "byte {at} of {}", whole.len());
        changed[at] ^= 0x20;
    }
}

#[test]
fn what_was_packed_anew_is_sound_and_said_to_be() {
    let again = packed(&entries(&bundle("examiner")));
    let found = verified(&again);
    assert!(found.is_sound, "{:?}", found.problems);
    assert!(found.verification.is_repacked);
    assert!(found.opened.is_some());
}

#[test]
fn everything_wrong_is_listed_with_its_file() {
    let whole = bundle("examiner");
    let mut all = entries(&whole);
    let root = all[0].0.split_once('/').unwrap().0.to_owned();
    let place =
        |all: &[(String, Vec<u8>)], part: &str| all.iter().position(|(n, _)| n.contains(part)).unwrap();
    let lost = place(&all, "materials/");
    let (lost_name, _) = all.remove(lost);
    let other = place(&all, "materials/");
    all[other].1.push(0);
    let other_name = all[other].0.clone();
    all.push((format!("{root}/data/extra.exe"), b"MZ".to_vec()));
    let report = place(&all, "report.html");
    all[report].1.extend(b"<!-- -->");
    let within = |name: &str| name.strip_prefix(&format!("{root}/")).unwrap().to_owned();
    let listed: BTreeSet<(&str, String)> = found(&packed(&all)).into_iter().collect();
    let expected: BTreeSet<(&str, String)> = [
        ("B106", within(&lost_name)),
        ("B107", "data/extra.exe".to_owned()),
        ("B108", within(&other_name)),
        ("B108", "data/report.html".to_owned()),
        ("B109", "bag-info.txt".to_owned()),
    ]
    .into();
    assert_eq!(listed, expected);
}

#[test]
fn a_careful_forger_is_found_out() {
    let whole = bundle("examiner");
    // Other entries: the folder's name is their fingerprint.
    let other = forged(&whole, "data/application.json", |b| {
        changed(b, |v| v["answers"]["person.name"] = "李四".into())
    });
    let codes: Vec<&str> = found(&other).iter().map(|(code, _)| *code).collect();
    assert!(codes.contains(&"B204") && codes.contains(&"B202"), "{codes:?}");
    // Another report.
    let report = forged(&whole, "data/report.json", |b| {
        changed(b, |v| v["eligibility"]["outcome"] = "not_eligible".into())
    });
    assert_eq!(found(&report), [("B202", "data/report.json".to_owned())]);
    // A nicer page, another declaration.
    for path in ["data/report.html", "data/declaration.docx"] {
        let other = forged(&whole, path, |b| [b, b" "].concat());
        assert_eq!(found(&other), [("B202", path.to_owned())]);
    }
    // Another file in the place of one.
    let application = common::example("examiner");
    let material = format!("data/materials/{}-1.png", application.attachments[0].material);
    let file = forged(&whole, &material, |b| [b, b"x"].concat());
    assert!(found(&file).contains(&("B203", material.clone())), "{:?}", found(&file));
    let same_length = forged(&whole, &material, |b| vec![7; b.len()]);
    assert!(found(&same_length).contains(&("B203", material)));
    // Formats of another version, and another pack.
    for (path, format) in [
        ("data/application.json", "precheck.application/9"),
        ("data/report.json", "precheck.report/9"),
        ("data/pack.json", "precheck.pack-reference/9"),
    ] {
        let newer = forged(&whole, path, |b| changed(b, |v| v["format"] = format.into()));
        let found = verified(&newer);
        let problem = found.verification.problems.iter().find(|p| p.code == "B201").unwrap();
        assert_eq!(problem.file, path);
        assert!(problem.message.contains(format), "{}", problem.message);
        assert!(found.opened.is_none());
    }
    let pack = forged(&whole, "data/pack.json", |b| changed(b, |v| v["sha256"] = "0".repeat(64).into()));
    assert_eq!(found(&pack), [("B205", "data/pack.json".to_owned())]);
    assert!(verified(&pack).opened.is_some_and(|opened| opened.pack.is_none()));
}

/// The oldest warning there is for the example: a draft that lacks a file.
fn blocked() -> (Application, Vec<Vec<u8>>) {
    let mut application = common::example("examiner");
    let mut files = files_of("examiner", &application);
    application.apply(Edit::Detach(0)).unwrap();
    files.remove(0);
    (application, files)
}

#[test]
fn what_is_blocked_leaves_only_as_a_marked_draft() {
    let (application, files) = blocked();
    let refused = assembled(&application, &files, common::TODAY, Status::Final);
    assert!(matches!(refused, Err(PackageError::Blocked { count: 1.. })));
    let draft = assembled(&application, &files, common::TODAY, Status::Draft).unwrap();
    assert!(draft.file_name.ends_with("-draft.zip"), "{}", draft.file_name);
    let bytes = bytes_of(&draft, &files);
    let found = verified(&bytes);
    assert!(found.is_sound, "{:?}", found.problems);
    assert_eq!(found.status, Some(Status::Draft));
    assert_eq!(found.opened.unwrap().application, application);
    let all = entries(&bytes);
    let text = |name: &str| {
        let (_, content) = all.iter().find(|(n, _)| n.ends_with(name)).unwrap();
        String::from_utf8(content.clone()).unwrap()
    };
    assert!(text("bag-info.txt").contains("Precheck-Status: draft\n"), "{}", text("bag-info.txt"));
    assert!(text("bag-info.txt").contains("草稿"));
    assert_eq!(json::parse(text("report.json").as_bytes(), usize::MAX).unwrap()["bundle"]["status"], "draft");
}

#[test]
fn a_draft_cannot_be_passed_off_as_final() {
    let (application, files) = blocked();
    let draft = assembled(&application, &files, common::TODAY, Status::Draft).unwrap();
    let bytes = bytes_of(&draft, &files);
    let unmark = |b: &[u8]| changed(b, |v| v["bundle"]["status"] = "final".into());
    let once = forged(&bytes, "data/report.json", unmark);
    assert!(found(&once).iter().any(|(code, _)| *code == "B206"));
    let info = |b: &[u8]| String::from_utf8(b.to_vec()).unwrap().replace("draft", "final").into_bytes();
    let twice = forged(&once, "bag-info.txt", info);
    // The page in it still says what it was.
    let named = [("B206", "data/report.json".to_owned()), ("B202", "data/report.html".to_owned())];
    assert_eq!(found(&twice), named);
    assert!(verified(&twice).opened.is_none());
}

/// An archive with one entry of that raw name, without the flag for UTF-8.
fn with_raw_name(name: &[u8], attributes: Option<u32>) -> Vec<u8> {
    let content = b"x";
    let crc = ContentDigest::of(content).crc32;
    let mut zip = Vec::new();
    let length = u16::try_from(name.len()).unwrap();
    let common = |made: &mut Vec<u8>| {
        made.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        made.extend(crc.to_le_bytes());
        made.extend([1, 0, 0, 0, 1, 0, 0, 0]);
        made.extend(length.to_le_bytes());
        made.extend([0, 0]);
    };
    zip.extend(b"PK\x03\x04");
    common(&mut zip);
    zip.extend(name);
    zip.extend(content);
    let directory = zip.len();
    zip.extend(b"PK\x01\x02");
    zip.extend(if attributes.is_some() { [20, 3] } else { [20, 0] });
    common(&mut zip);
    zip.extend([0, 0, 0, 0, 0, 0]);
    zip.extend(attributes.unwrap_or(0).to_le_bytes());
    zip.extend([0; 4]);
    zip.extend(name);
    let end = zip.len();
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend(u32::try_from(end - directory).unwrap().to_le_bytes());
    zip.extend(u32::try_from(directory).unwrap().to_le_bytes());
    zip.extend([0, 0]);
    zip
}

#[test]
fn hostile_names_are_named() {
    // 申报/张三.jpg in GBK.
    let gbk = encoding_rs::GBK.encode("申报/张三.jpg").0.into_owned();
    let names: [(&[u8], &str); 9] = [
        (&gbk, "申报/张三.jpg"),
        ("包/张三.jpg".as_bytes(), "包/张三.jpg"),
        (b"../../etc/passwd", "../../etc/passwd"),
        (b"/etc/passwd", "/etc/passwd"),
        (b"C:\\Windows\\x", "C:\\Windows\\x"),
        (b"a/b\0.txt", "a/b\u{fffd}.txt"),
        (b"a/./b", "a/./b"),
        (b"a/nul.txt", "a/nul.txt"),
        ("a/\u{202e}gpj.exe".as_bytes(), "a/\u{fffd}gpj.exe"),
    ];
    for (raw, shown) in names {
        let found = verified(&with_raw_name(raw, None));
        let problem = &found.verification.problems[0];
        assert_eq!((problem.code, problem.file.as_str()), ("B112", shown));
        assert!(found.opened.is_none());
    }
    let plain = verified(&with_raw_name(b"a/b.txt", None));
    assert!(plain.verification.problems.iter().all(|p| p.code != "B112"));
}

#[test]
fn links_and_devices_are_named() {
    // A symbolic link, a named pipe, a device.
    for kind in [0o120_777_u32, 0o010_644, 0o060_644] {
        let found = found(&with_raw_name(b"a/link", Some(kind << 16)));
        assert!(found.contains(&("B114", "a/link".to_owned())), "{kind:o}: {found:?}");
    }
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    // A gigabyte of zeros, and an archive in the archive, which is a file like any other.
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let zeros = vec![0; 1 << 20];
    for idx in 0..9 {
        zip.start_file(format!("a/{idx}"), options.large_file(true)).unwrap();
        for _ in 0..4 {
            zip.write_all(&zeros).unwrap();
        }
    }
    let mut bomb = zip.finish().unwrap().into_inner();
    // The headers promise a gigabyte each, in both places.
    let real = (4_u32 << 20).to_le_bytes();
    let promised = (1_u32 << 30).to_le_bytes();
    for at in 0..bomb.len() - 4 {
        if bomb[at..at + 4] == real {
            bomb[at..at + 4].copy_from_slice(&promised);
        }
    }
    let found = verified(&bomb);
    assert!(!found.is_sound && found.opened.is_none());

    // More entries than are read, in a directory that says so in 64 bits.
    let mut many = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for idx in 0..65_536_u32 {
        many.start_file(format!("a/{idx}"), SimpleFileOptions::default()).unwrap();
    }
    let many = many.finish().unwrap().into_inner();
    let found = verified(&many);
    assert!(!found.is_archive);
    assert_eq!(found.verification.problems.len(), 1);
    assert_eq!(found.verification.problems[0].code, "B101");
}

#[test]
fn thousands_of_problems_are_cut_off() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for idx in 0..4_000 {
        zip.start_file(format!("a/{idx}:"), SimpleFileOptions::default()).unwrap();
    }
    let found = verified(&zip.finish().unwrap().into_inner());
    assert_eq!(found.verification.problems.len(), precheck::domain::bundle::bag::MAX_PROBLEMS);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The same application and contents give the same bytes, whatever the files are called and hold.
    #[test]
    fn the_same_input_gives_the_same_bundle(
        names in proptest::collection::vec("[a-z\u{4e00}-\u{4f00} ().%]{1,120}", 1..6),
        lengths in proptest::collection::vec(0_usize..5_000, 6),
    ) {
        let mut application = common::example("examiner");
        let mut files = files_of("examiner", &application);
        for (idx, name) in names.iter().enumerate() {
            let content: Vec<u8> = (0..lengths[idx]).map(|i| (i * 31 + idx) as u8).collect();
            let digest = ContentDigest::of(&content);
            let mut attachment = application.attachments[0].clone();
            attachment.file = format!("{name}.pdf");
            attachment.media_type = "application/pdf".to_owned();
            attachment.bytes = digest.bytes;
            attachment.sha256 = digest.sha256_hex();
            attachment.inspected = None;
            application.apply(Edit::Attach(attachment)).unwrap();
            files.push(content);
        }
        let made = || {
            let package = assembled(&application, &files, common::TODAY, Status::Draft).unwrap();
            bytes_of(&package, &files)
        };
        let whole = made();
        prop_assert!(whole == made());
        let found = verified(&whole);
        prop_assert!(found.is_sound, "{:?}", found.problems);
        let opened = found.opened.unwrap();
        prop_assert_eq!(&opened.application, &application);
        for (entry, content) in opened.contents.iter().zip(&files) {
            let at = entry.stored_at().unwrap();
            let range = usize::try_from(at.start).unwrap()..usize::try_from(at.end).unwrap();
            prop_assert!(&whole[range] == content.as_slice());
        }
    }
}
