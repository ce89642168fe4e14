//! Runs effects. Saves of one draft never overlap: while one is under way the newest state waits, older ones are
//! skipped.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::StorageManager;

use super::export::Order;
use super::files::Send;
use super::store::{self, StoreError};
use super::{clock, download, export, files, worker_registration};
use crate::app::state::{Notice, StorageFacts};
use crate::app::{Action, Draft, Effect, packs};

/// Runs effects and reports what they came to.
#[derive(Clone)]
pub struct Runner {
    send: Send,
    started_ms: u64,
    saving: Rc<RefCell<Saving>>,
}

#[derive(Default)]
struct Saving {
    is_busy: bool,
    waiting: Option<Rc<Draft>>,
    /// A draft of which another window has a newer state: it is not saved any more from here.
    lost: Option<String>,
}

impl Runner {
    /// A runner that reports by `send`.
    #[must_use]
    pub fn new(send: Send) -> Self {
        Self { send, started_ms: clock::now_ms(), saving: Rc::default() }
    }

    /// Runs one effect.
    pub fn run(&self, effect: Effect) {
        let this = self.clone();
        match effect {
            Effect::SaveDraft { draft } => self.save(draft),
            Effect::ListDrafts => spawn_local(async move { this.list().await }),
            Effect::LoadDraft { id } => spawn_local(async move { this.load(id).await }),
            Effect::RenameDraft { id, name } => spawn_local(async move {
                let done = store::rename(&id, &name).await;
                this.report(done);
            }),
            Effect::DeleteDraft { id } => spawn_local(async move {
                let done = store::delete(&id).await;
                // Where nothing is stored, nothing is left to delete.
                if matches!(done, Ok(()) | Err(StoreError::Refused)) {
                    (this.send)(Action::DraftDeleted { id });
                }
                this.report(done);
                this.measure().await;
            }),
            Effect::KeepStorage => spawn_local(async move {
                if let Some(storage) = storage_manager()
                    && let Ok(promise) = storage.persist()
                {
                    // A refusal is a fact, not an error: it shows in what is measured next.
                    let _ = JsFuture::from(promise).await;
                }
                this.measure().await;
            }),
            Effect::Download { file_name, media_type, bytes } => {
                let done = download::blob_of(&bytes, media_type)
                    .and_then(|blob| download::download(&blob, &file_name));
                if done.is_err() {
                    self.say_error("浏览器没有让文件下载，检查下载权限后再试");
                }
            }
            Effect::Print => {
                let printed = web_sys::window().ok_or(JsValue::NULL).and_then(|w| w.print());
                if printed.is_err() {
                    self.say_error("浏览器没有打开打印窗口，用浏览器菜单里的“打印”");
                }
            }
            Effect::ListPacks => spawn_local(async move {
                match store::packs().await {
                    Ok((records, current)) => (this.send)(Action::PacksListed { records, current }),
                    Err(error) => (this.send)(Action::StorageFailed(error.problem())),
                }
            }),
            Effect::StorePack { pack } => spawn_local(async move {
                let done = store::put_pack(&pack.key(), &packs::to_record(&pack)).await;
                this.report(done);
            }),
            Effect::ChoosePack { key } => spawn_local(async move {
                let done = store::choose_pack(&key).await;
                this.report(done);
            }),
            Effect::Export { draft, pack, reference, status, seal } => {
                spawn_local(export::export(
                    Order { draft, pack, reference, status, seal },
                    self.send.clone(),
                ));
            }
            Effect::CancelExport => export::cancel(),
            Effect::HandOver { share } => spawn_local(export::hand_over(share, self.send.clone())),
            Effect::Look { draft, sha256, blob, question } => {
                spawn_local(files::look_at_stored(draft, sha256, blob, question, self.send.clone()));
            }
            Effect::StripLocation { draft, place, blob } => {
                spawn_local(files::strip_location(draft, place, blob, self.send.clone()));
            }
            Effect::ActivateUpdate => worker_registration::activate_update(),
        }
    }

