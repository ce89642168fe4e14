//! Looking into attached files: the files in `tests/files`, and PDFs that were made to hurt. Each of those is refused or
//! looked at in bounded time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::disallowed_methods, reason = "bounded time is what is tested")]

use std::path::Path;
use std::time::{Duration, Instant};

use precheck::domain::media::kind::{Kind, Wholeness, is_whole, kind_of};
use precheck::domain::media::pdf::{Limits, MAX_PIXELS, Pdf, PdfError, Place, open};

fn read(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name)).unwrap()
}

fn opened(bytes: &[u8]) -> Result<Pdf, PdfError> {
    open(bytes.to_vec(), Limits::default())
}

/// Everything that can be asked of a PDF; what it answers does not matter here.
fn ask_all(bytes: &[u8], with_pictures: bool) {
    let start = Instant::now();
    if let Ok(pdf) = opened(bytes) {
        let _ = (pdf.has_text(), pdf.is_scan(), pdf.find(&["示例甲"]));
        for page in 0..pdf.pages().len().min(if with_pictures { 3 } else { 0 }) {
            let _ = pdf.picture(page, 200_000);
        }
    }
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

/// SplitMix64 with a fixed seed: the same damage each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }
}

/// A PDF of these objects, numbered from 1, the first of them the catalogue.
fn made(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", idx + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
            .bytes(),
    );
    bytes
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// A PDF of one page: what its dictionary has beside the usual, what is drawn, and objects numbered from 5.
fn one_page(entries: &str, content: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let page = format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R {entries} >>");
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into_bytes(),
        stream("", content),
    ];
    objects.extend_from_slice(more);
    made(&objects)
}

const A4: &str = "/MediaBox [0 0 595 842]";

fn zipped(content: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(content, 9)
}

#[test]
fn a_certificate_is_read() {
    for name in ["insurance.pdf", "guarded.pdf"] {
        let bytes = read(name);
        assert_eq!((kind_of(&bytes), is_whole(Kind::Pdf, &bytes)), (Kind::Pdf, Wholeness::Whole));
        let pdf = opened(&bytes).unwrap();
        let pages = pdf.pages();
        assert_eq!(pages.len(), 1);
        assert!(
            (pages[0].width_mm - 210.0).abs() < 1.0 && (pages[0].height_mm - 297.0).abs() < 1.0,
            "{pages:?}"
        );
        let text = pdf.text(0).unwrap();
        assert_eq!(text.unreadable, 0);
        let lines: Vec<&str> = text.text.lines().collect();
        for line in ["社会保险参保证明", "单位名称：示例职业技术学院"] {
            assert!(lines.contains(&line), "{line} in {lines:#?}");
        }
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("姓名：示例甲 ") && line.ends_with("510703198503120017"))
        );
        assert!(text.text.contains("失业保险 2025-01 2026-01 13 示例职业技术学院"), "{}", text.text);
        assert!(pdf.has_text() && !pdf.is_scan());
    }
}

#[test]
fn words_are_found_where_they_stand() {
    let pdf = opened(&read("insurance.pdf")).unwrap();
    let words =
        ["示例甲", " ５１０７０３１９８５０３１２００１７", "SAMPLE, all", "示例职业技术学院", "示例乙", ""];
    let found = pdf.find(&words);
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 4, 0, 0]);
    let Place { page, left, top, right, bottom } = found[0][0];
    assert_eq!(page, 0);
    assert!(left > 0.1 && right < 0.4 && right - left > 0.04, "{:?}", found[0]);
    assert!(top > 0.05 && bottom < 0.25 && bottom - top < 0.05 && bottom > top, "{:?}", found[0]);
    // The number stands on the same line, to the right.
    assert!(found[1][0].left > right && (found[1][0].top - top).abs() < 0.01);
    // Ink stands there, and none a line's height above the title.
    let grey = pdf.picture(0, 2_000_000).unwrap();
    let dark = |place: Place| {
        let at = |fraction: f64, whole: usize| (fraction * whole as f64) as usize;
        let rows = at(place.top, grey.height)..at(place.bottom, grey.height);
        rows.flat_map(|y| {
            grey.pixels
                [y * grey.width + at(place.left, grey.width)..y * grey.width + at(place.right, grey.width)]
                .iter()
        })
        .filter(|pixel| **pixel < 128)
        .count()
    };
    assert!(dark(found[0][0]) > 50, "{}", dark(found[0][0]));
    assert_eq!(dark(Place { page: 0, left: 0.1, top: 0.0, right: 0.9, bottom: 0.04 }), 0);
}

