//! The label matcher: finds on any paper which words are labels, what each means, and where its value stands. One
//! matcher serves to fill a blank, to read a filled form and to read text that was copied from the portal.
//!
//! How: every cell and every line is looked at for labels of the pack. Each label proposes places for its value (to the
//! right, below, behind the colon, in the next line), each place gets a score from how well the words name the field,
//! where the value stands, under which heading, and whether the value can be one of that field. The best proposals are
//! taken first; a place serves one field, a field has one place.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::label::{Column, Labels, Mark, Meaning, Quality, folded, without_number};
use super::paper::{Anchor, Block, Cell, Line, Paper, Table};
use crate::domain::base::text::{compact, squeeze};
use crate::domain::case::form_code_of_text;
use crate::domain::case::written::{self, is_open_box, is_tick};
use crate::domain::pack::{Catalogue, Field, FieldKind, OTHER_PEOPLE, Pack};

/// The lowest score that counts, of 100.
const THRESHOLD: u32 = 55;
/// What the number of a form is called.
const FORM_CODE_LABEL: &str = "填报码";
/// The fewest columns of a list whose heads and cells are lines of their own.
const MIN_COLUMNS: usize = 3;
/// The fewest cells in a row, of one character each, that are taken for one number.
const MIN_DIGIT_CELLS: usize = 15;
/// The fewest fields that make a declaration.
const MIN_FIELDS: usize = 4;
/// The most lines of a résumé that are read.
const MAX_ENTRIES: usize = 200;

/// What was recognised on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The fields that have a place on it, in the pack's order, filled or not.
    pub fields: Vec<Recognised>,
    /// Labels and values that belong to no field of the pack.
    pub unrecognised: Vec<Unrecognised>,
    /// The 填报码 that stands on it.
    pub form_code: Option<String>,
}

/// A field that has a place on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// Key of the field.
    pub key: String,
    /// The label as it stands there.
    pub label: String,
    /// The words that stand at the value's place.
    pub words: String,
    /// What they mean; `None` where nothing was filled in.
    pub value: Option<Value>,
    /// How sure, of 100.
    pub score: u32,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Where the value stands, for people.
    pub place: Place,
    /// Where the value goes, for the writer.
    pub slot: Slot,
}

/// A label that means no field, and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecognised {
    /// The label.
    pub label: String,
    /// What stands beside it.
    pub words: String,
    /// Where.
    pub place: Place,
    /// Where a value would go.
    pub slot: Slot,
}

/// Why a label was taken for a field's, and a place for its value's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The words are the field's label.
    Label,
    /// The words are one of its synonyms.
    Synonym,
    /// The words are its label but for additions.
    Trimmed,
    /// The words name it under this heading.
    Short,
    /// The value stands to the right.
    Right,
    /// The value stands below.
    Below,
    /// The value stands behind the label.
    Behind,
    /// The value stands in the next line.
    NextLine,
    /// The label joins two fields.
    Joined,
    /// The heading above is the field's.
    Heading,
    /// The value can be one of this field.
    Fits,
    /// The value cannot be one of this field.
    Misfit,
    /// The person assigned it.
    Assigned,
}

/// Where something stands on a paper, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The table; 0 outside of tables.
    pub table: usize,
    /// The row in the table, or the line outside of tables.
    pub row: usize,
    /// The column in the table; 0 outside of tables.
    pub column: usize,
}

/// Where a value goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// A whole cell.
    Cell(Anchor),
    /// One character in each of these cells, as numbers are written on some forms.
    Cells(Vec<Anchor>),
    /// Nowhere of its own: what stands here is said by the place of another field.
    Shared,
    /// Characters of a line, from and to.
    Span {
        /// The line.
        line: Anchor,
        /// First character.
        from: usize,
        /// Behind the last one.
        to: usize,
    },
    /// Whole lines: of a list, or of options with boxes.
    Lines(Vec<Anchor>),
    /// The cells of a list: for each line its columns.
    Rows(Vec<Vec<(ListColumn, Anchor)>>),
}

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListColumn {
    /// From and to.
    Period,
    /// From.
    From,
    /// To.
    To,
    /// Unit.
    Unit,
    /// Position.
    Position,
}

