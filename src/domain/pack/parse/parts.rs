//! Sessions, routes, materials and the form.

use super::Reader;
use super::raw;
use crate::domain::base::date::parse_iso;
use crate::domain::pack::{
    Background, Columns, Field, FieldKind, FormSection, IdentifierKind, Limits, Material, Organiser,
    PackError, Required, Route, Session, SessionKind,
};

/// The most characters of a field whose pack does not say.
const DEFAULT_MAX_CHARS: usize = 200;

impl Reader<'_> {
    pub(super) fn session(&mut self, raw: raw::RawSession) -> Session {
        let month = raw.month.as_ref().and_then(|at| {
            let day = parse_iso(&format!("{}-01", at.get_ref()));
            if day.is_none() {
                self.note(&at.span(), |place| PackError::BadDate { place, found: at.get_ref().clone() });
            }
            day
        });
        let kind = match raw.kind.get_ref().as_str() {
            "class" => SessionKind::Class,
            "retake" => SessionKind::Retake,
            _ => {
                self.unknown("班期类型", &raw.kind);
                SessionKind::Class
            }
        };
        let organiser = match raw.organiser.get_ref().as_str() {
            "province" => Organiser::Province,
            "city" => Organiser::City,
            _ => {
                self.unknown("组织者", &raw.organiser);
                Organiser::Province
            }
        };
        Session {
            tracks: self.tracks(&raw.tracks),
            clauses: self.clauses(&raw.clauses),
            id: raw.id.into_inner(),
            label: raw.label,
            month,
            kind,
            organiser,
        }
    }

    pub(super) fn route(&mut self, raw: &raw::RawRoute) -> Route {
        if !["accepts", "reviews", "trains", "issues"].contains(&raw.step.get_ref().as_str()) {
            self.unknown("步骤", &raw.step);
        }
        if !self.ids.centres.contains(raw.centre.get_ref()) {
            self.unknown("中心", &raw.centre);
        }
        Route {
            step: raw.step.get_ref().clone(),
            centre: raw.centre.get_ref().clone(),
            when: raw.when.as_ref().map(|c| self.condition(c)),
            tracks: self.tracks(&raw.tracks),
            clauses: self.clauses(&raw.clauses),
            note: raw.note.clone(),
        }
    }

    pub(super) fn material(&mut self, raw: &raw::RawMaterial) -> Material {
        Material {
            id: raw.id.get_ref().clone(),
            label: raw.label.clone(),
            hint: raw.hint.clone(),
            tracks: self.tracks(&raw.tracks),
            required: raw.required,
            when: raw.when.as_ref().map(|c| self.condition(c)),
            instead: self.known("材料", &raw.instead, |ids| &ids.materials),
            shows: self.known("字段", &raw.shows, |ids| &ids.fields),
            limits: raw.limits.as_ref().map(|limits| self.limits(limits)).unwrap_or_default(),
            clauses: self.clauses(&raw.clauses),
        }
    }

    fn limits(&mut self, raw: &raw::RawLimits) -> Limits {
        let background = raw.background.as_ref().and_then(|word| {
            let known = Background::ALL.into_iter().find(|b| b.as_str() == word.get_ref());
            if known.is_none() {
                self.unknown("底色", word);
            }
            known
        });
        Limits {
            max_bytes: raw.max_bytes,
            media_types: raw.media_types.clone(),
            min_pixels: raw.min_pixels,
            proportion: raw.proportion.filter(|(width, height)| *width > 0 && *height > 0),
            background,
        }
    }

    pub(super) fn section(&mut self, raw: &raw::RawSection) -> FormSection {
        FormSection {
            id: raw.id.get_ref().clone(),
            title: raw.title.clone(),
            tracks: self.tracks(&raw.tracks),
            fields: raw.field.iter().map(|f| self.field(f)).collect(),
        }
    }

    fn field(&mut self, raw: &raw::RawField) -> Field {
        let kind = match raw.kind.get_ref().as_str() {
            "text" => FieldKind::Text,
            "worktype" => FieldKind::Worktype,
            "long_text" => FieldKind::LongText,
            "date" => FieldKind::Date,
            "month" => FieldKind::Month,
            "bool" => FieldKind::Bool,
            "integer" => FieldKind::Integer,
            "resume" => FieldKind::Resume,
            "choice" => {
                let options = self.option_list(raw.options.as_ref(), &raw.id);
                FieldKind::Choice { options: options.list, none_label: options.none }
            }
            "identity" => FieldKind::Identifier(IdentifierKind::Identity),
            "certificate" => FieldKind::Identifier(IdentifierKind::Certificate),
            "credit_code" => FieldKind::Identifier(IdentifierKind::CreditCode),
            "filing_number" => FieldKind::Identifier(IdentifierKind::FilingNumber),
            "examiner_card" => FieldKind::Identifier(IdentifierKind::ExaminerCard),
            "phone" => FieldKind::Identifier(IdentifierKind::Phone),
            "email" => FieldKind::Identifier(IdentifierKind::Email),
            "postal_code" => FieldKind::Identifier(IdentifierKind::PostalCode),
            other => self.catalogue(other).map_or_else(
                || {
                    self.unknown("类型", &raw.kind);
                    FieldKind::Text
                },
                FieldKind::Code,
            ),
        };
        let required = match (&raw.required_when, raw.required) {
            (Some(condition), false) => Required::When(self.condition(condition)),
            (Some(condition), true) => {
                self.meaning(&condition.span(), "required 与 required_when 只能写一个");
                Required::Yes
            }
            (None, true) => Required::Yes,
            (None, false) => Required::No,
        };
        if raw.clauses.is_empty() {
            self.meaning(&raw.id.span(), format!("字段“{}”没有条款", raw.id.get_ref()));
        }
        Field {
            id: raw.id.get_ref().clone(),
            label: raw.label.clone(),
            synonyms: raw.synonyms.clone(),
            short: raw.short.clone(),
            columns: Columns {
                period: raw.columns.period.clone(),
                from: raw.columns.from.clone(),
                to: raw.columns.to.clone(),
                unit: raw.columns.unit.clone(),
                position: raw.columns.position.clone(),
            },
            kind,
            required,
            tracks: self.tracks(&raw.tracks),
            hint: raw.hint.clone(),
            max_chars: raw.max_chars.unwrap_or(DEFAULT_MAX_CHARS),
            clauses: self.clauses_or_standards(&raw.clauses),
            printed: raw.printed.unwrap_or(true),
        }
    }
}