#[test]
fn scans_of_every_coding_are_seen() {
    let pdf = opened(&read("scan.pdf")).unwrap();
    assert_eq!(pdf.pages().len(), 4);
    assert!(pdf.is_scan() && !pdf.has_text());
    for page in 0..4 {
        let grey = pdf.picture(page, 1_000_000).unwrap();
        assert_eq!(grey.pixels.len(), grey.width * grey.height);
        assert!(grey.pixels.len() <= 1_000_000 && grey.pixels.len() > 900_000);
        // Paper, and the ink of a few lines and a frame.
        let share = |is: fn(&u8) -> bool| grey.pixels.iter().filter(|p| is(p)).count() as f64 / 1e6;
        assert!(share(|p| *p > 200) > 0.9, "page {page}");
        assert!((0.01..0.06).contains(&share(|p| *p < 100)), "page {page}: {}", share(|p| *p < 100));
    }
    let fine = pdf.picture(0, MAX_PIXELS).unwrap();
    assert_eq!((fine.dpi, fine.width), (300, 2480));
}

#[test]
fn what_cannot_be_opened_is_named() {
    assert_eq!(opened(&read("locked.pdf")).unwrap_err(), PdfError::Encrypted);
    assert_eq!(opened(b"").unwrap_err(), PdfError::NotAPdf);
    assert_eq!(opened(b"\xff\xd8\xff\xe0").unwrap_err(), PdfError::NotAPdf);
    assert_eq!(opened(b"%PDF-1.4\n").unwrap_err(), PdfError::Broken);
    let truncated = read("truncated.pdf");
    assert_eq!(is_whole(Kind::Pdf, &truncated), Wholeness::Truncated);
    let few = Limits { max_pages: 3, ..Limits::default() };
    assert_eq!(open(read("scan.pdf"), few).unwrap_err(), PdfError::TooLarge { pages: 4 });
    let small = Limits { max_bytes: 100, ..Limits::default() };
    assert_eq!(open(read("scan.pdf"), small).unwrap_err(), PdfError::TooHeavy);
    assert_eq!(opened(&read("scan.pdf")).unwrap().text(4).unwrap_err(), PdfError::NoSuchPage);
}

/// A font whose letters the file does not say: only its name and its coding are there, and where it is embedded, a program
/// of one empty glyph.
fn foreign(coding: &str, content: &[u8], is_embedded: bool) -> Pdf {
    const EMPTY: &[u8] = &[
        1, 0, 4, 1, 0, 1, 1, 1, 2, b'A', 0, 1, 1, 1, 6, 163, 17, 139, 169, 18, 0, 0, 0, 0, 0, 1, 1, 1, 2, 14,
    ];
    let font = format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+STSong-Light /Encoding /{coding} /DescendantFonts [6 0 R] >>"
    );
    let descendant = "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /ABCDEF+STSong-Light /CIDSystemInfo \
                      << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 7 0 R >>";
    let program = if is_embedded { "/FontFile3 8 0 R" } else { "" };
    let descriptor = format!(
        "<< /Type /FontDescriptor /FontName /ABCDEF+STSong-Light /Flags 6 /ItalicAngle 0 /Ascent 880 /Descent -120 \
         /CapHeight 880 /StemV 93 /FontBBox [-25 -254 1000 880] {program} >>"
    );
    let more = [
        font.into_bytes(),
        descendant.into(),
        descriptor.into_bytes(),
        stream("/Subtype /CIDFontType0C", EMPTY),
    ];
    let content = [b"BT /F1 12 Tf 100 700 Td ".as_slice(), content, b" Tj ET"].concat();
    opened(&one_page(&format!("{A4} /Resources << /Font << /F1 5 0 R >> >>"), &content, &more)).unwrap()
}

#[test]
fn codings_of_chinese_fonts_are_known() {
    for is_embedded in [false, true] {
        let gbk = foreign("GBK-EUC-H", b"<CABEC0FDBCD7203531>", is_embedded);
        assert_eq!(gbk.text(0).unwrap().text, "示例甲 51\n");
        let unicode = foreign("UniGB-UCS2-H", b"<793A4F8B7532>", is_embedded);
        let text = unicode.text(0).unwrap();
        assert_eq!((text.text.as_str(), text.letters, text.unreadable), ("示例甲\n", 3, 0));
        let found = unicode.find(&["例"]);
        assert!((found[0][0].left - 112.0 / 595.0).abs() < 0.01, "{found:?}");
        // Nothing to draw with: the page stays white.
        assert!(unicode.picture(0, 100_000).unwrap().pixels.iter().all(|pixel| *pixel == 255));
        // The numbers of the collection itself.
        let numbers = foreign("Identity-H", b"<0E3D>", is_embedded);
        assert_eq!(numbers.text(0).unwrap().unreadable, 0);
    }
}

