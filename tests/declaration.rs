//! Forms that were made to do harm: each is refused by name, in bounded time and memory.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::io::{Cursor, Write as _};

use precheck::domain::case;
use precheck::domain::declaration::docx::{self, DocxProblem};
use precheck::domain::declaration::{portal, recognise};
use precheck::domain::pack::Pack;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (path, content) in parts {
        writer.start_file(*path, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(body: &str) -> Vec<u8> {
    let xml = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    packed(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", xml.as_bytes())])
}

fn cell(text: &str) -> String {
    format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
}

fn problem(bytes: &[u8]) -> DocxProblem {
    docx::read(bytes).map(|_| ()).expect_err("refused")
}

#[test]
fn a_document_type_is_refused() {
    let xml = format!(
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><w:document {W}><w:body><w:p/></w:body></w:document>"
    );
    let bytes = packed(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", xml.as_bytes())]);
    assert!(matches!(problem(&bytes), DocxProblem::Doctype { .. }));
}

#[test]
fn what_is_no_document_is_named() {
    assert_eq!(problem(b"hello"), DocxProblem::Container);
    assert_eq!(problem(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]), DocxProblem::Ole);
    assert_eq!(problem(&packed(&[("a.txt", b"x")])), DocxProblem::NoDocument);
    let whole = document("<w:p/>");
    assert_eq!(problem(&whole[..whole.len() / 2]), DocxProblem::Container);
    assert!(matches!(problem(&document("<w:p>")), DocxProblem::Broken { .. }));
    assert!(matches!(problem(&document("&nbsp;")), DocxProblem::Broken { .. }));
}

#[test]
fn bombs_are_refused() {
    // 60 MB of spaces in a few kilobytes.
    let body = " ".repeat(60 << 20);
    assert!(matches!(problem(&document(&body)), DocxProblem::TooLarge { .. }));
    // More cells than any form has, and rows that claim a million columns.
    let row = format!("<w:tr>{}</w:tr>", "<w:tc/>".repeat(1_000));
    let table = format!("<w:tbl>{}</w:tbl>", row.repeat(60));
    assert!(matches!(problem(&document(&table)), DocxProblem::TooLarge { .. }));
    let wide =
        r#"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="10000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"#;
    assert!(matches!(problem(&document(wide)), DocxProblem::TooLarge { .. }));
    // Ten million elements.
    let many = "<w:p/>".repeat(3_000_000);
    assert!(matches!(problem(&document(&many)), DocxProblem::TooLarge { .. }));
    let deep = format!("{}{}", "<w:p>".repeat(50_000), "</w:p>".repeat(50_000));
    assert!(matches!(problem(&document(&deep)), DocxProblem::TooLarge { .. } | DocxProblem::Broken { .. }));
}

#[test]
fn names_that_lead_out_are_refused() {
    for name in ["../evil.xml", "/etc/passwd", "word/../../x", "C:x", "a\\..\\b"] {
        let bytes = packed(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("word/document.xml", b"<x/>"),
            (name, b"x"),
        ]);
        assert_eq!(problem(&bytes), DocxProblem::Name, "{name}");
    }
}

#[test]
fn macros_and_references_outside_are_told_and_left_alone() {
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://x/attachedTemplate" Target="http://example.org/t.dotm" TargetMode="External"/><Relationship Id="b" Type="http://x/hyperlink" Target="http://example.org" TargetMode="External"/></Relationships>"#;
    let xml = format!("<w:document {W}><w:body><w:p/></w:body></w:document>");
    let bytes = packed(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("word/document.xml", xml.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/vbaProject.bin", b"macro"),
    ]);
    let notes = docx::read(&bytes).unwrap().notes;
    assert!(notes.has_macros);
    assert_eq!(notes.n_external, 1);
}

/// A blank keeps everything but what is put in, and what is put in cannot break out of its place.
#[test]
fn values_stay_in_their_places() {
    let pack = Pack::built_in().unwrap();
    let rows: String =
        [("姓名", ""), ("身份证号", ""), ("性别", "□男 □女"), ("联系电话", ""), ("工作单位", "")]
            .iter()
            .map(|(label, value)| format!("<w:tr>{}{}</w:tr>", cell(label), cell(value)))
            .collect();
    let bytes = packed(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        (
            "word/document.xml",
            format!("<w:document {W}><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>").as_bytes(),
        ),
        ("word/header1.xml", b"<seal/>"),
    ]);
    let mut application = case::read(include_bytes!("../examples/examiner.json")).unwrap();
    let name = "甲</w:t><w:evil/>&\u{7}\u{1f}“乙”";
    application.answers.insert("person.name".to_owned(), name.into());
    let blank = docx::read(&bytes).unwrap();
    let filled =
        docx::fill(&bytes, &blank, &pack, &application, &recognise(&pack, &blank.paper), None).unwrap();
    let again = docx::read(&filled.bytes).unwrap();
    let reading = recognise(&pack, &again.paper);
    assert_eq!(reading.field("person.name").unwrap().words, "甲</w:t><w:evil/>&“乙”");
    assert_eq!(reading.field("person.sex").unwrap().value, Some("male".into()));
    let mut archive = zip::ZipArchive::new(Cursor::new(&filled.bytes)).unwrap();
    let mut header = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/header1.xml").unwrap(), &mut header).unwrap();
    assert_eq!(header, "<seal/>");
}

#[test]
fn a_long_text_is_refused_and_a_strange_one_read() {
    assert!(portal::paper(&"a\n".repeat(70_000)).is_err());
    assert!(portal::decode(&vec![b'x'; 3 << 20]).is_err());
    assert!(portal::decode(&[0xff, 0x00, 0x80]).is_err());
    let pack = Pack::built_in().unwrap();
    let paper = portal::paper(&"：".repeat(10_000)).unwrap();
    assert!(recognise(&pack, &paper).fields.is_empty());
}
