//! The worker of the page: does one job, where a parser that fails cannot take the page with it. Says `ready`, takes a
//! job with its files, answers with what came of it, and is ended by the page. Only preparing for a job is not answered.

#[cfg(target_arch = "wasm32")]
mod worker {
    use js_sys::{Array, Uint8Array};
    use precheck::app::job::{Job, run};
    use precheck::web::large;
    use serde_json::{Value, json};
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

    pub(super) fn listen() {
        let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
        let answers = scope.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answers = answers.clone();
            spawn_local(async move {
                let Some(job) = job_of(&event.data()) else {
                    // What cannot be read is answered with nothing.
                    let _ = answers.post_message(&JsValue::NULL);
                    return;
                };
                if let Job::Prepare { pack } = &job {
                    return large::prepare(pack);
                }
                let answer = work(job, event.data(), &answers).await.unwrap_or(JsValue::NULL);
                let _ = answers.post_message(&answer);
            });
        });
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let _ = scope.post_message(&JsValue::from_str("ready"));
    }

    fn job_of(message: &JsValue) -> Option<Job> {
        let text = message.dyn_ref::<Array>()?.get(0).as_string()?;
        Job::from_value(&serde_json::from_str(&text).ok()?)
    }

    async fn work(
        job: Job,
        message: JsValue,
        answers: &DedicatedWorkerGlobalScope,
    ) -> Result<JsValue, JsValue> {
        let message: Array = message.dyn_into()?;
        if job == Job::Trap {
            std::process::abort();
        }
        let blobs: Vec<Blob> = message.iter().skip(1).map(JsCast::dyn_into).collect::<Result<_, _>>()?;
        let tell = |progress: precheck::app::job::Progress| {
            // The page that is not told goes on waiting.
            let _ = answers.post_message(&said(&progress.to_value()).into());
        };
        if let Some(made) = large::run(&job, &blobs, &tell).await {
            return Ok(match made {
                Ok(made) => {
                    let answer = said(&json!({ "done": made.value }));
                    made.files.iter().for_each(|file| {
                        answer.push(file);
                    });
                    answer.into()
                }
                Err(words) => said(&json!({ "refused": words })).into(),
            });
        }
        let mut files = Vec::new();
        for blob in blobs {
            let buffer = JsFuture::from(blob.array_buffer()).await?;
            files.push(Uint8Array::new(&buffer).to_vec());
        }
        Ok(match run(job, files) {
            Ok(answer) => {
                let message = said(&json!({ "done": answer.value }));
                if let Some(file) = answer.file {
                    message.push(&Uint8Array::from(file.as_slice()));
                }
                message.into()
            }
            Err(words) => said(&json!({ "refused": words })).into(),
        })
    }

    /// A message: what is said, as JSON. Files come after it.
    fn said(value: &Value) -> Array {
        Array::of1(&JsValue::from_str(&value.to_string()))
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::listen();
}

/// On the host there is nothing to work for.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
