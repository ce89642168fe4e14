//! The table of codes: what each is called in code and how much it matters. A number is never used again; what a code
//! means never changes. Words for people stand in [`messages`].

use std::sync::OnceLock;

use crate::domain::base::identifier;
use crate::domain::base::messages::{self, CodeText};

use super::Severity::{self, Advice, Blocker, Warning};

/// What a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeInfo {
    /// The code: `R` one field, `X` across fields, `D` declaration against entries, `F` attached files.
    pub id: &'static str,
    /// Its name; says what is wrong, never what to do.
    pub name: &'static str,
    /// How much it matters at most.
    pub severity: Severity,
    /// The published rule that an identifier's code rests on; empty for the others, which rest on the notice's clauses.
    pub standard: &'static str,
}

impl CodeInfo {
    /// The words for people.
    #[must_use]
    pub fn text(&self) -> Option<&'static CodeText> {
        messages::code_text(self.id)
    }
}

const fn code(id: &'static str, name: &'static str, severity: Severity) -> CodeInfo {
    CodeInfo { id, name, severity, standard: "" }
}

/// The codes that checks bring; [`all`] adds those of identifiers.
const CODES: &[CodeInfo] = &[
    code("D101", "print-older-than-entries", Blocker),
    code("D102", "form-code-malformed", Warning),
    code("D103", "declaration-differs-from-entries", Blocker),
    code("D104", "portal-differs-from-entries", Blocker),
    code("D105", "paper-of-another-person", Blocker),
    code("F101", "required-material-missing", Blocker),
    code("F102", "file-empty", Blocker),
    code("F103", "file-type-differs-from-content", Warning),
    code("F104", "same-file-twice", Warning),
    code("F105", "attachment-differs-from-entry", Blocker),
    code("F106", "material-unknown", Warning),
    code("F107", "file-not-an-image-or-document", Advice),
    code("F108", "file-truncated", Warning),
    code("F109", "file-needs-password", Blocker),
    code("F110", "file-does-not-open", Warning),
    code("F111", "file-kind-unsuited", Warning),
    code("F112", "page-blank", Warning),
    code("F113", "page-black", Warning),
    code("F114", "page-blurred", Advice),
    code("F115", "picture-small", Advice),
    code("F116", "picture-tells-location", Advice),
    code("F117", "text-lacks-entry", Warning),
    code("F118", "text-unreadable", Advice),
    code("F119", "file-outside-limits", Warning),
    code("F120", "file-not-looked-into", Advice),
    code("R001", "required-field-missing", Blocker),
    code("R002", "text-too-long", Warning),
    code("R003", "control-character", Warning),
    code("R004", "not-an-option", Blocker),
    code("R005", "value-of-wrong-type", Blocker),
    code("R006", "number-out-of-range", Warning),
    code("R007", "answer-key-unknown", Warning),
    code("R008", "session-unknown", Blocker),
    code("R009", "session-not-chosen", Blocker),
    code("R010", "identifier-written-loosely", Advice),
    code("R011", "full-width-letter-or-digit", Advice),
    code("R012", "too-many-entries", Warning),
    code("R301", "date-unreadable", Blocker),
    code("R302", "date-in-future", Blocker),
    code("X001", "birth-date-differs-from-id", Blocker),
    code("X002", "sex-differs-from-id", Blocker),
    code("X003", "certificate-level-differs-from-number", Warning),
    code("X004", "certificate-year-differs-from-number", Warning),
    code("X005", "insured-unit-differs", Warning),
    code("X006", "contract-unit-differs", Warning),
    code("X007", "session-month-past", Warning),
    code("X008", "dates-out-of-order", Warning),
    code("X009", "certificate-occupation-differs", Warning),
    code("X010", "occupation-name-differs-from-code", Warning),
    code("X011", "filing-number-without-filing", Advice),
    code("X012", "resume-period-reversed", Warning),
    code("X013", "certificate-kind-not-listed", Warning),
    code("X014", "resume-periods-overlap", Advice),
    code("X015", "resume-gap", Advice),
    code("X016", "work-years-impossible", Warning),
    code("X017", "resume-unit-differs", Advice),
    code("X018", "id-type-differs-from-number", Warning),
    code("X019", "title-level-differs-from-name", Warning),
    code("X020", "entry-derivable-from-id", Advice),
];

/// Every code, in order: those of this table and those that identifiers bring along. Only what rests on a national
/// standard (GB) may block; other numbers' make-up is known from reposts.
#[must_use]
pub fn all() -> &'static [CodeInfo] {
    static ALL: OnceLock<Vec<CodeInfo>> = OnceLock::new();
    ALL.get_or_init(|| {
        let of_identifiers = identifier::CODES.iter().map(|(id, name, certain, standard)| {
            let severity = if *certain && standard.starts_with("GB") { Blocker } else { Warning };
            CodeInfo { id, name, severity, standard }
        });
        let mut all: Vec<CodeInfo> = CODES.iter().copied().chain(of_identifiers).collect();
        all.sort_by_key(|c| c.id);
        all
    })
}

/// The code's entry.
#[must_use]
pub fn code_info(id: &str) -> Option<&'static CodeInfo> {
    all().binary_search_by(|code| code.id.cmp(id)).ok().and_then(|index| all().get(index))
}
