//! Addresses. Hash routes, so that the app also works from any folder.

// The derive of `Routable` writes a HashMap of parameters; it is looked up by key, never walked.
#![allow(clippy::disallowed_types)]

use yew_router::prelude::*;

/// One address.
#[derive(Debug, Clone, PartialEq, Eq, Routable)]
pub enum Route {
    /// The list of drafts.
    #[at("/")]
    Start,
    /// The days that count for a draft.
    #[at("/drafts/:id/deadlines")]
    DraftDeadlines {
        /// The draft's id.
        id: String,
    },
    /// What the person keeps of a draft's last export.
    #[at("/drafts/:id/receipt")]
    Receipt {
        /// The draft's id.
        id: String,
    },
    /// One step of a draft.
    #[at("/drafts/:id/:step")]
    Draft {
        /// The draft's id.
        id: String,
        /// The step's word.
        step: Step,
    },
    /// One section of a draft's form.
    #[at("/drafts/:id/form/:section")]
    Section {
        /// The draft's id.
        id: String,
        /// The section's id.
        section: String,
    },
    /// One field of a section, to be put right: the page opens with the focus there.
    #[at("/drafts/:id/form/:section/:field")]
    Field {
        /// The draft's id.
        id: String,
        /// The section's id.
        section: String,
        /// The id of the field's element.
        field: String,
    },
    /// The days that count, without a draft.
    #[at("/deadlines")]
    Deadlines,
    /// The rule packs on this device.
    #[at("/pack")]
    Pack,
    /// Backing up, restoring, and leaving no trace.
    #[at("/backup")]
    Backup,
    /// Verifying a bundle.
    #[at("/verify")]
    Verify,
    /// The rules, their clauses and sources; what every code means.
    #[at("/rules")]
    Rules,
    /// What every code means.
    #[at("/codes")]
    Codes,
    /// What one code means.
    #[at("/codes/:code")]
    Code {
        /// The code.
        code: String,
    },
    /// Anything else.
    #[not_found]
    #[at("/404")]
    NotFound,
}

/// The eight steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// 选择.
    Choose,
    /// 自查.
    Questions,
    /// 结论.
    Outcome,
    /// 填表.
    Form,
    /// 材料.
    Materials,
    /// 声明.
    Declaration,
    /// 核对.
    Consistency,
    /// 导出.
    Export,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 8] = [
        Self::Choose,
        Self::Questions,
        Self::Outcome,
        Self::Form,
        Self::Materials,
        Self::Declaration,
        Self::Consistency,
        Self::Export,
    ];

    /// The word in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Choose => "choose",
            Self::Questions => "questions",
            Self::Outcome => "outcome",
            Self::Form => "form",
            Self::Materials => "materials",
            Self::Declaration => "declaration",
            Self::Consistency => "consistency",
            Self::Export => "export",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Choose => "选择",
            Self::Questions => "自查",
            Self::Outcome => "结论",
            Self::Form => "填表",
            Self::Materials => "材料",
            Self::Declaration => "声明",
            Self::Consistency => "核对",
            Self::Export => "导出",
        }
    }

    /// Its place among the steps.
    #[must_use]
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|s| *s == self).unwrap_or(0)
    }

    /// The step after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.place() + 1).copied()
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

impl std::str::FromStr for Step {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|s| s.word() == word).ok_or(())
    }
}

/// The address of a route, as a link has it.
#[must_use]
pub fn href(route: &Route) -> String {
    format!("#{}", route.to_path())
}

/// The address of a draft's step.
#[must_use]
pub fn step_href(id: &str, step: Step) -> String {
    href(&Route::Draft { id: id.to_owned(), step })
}

/// The address of a field of a draft's form, by the id of its element.
#[must_use]
pub fn field_href(id: &str, section: &str, field: String) -> String {
    href(&Route::Field { id: id.to_owned(), section: section.to_owned(), field })
}

/// The address of a code's page.
#[must_use]
pub fn code_href(code: &str) -> String {
    href(&Route::Code { code: code.to_owned() })
}

/// The address of a section of a draft's form.
#[must_use]
pub fn section_href(id: &str, section: &str) -> String {
    href(&Route::Section { id: id.to_owned(), section: section.to_owned() })
}