impl Reason {
    /// The words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Label => "文字与字段名一致",
            Self::Synonym => "文字是字段的常用叫法",
            Self::Trimmed => "去掉括注、序号后与字段名一致",
            Self::Short => "在所在部分中指这个字段",
            Self::Right => "内容在右侧单元格",
            Self::Below => "内容在下方单元格",
            Self::Behind => "内容在同一行",
            Self::NextLine => "内容在下一行",
            Self::Joined => "一格写了两项",
            Self::Heading => "所在部分的标题相符",
            Self::Fits => "内容像这一项",
            Self::Misfit => "内容不像这一项",
            Self::Assigned => "手工指定",
        }
    }

    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Synonym => "synonym",
            Self::Trimmed => "trimmed",
            Self::Short => "short",
            Self::Right => "right",
            Self::Below => "below",
            Self::Behind => "behind",
            Self::NextLine => "next_line",
            Self::Joined => "joined",
            Self::Heading => "heading",
            Self::Fits => "fits",
            Self::Misfit => "misfit",
            Self::Assigned => "assigned",
        }
    }
}

impl Place {
    /// The place in words.
    #[must_use]
    pub fn label(self) -> String {
        if self.table == 0 {
            format!("第 {} 行文字", self.row)
        } else {
            format!("第 {} 个表格第 {} 行第 {} 列", self.table, self.row, self.column)
        }
    }
}

impl Reading {
    /// The field of that key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Recognised> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// Whether the paper looks like a declaration: it names the person, and has places for more than a name and a
    /// telephone number.
    #[must_use]
    pub fn is_form(&self) -> bool {
        let has = |key: &str| self.field(key).is_some();
        (has("person.name") || has("person.id_number")) && self.fields.len() >= MIN_FIELDS
    }

    /// What `precheck declaration read` prints.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let fields: Map<String, Value> =
            self.fields.iter().filter_map(|f| Some((f.key.clone(), f.value.clone()?))).collect();
        let labels: Vec<Value> = self
            .fields
            .iter()
            .map(|f| {
                json!({
                    "path": f.key,
                    "label": f.label,
                    "words": f.words,
                    "score": f.score,
                    "reasons": f.reasons.iter().map(|r| r.as_str()).collect::<Vec<_>>(),
                    "place": f.place.label(),
                })
            })
            .collect();
        let unrecognised: Vec<Value> = self
            .unrecognised
            .iter()
            .map(|u| json!({ "label": u.label, "words": u.words, "place": u.place.label() }))
            .collect();
        json!({
            "is_form": self.is_form(),
            "fields": fields,
            "labels": labels,
            "unrecognised": unrecognised,
            "form_code": self.form_code,
        })
    }
}

/// Recognises what stands on a paper.
#[must_use]
pub fn recognise(pack: &Pack, paper: &Paper) -> Reading {
    let labels = Labels::of(pack);
    let mut scan =
        Scan { labels: &labels, proposals: Vec::new(), unknown: Vec::new(), n_tables: 0, form_code: None };
    scan.blocks(&paper.blocks, None, None);
    scan.loose_entries(&paper.blocks);
    scan.settle()
}

/// A place for the value of a field that one label proposes.
struct Proposal {
    meaning: Meaning,
    label: String,
    words: String,
    value: Option<Value>,
    score: u32,
    reasons: Vec<Reason>,
    place: Place,
    slot: Slot,
    /// Which label proposes it: a label names one field.
    at: (Anchor, usize),
}

struct Scan<'a> {
    labels: &'a Labels<'a>,
    proposals: Vec<Proposal>,
    unknown: Vec<Unrecognised>,
    n_tables: usize,
    form_code: Option<String>,
}

/// The part of the form that a label stands in, as far as headings and neighbours tell.
#[derive(Clone, Copy, Default)]
struct Context<'a> {
    /// By a heading.
    heading: Option<&'a str>,
    /// By the label before it in the same row or line.
    neighbour: Option<&'a str>,
}

