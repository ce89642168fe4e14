//! Goes over a paper, line by line and cell by cell, and has every label propose places for its value.

use super::list::{List, entries_of_text, entry_of_line, line_of_row};
use super::settle::{group_of, is_plausible};
use super::{MAX_ENTRIES, Place, Reason, Slot, Unrecognised};
use crate::domain::base::text::{compact, squeeze};
use crate::domain::case::form_code_of_text;
use crate::domain::case::written::{self, is_open_box, is_tick};
use crate::domain::declaration::label::{Column, Labels, Mark, Meaning, Quality, folded, without_number};
use crate::domain::declaration::paper::{Anchor, Block, Cell, Line, Table};
use crate::domain::pack::{Field, FieldKind};
use serde_json::Value;

/// What the number of a form is called.
const FORM_CODE_LABEL: &str = "填报码";
/// The fewest columns of a list whose heads and cells are lines of their own.
const MIN_COLUMNS: usize = 3;
/// The fewest cells in a row, of one character each, that are taken for one number.
const MIN_DIGIT_CELLS: usize = 15;

/// A place for the value of a field that one label proposes.
pub(super) struct Proposal {
    pub(super) meaning: Meaning,
    pub(super) label: String,
    pub(super) words: String,
    pub(super) value: Option<Value>,
    pub(super) score: u32,
    pub(super) reasons: Vec<Reason>,
    pub(super) place: Place,
    pub(super) slot: Slot,
    /// Which label proposes it: a label names one field.
    pub(super) at: (Anchor, usize),
}

pub(super) struct Scan<'a> {
    pub(super) labels: &'a Labels<'a>,
    pub(super) proposals: Vec<Proposal>,
    pub(super) unknown: Vec<Unrecognised>,
    pub(super) n_tables: usize,
    pub(super) form_code: Option<String>,
}

