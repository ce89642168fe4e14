//! What every input must hold, whatever its bytes. Run by libFuzzer, and on seeds and their mutations by
//! `tests/fuzz_smoke.rs`.

use precheck::app::backup;
use precheck::domain::base::date::parse_iso;
use precheck::domain::base::digest::ContentDigest;
use precheck::domain::base::identifier::Kind;
use precheck::domain::base::zip::{EntryHead, Piece, compose};
use precheck::domain::bundle::seal::{OpenKey, unseal};
use precheck::domain::bundle::verify;
use precheck::domain::case;
use precheck::domain::declaration::{docx, portal, print, recognise};
use precheck::domain::guide::{assess, report_value};
use precheck::domain::media::kind::{Kind as MediaKind, Wholeness, is_whole, kind_of};
use precheck::domain::media::{exif as media_exif, pdf as media_pdf, picture, qr};
use precheck::domain::pack::{Overlay, Pack, parse};
use precheck::domain::rule::{Outcome, next_question, outlook};

/// A pack or an overlay is read, or refused with errors.
pub(crate) fn pack_parse(data: &[u8]) {
    match parse(data) {
        Ok(pack) => assert_eq!(pack.text.as_bytes(), data),
        Err(errors) => assert!(!errors.is_empty() && errors.len() <= 200),
    }
    if let Err(errors) = Overlay::parse(data) {
        assert!(!errors.is_empty());
    }
}

/// A pack (up to the first NUL) judges an application (after it): the same twice, and every finding names what is
/// missing exactly while it is open.
pub(crate) fn evaluate(data: &[u8]) {
    let Some(end) = data.iter().position(|b| *b == 0) else { return };
    let (pack, application) = (&data[..end], &data[end + 1..]);
    let (Ok(pack), Ok(application)) = (parse(pack), case::read(application)) else { return };
    for day in ["1990-01-01", "2026-02-28", "2026-12-31", "2400-02-29"] {
        let Some(day) = parse_iso(day) else { continue };
        let assessment = assess(&pack, &application, day);
        for finding in assessment.eligibility.findings.iter().chain(&assessment.eligibility.after) {
            assert_eq!(finding.outcome == Outcome::Open, !finding.missing.is_empty());
        }
        assert_eq!(assessment, assess(&pack, &application, day));
        let _ = report_value(&pack, &application, &assessment);
        let _ = next_question(&pack, &application, &assessment.facts, &assessment.eligibility);
        let _ = outlook(&pack, &application, &assessment.facts);
    }
}

/// What is read and written again reads the same.
pub(crate) fn application_read(data: &[u8]) {
    if let Ok(application) = case::read(data) {
        let again = case::read(&application.to_canonical());
        assert_eq!(again, Ok(application));
    }
}

/// A document's XML in the container of a DOCX.
pub(crate) fn container(xml: &[u8]) -> Vec<u8> {
    const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let parts = [("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", xml)];
    let heads = parts.map(|(path, content)| {
        let digest = ContentDigest::of(content);
        EntryHead { path: path.to_owned(), bytes: digest.bytes, crc32: digest.crc32 }
    });
    let pieces = compose(&heads).unwrap_or_default();
    let bytes = |piece: Piece| match piece {
        Piece::Header(header) => header,
        Piece::Content(place) => parts.get(place).map(|(_, content)| content.to_vec()).unwrap_or_default(),
    };
    pieces.into_iter().flat_map(bytes).collect()
}

/// A DOCX, or the XML of one, is read and recognised, or refused with a reason; what is read can be filled and read
/// again.
pub(crate) fn docx(data: &[u8]) {
    let packed = if data.starts_with(b"PK") { data.to_vec() } else { container(data) };
    let data = packed.as_slice();
    static PACK: std::sync::OnceLock<Option<Pack>> = std::sync::OnceLock::new();
    let (Some(pack), Ok(document)) = (PACK.get_or_init(|| Pack::built_in().ok()), docx::read(data)) else {
        return;
    };
    let reading = recognise(pack, &document.paper);
    let Ok(application) = case::read(include_bytes!("../examples/examiner.json")) else { return };
    if let Ok(filled) = docx::fill(data, &document, pack, &application, &reading, None) {
        assert!(docx::read(&filled.bytes).is_ok());
    }
}

/// Any text is a paper, and its labels are found.
pub(crate) fn labels(data: &[u8]) {
    static PACK: std::sync::OnceLock<Option<Pack>> = std::sync::OnceLock::new();
    let (Some(pack), Ok(text)) = (PACK.get_or_init(|| Pack::built_in().ok()), portal::decode(data)) else {
        return;
    };
    if let Ok(paper) = portal::paper(&text) {
        let reading = recognise(pack, &paper);
        assert!(reading.fields.iter().all(|f| f.score <= 100));
    }
}

