//! What a look into an attached file found, as the application keeps it. Facts without judgement, so that a check can
//! use them at any later time without the file.

use std::collections::BTreeMap;

use serde_json::{Map, json};

use super::{Answer, Application, Attachment, display};
use crate::domain::base::json::Value;
use crate::domain::base::text;
use crate::domain::pack::{Field, FieldKind, Pack};

/// The most characters of a file's text that are kept. A 参保证明 of three pages has some three thousand.
pub const MAX_TEXT_CHARS: usize = 20_000;
/// The most pages that are named as blank, black or blurred.
pub const MAX_PAGES: usize = 200;

/// The keys of a name and a number that every paper about the person bears.
pub const IDENTITY: [&str; 2] = ["person.name", "person.id_number"];

/// How far a file could be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Opening {
    /// It was, as far as its kind is looked into.
    #[default]
    Opened,
    /// Its end is missing.
    Truncated,
    /// It asks for a password.
    Locked,
    /// It cannot be read.
    Broken,
    /// It is larger or more complex than is looked into.
    TooLarge,
    /// Looking took too long or failed.
    Failed,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inspected {
    /// How far it could be opened.
    pub opening: Opening,
    /// Its pages; 1 for a picture, `None` where they are not counted.
    pub pages: Option<usize>,
    /// Width and height of a picture as it is seen, in pixels.
    pub pixels: Option<(usize, usize)>,
    /// What a picture says of its own resolution, in dots per inch.
    pub dpi: Option<usize>,
    /// Pages on which nothing stands, counted from 1.
    pub blank: Vec<usize>,
    /// Pages that are black all over, counted from 1.
    pub black: Vec<usize>,
    /// Pages that are pictures and not sharp, counted from 1.
    pub blurred: Vec<usize>,
    /// Whether it says where it was taken.
    pub has_location: bool,
    /// The colour behind the person on a picture: red, green and blue of its upper corners.
    pub background: Option<(u8, u8, u8)>,
    /// The text of a document, page by page; `None` for files without text, such as scans.
    pub text: Option<Vec<String>>,
    /// Whether some of its characters could not be read.
    pub has_unreadable: bool,
}

impl Opening {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Opened, Self::Truncated, Self::Locked, Self::Broken, Self::TooLarge, Self::Failed];

    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Truncated => "truncated",
            Self::Locked => "locked",
            Self::Broken => "broken",
            Self::TooLarge => "too_large",
            Self::Failed => "failed",
        }
    }
}

impl Inspected {
    /// As JSON: what is not there is left out.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("opening", json!(self.opening.as_str()));
        if let Some(pages) = self.pages {
            put("pages", json!(pages));
        }
        if let Some((width, height)) = self.pixels {
            put("pixels", json!([width, height]));
        }
        if let Some(dpi) = self.dpi {
            put("dpi", json!(dpi));
        }
        for (key, pages) in [("blank", &self.blank), ("black", &self.black), ("blurred", &self.blurred)] {
            if !pages.is_empty() {
                put(key, json!(pages));
            }
        }
        if self.has_location {
            put("location", json!(true));
        }
        if let Some((r, g, b)) = self.background {
            put("background", json!([r, g, b]));
        }
        if let Some(text) = &self.text {
            put("text", json!(text));
        }
        if self.has_unreadable {
            put("unreadable", json!(true));
        }
        Value::Object(object)
    }

    /// Reads what [`Inspected::to_value`] wrote; `None` where it is anything else.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        const KEYS: [&str; 11] = [
            "opening",
            "pages",
            "pixels",
            "dpi",
            "blank",
            "black",
            "blurred",
            "location",
            "background",
            "text",
            "unreadable",
        ];
        let object = value.as_object()?;
        if object.keys().any(|key| !KEYS.contains(&key.as_str())) {
            return None;
        }
        let fields: BTreeMap<&str, &Value> = object.iter().map(|(k, v)| (k.as_str(), v)).collect();
        let word = fields.get("opening")?.as_str()?;
        let flag = |key: &str| fields.get(key).map_or(Some(false), |v| v.as_bool());
        let count = |key: &str| fields.get(key).map_or(Some(None), |v| number(v).map(Some));
        let pages = |key: &str| fields.get(key).map_or(Some(Vec::new()), |v| numbers(v));
        let pixels = match pages("pixels")?.as_slice() {
            [] => None,
            [width, height] => Some((*width, *height)),
            _ => return None,
        };
        let background = match pages("background")?.as_slice() {
            [] => None,
            [r, g, b] => Some((byte(*r)?, byte(*g)?, byte(*b)?)),
            _ => return None,
        };
        let text = match fields.get("text") {
            None => None,
            Some(list) => {
                let list: Option<Vec<String>> =
                    list.as_array()?.iter().map(|page| page.as_str().map(str::to_owned)).collect();
                Some(list?)
            }
        };
        let n_chars: usize = text.iter().flatten().map(|page| page.chars().count()).sum();
        if n_chars > MAX_TEXT_CHARS {
            return None;
        }
        Some(Self {
            opening: Opening::ALL.into_iter().find(|o| o.as_str() == word)?,
            pages: count("pages")?,
            pixels,
            dpi: count("dpi")?,
            blank: pages("blank")?,
            black: pages("black")?,
            blurred: pages("blurred")?,
            has_location: flag("location")?,
            background,
            text,
            has_unreadable: flag("unreadable")?,
        })
    }

    /// Whether the file is a document that can be searched.
    #[must_use]
    pub fn is_searchable(&self) -> bool {
        self.text.as_ref().is_some_and(|pages| pages.iter().any(|page| !page.trim().is_empty()))
    }

    /// Page and line, counted from 1, where words stand first in the text. Width and case of letters, white space and
    /// line ends within the words make no difference.
    #[must_use]
    pub fn find(&self, words: &str) -> Option<(usize, usize)> {
        let wanted = searched(words);
        if wanted.is_empty() {
            return None;
        }
        self.text.iter().flatten().enumerate().find_map(|(page, text)| {
            let mut all = String::new();
            let mut starts = Vec::new();
            for line in text.lines() {
                starts.push(all.len());
                all.push_str(&searched(line));
            }
            let at = all.find(&wanted)?;
            // The last line that begins at or before the place; empty lines begin where the next one does.
            let line = starts.partition_point(|start| *start <= at);
            Some((page + 1, line))
        })
    }
}

