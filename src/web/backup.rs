//! Backups of drafts, and leaving no trace on the device.

use std::collections::BTreeSet;

use js_sys::{Array, Function, Promise, Reflect};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::export::stopping;
use super::files::Send;
use super::save::{self, SaveError};
use super::store::StoreError;
use super::work::{Ended, Watch, work_long};
use super::{clock, store, windows};
use crate::app::job::{Job, Progress};
use crate::app::{Action, Draft, backup};
use crate::domain::bundle::seal::{OpenKey, SealKey};

/// What restoring came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RestoreOutcome {
    /// The file is encrypted, and there was no key.
    pub is_sealed: bool,
    /// How many drafts are on the device now that were not.
    pub n_restored: usize,
    /// How many were there already, as they are in the backup.
    pub n_known: usize,
    /// What is wrong with the file; then nothing was stored.
    pub problems: Vec<String>,
}

/// Backs up the drafts of those ids, or all; in words what came of it, `None` where the person wished none.
///
/// # Errors
/// Why not, in words for the person.
pub async fn back_up(
    ids: &[String],
    seal: Option<SealKey>,
    tell: Box<dyn Fn(Progress)>,
) -> Result<Option<String>, String> {
    let mut name = backup::file_name(clock::today());
    if seal.is_some() {
        name.push_str(".age");
    }
    // First of all, while the click still counts.
    let Ok(place) = save::ask(&name).await else { return Ok(None) };
    let made = make(ids, seal, tell).await;
    let (value, blob) = match made {
        Ok(Some(made)) => made,
        Ok(None) => {
            save::forget(&place).await;
            return Ok(None);
        }
        Err(reason) => {
            save::forget(&place).await;
            return Err(reason);
        }
    };
    match save::save(&place, &name, &blob).await {
        Ok(()) => {
            let n = value.get("drafts").and_then(Value::as_u64).unwrap_or_default();
            Ok(Some(format!("已备份 {n} 份草稿：{name}")))
        }
        Err(SaveError::Cancelled) => Ok(None),
        Err(SaveError::Failed) => Err("文件没有写成，可能是空间已满，换一个位置再备份".to_owned()),
    }
}

async fn make(
    ids: &[String],
    seal: Option<SealKey>,
    tell: Box<dyn Fn(Progress)>,
) -> Result<Option<(Value, Blob)>, String> {
    let unreadable = |_| "草稿读不出来，重新打开本页再备份".to_owned();
    let all = store::records().await.map_err(unreadable)?;
    let mut drafts: Vec<Draft> = Vec::new();
    for record in &all {
        let draft = Draft::from_record(record).map_err(|error| error.to_string())?;
        if ids.is_empty() || ids.contains(&draft.id) {
            drafts.push(draft);
        }
    }
    if drafts.is_empty() {
        return Err("没有可以备份的草稿".to_owned());
    }
    drafts.sort_by(|a, b| a.id.cmp(&b.id));
    let (packs, _) = store::packs().await.map_err(unreadable)?;
    let keys: Vec<String> = drafts.iter().flat_map(|draft| draft.blobs.iter().cloned()).collect();
    let contents: Option<Vec<Blob>> =
        store::get_blobs(&keys).await.map_err(unreadable)?.into_iter().collect();
    let contents = contents.ok_or("有草稿的附件内容已丢失，先在草稿里重新添加")?;
    let job = Job::Backup {
        drafts: drafts.iter().map(Draft::to_record).collect(),
        packs,
        crc32: keys.iter().map(|key| store::crc32_of(key)).collect(),
        day: clock::today(),
        seal,
    };
    match work_long(&job, &contents, Some(Watch { tell, stop: stopping() })).await {
        Ended::Done { value, blobs, .. } => match blobs.into_iter().next() {
            Some(blob) => Ok(Some((value, blob))),
            None => Err("备份时出错，重新打开本页再备份".to_owned()),
        },
        Ended::Refused(reason) => Err(reason),
        Ended::Cancelled => Ok(None),
        Ended::Failed => Err("备份时出错，可能是内存不够，关掉别的页面后再备份".to_owned()),
    }
}

/// Restores what is in a backup, once all of it was verified: drafts that are on the device already stay, others come
/// beside them.
///
/// # Errors
/// Why not, in words for the person; then nothing was stored.
pub async fn restore(
    file: &File,
    key: Option<OpenKey>,
    tell: Box<dyn Fn(Progress)>,
    send: &Send,
) -> Result<RestoreOutcome, String> {
    let watch = Some(Watch { tell, stop: stopping() });
    let ended = work_long(&Job::Restore { key }, std::slice::from_ref(file.as_ref()), watch).await;
    let (value, blobs) = match ended {
        Ended::Done { value, blobs, .. } => (value, blobs),
        Ended::Refused(reason) => return Err(reason),
        Ended::Cancelled => return Err("已停止，什么都没有恢复".to_owned()),
        Ended::Failed => return Err("读备份时出错，重新打开本页再试".to_owned()),
    };
    if value.get("sealed").is_some() {
        return Ok(RestoreOutcome { is_sealed: true, ..RestoreOutcome::default() });
    }
    if let Some(problems) = value.get("problems").and_then(Value::as_array) {
        let problems = problems.iter().filter_map(|p| p.as_str().map(str::to_owned)).collect();
        return Ok(RestoreOutcome { problems, ..RestoreOutcome::default() });
    }
    let outcome = store_all(&value, blobs).await;
    if let Ok((drafts, unreadable)) = store::list().await {
        send(Action::DraftsListed { drafts, unreadable });
    }
    outcome
}

