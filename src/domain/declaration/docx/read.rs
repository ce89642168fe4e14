//! Reads a DOCX that somebody else made, as hostile input: sizes, counts and depth are bounded before anything is built,
//! a document type declaration is refused, nothing outside the file is ever opened.

use roxmltree::{Document, Node, ParsingOptions};

use super::container::Container;
use crate::domain::declaration::paper::{Anchor, Block, Cell, Line, Paper, Piece, PieceKind, Table};

/// The most elements and texts of a part.
const MAX_NODES: u32 = 1_500_000;
/// How deep elements may lie in each other. Word itself nests tables some eleven deep.
const MAX_DEPTH: usize = 200;
/// The most cells of all tables together.
const MAX_CELLS: usize = 50_000;
/// The most columns that a table may claim.
const MAX_COLUMNS: usize = 1_000;

/// The part that says what the other parts are.
pub(super) const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Why a file was not read as DOCX.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocxProblem {
    /// The container cannot be read.
    #[error("不是完整的 docx 文件，用 Word 或 WPS 打开后另存为 docx")]
    Container,
    /// A name in the container that leads out of it, or stands there twice.
    #[error("文件内部有不安全的文件名，不读取")]
    Name,
    /// Not written, since the container could not be made.
    #[error("写不出 docx 文件")]
    NotWritten,
    /// An old Word file, or one with a password: both are OLE files.
    #[error("是旧版 Word 文件（doc）或加了密码的文件，去掉密码后另存为 docx")]
    Ole,
    /// A ZIP without a document in it.
    #[error("文件里没有 Word 文档，用 Word 或 WPS 打开后另存为 docx")]
    NoDocument,
    /// The XML is broken.
    #[error("文件内部的 {part} 损坏（{at}），用 Word 或 WPS 打开后另存为 docx")]
    Broken {
        /// Path of the part in the file.
        part: String,
        /// Line and column.
        at: String,
    },
    /// A document type declaration, which no word processor writes.
    #[error("文件内部的 {part} 带有文档类型声明，word 文件里不应有，不读取")]
    Doctype {
        /// Path of the part in the file.
        part: String,
    },
    /// Larger than is read.
    #[error("文件超过上限：{what}")]
    TooLarge {
        /// What.
        what: &'static str,
    },
}

/// What is remarkable about a document that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notes {
    /// Whether programs (macros) lie in it. They are never run.
    pub has_macros: bool,
    /// How many relations lead out of the file. They are never followed.
    pub n_external: usize,
}

/// Where a part of the paper stands in the document's XML, as byte offsets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    /// A paragraph (`w:p`).
    Paragraph {
        /// The whole element.
        outer: std::ops::Range<usize>,
    },
    /// A cell (`w:tc`).
    Cell {
        /// The whole element.
        outer: std::ops::Range<usize>,
    },
    /// The characters inside a `w:t`.
    Text {
        /// What stands between the tags.
        inner: std::ops::Range<usize>,
        /// The opening tag, which may have to keep white space.
        tag: std::ops::Range<usize>,
    },
    /// A symbol (`w:sym`) that draws a box.
    Symbol {
        /// The whole element.
        outer: std::ops::Range<usize>,
    },
    /// A legacy check box (`w:checkBox` in `w:ffData`).
    FormBox {
        /// The whole element.
        outer: std::ops::Range<usize>,
    },
    /// A legacy list to choose from (`w:ddList` in `w:ffData`).
    FormList {
        /// The whole element.
        outer: std::ops::Range<usize>,
        /// What it offers.
        entries: Vec<String>,
    },
    /// A content control that is a check box: its state, and what it shows.
    ControlBox {
        /// The value of `w14:checked`, without quotes; `None` where it is not stated.
        state: Option<std::ops::Range<usize>>,
        /// The `w14:checkbox` element.
        outer: std::ops::Range<usize>,
        /// The text that it shows.
        shown: Option<std::ops::Range<usize>>,
        /// Characters for ticked and not ticked.
        characters: (char, char),
    },
    /// A content control: text that is put there replaces what it shows.
    Control {
        /// The inside of `w:sdtContent`.
        content: std::ops::Range<usize>,
        /// `w:showingPlcHdr`, which goes when text comes.
        placeholder: Option<std::ops::Range<usize>>,
    },
    /// A tab or line end.
    Space,
}

