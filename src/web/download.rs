//! Handing a file to the person.

use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// How long a download may take to begin before its address is taken back, in milliseconds.
const KEEP_ADDRESS_MS: u32 = 60_000;

/// Offers `blob` under `name`.
///
/// # Errors
/// Where the browser refuses.
pub fn download(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|w| w.document()).ok_or("no document")?;
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Timeout::new(KEEP_ADDRESS_MS, move || {
        // An address that is gone already needs no taking back.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

/// A blob of `bytes`.
///
/// # Errors
/// Where the browser has no memory for it.
pub fn blob_of(bytes: &[u8], media_type: &str) -> Result<Blob, JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
}
