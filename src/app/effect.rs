//! What the application asks of the browser.

use std::rc::Rc;

use chrono::NaiveDate;

use super::draft::Draft;
use crate::domain::bundle::package::Status;
use crate::domain::bundle::seal::SealKey;
use crate::domain::media::inspect::Question;
use crate::domain::pack::Pack;

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// List what is stored, and drop contents that no draft refers to.
    ListDrafts,
    /// Load a draft.
    LoadDraft {
        /// Its id.
        id: String,
    },
    /// Store a draft. A later request for the same draft may replace an earlier one that has not begun.
    SaveDraft {
        /// The draft.
        draft: Rc<Draft>,
    },
    /// Rename a draft that is not open.
    RenameDraft {
        /// Its id.
        id: String,
        /// Its new name.
        name: String,
    },
    /// Delete a draft and the contents of its attachments.
    DeleteDraft {
        /// Its id.
        id: String,
    },
    /// Ask the browser to keep the storage (on the person's first save).
    KeepStorage,
    /// Hand a file to the person.
    Download {
        /// Its name.
        file_name: String,
        /// Its media type.
        media_type: &'static str,
        /// Its content.
        bytes: Rc<[u8]>,
    },
    /// Open the browser's print dialog.
    Print,
    /// Make the submission bundle and hand it to the person.
    Export {
        /// The draft.
        draft: Rc<Draft>,
        /// The pack that it is judged by.
        pack: Rc<Pack>,
        /// The day on which it is judged.
        reference: NaiveDate,
        /// What the bundle is for.
        status: Status,
        /// What it is encrypted with.
        seal: Option<SealKey>,
    },
    /// Stop making the bundle.
    CancelExport,
    /// Hand the last bundle over once more.
    HandOver {
        /// To another program.
        share: bool,
    },
    /// Look into a stored file.
    Look {
        /// The draft's id.
        draft: String,
        /// SHA-256 of the content, in hexadecimal digits.
        sha256: String,
        /// The key of the content.
        blob: String,
        /// What is asked.
        question: Question,
    },
    /// Make a content without its location of a stored one.
    StripLocation {
        /// The draft's id.
        draft: String,
        /// Place among the attachments.
        place: usize,
        /// The key of the content.
        blob: String,
    },
    /// Read the stored packs, and which of them new drafts are begun with.
    ListPacks,
    /// Store a pack, so that drafts can be judged by it later.
    StorePack {
        /// The pack.
        pack: Rc<Pack>,
    },
    /// Note which pack new drafts are begun with.
    ChoosePack {
        /// Its key.
        key: String,
    },
    /// Let the waiting new version take over, then load the page anew.
    ActivateUpdate,
}
