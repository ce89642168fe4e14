//! Handing a large file to the person: into a place that they choose, as a download, or to another program.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FilePropertyBag};

use super::download;

/// Where a file goes.
#[derive(Debug)]
pub enum Place {
    /// Where the browser puts downloads.
    Downloads,
    /// Where the person said: a `FileSystemFileHandle`.
    Chosen(JsValue),
}

/// Why a file was not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveError {
    /// The person wished so.
    Cancelled,
    /// The browser or the disk did not let it.
    Failed,
}

thread_local! {
    /// The file that is being written.
    static WRITING: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Asks for a place, where the browser has a way to ask. Only right after a click do browsers allow it.
///
/// # Errors
/// [`SaveError::Cancelled`].
pub async fn ask(name: &str) -> Result<Place, SaveError> {
    let Some(picker) = method(&js_sys::global(), "showSaveFilePicker") else { return Ok(Place::Downloads) };
    let options = Object::new();
    // Setting a property of a fresh object does not fail.
    let _ = Reflect::set(&options, &"suggestedName".into(), &name.into());
    match call(&picker, &js_sys::global(), &[options.into()]).await {
        Ok(handle) => Ok(Place::Chosen(handle)),
        Err(error) if error_name(&error) == "AbortError" => Err(SaveError::Cancelled),
        // Without a click, or forbidden by whoever embeds the page: a download asks nobody.
        Err(_) => Ok(Place::Downloads),
    }
}

/// Saves a file. Where that fails, nothing of it is left.
///
/// # Errors
/// [`SaveError`].
pub async fn save(place: &Place, name: &str, blob: &Blob) -> Result<(), SaveError> {
    let Place::Chosen(handle) = place else {
        return download::download(blob, name).map_err(|_| SaveError::Failed);
    };
    let written = write(handle, blob).await;
    if let Err(error) = written {
        forget(place).await;
        let is_abort = error_name(&error) == "AbortError";
        return Err(if is_abort { SaveError::Cancelled } else { SaveError::Failed });
    }
    Ok(())
}

/// Takes back the empty file that some browsers make when a place is chosen.
pub async fn forget(place: &Place) {
    if let Place::Chosen(handle) = place
        && let Some(remove) = method(handle, "remove")
    {
        // Where it cannot be removed, an empty file stays, which nobody takes for a bundle.
        let _ = call(&remove, handle, &[]).await;
    }
}

/// Stops the file that is being written.
pub fn stop() {
    if let Some(stream) = WRITING.take()
        && let Some(abort) = method(&stream, "abort")
    {
        let reason = web_sys::DomException::new_with_message_and_name("stopped", "AbortError");
        let reason = reason.map_or(JsValue::UNDEFINED, JsValue::from);
        let _ = abort.call1(&stream, &reason);
    }
}

/// What is written shows under its name only once it is whole: the browser swaps it in when the stream is closed.
async fn write(handle: &JsValue, blob: &Blob) -> Result<(), JsValue> {
    let create = method(handle, "createWritable").ok_or(JsValue::NULL)?;
    let stream = call(&create, handle, &[]).await?;
    WRITING.set(Some(stream.clone()));
    let done = async {
        let write = method(&stream, "write").ok_or(JsValue::NULL)?;
        call(&write, &stream, &[blob.into()]).await?;
        let close = method(&stream, "close").ok_or(JsValue::NULL)?;
        call(&close, &stream, &[]).await
    };
    let done = done.await;
    let was_stopped = WRITING.take().is_none();
    match done {
        Ok(_) => Ok(()),
        Err(_) if was_stopped => {
            Err(web_sys::DomException::new_with_message_and_name("stopped", "AbortError")?.into())
        }
        Err(error) => {
            if let Some(abort) = method(&stream, "abort") {
                let _ = call(&abort, &stream, &[]).await;
            }
            Err(error)
        }
    }
}

/// Whether the device can hand such a file to another program.
#[must_use]
pub fn can_share(name: &str, blob: &Blob) -> bool {
    let navigator: JsValue = match web_sys::window() {
        Some(window) => window.navigator().into(),
        None => return false,
    };
    let Some(can) = method(&navigator, "canShare") else { return false };
    shared(name, blob).is_some_and(|data| can.call1(&navigator, &data).is_ok_and(|can| can.is_truthy()))
}

/// Hands a file to another program that the person chooses.
///
/// # Errors
/// [`SaveError`].
pub async fn share(name: &str, blob: &Blob) -> Result<(), SaveError> {
    let navigator: JsValue = web_sys::window().ok_or(SaveError::Failed)?.navigator().into();
    let share = method(&navigator, "share").ok_or(SaveError::Failed)?;
    let data = shared(name, blob).ok_or(SaveError::Failed)?;
    match call(&share, &navigator, &[data]).await {
        Ok(_) => Ok(()),
        Err(error) if error_name(&error) == "AbortError" => Err(SaveError::Cancelled),
        Err(_) => Err(SaveError::Failed),
    }
}

fn shared(name: &str, blob: &Blob) -> Option<JsValue> {
    let options = FilePropertyBag::new();
    options.set_type(&blob.type_());
    let file = File::new_with_blob_sequence_and_options(&Array::of1(blob), name, &options).ok()?;
    let data = Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(&file)).ok()?;
    Some(data.into())
}

/// A method that not every browser has.
fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

async fn call(function: &Function, this: &JsValue, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let arguments: Array = arguments.iter().collect();
    let answer = function.apply(this, &arguments)?;
    JsFuture::from(Promise::resolve(&answer)).await
}

fn error_name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}
