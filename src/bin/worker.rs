//! The worker of the page: does one job, where a parser that fails cannot take the page with it. Says `ready`, takes a
//! job with its files, answers with what came of it, and is ended by the page.

#[cfg(target_arch = "wasm32")]
mod worker {
    use js_sys::{Array, Uint8Array};
    use precheck::app::job::{Job, run};
    use serde_json::json;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

    pub(super) fn listen() {
        let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
        let answers = scope.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answers = answers.clone();
            spawn_local(async move {
                // What cannot be read any more is answered with nothing.
                let answer = work(event.data()).await.unwrap_or(JsValue::NULL);
                let _ = answers.post_message(&answer);
            });
        });
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let _ = scope.post_message(&JsValue::from_str("ready"));
    }

    async fn work(message: JsValue) -> Result<JsValue, JsValue> {
        let message: Array = message.dyn_into()?;
        let text = message.get(0).as_string().ok_or(JsValue::NULL)?;
        let job = serde_json::from_str(&text).ok().and_then(|value| Job::from_value(&value));
        let job = job.ok_or(JsValue::NULL)?;
        if job == Job::Trap {
            std::process::abort();
        }
        let mut files = Vec::new();
        for file in message.iter().skip(1) {
            let buffer = JsFuture::from(file.dyn_into::<Blob>()?.array_buffer()).await?;
            files.push(Uint8Array::new(&buffer).to_vec());
        }
        let answer = match run(job, files) {
            Ok(answer) => {
                let file = answer.file.map_or(JsValue::NULL, |f| Uint8Array::from(f.as_slice()).into());
                (json!({ "done": answer.value }), file)
            }
            Err(words) => (json!({ "refused": words }), JsValue::NULL),
        };
        Ok(Array::of2(&JsValue::from_str(&answer.0.to_string()), &answer.1).into())
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::listen();
}

/// On the host there is nothing to work for.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