fn helvetica(content: &[u8], entries: &str) -> Pdf {
    let font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec();
    opened(&one_page(&format!("{entries} /Resources << /Font << /F1 5 0 R >> >>"), content, &[font])).unwrap()
}

#[test]
fn lines_are_put_in_order_and_words_apart() {
    let content = b"BT /F1 12 Tf 1 0 0 1 50 600 Tm (third) Tj 1 0 0 1 50 700 Tm (first) Tj 1 0 0 1 200 700.4 Tm (second) Tj \
                    1 0 0 1 50 500 Tm [(wi) 20 (de) -900 (gap)] TJ ET";
    let pdf = helvetica(content, A4);
    assert_eq!(pdf.text(0).unwrap().text, "first second\nthird\nwide gap\n");
    // Broken in a cell of a table: the file has both parts together, the lines have not.
    let content = b"BT /F1 12 Tf 1 0 0 1 50 700 Tm (exam) Tj 1 0 0 1 50 685 Tm (ple) Tj 1 0 0 1 200 700 Tm (other) Tj ET";
    assert_eq!(helvetica(content, A4).find(&["Example"])[0].len(), 1);
    // A page that is turned to be read.
    let content = b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm (turned) Tj ET";
    let pdf = helvetica(content, "/MediaBox [0 0 595 842] /Rotate 90");
    assert_eq!(pdf.text(0).unwrap().text, "turned\n");
    assert!(pdf.pages()[0].width_mm > pdf.pages()[0].height_mm);
    let place = pdf.find(&["turned"])[0][0];
    assert!(place.right - place.left > place.bottom - place.top, "{place:?}");
}

#[test]
fn scanned_text_that_is_invisible_leaves_a_scan_a_scan() {
    let image = stream(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
        &[9, 99, 199, 255],
    );
    let font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec();
    let letters = "x".repeat(80);
    let page = |mode: u8| {
        let content =
            format!("q 595 0 0 842 0 0 cm /I Do Q BT /F1 5 Tf {mode} Tr 20 700 Td ({letters}) Tj ET");
        let entries = format!("{A4} /Resources << /Font << /F1 5 0 R >> /XObject << /I 6 0 R >> >>");
        opened(&one_page(&entries, content.as_bytes(), &[font.clone(), image.clone()])).unwrap()
    };
    assert!(page(3).is_scan() && page(3).has_text());
    assert!(!page(0).is_scan());
}

#[test]
fn loops_end() {
    // A page tree that comes back to itself, and one that says it has a billion pages.
    let pages = made(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1000000000 >>".to_vec(),
        b"<< /Type /Pages /Kids [2 0 R 3 0 R 4 0 R] /Parent 3 0 R /Count 2 >>".to_vec(),
        b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] >>".to_vec(),
    ]);
    assert_eq!(opened(&pages).unwrap().pages().len(), 1);
    ask_all(&pages, true);
    // A form that draws itself.
    let form = |calls: &str| {
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>",
            calls.as_bytes(),
        )
    };
    let entries = format!("{A4} /Resources << /XObject << /X 5 0 R >> >>");
    let bytes = one_page(&entries, b"/X Do", &[form("/X Do /X Do")]);
    ask_all(&bytes, true);
    // Two that draw each other.
    let call =
        |next: u8| format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {next} 0 R >> >>");
    let twins = [stream(&call(6), b"/X Do /X Do"), stream(&call(5), b"/X Do /X Do")];
    ask_all(&one_page(&entries, b"/X Do", &twins), true);
    // Ten forms that each draw the next ten times.
    let forms: Vec<Vec<u8>> = (6..16)
        .map(|next| {
            let entries =
                format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {next} 0 R >> >>");
            stream(&entries, "/X Do ".repeat(10).as_bytes())
        })
        .collect();
    let bytes = one_page(&entries, b"/X Do", &forms);
    ask_all(&bytes, true);
    // The same with the last one drawing something.
    let mut forms = forms;
    forms.push(stream("/Subtype /Form /BBox [0 0 9 9]", b"0 0 9 9 re f"));
    assert_eq!(
        opened(&one_page(&entries, b"/X Do", &forms)).unwrap().text(0).unwrap_err(),
        PdfError::TooHeavy
    );
    // Lengths, filters, lists that point to themselves.
    let bytes = made(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids 5 0 R /Count 1 >>".to_vec(),
        b"<< /Type /Page /MediaBox 6 0 R /Contents [7 0 R 7 0 R] /Resources 3 0 R >>".to_vec(),
        b"<< /Length 4 0 R >>\nstream\nBT\nendstream".to_vec(),
        b"[3 0 R 5 0 R]".to_vec(),
        b"6 0 R".to_vec(),
        b"<< /Length 7 0 R /Filter 7 0 R >>\nstream\nBT\nendstream".to_vec(),
    ]);
    ask_all(&bytes, true);
}

