//! Writes a filled form as DOCX (ECMA-376, WordprocessingML): A4, one table for each section, labels as cells of
//! their own so that any reader finds a value right of its label. The same document gives the same bytes.
//!
//! Characters that XML cannot hold are left out; the checks name them before it comes to that.

use quick_xml::escape::escape;

use crate::domain::base::digest::ContentDigest;
use crate::domain::base::zip::{EntryHead, Piece, ZipError, compose};
use crate::domain::declaration::document::{FormDocument, MODULE, PHOTO_WORDS, Row, Section};

/// Text width of an A4 page with 2 cm margins, in twentieths of a point.
const WIDTH: usize = 9_638;
/// Width of a label cell.
const LABEL: usize = 1_700;
/// Width of the photo's cell: 30 mm.
const PHOTO_WIDTH: usize = 1_700;
/// Pixels for one module of the code.
const CODE_SCALE: usize = 4;
/// English Metric Units in a hundredth of a millimetre.
const EMU_PER_HUNDREDTH: usize = 360;
/// Height of a row, and of one in which people sign and stamp.
const ROW_HEIGHT: usize = 454;
const SIGNATURE_HEIGHT: usize = 2_300;

/// Why the document was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocxError {
    /// The container could not be made.
    #[error("{0}")]
    Zip(#[from] ZipError),
}

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"#;

const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const DOCUMENT_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/code.png"/></Relationships>"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="title"><w:name w:val="Title"/><w:basedOn w:val="a"/><w:pPr><w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="section"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="60"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style></w:styles>"#;

/// Writes the form.
///
/// # Errors
/// [`DocxError`].
pub fn write(document: &FormDocument) -> Result<Vec<u8>, DocxError> {
    // Without a code there is an empty picture that nothing shows.
    let code = document.code.as_ref().map(|code| code.png(CODE_SCALE)).unwrap_or_default();
    let files: [(&str, Vec<u8>); 7] = [
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes().to_vec()),
        ("_rels/.rels", RELS.as_bytes().to_vec()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELS.as_bytes().to_vec()),
        ("word/document.xml", body(document).into_bytes()),
        ("word/footer1.xml", footer(document).into_bytes()),
        ("word/media/code.png", code),
        ("word/styles.xml", STYLES.as_bytes().to_vec()),
    ];
    let heads: Vec<EntryHead> = files
        .iter()
        .map(|(path, content)| {
            let digest = ContentDigest::of(content);
            EntryHead { path: (*path).to_owned(), bytes: digest.bytes, crc32: digest.crc32 }
        })
        .collect();
    let mut bytes = Vec::new();
    for piece in compose(&heads)? {
        match piece {
            Piece::Header(header) => bytes.extend(header),
            Piece::Content(idx) => {
                bytes.extend(files.get(idx).map(|(_, c)| c.as_slice()).unwrap_or_default())
            }
        }
    }
    Ok(bytes)
}

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

