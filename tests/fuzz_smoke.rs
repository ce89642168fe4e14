//! The fuzz targets on the repository's own files and a fixed number of mutations of them; and packs that were made to
//! hurt: each is refused with a named error, in the small stack of a test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::path::Path;

use precheck::app::{Draft, backup};
use precheck::domain::base::date::parse_iso;
use precheck::domain::base::digest::ContentDigest;
use precheck::domain::bundle::package::{self, PackagePiece};
use precheck::domain::bundle::seal::{SealKey, seal};
use precheck::domain::bundle::verify;
use precheck::domain::case;
use precheck::domain::guide::assess;
use precheck::domain::pack::{BUILT_IN_TEXT, MAX_PACK_BYTES, Pack, PackError, parse};

/// SplitMix64 with a fixed seed: the same mutations each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.roll() % (n.max(1) as u64)).unwrap()
    }
}

/// One small damage: a byte changed, a piece cut out, doubled or moved, a digit raised, the end cut off.
fn mutate(dice: &mut Dice, whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.below(3) {
        let (at, length) = (dice.below(bytes.len()), 1 + dice.below(60));
        let end = (at + length).min(bytes.len());
        match dice.below(7) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => bytes.truncate(at),
            4 => {
                if let Some(digit) = bytes[at..].iter_mut().find(|b| b.is_ascii_digit()) {
                    *digit = b'0' + (*digit - b'0' + 1) % 10;
                }
            }
            5 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                let place = at.min(bytes.len());
                bytes.splice(place..place, *b"99999999999999999999");
            }
        }
    }
    bytes
}

fn smoke(seeds: &[Vec<u8>], n: usize, target: fn(&[u8])) {
    let mut dice = Dice(0x5eed);
    for seed in seeds {
        target(seed);
        for _ in 0..n {
            target(&mutate(&mut dice, seed));
        }
    }
}

fn read(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn examples() -> Vec<Vec<u8>> {
    ["examiner", "senior_examiner", "special_examiner", "inspector"]
        .map(|name| read(&format!("examples/{name}.json")))
        .to_vec()
}

#[test]
fn packs() {
    smoke(
        &[BUILT_IN_TEXT.as_bytes().to_vec(), b"format = \"precheck.overlay/1\"\n".to_vec()],
        40,
        targets::pack_parse,
    );
}

#[test]
fn evaluation() {
    let seeds: Vec<Vec<u8>> =
        examples().into_iter().map(|json| [BUILT_IN_TEXT.as_bytes(), b"\0", &json].concat()).collect();
    smoke(&seeds, 20, targets::evaluate);
    // The pack whole, the application damaged.
    let mut dice = Dice(7);
    for json in examples() {
        for _ in 0..20 {
            let damaged = mutate(&mut dice, &json);
            targets::evaluate(&[BUILT_IN_TEXT.as_bytes(), b"\0", &damaged].concat());
        }
    }
}

#[test]
fn applications() {
    smoke(&examples(), 300, targets::application_read);
}

#[test]
fn bundles() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in [("a/bagit.txt", "BagIt-Version: 1.0\n"), ("a/data/application.json", "{}")] {
        zip.start_file(name, stored).unwrap();
        std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
    }
    smoke(&[zip.finish().unwrap().into_inner()], 400, targets::bundle_read);
    smoke(&[whole_bundle()], 200, targets::bundle_read);
}

#[test]
fn sealed_files() {
    let mut sealed = Vec::new();
    let key = SealKey::Recipient(targets::TEST_RECIPIENT.to_owned());
    let mut content: &[u8] = &whole_bundle();
    seal(&key, &mut content, &mut sealed).unwrap();
    smoke(&[sealed], 400, targets::sealed);
}

#[test]
fn backups() {
    let application = case::read(&read("examples/examiner.json")).unwrap();
    let files: Vec<Vec<u8>> =
        application.attachments.iter().map(|a| read(&format!("examples/examiner/{}", a.file))).collect();
    let digests: Vec<ContentDigest> = files.iter().map(|f| ContentDigest::of(f)).collect();
    let blobs = files.iter().map(|_| "a/1".to_owned()).collect();
    let drafts = [Draft { id: "a".to_owned(), application, blobs, ..Draft::default() }];
    let day = parse_iso("2026-11-24").unwrap();
    let whole = backup::compose(&drafts, &["{}".to_owned()], &digests, day).unwrap();
    let bytes: Vec<u8> = whole.pieces.iter().flat_map(|piece| bytes_of(piece, &files)).collect();
    assert_eq!(backup::read(&mut bytes.as_slice(), &mut |_| {}).map(|r| r.drafts.len()), Ok(1));
    smoke(&[bytes], 400, targets::backup_read);
}

fn bytes_of(piece: &PackagePiece, files: &[Vec<u8>]) -> Vec<u8> {
    match piece {
        PackagePiece::Bytes(bytes) => bytes.clone(),
        PackagePiece::Attachment(idx) => files[*idx].clone(),
    }
}

