//! Changes that a person makes to an application.

use serde_json::Map;

use super::disposition::{Disposition, MAX_DISPOSITIONS, MAX_REASON_CHARS};
use super::inspected::Inspected;
use super::paper_reading::{PaperKind, PaperReading};
use super::{Application, Attachment};
use crate::domain::base::json::Value;
use crate::domain::path::FieldPath;

/// The most entries of one list (工作简历).
pub const MAX_MEMBERS: usize = 100;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Chooses the track; answers are kept.
    SetTrack(String),
    /// Chooses the session.
    SetSession(Option<String>),
    /// Sets an answer, or with `None` takes it back to "not answered".
    Set {
        /// The answer's key.
        key: String,
        /// The value.
        value: Option<Value>,
    },
    /// Adds an empty entry to a list.
    AddMember {
        /// The list's key.
        list: String,
    },
    /// Sets one field of an entry.
    SetMember {
        /// The list's key.
        list: String,
        /// The entry's id.
        id: String,
        /// The field.
        field: String,
        /// The value; `None` removes it.
        value: Option<Value>,
    },
    /// Puts an entry back where it was.
    InsertMember {
        /// The list's key.
        list: String,
        /// Its place; beyond the end is at the end.
        place: usize,
        /// The entry, with its id.
        entry: Value,
    },
    /// Removes an entry.
    RemoveMember {
        /// The list's key.
        list: String,
        /// The entry's id.
        id: String,
    },
    /// Moves an entry one place towards the head (`up`) or the end.
    MoveMember {
        /// The list's key.
        list: String,
        /// The entry's id.
        id: String,
        /// Towards the head.
        up: bool,
    },
    /// Adds a file.
    Attach(Attachment),
    /// Removes the file at that place.
    Detach(usize),
    /// Puts a file back where it was; beyond the end is at the end.
    Reattach(usize, Attachment),
    /// Puts another file in the place of that one.
    Replace(usize, Attachment),
    /// Notes what stands on the file at that place; `None` takes the note back.
    SetFact {
        /// Place among the attachments.
        attachment: usize,
        /// Key of the answer that it should agree with.
        key: String,
        /// What stands there.
        value: Option<Value>,
    },
    /// Notes what a look into the file at that place found; `None` takes the note back.
    SetInspected {
        /// Place among the attachments.
        attachment: usize,
        /// What it is by its content; `None` where that does not tell.
        media_type: Option<String>,
        /// What was found.
        inspected: Option<Inspected>,
    },
    /// Keeps what was read off a paper, in place of an earlier one of the same kind.
    SetReading(PaperReading),
    /// Drops what was read off papers of that kind.
    RemoveReading(PaperKind),
    /// Notes a warning, or why it is accepted, in place of what was noted of it before. Reasons are cut to
    /// [`MAX_REASON_CHARS`].
    SetDisposition(Disposition),
}

/// Why a change was not made. The application is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The entry or file that the change is about is gone.
    #[error("要修改的内容已不存在")]
    Gone,
    /// The list is full.
    #[error("最多 {MAX_MEMBERS} 条")]
    Full,
    /// The answer holds something that is not a list.
    #[error("该项内容不是列表，不能增减条目")]
    NotAList,
}

impl Edit {
    /// Sets what stands at `path`, an answer or a field of an entry; `None` takes it away.
    #[must_use]
    pub fn set_at(path: &FieldPath, value: Option<Value>) -> Self {
        match path.member() {
            Some((list, id, field)) => {
                Self::SetMember { list: list.to_owned(), id: id.to_owned(), field: field.to_owned(), value }
            }
            None => Self::Set { key: path.as_str().to_owned(), value },
        }
    }
}