/// The part of the form that a label stands in, as far as headings and neighbours tell.
#[derive(Clone, Copy, Default)]
pub(super) struct Context<'a> {
    /// By a heading.
    pub(super) heading: Option<&'a str>,
    /// By the label before it in the same row or line.
    pub(super) neighbour: Option<&'a str>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(labels: &'a Labels<'a>) -> Self {
        Self { labels, proposals: Vec::new(), unknown: Vec::new(), n_tables: 0, form_code: None }
    }

    pub(super) fn blocks(
        &mut self,
        blocks: &[Block],
        inherited: Option<&'a str>,
        list_label: Option<Meaning>,
    ) {
        let mut heading = inherited;
        let lines: Vec<(usize, &Line)> = blocks
            .iter()
            .enumerate()
            .filter_map(|(place, b)| if let Block::Line(line) = b { Some((place, line)) } else { None })
            .collect();
        for (place, block) in blocks.iter().enumerate() {
            match block {
                Block::Line(line) => {
                    let text = line.text();
                    self.look_for_code(&text);
                    let trimmed = text.trim();
                    let is_short = !trimmed.contains([':', '：', '，', '。']) && trimmed.chars().count() < 20;
                    if is_numbered(trimmed) && is_short {
                        heading = self.labels.heading_within(trimmed);
                        if self.labels.meanings(trimmed).is_empty() || heading.is_some() {
                            continue;
                        }
                    } else if let Some(found) = self.labels.heading(trimmed)
                        // A word can head a part and be a label: it is a label where its value follows.
                        && self.labels.meanings(trimmed).is_empty()
                    {
                        heading = Some(found);
                        continue;
                    }
                    let after: Vec<&Line> = blocks
                        .iter()
                        .skip(place + 1)
                        .map_while(|b| if let Block::Line(line) = b { Some(line) } else { None })
                        .take(MAX_ENTRIES)
                        .collect();
                    let row = lines.iter().position(|(at, _)| *at == place).unwrap_or(0) + 1;
                    self.line(line, &after, heading, Place { table: 0, row, column: 0 });
                }
                Block::Table(table) => self.table(table, heading, list_label),
            }
        }
    }

    /// Lines that read like entries of a résumé, where no label says so: a pasted cell of several lines has lost its row.
    pub(super) fn loose_entries(&mut self, blocks: &[Block]) {
        let Some(field) = self.labels.list() else { return };
        let lines: Vec<&Line> =
            blocks.iter().filter_map(|b| if let Block::Line(line) = b { Some(line) } else { None }).collect();
        let is_entry =
            |line: &Line| entry_of_line(&line.text()).is_some_and(|entry| entry.get("unit").is_some());
        let Some(first) = lines.iter().position(|line| is_entry(line)) else { return };
        let run: Vec<&Line> = lines.iter().skip(first).take_while(|line| is_entry(line)).copied().collect();
        let words = run.iter().map(|line| line.text()).collect::<Vec<_>>().join("\n");
        let anchors: Vec<Anchor> = run.iter().map(|line| line.anchor).collect();
        let Some(anchor) = anchors.first().copied() else { return };
        self.proposals.push(Proposal {
            meaning: Meaning { field, quality: Quality::Short },
            label: String::new(),
            value: entries_of_text(&words),
            score: 70,
            reasons: vec![Reason::NextLine, Reason::Fits],
            place: Place { table: 0, row: first + 1, column: 0 },
            slot: Slot::Lines(anchors),
            at: (anchor, usize::MAX),
            words,
        });
    }

    fn look_for_code(&mut self, text: &str) {
        if self.form_code.is_some() {
            return;
        }
        if let Some((_, rest)) = text.split_once(FORM_CODE_LABEL) {
            let rest = rest.trim_start_matches([':', '：', ' ', '\u{3000}']);
            let code: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            self.form_code = form_code_of_text(&code);
        }
    }

    /// A line outside of tables, or inside a cell.
    pub(super) fn line(&mut self, line: &Line, after: &[&Line], heading: Option<&'a str>, place: Place) {
        let text = line.text();
        let characters: Vec<char> = text.chars().collect();
        let marks = self.labels.marks(&text);
        let mut context = Context { heading, neighbour: None };
        for (nth, mark) in marks.iter().enumerate() {
            let end = marks.get(nth + 1).map_or(characters.len(), |m| m.start);
            let inside: String = characters.get(mark.end..end).unwrap_or_default().iter().collect();
            let meanings = self.labels.meanings(&mark.words);
            let at = (line.anchor, mark.start);
            if meanings.is_empty() {
                if mark.has_colon && !mark.words.contains(FORM_CODE_LABEL) {
                    let slot = Slot::Span { line: line.anchor, from: mark.end, to: end };
                    let words = clean(&inside);
                    self.unknown.push(Unrecognised { label: mark.words.clone(), words, place, slot });
                }
                if let Some(group) = self.labels.heading(&mark.words) {
                    context.neighbour = Some(group);
                }
                continue;
            }
            let is_last = nth + 1 == marks.len();
            let is_whole = marks.len() == 1
                && mark.start == characters.iter().take_while(|c| !c.is_alphabetic()).count();
            if clean(&inside).is_empty() && is_last && is_whole && !inside.contains(['_', '＿']) {
                // The label stands alone: its value is what follows, where that is no label.
                if let Some((words, lines)) = self.following(&meanings, after) {
                    let slot = Slot::Lines(lines);
                    let place = Place { row: place.row + usize::from(place.table == 0), ..place };
                    self.propose(&meanings, mark, &words, Reason::NextLine, context, place, slot, at);
                    continue;
                }
            }
            let slot = Slot::Span { line: line.anchor, from: mark.end, to: end };
            // Without a colon or a line to write on, words in a row may be a sentence.
            let is_sure = mark.has_colon || inside.contains(['_', '＿', '\t']) || inside.is_empty();
            if is_sure || !clean(&inside).is_empty() {
                self.propose(&meanings, mark, &inside, Reason::Behind, context, place, slot, at);
            }
            if let Some(meaning) = meanings.first() {
                context.neighbour = self.group(*meaning);
            }
        }
    }

    /// The value that stands in the lines after a label: one line; all lines of a résumé; all lines that begin with a box.
    fn following(&self, meanings: &[Meaning], after: &[&Line]) -> Option<(String, Vec<Anchor>)> {
        let texts: Vec<(String, Anchor)> = after
            .iter()
            .map(|line| (line.text(), line.anchor))
            .skip_while(|(text, _)| text.trim().is_empty())
            .collect();
        let (first, anchor) = texts.first()?;
        let is_list = meanings.iter().any(|m| Some(m.field) == self.labels.list());
        let begins_with_box = |text: &str| text.trim_start().starts_with(|c| is_open_box(c) || is_tick(c));
        let lines = |keep: &dyn Fn(&str) -> bool| {
            let kept: Vec<&(String, Anchor)> = texts.iter().take_while(|(text, _)| keep(text)).collect();
            let words = kept.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("\n");
            (!words.trim().is_empty()).then(|| (words, kept.iter().map(|(_, anchor)| *anchor).collect()))
        };
        if is_list {
            let columns: Vec<Column> =
                texts.iter().map_while(|(text, _)| self.labels.column(text.trim())).collect();
            if columns.len() >= MIN_COLUMNS {
                let rows = texts.get(columns.len()..).unwrap_or_default();
                let rows: Vec<&str> =
                    rows.iter().map(|(text, _)| text.trim()).take_while(|t| !self.is_label(t)).collect();
                let words: Vec<String> =
                    rows.chunks_exact(columns.len()).map(|row| line_of_row(&columns, row)).collect();
                return (!words.is_empty()).then(|| (words.join("\n"), vec![*anchor]));
            }
            return lines(&|text| entry_of_line(text).is_some());
        }
        if begins_with_box(first) {
            return lines(&begins_with_box);
        }
        let is_label = !self.labels.marks(first).is_empty()
            || self.labels.heading(first).is_some()
            || self.is_label(first);
        (!is_label).then(|| (first.clone(), vec![*anchor]))
    }

    pub(super) fn table(&mut self, table: &Table, outer: Option<&'a str>, list_label: Option<Meaning>) {
        self.n_tables += 1;
        let number = self.n_tables;
        let texts: Vec<String> = table.cells.iter().map(Cell::text).collect();
        let lists = self.lists(table, &texts);
        for list in &lists {
            self.resume(table, &texts, list, number, list_label);
        }
        let mut heading = outer;
        for row in 0..table.rows {
            let places: Vec<usize> = table.row(row).collect();
            if let [only] = places.as_slice()
                && let (Some(text), Some(cell)) = (texts.get(*only), table.cells.get(*only))
                && cell.column_span + cell.column >= table.columns
                && self.is_heading_row(text)
            {
                heading = self.labels.heading_within(text);
                continue;
            }
            let mut neighbour = None;
            for place in places {
                let (Some(cell), Some(text)) = (table.cells.get(place), texts.get(place)) else { continue };
                let in_list = lists.iter().any(|l| l.rows.contains(&cell.row) && l.covers(cell));
                let group = self.group_left_of(table, &texts, cell);
                let context = Context { heading: group.or(heading), neighbour };
                let at = Place { table: number, row: cell.row + 1, column: cell.column + 1 };
                if in_list {
                    continue;
                }
                if let Some(group) = self.cell(table, &texts, place, context, at, &lists) {
                    neighbour = Some(group);
                } else if !text.trim().is_empty() && self.labels.heading(text).is_some() {
                    neighbour = self.labels.heading(text);
                }
            }
        }
    }

    /// Whether a row of one cell is a heading: no label with a value in it.
    fn is_heading_row(&self, text: &str) -> bool {
        let text = text.trim();
        !text.is_empty()
            && text.chars().count() <= 24
            && self.labels.marks(text).iter().all(|m| !m.has_colon)
            && !text.contains('\n')
    }

    /// The heading of a cell to the left that covers this one's row, such as 职称情况 beside three rows.
    fn group_left_of(&self, table: &Table, texts: &[String], cell: &Cell) -> Option<&'a str> {
        let mut column = cell.column;
        while let Some(left) = column.checked_sub(1).and_then(|c| table.at(cell.row, c)) {
            let at = table.cells.get(left)?;
            let text = texts.get(left)?;
            if let Some(group) = self.labels.heading_within(&text.split('\n').collect::<String>())
                && self.heads_its_row(table, texts, left)
            {
                return Some(group);
            }
            column = at.column;
        }
        None
    }

    /// Whether a cell heads the labels to its right: they have values, beside them or in their own cells.
    fn heads_its_row(&self, table: &Table, texts: &[String], place: usize) -> bool {
        let Some(cell) = table.cells.get(place) else { return false };
        let column = cell.column + cell.column_span;
        let Some(beside) = table.at(cell.row, column) else { return false };
        let (Some(beside_cell), Some(text)) = (table.cells.get(beside), texts.get(beside)) else {
            return false;
        };
        let own_marks = beside_cell.lines().any(|l| self.labels.marks(&l.text()).iter().any(|m| m.has_colon));
        let first = text.lines().next().unwrap_or_default();
        let has_own_value = text.lines().count() > 1 && self.is_label(first);
        let beyond =
            table.at(cell.row, beside_cell.column + beside_cell.column_span).and_then(|p| texts.get(p));
        // A head of columns is no heading either: labels stand on both its sides.
        let before =
            cell.column.checked_sub(1).and_then(|c| table.at(cell.row, c)).and_then(|p| texts.get(p));
        let has_value_beside = self.is_label(text)
            && beyond.is_some_and(|t| !self.is_label(t))
            && !before.is_some_and(|t| self.is_label(t));
        own_marks || has_own_value || has_value_beside
    }

    /// Whether these words as a whole are a label, or head a part.
    pub(super) fn is_label(&self, text: &str) -> bool {
        !text.trim().is_empty()
            && (!self.labels.meanings(text).is_empty() || self.labels.column(text).is_some())
    }

    /// A cell; the group of the field that it labels, where it does.
    pub(super) fn cell(
        &mut self,
        table: &Table,
        texts: &[String],
        place: usize,
        context: Context<'a>,
        at: Place,
        lists: &[List],
    ) -> Option<&'a str> {
        let cell = table.cells.get(place)?;
        let text = texts.get(place)?;
        self.look_for_code(text);
        let joined: String = text.split('\n').collect();
        let meanings = self.labels.meanings(&joined);
        // A cell that heads the labels to its right is no label itself, as 职称 before 名称.
        let heading = self.labels.heading_within(&joined);
        let is_group = heading.is_some()
            && self.heads_its_row(table, texts, place)
            && (self.labels.heading(&joined).is_some() || (meanings.is_empty() && cell.row_span > 1));
        let mut group = None;
        if is_group {
            group = heading;
        } else if !meanings.is_empty() {
            let mark = Mark { start: 0, end: 0, words: squeeze(&joined), has_colon: false };
            group = meanings.first().and_then(|m| self.group(*m));
            self.values_of(table, texts, place, &meanings, &mark, context, at, lists);
        } else if let Some((first, second)) = self.joined(&joined) {
            self.two_values(table, texts, place, [first, second], context, at);
            group = self.group(first);
        } else {
            let lines: Vec<&Line> = cell.lines().collect();
            // 推荐单位意见 on two lines is no 推荐单位 with a value under it.
            if self.labels.heading(&joined).is_none() {
                for (nth, line) in lines.iter().enumerate() {
                    self.line(line, lines.get(nth + 1..).unwrap_or_default(), context.heading, at);
                }
            }
            if lines.iter().all(|l| self.labels.marks(&l.text()).is_empty()) {
                self.unknown_cell(table, texts, place, at);
            }
        }
        // Tables inside: the label to the left says what they are.
        let left = cell.column.checked_sub(1).and_then(|c| table.at(cell.row, c)).and_then(|p| texts.get(p));
        let named =
            left.map(|t| self.labels.meanings(&t.split('\n').collect::<String>())).unwrap_or_default();
        let list = self.labels.list();
        let list_label = named.into_iter().find(|m| Some(m.field) == list);
        let left_words = left.map(|t| t.split('\n').collect::<String>());
        let inner_heading = left_words.and_then(|t| self.labels.heading_within(&t)).or(context.heading);
        for inner in cell.tables() {
            self.table(inner, inner_heading, list_label);
        }
        group
    }

    /// The places that a label in a cell of its own proposes: to the right, below.
    #[allow(clippy::too_many_arguments, reason = "one label in one table, with all that bears on it")]
    fn values_of(
        &mut self,
        table: &Table,
        texts: &[String],
        place: usize,
        meanings: &[Meaning],
        mark: &Mark,
        context: Context<'a>,
        at: Place,
        lists: &[List],
    ) {
        let Some(cell) = table.cells.get(place) else { return };
        let label_at = (cell.anchor, 0);
        let is_option = |text: &str| {
            meanings.iter().filter_map(|m| self.labels.fields.get(m.field)).any(|field| {
                let value = written::read(field, text);
                match &field.kind {
                    FieldKind::Choice { .. } => value.is_some_and(|value| is_plausible(field, &value)),
                    // 年　月 is printed to write between.
                    FieldKind::Date | FieldKind::Month => value.is_none(),
                    _ => false,
                }
            })
        };
        let is_free = |p: usize| {
            let text: String = texts.get(p).map(|t| t.split('\n').collect()).unwrap_or_default();
            let is_listed = table
                .cells
                .get(p)
                .is_some_and(|c| lists.iter().any(|l| l.rows.contains(&c.row) && l.covers(c)));
            let first = texts.get(p).and_then(|t| t.lines().next()).unwrap_or_default();
            let has_own = self.is_label(&text) || self.is_label(first) || self.joined(&text).is_some();
            (!has_own || is_option(&text)) && !is_listed
        };
        let right = table.at(cell.row, cell.column + cell.column_span).filter(|p| is_free(*p));
        let below = table
            .at(cell.row + cell.row_span, cell.column)
            .filter(|p| {
                table
                    .cells
                    .get(*p)
                    .is_some_and(|c| c.column == cell.column && c.column_span == cell.column_span)
            })
            .filter(|p| is_free(*p));
        let before =
            cell.column.checked_sub(1).and_then(|c| table.at(cell.row, c)).and_then(|p| texts.get(p));
        let is_in_head = before.is_some_and(|t| self.is_label(t));
        let candidates = [(right, Reason::Right), (below, Reason::Below)];
        let mut found = Vec::new();
        for (value_place, reason) in candidates {
            let Some(value_cell) = value_place.and_then(|p| table.cells.get(p)) else { continue };
            // Below a label whose right side is free stands another row, unless the row is one of labels: then the
            // value tells.
            if reason == Reason::Below && right.is_some() && !is_in_head {
                continue;
            }
            found.push((value_cell, reason));
        }
        for (value_cell, reason) in found {
            let digits = self.digits_in_cells(table, texts, value_cell);
            if let Some((words, anchors)) = digits
                && reason == Reason::Right
            {
                let place = Place { row: value_cell.row + 1, column: value_cell.column + 1, ..at };
                self.propose(meanings, mark, &words, reason, context, place, Slot::Cells(anchors), label_at);
                continue;
            }
            let words = rows_beside(table, texts, cell, value_cell);
            let place = Place { row: value_cell.row + 1, column: value_cell.column + 1, ..at };
            let slot = Slot::Cell(value_cell.anchor);
            // Words with labels of their own are not a value.
            let inner_marks =
                value_cell.lines().any(|l| self.labels.marks(&l.text()).iter().any(|m| m.has_colon));
            if inner_marks && !meanings.iter().any(|m| Some(m.field) == self.labels.list()) {
                continue;
            }
            self.propose(meanings, mark, &words, reason, context, place, slot, label_at);
        }
    }

    /// A number with one character in each cell.
    fn digits_in_cells(
        &self,
        table: &Table,
        texts: &[String],
        first: &Cell,
    ) -> Option<(String, Vec<Anchor>)> {
        let mut words = String::new();
        let mut anchors = Vec::new();
        let mut column = first.column;
        while let Some(place) = table.at(first.row, column) {
            let (cell, text) = (table.cells.get(place)?, texts.get(place)?.trim());
            if text.chars().count() > 1 || (cell.column != column) {
                break;
            }
            words.push_str(text);
            anchors.push(cell.anchor);
            column += cell.column_span;
        }
        (anchors.len() >= MIN_DIGIT_CELLS).then_some((words, anchors))
    }

    /// Two fields that one label joins: 工作单位及职务.
    pub(super) fn joined(&self, words: &str) -> Option<(Meaning, Meaning)> {
        let words = folded(words);
        for joint in ["及", "和", "与", "、", "/"] {
            if let Some((first, second)) = words.split_once(joint)
                && let (Some(a), Some(b)) =
                    (self.labels.meanings(first).first(), self.labels.meanings(second).first())
                && a.field != b.field
            {
                return Some((*a, *b));
            }
        }
        None
    }

    fn two_values(
        &mut self,
        table: &Table,
        texts: &[String],
        place: usize,
        meanings: [Meaning; 2],
        context: Context<'a>,
        at: Place,
    ) {
        let Some(cell) = table.cells.get(place) else { return };
        let right = table.at(cell.row, cell.column + cell.column_span);
        let below = table.at(cell.row + cell.row_span, cell.column);
        let is_free = |p: &usize| texts.get(*p).is_some_and(|t| !self.is_label(t));
        let Some(value) = right.filter(is_free).or(below.filter(is_free)).and_then(|p| table.cells.get(p))
        else {
            return;
        };
        let words = squeeze(&value.text());
        let parts: Vec<&str> =
            words.split([' ', '、', '，', ',', '/', '；', ';']).filter(|p| !p.is_empty()).collect();
        let place = Place { row: value.row + 1, column: value.column + 1, ..at };
        let mark = Mark {
            start: 0,
            end: 0,
            words: squeeze(texts.get(place_of(table, cell)).map_or("", String::as_str)),
            has_colon: false,
        };
        let (first, second) = match parts.as_slice() {
            [first, second] => ((*first).to_owned(), (*second).to_owned()),
            _ => (words.clone(), String::new()),
        };
        for (nth, (meaning, words)) in meanings.into_iter().zip([first, second]).enumerate() {
            let slot = if nth == 0 { Slot::Cell(value.anchor) } else { Slot::Shared };
            let label_at = (cell.anchor, nth);
            self.propose(&[meaning], &mark, &words, Reason::Joined, context, place, slot, label_at);
        }
    }

    /// A short cell with something beside it that no label explains: shown, to be assigned by hand.
    fn unknown_cell(&mut self, table: &Table, texts: &[String], place: usize, at: Place) {
        let (Some(cell), Some(text)) = (table.cells.get(place), texts.get(place)) else { return };
        let label = squeeze(&text.split('\n').collect::<String>());
        let n = label.chars().count();
        let looks_like_label = (2..=16).contains(&n)
            && !label.chars().any(|c| c.is_ascii_digit() || is_open_box(c) || is_tick(c))
            && label.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
        let beside = table.at(cell.row, cell.column + cell.column_span);
        let Some((value, words)) = beside.and_then(|p| Some((table.cells.get(p)?, texts.get(p)?))) else {
            return;
        };
        // What stands beside a label is a value already.
        let is_value = self.unknown.iter().any(|u| u.slot == Slot::Cell(cell.anchor));
        if looks_like_label && !is_value && !self.is_label(words) && self.labels.heading(&label).is_none() {
            let slot = Slot::Cell(value.anchor);
            let place = Place { row: value.row + 1, column: value.column + 1, ..at };
            self.unknown.push(Unrecognised { label, words: squeeze(words), place, slot });
        }
    }

    /// The part of the form that a field belongs to.
    pub(super) fn group(&self, meaning: Meaning) -> Option<&'a str> {
        let field: &'a Field = self.labels.fields.get(meaning.field)?;
        Some(group_of(field))
    }
}

