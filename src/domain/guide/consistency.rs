//! Every field beside what the declaration, the signed print, the portal's page and the attachments say of it: one row a
//! field, one column a source.

use serde_json::{Value, json};

use crate::domain::case::compare::{Agreement, compare};
use crate::domain::case::inspected::{Lookup, lookups};
use crate::domain::case::paper_reading::PaperKind;
use crate::domain::case::{Answer, Application, SIGNED_DECLARATION, display};
use crate::domain::pack::{Field, Pack};

/// The table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Consistency {
    /// The columns.
    pub sources: Vec<Source>,
    /// The rows, in form order: every field that was entered or stands in a source.
    pub rows: Vec<Row>,
}

/// Where values come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is.
    pub kind: SourceKind,
    /// Its heading.
    pub label: String,
    /// The file's name.
    pub file: String,
    /// The material, where it is an attachment.
    pub material: Option<String>,
    /// Its place among the attachments, where it is one.
    pub attachment: Option<usize>,
}

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A declaration as a file.
    Declaration,
    /// What was signed.
    Signed,
    /// The portal's page.
    Portal,
    /// Another attachment.
    Attachment,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What was entered.
    pub entered: Option<Value>,
    /// The same in words; empty where nothing was.
    pub entered_words: String,
    /// For each source what it says; `None` where it says nothing of the field.
    pub cells: Vec<Option<Cell>>,
}

/// What a source says of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The value; `None` where its place is empty.
    pub found: Option<Value>,
    /// The words that stand there.
    pub words: String,
    /// How they agree with what was entered.
    pub agreement: Agreement,
    /// Where they stand.
    pub place: Option<String>,
}

/// How a field stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowState {
    /// Some source says something else.
    Differs,
    /// No source says anything.
    Unchecked,
    /// Every source that says something says the same.
    Agrees,
}

impl SourceKind {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declaration => "declaration",
            Self::Signed => "signed",
            Self::Portal => "portal",
            Self::Attachment => "attachment",
        }
    }
}

impl Cell {
    /// Whether somebody must change something.
    #[must_use]
    pub fn differs(&self) -> bool {
        !matches!(self.agreement, Agreement::Same | Agreement::SameAfterNormalising)
    }
}

impl Row {
    /// How the field stands.
    #[must_use]
    pub fn state(&self) -> RowState {
        let mut cells = self.cells.iter().flatten().peekable();
        if cells.peek().is_none() {
            RowState::Unchecked
        } else if cells.any(Cell::differs) {
            RowState::Differs
        } else {
            RowState::Agrees
        }
    }
}

impl Consistency {
    /// Puts the table together.
    #[must_use]
    pub fn of(pack: &Pack, application: &Application) -> Self {
        let fields: Vec<&Field> = pack.fields_for(&application.track).collect();
        let mut table =
            Self { sources: Vec::new(), rows: fields.iter().map(|f| row(application, f)).collect() };
        for reading in &application.readings {
            let kind = match reading.kind {
                PaperKind::Declaration => SourceKind::Declaration,
                PaperKind::Portal => SourceKind::Portal,
            };
            let source = Source {
                kind,
                label: reading.kind.label().to_owned(),
                file: reading.file.clone(),
                material: None,
                attachment: None,
            };
            let cells = reading.compare(pack, application).into_iter().filter(|c| c.place.is_some());
            table.add(
                source,
                cells.map(|c| {
                    let words = c.found_words;
                    (c.key, Cell { found: c.found, words, agreement: c.agreement, place: c.place })
                }),
            );
        }
        let comparisons = compare(pack, application);
        for (attachment, file) in application.attachments.iter().enumerate() {
            let label = pack.material(&file.material).map_or(file.material.as_str(), |m| m.label.as_str());
            let is_signed = file.material == SIGNED_DECLARATION;
            let source = Source {
                kind: if is_signed { SourceKind::Signed } else { SourceKind::Attachment },
                label: if is_signed { "签字的申报表".to_owned() } else { label.to_owned() },
                file: file.file.clone(),
                material: Some(file.material.clone()),
                attachment: Some(attachment),
            };
            let noted = comparisons.iter().filter(|c| c.attachment == attachment).map(|c| {
                let key = c.path.key();
                let words = pack.field(key).map_or_else(
                    || c.found.as_ref().map(ToString::to_string).unwrap_or_default(),
                    |field| display::field_value(field, c.found.as_ref()),
                );
                (key.to_owned(), Cell { found: c.found.clone(), words, agreement: c.agreement, place: None })
            });
            let in_text = lookups(pack, application, file).into_iter().filter_map(|(field, lookup)| {
                let Lookup::Found { page, line } = lookup else { return None };
                let entered = application.answers.get(&field.id).cloned();
                let words = display::field_value(field, entered.as_ref());
                let place = Some(format!("第 {page} 页第 {line} 行"));
                // What the person noted by hand comes first.
                let is_noted = file.facts.contains_key(&field.id);
                let cell = Cell { found: entered, words, agreement: Agreement::Same, place };
                (!is_noted).then(|| (field.id.clone(), cell))
            });
            let cells: Vec<_> = noted.chain(in_text).collect();
            if !cells.is_empty() {
                table.add(source, cells.into_iter());
            }
        }
        table.rows.retain(|row| row.entered.is_some() || row.state() != RowState::Unchecked);
        table
    }