impl Application {
    /// The change that takes `edit` back, to be asked for before it is made. It undoes that one change whatever else
    /// changes in between. `None` for additions, which are taken back by removing, and for what is not there.
    #[must_use]
    pub fn undo_of(&self, edit: &Edit) -> Option<Edit> {
        match edit {
            Edit::Set { key, .. } => {
                Some(Edit::Set { key: key.clone(), value: self.answers.get(key).cloned() })
            }
            Edit::SetMember { list, id, field, .. } => {
                let entry = self.members(list).find(|(known, _)| known == id)?.1;
                Some(Edit::SetMember {
                    list: list.clone(),
                    id: id.clone(),
                    field: field.clone(),
                    value: entry.get(field).cloned(),
                })
            }
            Edit::RemoveMember { list, id } => {
                let place = self.member_place(list, id).ok()?;
                let entry = self.answers.get(list)?.as_array()?.get(place)?.clone();
                Some(Edit::InsertMember { list: list.clone(), place, entry })
            }
            Edit::RemoveReading(kind) => {
                self.readings.iter().find(|r| r.kind == *kind).cloned().map(Edit::SetReading)
            }
            Edit::SetDisposition(said) => {
                let known = self.dispositions.iter().find(|known| known.is_about_the_same(said)).cloned();
                let without = || Disposition { reason: String::new(), ..said.clone() };
                Some(Edit::SetDisposition(known.unwrap_or_else(without)))
            }
            Edit::Detach(place) => Some(Edit::Reattach(*place, self.attachments.get(*place)?.clone())),
            Edit::Replace(place, _) => Some(Edit::Replace(*place, self.attachments.get(*place)?.clone())),
            _ => None,
        }
    }

    /// Makes the change.
    ///
    /// # Errors
    /// [`EditError`]; then nothing has changed.
    pub fn apply(&mut self, edit: Edit) -> Result<(), EditError> {
        match edit {
            Edit::SetTrack(track) => self.track = track,
            Edit::SetSession(session) => self.session = session,
            Edit::Set { key, value } => match value {
                Some(value) => {
                    self.answers.insert(key, value);
                }
                None => {
                    self.answers.remove(&key);
                }
            },
            Edit::AddMember { list } => {
                let id = self.free_member_id(&list);
                let entries = self.list_mut(&list)?;
                if entries.len() >= MAX_MEMBERS {
                    return Err(EditError::Full);
                }
                let mut entry = Map::new();
                entry.insert("id".to_owned(), Value::String(id));
                entries.push(Value::Object(entry));
            }
            Edit::SetMember { list, id, field, value } => {
                let entry = self.member_mut(&list, &id)?;
                match value {
                    Some(value) => entry.insert(field, value),
                    None => entry.remove(&field),
                };
            }
            Edit::InsertMember { list, place, entry } => {
                let entries = self.list_mut(&list)?;
                if entries.len() >= MAX_MEMBERS {
                    return Err(EditError::Full);
                }
                entries.insert(place.min(entries.len()), entry);
            }
            Edit::RemoveMember { list, id } => {
                let place = self.member_place(&list, &id)?;
                self.list_mut(&list)?.remove(place);
            }
            Edit::MoveMember { list, id, up } => {
                let place = self.member_place(&list, &id)?;
                let entries = self.list_mut(&list)?;
                let other =
                    if up { place.checked_sub(1) } else { Some(place + 1).filter(|p| *p < entries.len()) };
                if let Some(other) = other {
                    entries.swap(place, other);
                }
            }
            Edit::Attach(attachment) => self.attachments.push(attachment),
            Edit::Detach(place) => {
                if place >= self.attachments.len() {
                    return Err(EditError::Gone);
                }
                self.attachments.remove(place);
            }
            Edit::Reattach(place, attachment) => {
                let place = place.min(self.attachments.len());
                self.attachments.insert(place, attachment);
            }
            Edit::SetFact { attachment, key, value } => {
                let attachment = self.attachments.get_mut(attachment).ok_or(EditError::Gone)?;
                match value {
                    Some(value) => attachment.facts.insert(key, value),
                    None => attachment.facts.remove(&key),
                };
            }
            Edit::SetInspected { attachment, media_type, inspected } => {
                let attachment = self.attachments.get_mut(attachment).ok_or(EditError::Gone)?;
                attachment.inspected = inspected;
                if let Some(media_type) = media_type {
                    attachment.media_type = media_type;
                }
            }
            Edit::Replace(place, attachment) => {
                *self.attachments.get_mut(place).ok_or(EditError::Gone)? = attachment;
            }
            Edit::SetReading(reading) => {
                self.readings.retain(|known| known.kind != reading.kind);
                self.readings.push(reading);
                self.readings.sort_by_key(|reading| reading.kind);
            }
            Edit::RemoveReading(kind) => self.readings.retain(|known| known.kind != kind),
            Edit::SetDisposition(mut said) => {
                said.reason = said.reason.trim().chars().take(MAX_REASON_CHARS).collect();
                let is_full = self.dispositions.len() >= MAX_DISPOSITIONS;
                match self.dispositions.iter_mut().find(|known| known.is_about_the_same(&said)) {
                    Some(known) => *known = said,
                    None if is_full => return Err(EditError::Full),
                    None => self.dispositions.push(said),
                }
            }
        }
        Ok(())
    }