/// The bundle of an example, as the command line writes it.
fn whole_bundle() -> Vec<u8> {
    let pack = Pack::built_in().unwrap();
    let application = case::read(&read("examples/examiner.json")).unwrap();
    let files: Vec<Vec<u8>> =
        application.attachments.iter().map(|a| read(&format!("examples/examiner/{}", a.file))).collect();
    let digests: Vec<ContentDigest> = files.iter().map(|f| ContentDigest::of(f)).collect();
    let assessment = assess(&pack, &application, parse_iso("2026-04-15").unwrap());
    let package =
        package::assemble(&pack, &application, &assessment, &digests, package::Status::Final).unwrap();
    let bytes: Vec<u8> = package.pieces.iter().flat_map(|piece| bytes_of(piece, &files)).collect();
    assert!(verify::verify(&bytes, &[&pack]).is_sound);
    bytes
}

#[test]
fn numbers() {
    let seeds: Vec<Vec<u8>> =
        ["11010519491231002X", "91350100M000100Y43", "Y000051001064243000001", "13800000000", "甲\u{10ffff}"]
            .map(|text| text.as_bytes().to_vec())
            .to_vec();
    smoke(&seeds, 300, targets::identifiers);
}

/// Beginnings and ends of the kinds that are told apart, and the PDFs of the other tests.
fn media() -> Vec<Vec<u8>> {
    let gps = b"\xff\xd8\xff\xe1\0\x4cExif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\
                \0\0\0\0\x01\0\x02\0\x05\0\x03\0\0\0\x08\0\0\0\0\0\0\0\xff\xda\0\x02\x11\xff\xd9";
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0cpHYs\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0".to_vec();
    png.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    vec![
        gps.to_vec(),
        png,
        b"RIFF\x1c\0\0\0WEBPEXIF\x0a\0\0\0II*\0\x08\0\0\0\0\0XMP \0\0\0\0".to_vec(),
        b"\0\0\0\x18ftypheic\0\0\0\0heicmif1\0\0\0\x08mdat".to_vec(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
        "<html>\r\n示例甲".as_bytes().to_vec(),
    ]
}

#[test]
fn kinds_of_files() {
    smoke(&media(), 300, targets::media_kind);
}

#[test]
fn locations_in_pictures() {
    assert!(precheck::domain::media::exif::read(&media()[0]).has_location);
    smoke(&media(), 300, targets::exif);
}

#[test]
fn pdfs() {
    let seeds = ["insurance", "guarded", "scan"].map(|name| read(&format!("tests/files/{name}.pdf")));
    smoke(&seeds, 60, targets::pdf);
}

/// The XML of a form of the corpus.
fn document_of(name: &str) -> Vec<u8> {
    let bytes = read(&format!("tests/forms/{name}.docx"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name("word/document.xml").unwrap(), &mut xml).unwrap();
    xml
}

#[test]
fn documents() {
    let names = [
        "hand-02-content-controls",
        "hand-04-legacy-fields",
        "hand-11-nested-tables",
        "hand-13-vertical-labels",
    ];
    let seeds: Vec<Vec<u8>> = names
        .iter()
        .filter(|name| {
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/forms/{name}.docx")).exists()
        })
        .map(|name| document_of(name))
        .collect();
    assert!(seeds.len() >= 3);
    smoke(&seeds, 60, targets::docx);
    smoke(&[read("tests/forms/hand-01-wps-vertical-sections.docx")], 100, targets::docx);
}

#[test]
fn texts_of_portals() {
    let names = ["portal-01", "portal-03", "portal-10"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let seeds: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .filter(|path| names.iter().any(|name| path.to_string_lossy().contains(name)))
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    assert_eq!(seeds.len(), 3);
    smoke(&seeds, 150, targets::labels);
}

#[test]
fn prints_and_pictures() {
    let pack = Pack::built_in().unwrap();
    let application = case::read(&examples()[0]).unwrap();
    let text = precheck::domain::declaration::print::text(&pack, &application);
    smoke(&[text.clone().into_bytes()], 300, targets::print);
    let code = precheck::domain::media::qr::draw(&text).unwrap();
    smoke(&[code.png(3)], 40, targets::picture);
}

/// The errors of a pack, which there must be.
#[track_caller]
fn errors(text: &[u8]) -> Vec<PackError> {
    parse(text).expect_err("the pack is refused")
}

/// The built-in pack with a rule whose condition is that.
fn with_condition(condition: &str) -> String {
    format!(
        "{BUILT_IN_TEXT}\n[[rule]]\nid = \"X1\"\ntitle = \"x\"\nclauses = [\"3\"]\nstatus = \"stated\"\nremedy = \"x\"\ncondition = {condition}\n"
    )
}

fn nested(depth: usize) -> String {
    format!("{}{{ fact = \"exam.left_unit\", is = true }}{}", "{ not = ".repeat(depth), " }".repeat(depth))
}

#[test]
fn deep_conditions() {
    assert!(parse(with_condition(&nested(31)).as_bytes()).is_ok(), "31 levels around one are allowed");
    let found = errors(with_condition(&nested(32)).as_bytes());
    assert!(found[0].to_string().ends_with("条件嵌套超过 32 层"), "{found:?}");
    assert!(found[0].place().is_some());
    for depth in [100, 10_000] {
        let found = errors(with_condition(&nested(depth)).as_bytes());
        assert!(found[0].place().is_some(), "{found:?}");
    }
    let lists = format!("{}1{}", "{ all = [".repeat(10_000), "] }".repeat(10_000));
    assert!(errors(with_condition(&lists).as_bytes())[0].place().is_some());
}

#[test]
fn chains_of_definitions() {
    let chain = |n: usize| {
        let mut text = with_condition("{ holds = \"c0\" }");
        for k in 0..n {
            text.push_str(&format!(
                "\n[[definition]]\nid = \"c{k}\"\ncondition = {{ holds = \"c{}\" }}\n",
                k + 1
            ));
        }
        text.push_str(&format!(
            "\n[[definition]]\nid = \"c{n}\"\ncondition = {{ fact = \"exam.left_unit\", is = true }}\n"
        ));
        text
    };
    assert!(parse(chain(20).as_bytes()).is_ok());
    for n in [40, 4_000] {
        let found = errors(chain(n).as_bytes());
        assert!(found[0].to_string().ends_with("条件嵌套超过 32 层"), "{n}: {:?}", found[0]);
    }
}

#[test]
fn a_large_definition_that_is_refused_often_costs_little() {
    let facts = "{ fact = \"exam.left_unit\", is = true }, ".repeat(2_000);
    let deep = nested(28);
    let many = "{ holds = \"big\" }, ".repeat(20_000);
    let text = format!(
        "{}\n[[definition]]\nid = \"big\"\ncondition = {{ all = [{facts}{deep}] }}\n",
        with_condition(&format!(
            "{{ all = [{{ holds = \"big\" }}, {{ not = {{ not = {{ not = {{ all = [{many}] }} }} }} }}] }}"
        ))
    );
    assert!(errors(text.as_bytes()).len() <= 100);
}

#[test]
fn a_hundred_thousand_rules() {
    let mut text = BUILT_IN_TEXT.to_owned();
    for n in 0..100_000 {
        text.push_str(&format!("[[rule]]\nid=\"G{n}\"\n"));
    }
    assert!(errors(text.as_bytes())[0].place().is_some());
    // Whole rules, as many as a file can hold.
    let mut text = BUILT_IN_TEXT.to_owned();
    let mut n = 0;
    while text.len() < MAX_PACK_BYTES - 200 {
        n += 1;
        text.push_str(&format!(
            "[[rule]]\nid=\"G{n}\"\ntitle=\"\"\nclauses=[\"3\"]\nstatus=\"stated\"\nremedy=\"\"\ncondition={{fact=\"exam.left_unit\",is=true}}\n"
        ));
    }
    let found = errors(text.as_bytes());
    assert!(found[0].to_string().ends_with("规则超过 5000 个"), "{n} rules: {:?}", found[0]);
}

#[test]
fn twins_dates_numbers() {
    for (from, to, expected) in [
        ("id = \"R02\"", "id = \"r01\"", "规则“r01”重复"),
        ("id = \"R02\"", "id = \"Ｒ０１\"", "编号“Ｒ０１”只能用字母、数字、点、下划线和连字符"),
        (
            "published = \"2026-02-05\"",
            "published = \"2026-02-30\"",
            "“2026-02-30”不是存在的日期，格式应为 2026-02-05",
        ),
    ] {
        let text = BUILT_IN_TEXT.replacen(from, to, 1);
        let found = errors(text.as_bytes());
        assert!(found[0].to_string().ends_with(expected), "{found:?}");
        assert!(found[0].place().is_some());
    }
    let text = BUILT_IN_TEXT.replacen("in = [3, 4, 5, 6]", "in = [3, 4, 5, 99999999999999999999]", 1);
    assert!(errors(text.as_bytes())[0].place().is_some());
}

#[test]
fn odd_bytes() {
    let long = vec![b'['; MAX_PACK_BYTES];
    let text = [b"a = \"".as_slice(), &vec![b'x'; MAX_PACK_BYTES - 10], b"\""].concat();
    let twins = "a = 1\n".repeat(10_000);
    for bytes in [long.as_slice(), &text, twins.as_bytes(), b"\0", b"\xef\xbb\xbf", b"a = \"\0\""] {
        assert!(!errors(bytes).is_empty());
    }
    // Line ends of the other kind change nothing.
    assert!(parse(BUILT_IN_TEXT.replace('\n', "\r\n").as_bytes()).is_ok());
}
