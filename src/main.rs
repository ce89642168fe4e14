//! The page: joins `ui` and `web`, and mounts the app. On the host it only says how the page is built.

#[cfg(target_arch = "wasm32")]
mod page {
    use std::cell::RefCell;
    use std::rc::Rc;

    use precheck::app::Action;
    use precheck::app::job::{Assigned, assigned_of};
    use precheck::app::packs::to_record;
    use precheck::domain::bundle::package::Status;
    use precheck::domain::pack::Pack;
    use precheck::ui::app::{App, AppProps};
    use precheck::ui::context::{
        AddFiles, BackUp, Erase, Platform, Restore, RestoreView, Verify, VerifyView, Work, WorkFile,
    };
    use precheck::web::export::Verdict;
    use precheck::web::runner::Runner;
    use precheck::web::{
        backup, clock, download, export, fatal, files, passphrase, store, windows, work, worker_registration,
    };
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{File, Url};
    use yew::{AttrValue, Callback};

    /// Where actions go once the app has started; before that nothing happens outside.
    type Sink = Rc<RefCell<Option<Callback<Action>>>>;

    pub(super) fn mount() {
        fatal::install_hook();
        let pack = match Pack::built_in() {
            Ok(pack) => Rc::new(pack),
            Err(errors) => {
                let detail = errors.first().map(ToString::to_string).unwrap_or_default();
                return fatal::show(
                    "内置规则包读不出来，重新打开本页；仍不行，清除本站缓存后再试。",
                    &detail,
                );
            }
        };
        let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"));
        let Some(root) = root else { return };
        let props = AppProps { pack, today: clock::today(), platform: platform() };
        yew::Renderer::<App>::with_root_and_props(root, props).render();
    }

