//! Other windows of the app on this device: what one of them erased must not be stored again by another.

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

use super::files::Send;
use crate::app::Action;

const NAME: &str = "precheck";
const ERASED: &str = "erased";

thread_local! {
    // One for the whole page: a channel does not hear what it says itself.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new(NAME).ok();
}

/// Forgets what this window shows as soon as another one erased everything.
pub fn listen(send: Send) {
    CHANNEL.with(|channel| {
        let Some(channel) = channel else { return };
        let on_message = move |event: &web_sys::Event| {
            let said = js_sys::Reflect::get(event, &"data".into()).ok();
            if said.and_then(|said| said.as_string()).as_deref() == Some(ERASED) {
                send(Action::Erased);
            }
        };
        EventListener::new(channel, "message", on_message).forget();
    });
}

/// Tells the other windows that everything is erased.
pub fn tell_erased() {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            // Nobody listens, or the browser has no channels: then there is nobody to tell.
            let _ = channel.post_message(&JsValue::from(ERASED));
        }
    });
}