#[test]
fn absurd_sizes_are_not_drawn() {
    for size in [
        "0 0 1e9 1e9",
        "0 0 1000000000 1",
        "0 0 0 0",
        "-1e38 -1e38 1e38 1e38",
        "0 0 0.001 0.001",
        "9 9 -9 -9",
    ] {
        let bytes = one_page(&format!("/MediaBox [{size}]"), b"0 0 9 9 re f", &[]);
        ask_all(&bytes, true);
        let grey = opened(&bytes).and_then(|pdf| pdf.picture(0, MAX_PIXELS));
        assert!(grey.is_err() || grey.unwrap().pixels.len() <= MAX_PIXELS, "{size}");
    }
    let large = one_page("/MediaBox [0 0 14000 14000]", b"0 0 9 9 re f", &[]);
    assert!(opened(&large).unwrap().picture(0, 1_000_000).unwrap().pixels.len() <= 1_000_000);
    // Pictures that say they are large; the last one says it in its own header.
    let of = |entries: &str, data: &[u8]| {
        let image = stream(&format!("/Type /XObject /Subtype /Image {entries}"), data);
        one_page(&format!("{A4} /Resources << /XObject << /I 5 0 R >> >>"), b"/I Do", &[image])
    };
    let grey = "/ColorSpace /DeviceGray /BitsPerComponent 8";
    let jbig = b"\0\0\0\0\x30\0\x01\0\0\0\x13\0\0\xff\xff\0\0\xff\xff\0\0\0\0\0\0\0\0\0\0\0";
    let jpx = b"\xff\x4f\xff\x51\0\x29\0\0\0\0\xff\xff\0\0\xff\xff\0\0\0\0\0\0\0\0\0\0\xff\xff\0\0\xff\xff\0\0\0\0\0\0\0\0\0\x01\x07\x01\x01";
    let cases = [
        of(&format!("/Width 60000 /Height 60000 {grey}"), b"x"),
        of(
            &format!(
                "/Width 9 /Height 9 {grey} /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>"
            ),
            b"x",
        ),
        of(&format!("/Width 9 /Height 9 {grey} /Filter /JBIG2Decode"), jbig),
        of(&format!("/Width 9 /Height 9 {grey} /Filter /JPXDecode"), jpx),
    ];
    for bytes in cases {
        assert_eq!(opened(&bytes).unwrap_err(), PdfError::TooHeavy);
    }
    // Rows for which memory is taken before the first is read.
    for columns in ["99999991654", "#39", "99999999999999999999999", "5 0 R"] {
        let parms = format!("/DecodeParms << /Predictor 12 /#43olumns {columns} >>");
        let bytes = of(&format!("/Width 9 /Height 9 {grey} /Filter /FlateDecode {parms}"), &zipped(b"x"));
        ask_all(&bytes, true);
        let is_wide = columns != "#39";
        assert_eq!(opened(&bytes).err(), is_wide.then_some(PdfError::TooHeavy), "{columns}");
    }
    // Within the content of the page.
    let inline = one_page(A4, b"BI /W 60000 /H 60000 /BPC 8 /CS /G ID x EI", &[]);
    assert_eq!(opened(&inline).unwrap().picture(0, 1000).unwrap_err(), PdfError::TooHeavy);
}

