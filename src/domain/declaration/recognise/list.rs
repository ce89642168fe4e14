//! 工作简历 on a paper: rows under a head of columns, or lines. Lists that tell of others are found so that they are left
//! alone.

use serde_json::{Map, Value};

use super::scan::{Proposal, Scan, is_filler, is_head_like};
use super::{ListColumn, MAX_ENTRIES, Place, Reason, Slot};
use crate::domain::base::text::{compact, squeeze};
use crate::domain::case::{display, written};
use crate::domain::declaration::label::{Column, Meaning, Quality, folded, without_number};
use crate::domain::declaration::paper::{Anchor, Cell, Table};

impl Scan<'_> {
    /// Rows under a head of columns: of 工作简历, or of somebody else's.
    pub(super) fn lists(&self, table: &Table, texts: &[String]) -> Vec<List> {
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

    pub(super) fn resume(
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
        let words =
            entries.iter().map(|entry| squeeze(&display::entry_line(entry))).collect::<Vec<_>>().join("\n");
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
pub(super) struct List {
    pub(super) rows: Vec<usize>,
    pub(super) columns: Vec<(Column, usize)>,
    pub(super) left: usize,
    pub(super) is_resume: bool,
}

impl List {
    /// Whether a cell of one of its rows belongs to it; what stands left of a résumé is its label.
    pub(super) fn covers(&self, cell: &Cell) -> bool {
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
pub(super) fn entries_of_text(text: &str) -> Option<Value> {
    let entries: Vec<Value> = text.lines().filter_map(entry_of_line).take(MAX_ENTRIES).collect();
    (!entries.is_empty()).then_some(Value::Array(entries))
}

/// One line of a résumé: the period, then unit and position, parted by spaces or commas, or as a sentence (在…任…).
pub(super) fn entry_of_line(line: &str) -> Option<Value> {
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
pub(super) fn line_of_row(columns: &[Column], row: &[&str]) -> String {
    let of = |wanted: Column| columns.iter().position(|c| *c == wanted).and_then(|at| row.get(at)).copied();
    let period = of(Column::Period).map_or_else(
        || format!("{}-{}", of(Column::From).unwrap_or_default(), of(Column::To).unwrap_or_default()),
        str::to_owned,
    );
    format!("{period} {} {}", of(Column::Unit).unwrap_or_default(), of(Column::Position).unwrap_or_default())
}
