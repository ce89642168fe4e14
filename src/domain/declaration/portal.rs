//! Text that was copied from a web page, as a paper: rows whose cells are parted by tabs are tables, the rest are lines.

use super::paper::{Anchor, Block, Cell, Line, Paper, Piece, PieceKind, Table};

/// The longest text that is read, in bytes. A page of a portal has some ten kilobytes.
pub const MAX_TEXT: usize = 2 << 20;
/// The most lines.
const MAX_LINES: usize = 1 << 16;

/// Why a text was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextProblem {
    /// Longer than is read.
    #[error("文字太长，只粘贴填报信息那一页")]
    TooLong,
    /// Neither UTF-8 nor GBK.
    #[error("读不出文字，另存为 UTF-8 编码的文本文件")]
    NotText,
}

/// The text of a saved file: UTF-8 with or without a mark, UTF-16 with one.
///
/// # Errors
/// [`TextProblem`].
pub fn decode(bytes: &[u8]) -> Result<String, TextProblem> {
    if bytes.len() > MAX_TEXT {
        return Err(TextProblem::TooLong);
    }
    let units = |unit: fn([u8; 2]) -> u16| -> Option<String> {
        let pairs = bytes.get(2..)?.as_chunks::<2>().0;
        String::from_utf16(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>()).ok()
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).ok().map(|t| t.trim_start_matches('\u{feff}').to_owned()),
    };
    text.filter(|t| !t.contains('\0')).ok_or(TextProblem::NotText)
}

/// The paper that a text is.
///
/// # Errors
/// [`TextProblem::TooLong`].
pub fn paper(text: &str) -> Result<Paper, TextProblem> {
    if text.len() > MAX_TEXT || text.lines().count() > MAX_LINES {
        return Err(TextProblem::TooLong);
    }
    let mut blocks = Vec::new();
    let mut table = Table::default();
    for (place, line) in text.lines().enumerate() {
        let anchor = Anchor(u32::try_from(place).unwrap_or(u32::MAX));
        let line = line.trim_matches(['\r', '\n']);
        if line.trim().contains('\t') {
            add_row(&mut table, line, anchor);
        } else {
            flush(&mut blocks, &mut table);
            blocks.push(Block::Line(line_of(line, anchor)));
        }
    }
    flush(&mut blocks, &mut table);
    Ok(Paper { blocks })
}

fn add_row(table: &mut Table, line: &str, anchor: Anchor) {
    let row = table.rows;
    table.rows += 1;
    for (column, text) in line.split('\t').enumerate() {
        // Cells of one line lie in different places.
        let anchor =
            Anchor(anchor.0.saturating_add(u32::try_from(column).unwrap_or(0).saturating_mul(1 << 16)));
        let blocks = vec![Block::Line(line_of(text, anchor))];
        table.push(Cell { row, column, row_span: 1, column_span: 1, blocks, anchor });
    }
}

fn flush(blocks: &mut Vec<Block>, table: &mut Table) {
    if table.rows > 0 {
        blocks.push(Block::Table(std::mem::take(table)));
    }
}

fn line_of(text: &str, anchor: Anchor) -> Line {
    let piece = Piece { text: text.trim().to_owned(), kind: PieceKind::Text, anchor };
    Line { pieces: vec![piece], anchor }
}
