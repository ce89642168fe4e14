//! Has jobs done by a worker. Each job gets a worker of its own: the memory that it took is given back, and one that
//! traps or takes too long is ended without harm to the page. One works at a time, since each may take much memory.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, Promise, Uint8Array};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event, MessageEvent, Worker};

use super::{download, store};
use crate::app::job::{Answer, Job, Outcome};
use crate::domain::media::inspect::MAX_BYTES;

/// Where the build puts the worker.
const WORKER: &str = "./worker.js";
/// How long a worker may take, in milliseconds: a scan of many pages on a slow phone takes some twenty seconds.
const PATIENCE_MS: u32 = 60_000;

thread_local! {
    static IS_BUSY: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<VecDeque<Function>> = const { RefCell::new(VecDeque::new()) };
}

/// Where a file for a job comes from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A content at hand.
    Content(Blob),
    /// A stored one, by its key.
    Stored(String),
    /// What was made or pasted in the page.
    Made(Rc<[u8]>),
}

/// Has a job done with files from where they are.
pub async fn work_on(job: &Job, sources: Vec<Source>) -> Outcome {
    let mut files = Vec::new();
    for source in sources {
        let file = match source {
            Source::Content(blob) => Some(blob),
            Source::Stored(key) => store::get_blob(&key).await.ok().flatten(),
            Source::Made(bytes) => download::blob_of(&bytes, "application/octet-stream").ok(),
        };
        let Some(file) = file else {
            return Outcome::Refused("文件的内容已丢失，重新添加".to_owned());
        };
        #[allow(clippy::cast_precision_loss)]
        if file.size() > MAX_BYTES as f64 {
            return Outcome::Refused("文件超过 64 MB，换一个小一些的".to_owned());
        }
        files.push(file);
    }
    work(job, &files).await
}

/// Has a job done, with files beside it.
pub async fn work(job: &Job, files: &[Blob]) -> Outcome {
    let turn = Turn::wait().await;
    let outcome = ask(job, files).await.unwrap_or(Outcome::Failed);
    drop(turn);
    outcome
}

/// The right to start a worker; the next one waiting has it when this is dropped.
struct Turn;

impl Turn {
    async fn wait() -> Self {
        if IS_BUSY.replace(true) {
            let mut wait =
                |resolve: Function, _: Function| WAITING.with_borrow_mut(|all| all.push_back(resolve));
            // A promise that only ever resolves.
            let _ = JsFuture::from(Promise::new(&mut wait)).await;
        }
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        match WAITING.with_borrow_mut(VecDeque::pop_front) {
            Some(next) => {
                let _ = next.call0(&JsValue::NULL);
            }
            None => IS_BUSY.set(false),
        }
    }
}

/// What came of a job; `None` where the worker failed, took too long or is not to be had.
async fn ask(job: &Job, files: &[Blob]) -> Option<Outcome> {
    let worker = Worker::new(WORKER).ok()?;
    let message = Array::of1(&JsValue::from_str(&job.to_value().to_string()));
    for file in files {
        message.push(file);
    }
    let keep: Rc<RefCell<Vec<Box<dyn std::any::Any>>>> = Rc::default();
    let answer = {
        let (worker, keep) = (worker.clone(), keep.clone());
        Promise::new(&mut move |resolve, _| {
            let (sender, message, done) = (worker.clone(), message.clone(), resolve.clone());
            let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                if event.data().as_string().as_deref() == Some("ready") {
                    // A file that cannot be handed over leaves the worker waiting: the time limit ends that.
                    let _ = sender.post_message(&message);
                } else {
                    let _ = done.call1(&JsValue::NULL, &event.data());
                }
            });
            worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            let failed = resolve.clone();
            let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                // It is dealt with here and need not stand in the console.
                event.prevent_default();
                let _ = failed.call1(&JsValue::NULL, &JsValue::NULL);
            });
            worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
            let late = resolve.clone();
            let timeout = Timeout::new(PATIENCE_MS, move || {
                let _ = late.call1(&JsValue::NULL, &JsValue::NULL);
            });
            let mut keep = keep.borrow_mut();
            keep.push(Box::new(on_message));
            keep.push(Box::new(on_error));
            keep.push(Box::new(timeout));
        })
    };
    let answer = JsFuture::from(answer).await.ok();
    worker.terminate();
    keep.borrow_mut().clear();
    outcome_of(&answer?.dyn_into::<Array>().ok()?)
}

/// What a worker's message says: JSON, and bytes where a file was made.
fn outcome_of(message: &Array) -> Option<Outcome> {
    let said: Value = serde_json::from_str(&message.get(0).as_string()?).ok()?;
    if let Some(words) = said.get("refused").and_then(Value::as_str) {
        return Some(Outcome::Refused(words.to_owned()));
    }
    let file = message.get(1).dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
    Some(Outcome::Done(Answer { value: said.get("done")?.clone(), file }))
}
