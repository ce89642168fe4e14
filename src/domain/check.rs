//! Checks of what was entered and attached: each finds one kind of trouble and says it as a [`Diagnostic`]. Does not
//! see `rule`: whether a person may apply is never an error of a field.

mod attachment;
mod attachment_content;
mod entries_disagree;
mod field;
mod identifier;
mod paper_reading;
mod required;
mod signed_print;

use chrono::NaiveDate;

use crate::domain::case::Application;
use crate::domain::case::facts::FactValues;
use crate::domain::diag::{self, Diagnostic};
use crate::domain::pack::{Condition, Field, Pack};
use crate::domain::path::FieldPath;

pub use identifier::reading_of;
pub use required::{is_material_needed, is_required};

/// What a check reads.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The application.
    pub application: &'a Application,
    /// The same in the rules' words.
    pub facts: &'a FactValues,
    /// The value of a pack's condition for this application.
    pub holds: &'a dyn Fn(&Condition) -> bool,
}

impl Input<'_> {
    fn reference(&self) -> NaiveDate {
        self.facts.reference()
    }

    /// The track's fields, in form order.
    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.pack.fields_for(&self.application.track)
    }

    /// The field's clauses, or where the pack has no such field the one about true entries.
    fn clauses(&self, key: &str) -> Vec<String> {
        self.pack.field(key).map_or_else(|| self.entry_clause(), |f| f.clauses.clone())
    }

    /// The clause that entries are to be made as they should.
    fn entry_clause(&self) -> Vec<String> {
        let id = if self.application.track == "inspector" { "2.5.2" } else { "1.6.2" };
        vec![id.to_owned()]
    }

    fn label<'a>(&'a self, key: &'a str) -> &'a str {
        self.pack.label_of(key)
    }
}

/// Runs every check; all findings at once, in their one order.
#[must_use]
pub fn run(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    required::check(input, &mut found);
    field::check(input, &mut found);
    identifier::check(input, &mut found);
    entries_disagree::check(input, &mut found);
    attachment::check(input, &mut found);
    attachment_content::check(input, &mut found);
    signed_print::check(input, &mut found);
    paper_reading::check(input, &mut found);
    for diagnostic in &mut found {
        diagnostic.clauses = input.pack.clauses_for(&diagnostic.clauses, &input.application.track);
    }
    let order: Vec<&str> = input.fields().map(|f| f.id.as_str()).collect();
    let n_fields = order.len();
    diag::sort(&mut found, |path| rank(path, &order, n_fields, input.pack));
    found
}

/// Track and session first, then fields in form order, then materials in the pack's order.
fn rank(path: &FieldPath, order: &[&str], n_fields: usize, pack: &Pack) -> usize {
    if matches!(path.as_str(), "track" | "session") {
        return 0;
    }
    if let Some(material) = path.material() {
        let place = pack.materials.iter().position(|m| m.id == material).unwrap_or(pack.materials.len());
        return 2 + n_fields + place;
    }
    1 + order.iter().position(|k| *k == path.key()).unwrap_or(n_fields)
}
