//! A form as it lies before a reader: lines and tables, whatever file they came from. Every part knows the place in its
//! file by an [`Anchor`], so that what was recognised can be filled in there.

/// A part of the file that a form was read from; what it means is known to the reader of that kind of file alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Anchor(pub u32);

/// A form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// What stands on it, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Line(Line),
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its parts from left to right.
    pub pieces: Vec<Piece>,
    /// Where it stands in the file.
    pub anchor: Anchor,
}

/// A part of a paragraph that the file keeps as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its text. A check box is one character, `☑` or `□`.
    pub text: String,
    /// What it is.
    pub kind: PieceKind,
    /// Where it stands in the file.
    pub anchor: Anchor,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// Text.
    Text,
    /// A line end or a tab.
    Space,
    /// A check box.
    Box,
    /// Text that only says what is to be entered, as word processors show it in an empty control.
    Placeholder,
}

/// A table, its merged cells joined.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    /// Its cells, row by row; [`Table::push`] adds one.
    pub cells: Vec<Cell>,
    /// For each row the places of the cells that cover it.
    covering: Vec<Vec<usize>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Its first row.
    pub row: usize,
    /// Its first column.
    pub column: usize,
    /// How many rows it covers.
    pub row_span: usize,
    /// How many columns it covers.
    pub column_span: usize,
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// Where it stands in the file.
    pub anchor: Anchor,
}

impl Line {
    /// The text, without what only says what is to be entered.
    #[must_use]
    pub fn text(&self) -> String {
        let pieces = self.pieces.iter().filter(|p| p.kind != PieceKind::Placeholder);
        pieces.map(|p| p.text.as_str()).collect()
    }
}

impl Cell {
    /// The lines of the cell itself, without nested tables.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Line(line) => Some(line),
            Block::Table(_) => None,
        })
    }

    /// The tables inside the cell.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Line(_) => None,
        })
    }

    /// The text of its lines, one under the other.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines().map(Line::text).collect::<Vec<_>>().join("\n")
    }
}

impl Table {
    /// The place of the cell that covers a row and a column.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> Option<usize> {
        let covers = |place: &&usize| {
            self.cells.get(**place).is_some_and(|c| (c.column..c.column + c.column_span).contains(&column))
        };
        self.covering.get(row)?.iter().find(covers).copied()
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: Cell) {
        let place = self.cells.len();
        for row in cell.row..cell.row + cell.row_span {
            self.cover(row, place);
        }
        self.columns = self.columns.max(cell.column + cell.column_span);
        self.cells.push(cell);
    }

    /// Has a cell reach down to a row.
    pub fn stretch(&mut self, place: usize, row: usize) {
        if let Some(cell) = self.cells.get_mut(place)
            && row >= cell.row + cell.row_span
        {
            cell.row_span = row + 1 - cell.row;
            self.cover(row, place);
        }
    }

    fn cover(&mut self, row: usize, place: usize) {
        if self.covering.len() <= row {
            self.covering.resize_with(row + 1, Vec::new);
        }
        if let Some(places) = self.covering.get_mut(row) {
            places.push(place);
        }
    }

    /// The places of the cells that begin in a row, from left to right.
    pub fn row(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        let places = self.covering.get(row).map(Vec::as_slice).unwrap_or_default();
        let begins = move |place: &&usize| self.cells.get(**place).is_some_and(|c| c.row == row);
        places.iter().filter(begins).copied()
    }
}