    /// The first of `r1`, `r2`, … that no entry of the list has; ids stay with their entries when others move or go.
    fn free_member_id(&self, list: &str) -> String {
        let taken = self
            .members(list)
            .filter_map(|(id, _)| id.strip_prefix('r').and_then(|n| n.parse::<u32>().ok()))
            .max()
            .unwrap_or(0);
        format!("r{}", taken.saturating_add(1))
    }

    fn list_mut(&mut self, key: &str) -> Result<&mut Vec<Value>, EditError> {
        let value = self.answers.entry(key.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        if value.is_null() {
            *value = Value::Array(Vec::new());
        }
        value.as_array_mut().ok_or(EditError::NotAList)
    }

    fn member_place(&self, list: &str, id: &str) -> Result<usize, EditError> {
        self.answers
            .get(list)
            .and_then(Value::as_array)
            .and_then(|entries| entries.iter().position(|e| e.get("id").and_then(Value::as_str) == Some(id)))
            .ok_or(EditError::Gone)
    }

    fn member_mut(&mut self, list: &str, id: &str) -> Result<&mut Map<String, Value>, EditError> {
        let place = self.member_place(list, id)?;
        self.list_mut(list)?.get_mut(place).and_then(Value::as_object_mut).ok_or(EditError::Gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(application: &Application) -> Vec<&str> {
        application.members("resume").map(|(id, _)| id).collect()
    }

    #[test]
    fn entries_keep_their_ids_when_others_move_or_go() {
        let mut application = Application::default();
        let list = || "resume".to_owned();
        for _ in 0..3 {
            application.apply(Edit::AddMember { list: list() }).unwrap();
        }
        application.apply(Edit::MoveMember { list: list(), id: "r3".to_owned(), up: true }).unwrap();
        assert_eq!(ids(&application), ["r1", "r3", "r2"]);
        application.apply(Edit::RemoveMember { list: list(), id: "r1".to_owned() }).unwrap();
        application.apply(Edit::AddMember { list: list() }).unwrap();
        assert_eq!(ids(&application), ["r3", "r2", "r4"]);
        application.apply(Edit::MoveMember { list: list(), id: "r3".to_owned(), up: true }).unwrap();
        assert_eq!(ids(&application), ["r3", "r2", "r4"]);
    }

    #[test]
    fn a_change_is_taken_back_whatever_changed_in_between() {
        let mut application = Application::default();
        let list = || "resume".to_owned();
        for _ in 0..3 {
            application.apply(Edit::AddMember { list: list() }).unwrap();
        }
        let unit = FieldPath::of_member("resume", "r2", "unit");
        application.apply(Edit::set_at(&unit, Some(Value::from("甲")))).unwrap();
        let before = application.clone();
        for edit in [
            Edit::RemoveMember { list: list(), id: "r2".to_owned() },
            Edit::set_at(&unit, Some(Value::from("乙"))),
            Edit::set_at(&unit, None),
            Edit::set_at(&FieldPath::of_key("person.name"), Some(Value::from("丙"))),
        ] {
            let mut changed = before.clone();
            let undo = changed.undo_of(&edit).unwrap();
            changed.apply(edit.clone()).unwrap();
            assert_ne!(changed, before);
            let key = "person.phone".to_owned();
            changed.apply(Edit::Set { key: key.clone(), value: Some(Value::from("1")) }).unwrap();
            changed.apply(undo).unwrap();
            changed.apply(Edit::Set { key, value: None }).unwrap();
            assert_eq!(changed, before, "{edit:?}");
        }
        assert_eq!(before.undo_of(&Edit::Detach(0)), None);
        assert_eq!(before.undo_of(&Edit::RemoveMember { list: list(), id: "r9".to_owned() }), None);
    }

    #[test]
    fn a_change_that_cannot_be_made_changes_nothing() {
        let mut application = Application::default();
        application.answers.insert("resume".to_owned(), Value::Bool(true));
        let before = application.clone();
        assert_eq!(
            application.apply(Edit::AddMember { list: "resume".to_owned() }),
            Err(EditError::NotAList)
        );
        assert_eq!(application.apply(Edit::Detach(0)), Err(EditError::Gone));
        assert_eq!(application, before);
    }
}
