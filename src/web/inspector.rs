//! Has a file looked into by a worker. Each file gets a worker of its own: the memory that it took is given back, and one
//! that fails or takes too long is ended without harm to the page.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Promise;
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event, MessageEvent, Worker};

/// Where the build puts the worker.
const WORKER: &str = "./worker.js";
/// How long a worker may take, in milliseconds: a scan of many pages on a slow phone takes some twenty seconds.
const PATIENCE_MS: u32 = 60_000;

/// What a worker found in a file, as JSON; `None` where it failed, took too long or is not to be had.
pub(super) async fn inspect(file: &Blob) -> Option<Value> {
    let worker = Worker::new(WORKER).ok()?;
    let file = file.clone();
    let keep: Rc<RefCell<Vec<Box<dyn std::any::Any>>>> = Rc::default();
    let answer = {
        let (worker, keep) = (worker.clone(), keep.clone());
        Promise::new(&mut move |resolve, _| {
            let (sender, file, done) = (worker.clone(), file.clone(), resolve.clone());
            let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                if event.data().as_string().as_deref() == Some("ready") {
                    // A file that cannot be handed over leaves the worker waiting: the time limit ends that.
                    let _ = sender.post_message(&file);
                } else {
                    let _ = done.call1(&JsValue::NULL, &event.data());
                }
            });
            worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            let failed = resolve.clone();
            let on_error = Closure::<dyn FnMut(Event)>::new(move |_| {
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
    let answer = JsFuture::from(answer).await.ok()?;
    worker.terminate();
    keep.borrow_mut().clear();
    serde_json::from_str(&answer.as_string()?).ok()
}