fn body(document: &FormDocument) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMESPACES}><w:body>"
    );
    xml.push_str(&head(document));
    for section in &document.sections {
        xml.push_str(&paragraph("section", "", &section.title));
        xml.push_str(&table(section));
    }
    for note in &document.notes {
        xml.push_str(&paragraph("a", r#"<w:spacing w:before="120"/>"#, note));
    }
    xml.push_str(r#"<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#);
    xml
}

/// Title and number at the left, the code at the right, away from where people sign and stamp.
fn head(document: &FormDocument) -> String {
    let mut words = paragraph("title", "", &document.title);
    if let Some(subtitle) = &document.subtitle {
        words.push_str(&paragraph("a", r#"<w:jc w:val="center"/>"#, subtitle));
    }
    let number = format!("{}：{}", document.number_label, document.number);
    words.push_str(&paragraph("a", r#"<w:jc w:val="center"/>"#, &number));
    let Some(code) = &document.code else { return words };
    let side = code.full_size() * MODULE * EMU_PER_HUNDREDTH;
    let right = code.full_size() * MODULE * 567 / 1_000 + 240;
    let left = WIDTH.saturating_sub(right);
    let picture = picture(side, &document.number);
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"{left}\"/><w:gridCol w:w=\"{right}\"/></w:tblGrid>{}</w:tbl>",
        tr(
            0,
            &[
                cell(left, 1, "", &words),
                cell(
                    right,
                    1,
                    "",
                    &format!("<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:r>{picture}</w:r></w:p>")
                ),
            ]
        ),
    )
}

fn picture(side: usize, description: &str) -> String {
    format!(
        "<w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{side}\" cy=\"{side}\"/><wp:docPr id=\"1\" name=\"code\" descr=\"{description}\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"code.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rId3\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{side}\" cy=\"{side}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
}

fn footer(document: &FormDocument) -> String {
    let words =
        text(&format!("{} {}　{}　第 ", document.number_label, document.number, document.version_note));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:ftr {NAMESPACES}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}{}{}{}{}</w:p></w:ftr>",
        run(&words),
        field("PAGE"),
        run(&text(" 页，共 ")),
        field("NUMPAGES"),
        run(&text(" 页")),
    )
}

fn run(content: &str) -> String {
    format!("<w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr>{content}</w:r>")
}

fn field(name: &str) -> String {
    format!(
        "<w:fldSimple w:instr=\"{name}\"><w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>"
    )
}

/// A run's text, line ends as breaks.
fn text(words: &str) -> String {
    let clean: String = words.chars().filter(|c| is_xml(*c)).collect();
    let lines: Vec<String> =
        clean.lines().map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line))).collect();
    lines.join("<w:br/>")
}

/// The characters that XML 1.0 can hold.
pub(super) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn paragraph(style: &str, properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr><w:r>{}</w:r></w:p>", text(words))
}

fn table(section: &Section) -> String {
    let has_photo = section.photo_rows > 0;
    let photo = if has_photo { PHOTO_WIDTH } else { 0 };
    let first = (WIDTH - 2 * LABEL - photo) / 2;
    let second = WIDTH - 2 * LABEL - photo - first;
    let mut columns = vec![LABEL, first, LABEL, second];
    if has_photo {
        columns.push(photo);
    }
    let mut xml = table_head(WIDTH, &columns);
    for (idx, row) in section.rows.iter().enumerate() {
        let is_beside = idx < section.photo_rows;
        // Below the photo the last values reach under it.
        let below = if is_beside || !has_photo { 0 } else { photo };
        let layout = Layout {
            first,
            second: second + below,
            second_span: 1 + usize::from(below > 0),
            photo: is_beside.then(|| photo_cell(idx == 0)),
        };
        xml.push_str(&view_row(row, &layout));
    }
    xml.push_str("</w:tbl>");
    xml
}

/// The columns as one row uses them, in twentieths of a point.
struct Layout {
    /// Width of the first value.
    first: usize,
    /// Width of the second value.
    second: usize,
    /// Columns that the second value covers.
    second_span: usize,
    /// The photo's cell at the end.
    photo: Option<String>,
}

impl Layout {
    fn wide(&self) -> usize {
        self.first + LABEL + self.second
    }

    fn wide_span(&self) -> usize {
        2 + self.second_span
    }

    /// A row of these cells, and the photo's where it stands beside.
    fn tr(&self, height: usize, mut cells: Vec<String>) -> String {
        cells.extend(self.photo.clone());
        tr(height, &cells)
    }
}

/// The photo's cell in its first row, or its going on.
fn photo_cell(is_first: bool) -> String {
    let (merge, words) = if is_first { (r#" w:val="restart""#, PHOTO_WORDS) } else { ("", "") };
    let content = paragraph("a", r#"<w:jc w:val="center"/>"#, words);
    cell(PHOTO_WIDTH, 1, &format!("<w:vMerge{merge}/>"), &content)
}

fn table_head(width: usize, columns: &[usize]) -> String {
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .iter()
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"))
        .collect();
    let grid: String = columns.iter().map(|w| format!("<w:gridCol w:w=\"{w}\"/>")).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )
}

fn view_row(row: &Row, layout: &Layout) -> String {
    let (wide, span) = (layout.wide(), layout.wide_span());
    match row {
        // Two pairs to a line; a third would not fit the grid and gets a line of its own.
        Row::Pairs(pairs) => pairs
            .chunks(2)
            .map(|chunk| match chunk {
                [(a, b), (c, d)] => layout.tr(
                    ROW_HEIGHT,
                    vec![
                        label_cell(a),
                        value_cell(layout.first, 1, b),
                        label_cell(c),
                        value_cell(layout.second, layout.second_span, d),
                    ],
                ),
                chunk => chunk
                    .iter()
                    .map(|(a, b)| layout.tr(ROW_HEIGHT, vec![label_cell(a), value_cell(wide, span, b)]))
                    .collect(),
            })
            .collect(),
        Row::Wide { label, value } => {
            layout.tr(ROW_HEIGHT, vec![label_cell(label), value_cell(wide, span, value)])
        }
        Row::Table { label, columns, rows, min_rows } => {
            let inner = inner_table(wide, columns, rows, *min_rows);
            layout.tr(ROW_HEIGHT, vec![label_cell(label), cell(wide, span, "", &format!("{inner}<w:p/>"))])
        }
        Row::Signature { label, statement, signer, seal, date } => {
            let mut content = paragraph("a", "", statement);
            content.push_str(&paragraph(
                "a",
                r#"<w:spacing w:before="480"/><w:ind w:left="3000"/>"#,
                &format!("{signer}："),
            ));
            if let Some(seal) = seal {
                content.push_str(&paragraph("a", r#"<w:ind w:left="3000"/>"#, seal));
            }
            content.push_str(&paragraph("a", r#"<w:spacing w:before="240"/><w:jc w:val="right"/>"#, date));
            layout.tr(SIGNATURE_HEIGHT, vec![label_cell(label), cell(wide, span, "", &content)])
        }
    }
}

fn inner_table(width: usize, columns: &[String], rows: &[Vec<String>], min_rows: usize) -> String {
    let n_columns = columns.len().max(1);
    let width = width - 220;
    let each = width / n_columns;
    let mut xml = table_head(width, &vec![each; n_columns]);
    let cells: Vec<String> = columns.iter().map(|c| label_cell_of(each, c)).collect();
    xml.push_str(&tr(ROW_HEIGHT, &cells));
    for line in 0..rows.len().max(min_rows) {
        let cells: Vec<String> = (0..n_columns)
            .map(|column| {
                value_cell(each, 1, rows.get(line).and_then(|r| r.get(column)).map_or("", String::as_str))
            })
            .collect();
        xml.push_str(&tr(ROW_HEIGHT, &cells));
    }
    xml.push_str("</w:tbl>");
    xml
}

fn tr(height: usize, cells: &[String]) -> String {
    format!("<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{height}\"/></w:trPr>{}</w:tr>", cells.concat())
}

fn label_cell(label: &str) -> String {
    label_cell_of(LABEL, label)
}

fn label_cell_of(width: usize, label: &str) -> String {
    let shade = r#"<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>"#;
    cell(width, 1, shade, &paragraph("a", r#"<w:jc w:val="center"/>"#, label))
}

fn value_cell(width: usize, span: usize, words: &str) -> String {
    cell(width, span, "", &paragraph("a", "", words))
}

fn cell(width: usize, span: usize, shade: &str, content: &str) -> String {
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{span}\"/>{shade}<w:vAlign w:val=\"center\"/></w:tcPr>{content}</w:tc>"
    )
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;

    fn document() -> FormDocument {
        FormDocument {
            title: "申报表".to_owned(),
            number_label: "填报码".to_owned(),
            number: "1234-5678-9ABC".to_owned(),
            sections: vec![Section {
                photo_rows: 0,
                title: "个人信息".to_owned(),
                rows: vec![
                    Row::Pairs(vec![
                        ("姓名".to_owned(), "阿依·<𠮷>&\u{7}".to_owned()),
                        ("性别".to_owned(), "女".to_owned()),
                    ]),
                    Row::Wide { label: "地址".to_owned(), value: "一\n二".to_owned() },
                    Row::Table {
                        label: "简历".to_owned(),
                        columns: vec!["起".to_owned()],
                        rows: vec![vec!["2010-07".to_owned()]],
                        min_rows: 3,
                    },
                    Row::Signature {
                        label: "本人申请".to_owned(),
                        statement: "自愿".to_owned(),
                        signer: "申报人（签字）".to_owned(),
                        seal: Some("（盖章）".to_owned()),
                        date: "年 月 日".to_owned(),
                    },
                ],
            }],
            ..FormDocument::default()
        }
    }

    /// Reads the text of every paragraph with a ZIP reader and an XML reader that are not the writer's.
    fn paragraphs(bytes: &[u8]) -> Vec<String> {
        use quick_xml::events::Event;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        let (mut all, mut current) = (Vec::new(), String::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Text(t) => current.push_str(&t),
                Event::GeneralRef(r) => {
                    let name = r.to_string();
                    current.push_str(match name.as_str() {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        other => panic!("{other}"),
                    });
                }
                Event::Empty(e) if e.name().as_ref() == "w:br" => current.push('\n'),
                Event::End(e) if e.name().as_ref() == "w:p" => all.push(std::mem::take(&mut current)),
                Event::Eof => break,
                _ => {}
            }
        }
        all
    }

    #[test]
    fn labels_and_values_stand_side_by_side() {
        let found = paragraphs(&write(&document()).unwrap());
        let place = found.iter().position(|p| p == "姓名").unwrap();
        assert_eq!(found[place..place + 4], ["姓名", "阿依·<𠮷>&", "性别", "女"]);
        assert!(found.contains(&"填报码：1234-5678-9ABC".to_owned()));
        assert!(found.contains(&"一\n二".to_owned()));
        assert!(found.contains(&"2010-07".to_owned()));
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        assert_eq!(write(&document()).unwrap(), write(&document()).unwrap());
    }
}
