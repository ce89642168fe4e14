//! IndexedDB. Four stores: `drafts` (id → record), `blobs` (key → content), `packs` (key → record, and `current` → the
//! key of the pack that new drafts are begun with) and `blanks` (SHA-256 of a blank form → what was assigned on it). Every change is one transaction,
//! committed with strict durability: when it reports success, the bytes are on disk.
//!
//! The database is opened for each operation. That costs a few milliseconds, and survives browsers that close a
//! connection under memory pressure.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::pin::pin;

use futures_util::future::{Either, select, try_join_all};
use gloo_timers::future::TimeoutFuture;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error as IdbError, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use wasm_bindgen::JsCast;
use web_sys::Blob;

use crate::app::state::StorageProblem;
use crate::app::{Draft, DraftHead};

const NAME: &str = "precheck";
const DRAFTS: &str = "drafts";
const BLOBS: &str = "blobs";
const PACKS: &str = "packs";
const BLANKS: &str = "blanks";
const CURRENT: &str = "current";
/// How long deleting may take: a connection of another window closes within one operation.
const BLOCKED_MS: u32 = 10_000;

/// Why storage did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The browser does not let us store anything.
    #[error("storage refused")]
    Refused,
    /// No space.
    #[error("storage full")]
    Full,
    /// A newer state of the draft is stored already.
    #[error("a newer state is stored")]
    Conflict,
    /// Another window holds the database open.
    #[error("another window holds the database open")]
    Blocked,
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}

impl StoreError {
    /// The same for the person.
    #[must_use]
    pub fn problem(&self) -> StorageProblem {
        match self {
            Self::Refused => StorageProblem::Refused,
            Self::Full => StorageProblem::Full,
            Self::Conflict => StorageProblem::Conflict,
            Self::Blocked | Self::Failed(_) => StorageProblem::Failed,
        }
    }
}

