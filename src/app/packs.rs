//! The rule packs on this device (规则包): the built-in one, and those that the person has opened, each with its
//! overlays. Stored as `precheck.stored-pack/1`, so that a draft can be judged by the pack it was begun with after the
//! program was updated.

use std::rc::Rc;

use serde_json::json;

use crate::domain::base::json::{self, Value};
use crate::domain::pack::{MAX_OVERLAY_BYTES, MAX_PACK_BYTES, OVERLAY_FORMAT, Overlay, Pack, parse_with};

/// The format of a stored pack.
const FORMAT: &str = "precheck.stored-pack/1";

/// The longest record that is read, in bytes; texts grow when they are written as JSON.
const MAX_RECORD_BYTES: usize = 4 * (MAX_PACK_BYTES + 8 * MAX_OVERLAY_BYTES);

/// The record of a pack for storage.
#[must_use]
pub fn to_record(pack: &Pack) -> String {
    let overlays: Vec<&str> = pack.overlays.iter().map(|o| o.text.as_str()).collect();
    json!({ "format": FORMAT, "text": pack.text, "overlays": overlays }).to_string()
}

/// Reads a record from storage; `None` where this version cannot read it.
#[must_use]
pub fn from_record(record: &str) -> Option<Pack> {
    let value = json::parse(record.as_bytes(), MAX_RECORD_BYTES).ok()?;
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return None;
    }
    let text = value.get("text")?.as_str()?;
    let overlays = value
        .get("overlays")?
        .as_array()?
        .iter()
        .map(|o| Overlay::parse(o.as_str()?.as_bytes()).ok())
        .collect::<Option<Vec<_>>>()?;
    parse_with(text.as_bytes(), &overlays).ok()
}

/// Reads a file that the person opened: a pack, or an overlay for one of those at hand.
///
/// # Errors
/// What is wrong, line by line; the packs at hand are as they were.
pub fn open(bytes: &[u8], packs: &Packs) -> Result<Pack, Vec<String>> {
    let words = |errors: Vec<crate::domain::pack::PackError>| {
        errors.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let head = bytes.get(..bytes.len().min(4_096)).unwrap_or_default();
    if String::from_utf8_lossy(head).contains(OVERLAY_FORMAT) {
        let overlay = Overlay::parse(bytes).map_err(words)?;
        let base = packs.with_text(overlay.base_sha256()).unwrap_or(&packs.built_in);
        return base.with_overlays(&[overlay]).map_err(words);
    }
    parse_with(bytes, &[]).map_err(words)
}

/// The packs at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packs {
    built_in: Rc<Pack>,
    others: Vec<Rc<Pack>>,
    /// The pack that new drafts are begun with.
    current: Rc<Pack>,
}

impl Packs {
    /// The built-in pack alone.
    #[must_use]
    pub fn new(built_in: Rc<Pack>) -> Self {
        Self { current: built_in.clone(), built_in, others: Vec::new() }
    }

    /// The pack that new drafts are begun with.
    #[must_use]
    pub fn current(&self) -> &Rc<Pack> {
        &self.current
    }

    /// The pack that this program brings.
    #[must_use]
    pub fn built_in(&self) -> &Rc<Pack> {
        &self.built_in
    }

    /// Whether the current pack is the built-in one.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.current == self.built_in
    }

    /// The pack of that key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Rc<Pack>> {
        self.all().find(|pack| pack.key() == key)
    }

    /// A pack with the text of that digest.
    fn with_text(&self, sha256: &str) -> Option<&Rc<Pack>> {
        self.all().find(|pack| pack.sha256 == sha256)
    }

    /// Every pack at hand.
    pub fn all(&self) -> impl Iterator<Item = &Rc<Pack>> {
        std::iter::once(&self.built_in).chain(&self.others)
    }

    /// Adds a pack if it is not there yet.
    pub fn add(&mut self, pack: Rc<Pack>) {
        if self.find(&pack.key()).is_none() {
            self.others.push(pack);
        }
    }

    /// Makes the pack of that key the current one; nothing changes where there is none.
    pub fn choose(&mut self, key: &str) {
        if let Some(pack) = self.find(key) {
            self.current = pack.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlaid() -> Pack {
        let pack = Pack::built_in().unwrap();
        let text = Overlay::write(
            &pack,
            "o",
            "附件1",
            "附件1",
            &[("annex1.examiner.years".to_owned(), "3".to_owned())],
            &["A1-examiner-years".to_owned()],
            &[],
        );
        open(text.as_bytes(), &Packs::new(Rc::new(pack))).unwrap()
    }

    #[test]
    fn a_record_reads_as_it_was_written() {
        let pack = overlaid();
        assert_eq!(from_record(&to_record(&pack)), Some(pack));
        assert_eq!(from_record("{}"), None);
        assert_eq!(from_record("not json"), None);
    }

    #[test]
    fn what_cannot_be_opened_is_said() {
        let pack = Pack::built_in().unwrap();
        let packs = Packs::new(Rc::new(pack.clone()));
        assert!(open(b"\xff", &packs).unwrap_err()[0].contains("UTF-8"));
        assert!(open(b"a = [", &packs).unwrap_err()[0].starts_with("第 1 行"));
        assert_eq!(open(pack.text.as_bytes(), &packs).unwrap(), pack);
    }

    #[test]
    fn packs_are_kept_once_and_chosen_by_key() {
        let built_in = Rc::new(Pack::built_in().unwrap());
        let mut packs = Packs::new(built_in.clone());
        packs.add(built_in.clone());
        let other = Rc::new(overlaid());
        packs.add(other.clone());
        packs.choose("nothing");
        assert!(packs.is_built_in());
        packs.choose(&other.key());
        assert_eq!(packs.current(), &other);
        assert_eq!(packs.built_in(), &built_in);
    }
}
