//! The state and its dispatcher for all pages, and what pages may ask of the browser with its own objects.

use std::rc::Rc;

use chrono::NaiveDate;
use yew::prelude::*;

use crate::app::job::{Assigned, Job, Outcome, Progress};
use crate::app::{Action, AppState, Effect, update};
use crate::domain::bundle::package::Status;
use crate::domain::bundle::seal::{OpenKey, SealKey};
use crate::domain::pack::Pack;

/// The state behind the page: [`update`] as a reducer.
#[derive(Debug, PartialEq)]
pub struct Store(pub AppState);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = update(&self.0, action);
        if next == self.0 { self } else { Rc::new(Self(next)) }
    }
}

/// Sends actions; never causes a render.
pub type Dispatch = UseReducerDispatcher<Store>;

/// What `web` does for the page. `main` fills it in, so that `ui` and `web` do not see each other; component tests
/// leave it empty.
#[derive(Clone, PartialEq)]
pub struct Platform {
    /// Called once with the way to send actions: what happens outside comes in here.
    pub start: Callback<Callback<Action>>,
    /// Runs an effect.
    pub run: Callback<Effect>,
    /// Reads and stores files that the person chose.
    pub add_files: Callback<AddFiles>,
    /// Reads an application from a file and begins a draft of that id with it.
    pub import: Callback<(String, web_sys::File)>,
    /// Asks for an address under which a stored content can be shown; answers `None` where it is gone.
    pub preview: Callback<(String, Callback<Option<AttrValue>>)>,
    /// Asks for an address under which a PNG can be shown.
    pub show_png: Callback<(Vec<u8>, Callback<Option<AttrValue>>)>,
    /// Takes such an address back.
    pub forget_preview: Callback<AttrValue>,
    /// Verifies a bundle.
    pub verify: Callback<Verify>,
    /// Stops verifying, backing up or restoring.
    pub stop: Callback<()>,
    /// Backs up drafts.
    pub back_up: Callback<BackUp>,
    /// Restores a backup.
    pub restore: Callback<Restore>,
    /// Deletes everything that the person entered.
    pub erase: Callback<Erase>,
    /// Opens the bundle that was verified last as a draft of that id.
    pub open_bundle: Callback<String>,
    /// Reads a pack or an overlay from a file and puts it to use.
    pub open_pack: Callback<web_sys::File>,
    /// Has a job done by the worker.
    pub work: Callback<Work>,
    /// Has a worker ready for the next job with that pack, or not any more.
    pub keep_ready: Callback<Option<Rc<Pack>>>,
    /// Asks for what was assigned by hand on the blank form with that digest.
    pub recall_blank: Callback<(String, Callback<Assigned>)>,
    /// Keeps what was assigned by hand on the blank form with that digest.
    pub keep_blank: Callback<(String, Assigned)>,
    /// A fresh id for a draft.
    pub new_id: Callback<(), String>,
    /// A fresh passphrase.
    pub new_passphrase: Callback<(), String>,
}

/// Files for one material of one draft.
#[derive(Debug, Clone, PartialEq)]
pub struct AddFiles {
    /// The draft's id.
    pub draft: String,
    /// The material's id.
    pub material: String,
    /// The files.
    pub files: Vec<web_sys::File>,
}

/// A job for the worker.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// The job.
    pub job: Job,
    /// The files that go with it.
    pub files: Vec<WorkFile>,
    /// Called with what became of it.
    pub done: Callback<Outcome>,
}

/// A file for the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum WorkFile {
    /// One that the person chose.
    Chosen(web_sys::File),
    /// A stored content, by its key.
    Stored(String),
    /// Text that was pasted.
    Text(String),
    /// What the page made itself.
    Made(Rc<[u8]>),
}

/// A bundle to be verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Verify {
    /// The file that the person chose.
    pub file: web_sys::File,
    /// The packs at hand.
    pub packs: Vec<Rc<Pack>>,
    /// What it is opened with, where it is encrypted.
    pub key: Option<OpenKey>,
    /// Told how far it has come.
    pub progress: Callback<Progress>,
    /// Called with what was found.
    pub done: Callback<VerifyView>,
}

/// A backup to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct BackUp {
    /// The drafts; none for all.
    pub ids: Vec<String>,
    /// What it is encrypted with.
    pub seal: Option<SealKey>,
    /// Told how far it has come.
    pub progress: Callback<Progress>,
    /// Called with what came of it, in words: `None` where the person stopped it, an error where it could not be made.
    pub done: Callback<Result<Option<String>, String>>,
}

/// A backup to be restored.
#[derive(Debug, Clone, PartialEq)]
pub struct Restore {
    /// The file that the person chose.
    pub file: web_sys::File,
    /// What it is opened with, where it is encrypted.
    pub key: Option<OpenKey>,
    /// Told how far it has come.
    pub progress: Callback<Progress>,
    /// Called with what came of it.
    pub done: Callback<RestoreView>,
}

