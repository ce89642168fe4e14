//! Has jobs done by a worker. Each job gets a worker of its own: the memory that it took is given back, and one that
//! traps or says nothing for too long is ended without harm to the page. One works at a time, since each may take much memory.

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
use crate::app::job::{Answer, Job, Outcome, Progress};
use crate::domain::media::inspect::MAX_BYTES;

/// Where the build puts the worker.
const WORKER: &str = "./worker.js";
/// How long a worker may say nothing, in milliseconds: a scan of many pages on a slow phone takes some twenty seconds.
const PATIENCE_MS: u32 = 60_000;

thread_local! {
    static IS_BUSY: Cell<bool> = const { Cell::new(false) };
    static KEPT_WARM: RefCell<Option<Job>> = const { RefCell::new(None) };
    static WARM: RefCell<Option<Warm>> = const { RefCell::new(None) };
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
    match work_long(job, files, None).await {
        Ended::Done { value, file, .. } => Outcome::Done(Answer { value, file }),
        Ended::Refused(words) => Outcome::Refused(words),
        Ended::Failed | Ended::Cancelled => Outcome::Failed,
    }
}

/// What became of a job that may take long.
#[derive(Debug)]
pub enum Ended {
    /// It was done.
    Done {
        /// The answer.
        value: Value,
        /// A small file that was made.
        file: Option<Vec<u8>>,
        /// Large files that were made.
        blobs: Vec<Blob>,
    },
    /// It cannot be done; why, in words for the person.
    Refused(String),
    /// The person stopped it.
    Cancelled,
    /// The worker failed, said nothing for too long or is not to be had.
    Failed,
}

/// What is told of a job that may take long, and a way to stop it.
pub struct Watch {
    /// Told how far it has come.
    pub tell: Box<dyn Fn(Progress)>,
    /// Stops it.
    pub stop: Stop,
}

/// Stops a job, whether it has begun or not.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    is_wanted: Rc<Cell<bool>>,
    resolve: Rc<RefCell<Option<Function>>>,
}

impl Stop {
    /// Stops it.
    pub fn stop(&self) {
        self.is_wanted.set(true);
        if let Some(resolve) = self.resolve.take() {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::UNDEFINED);
        }
    }

    /// Whether it is to be stopped.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.is_wanted.get()
    }
}

/// Has a job done that may take long, with files beside it.
pub async fn work_long(job: &Job, files: &[Blob], watch: Option<Watch>) -> Ended {
    let turn = Turn::wait().await;
    let stop = watch.as_ref().map(|watch| watch.stop.clone()).unwrap_or_default();
    let ended = if stop.is_wanted() { None } else { ask(job, files, watch).await };
    drop(turn);
    if stop.is_wanted() { Ended::Cancelled } else { ended.unwrap_or(Ended::Failed) }
}

/// A worker that waits for its job.
struct Warm {
    worker: Worker,
    is_ready: Rc<Cell<bool>>,
    /// Kept for as long as the worker may speak.
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

/// From now on a worker is ready whenever a job comes, with the pack of that record; or no longer. One that does not have
/// to wait for its code saves a tenth of a second.
pub fn keep_warm(pack: Option<String>) {
    cool_down();
    KEPT_WARM.set(pack.map(|pack| Job::Prepare { pack }));
    if !IS_BUSY.get() {
        warm_up();
    }
}

fn warm_up() {
    let Some(preparation) = KEPT_WARM.with_borrow(Clone::clone) else { return };
    // Where none is to be had, the job will say so.
    let Ok(worker) = Worker::new(WORKER) else { return };
    let is_ready = Rc::new(Cell::new(false));
    let listener = {
        let (is_ready, worker) = (is_ready.clone(), worker.clone());
        Closure::<dyn FnMut(MessageEvent)>::new(move |_: MessageEvent| {
            is_ready.set(true);
            // What is not made ready now is made ready with the job.
            let _ = worker.post_message(&Array::of1(&preparation.to_value().to_string().into()));
        })
    };
    worker.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    WARM.set(Some(Warm { worker, is_ready, _listener: listener }));
}

fn cool_down() {
    if let Some(warm) = WARM.take() {
        warm.worker.terminate();
    }
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
            None => {
                IS_BUSY.set(false);
                warm_up();
            }
        }
    }
}

/// What came of a job; `None` where the worker failed, took too long or is not to be had.
async fn ask(job: &Job, files: &[Blob], watch: Option<Watch>) -> Option<Ended> {
    let (worker, is_ready) = match WARM.take() {
        Some(Warm { worker, is_ready, .. }) => (worker, is_ready.get()),
        None => (Worker::new(WORKER).ok()?, false),
    };
    let message = Array::of1(&JsValue::from_str(&job.to_value().to_string()));
    for file in files {
        message.push(file);
    }
    let first = message.clone();
    let keep: Rc<RefCell<Vec<Box<dyn std::any::Any>>>> = Rc::default();
    let answer = {
        let (worker, keep, mut watch) = (worker.clone(), keep.clone(), watch);
        Promise::new(&mut move |resolve, _| {
            let patience = {
                let late = resolve.clone();
                move || {
                    let late = late.clone();
                    Timeout::new(PATIENCE_MS, move || {
                        let _ = late.call1(&JsValue::NULL, &JsValue::NULL);
                    })
                }
            };
            // Begun anew whenever the worker says something.
            let limit = Rc::new(RefCell::new(Some(patience())));
            let tell = watch.take().map(|watch| {
                *watch.stop.resolve.borrow_mut() = Some(resolve.clone());
                watch.tell
            });
            let clock = limit.clone();
            let (sender, message, done) = (worker.clone(), message.clone(), resolve.clone());
            let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                if event.data().as_string().as_deref() == Some("ready") {
                    // A file that cannot be handed over leaves the worker waiting: the time limit ends that.
                    let _ = sender.post_message(&message);
                } else if let Some(progress) = progress_of(&event.data()) {
                    *clock.borrow_mut() = Some(patience());
                    if let Some(tell) = &tell {
                        tell(progress);
                    }
                } else {
                    let _ = done.call1(&JsValue::NULL, &event.data());
                }
            });
            worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            if is_ready {
                // As above.
                let _ = worker.post_message(&first);
            }
            let failed = resolve.clone();
            let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                // It is dealt with here and need not stand in the console.
                event.prevent_default();
                let _ = failed.call1(&JsValue::NULL, &JsValue::NULL);
            });
            worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
            let mut keep = keep.borrow_mut();
            keep.push(Box::new(on_message));
            keep.push(Box::new(on_error));
            keep.push(Box::new(limit));
        })
    };
    let answer = JsFuture::from(answer).await.ok();
    worker.terminate();
    keep.borrow_mut().clear();
    ended_of(&answer?.dyn_into::<Array>().ok()?)
}

/// How far a job has come, where a message says that.
fn progress_of(message: &JsValue) -> Option<Progress> {
    let text = message.dyn_ref::<Array>()?.get(0).as_string()?;
    Progress::from_value(&serde_json::from_str(&text).ok()?)
}

/// What a worker's message says: JSON, and files where some were made.
fn ended_of(message: &Array) -> Option<Ended> {
    let said: Value = serde_json::from_str(&message.get(0).as_string()?).ok()?;
    if let Some(words) = said.get("refused").and_then(Value::as_str) {
        return Some(Ended::Refused(words.to_owned()));
    }
    let file = message.get(1).dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
    let blobs = message.iter().skip(1).filter_map(|file| file.dyn_into().ok()).collect();
    Some(Ended::Done { value: said.get("done")?.clone(), file, blobs })
}
