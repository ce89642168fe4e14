//! The declaration of one application.

use chrono::NaiveDate;

use super::document::{FormDocument, Row, Section};
use super::print;
use crate::domain::base::date::format_iso;
use crate::domain::case::{Application, display};
use crate::domain::media::qr;
use crate::domain::pack::{Field, FieldKind, FormSection, Pack};

/// Id of the material that is the person's photo.
const PHOTO: &str = "photo";
/// Beside how many rows the photo's cell stands, at 8 mm and more a row.
const PHOTO_ROWS: usize = 5;

/// Empty lines of a table that is drawn even when nothing was entered.
const MIN_TABLE_ROWS: usize = 3;

/// Longer values get a line of their own.
const MAX_PAIR_CHARS: usize = 14;

/// Fills the form with the application's entries; what is not entered stays blank, to be written by hand.
#[must_use]
pub fn fill(pack: &Pack, application: &Application, reference: NaiveDate) -> FormDocument {
    let track = pack.track(&application.track);
    let title = pack.declaration_for(&application.track);
    let session = application.session.as_deref().and_then(|id| pack.session(id));
    let mut sections = vec![Section {
        title: "申报类别".to_owned(),
        rows: vec![Row::Pairs(vec![
            ("申报类别".to_owned(), track.map(|t| t.label.clone()).unwrap_or_default()),
            ("培训班期".to_owned(), session.map(|s| s.label.clone()).unwrap_or_default()),
        ])],
        photo_rows: 0,
    }];
    for section in pack.sections_for(&application.track) {
        let rows = rows_of(application, section);
        if !rows.is_empty() {
            // The photo stands beside the person's name, where the notice asks for one.
            let has_photo = section.fields.iter().any(|f| f.id == "person.name")
                && pack.materials_for(&application.track).any(|m| m.id == PHOTO);
            let photo_rows = if has_photo { rows.len().min(PHOTO_ROWS) } else { 0 };
            sections.push(Section { title: section.title.clone(), rows, photo_rows });
        }
    }
    sections.push(signatures());
    let annex = title.map(|t| t.annex.as_str()).unwrap_or_default();
    let mut notes = vec![format!(
        "本表按《{}》的要求由申报预检生成；{annex}有官方空白表的，以官方表为准，内容应与本表和网上填报一致。",
        pack.info.title
    )];
    if let Some(also) = title.map(|t| t.also.as_str()).filter(|also| !also.is_empty()) {
        notes.push(format!("通知的附件清单称此表为《{also}》。"));
    }
    FormDocument {
        title: title.map(|t| t.title.clone()).unwrap_or_default(),
        subtitle: None,
        number_label: "填报码".to_owned(),
        number: application.fingerprint().form_code(),
        code: qr::draw(&print::text(pack, application)).ok(),
        version_note: format!("{} {}　{}", pack.info.id, pack.info.version, format_iso(reference)),
        sections,
        notes,
    }
}

fn rows_of(application: &Application, section: &FormSection) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut pairs: Vec<(String, String)> = Vec::new();
    for field in section.fields_for(&application.track).filter(|f| f.printed) {
        let words = display::field_value(field, application.answers.get(&field.id));
        if field.kind == FieldKind::Resume {
            flush(&mut rows, &mut pairs);
            rows.push(resume(application, field));
        } else if words.chars().count() > MAX_PAIR_CHARS || field.kind == FieldKind::LongText {
            flush(&mut rows, &mut pairs);
            rows.push(Row::Wide { label: field.label.clone(), value: words });
        } else {
            pairs.push((field.label.clone(), words));
            if pairs.len() == 2 {
                flush(&mut rows, &mut pairs);
            }
        }
    }
    flush(&mut rows, &mut pairs);
    rows
}

fn flush(rows: &mut Vec<Row>, pairs: &mut Vec<(String, String)>) {
    if !pairs.is_empty() {
        rows.push(Row::Pairs(std::mem::take(pairs)));
    }
}

fn resume(application: &Application, field: &Field) -> Row {
    Row::Table {
        label: field.label.clone(),
        columns: ["起", "止", "单位", "职务"].map(str::to_owned).to_vec(),
        rows: application
            .members(&field.id)
            .map(|(_, entry)| {
                let [from, to, unit, position] = display::entry_columns(entry);
                // Without an end it goes on; on paper an empty cell would say that it was forgotten.
                let to = if to.is_empty() && !from.is_empty() { "至今".to_owned() } else { to };
                vec![from, to, unit, position]
            })
            .collect(),
        min_rows: MIN_TABLE_ROWS,
    }
}

/// What is signed and stamped by hand: the applicant's own application, and the unit's opinion (一（六）1, 二（五）1).
fn signatures() -> Section {
    Section {
        title: "签字与审核".to_owned(),
        rows: vec![
            Row::Signature {
                label: "本人申请".to_owned(),
                statement: "本人自愿申请，所填内容和所附材料真实、一致。".to_owned(),
                signer: "申报人（签字）".to_owned(),
                seal: None,
                date: "年　　月　　日".to_owned(),
            },
            Row::Signature {
                label: "推荐单位审核意见".to_owned(),
                statement: String::new(),
                signer: "负责人（签字）".to_owned(),
                seal: Some("（单位盖章）".to_owned()),
                date: "年　　月　　日".to_owned(),
            },
        ],
        photo_rows: 0,
    }
}
