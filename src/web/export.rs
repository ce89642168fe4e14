//! The bundle in the browser. The worker reads every attachment once and composes a Blob of header pieces and stored
//! contents, which are never copied into wasm as a whole; here it is handed over.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, Blob, File};

use super::files::Send;
use super::save::{self, SaveError};
use super::work::{Ended, Stop, Watch, work_long};
use super::{clock, store};
use crate::app::job::{Job, Progress};
use crate::app::receipt::Receipt;
use crate::app::state::{ExportState, Notice};
use crate::app::{Action, Draft, packs};
use crate::domain::base::date::format_iso;
use crate::domain::bundle::package::{Status, file_name};
use crate::domain::bundle::seal::{OpenKey, SealKey};
use crate::domain::case;
use crate::domain::pack::Pack;

/// After how many milliseconds an estimate of the rest is worth something.
const ESTIMATE_MS: u64 = 700;

thread_local! {
    /// The export that is on its way.
    static STOP: RefCell<Option<Stop>> = const { RefCell::new(None) };
    /// The last bundle and its name, so that it can be handed over again.
    static LAST: RefCell<Option<(String, Blob)>> = const { RefCell::new(None) };
    /// What is on its way beside an export.
    static READING: RefCell<Option<Stop>> = const { RefCell::new(None) };
    /// The bundle that was verified last.
    static VERIFIED: RefCell<Option<Verified>> = const { RefCell::new(None) };
}

/// Why there is no bundle.
enum Unmade {
    Cancelled,
    Failed(String),
}

/// What is to be exported.
#[derive(Debug, Clone)]
pub struct Order {
    /// The draft.
    pub draft: Rc<Draft>,
    /// The pack that it is judged by.
    pub pack: Rc<Pack>,
    /// The day on which it is judged.
    pub reference: chrono::NaiveDate,
    /// What the bundle is for.
    pub status: Status,
    /// What it is encrypted with.
    pub seal: Option<SealKey>,
}

/// Makes the bundle, hands it to the person and reports.
pub async fn export(order: Order, send: Send) {
    let stop = Stop::default();
    STOP.set(Some(stop.clone()));
    // Closing the page now would lose what was done; nothing else would be harmed.
    let guard = guard_leaving();
    let made = make(&order, stop, &send).await;
    drop(guard);
    STOP.take();
    send(match made {
        Ok((receipt, can_share)) => Action::Exported { draft: order.draft.id.clone(), receipt, can_share },
        Err(Unmade::Cancelled) => Action::ExportCancelled,
        Err(Unmade::Failed(reason)) => Action::ExportFailed(reason),
    });
}

/// Stops the export that is on its way.
pub fn cancel() {
    if let Some(stop) = STOP.with_borrow(Clone::clone) {
        stop.stop();
    }
    save::stop();
}

async fn make(order: &Order, stop: Stop, send: &Send) -> Result<(Receipt, bool), Unmade> {
    let Order { draft, status, seal, .. } = order;
    // First of all, while the click still counts.
    let mut name = file_name(&draft.application, *status);
    if seal.is_some() {
        name.push_str(".age");
    }
    let place = save::ask(&name).await.map_err(|_| Unmade::Cancelled)?;
    let (mut receipt, blob) = match compose(order, stop, send).await {
        Ok(made) => made,
        Err(unmade) => {
            save::forget(&place).await;
            return Err(unmade);
        }
    };
    receipt.day = format_iso(clock::today());
    send(Action::ExportProgressed(ExportState::Writing));
    save::save(&place, &receipt.file_name, &blob).await.map_err(|error| match error {
        SaveError::Cancelled => Unmade::Cancelled,
        SaveError::Failed => {
            Unmade::Failed("文件没有写成，可能是空间已满或没有写入权限，换一个位置再导出".to_owned())
        }
    })?;
    let can_share = save::can_share(&receipt.file_name, &blob);
    LAST.set(Some((receipt.file_name.clone(), blob)));
    Ok((receipt, can_share))
}

async fn compose(order: &Order, stop: Stop, send: &Send) -> Result<(Receipt, Blob), Unmade> {
    let Order { draft, pack, reference, status, seal } = order;
    let lost = |file: &str| Unmade::Failed(format!("附件“{file}”的内容已丢失，重新添加后再导出"));
    let files = &draft.application.attachments;
    let first = files.first().map(|file| file.file.as_str()).unwrap_or_default();
    let found = store::get_blobs(&draft.blobs).await.map_err(|_| lost(first))?;
    let mut contents = Vec::with_capacity(files.len());
    for (place, file) in files.iter().enumerate() {
        contents.push(found.get(place).cloned().flatten().ok_or_else(|| lost(&file.file))?);
    }
    let job = Job::Bundle {
        pack: packs::to_record(pack),
        application: Box::new(draft.application.clone()),
        reference: *reference,
        status: *status,
        crc32: draft.blobs.iter().map(|key| store::crc32_of(key)).collect(),
        seal: seal.clone(),
    };
    let begun = clock::now_ms();
    let tell = {
        let send = send.clone();
        Box::new(move |progress: Progress| {
            let seconds_left = seconds_left(progress, clock::now_ms().saturating_sub(begun));
            send(Action::ExportProgressed(ExportState::Running { progress, seconds_left }));
        })
    };
    match work_long(&job, &contents, Some(Watch { tell, stop })).await {
        Ended::Done { value, blobs, .. } => Receipt::from_value(&value)
            .zip(blobs.into_iter().next())
            .ok_or_else(|| Unmade::Failed("生成提交包时出错，重新打开本页再导出".to_owned())),
        Ended::Refused(reason) => Err(Unmade::Failed(reason)),
        Ended::Cancelled => Err(Unmade::Cancelled),
        Ended::Failed => {
            Err(Unmade::Failed("生成提交包时出错，可能是内存不够，关掉别的页面后再导出".to_owned()))
        }
    }
}