    fn platform() -> Platform {
        let sink: Sink = Rc::default();
        let send: files::Send = {
            let sink = sink.clone();
            Rc::new(move |action| {
                // Taken out first: the action may start something that sends again.
                let callback = sink.borrow().clone();
                if let Some(callback) = callback {
                    callback.emit(action);
                }
            })
        };
        let (pack_send, blank_send, bundle_send) = (send.clone(), send.clone(), send.clone());
        let (restore_send, erase_send) = (send.clone(), send.clone());
        let runner = Runner::new(send.clone());
        Platform {
            start: {
                let send = send.clone();
                Callback::from(move |callback| {
                    *sink.borrow_mut() = Some(callback);
                    worker_registration::register(send.clone());
                    windows::listen(send.clone());
                })
            },
            run: Callback::from(move |effect| runner.run(effect)),
            add_files: {
                let send = send.clone();
                Callback::from(move |AddFiles { draft, material, files: chosen }| {
                    spawn_local(files::add(draft, material, chosen, send.clone()));
                })
            },
            import: Callback::from(move |(id, file): (String, File)| {
                spawn_local(files::import(id, file, send.clone()));
            }),
            preview: Callback::from(|(key, answer): (String, Callback<Option<AttrValue>>)| {
                spawn_local(async move {
                    let blob = store::get_blob(&key).await.ok().flatten();
                    let address = blob.and_then(|b| Url::create_object_url_with_blob(&b).ok());
                    answer.emit(address.map(AttrValue::from));
                });
            }),
            show_png: Callback::from(|(png, answer): (Vec<u8>, Callback<Option<AttrValue>>)| {
                let blob = download::blob_of(&png, "image/png").ok();
                let address = blob.and_then(|b| Url::create_object_url_with_blob(&b).ok());
                answer.emit(address.map(AttrValue::from));
            }),
            forget_preview: Callback::from(|address: AttrValue| {
                // An address that is gone already needs no taking back.
                let _ = Url::revoke_object_url(&address);
            }),
            verify: Callback::from(|Verify { file, packs, key, progress, done }: Verify| {
                spawn_local(async move {
                    let had_key = key.is_some();
                    let records = packs.iter().map(|pack| to_record(pack)).collect();
                    let tell = Box::new(move |bytes| progress.emit(bytes));
                    done.emit(match export::verify(records, &file, key, tell).await {
                        Ok(verdict) => view_of(&verdict),
                        // Another key may do.
                        Err(reason) => {
                            VerifyView { is_sealed: had_key, problems: vec![reason], ..VerifyView::default() }
                        }
                    });
                });
            }),
            stop: Callback::from(|()| export::stop()),
            back_up: Callback::from(|BackUp { ids, seal, progress, done }: BackUp| {
                spawn_local(async move {
                    let tell = Box::new(move |bytes| progress.emit(bytes));
                    done.emit(backup::back_up(&ids, seal, tell).await);
                });
            }),
            restore: Callback::from(move |Restore { file, key, progress, done }: Restore| {
                let send = restore_send.clone();
                spawn_local(async move {
                    let had_key = key.is_some();
                    let tell = Box::new(move |bytes| progress.emit(bytes));
                    done.emit(match backup::restore(&file, key, tell, &send).await {
                        Ok(outcome) => RestoreView {
                            is_sealed: outcome.is_sealed,
                            n_restored: outcome.n_restored,
                            n_known: outcome.n_known,
                            problems: outcome.problems,
                        },
                        // Another key may do.
                        Err(reason) => RestoreView {
                            is_sealed: had_key,
                            problems: vec![reason],
                            ..RestoreView::default()
                        },
                    });
                });
            }),
            erase: Callback::from(move |Erase { app_too, done }: Erase| {
                let send = erase_send.clone();
                spawn_local(async move {
                    done.emit(backup::erase(app_too, &send).await);
                });
            }),
            open_bundle: Callback::from(move |id| spawn_local(export::open(id, bundle_send.clone()))),
            open_pack: {
                let send = pack_send;
                Callback::from(move |file: File| {
                    spawn_local(files::open_pack(file, send.clone()));
                })
            },
            work: Callback::from(|Work { job, files, done }: Work| {
                spawn_local(async move { done.emit(work::work_on(&job, sources(files)).await) });
            }),
            keep_ready: Callback::from(|pack: Option<Rc<Pack>>| {
                work::keep_warm(pack.map(|pack| to_record(&pack)));
            }),
            recall_blank: Callback::from(|(sha256, answer): (String, Callback<Assigned>)| {
                spawn_local(async move {
                    // What cannot be read is assigned anew.
                    let record = store::blank(&sha256).await.ok().flatten();
                    let value = record.and_then(|r| serde_json::from_str(&r).ok());
                    answer.emit(value.and_then(|v| assigned_of(&v)).unwrap_or_default());
                });
            }),
            keep_blank: {
                let send = blank_send;
                Callback::from(move |(sha256, assigned): (String, Assigned)| {
                    let send = send.clone();
                    spawn_local(async move {
                        let record = serde_json::json!(assigned).to_string();
                        if let Err(error) = store::put_blank(&sha256, &record).await {
                            send(Action::StorageFailed(error.problem()));
                        }
                    });
                })
            },
            new_id: Callback::from(|()| clock::fresh_id()),
            new_passphrase: Callback::from(|()| passphrase::fresh()),
        }
    }

    fn view_of(verdict: &Verdict) -> VerifyView {
        let value = &verdict.value;
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let lines = value["lines"].as_array().cloned().unwrap_or_default();
        VerifyView {
            is_sealed: value["sealed"] == true,
            is_sound: value["valid"] == true,
            status: value["status"].as_str().and_then(Status::of_word),
            is_repacked: value["repacked"] == true,
            can_open: verdict.can_open,
            form_code: text("form_code"),
            root_hash: text("root_hash"),
            problems: lines.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect(),
        }
    }

    fn sources(files: Vec<WorkFile>) -> Vec<work::Source> {
        let source = |file| match file {
            WorkFile::Chosen(file) => work::Source::Content(file.into()),
            WorkFile::Stored(key) => work::Source::Stored(key),
            WorkFile::Text(text) => work::Source::Made(text.into_bytes().into()),
            WorkFile::Made(bytes) => work::Source::Made(bytes),
        };
        files.into_iter().map(source).collect()
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    page::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("the page is WebAssembly: build and open it with `cargo xtask serve`");
}