/// A document that was read.
#[derive(Debug, Clone)]
pub struct Docx {
    /// What stands on it.
    pub paper: Paper,
    /// What is remarkable about it.
    pub notes: Notes,
    pub(super) part: String,
    pub(super) xml: String,
    pub(super) spots: Vec<Spot>,
}

/// Reads a document.
///
/// # Errors
/// [`DocxProblem`].
pub fn read(bytes: &[u8]) -> Result<Docx, DocxProblem> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(DocxProblem::Ole);
    }
    let mut container = Container::open(bytes)?;
    let types = container.text(CONTENT_TYPES)?.ok_or(DocxProblem::NoDocument)?;
    let part = document_part(&container, &types)?;
    let xml = container.text(&part)?.ok_or(DocxProblem::NoDocument)?;
    let notes = notes(&mut container, &part)?;
    let (paper, spots) = {
        let tree = parse(&xml, &part)?;
        check_depth(&tree)?;
        let mut builder = Builder::default();
        let body =
            tree.root_element().children().find(|n| is_w(*n, "body")).ok_or(DocxProblem::NoDocument)?;
        let mut paper = Paper { blocks: builder.blocks(body)? };
        paper.blocks.append(&mut builder.boxes);
        (paper, builder.spots)
    };
    Ok(Docx { paper, notes, part, xml, spots })
}

pub(super) fn parse<'a>(xml: &'a str, part: &str) -> Result<Document<'a>, DocxProblem> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(xml, options).map_err(|e| match e {
        roxmltree::Error::DtdDetected => DocxProblem::Doctype { part: part.to_owned() },
        roxmltree::Error::NodesLimitReached => DocxProblem::TooLarge { what: "文档的元素个数" },
        other => DocxProblem::Broken { part: part.to_owned(), at: other.pos().to_string() },
    })
}

/// Whether elements lie too deep in each other for the reader to follow them.
fn check_depth(tree: &Document<'_>) -> Result<(), DocxProblem> {
    let mut depth = 0_usize;
    let mut node = Some(tree.root_element());
    while let Some(at) = node {
        if depth > MAX_DEPTH {
            return Err(DocxProblem::TooLarge { what: "文档的嵌套层数" });
        }
        if let Some(child) = at.first_child() {
            depth += 1;
            node = Some(child);
            continue;
        }
        let mut up = Some(at);
        node = None;
        while let Some(current) = up {
            if let Some(next) = current.next_sibling() {
                node = Some(next);
                break;
            }
            up = current.parent();
            depth = depth.saturating_sub(1);
        }
    }
    Ok(())
}

/// The path of the main document: by its content type, else where it usually lies.
fn document_part(container: &Container<'_>, types: &str) -> Result<String, DocxProblem> {
    let tree = parse(types, CONTENT_TYPES)?;
    let is_main = |n: &Node<'_, '_>| {
        n.attribute("ContentType").is_some_and(|t| t.ends_with(".main+xml") && t.contains("wordprocessingml"))
            || n.attribute("ContentType").is_some_and(|t| t.contains("ms-word.document.macroEnabled.main"))
    };
    let by_type = tree.descendants().find(is_main).and_then(|n| n.attribute("PartName"));
    let path = by_type.map_or("word/document.xml", |name| name.trim_start_matches('/')).to_owned();
    if container.paths().any(|p| p == path) { Ok(path) } else { Err(DocxProblem::NoDocument) }
}

