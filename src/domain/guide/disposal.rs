//! What became of warnings: each was put right, accepted with a reason, or is still open. Nothing of it bars anything.

use serde_json::json;

use crate::domain::base::json::Value;
use crate::domain::case::Application;
use crate::domain::case::disposition::Disposition;
use crate::domain::diag::{Diagnostic, Severity};

/// What became of a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisposalState {
    /// It stands, and nobody has said why.
    Open,
    /// It stands, and the person has said why.
    Accepted,
    /// The person was shown it, and it is gone.
    Fixed,
}

impl DisposalState {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Fixed => "fixed",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "未说明",
            Self::Accepted => "已说明",
            Self::Fixed => "已改正",
        }
    }
}

/// A warning and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposal {
    /// The warning, with the reason where one was given.
    pub warning: Disposition,
    /// What became of it.
    pub state: DisposalState,
}

impl Disposal {
    /// It as JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let Disposition { code, path, message, reason } = &self.warning;
        let state = self.state.as_str();
        json!({ "code": code, "path": path, "message": message, "state": state, "reason": reason })
    }
}

/// The warnings among `findings` in their order, then those that the person was shown and that are gone. One that says
/// something else than when it was accepted is open again.
#[must_use]
pub fn disposals(application: &Application, findings: &[Diagnostic]) -> Vec<Disposal> {
    let warnings = || findings.iter().filter(|d| d.severity == Severity::Warning);
    let mut all: Vec<Disposal> = Vec::new();
    for finding in warnings() {
        let mut warning = Disposition::of(finding);
        let known = application.dispositions.iter().find(|known| known.is_about_the_same(&warning));
        warning.reason = known.map(|known| known.reason.clone()).unwrap_or_default();
        let state = if warning.reason.is_empty() { DisposalState::Open } else { DisposalState::Accepted };
        all.push(Disposal { warning, state });
    }
    let stands =
        |said: &Disposition| findings.iter().any(|d| d.code == said.code && d.path.as_str() == said.path);
    let mut gone: Vec<&Disposition> = application.dispositions.iter().filter(|said| !stands(said)).collect();
    gone.sort_by(|a, b| (&a.code, &a.path, &a.message).cmp(&(&b.code, &b.path, &b.message)));
    gone.dedup_by(|a, b| (&a.code, &a.path) == (&b.code, &b.path));
    let fixed = |said: &Disposition| Disposal { warning: said.clone(), state: DisposalState::Fixed };
    all.extend(gone.into_iter().map(fixed));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::date::parse_iso;
    use crate::domain::case::Edit;
    use crate::domain::guide::assess;
    use crate::domain::pack::Pack;

    fn judged(application: &Application) -> Vec<Disposal> {
        let pack = Pack::built_in().unwrap();
        let found = assess(&pack, application, parse_iso("2026-03-20").unwrap());
        disposals(application, &found.diagnostics)
    }

    /// An application with a warning: a phone number of twelve digits.
    fn example() -> Application {
        let bytes = include_bytes!("../../../examples/senior_examiner.json");
        let mut application = crate::domain::case::read(bytes).unwrap();
        application.answers.insert("person.phone".to_owned(), Value::String("138001380001".to_owned()));
        application
    }

    #[test]
    fn a_warning_is_open_then_accepted_then_fixed() {
        let mut application = example();
        let before = judged(&application);
        let Some(first) = before.first().cloned() else { panic!("the example has no warning") };
        assert_eq!(first.state, DisposalState::Open);
        let said = Disposition { reason: " 原件如此 ".to_owned(), ..first.warning.clone() };
        application.apply(Edit::SetDisposition(said)).unwrap();
        let after = judged(&application);
        assert_eq!(after.len(), before.len());
        assert_eq!((after[0].state, after[0].warning.reason.as_str()), (DisposalState::Accepted, "原件如此"));

        // What says something else now is another warning, and the reason is not taken for it.
        application.dispositions[0].message.push('x');
        assert_eq!(judged(&application)[0].state, DisposalState::Open);
        assert_eq!(judged(&application).len(), before.len());

        application.dispositions[0].path = "person.gone".to_owned();
        let last = judged(&application).pop().unwrap();
        assert_eq!((last.state, last.warning.path.as_str()), (DisposalState::Fixed, "person.gone"));
    }

    #[test]
    fn dispositions_read_as_they_were_written_and_leave_the_fingerprint_alone() {
        let mut application = example();
        let fingerprint = application.fingerprint();
        let said = Disposition { code: "R001".to_owned(), path: "a".to_owned(), ..Disposition::default() };
        let undo = application.undo_of(&Edit::SetDisposition(said.clone())).unwrap();
        application.apply(Edit::SetDisposition(Disposition { reason: "因".to_owned(), ..said })).unwrap();
        assert_eq!(application.fingerprint(), fingerprint);
        assert_eq!(crate::domain::case::read(&application.to_canonical()).unwrap(), application);
        application.apply(undo).unwrap();
        assert_eq!(application.dispositions[0].reason, "");
    }
}
