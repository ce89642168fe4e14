//! How good a proposal is, and which of them are taken: one place for a field, one field for a place.

use std::collections::BTreeSet;

use serde_json::Value;

use super::list::entries_of_text;
use super::scan::{Context, Proposal, Scan, clean};
use super::{Place, Reading, Reason, Recognised, Slot};
use crate::domain::case::written;
use crate::domain::declaration::label::{Mark, Meaning, Quality};
use crate::domain::declaration::paper::Anchor;
use crate::domain::pack::{Catalogue, Field, FieldKind, OTHER_PEOPLE};

/// The lowest score that counts, of 100.
const THRESHOLD: u32 = 55;

impl Scan<'_> {
    #[allow(clippy::too_many_arguments, reason = "a proposal is made of all of them")]
    pub(super) fn propose(
        &mut self,
        meanings: &[Meaning],
        mark: &Mark,
        raw: &str,
        position: Reason,
        context: Context<'_>,
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
    pub(super) fn settle(mut self) -> Reading {
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
}

/// The first part of a field's key; the résumé belongs to 工作情况.
pub(super) fn group_of(field: &Field) -> &str {
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
pub(super) fn is_plausible(field: &Field, value: &Value) -> bool {
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