    fn add(&mut self, source: Source, cells: impl Iterator<Item = (String, Cell)>) {
        self.sources.push(source);
        for row in &mut self.rows {
            row.cells.push(None);
        }
        for (key, cell) in cells {
            let place = self.rows.iter().position(|row| row.key == key).unwrap_or_else(|| {
                // A key that the track's form does not have.
                let cells = vec![None; self.sources.len()];
                let (entered, entered_words) = (None, String::new());
                self.rows.push(Row { label: key.clone(), key, entered, entered_words, cells });
                self.rows.len() - 1
            });
            if let Some(last) = self.rows.get_mut(place).and_then(|row| row.cells.last_mut()) {
                *last = Some(cell);
            }
        }
    }

    /// How many fields stand so.
    #[must_use]
    pub fn count(&self, state: RowState) -> usize {
        self.rows.iter().filter(|row| row.state() == state).count()
    }

    /// Who must change what about a field that differs, in words; `None` where nothing does.
    #[must_use]
    pub fn advice(&self, row: &Row) -> Option<String> {
        if row.state() != RowState::Differs {
            return None;
        }
        let of = |kind: SourceKind| {
            let cells = self.sources.iter().zip(&row.cells).filter(move |(s, _)| s.kind == kind);
            cells.filter_map(|(_, cell)| cell.as_ref()).collect::<Vec<_>>()
        };
        let differs = |kind: SourceKind| of(kind).into_iter().find(|cell| cell.differs());
        let agrees = |kind: SourceKind| of(kind).iter().any(|cell| !cell.differs());
        let entered = if row.entered_words.is_empty() { "（空）" } else { row.entered_words.as_str() };
        if let Some(signed) = differs(SourceKind::Signed) {
            // The signed paper is the reference: the portal must agree with it (一（六）2、二（五）2).
            return Some(format!(
                "以签字的申报表为准，把填报改为“{}”；签字的写错了，就重新打印、签字、盖章。",
                signed.words
            ));
        }
        let is_signed = agrees(SourceKind::Signed);
        let mut words = Vec::new();
        if let Some(declaration) = differs(SourceKind::Declaration) {
            words.push(if is_signed {
                "签字的申报表与填报一致，核对用的申报表文件是旧的，换成签字的那一份。".to_owned()
            } else {
                format!("填报对的，按填报重新生成申报表；申报表对的，把填报改为“{}”。", declaration.words)
            });
        }
        if let Some(portal) = differs(SourceKind::Portal) {
            words.push(if is_signed || agrees(SourceKind::Declaration) {
                format!("填报与申报表一致，到系统里把“{}”改为“{entered}”。", portal.words)
            } else {
                format!("填报对的，到系统里改为“{entered}”；系统里对的，把填报改为“{}”。", portal.words)
            });
        }
        if differs(SourceKind::Attachment).is_some() {
            words.push("对照附件原件：填报写错的改填报；附件本身有误的，先由出具的单位更正。".to_owned());
        }
        Some(words.concat())
    }