#[test]
fn bombs_are_not_unpacked() {
    let start = Instant::now();
    let zeros = zipped(&vec![0; 200 << 20]);
    let packed = |filter: &str, data: &[u8]| one_page(A4, b"", &[stream(&format!("/Filter {filter}"), data)]);
    assert_eq!(opened(&packed("/FlateDecode", &zeros)).unwrap_err(), PdfError::TooHeavy);
    let twice = zipped(&zeros);
    assert_eq!(opened(&packed("[/FlateDecode /FlateDecode]", &twice)).unwrap_err(), PdfError::TooHeavy);
    let hex: Vec<u8> = zeros.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    assert_eq!(opened(&packed("[/ASCIIHexDecode /FlateDecode]", &hex)).unwrap_err(), PdfError::TooHeavy);
    let lengths = vec![129; 4 << 20];
    assert_eq!(opened(&packed("/RunLengthDecode", &lengths)).unwrap_err(), PdfError::TooHeavy);
    // Codes that each repeat the last one and one more.
    let mut lzw = vec![0x80, 0x00];
    lzw.extend(vec![0x0b; 1 << 20]);
    ask_all(&packed("/LZWDecode", &lzw), false);
    // An inline picture.
    let inline = [b"BI /W 9 /H 9 /BPC 8 /CS /G /F /Fl ID ".as_slice(), &zeros, b" EI"].concat();
    let inline = opened(&one_page(A4, &inline, &[]));
    assert_eq!(inline.and_then(|pdf| pdf.text(0)).unwrap_err(), PdfError::TooHeavy);
    // The table of the file itself.
    let mut table = b"%PDF-1.7\n".to_vec();
    let at = table.len();
    table.extend(b"1 0 obj\n");
    table.extend(stream("/Type /XRef /W [1 4 2] /Size 100000000 /Root 2 0 R /Filter /FlateDecode", &zeros));
    table.extend(format!("\nendobj\nstartxref\n{at}\n%%EOF").bytes());
    assert_eq!(opened(&table).unwrap_err(), PdfError::TooHeavy);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn pages_of_large_shapes_are_not_drawn() {
    let fills = one_page(A4, "0 0 595 842 re f ".repeat(20_000).as_bytes(), &[]);
    let lines = format!("0 0 m {} S", "595 842 l 10 3 l 3 800 l ".repeat(20_000));
    let lines = one_page(A4, lines.as_bytes(), &[]);
    let cell = stream(
        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 595 842] /XStep 595 /YStep 842 /Resources << >>",
        "0 0 595 842 re f ".repeat(30_000).as_bytes(),
    );
    let pattern = b"/Pattern cs /P scn 0 0 595 842 re f";
    let pattern = one_page(&format!("{A4} /Resources << /Pattern << /P 5 0 R >> >>"), pattern, &[cell]);
    for bytes in [fills, lines, pattern] {
        assert_eq!(opened(&bytes).unwrap().picture(0, MAX_PIXELS).unwrap_err(), PdfError::TooHeavy);
    }
    // A hundred of them are nothing.
    let few = one_page(A4, "0 0 595 842 re f ".repeat(100).as_bytes(), &[]);
    assert!(opened(&few).unwrap().picture(0, MAX_PIXELS).is_ok());
}

#[test]
fn deep_nesting_ends() {
    for (open, close) in
        [("[", "]"), ("<< /A ", ">>"), ("(", ")"), ("q ", "Q "), ("/X BMC ", "EMC "), ("BT ", "ET ")]
    {
        let deep = format!("{}{}", open.repeat(50_000), close.repeat(50_000));
        ask_all(&one_page(A4, deep.as_bytes(), &[deep.clone().into_bytes()]), true);
        ask_all(&one_page(&format!("{A4} /Annots {deep} /Resources {deep}"), b"", &[]), true);
    }
    // A tree of pages as deep as it gets.
    let mut objects = vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()];
    objects.extend(
        (3..5_000).map(|next| format!("<< /Type /Pages /Kids [{next} 0 R] /Count 1 >>").into_bytes()),
    );
    objects.push(b"<< /Type /Page /MediaBox [0 0 9 9] >>".to_vec());
    ask_all(&made(&objects), true);
}

#[test]
fn cuts_and_flips_are_borne() {
    for name in ["insurance.pdf", "guarded.pdf", "locked.pdf", "scan.pdf", "truncated.pdf"] {
        let whole = read(name);
        for tenth in 0..10 {
            ask_all(&whole[..whole.len() * tenth / 10], true);
        }
        let mut dice = Dice(0x5eed);
        for round in 0..300 {
            let mut bytes = whole.clone();
            for _ in 0..=dice.below(4) {
                let at = dice.below(bytes.len());
                bytes[at] ^= u8::try_from(1 + dice.below(255)).unwrap();
            }
            // Pictures of every tenth: drawing is what takes time.
            ask_all(&bytes, round % 10 == 0);
        }
    }
}
