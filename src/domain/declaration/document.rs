//! The filled form as a neutral document: what stands where, whatever it is written as.

use crate::domain::media::qr::Code;

/// Side of one module of the code on paper, in hundredths of a millimetre: scanners at 200 dpi give it three pixels.
pub const MODULE: usize = 40;

/// A filled form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormDocument {
    /// Title.
    pub title: String,
    /// A line below it.
    pub subtitle: Option<String>,
    /// What the number is called: 填报码.
    pub number_label: String,
    /// The number.
    pub number: String,
    /// The code that says on the print what was printed; `None` where the entries do not fit into one.
    pub code: Option<Code>,
    /// Pack and day, in the foot.
    pub version_note: String,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Notes below the form.
    pub notes: Vec<String>,
}

/// A section of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Rows.
    pub rows: Vec<Row>,
    /// Beside how many of the first rows the photo (照片) has its cell; 0 for none.
    pub photo_rows: usize,
}

/// What stands in the photo's cell until there is one.
pub const PHOTO_WORDS: &str = "照片";

/// A row of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// One to three pairs of label and value on one line.
    Pairs(Vec<(String, String)>),
    /// A value across the line; may hold line ends.
    Wide {
        /// Label.
        label: String,
        /// Value.
        value: String,
    },
    /// A table with at least `min_rows` lines.
    Table {
        /// Label.
        label: String,
        /// Heads of the columns.
        columns: Vec<String>,
        /// Lines.
        rows: Vec<Vec<String>>,
        /// Lines that are drawn even when empty.
        min_rows: usize,
    },
    /// Room to sign and stamp.
    Signature {
        /// Label.
        label: String,
        /// What is signed.
        statement: String,
        /// Who signs.
        signer: String,
        /// Where the stamp goes.
        seal: Option<String>,
        /// The blank date.
        date: String,
    },
}
