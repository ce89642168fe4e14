//! The label matcher: finds on any paper which words are labels, what each means, and where its value stands. One
//! matcher serves to fill a blank, to read a filled form and to read text that was copied from the portal.
//!
//! How: every cell and every line is looked at for labels of the pack. Each label proposes places for its value (to the
//! right, below, behind the colon, in the next line), each place gets a score from how well the words name the field,
//! where the value stands, under which heading, and whether the value can be one of that field. The best proposals are
//! taken first; a place serves one field, a field has one place.

mod list;
mod scan;
mod settle;

use serde_json::{Map, Value, json};

use super::label::Labels;
use super::paper::{Anchor, Paper};
use crate::domain::case::written;
use crate::domain::pack::Pack;
use scan::Scan;

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

impl Unrecognised {
    /// What tells this label from the others on the same paper, the same each time that it is read.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{} {}", self.place.label(), self.label)
    }
}

impl Reading {
    /// Has what stands beside a label of no field belong to a field of the pack, as the person says. A place that the
    /// field was given before is a label of no field from now on. Returns whether there are such a label and field.
    pub fn assign(&mut self, pack: &Pack, id: &str, key: &str) -> bool {
        let Some(field) = pack.field(key) else { return false };
        let Some(place) = self.unrecognised.iter().position(|u| u.id() == id) else { return false };
        let taken = self.unrecognised.remove(place);
        if let Some(old) = self.fields.iter().position(|f| f.key == key) {
            let old = self.fields.remove(old);
            let (label, words) = (old.label, old.words);
            self.unrecognised.push(Unrecognised { label, words, place: old.place, slot: old.slot });
        }
        self.fields.push(Recognised {
            key: key.to_owned(),
            label: taken.label,
            value: if taken.words.trim().is_empty() { None } else { written::read(field, &taken.words) },
            words: taken.words,
            score: 100,
            reasons: vec![Reason::Assigned],
            place: taken.place,
            slot: taken.slot,
        });
        let order: Vec<&str> = pack.form.iter().flat_map(|s| &s.fields).map(|f| f.id.as_str()).collect();
        self.fields.sort_by_key(|f| order.iter().position(|k| *k == f.key));
        true
    }

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
    let mut scan = Scan::new(&labels);
    scan.blocks(&paper.blocks, None, None);
    scan.loose_entries(&paper.blocks);
    scan.settle()
}
