//! What can be wrong with a pack or an overlay, each with its place.

use std::fmt;

/// Where in the pack's text something stands; line and column count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第 {} 行第 {} 列", self.line, self.column)
    }
}

/// What is wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Larger than is read.
    #[error("文件有 {found} 字节，超过上限 {limit} 字节")]
    TooLarge {
        /// Size in bytes.
        found: usize,
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// Not UTF-8 from that byte on.
    #[error("第 {at} 字节起不是 UTF-8 编码")]
    NotUtf8 {
        /// Offset of the first wrong byte.
        at: usize,
    },
    /// Not TOML, a key that the format does not know, a key that is missing or twice; the words are the TOML
    /// reader's own.
    #[error("{place}：{reason}")]
    Shape {
        /// Where.
        place: Place,
        /// What, in the reader's words.
        reason: String,
    },
    /// Another format, or a newer one.
    #[error("{place}：格式是“{found}”，本程序只读 {expected}")]
    Format {
        /// Where.
        place: Place,
        /// The format named there.
        found: String,
        /// The format that is read.
        expected: &'static str,
    },
    /// An id or word that nothing in the pack or the format defines.
    #[error("{place}：{what}“{found}”没有定义")]
    Unknown {
        /// Where.
        place: Place,
        /// What kind of thing is named.
        what: &'static str,
        /// The id or word.
        found: String,
    },
    /// An id is taken, or differs from a taken one only by letter case.
    #[error("{place}：{what}“{found}”重复")]
    Duplicate {
        /// Where.
        place: Place,
        /// What kind of thing is named.
        what: &'static str,
        /// The id.
        found: String,
    },
    /// An id that files and addresses cannot carry.
    #[error("{place}：编号“{found}”只能用字母、数字、点、下划线和连字符")]
    BadId {
        /// Where.
        place: Place,
        /// The id.
        found: String,
    },
    /// A date that is not `YYYY-MM-DD` or does not exist.
    #[error("{place}：“{found}”不是存在的日期，格式应为 2026-02-05")]
    BadDate {
        /// Where.
        place: Place,
        /// The text.
        found: String,
    },
    /// Anything else that cannot mean what it says.
    #[error("{place}：{reason}")]
    Meaning {
        /// Where.
        place: Place,
        /// What.
        reason: String,
    },
    /// What of an overlay does not fit the pack.
    #[error("补充包{place}：{reason}")]
    Overlay {
        /// Where in the overlay.
        place: Place,
        /// What.
        reason: String,
    },
}

impl PackError {
    /// Where in the pack or overlay; `None` where the file as a whole cannot be read.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::TooLarge { .. } | Self::NotUtf8 { .. } => None,
            Self::Shape { place, .. }
            | Self::Format { place, .. }
            | Self::Unknown { place, .. }
            | Self::Duplicate { place, .. }
            | Self::BadId { place, .. }
            | Self::BadDate { place, .. }
            | Self::Meaning { place, .. }
            | Self::Overlay { place, .. } => Some(*place),
        }
    }
}