/// Everything that the person entered is to be deleted.
#[derive(Debug, Clone, PartialEq)]
pub struct Erase {
    /// The app's own files as well.
    pub app_too: bool,
    /// Called with what is left, line by line, or why it was not done.
    pub done: Callback<Result<Vec<String>, String>>,
}

/// What restoring came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RestoreView {
    /// The file is encrypted, and nothing more is known yet.
    pub is_sealed: bool,
    /// How many drafts came.
    pub n_restored: usize,
    /// How many were there already.
    pub n_known: usize,
    /// What is wrong; then nothing was stored.
    pub problems: Vec<String>,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyView {
    /// It is encrypted, and nothing more is known yet.
    pub is_sealed: bool,
    /// Nothing is wrong.
    pub is_sound: bool,
    /// What the bundle says it is for.
    pub status: Option<Status>,
    /// Whether another program packed it anew.
    pub is_repacked: bool,
    /// Whether it may be opened as a draft.
    pub can_open: bool,
    /// 填报码 of the application inside.
    pub form_code: Option<String>,
    /// The root hash, where the bundle has one.
    pub root_hash: Option<String>,
    /// What is wrong, line by line.
    pub problems: Vec<String>,
}

impl Default for Platform {
    fn default() -> Self {
        Self {
            start: Callback::noop(),
            run: Callback::noop(),
            add_files: Callback::noop(),
            import: Callback::noop(),
            preview: Callback::noop(),
            show_png: Callback::noop(),
            forget_preview: Callback::noop(),
            verify: Callback::noop(),
            stop: Callback::noop(),
            back_up: Callback::noop(),
            restore: Callback::noop(),
            erase: Callback::noop(),
            open_bundle: Callback::noop(),
            open_pack: Callback::noop(),
            work: Callback::noop(),
            keep_ready: Callback::noop(),
            recall_blank: Callback::noop(),
            keep_blank: Callback::noop(),
            new_id: Callback::from(|()| "draft".to_owned()),
            new_passphrase: Callback::from(|()| "AAAA-AAAA-AAAA-AAAA".to_owned()),
        }
    }
}

/// Properties of [`AppProvider`].
#[derive(Properties, PartialEq)]
pub struct AppProviderProps {
    /// The rule pack.
    pub pack: Rc<Pack>,
    /// Today.
    pub today: NaiveDate,
    /// The browser.
    pub platform: Platform,
    /// The app.
    pub children: Html,
}

/// How many effects that were taken over may wait to be cleared away.
const MAX_OUTBOX: usize = 8;

/// Owns the state, hands effects to the platform, and lets actions from outside in.
#[component]
pub fn AppProvider(props: &AppProviderProps) -> Html {
    let AppProviderProps { pack, today, platform, children } = props;
    let store = {
        let (pack, today) = (pack.clone(), *today);
        use_reducer(move || Store(AppState::new(pack, today)))
    };
    let dispatch = store.dispatcher();
    {
        let (dispatch, start, today) = (dispatch.clone(), platform.start.clone(), *today);
        use_effect_with((), move |()| {
            let outside = dispatch.clone();
            start.emit(Callback::from(move |action| outside.dispatch(action)));
            dispatch.dispatch(Action::Started { today });
        });
    }
    {
        let (dispatch, run) = (dispatch.clone(), platform.run.clone());
        let outbox = store.0.outbox.clone();
        let last = outbox.last().map_or(0, |(seq, _)| *seq);
        let taken = use_mut_ref(|| 0_u64);
        use_effect_with(last, move |last| {
            let before = taken.replace(*last);
            // Clearing the outbox draws the page once more: not after each key.
            if outbox.len() > MAX_OUTBOX {
                dispatch.dispatch(Action::Taken(*last));
            }
            outbox.iter().filter(|(seq, _)| *seq > before).for_each(|(_, effect)| run.emit(effect.clone()));
        });
    }
    html! {
        <ContextProvider<Platform> context={platform.clone()}>
            <ContextProvider<Dispatch> context={dispatch}>
                <ContextProvider<UseReducerHandle<Store>> context={store}>
                    { children.clone() }
                </ContextProvider<UseReducerHandle<Store>>>
            </ContextProvider<Dispatch>>
        </ContextProvider<Platform>>
    }
}

/// The state. Every change renders the component anew, so only pages use it.
///
/// # Panics
/// Outside [`AppProvider`], which is a mistake in the program.
#[hook]
#[allow(clippy::expect_used)]
pub fn use_app() -> UseReducerHandle<Store> {
    use_context::<UseReducerHandle<Store>>().expect("inside AppProvider")
}

/// The way to send actions.
///
/// # Panics
/// Outside [`AppProvider`].
#[hook]
#[allow(clippy::expect_used)]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().expect("inside AppProvider")
}

/// The browser.
///
/// # Panics
/// Outside [`AppProvider`].
#[hook]
#[allow(clippy::expect_used)]
pub fn use_platform() -> Platform {
    use_context::<Platform>().expect("inside AppProvider")
}
