//! F108–F120: what a look into the attached files found. What was not looked into is not judged.

use super::Input;
use crate::domain::case::Attachment;
use crate::domain::case::inspected::{IDENTITY, Inspected, Lookup, Opening, lookups};
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::media::kind::Kind;
use crate::domain::pack::{Limits, Material};
use crate::domain::path::FieldPath;

/// Pictures of papers whose longer side has fewer pixels are hard to read: A4 at 85 dpi.
const MIN_LONG_SIDE: usize = 1_000;
/// How far a picture's sides may be off a proportion, in parts of a thousand.
const PROPORTION_TOLERANCE: usize = 30;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for file in &input.application.attachments {
        let Some(material) = input.pack.material(&file.material) else { continue };
        let mut raise = Raise { file, material, found };
        if let Some(advice) = conversion_of(file) {
            // The template goes on where the advice ends.
            raise.say("F111", &[("advice", advice.trim_end_matches('。'))]);
        }
        raise.limits(&material.limits);
        if let Some(inspected) = &file.inspected {
            raise.opening(inspected);
            raise.pages(inspected);
            if inspected.has_location {
                raise.say("F116", &[]);
            }
            search(input, file, inspected, &mut raise);
        }
    }
}

/// How a file of a kind that cannot serve is converted.
pub(super) fn conversion_of(file: &Attachment) -> Option<&'static str> {
    // A file that asks for a password has a finding of its own.
    if file.inspected.as_ref().is_some_and(|i| i.opening == Opening::Locked) {
        return None;
    }
    Kind::ALL.into_iter().find(|kind| kind.media_type() == file.media_type && can_be_told(*kind))?.advice()
}

/// Kinds that share their media type with others, or that have findings of their own.
fn can_be_told(kind: Kind) -> bool {
    !matches!(kind, Kind::Empty | Kind::Unknown | Kind::EncryptedOffice)
}

struct Raise<'a, 'f> {
    file: &'a Attachment,
    material: &'a Material,
    found: &'f mut Vec<Diagnostic>,
}

impl Raise<'_, '_> {
    fn diagnostic(&self, key: &'static str, arguments: &[(&str, &str)]) -> Diagnostic {
        let mut all = vec![("label", self.material.label.as_str()), ("file", self.file.file.as_str())];
        all.extend(arguments);
        Diagnostic::new(key, FieldPath::of_material(&self.file.material), &all, &self.material.clauses)
    }

    fn say(&mut self, key: &'static str, arguments: &[(&str, &str)]) {
        let diagnostic = self.diagnostic(key, arguments);
        self.found.push(diagnostic);
    }

    fn opening(&mut self, inspected: &Inspected) {
        match inspected.opening {
            Opening::Opened => {}
            Opening::Truncated => self.say("F108", &[]),
            Opening::Locked => self.say("F109", &[]),
            Opening::Broken => self.say("F110", &[]),
            Opening::TooLarge => self.say("F120", &[]),
            Opening::Failed => self.say("F120/failed", &[]),
        }
    }

    fn pages(&mut self, inspected: &Inspected) {
        let is_one = inspected.pages == Some(1);
        let mut say = |whole: &'static str, some: &'static str, pages: &[usize]| match pages {
            [] => {}
            _ if is_one => self.say(whole, &[]),
            _ => self.say(some, &[("pages", &list(pages))]),
        };
        say("F112", "F112/pages", &inspected.blank);
        say("F113", "F113/pages", &inspected.black);
        // A photo of the person, or a paper that shows nothing to compare, need not be readable to the letter.
        if self.material.shows.is_empty() {
            return;
        }
        let mut say = |whole: &'static str, some: &'static str, pages: &[usize]| match pages {
            [] => {}
            _ if is_one => self.say(whole, &[]),
            _ => self.say(some, &[("pages", &list(pages))]),
        };
        say("F114", "F114/pages", &inspected.blurred);
        if let Some((width, height)) = inspected.pixels
            && width.max(height) < MIN_LONG_SIDE
        {
            self.say("F115", &[("width", &width.to_string()), ("height", &height.to_string())]);
        }
    }

    /// What the pack asks of the material's files. The notice asks nothing; a later one, or an attachment, may.
    fn limits(&mut self, limits: &Limits) {
        if let Some(most) = limits.max_bytes
            && self.file.bytes > most
        {
            self.say("F119", &[("limit", &bytes(most)), ("found", &bytes(self.file.bytes))]);
        }
        if !limits.media_types.is_empty() && !limits.media_types.contains(&self.file.media_type) {
            let kinds = limits.media_types.iter().map(|m| Kind::label_of(m)).collect::<Vec<_>>().join("、");
            self.say("F119/kind", &[("limit", &kinds), ("found", Kind::label_of(&self.file.media_type))]);
        }
        let Some(inspected) = &self.file.inspected else { return };
        if let (Some((width, height)), Some((least_width, least_height))) =
            (inspected.pixels, limits.min_pixels)
            && (width < least_width || height < least_height)
        {
            let (limit, found) = (pixels(least_width, least_height), pixels(width, height));
            self.say("F119/pixels", &[("limit", &limit), ("found", &found)]);
        }
        if let (Some((width, height)), Some((across, down))) = (inspected.pixels, limits.proportion)
            && is_off(width * down, height * across)
        {
            let limit = format!("{across}∶{down}");
            self.say("F119/proportion", &[("limit", &limit), ("found", &pixels(width, height))]);
        }
        if let (Some(background), Some(colour)) = (limits.background, inspected.background)
            && !background.is_of(colour)
        {
            self.say("F119/background", &[("limit", background.label())]);
        }
    }
}

/// Looks for the entries in the text of a document.
fn search(input: &Input<'_>, file: &Attachment, inspected: &Inspected, raise: &mut Raise<'_, '_>) {
    let mut unreadable = Vec::new();
    for (field, lookup) in lookups(input.pack, input.application, file) {
        match lookup {
            Lookup::Found { .. } => {}
            Lookup::Inconclusive => unreadable.push(field.label.as_str()),
            Lookup::Missing => {
                let diagnostic = raise
                    .diagnostic("F117", &[("field", &field.label)])
                    .with_related(FieldPath::of_key(&field.id), field.label.clone());
                // A number may be printed in part only, and stands on a paper that need not show it.
                let is_shown = raise.material.shows.contains(&field.id);
                let severity = if is_shown { Severity::Warning } else { Severity::Advice };
                raise.found.push(diagnostic.at_most(severity));
            }
        }
    }
    if !unreadable.is_empty() {
        raise.say("F118", &[("fields", &unreadable.join("、"))]);
    }
    // A proof that is printed by an office's system is a text as a rule; what was scanned is for people to read.
    let is_scan = file.media_type == Kind::Pdf.media_type()
        && inspected.opening == Opening::Opened
        && inspected.pages.is_some()
        && !inspected.is_searchable();
    let shows_person = raise.material.shows.iter().any(|key| IDENTITY.contains(&key.as_str()));
    if is_scan && inspected.has_unreadable && shows_person {
        raise.say("F118/none", &[]);
    }
}

fn is_off(one: usize, other: usize) -> bool {
    one.abs_diff(other) * 1_000 > one.max(other) * PROPORTION_TOLERANCE
}

fn list(pages: &[usize]) -> String {
    pages.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

fn pixels(width: usize, height: usize) -> String {
    format!("{width}×{height}")
}

fn bytes(n: u64) -> String {
    if n < 1 << 20 { format!("{} KB", n.div_ceil(1 << 10)) } else { format!("{} MB", n.div_ceil(1 << 20)) }
}