fn notes(container: &mut Container<'_>, part: &str) -> Result<Notes, DocxProblem> {
    let has_macros = container.paths().any(|path| path.to_ascii_lowercase().ends_with("vbaproject.bin"));
    let relations = relations_path(part);
    let n_external = match container.text(&relations)? {
        Some(xml) => {
            let tree = parse(&xml, &relations)?;
            // Hyperlinks are only words until somebody clicks; templates, pictures and data are not.
            tree.descendants()
                .filter(|n| n.attribute("TargetMode") == Some("External"))
                .filter(|n| !n.attribute("Type").is_some_and(|t| t.ends_with("/hyperlink")))
                .count()
        }
        None => 0,
    };
    Ok(Notes { has_macros, n_external })
}

/// `word/document.xml` has its relations in `word/_rels/document.xml.rels`.
pub(super) fn relations_path(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// WordprocessingML in both of its namespaces, transitional and strict.
fn is_w(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && is_word(node.tag_name().namespace())
}

fn is_word(namespace: Option<&str>) -> bool {
    namespace.is_some_and(|uri| {
        uri == "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            || uri == "http://purl.oclc.org/ooxml/wordprocessingml/main"
    })
}

fn child<'a, 'b>(node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
    node.children().find(|n| n.is_element() && n.tag_name().name() == name)
}

/// The attribute of that local name, whatever its namespace.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|a| a.name() == name).map(|a| a.value())
}

/// Whether an on/off property is on: it is when it stands there and does not say otherwise.
fn is_on(node: Option<Node<'_, '_>>) -> bool {
    node.is_some_and(|n| !matches!(attribute(n, "val"), Some("0" | "false" | "off" | "none")))
}

#[derive(Default)]
struct Builder {
    spots: Vec<Spot>,
    /// What stands in text boxes, behind everything else.
    boxes: Vec<Block>,
    n_cells: usize,
    /// Inside a field whose result is shown: its code is not text.
    in_field_code: usize,
}

impl Builder {
    fn anchor(&mut self, spot: Spot) -> Anchor {
        self.spots.push(spot);
        Anchor(u32::try_from(self.spots.len() - 1).unwrap_or(u32::MAX))
    }

