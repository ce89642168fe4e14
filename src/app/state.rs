//! The application's state.

use std::rc::Rc;

use chrono::NaiveDate;

use super::draft::{Draft, DraftHead};
use super::effect::Effect;
use super::job::Progress;
use super::packs::Packs;
use super::receipt::Receipt;
use crate::domain::case::Edit;
use crate::domain::guide::{Assessment, assess};
use crate::domain::pack::Pack;
use crate::domain::path::FieldPath;

/// Everything that the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct AppState {
    /// Today, by the device.
    pub today: NaiveDate,
    /// The rule packs.
    pub packs: Rc<Packs>,
    /// What was wrong with the pack or overlay that was opened last, line by line.
    pub pack_errors: Rc<Vec<String>>,
    /// The stored drafts; `None` until they are known.
    pub drafts: Option<Rc<Vec<DraftHead>>>,
    /// The open draft.
    pub open: Open,
    /// What the person may take back.
    pub undo: Option<Rc<Undo>>,
    /// How far saving has come.
    pub save: SaveState,
    /// What is to be said to the person.
    pub notice: Option<Notice>,
    /// What is wrong with the storage, for as long as it lasts.
    pub storage_problem: Option<StorageProblem>,
    /// What is known of the storage.
    pub storage: Option<StorageFacts>,
    /// Use without a network.
    pub offline: OfflineState,
    /// How far the export has come.
    pub export: ExportState,
    /// Requests to the browser that were not taken over yet, each with its number.
    pub outbox: Rc<Vec<(u64, Effect)>>,
    /// The number of the next request.
    pub next_effect: u64,
}

/// A change of the open draft that the person may take back: a deletion, or something filled in for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// The draft's id.
    pub draft: String,
    /// What was done, in words.
    pub text: String,
    /// Where, so that it can be offered there: a path of the form, the key of a list, or a material.
    pub at: FieldPath,
    /// The change that takes it back.
    pub edit: Edit,
    /// The key of the removed file's content.
    pub blob: Option<String>,
}

/// The open draft.
#[derive(Debug, Clone, PartialEq)]
pub enum Open {
    /// None.
    Nothing,
    /// It is being read.
    Loading {
        /// Its id.
        id: String,
    },
    /// There is none of that id.
    Missing {
        /// The id.
        id: String,
    },
    /// It is here.
    Ready {
        /// The draft.
        draft: Rc<Draft>,
        /// The pack that it is judged by.
        pack: Rc<Pack>,
        /// What the domain says of it.
        assessment: Rc<Assessment>,
    },
}

/// How far saving has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing was changed since it was opened.
    Unchanged,
    /// On its way.
    Saving,
    /// On disk.
    Saved {
        /// When, on the clock.
        clock: String,
    },
    /// Not on disk.
    Failed,
}

/// What went wrong with the storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageProblem {
    /// The browser does not let us store anything (private window, blocked).
    Refused,
    /// The disk or the site's share of it is full.
    Full,
    /// Another window stored a newer state of the same draft.
    Conflict,
    /// Anything else.
    Failed,
}

/// What is known of the storage, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StorageFacts {
    /// In use.
    pub used: u64,
    /// Allowed.
    pub quota: u64,
    /// Whether the browser has promised not to clear it by itself.
    pub is_persistent: bool,
}

/// Use without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfflineState {
    /// Not known yet.
    Preparing,
    /// All files are on the device.
    Ready,
    /// A newer version is on the device and waits.
    UpdateWaiting,
    /// This browser or address cannot.
    Unsupported,
}

/// How far the export has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportState {
    /// Not asked for.
    Idle,
    /// On its way: the attachments are being read.
    Running {
        /// How far.
        progress: Progress,
        /// How long it will take still, in seconds; `None` while that cannot be told.
        seconds_left: Option<u64>,
    },
    /// On its way: the file is being written where the person wants it.
    Writing,
    /// Done.
    Done {
        /// What the person keeps of it; the draft keeps it, too.
        receipt: Rc<Receipt>,
        /// Whether the device can hand it to another program.
        can_share: bool,
    },
    /// The person did not want it any more.
    Cancelled,
    /// Not done; why.
    Failed(String),
}

impl ExportState {
    /// At the beginning.
    pub const BEGUN: Self = Self::Running { progress: Progress { done: 0, total: 0 }, seconds_left: None };

    /// Whether it is on its way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. } | Self::Writing)
    }
}

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whether something went wrong.
    pub is_error: bool,
    /// The words.
    pub text: String,
}

impl AppState {
    /// The state before anything is known but the day and the pack.
    #[must_use]
    pub fn new(pack: Rc<Pack>, today: NaiveDate) -> Self {
        Self {
            today,
            packs: Rc::new(Packs::new(pack)),
            pack_errors: Rc::default(),
            drafts: None,
            open: Open::Nothing,
            undo: None,
            save: SaveState::Unchanged,
            notice: None,
            storage_problem: None,
            storage: None,
            offline: OfflineState::Preparing,
            export: ExportState::Idle,
            outbox: Rc::new(Vec::new()),
            next_effect: 1,
        }
    }

    /// The pack that new drafts are begun with.
    #[must_use]
    pub fn pack(&self) -> &Rc<Pack> {
        self.packs.current()
    }

    /// The pack that a draft was begun with; the current one where that is not at hand.
    #[must_use]
    pub fn pack_of(&self, draft: &Draft) -> &Rc<Pack> {
        self.packs.find(&draft.pack_key).unwrap_or_else(|| self.packs.current())
    }

    /// The open draft.
    #[must_use]
    pub fn draft(&self) -> Option<&Rc<Draft>> {
        if let Open::Ready { draft, .. } = &self.open { Some(draft) } else { None }
    }

    /// What the domain says of the open draft.
    #[must_use]
    pub fn assessment(&self) -> Option<&Rc<Assessment>> {
        if let Open::Ready { assessment, .. } = &self.open { Some(assessment) } else { None }
    }

    /// The day on which a draft is judged.
    #[must_use]
    pub fn reference(&self, draft: &Draft) -> NaiveDate {
        draft.reference.unwrap_or(self.today)
    }

    pub(super) fn open_draft(&mut self, draft: Draft) {
        let pack = self.pack_of(&draft).clone();
        let assessment = Rc::new(assess(&pack, &draft.application, self.reference(&draft)));
        self.open = Open::Ready { draft: Rc::new(draft), pack, assessment };
    }

    pub(super) fn ask(&mut self, effect: Effect) {
        Rc::make_mut(&mut self.outbox).push((self.next_effect, effect));
        self.next_effect += 1;
    }
}

impl StorageProblem {
    /// What is safe, what is not, and what to do.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Refused => {
                "浏览器不让本页保存内容（可能是无痕窗口或禁用了存储）。现在填的内容只在这个窗口里，关闭就会丢失：下载草稿，或换普通窗口。"
            }
            Self::Full => {
                "磁盘空间或本站可用空间已满，最近的修改没有存下。之前保存的内容完好：下载草稿，再删除不用的草稿或清理磁盘。"
            }
            Self::Conflict => {
                "这份草稿在另一个窗口里有更新的修改，本窗口的修改没有存下，以免覆盖。下载草稿留底，再重新打开。"
            }
            Self::Failed => "保存没有成功，最近的修改只在这个窗口里。下载草稿留底，再重新打开本页。",
        }
    }
}
