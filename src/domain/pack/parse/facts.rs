//! Facts: what rules ask about.

use toml::Spanned;

use super::Reader;
use super::raw;
use crate::domain::pack::{CLAIM_END, Catalogue, Derivation, Fact, FactKind, HistoryFact, Who};
use crate::domain::path::FieldPath;

impl Reader<'_> {
    pub(super) fn fact(&mut self, raw: &raw::RawFact) -> Fact {
        let kind = match raw.kind.get_ref().as_str() {
            "bool" => FactKind::Bool,
            "date" => FactKind::Date,
            "integer" => FactKind::Integer,
            "text" => FactKind::Text,
            "history" => FactKind::History,
            "choice" => {
                let options = self.option_list(raw.options.as_ref(), &raw.id);
                FactKind::Choice { options: options.list, ordered: options.ordered, none_label: options.none }
            }
            other => self.catalogue(other).map_or_else(
                || {
                    self.unknown("类型", &raw.kind);
                    FactKind::Text
                },
                FactKind::Code,
            ),
        };
        let who = match raw.who.as_ref().map(|w| w.get_ref().as_str()) {
            None | Some("applicant") => Who::Applicant,
            Some("unit") => Who::Unit,
            Some("centre") => Who::Centre,
            Some(_) => {
                if let Some(at) = &raw.who {
                    self.unknown("回答人", at);
                }
                Who::Applicant
            }
        };
        let derived = raw.derived.as_ref().and_then(|d| self.derivation(d));
        if derived.is_none() && raw.question.is_empty() {
            self.meaning(&raw.id.span(), format!("“{}”须写明 question", raw.id.get_ref()));
        }
        Fact {
            id: raw.id.get_ref().clone(),
            path: FieldPath::of_key(&path_of(raw.id.get_ref(), derived.as_ref())),
            kind,
            question: raw.question.clone(),
            label: raw.label.clone(),
            help: raw.help.clone(),
            none_label: raw.none.clone(),
            who,
            proof: raw.proof.clone(),
            tracks: self.tracks(&raw.tracks),
            derived,
            is_fixed: raw.fixed,
        }
    }

    /// A rule whose condition stands in an attachment not seen is one that the person confirms against the official
    /// text.
    pub(super) fn confirmation_fact(&mut self, rule: &raw::RawRule) {
        let tracks = rule.tracks.iter().map(|t| t.get_ref().clone()).collect();
        let id = format!("confirm.{}", rule.id.get_ref());
        self.facts.push(Fact {
            path: FieldPath::of_key(&id),
            id,
            kind: FactKind::Bool,
            question: rule.title.clone(),
            label: rule.title.clone(),
            help: rule.remedy.clone(),
            none_label: None,
            who: Who::Applicant,
            proof: rule.evidence.clone(),
            tracks,
            derived: None,
            is_fixed: false,
        });
    }

    pub(super) fn catalogue(&self, word: &str) -> Option<Catalogue> {
        Some(match word {
            "occupation" => Catalogue::Occupation,
            "ethnic_group" => Catalogue::EthnicGroup,
            "political_status" => Catalogue::PoliticalStatus,
            "education" => Catalogue::Education,
            "sichuan_city" => Catalogue::SichuanCity,
            "title_series" => Catalogue::TitleSeries,
            _ => return None,
        })
    }

    fn derivation(&mut self, raw: &Spanned<raw::RawDerived>) -> Option<Derivation> {
        let (by, from) = (&raw.get_ref().by, raw.get_ref().from.as_ref());
        match (by.get_ref().as_str(), from) {
            ("track", None) => Some(Derivation::Track),
            ("session", None) => Some(Derivation::Session),
            ("session_organiser", None) => Some(Derivation::SessionOrganiser),
            ("session_kind", None) => Some(Derivation::SessionKind),
            ("session_first_day", None) => Some(Derivation::SessionFirstDay),
            ("session_last_day", None) => Some(Derivation::SessionLastDay),
            ("occupation_class", Some(from)) => {
                if !self.ids.fields.contains(from.get_ref()) {
                    self.unknown("字段", from);
                }
                Some(Derivation::OccupationClass { from: from.get_ref().clone() })
            }
            ("attached", Some(from)) => {
                if !self.ids.materials.contains(from.get_ref()) {
                    self.unknown("材料", from);
                }
                Some(Derivation::Attached { material: from.get_ref().clone() })
            }
            ("history", Some(from)) => {
                let fact =
                    HISTORY_FACTS.iter().find(|(word, _)| word == from.get_ref()).map(|(_, fact)| *fact);
                if fact.is_none() {
                    self.unknown("考试经历的项目", from);
                }
                fact.map(Derivation::History)
            }
            ("card_lapse", None) => {
                let term = raw.get_ref().period.as_ref().and_then(|at| self.term(at));
                if term.is_none() {
                    self.meaning(&by.span(), "card_lapse 须写明 period，例如 P1M");
                }
                let rolls = self.is_chosen(CLAIM_END, "next_working_day");
                term.map(|term| Derivation::CardLapse { term, rolls })
            }
            _ => {
                self.unknown("推导方式", by);
                None
            }
        }
    }
}

const HISTORY_FACTS: [(&str, HistoryFact); 6] = [
    ("failures", HistoryFact::Failures),
    ("retakes", HistoryFact::Retakes),
    ("first_failed_on", HistoryFact::FirstFailedOn),
    ("third_failed_on", HistoryFact::ThirdFailedOn),
    ("absent", HistoryFact::Absent),
    ("passed", HistoryFact::Passed),
];

/// The path whose answer settles a fact.
fn path_of(id: &str, derived: Option<&Derivation>) -> String {
    match derived {
        None => id.to_owned(),
        Some(Derivation::Track) => "track".to_owned(),
        Some(
            Derivation::Session
            | Derivation::SessionOrganiser
            | Derivation::SessionKind
            | Derivation::SessionFirstDay
            | Derivation::SessionLastDay,
        ) => "session".to_owned(),
        Some(Derivation::OccupationClass { from }) => from.clone(),
        Some(Derivation::Attached { material }) => format!("materials.{material}"),
        Some(Derivation::History(_)) => "exam.history".to_owned(),
        Some(Derivation::CardLapse { .. }) => "card.notice_on".to_owned(),
    }
}
