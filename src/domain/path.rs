//! [`FieldPath`]: where in an application something stands, the same in findings, files and the page.

use std::fmt;

/// Names one value of an application: a key of its answers (`person.name`), a field of a list's member
/// (`resume.#r1.from`, the member by its own id so that moving it changes nothing), a material
/// (`materials.resident-id`), or the application's own `track` and `session`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(String);

/// The text is not a path: empty, too long, or with a segment that is not `[A-Za-z0-9_-]+`, `#` before a
/// member id apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("字段路径应由字母、数字、下划线和点组成")]
pub struct NotAPath;

/// The longest path that is read, in bytes.
pub const MAX_PATH_LEN: usize = 200;

impl FieldPath {
    /// Reads a path.
    ///
    /// # Errors
    /// [`NotAPath`] where the text has another form.
    pub fn parse(text: &str) -> Result<Self, NotAPath> {
        let is_path = !text.is_empty() && text.len() <= MAX_PATH_LEN && text.split('.').all(is_segment);
        if is_path { Ok(Self(text.to_owned())) } else { Err(NotAPath) }
    }

    /// The path of the answer `key`, which a pack has already checked.
    #[must_use]
    pub fn of_key(key: &str) -> Self {
        Self(key.to_owned())
    }

    /// The path of `field` in the member `id` of the list `list`.
    #[must_use]
    pub fn of_member(list: &str, id: &str, field: &str) -> Self {
        Self(format!("{list}.#{id}.{field}"))
    }

    /// The path of the material `id`.
    #[must_use]
    pub fn of_material(id: &str) -> Self {
        Self(format!("materials.{id}"))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The answer key that the path is in: for a list's member the list.
    #[must_use]
    pub fn key(&self) -> &str {
        self.0.split_once(".#").map_or(self.0.as_str(), |(list, _)| list)
    }

    /// List, member and field, where the path is in a list's member.
    #[must_use]
    pub fn member(&self) -> Option<(&str, &str, &str)> {
        let (list, rest) = self.0.split_once(".#")?;
        let (id, field) = rest.split_once('.')?;
        Some((list, id, field))
    }

    /// The material that the path names, if it names one.
    #[must_use]
    pub fn material(&self) -> Option<&str> {
        self.0.strip_prefix("materials.").map(|rest| rest.split('.').next().unwrap_or(rest))
    }
}

fn is_segment(segment: &str) -> bool {
    let body = segment.strip_prefix('#').unwrap_or(segment);
    !body.is_empty() && body.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_print_as_they_were_read() {
        for text in
            ["person.name", "resume.#r1.from", "materials.resident-id", "confirm.R50-examiner", "track"]
        {
            assert_eq!(FieldPath::parse(text).unwrap().to_string(), text);
        }
        for text in ["", ".", "a..b", "人", "a b", "#", "a/b"] {
            assert_eq!(FieldPath::parse(text), Err(NotAPath), "{text}");
        }
    }

    #[test]
    fn a_member_belongs_to_its_list() {
        assert_eq!(FieldPath::of_member("resume", "r1", "from").key(), "resume");
        assert_eq!(FieldPath::of_material("photo").material(), Some("photo"));
        assert_eq!(FieldPath::of_key("person.name").material(), None);
    }
}
