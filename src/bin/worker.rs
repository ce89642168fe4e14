//! The worker of the page: looks into one file, where a parser that fails cannot take the page with it. Says `ready`,
//! takes a file, answers with what it found as JSON, and is ended by the page.

#[cfg(target_arch = "wasm32")]
mod worker {
    use js_sys::Uint8Array;
    use precheck::domain::media::inspect::inspect;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

    pub(super) fn listen() {
        let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
        let answers = scope.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answers = answers.clone();
            spawn_local(async move {
                // A file that cannot be read any more is answered with nothing.
                let answer = look(event.data()).await.unwrap_or(JsValue::NULL);
                let _ = answers.post_message(&answer);
            });
        });
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let _ = scope.post_message(&JsValue::from_str("ready"));
    }

    async fn look(data: JsValue) -> Result<JsValue, JsValue> {
        let file: Blob = data.dyn_into()?;
        let buffer = JsFuture::from(file.array_buffer()).await?;
        let found = inspect(Uint8Array::new(&buffer).to_vec());
        Ok(JsValue::from_str(&found.to_value().to_string()))
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::listen();
}

/// On the host there is nothing to work for.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
