//! The service worker: registers it, watches for a new version, lets it take over when the person says so.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::clock;
use super::files::Send;
use crate::app::Action;
use crate::app::state::OfflineState;

/// How long between two looks for a new version, in milliseconds.
const LOOK_EVERY_MS: u64 = 60 * 60 * 1_000;

/// Registers the worker and reports how far offline use has come.
pub fn register(send: Send) {
    let Some(container) = container() else {
        return send(Action::Offline(OfflineState::Unsupported));
    };
    reload_on_update(&container);
    spawn_local(async move {
        let found = registered(&container).await;
        match found {
            Ok(registration) => watch(registration, container, send),
            Err(_) => send(Action::Offline(OfflineState::Unsupported)),
        }
    });
}

fn container() -> Option<ServiceWorkerContainer> {
    let window = web_sys::window()?;
    let navigator: JsValue = window.navigator().into();
    let container = js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    if container.is_undefined() { None } else { Some(container.unchecked_into()) }
}

async fn registered(container: &ServiceWorkerContainer) -> Result<ServiceWorkerRegistration, JsValue> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"updateViaCache".into(), &"none".into())?;
    let register: js_sys::Function = js_sys::Reflect::get(container, &"register".into())?.dyn_into()?;
    let promise: js_sys::Promise = register.call2(container, &"./sw.js".into(), &options)?.dyn_into()?;
    JsFuture::from(promise).await?.dyn_into()
}

/// Loads the page anew once, when a new version takes over from an older one.
fn reload_on_update(container: &ServiceWorkerContainer) {
    // Compared by identity, not counted: the event of the first controller may come after the controller itself, and a
    // page without one gets its first, which only means that it works offline now.
    let last = RefCell::new(container.controller());
    let read = container.clone();
    EventListener::new(container, "controllerchange", move |_| {
        let now = read.controller();
        let before = last.replace(now.clone());
        if before.is_none() || before == now {
            return;
        }
        if let Some(window) = web_sys::window() {
            // Where the browser refuses, the old page goes on.
            let _ = window.location().reload();
        }
    })
    .forget();
}

fn watch(registration: ServiceWorkerRegistration, container: ServiceWorkerContainer, send: Send) {
    let report = {
        let (registration, send) = (registration.clone(), send.clone());
        Rc::new(move || {
            let state = if registration.waiting().is_some() && container.controller().is_some() {
                OfflineState::UpdateWaiting
            } else if registration.active().is_some() {
                OfflineState::Ready
            } else {
                OfflineState::Preparing
            };
            send(Action::Offline(state));
        })
    };
    report();
    if let Some(worker) = registration.installing() {
        watch_worker(&worker, report.clone());
    }
    {
        let (registered, report) = (registration.clone(), report.clone());
        EventListener::new(&registration, "updatefound", move |_| {
            if let Some(worker) = registered.installing() {
                watch_worker(&worker, report.clone());
            }
        })
        .forget();
    }
    look_for_updates(registration);
}

fn watch_worker(worker: &ServiceWorker, report: Rc<dyn Fn()>) {
    EventListener::new(worker, "statechange", move |_| report()).forget();
}

/// Looks for a new version when the person comes back to the page, at most once an hour.
fn look_for_updates(registration: ServiceWorkerRegistration) {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
    let last = Cell::new(clock::now_ms());
    EventListener::new(&document, "visibilitychange", move |_| {
        let now = clock::now_ms();
        if now.saturating_sub(last.get()) > LOOK_EVERY_MS {
            last.set(now);
            // Without a network there is simply no new version.
            let _ = registration.update();
        }
    })
    .forget();
}

/// Lets the waiting version take over; the page is then loaded anew.
pub fn activate_update() {
    spawn_local(async {
        let Some(container) = container() else { return };
        let promise = container.get_registration();
        let registration: Option<ServiceWorkerRegistration> =
            JsFuture::from(promise).await.ok().and_then(|r| r.dyn_into().ok());
        if let Some(waiting) = registration.and_then(|r| r.waiting()) {
            let message = js_sys::Object::new();
            // Setting a property of a fresh object and posting to a living worker do not fail.
            let _ = js_sys::Reflect::set(&message, &"type".into(), &"activate".into());
            let _ = waiting.post_message(&message);
        }
    });
}