async fn store_all(value: &Value, blobs: Vec<Blob>) -> Result<RestoreOutcome, String> {
    let no_room = || "浏览器没有空间存下备份里的内容，没有恢复".to_owned();
    let known: BTreeSet<String> = store::records().await.map_err(|_| no_room())?.into_iter().collect();
    let mut outcome = RestoreOutcome::default();
    let mut begun: Vec<String> = Vec::new();
    let mut blobs = blobs.into_iter();
    for pack in value.get("packs").and_then(Value::as_array).into_iter().flatten() {
        if let Some(record) = pack.as_str()
            && let Some(pack) = crate::app::packs::from_record(record)
        {
            store::put_pack(&pack.key(), record).await.map_err(|_| no_room())?;
        }
    }
    for item in value.get("drafts").and_then(Value::as_array).into_iter().flatten() {
        let record = item.get("record").and_then(Value::as_str).unwrap_or_default();
        let crc32: Vec<u32> =
            item.get("crc32").cloned().and_then(|c| serde_json::from_value(c).ok()).unwrap_or_default();
        let Ok(mut draft) = Draft::from_record(record) else { continue };
        let contents: Vec<Blob> = blobs.by_ref().take(draft.application.attachments.len()).collect();
        if known.contains(record) {
            outcome.n_known += 1;
            continue;
        }
        draft.id = clock::fresh_id();
        draft.blobs.clear();
        begun.push(draft.id.clone());
        for (place, content) in contents.iter().enumerate() {
            let key = store::blob_key(&draft.id, crc32.get(place).copied());
            if store::put_blob(&key, content).await.is_err() {
                forget(&begun).await;
                return Err(no_room());
            }
            draft.blobs.push(key);
        }
        if store::save(&draft).await.is_err() {
            forget(&begun).await;
            return Err(no_room());
        }
        outcome.n_restored += 1;
    }
    Ok(outcome)
}

/// All or nothing: what was stored of a backup that does not fit goes again.
async fn forget(ids: &[String]) {
    for id in ids {
        // What cannot be deleted now shows in the list, where it can be deleted by hand.
        let _ = store::delete(id).await;
    }
}

/// Deletes everything that the person entered; with `app_too` also what lets the app run without a network. Says what is
/// left, by asking the browser anew.
///
/// # Errors
/// Why not all of it, in words for the person.
pub async fn erase(app_too: bool, send: &Send) -> Result<Vec<String>, String> {
    store::erase().await.map_err(|error| match error {
        StoreError::Blocked => "另一个窗口正开着本程序，关掉那个窗口后再清除".to_owned(),
        _ => "浏览器没有删除，重新打开本页再清除；仍不行，在浏览器设置里清除本站数据".to_owned(),
    })?;
    windows::tell_erased();
    for name in ["localStorage", "sessionStorage"] {
        if let Ok(storage) = Reflect::get(&js_sys::global(), &name.into())
            && let Some(clear) = method(&storage, "clear")
        {
            // A browser without it has nothing in it.
            let _ = clear.call0(&storage);
        }
    }
    if app_too {
        remove_app().await;
    }
    send(Action::Erased);
    Ok(traces().await)
}

async fn remove_app() {
    let navigator = web_sys::window().map(|w| JsValue::from(w.navigator()));
    let container = navigator.and_then(|n| Reflect::get(&n, &"serviceWorker".into()).ok());
    if let Some(container) = container
        && let Some(list) = call(&container, "getRegistrations", &[]).await
    {
        for registration in Array::from(&list).iter() {
            call(&registration, "unregister", &[]).await;
        }
    }
    if let Ok(caches) = Reflect::get(&js_sys::global(), &"caches".into())
        && let Some(keys) = call(&caches, "keys", &[]).await
    {
        for key in Array::from(&keys).iter() {
            call(&caches, "delete", &[key]).await;
        }
    }
}

/// What the browser says is left, line by line.
async fn traces() -> Vec<String> {
    let global = js_sys::global();
    let of = |name: &str| Reflect::get(&global, &name.into()).unwrap_or_default();
    let count = |list: Option<JsValue>| list.map(|list| Array::from(&list).length());
    let entries = |name: &str| {
        let length = Reflect::get(&of(name), &"length".into()).ok().and_then(|n| n.as_f64());
        length.unwrap_or_default()
    };
    let databases = count(call(&of("indexedDB"), "databases", &[]).await);
    let caches = count(call(&of("caches"), "keys", &[]).await);
    vec![
        match databases {
            Some(n) => format!("草稿、附件和规则包的数据库：{n} 个"),
            None => "草稿、附件和规则包的数据库：已删除（这个浏览器不报个数）".to_owned(),
        },
        format!("其他网页存储：{} 条", entries("localStorage") + entries("sessionStorage")),
        format!("离线程序文件：{} 份（不含填写的内容）", caches.unwrap_or_default()),
    ]
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

/// What a method that not every browser has comes to.
async fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let arguments: Array = arguments.iter().collect();
    let answer = method(of, name)?.apply(of, &arguments).ok()?;
    JsFuture::from(Promise::resolve(&answer)).await.ok()
}
