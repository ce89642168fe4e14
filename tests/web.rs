//! Tests inside a browser: what is stored stays stored, and nothing newer is overwritten.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;

use precheck::app::Draft;
use precheck::app::job::{Job, Progress};
use precheck::domain::base::digest::{ContentDigest, hex};
use precheck::domain::base::json::Value;
use precheck::web::store::{self, StoreError};
use precheck::web::{clock, download, files, large};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A draft of its own for each test: the tests share one database.
fn draft(name: &str) -> Draft {
    let mut draft = Draft { id: clock::fresh_id(), revision: 1, ..Draft::default() };
    draft.application.answers.insert("person.name".to_owned(), Value::String(name.to_owned()));
    draft
}

#[wasm_bindgen_test]
async fn a_draft_is_read_as_it_was_saved() {
    let draft = draft("欧阳娜");
    store::save(&draft).await.unwrap();
    assert_eq!(store::load(&draft.id).await.unwrap(), Some(draft.clone()));
    let (heads, unreadable) = store::list().await.unwrap();
    assert!(heads.iter().any(|h| h.id == draft.id && h.title == "欧阳娜"));
    assert!(unreadable.is_empty());
    assert_eq!(store::load("nobody").await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_newer_state_is_never_overwritten() {
    let mut newer = draft("新");
    newer.revision = 5;
    store::save(&newer).await.unwrap();
    let older = Draft { revision: 4, name: "旧".to_owned(), ..newer.clone() };
    assert_eq!(store::save(&older).await, Err(StoreError::Conflict));
    let mut twin = newer.clone();
    twin.application.answers.insert("person.name".to_owned(), Value::String("另一个窗口".to_owned()));
    assert_eq!(store::save(&twin).await, Err(StoreError::Conflict));
    assert_eq!(store::load(&newer.id).await.unwrap(), Some(newer.clone()));
    store::save(&newer).await.unwrap();
}

#[wasm_bindgen_test]
async fn renaming_keeps_everything_else() {
    let draft = draft("甲");
    store::save(&draft).await.unwrap();
    store::rename(&draft.id, "三月班").await.unwrap();
    let renamed = store::load(&draft.id).await.unwrap().unwrap();
    assert_eq!(renamed.title(), "三月班");
    assert_eq!(renamed.application, draft.application);
    assert!(renamed.revision > draft.revision);
}

#[wasm_bindgen_test]
async fn deleting_takes_the_contents_along_and_nothing_else() {
    let (gone, kept) = (draft("走"), draft("留"));
    store::save(&gone).await.unwrap();
    store::save(&kept).await.unwrap();
    let blob = download::blob_of(b"content", "text/plain").unwrap();
    let (gone_key, kept_key) = (store::blob_key(&gone.id, None), store::blob_key(&kept.id, Some(7)));
    store::put_blob(&gone_key, &blob).await.unwrap();
    store::put_blob(&kept_key, &blob).await.unwrap();
    store::delete(&gone.id).await.unwrap();
    assert_eq!(store::load(&gone.id).await.unwrap(), None);
    assert!(store::get_blob(&gone_key).await.unwrap().is_none());
    let blob = store::get_blob(&kept_key).await.unwrap().unwrap();
    assert_eq!(files::bytes_of(&blob).await.unwrap(), b"content");
}

#[wasm_bindgen_test]
async fn only_old_contents_that_nothing_refers_to_are_cleared() {
    let mut draft = draft("乙");
    let blob = download::blob_of(b"x", "text/plain").unwrap();
    let (kept, orphan) = (store::blob_key(&draft.id, None), store::blob_key(&draft.id, None));
    store::put_blob(&kept, &blob).await.unwrap();
    store::put_blob(&orphan, &blob).await.unwrap();
    draft.blobs.push(kept.clone());
    store::save(&draft).await.unwrap();
    // Contents younger than the page may still be on their way into a draft.
    store::collect_garbage(1).await.unwrap();
    assert!(store::get_blob(&orphan).await.unwrap().is_some());
    store::collect_garbage(clock::now_ms() + 1).await.unwrap();
    assert!(store::get_blob(&orphan).await.unwrap().is_none());
    assert!(store::get_blob(&kept).await.unwrap().is_some());
}

/// What the worker says of a content: by the browser's SHA-256 up to some length, by ours beyond.
async fn digest_of(bytes: &[u8]) -> (Value, Vec<Progress>) {
    let blob = download::blob_of(bytes, "application/octet-stream").unwrap();
    let told = RefCell::new(Vec::new());
    let tell = |progress| told.borrow_mut().push(progress);
    let made = large::run(&Job::Digest, &[blob], &tell).await.unwrap().unwrap();
    (made.value, told.into_inner())
}

#[wasm_bindgen_test]
async fn a_content_is_read_to_its_digest_whatever_its_length() {
    for length in [0, 1, 15, 16, 17, 3_000_000, 12 << 20, (12 << 20) + 1, 17_000_003] {
        let bytes: Vec<u8> = (0..length).map(|i: u32| (i % 251) as u8).collect();
        let (said, told) = digest_of(&bytes).await;
        let digest = ContentDigest::of(&bytes);
        assert_eq!(said["bytes"], digest.bytes);
        assert_eq!(said["sha256"], digest.sha256_hex());
        assert_eq!(said["head"], hex(bytes.get(..16).unwrap_or(&bytes)));
        let last = told.last().copied().unwrap_or_default();
        assert_eq!((last.done, last.total), (digest.bytes, digest.bytes));
        assert!(told.is_sorted_by_key(|progress| progress.done), "{told:?}");
    }
}

#[wasm_bindgen_test]
fn a_key_tells_the_crc_of_its_content() {
    assert_eq!(store::crc32_of(&store::blob_key("a-b", Some(0x1234_abcd))), Some(0x1234_abcd));
    assert_eq!(store::crc32_of(&store::blob_key("a-b", None)), None);
    assert_eq!(store::crc32_of("other"), None);
}

#[wasm_bindgen_test]
async fn a_job_for_small_files_is_left_to_others() {
    assert!(large::run(&Job::StripLocation, &[], &|_| {}).await.is_none());
    assert!(large::run(&Job::Digest, &[], &|_| {}).await.unwrap().is_err());
}