    fn blocks(&mut self, parent: Node<'_, '_>) -> Result<Vec<Block>, DocxProblem> {
        let mut blocks = Vec::new();
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => blocks.push(Block::Line(self.line(node)?)),
                "tbl" => blocks.push(Block::Table(self.table(node)?)),
                "sdt" => {
                    if let Some(content) = child(node, "sdtContent") {
                        let control = self.control(node, content);
                        let mut inner = self.blocks(content)?;
                        if let Some(control) = control {
                            mark_placeholder(&mut inner, control);
                        }
                        blocks.append(&mut inner);
                    }
                }
                // Whatever wraps blocks: custom XML, insertions by somebody else, the newer half of a choice.
                "customXml" | "ins" | "moveTo" | "smartTag" | "Choice" => {
                    blocks.append(&mut self.blocks(node)?)
                }
                "AlternateContent" => {
                    if let Some(choice) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
                        blocks.append(&mut self.blocks(choice)?);
                    }
                }
                _ => {}
            }
        }
        Ok(blocks)
    }

    /// The control's place, and whether it shows a placeholder.
    fn control(&mut self, sdt: Node<'_, '_>, content: Node<'_, '_>) -> Option<(Anchor, bool)> {
        let properties = child(sdt, "sdtPr");
        let placeholder = properties.and_then(|p| child(p, "showingPlcHdr"));
        let shows = is_on(placeholder);
        let inner = inner_range(content);
        let anchor = self.anchor(Spot::Control {
            content: inner,
            placeholder: placeholder.filter(|_| shows).map(|p| p.range()),
        });
        Some((anchor, shows))
    }

    fn line(&mut self, paragraph: Node<'_, '_>) -> Result<Line, DocxProblem> {
        let anchor = self.anchor(Spot::Paragraph { outer: paragraph.range() });
        let mut line = Line { pieces: Vec::new(), anchor };
        self.runs(paragraph, &mut line)?;
        Ok(line)
    }

    fn runs(&mut self, parent: Node<'_, '_>, line: &mut Line) -> Result<(), DocxProblem> {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "r" => self.run(node, line)?,
                "sdt" => self.inline_control(node, line)?,
                "hyperlink" | "ins" | "moveTo" | "smartTag" | "customXml" | "fldSimple" | "dir" | "bdo" => {
                    self.runs(node, line)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn inline_control(&mut self, sdt: Node<'_, '_>, line: &mut Line) -> Result<(), DocxProblem> {
        let Some(content) = child(sdt, "sdtContent") else { return Ok(()) };
        let checkbox = child(sdt, "sdtPr").and_then(|p| child(p, "checkbox"));
        if let Some(checkbox) = checkbox {
            let state = child(checkbox, "checked");
            let is_checked = is_on(state);
            let shown = content.descendants().find(|n| is_w(*n, "t")).map(inner_range);
            let character = |name: &str, usual: char| {
                child(checkbox, name)
                    .and_then(|n| attribute(n, "val"))
                    .and_then(|code| u32::from_str_radix(code, 16).ok())
                    .and_then(char::from_u32)
                    .unwrap_or(usual)
            };
            let value =
                state.and_then(|n| n.attributes().find(|a| a.name() == "val")).map(|a| a.range_value());
            let spot = Spot::ControlBox {
                state: value,
                outer: checkbox.range(),
                shown,
                characters: (character("checkedState", '☒'), character("uncheckedState", '☐')),
            };
            let anchor = self.anchor(spot);
            line.pieces.push(box_piece(is_checked, anchor));
            return Ok(());
        }
        let control = self.control(sdt, content);
        let before = line.pieces.len();
        self.runs(content, line)?;
        if let Some((anchor, true)) = control {
            for piece in line.pieces.iter_mut().skip(before) {
                piece.kind = PieceKind::Placeholder;
                piece.anchor = anchor;
            }
        }
        Ok(())
    }

    fn run(&mut self, run: Node<'_, '_>, line: &mut Line) -> Result<(), DocxProblem> {
        let is_hidden = child(run, "rPr").is_some_and(|p| is_on(child(p, "vanish")));
        for node in run.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "fldChar" => self.field_mark(node, line),
                _ if is_hidden || self.in_field_code > 0 => {}
                "t" => {
                    let spot = Spot::Text { inner: inner_range(node), tag: node.range() };
                    let anchor = self.anchor(spot);
                    let text = node.children().filter_map(|n| n.text()).collect::<String>();
                    line.pieces.push(Piece { text, kind: PieceKind::Text, anchor });
                }
                "sym" => self.symbol(node, line),
                name @ ("tab" | "ptab" | "br" | "cr" | "noBreakHyphen") => {
                    let anchor = self.anchor(Spot::Space);
                    let text = match name {
                        "br" | "cr" => "\n",
                        "noBreakHyphen" => "-",
                        _ => "\t",
                    };
                    line.pieces.push(Piece { text: text.to_owned(), kind: PieceKind::Space, anchor });
                }
                "drawing" | "pict" | "object" => self.text_boxes(node)?,
                "AlternateContent" => {
                    if let Some(choice) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
                        self.text_boxes(choice)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A field begins with its code and goes on with its result, which alone is text. A legacy check box shows no result.
    fn field_mark(&mut self, mark: Node<'_, '_>, line: &mut Line) {
        match attribute(mark, "fldCharType") {
            Some("begin") => {
                let check = child(mark, "ffData").and_then(|data| child(data, "checkBox"));
                if let Some(check) = check {
                    let state = child(check, "checked");
                    let is_checked =
                        if state.is_some() { is_on(state) } else { is_on(child(check, "default")) };
                    let anchor = self.anchor(Spot::FormBox { outer: check.range() });
                    line.pieces.push(box_piece(is_checked, anchor));
                }
                let list = child(mark, "ffData").and_then(|data| child(data, "ddList"));
                if let Some(list) = list {
                    // A list shows nothing but what is chosen in it.
                    let chosen = child(list, "result").or_else(|| child(list, "default"));
                    let place =
                        chosen.and_then(|n| attribute(n, "val")).and_then(|v| v.parse::<usize>().ok());
                    let entries: Vec<String> = list
                        .children()
                        .filter(|n| n.tag_name().name() == "listEntry")
                        .filter_map(|n| attribute(n, "val").map(str::to_owned))
                        .collect();
                    if let Some(text) = entries.get(place.unwrap_or(0)).cloned() {
                        let anchor = self.anchor(Spot::FormList { outer: list.range(), entries });
                        line.pieces.push(Piece { text, kind: PieceKind::Text, anchor });
                    }
                }
                self.in_field_code += 1;
            }
            Some("separate" | "end") => self.in_field_code = self.in_field_code.saturating_sub(1),
            _ => {}
        }
    }

    /// Boxes and ticks that are drawn with a symbol font; other symbols are no text.
    fn symbol(&mut self, node: Node<'_, '_>, line: &mut Line) {
        let font = attribute(node, "font").unwrap_or_default().to_ascii_lowercase();
        let code = attribute(node, "char").and_then(|c| u32::from_str_radix(c, 16).ok()).unwrap_or(0) & 0xff;
        let state = if font.contains("wingdings 2") {
            match code {
                0xa3 | 0x2a | 0x30 => Some(false),
                0x50..=0x54 => Some(true),
                _ => None,
            }
        } else if font.contains("wingdings") {
            match code {
                0xa8 | 0x6f | 0x70 | 0x71 | 0x72 | 0xa1 | 0xa6 => Some(false),
                0xfe | 0xfd | 0xfc | 0xfb | 0x78 | 0x6e | 0x6c => Some(true),
                _ => None,
            }
        } else if font == "symbol" {
            (code == 0xd6).then_some(true)
        } else {
            None
        };
        if let Some(is_checked) = state {
            let anchor = self.anchor(Spot::Symbol { outer: node.range() });
            line.pieces.push(box_piece(is_checked, anchor));
        }
    }

    fn text_boxes(&mut self, drawing: Node<'_, '_>) -> Result<(), DocxProblem> {
        let contents: Vec<Node<'_, '_>> = drawing
            .descendants()
            .filter(|n| is_w(*n, "txbxContent"))
            .filter(|n| !n.ancestors().any(|a| a.tag_name().name() == "Fallback"))
            // The innermost box reads what lies in it itself.
            .filter(|n| !n.ancestors().skip(1).take_while(|a| *a != drawing).any(|a| is_w(a, "txbxContent")))
            .collect();
        for content in contents {
            let mut blocks = self.blocks(content)?;
            self.boxes.append(&mut blocks);
        }
        Ok(())
    }

    fn table(&mut self, node: Node<'_, '_>) -> Result<Table, DocxProblem> {
        let mut table = Table::default();
        let mut rows = Vec::new();
        collect(node, "tr", &mut rows);
        for row in rows {
            self.row(row, &mut table)?;
        }
        Ok(table)
    }

    fn row(&mut self, row: Node<'_, '_>, table: &mut Table) -> Result<(), DocxProblem> {
        let row_place = table.rows;
        table.rows += 1;
        let before = child(row, "trPr").and_then(|p| child(p, "gridBefore"));
        let mut column = before.map_or(0, |n| count(n).min(MAX_COLUMNS));
        let mut cells = Vec::new();
        collect(row, "tc", &mut cells);
        // A merge by hMerge goes on from the cell to the left.
        for node in cells {
            self.n_cells += 1;
            if self.n_cells > MAX_CELLS {
                return Err(DocxProblem::TooLarge { what: "表格的单元格个数" });
            }
            let properties = child(node, "tcPr");
            let span = properties.and_then(|p| child(p, "gridSpan")).map_or(1, |n| count(n).max(1));
            if column + span > MAX_COLUMNS {
                return Err(DocxProblem::TooLarge { what: "表格的列数" });
            }
            let merge = |name: &str| {
                let mark = properties.and_then(|p| child(p, name))?;
                Some(attribute(mark, "val").unwrap_or("continue") == "continue")
            };
            let joined = if merge("vMerge") == Some(true) {
                let above = row_place.checked_sub(1).and_then(|r| table.at(r, column));
                let above = above.filter(|p| table.cells.get(*p).is_some_and(|c| c.column == column));
                above.map(|place| table.stretch(place, row_place))
            } else if merge("hMerge") == Some(true) {
                let left = column.checked_sub(1).and_then(|c| table.at(row_place, c));
                left.and_then(|place| table.cells.get_mut(place)).map(|cell| cell.column_span += span)
            } else {
                None
            };
            if joined.is_none() {
                let anchor = self.anchor(Spot::Cell { outer: node.range() });
                let mut blocks = self.blocks(node)?;
                // A control around the whole cell.
                if let Some(control) = self.control_around(node) {
                    mark_placeholder(&mut blocks, control);
                }
                table.push(Cell { row: row_place, column, row_span: 1, column_span: span, blocks, anchor });
            }
            column += span;
        }
        table.columns = table.columns.max(column);
        Ok(())
    }

    /// The control that a cell lies in, where it shows its placeholder.
    fn control_around(&mut self, cell: Node<'_, '_>) -> Option<(Anchor, bool)> {
        let content = cell.parent().filter(|p| is_w(*p, "sdtContent"))?;
        let placeholder = child(content.parent()?, "sdtPr").and_then(|p| child(p, "showingPlcHdr"));
        if !is_on(placeholder) {
            return None;
        }
        // The cell itself must stay: only what it shows is replaced.
        let anchor = self.anchor(Spot::Cell { outer: cell.range() });
        Some((anchor, true))
    }
}

/// Rows of a table, or cells of a row, also those that a control or an insertion wraps; not those of nested tables.
fn collect<'a, 'b>(parent: Node<'a, 'b>, name: &str, found: &mut Vec<Node<'a, 'b>>) {
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            tag if tag == name => {
                let is_deleted = child(node, "trPr").is_some_and(|p| child(p, "del").is_some());
                if !is_deleted {
                    found.push(node);
                }
            }
            "sdt" | "sdtContent" | "customXml" | "ins" | "smartTag" => collect(node, name, found),
            _ => {}
        }
    }
}

/// Everything in these blocks only says what is to be entered.
fn mark_placeholder(blocks: &mut [Block], (anchor, shows): (Anchor, bool)) {
    if !shows {
        return;
    }
    for block in blocks {
        if let Block::Line(line) = block {
            for piece in &mut line.pieces {
                piece.kind = PieceKind::Placeholder;
                piece.anchor = anchor;
            }
        }
    }
}

fn box_piece(is_checked: bool, anchor: Anchor) -> Piece {
    Piece { text: if is_checked { "☑" } else { "□" }.to_owned(), kind: PieceKind::Box, anchor }
}

fn count(node: Node<'_, '_>) -> usize {
    attribute(node, "val").and_then(|v| v.parse().ok()).unwrap_or(1)
}

/// What stands between an element's tags; empty behind the tag of an element that closes itself.
pub(super) fn inner_range(node: Node<'_, '_>) -> std::ops::Range<usize> {
    let outer = node.range();
    let text = node.document().input_text().get(outer.clone()).unwrap_or_default();
    if text.ends_with("/>") && !text.contains("</") {
        return outer.end..outer.end;
    }
    let start = tag_end(text).unwrap_or(text.len());
    let end = text.rfind("</").unwrap_or(text.len());
    outer.start + start..outer.start + end.max(start)
}

/// The length of an opening tag; `>` may stand in its attributes.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}