/// Text as it is searched: without white space, in half width and capitals.
fn searched(text: &str) -> String {
    text::compact(&text::to_half_width(text)).to_uppercase()
}

fn number(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|n| usize::try_from(n).ok())
}

fn numbers(value: &Value) -> Option<Vec<usize>> {
    let list = value.as_array().filter(|list| list.len() <= MAX_PAGES)?;
    list.iter().map(number).collect()
}

fn byte(n: usize) -> Option<u8> {
    u8::try_from(n).ok()
}

/// What the search for one entry in a file's text came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// It stands there.
    Found {
        /// Page, counted from 1.
        page: usize,
        /// Line of the page, counted from 1.
        line: usize,
    },
    /// It does not.
    Missing,
    /// It was not found, but not all of the text can be read.
    Inconclusive,
}

/// Looks up in a file's text what its material should show, and name and number of the person on every paper that shows
/// the name. Empty for files without text; entries that are not made are left out.
#[must_use]
pub fn lookups<'a>(
    pack: &'a Pack,
    application: &'a Application,
    file: &Attachment,
) -> Vec<(&'a Field, Lookup)> {
    let (Some(material), Some(inspected)) = (pack.material(&file.material), &file.inspected) else {
        return Vec::new();
    };
    if !inspected.is_searchable() {
        return Vec::new();
    }
    let shows_person = material.shows.iter().any(|key| key == IDENTITY[0]);
    let is_wanted = |field: &Field| {
        let is_words = matches!(field.kind, FieldKind::Text | FieldKind::Identifier(_));
        is_words
            && (material.shows.contains(&field.id) || (shows_person && IDENTITY.contains(&field.id.as_str())))
    };
    pack.fields_for(&application.track)
        .filter(|field| is_wanted(field))
        .filter_map(|field| {
            let Answer::Given(value) = application.answer(&field.id) else { return None };
            let lookup = match inspected.find(&display::field_value(field, Some(value))) {
                Some((page, line)) => Lookup::Found { page, line },
                None if inspected.has_unreadable => Lookup::Inconclusive,
                None => Lookup::Missing,
            };
            Some((field, lookup))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_text(pages: &[&str]) -> Inspected {
        Inspected {
            text: Some(pages.iter().map(|page| (*page).to_owned()).collect()),
            ..Inspected::default()
        }
    }

    #[test]
    fn what_was_written_reads_the_same() {
        let all = Inspected {
            opening: Opening::Truncated,
            pages: Some(3),
            pixels: Some((1_200, 800)),
            dpi: Some(300),
            blank: vec![2],
            black: vec![3],
            blurred: vec![1],
            has_location: true,
            background: Some((255, 0, 7)),
            text: Some(vec!["甲".to_owned(), String::new()]),
            has_unreadable: true,
        };
        for inspected in [all, Inspected::default()] {
            assert_eq!(Inspected::from_value(&inspected.to_value()), Some(inspected));
        }
        for text in [
            r#"{"opening":"ajar"}"#,
            r#"{"opening":"opened","more":1}"#,
            r#"{"opening":"opened","pixels":[1]}"#,
            r#"{"opening":"opened","background":[1,2,256]}"#,
            r#"{"opening":"opened","pages":-1}"#,
            "[]",
        ] {
            assert_eq!(Inspected::from_value(&serde_json::from_str(text).unwrap()), None, "{text}");
        }
        let long = json!({ "opening": "opened", "text": ["长".repeat(MAX_TEXT_CHARS + 1)] });
        assert_eq!(Inspected::from_value(&long), None);
    }

    #[test]
    fn words_are_found_across_spaces_and_lines() {
        let found = of_text(&[
            "四川省社会保险\n个人参保证明",
            "姓 名：示例甲　证号 51070319850312001ｘ\n\n单位：甲公\n司",
        ]);
        assert_eq!(found.find("示例 甲"), Some((2, 1)));
        assert_eq!(found.find("51070319850312001X"), Some((2, 1)));
        assert_eq!(found.find("甲公司"), Some((2, 3)));
        assert_eq!(found.find("个人参保"), Some((1, 2)));
        assert_eq!(found.find("乙"), None);
        assert_eq!(found.find("  "), None);
        assert_eq!(Inspected::default().find("甲"), None);
    }
}