/// What stands beside a label of several rows: all of its rows, where each is one cell.
fn rows_beside(table: &Table, texts: &[String], label: &Cell, first: &Cell) -> String {
    let mut words = texts.get(place_of(table, first)).cloned().unwrap_or_default();
    if first.row != label.row || first.row_span >= label.row_span {
        return words;
    }
    for row in first.row + first.row_span..label.row + label.row_span {
        let Some(place) = table.at(row, first.column) else { break };
        let Some(cell) = table.cells.get(place).filter(|c| c.column == first.column && c.row == row) else {
            break;
        };
        if cell.column_span != first.column_span {
            break;
        }
        words.push('\n');
        words.push_str(texts.get(place).map(String::as_str).unwrap_or_default());
    }
    words
}

fn place_of(table: &Table, cell: &Cell) -> usize {
    table.at(cell.row, cell.column).unwrap_or(usize::MAX)
}

/// The words at a value's place without lines to write on.
pub(super) fn clean(words: &str) -> String {
    let lines: Vec<String> = words
        .lines()
        .map(|line| squeeze(&line.replace(['_', '＿'], " ")))
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n").trim_matches([' ', '、', '，', ',', '；', ';', '|']).to_owned()
}

/// Words that stand in cells of any table and say nothing.
pub(super) fn is_filler(text: &str) -> bool {
    matches!(compact(text).as_str(), "无" | "至今" | "今" | "/" | "-" | "—")
}

/// Whether a cell's words can head a column.
pub(super) fn is_head_like(text: &str) -> bool {
    let text = compact(text);
    text.chars().count() <= 14 && !text.chars().any(|c| c.is_ascii_digit())
}

/// Whether a line begins with a number, as headings do: `一、`.
fn is_numbered(line: &str) -> bool {
    without_number(line).len() != line.trim_start_matches([' ', '\u{3000}', '*']).len()
}