    /// The list in a report: every value that some source has.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut list = Vec::new();
        for (place, source) in self.sources.iter().enumerate() {
            for row in &self.rows {
                let Some(cell) = row.cells.get(place).and_then(Option::as_ref) else { continue };
                list.push(json!({
                    "path": row.key,
                    "source": source.kind.as_str(),
                    "material": source.material,
                    "file": source.file,
                    "entered": row.entered,
                    "found": cell.found,
                    "result": cell.agreement.as_str(),
                    "differs": cell.differs(),
                    "place": cell.place,
                }));
            }
        }
        Value::Array(list)
    }
}

fn row(application: &Application, field: &Field) -> Row {
    let entered = match application.answer(&field.id) {
        Answer::Given(value) => Some(value.clone()),
        Answer::Unknown | Answer::Nothing => None,
    };
    let entered_words = display::field_value(field, entered.as_ref());
    Row { key: field.id.clone(), label: field.label.clone(), entered, entered_words, cells: Vec::new() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::case::Attachment;
    use crate::domain::case::inspected::Inspected;
    use crate::domain::case::paper_reading::{PaperReading, PaperValue};

    fn application() -> Application {
        let mut application = Application { track: "examiner".to_owned(), ..Application::default() };
        for (key, value) in
            [("person.name", "示例甲"), ("unit.name", "甲公司"), ("person.phone", "13800138000")]
        {
            application.answers.insert(key.to_owned(), json!(value));
        }
        application
    }

    fn reading(kind: PaperKind, unit: &str) -> PaperReading {
        let at = |words: &str| PaperValue {
            value: Some(json!(words)),
            words: words.to_owned(),
            place: "第 2 行文字".to_owned(),
        };
        PaperReading {
            kind,
            file: "表.docx".to_owned(),
            sha256: "0".repeat(64),
            form_code: None,
            fields: BTreeMap::from([
                ("person.name".to_owned(), at("示例 甲")),
                ("unit.name".to_owned(), at(unit)),
            ]),
        }
    }

    fn signed(unit: &str) -> Attachment {
        Attachment {
            material: SIGNED_DECLARATION.to_owned(),
            file: "签字.jpg".to_owned(),
            facts: BTreeMap::from([("unit.name".to_owned(), json!(unit))]),
            ..Attachment::default()
        }
    }

    fn advice(application: &Application) -> String {
        let table = Consistency::of(&Pack::built_in().unwrap(), application);
        let row = table.rows.iter().find(|r| r.key == "unit.name").unwrap();
        table.advice(row).unwrap_or_default()
    }

    #[test]
    fn every_source_has_its_column() {
        let mut application = application();
        application.readings =
            vec![reading(PaperKind::Declaration, "甲公司"), reading(PaperKind::Portal, "乙公司")];
        application.attachments.push(Attachment {
            material: "insurance".to_owned(),
            file: "参保.pdf".to_owned(),
            inspected: Some(Inspected {
                text: Some(vec!["参保证明\n姓名 示例甲".to_owned()]),
                ..Inspected::default()
            }),
            ..Attachment::default()
        });
        let table = Consistency::of(&Pack::built_in().unwrap(), &application);
        assert_eq!(table.sources.len(), 3);
        let row = |key: &str| table.rows.iter().find(|r| r.key == key).unwrap();
        let name = row("person.name");
        assert_eq!(name.state(), RowState::Agrees);
        assert_eq!(name.cells[2].as_ref().unwrap().place.as_deref(), Some("第 1 页第 2 行"));
        assert_eq!(
            (row("unit.name").state(), row("person.phone").state()),
            (RowState::Differs, RowState::Unchecked)
        );
        assert_eq!(table.count(RowState::Differs), 1);
        assert_eq!(table.to_value().as_array().unwrap().len(), 5);
    }

    #[test]
    fn the_signed_paper_is_the_reference() {
        let mut application = application();
        application.readings = vec![reading(PaperKind::Portal, "乙公司")];
        assert!(advice(&application).contains("系统里对的"));
        application.attachments.push(signed("甲公司"));
        assert_eq!(advice(&application), "填报与申报表一致，到系统里把“乙公司”改为“甲公司”。");
        application.attachments[0] = signed("丙公司");
        assert!(advice(&application).starts_with("以签字的申报表为准，把填报改为“丙公司”"));
        application.attachments[0] = signed("甲公司");
        application.readings = vec![reading(PaperKind::Declaration, "乙公司")];
        assert!(advice(&application).starts_with("签字的申报表与填报一致"));
        application.readings.clear();
        assert_eq!(advice(&application), "");
    }
}
