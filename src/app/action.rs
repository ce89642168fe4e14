//! Everything that can happen.

use std::rc::Rc;

use chrono::NaiveDate;

use super::draft::{Draft, DraftHead};
use super::job::Look;
use super::receipt::Receipt;
use super::state::{ExportState, OfflineState, StorageFacts, StorageProblem};
use crate::domain::base::json::Value;
use crate::domain::bundle::package::Status;
use crate::domain::bundle::seal::SealKey;
use crate::domain::case::paper_reading::PaperReading;
use crate::domain::case::{Attachment, Edit};
use crate::domain::media::inspect::Part;
use crate::domain::pack::Pack;
use crate::domain::path::FieldPath;

/// What was filled in on the pack page, from an official attachment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OverlayForm {
    /// Which attachment: title and number.
    pub source: String,
    /// Parameters and their values: a number, a period such as `P3Y`, an option.
    pub values: Vec<(String, String)>,
    /// Rules whose condition stands in parameters now, so that their tick is not needed any more.
    pub replaced: Vec<String>,
}

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The page is up; the day by the device's clock.
    Started {
        /// Today.
        today: NaiveDate,
    },
    /// The stored drafts are known.
    DraftsListed {
        /// What the list shows, newest first.
        drafts: Vec<DraftHead>,
        /// Records that could not be read, each with its reason.
        unreadable: Vec<String>,
    },
    /// The person begins a new draft.
    CreateDraft {
        /// An id that no draft has.
        id: String,
    },
    /// The address names a draft.
    OpenDraft {
        /// Its id.
        id: String,
    },
    /// A draft was read from storage; `None` when there is none of that id.
    DraftLoaded {
        /// The id that was asked for.
        id: String,
        /// The draft.
        draft: Option<Rc<Draft>>,
    },
    /// A draft was read from a file that the person chose.
    DraftImported {
        /// An id that no draft has.
        id: String,
        /// The draft.
        draft: Rc<Draft>,
    },
    /// The person leaves the draft.
    CloseDraft,
    /// The person gives a draft a name.
    RenameDraft {
        /// Its id.
        id: String,
        /// The name.
        name: String,
    },
    /// The person has confirmed that a draft is to go.
    DeleteDraft {
        /// Its id.
        id: String,
    },
    /// The draft is not on disk any more.
    DraftDeleted {
        /// Its id.
        id: String,
    },
    /// The person changes the open draft.
    Edit(Edit),
    /// The person lets the program put something right.
    Fix {
        /// Where.
        path: FieldPath,
        /// What is to stand there.
        value: Value,
        /// What it does, in words.
        title: String,
    },
    /// The person takes the last deletion or fix back.
    Undo,
    /// The person says on which day the application is to be judged.
    SetReference(Option<NaiveDate>),
    /// The content of a file was read and stored.
    FileStored {
        /// The draft it was added to.
        draft: String,
        /// What is known of the file.
        attachment: Attachment,
        /// The key of its content in storage.
        blob: String,
    },
    /// A file was looked into.
    Looked {
        /// The draft it belongs to.
        draft: String,
        /// SHA-256 of its content, in hexadecimal digits.
        sha256: String,
        /// What was found.
        look: Look,
    },
    /// The person says where on the file at that place the code is.
    LookAgain {
        /// Place among the attachments.
        place: usize,
        /// Where the code is.
        part: Part,
    },
    /// The person wants no location in the file at that place.
    StripLocation(usize),
    /// A file without its location was stored.
    LocationStripped {
        /// The draft it belongs to.
        draft: String,
        /// Place among the attachments.
        place: usize,
        /// The key of the content that it was made from.
        old: String,
        /// The key of its content.
        blob: String,
        /// Its size in bytes.
        bytes: u64,
        /// SHA-256 of its content, in hexadecimal digits.
        sha256: String,
    },
    /// A paper was read, to be compared with the entries.
    PaperRead {
        /// The draft it belongs to.
        draft: String,
        /// What stands on it.
        reading: PaperReading,
    },
    /// The person takes over for an entry what stands elsewhere.
    TakeOver {
        /// The field.
        path: FieldPath,
        /// What stands there.
        value: Value,
    },
    /// The person removes the attachment at that place.
    RemoveAttachment(usize),
    /// A save was asked for or has begun.
    SaveBegun,
    /// The draft is on disk.
    Saved {
        /// The draft.
        id: String,
        /// The revision on disk.
        revision: u64,
        /// When, on the clock: `10:32`.
        clock: String,
    },
    /// Storage did not do what was asked.
    StorageFailed(StorageProblem),
    /// What is known of the storage.
    StorageMeasured(StorageFacts),
    /// What is known of use without a network.
    Offline(OfflineState),
    /// The person lets the new version take over.
    ActivateUpdate,
    /// The person wants the draft as a file.
    DownloadDraft,
    /// The person wants to print.
    Print,
    /// The person wants the bundle, final or a draft of it.
    Export {
        /// What the bundle is for.
        status: Status,
        /// What it is encrypted with.
        seal: Option<SealKey>,
    },
    /// The bundle is being made.
    ExportProgressed(ExportState),
    /// The person does not want it any more.
    CancelExport,
    /// The person wants the bundle once more as a file, or handed to another program.
    HandOver {
        /// To another program.
        share: bool,
    },
    /// The bundle was made and handed over.
    Exported {
        /// The draft that it was made from.
        draft: String,
        /// What the person keeps of it.
        receipt: Receipt,
        /// Whether the device can hand it to another program.
        can_share: bool,
    },
    /// The bundle could not be made; why.
    ExportFailed(String),
    /// Nothing was made, as the person wished.
    ExportCancelled,
    /// A verified bundle was stored as a draft.
    BundleOpened {
        /// An id that no draft has.
        id: String,
        /// The draft.
        draft: Rc<Draft>,
        /// The pack that it was judged by; `None` where that is not at hand.
        pack: Option<Rc<Pack>>,
    },
    /// The person wants the receipt as a file.
    DownloadReceipt,
    /// The stored packs are known.
    PacksListed {
        /// Their records.
        records: Vec<String>,
        /// The key of the pack that new drafts are begun with.
        current: Option<String>,
    },
    /// The person opened a file on the pack page.
    PackOpened {
        /// Its name.
        name: String,
        /// Its content.
        bytes: Rc<[u8]>,
    },
    /// The person wants the values that were filled in to apply on this device.
    ApplyOverlay(OverlayForm),
    /// The person wants the values that were filled in as a file.
    DownloadOverlay(OverlayForm),
    /// The person goes back to the built-in pack.
    UseBuiltInPack,
    /// The person has the open draft judged by the current pack from now on.
    Rebind,
    /// Everything that was stored on the device is gone.
    Erased,
    /// Something is to be said to the person.
    Say(super::state::Notice),
    /// The person has read the notice.
    DismissNotice,
    /// The effects up to this number were taken over.
    Taken(u64),
}