impl From<IdbError> for StoreError {
    fn from(error: IdbError) -> Self {
        match &error {
            IdbError::DomException(DomException::Other(e)) if e.name() == "QuotaExceededError" => Self::Full,
            // A full disk aborts the transaction; the cause stands in its message.
            IdbError::DomException(e) if e.message().contains("Quota") || e.message().contains("disk") => {
                Self::Full
            }
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<OpenDbError> for StoreError {
    fn from(error: OpenDbError) -> Self {
        let words = error.to_string();
        if words.contains("Quota") { Self::Full } else { Self::Refused }
    }
}

type Result<T> = std::result::Result<T, StoreError>;

/// An open database that is closed when it is dropped: left open it would keep others from changing or deleting it until
/// the browser collects what is not used any more. Closing waits for what was begun.
struct Connection(Database);

impl Deref for Connection {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.0
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.clone().close();
    }
}

async fn open() -> Result<Connection> {
    let database = Database::open(NAME)
        .with_version(3_u8)
        .with_on_upgrade_needed(|event, db| {
            // Version 1 had no packs.
            if event.old_version() < 1.0 {
                db.create_object_store(DRAFTS).build()?;
                db.create_object_store(BLOBS).build()?;
            }
            if event.old_version() < 2.0 {
                db.create_object_store(PACKS).build()?;
            }
            // Version 2 had no blanks.
            db.create_object_store(BLANKS).build()?;
            Ok(())
        })
        .await?;
    Ok(Connection(database))
}

fn write<'a, const N: usize>(db: &'a Database, stores: [&'static str; N]) -> Result<Transaction<'a>> {
    let mut options = TransactionOptions::new();
    options.set_durability(TransactionDurability::Strict);
    Ok(db.transaction(stores).with_mode(TransactionMode::Readwrite).with_options(options).build()?)
}

/// Every stored draft, newest first, and the reasons for those that could not be read.
///
/// # Errors
/// [`StoreError`].
pub async fn list() -> Result<(Vec<DraftHead>, Vec<String>)> {
    let db = open().await?;
    let transaction = db.transaction(DRAFTS).build()?;
    let store = transaction.object_store(DRAFTS)?;
    let records: Vec<String> =
        store.get_all::<String>().primitive()?.await?.collect::<std::result::Result<_, _>>()?;
    let (mut heads, mut unreadable) = (Vec::new(), Vec::new());
    for record in records {
        match Draft::from_record(&record) {
            Ok(draft) => heads.push(draft.head()),
            Err(error) => unreadable.push(error.to_string()),
        }
    }
    heads.sort_by(|a, b| b.updated_ms.cmp(&a.updated_ms).then_with(|| a.id.cmp(&b.id)));
    Ok((heads, unreadable))
}

/// The records of every stored draft, as they are.
///
/// # Errors
/// [`StoreError`].
pub async fn records() -> Result<Vec<String>> {
    let db = open().await?;
    let transaction = db.transaction(DRAFTS).build()?;
    let store = transaction.object_store(DRAFTS)?;
    Ok(store.get_all::<String>().primitive()?.await?.collect::<std::result::Result<_, _>>()?)
}

/// Deletes the database with everything in it.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Blocked`] where another window holds it open for long. The browser then deletes it as
/// soon as that window is closed.
pub async fn erase() -> Result<()> {
    let deletion = pin!(Database::delete_by_name(NAME)?.into_future());
    match select(deletion, pin!(TimeoutFuture::new(BLOCKED_MS))).await {
        Either::Left((done, _)) => Ok(done?),
        Either::Right(_) => Err(StoreError::Blocked),
    }
}

/// The draft of that id.
///
/// # Errors
/// [`StoreError`]; a record that cannot be read is [`StoreError::Failed`].
pub async fn load(id: &str) -> Result<Option<Draft>> {
    let db = open().await?;
    let transaction = db.transaction(DRAFTS).build()?;
    let store = transaction.object_store(DRAFTS)?;
    let record: Option<String> = store.get(id).primitive()?.await?;
    record.map(|r| Draft::from_record(&r).map_err(|e| StoreError::Failed(e.to_string()))).transpose()
}

/// Stores a draft, unless a newer state of it is stored.
///
/// # Errors
/// [`StoreError`]; then what was stored before is still there.
pub async fn save(draft: &Draft) -> Result<()> {
    let db = open().await?;
    let transaction = write(&db, [DRAFTS, BLOBS])?;
    let store = transaction.object_store(DRAFTS)?;
    let stored: Option<String> = store.get(draft.id.as_str()).primitive()?.await?;
    let stored = stored.and_then(|r| Draft::from_record(&r).ok());
    if stored.is_some_and(|s| {
        s.revision > draft.revision || (s.revision == draft.revision && s.application != draft.application)
    }) {
        return Err(StoreError::Conflict);
    }
    store.put(draft.to_record()).with_key(draft.id.as_str()).primitive()?.await?;
    transaction.commit().await?;
    Ok(())
}

/// Gives a stored draft another name.
///
/// # Errors
/// [`StoreError`].
pub async fn rename(id: &str, name: &str) -> Result<()> {
    if let Some(mut draft) = load(id).await? {
        draft.name = name.to_owned();
        draft.revision += 1;
        save(&draft).await?;
    }
    Ok(())
}

/// Deletes a draft and the contents of its attachments.
///
/// # Errors
/// [`StoreError`]; then nothing was deleted.
pub async fn delete(id: &str) -> Result<()> {
    let db = open().await?;
    let transaction = write(&db, [DRAFTS, BLOBS])?;
    transaction.object_store(DRAFTS)?.delete(id).primitive()?.await?;
    let blobs = transaction.object_store(BLOBS)?;
    let keys: Vec<String> =
        blobs.get_all_keys::<String>().primitive()?.await?.collect::<std::result::Result<_, _>>()?;
    let own = format!("{id}/");
    for key in keys.iter().filter(|k| k.starts_with(&own)) {
        blobs.delete(key.as_str()).primitive()?.await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The records of every stored pack, and the key of the current one.
///
/// # Errors
/// [`StoreError`].
pub async fn packs() -> Result<(Vec<String>, Option<String>)> {
    let db = open().await?;
    let transaction = db.transaction(PACKS).build()?;
    let store = transaction.object_store(PACKS)?;
    let current: Option<String> = store.get(CURRENT).primitive()?.await?;
    let records: Vec<String> =
        store.get_all::<String>().primitive()?.await?.collect::<std::result::Result<_, _>>()?;
    Ok((records.into_iter().filter(|r| Some(r) != current.as_ref()).collect(), current))
}

/// Stores the record of a pack.
///
/// # Errors
/// [`StoreError`].
pub async fn put_pack(key: &str, record: &str) -> Result<()> {
    let db = open().await?;
    let transaction = write(&db, [PACKS])?;
    transaction.object_store(PACKS)?.put(record).with_key(key).primitive()?.await?;
    transaction.commit().await?;
    Ok(())
}

/// Notes which pack new drafts are begun with.
///
/// # Errors
/// [`StoreError`].
pub async fn choose_pack(key: &str) -> Result<()> {
    put_pack(CURRENT, key).await
}

/// What was assigned by hand on the blank form with that digest.
///
/// # Errors
/// [`StoreError`].
pub async fn blank(sha256: &str) -> Result<Option<String>> {
    let db = open().await?;
    let transaction = db.transaction(BLANKS).build()?;
    Ok(transaction.object_store(BLANKS)?.get(sha256).primitive()?.await?)
}

/// Keeps what was assigned by hand on the blank form with that digest.
///
/// # Errors
/// [`StoreError`].
pub async fn put_blank(sha256: &str, record: &str) -> Result<()> {
    let db = open().await?;
    let transaction = write(&db, [BLANKS])?;
    transaction.object_store(BLANKS)?.put(record).with_key(sha256).primitive()?.await?;
    transaction.commit().await?;
    Ok(())
}

/// Stores a content.
///
/// # Errors
/// [`StoreError`].
pub async fn put_blob(key: &str, blob: &Blob) -> Result<()> {
    let db = open().await?;
    let transaction = write(&db, [DRAFTS, BLOBS])?;
    let value: js_sys::Object = blob.clone().unchecked_into();
    transaction.object_store(BLOBS)?.put(value).with_key(key).primitive()?.await?;
    transaction.commit().await?;
    Ok(())
}

/// The content of that key.
///
/// # Errors
/// [`StoreError`].
pub async fn get_blob(key: &str) -> Result<Option<Blob>> {
    let db = open().await?;
    let transaction = db.transaction(BLOBS).build()?;
    let value: Option<js_sys::Object> = transaction.object_store(BLOBS)?.get(key).primitive()?.await?;
    Ok(value.and_then(|v| v.dyn_into::<Blob>().ok()))
}

/// The contents of those keys, in their order; `None` where one is not there.
///
/// # Errors
/// [`StoreError`].
pub async fn get_blobs(keys: &[String]) -> Result<Vec<Option<Blob>>> {
    let db = open().await?;
    let transaction = db.transaction(BLOBS).build()?;
    let store = transaction.object_store(BLOBS)?;
    // Asked for all at once: one way there and back instead of as many as there are files.
    let requests = keys
        .iter()
        .map(|key| Ok(store.get::<js_sys::Object, _, _>(key.as_str()).primitive()?))
        .collect::<Result<Vec<_>>>()?;
    let found = try_join_all(requests.into_iter().map(IntoFuture::into_future)).await?;
    Ok(found.into_iter().map(|value| value.and_then(|v| v.dyn_into::<Blob>().ok())).collect())
}

/// Deletes contents that no draft refers to and that were stored before `before_ms`: what a crash between storing a
/// file and noting it in the draft leaves behind.
///
/// # Errors
/// [`StoreError`].
pub async fn collect_garbage(before_ms: u64) -> Result<usize> {
    let db = open().await?;
    let transaction = write(&db, [DRAFTS, BLOBS])?;
    let records: Vec<String> = transaction
        .object_store(DRAFTS)?
        .get_all::<String>()
        .primitive()?
        .await?
        .collect::<std::result::Result<_, _>>()?;
    let drafts: Vec<Draft> = match records.iter().map(|r| Draft::from_record(r)).collect() {
        Ok(drafts) => drafts,
        // A record that this version cannot read may refer to anything.
        Err(_) => return Ok(0),
    };
    let kept: BTreeSet<&str> = drafts.iter().flat_map(|d| d.blobs.iter().map(String::as_str)).collect();
    let blobs = transaction.object_store(BLOBS)?;
    let keys: Vec<String> =
        blobs.get_all_keys::<String>().primitive()?.await?.collect::<std::result::Result<_, _>>()?;
    let mut n_deleted = 0;
    for key in keys.iter().filter(|k| !kept.contains(k.as_str()) && stored_ms(k) < before_ms) {
        blobs.delete(key.as_str()).primitive()?.await?;
        n_deleted += 1;
    }
    transaction.commit().await?;
    Ok(n_deleted)
}

/// A fresh key for a content of the draft; it tells when it was made, and the content's CRC-32 where that is known:
/// whoever finds the content's SHA-256 unchanged need not count it again.
#[must_use]
pub fn blob_key(draft: &str, crc32: Option<u32>) -> String {
    let crc32 = crc32.map(|crc32| format!("-{crc32:08x}")).unwrap_or_default();
    format!("{draft}/{}{crc32}", super::clock::fresh_id())
}

/// The CRC-32 that a key tells of its content.
#[must_use]
pub fn crc32_of(key: &str) -> Option<u32> {
    let (_, id) = key.rsplit_once('/')?;
    u32::from_str_radix(id.splitn(3, '-').nth(2)?, 16).ok()
}

/// When the key was made, in milliseconds since 1970; keys of another make are taken for new.
fn stored_ms(key: &str) -> u64 {
    key.rsplit_once('/')
        .and_then(|(_, id)| id.split_once('-'))
        .and_then(|(ms, _)| u64::from_str_radix(ms, 16).ok())
        .unwrap_or(u64::MAX)
}