    fn save(&self, draft: Rc<Draft>) {
        let mut saving = self.saving.borrow_mut();
        if saving.lost.as_ref() == Some(&draft.id) {
            return;
        }
        // A waiting state of another draft must not be skipped: it is saved on its own.
        if let Some(other) = saving.waiting.take_if(|w| w.id != draft.id) {
            let this = self.clone();
            spawn_local(async move { this.save_now(&other).await });
        }
        saving.waiting = Some(draft);
        if !saving.is_busy {
            saving.is_busy = true;
            let this = self.clone();
            spawn_local(async move { this.save_waiting().await });
        }
    }

    async fn save_waiting(&self) {
        // The page is drawn first; what is typed meanwhile is saved along.
        TimeoutFuture::new(0).await;
        loop {
            let next = self.saving.borrow_mut().waiting.take();
            let Some(draft) = next else {
                self.saving.borrow_mut().is_busy = false;
                return;
            };
            self.save_now(&draft).await;
        }
    }

    async fn save_now(&self, draft: &Draft) {
        let at_ms = clock::now_ms();
        let draft = Draft { updated_ms: at_ms, ..draft.clone() };
        match store::save(&draft).await {
            Ok(()) => (self.send)(Action::Saved {
                id: draft.id.clone(),
                revision: draft.revision,
                clock: clock::time_of_day(),
            }),
            Err(error) => {
                if error == StoreError::Conflict {
                    self.saving.borrow_mut().lost = Some(draft.id);
                }
                (self.send)(Action::StorageFailed(error.problem()));
            }
        }
    }

    async fn list(&self) {
        match store::list().await {
            Ok((drafts, unreadable)) => (self.send)(Action::DraftsListed { drafts, unreadable }),
            Err(error) => return (self.send)(Action::StorageFailed(error.problem())),
        }
        // What cannot be cleared now is cleared another time.
        let _ = store::collect_garbage(self.started_ms).await;
        self.measure().await;
    }

    async fn load(&self, id: String) {
        self.saving.borrow_mut().lost = None;
        match store::load(&id).await {
            Ok(draft) => (self.send)(Action::DraftLoaded { id, draft: draft.map(Rc::new) }),
            Err(StoreError::Failed(reason)) => {
                self.say_error(&format!("草稿没有打开：{reason}"));
                (self.send)(Action::DraftLoaded { id, draft: None });
            }
            Err(error) => (self.send)(Action::StorageFailed(error.problem())),
        }
    }

    async fn measure(&self) {
        let Some(storage) = storage_manager() else { return };
        let number = |value: &JsValue, key: &str| {
            js_sys::Reflect::get(value, &key.into()).ok().and_then(|v| v.as_f64()).unwrap_or(0.0)
        };
        let estimate = match storage.estimate() {
            Ok(promise) => JsFuture::from(promise).await.unwrap_or_default(),
            Err(_) => return,
        };
        let is_persistent = match storage.persisted() {
            Ok(promise) => JsFuture::from(promise).await.is_ok_and(|v| v.is_truthy()),
            Err(_) => false,
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let facts = StorageFacts {
            used: number(&estimate, "usage") as u64,
            quota: number(&estimate, "quota") as u64,
            is_persistent,
        };
        (self.send)(Action::StorageMeasured(facts));
    }

    fn report(&self, done: Result<(), StoreError>) {
        if let Err(error) = done {
            (self.send)(Action::StorageFailed(error.problem()));
        }
    }

    fn say_error(&self, text: &str) {
        (self.send)(Action::Say(Notice { is_error: true, text: text.to_owned() }));
    }
}

/// The browser's storage manager; absent on addresses that are not secure.
fn storage_manager() -> Option<StorageManager> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let storage = js_sys::Reflect::get(&navigator, &"storage".into()).ok()?;
    if storage.is_undefined() { None } else { Some(wasm_bindgen::JsCast::unchecked_into(storage)) }
}