/// The text of a code is a print of ours or not; what it says can be compared.
pub(crate) fn print(data: &[u8]) {
    static PACK: std::sync::OnceLock<Option<Pack>> = std::sync::OnceLock::new();
    let (Some(pack), Ok(text)) = (PACK.get_or_init(|| Pack::built_in().ok()), std::str::from_utf8(data))
    else {
        return;
    };
    if let (Ok(print), Ok(application)) =
        (print::read(text), case::read(include_bytes!("../examples/examiner.json")))
    {
        let _ = (print.compare(pack, &application), print.verdict(pack, &application), print.facts(pack));
    }
}

/// A picture is decoded and looked at, or refused.
pub(crate) fn picture(data: &[u8]) {
    if let Ok(picture) = picture::decode(data) {
        let _ = (qr::read(&picture), picture.is_blank(), picture.is_black(), picture.sharpness());
    }
}

/// A bundle is verified or its problems are listed.
pub(crate) fn bundle_read(data: &[u8]) {
    static PACK: std::sync::OnceLock<Option<Pack>> = std::sync::OnceLock::new();
    if let Some(pack) = PACK.get_or_init(|| Pack::built_in().ok()) {
        let found = verify::verify(data, &[pack]);
        // What is sound has a root hash to show for it.
        assert!(!found.is_sound || found.root_hash.is_some());
    }
}

/// A secret key for tests alone, and [`TEST_RECIPIENT`] is its public key.
const TEST_IDENTITY: &str = "AGE-SECRET-KEY-10U0RC9DZSHFRNXHVJQ8UCSLMDWEYT9HNF3R3WAEHK9F789CCGTFSUNDY5T";
/// See [`TEST_IDENTITY`].
#[allow(dead_code, reason = "seeds are sealed by the tests")]
pub(crate) const TEST_RECIPIENT: &str = "age1y5c9zuddpau6x90ur0lddkuhwdmcctvru9aze037ueekqg7wn4qsd6k6hw";

/// A sealed file opens as a whole, or is refused.
pub(crate) fn sealed(data: &[u8]) {
    let mut plain = Vec::new();
    let key = OpenKey::Identity(TEST_IDENTITY.to_owned());
    if let Ok(length) = unseal(&key, &mut { data }, &mut plain) {
        assert_eq!(length, plain.len() as u64);
        assert!(length < data.len() as u64);
    }
}

/// A backup is read with every content in its place, or refused with reasons.
pub(crate) fn backup_read(data: &[u8]) {
    match backup::read(&mut { data }, &mut |_| {}) {
        Ok(restored) => {
            for (draft, contents) in &restored.drafts {
                assert_eq!(draft.application.attachments.len(), contents.len());
                let is_inside = |end: u64| end <= data.len() as u64;
                assert!(contents.iter().filter_map(|entry| entry.stored_at()).all(|at| is_inside(at.end)));
            }
        }
        Err(reasons) => assert!(!reasons.is_empty()),
    }
}

/// Every kind of number takes any text.
pub(crate) fn identifiers(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some(today) = parse_iso("2026-06-15") else { return };
    for kind in Kind::ALL {
        assert_eq!(kind.inspect(&text, today), kind.inspect(&text, today));
    }
}

/// Every content is of one kind, and its end is judged whatever kind it is taken for.
pub(crate) fn media_kind(data: &[u8]) {
    let kind = kind_of(data);
    assert_eq!(kind == MediaKind::Empty, data.is_empty());
    for other in MediaKind::ALL {
        let _ = is_whole(other, data);
    }
    if kind == MediaKind::Png && is_whole(kind, data) == Wholeness::Whole {
        assert!(data.len() >= 20);
    }
}

/// What comes without its location tells none, and nothing else of what is read has changed.
pub(crate) fn exif(data: &[u8]) {
    let facts = media_exif::read(data);
    if let Some(without) = media_exif::without_location(data) {
        let after = media_exif::read(&without);
        assert!(!after.has_location && without.len() <= data.len());
        assert_eq!(kind_of(&without), kind_of(data));
        assert_eq!(after.orientation, facts.orientation);
    }
}

/// A PDF is looked at or refused. A panic of the crate within is an error on the host and no finding here.
pub(crate) fn pdf(data: &[u8]) {
    let limits = media_pdf::Limits { max_stream: 8 << 20, max_work: 200_000, ..media_pdf::Limits::default() };
    let Ok(pdf) = media_pdf::open(data.to_vec(), limits) else { return };
    let n_pages = pdf.pages().len();
    assert!((1..=limits.max_pages).contains(&n_pages));
    for places in pdf.find(&["示例甲", "1"]) {
        for place in places {
            assert!(place.page < n_pages);
            for at in [place.left, place.top, place.right, place.bottom] {
                assert!((0.0..=1.0).contains(&at));
            }
        }
    }
    if let Ok(grey) = pdf.picture(0, 40_000) {
        assert!(grey.pixels.len() == grey.width * grey.height && grey.pixels.len() <= 40_000);
    }
}