impl<'a> Scan<'a> {
    fn blocks(&mut self, blocks: &[Block], inherited: Option<&'a str>, list_label: Option<Meaning>) {
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
    fn loose_entries(&mut self, blocks: &[Block]) {
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
    fn line(&mut self, line: &Line, after: &[&Line], heading: Option<&'a str>, place: Place) {
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

    fn table(&mut self, table: &Table, outer: Option<&'a str>, list_label: Option<Meaning>) {
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
    fn is_label(&self, text: &str) -> bool {
        !text.trim().is_empty()
            && (!self.labels.meanings(text).is_empty() || self.labels.column(text).is_some())
    }

    /// A cell; the group of the field that it labels, where it does.
    fn cell(
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
    fn joined(&self, words: &str) -> Option<(Meaning, Meaning)> {
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
    fn group(&self, meaning: Meaning) -> Option<&'a str> {
        let field: &'a Field = self.labels.fields.get(meaning.field)?;
        Some(group_of(field))
    }

    #[allow(clippy::too_many_arguments, reason = "a proposal is made of all of them")]
    fn propose(
        &mut self,
        meanings: &[Meaning],
        mark: &Mark,
        raw: &str,
        position: Reason,
        context: Context<'a>,
        place: Place,
        slot: Slot,
        at: (Anchor, usize),
    ) {
        for meaning in meanings {
            let Some(field) = self.labels.fields.get(meaning.field) else { continue };
            let is_list = field.kind == FieldKind::Resume;
            let group = group_of(field);
            let Some((standing, says_heading)) =
                standing(*meaning, meanings.len() == 1, group, context, position)
            else {
                continue;
            };
            let words = clean(raw);
            let value = if is_list { entries_of_text(raw) } else { written::read(field, raw) };
            let fits = value.as_ref().is_none_or(|v| is_plausible(field, v));
            let quality = match meaning.quality {
                Quality::Label => 100,
                Quality::Synonym => 97,
                Quality::Trimmed => 90,
                Quality::Short => 94,
            };
            let position_score = match position {
                Reason::Right | Reason::Behind => 100,
                Reason::Joined => 90,
                Reason::Below => 93,
                _ => 85,
            };
            let fit_score = match (&value, fits) {
                (None, _) => 92,
                (_, true) => 100,
                // A day where a name should stand is another field's.
                (Some(Value::String(text)), false) if written::date(text).is_some() => 60,
                (_, false) => 72,
            };
            let score = quality * position_score / 100 * standing / 100 * fit_score / 100;
            // A place for a résumé without entries gives way to entries that stand elsewhere.
            let score = if is_list && value.is_none() { score.min(65) } else { score };
            let mut reasons = vec![
                match meaning.quality {
                    Quality::Label => Reason::Label,
                    Quality::Synonym => Reason::Synonym,
                    Quality::Trimmed => Reason::Trimmed,
                    Quality::Short => Reason::Short,
                },
                position,
            ];
            if says_heading {
                reasons.push(Reason::Heading);
            }
            if value.is_some() {
                reasons.push(if fits { Reason::Fits } else { Reason::Misfit });
            }
            self.proposals.push(Proposal {
                meaning: *meaning,
                label: mark.words.clone(),
                words,
                value,
                score,
                reasons,
                place,
                slot: slot.clone(),
                at,
            });
        }
    }

    /// Takes the best proposals, one for each field, label and place.
    fn settle(mut self) -> Reading {
        // Stable: of two that are equally good the first on the paper is taken.
        let mut proposals = std::mem::take(&mut self.proposals);
        proposals.sort_by_key(|p| std::cmp::Reverse(p.score));
        let mut fields: Vec<(usize, Recognised)> = Vec::new();
        let mut used: Vec<Slot> = Vec::new();
        let mut labels: BTreeSet<(Anchor, usize)> = BTreeSet::new();
        for p in proposals {
            let is_used = |slot: &Slot| *slot != Slot::Shared && used.contains(slot);
            if p.score < THRESHOLD
                || labels.contains(&p.at)
                || is_used(&p.slot)
                || fields.iter().any(|(field, _)| *field == p.meaning.field)
            {
                continue;
            }
            let Some(field) = self.labels.fields.get(p.meaning.field) else { continue };
            labels.insert(p.at);
            used.push(p.slot.clone());
            let recognised = Recognised {
                key: field.id.clone(),
                label: p.label,
                words: p.words,
                value: p.value,
                score: p.score,
                reasons: p.reasons,
                place: p.place,
                slot: p.slot,
            };
            fields.push((p.meaning.field, recognised));
        }
        self.split_occupation(&mut fields);
        fields.sort_by_key(|(field, _)| *field);
        let fields: Vec<Recognised> = fields.into_iter().map(|(_, f)| f).collect();
        let unrecognised = self.unknown.into_iter().filter(|u| !used.contains(&u.slot)).collect();
        Reading { fields, unrecognised, form_code: self.form_code }
    }

    /// 焊工 6-18-02-04 in one place says both the occupation and its code.
    fn split_occupation(&self, fields: &mut Vec<(usize, Recognised)>) {
        let of_kind = |wanted: &FieldKind| self.labels.fields.iter().position(|f| &f.kind == wanted);
        let Some(code_field) = of_kind(&FieldKind::Code(Catalogue::Occupation)) else { return };
        let Some(code_key) = self.labels.fields.get(code_field).map(|f| f.id.clone()) else { return };
        let Some(name_key) = code_key.strip_suffix("_code") else { return };
        let Some(name_field) = self.labels.fields.iter().position(|f| f.id == name_key) else { return };
        let of = |fields: &[(usize, Recognised)], field: usize| fields.iter().position(|(f, _)| *f == field);
        match (of(fields, name_field), of(fields, code_field)) {
            (Some(name), code) => {
                let Some((_, recognised)) = fields.get_mut(name) else { return };
                let Some((number, rest)) = written::occupation_code(&recognised.words) else { return };
                recognised.value = Some(Value::String(rest)).filter(|v| v.as_str() != Some(""));
                let is_empty = code.and_then(|c| fields.get(c)).is_none_or(|(_, f)| f.value.is_none());
                if is_empty {
                    let Some((_, name)) = fields.get(name) else { return };
                    let twin = Recognised {
                        key: code_key,
                        value: Some(Value::String(number)),
                        slot: Slot::Shared,
                        ..name.clone()
                    };
                    if let Some(code) = code {
                        fields.remove(code);
                    }
                    fields.push((code_field, twin));
                }
            }
            (None, Some(code)) => {
                let Some((_, recognised)) = fields.get(code) else { return };
                let Some((_, rest)) = written::occupation_code(&recognised.words) else { return };
                if !rest.is_empty() {
                    let twin = Recognised {
                        key: name_key.to_owned(),
                        value: Some(Value::String(rest)),
                        slot: Slot::Shared,
                        ..recognised.clone()
                    };
                    fields.push((name_field, twin));
                }
            }
            (None, None) => {}
        }
    }

    /// Rows under a head of columns: of 工作简历, or of somebody else's.
    fn lists(&self, table: &Table, texts: &[String]) -> Vec<List> {
        let mut lists: Vec<List> = Vec::new();
        let mut row = 0;
        while row < table.rows {
            match self.list_at(table, texts, row) {
                Some(list) => {
                    row = list.rows.last().map_or(row, |last| last + 1).max(row + 1);
                    lists.push(list);
                }
                None => row += 1,
            }
        }
        lists
    }

    fn list_at(&self, table: &Table, texts: &[String], row: usize) -> Option<List> {
        // The cells that end in this row: a head may be two rows high.
        let mut heads: Vec<usize> = (0..table.columns).filter_map(|column| table.at(row, column)).collect();
        heads.dedup();
        heads.retain(|p| table.cells.get(*p).is_some_and(|c| c.row + c.row_span == row + 1));
        let text_of = |p: usize| texts.get(p).map(|t| t.split('\n').collect::<String>()).unwrap_or_default();
        let mut columns: Vec<(Column, usize)> = Vec::new();
        let mut n_heads = 0;
        let mut is_others = false;
        for &p in &heads {
            let cell = table.cells.get(p)?;
            let text = text_of(p);
            if text.trim().is_empty() {
                continue;
            }
            n_heads += 1;
            is_others |= ["称谓", "关系", "与本人关系"].contains(&folded(&text).as_str())
                || folded(&text).contains("与本人");
            if let Some(column) = self.labels.column(&text)
                && !columns.iter().any(|(c, _)| *c == column)
            {
                columns.push((column, cell.column));
            } else if let Some(joined) = self.joined_columns(&text) {
                columns.push((joined, cell.column));
            }
        }
        let has = |c: Column| columns.iter().any(|(k, _)| *k == c);
        let is_resume =
            (has(Column::Period) || has(Column::From)) && (has(Column::Unit) || has(Column::Position));
        // Three columns at least that nothing else explains, or the two that make a résumé.
        let first = columns.iter().map(|(_, c)| *c).min();
        let head_columns: Vec<(usize, usize)> =
            heads.iter().filter_map(|p| table.cells.get(*p)).map(|c| (c.column, c.column_span)).collect();
        let below = |r: usize| -> bool {
            r < table.rows
                && head_columns.iter().all(|(column, span)| {
                    table
                        .at(r, *column)
                        .and_then(|p| table.cells.get(p))
                        .is_some_and(|c| c.column == *column && c.column_span == *span && c.row > row)
                })
                && !table.row(r).any(|p| {
                    let text = text_of(p);
                    let in_columns =
                        table.cells.get(p).is_some_and(|c| head_columns.contains(&(c.column, c.column_span)));
                    in_columns && self.is_label(&text) && !is_filler(&text)
                })
        };
        let mut rows = vec![row];
        let mut r = row + 1;
        while below(r) && rows.len() <= MAX_ENTRIES {
            rows.push(r);
            r += 1;
        }
        let is_roster = n_heads >= 3
            && rows.len() >= 3
            && head_columns.len() >= 3
            && heads.iter().filter(|p| self.is_label(&text_of(**p))).count() >= 2
            && heads.iter().all(|p| {
                let text = text_of(*p);
                text.trim().is_empty() || is_head_like(&text)
            });
        if is_resume && !is_others {
            let left = first.unwrap_or(0);
            return (rows.len() > 1).then_some(List { rows, columns, left, is_resume: true });
        }
        if (is_others && n_heads >= 3) || is_roster {
            return (rows.len() > 1).then_some(List { rows, columns: Vec::new(), left: 0, is_resume: false });
        }
        None
    }

    /// 单位及职务 in one column.
    fn joined_columns(&self, text: &str) -> Option<Column> {
        let text = folded(text);
        ["及", "和", "、", "/"].iter().find_map(|joint| {
            let (first, second) = text.split_once(joint)?;
            let both = (self.labels.column(first)?, self.labels.column(second)?);
            matches!(both, (Column::Unit, Column::Position)).then_some(Column::Unit)
        })
    }

    fn resume(
        &mut self,
        table: &Table,
        texts: &[String],
        list: &List,
        number: usize,
        label: Option<Meaning>,
    ) {
        let Some(field) = self.labels.list().filter(|_| list.is_resume) else { return };
        let text_at = |row: usize, column: usize| {
            table.at(row, column).and_then(|p| texts.get(p)).map(|t| squeeze(t)).unwrap_or_default()
        };
        let mut entries = Vec::new();
        let mut slots = Vec::new();
        for &row in list.rows.iter().skip(1) {
            let mut entry = Map::new();
            let mut columns = Vec::new();
            for (column, place) in &list.columns {
                if let Some(cell) = table.at(row, *place).and_then(|p| table.cells.get(p)) {
                    columns.push((list_column(*column), cell.anchor));
                }
                let words = text_at(row, *place);
                if !words.is_empty() {
                    put(&mut entry, *column, &words);
                }
            }
            slots.push(columns);
            let is_only_end = entry.len() == 1 && entry.contains_key("to");
            if !entry.is_empty() && !is_only_end {
                entries.push(Value::Object(entry));
            }
        }
        let head = list.rows.first().copied().unwrap_or(0);
        let quality = label.map_or(Quality::Synonym, |m| m.quality);
        let score = if label.is_some() { 100 } else { 90 };
        let heading = table
            .at(head, list.left.saturating_sub(1))
            .and_then(|p| texts.get(p))
            .map(|t| squeeze(&t.split('\n').collect::<String>()))
            .unwrap_or_default();
        let words = entries.iter().map(entry_words).collect::<Vec<_>>().join("\n");
        self.proposals.push(Proposal {
            meaning: Meaning { field, quality },
            label: heading,
            words,
            value: Some(Value::Array(entries)).filter(|v| v.as_array().is_some_and(|a| !a.is_empty())),
            score,
            reasons: vec![Reason::Label, Reason::Below],
            place: Place { table: number, row: head + 2, column: list.left + 1 },
            slot: Slot::Rows(slots),
            at: (Anchor(u32::MAX), number * 1_000 + head),
        });
    }
}

/// A list in a table: its head and the rows under it.
struct List {
    rows: Vec<usize>,
    columns: Vec<(Column, usize)>,
    left: usize,
    is_resume: bool,
}

impl List {
    /// Whether a cell of one of its rows belongs to it; what stands left of a résumé is its label.
    fn covers(&self, cell: &Cell) -> bool {
        cell.column >= self.left
    }
}

fn list_column(column: Column) -> ListColumn {
    match column {
        Column::Period => ListColumn::Period,
        Column::From => ListColumn::From,
        Column::To => ListColumn::To,
        Column::Unit => ListColumn::Unit,
        Column::Position => ListColumn::Position,
    }
}

fn put(entry: &mut Map<String, Value>, column: Column, words: &str) {
    let month = |words: &str| written::date(words).unwrap_or_else(|| words.to_owned());
    let mut set = |key: &str, text: String| {
        entry.insert(key.to_owned(), Value::String(text));
    };
    match column {
        Column::Period => match written::period(words) {
            Some((from, to)) => {
                set("from", from);
                if let Some(to) = to {
                    set("to", to);
                }
            }
            None => set("from", words.to_owned()),
        },
        Column::From => set("from", month(words)),
        Column::To => {
            if !is_until_now(words) {
                set("to", month(words));
            }
        }
        Column::Unit => set("unit", words.to_owned()),
        Column::Position => set("position", words.to_owned()),
    }
}

fn is_until_now(words: &str) -> bool {
    matches!(compact(words).as_str(), "今" | "至今" | "现在" | "迄今" | "目前" | "")
}

/// A résumé written as lines in one place.
fn entries_of_text(text: &str) -> Option<Value> {
    let entries: Vec<Value> = text.lines().filter_map(entry_of_line).take(MAX_ENTRIES).collect();
    (!entries.is_empty()).then_some(Value::Array(entries))
}

/// One line of a résumé: the period, then unit and position, parted by spaces or commas, or as a sentence (在…任…).
fn entry_of_line(line: &str) -> Option<Value> {
    let is_of_period =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || ".-–—~～－/年月日至到今起止现在．·".contains(c);
    let line = line.trim();
    let line = without_number(line);
    let end = line.find(|c: char| !is_of_period(c)).unwrap_or(line.len());
    let (period, rest) = line.split_at(end);
    // 在 may end a period (现在) or begin what follows it.
    let (period, has_in) = match period.trim_end().strip_suffix('在') {
        Some(before) if !before.ends_with('现') => (before, true),
        _ => (period, false),
    };
    let (from, to) = written::period(period)?;
    let rest = rest.trim().trim_start_matches(['，', ',', '：', ':', ' ', '\u{3000}']);
    let (rest, has_in) = rest.strip_prefix('在').map_or((rest, has_in), |r| (r, true));
    let rest = rest.trim_end_matches(['；', ';', '。', '.', '，', ',']);
    let sentence = ["担任", "从事", "任"].iter().find_map(|verb| rest.split_once(verb)).filter(|_| has_in);
    let (unit, position) = match sentence {
        Some((unit, position)) => (unit.trim().to_owned(), position.trim().to_owned()),
        None => {
            let mut parts = rest
                .split([' ', '\u{3000}', '\t', '，', ',', '、', '；', ';', '：', ':'])
                .map(str::trim)
                .filter(|part| !part.is_empty());
            let unit = parts.next().unwrap_or_default().to_owned();
            (unit, parts.collect::<Vec<_>>().join(" "))
        }
    };
    let mut entry = Map::new();
    entry.insert("from".to_owned(), Value::String(from));
    for (key, text) in [("to", to.unwrap_or_default()), ("unit", unit), ("position", position)] {
        if !text.is_empty() {
            entry.insert(key.to_owned(), Value::String(text));
        }
    }
    Some(Value::Object(entry))
}

/// The cells of one entry as one line.
fn line_of_row(columns: &[Column], row: &[&str]) -> String {
    let of = |wanted: Column| columns.iter().position(|c| *c == wanted).and_then(|at| row.get(at)).copied();
    let period = of(Column::Period).map_or_else(
        || format!("{}-{}", of(Column::From).unwrap_or_default(), of(Column::To).unwrap_or_default()),
        str::to_owned,
    );
    format!("{period} {} {}", of(Column::Unit).unwrap_or_default(), of(Column::Position).unwrap_or_default())
}

fn entry_words(entry: &Value) -> String {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default();
    let to = if text("to").is_empty() { "至今" } else { text("to") };
    squeeze(&format!("{} 至 {to} {} {}", text("from"), text("unit"), text("position")))
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

/// The first part of a field's key; the résumé belongs to 工作情况.
fn group_of(field: &Field) -> &str {
    if field.kind == FieldKind::Resume { "work" } else { field.id.split('.').next().unwrap_or_default() }
}

/// How well a field stands under the headings that it has, of 100, and whether a heading speaks for it; `None` where it
/// cannot stand there.
fn standing(
    meaning: Meaning,
    is_only: bool,
    group: &str,
    context: Context<'_>,
    position: Reason,
) -> Option<(u32, bool)> {
    let said = [context.neighbour, context.heading];
    if said.contains(&Some(OTHER_PEOPLE)) {
        return None;
    }
    let is_own = |said: Option<&str>| said == Some(group);
    if meaning.quality == Quality::Short {
        // The nearest that says anything decides.
        let nearest = context.neighbour.filter(is_special).or(context.heading).or(context.neighbour);
        // What the person is and where he works stand in one part on most forms.
        let is_near = is_own(nearest) || (group == "work" && nearest == Some("person"));
        if nearest.is_none() && is_only {
            return Some((85, false));
        }
        let by_heading = context.heading.is_some() && nearest == context.heading;
        let sureness = if !by_heading {
            95
        } else if position == Reason::Behind {
            98
        } else {
            100
        };
        return is_near.then_some((sureness, by_heading));
    }
    if is_own(context.heading) {
        return Some((100, true));
    }
    if is_own(context.neighbour) {
        return Some((99, false));
    }
    Some((
        match (context.heading, group) {
            // A unit has a telephone and an address of its own.
            (Some("unit"), "person" | "work") => 50,
            (Some("work"), "unit") => 80,
            (Some("title"), "certificate" | "examiner_card") | (Some("certificate"), "examiner_card") => 70,
            (Some("examiner_card"), "certificate" | "title") => 60,
            (Some("certificate"), "title") => 85,
            _ => match (context.neighbour, group) {
                (Some("title"), "certificate") => 80,
                (Some("examiner_card"), "certificate" | "title") => 75,
                _ => 96,
            },
        },
        false,
    ))
}

/// Parts that have numbers, levels and days of their own.
fn is_special(group: &&str) -> bool {
    matches!(*group, "certificate" | "title" | "examiner_card" | "apply" | "unit")
}

/// Whether a value can be one of that field: not whether it is right.
fn is_plausible(field: &Field, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let n = text.chars().count();
    match &field.kind {
        FieldKind::Choice { options, .. } => value.is_null() || options.iter().any(|o| o.value == text),
        FieldKind::Code(_) => text.starts_with(|c: char| c.is_ascii_digit()) || n == 0,
        FieldKind::Date | FieldKind::Month => text.starts_with(|c: char| c.is_ascii_digit()),
        FieldKind::Integer => value.is_number(),
        FieldKind::Bool => value.is_boolean(),
        FieldKind::Identifier(_) => text.chars().any(|c| c.is_ascii_alphanumeric()) && n <= 60,
        FieldKind::Resume => value.is_array(),
        FieldKind::Text | FieldKind::Worktype => {
            n <= field.max_chars.max(60) && written::date(text).is_none()
        }
        FieldKind::LongText => true,
    }
}

/// The words at a value's place without lines to write on.
fn clean(words: &str) -> String {
    let lines: Vec<String> = words
        .lines()
        .map(|line| squeeze(&line.replace(['_', '＿'], " ")))
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n").trim_matches([' ', '、', '，', ',', '；', ';', '|']).to_owned()
}

/// Words that stand in cells of any table and say nothing.
fn is_filler(text: &str) -> bool {
    matches!(compact(text).as_str(), "无" | "至今" | "今" | "/" | "-" | "—")
}

/// Whether a cell's words can head a column.
fn is_head_like(text: &str) -> bool {
    let text = compact(text);
    text.chars().count() <= 14 && !text.chars().any(|c| c.is_ascii_digit())
}

/// Whether a line begins with a number, as headings do: `一、`.
fn is_numbered(line: &str) -> bool {
    without_number(line).len() != line.trim_start_matches([' ', '\u{3000}', '*']).len()
}