/// How long the rest will take at the pace so far.
fn seconds_left(progress: Progress, passed_ms: u64) -> Option<u64> {
    if passed_ms < ESTIMATE_MS {
        return None;
    }
    let rest = progress.total.saturating_sub(progress.done);
    rest.saturating_mul(passed_ms).checked_div(progress.done).map(|ms| ms.div_ceil(1_000))
}

/// Has the browser ask before the page is left, for as long as what is returned is kept.
fn guard_leaving() -> Option<EventListener> {
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&web_sys::window()?.into(), "beforeunload", options, |event| {
        event.prevent_default();
        if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
            event.set_return_value("1");
        }
    }))
}

/// Hands the last bundle over once more.
pub async fn hand_over(share: bool, send: Send) {
    let Some((name, blob)) = LAST.with_borrow(Clone::clone) else {
        return say(&send, "提交包已不在内存里，重新导出一次");
    };
    let done = if share {
        save::share(&name, &blob).await
    } else {
        match save::ask(&name).await {
            Ok(place) => save::save(&place, &name, &blob).await,
            Err(error) => Err(error),
        }
    };
    if done == Err(SaveError::Failed) {
        say(
            &send,
            if share {
                "没有分享成，改用“另存一份”"
            } else {
                "文件没有写成，换一个位置再试"
            },
        );
    }
}

fn say(send: &Send, text: &str) {
    send(Action::Say(Notice { is_error: true, text: text.to_owned() }));
}

/// A bundle that was verified and may be opened.
struct Verified {
    application: Value,
    pack: Option<String>,
    contents: Vec<Blob>,
    crc32: Vec<u32>,
}

/// What verifying came to, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// What the worker said, see `PackageVerification::to_value`.
    pub value: Value,
    /// Whether it may be opened as a draft.
    pub can_open: bool,
}

/// Verifies a bundle that the person chose; `packs` are the records of those at hand.
///
/// # Errors
/// Why not, in words for the person.
pub async fn verify(
    packs: Vec<String>,
    file: &File,
    key: Option<OpenKey>,
    tell: Box<dyn Fn(Progress)>,
) -> Result<Verdict, String> {
    VERIFIED.take();
    let stop = stopping();
    let job = Job::Verify { packs, key };
    match work_long(&job, std::slice::from_ref(file.as_ref()), Some(Watch { tell, stop })).await {
        Ended::Done { mut value, blobs, .. } => {
            let application = value.as_object_mut().and_then(|object| object.remove("application"));
            let pack = value.as_object_mut().and_then(|object| object.remove("pack"));
            let can_open = application.is_some();
            if let Some(application) = application {
                let pack = pack.and_then(|pack| pack.as_str().map(str::to_owned));
                let crc32 = value.as_object_mut().and_then(|object| object.remove("crc32"));
                let crc32 = crc32.and_then(|list| serde_json::from_value(list).ok()).unwrap_or_default();
                VERIFIED.set(Some(Verified { application, pack, contents: blobs, crc32 }));
            }
            Ok(Verdict { value, can_open })
        }
        Ended::Refused(reason) => Err(reason),
        Ended::Cancelled => Err("已停止核验".to_owned()),
        Ended::Failed => Err("核验时出错，用命令行 precheck bundle verify 再核验一次".to_owned()),
    }
}

/// Stops what is on its way, verifying, backing up or restoring.
pub fn stop() {
    if let Some(stop) = READING.take() {
        stop.stop();
    }
}

/// Begins something that [`stop`] stops; what was on its way before is stopped.
pub(super) fn stopping() -> Stop {
    stop();
    let stop = Stop::default();
    READING.set(Some(stop.clone()));
    stop
}

/// Opens the bundle that was verified last as a draft of that id. The contents are stored first: a draft never refers to
/// what is not there.
pub async fn open(id: String, send: Send) {
    let Some(Verified { application, pack, contents, crc32 }) = VERIFIED.take() else {
        return say(&send, "先核验，再打开");
    };
    let Ok(application) = case::from_value(&application) else {
        return say(&send, "申报内容读不出来，没有打开");
    };
    let mut blobs = Vec::new();
    for (place, content) in contents.into_iter().enumerate() {
        let key = store::blob_key(&id, crc32.get(place).copied());
        if let Err(error) = store::put_blob(&key, &content).await {
            send(Action::StorageFailed(error.problem()));
            // What was stored already belongs to no draft.
            let _ = store::delete(&id).await;
            return say(&send, "没有打开：浏览器没有空间存下附件，或文件已不在原处");
        }
        blobs.push(key);
    }
    let draft = Rc::new(Draft { application, blobs, ..Draft::default() });
    let pack = pack.and_then(|record| packs::from_record(&record)).map(Rc::new);
    send(Action::BundleOpened { id, draft, pack });
}
