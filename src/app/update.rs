//! The one door through which state changes.

use std::rc::Rc;

use super::action::{Action, OverlayForm};
use super::draft::{Draft, MAX_NAME_CHARS};
use super::effect::Effect;
use super::job::Look;
use super::packs;
use super::receipt::{self, Receipt};
use super::state::{AppState, ExportState, Notice, OfflineState, Open, SaveState, StorageProblem, Undo};
use crate::domain::base::json::Value;
use crate::domain::bundle::package::Status;
use crate::domain::bundle::seal::SealKey;
use crate::domain::case::compare::FORM_CODE_KEY;
use crate::domain::case::disposition::{Disposition, MAX_DISPOSITIONS};
use crate::domain::case::{Attachment, Edit, PackRef, SIGNED_DECLARATION};
use crate::domain::declaration::print::{self, PrintVerdict};
use crate::domain::diag::Severity;
use crate::domain::media::inspect::{Part, Question};
use crate::domain::pack::{Overlay, Pack};
use crate::domain::path::FieldPath;

/// The most bytes of attachments' texts that a draft keeps; a 参保证明 has some three thousand.
const MAX_TEXT_BYTES: usize = 2 << 20;

/// Where taking a paper back into the comparison is offered.
pub const READINGS: &str = "readings";

/// The state after `action`; what it asks of the browser stands in its outbox.
#[must_use]
pub fn update(state: &AppState, action: Action) -> AppState {
    let mut next = state.clone();
    match action {
        Action::Started { today } => {
            next.today = today;
            // A draft that is open already is judged by the new day.
            if let Some(draft) = next.draft().cloned() {
                next.open_draft((*draft).clone());
            }
            next.ask(Effect::ListPacks);
            next.ask(Effect::ListDrafts);
        }
        Action::PacksListed { records, current } => packs_listed(&mut next, &records, current.as_deref()),
        Action::PackOpened { name, bytes } => match packs::open(&bytes, &next.packs) {
            Ok(pack) => {
                use_pack(&mut next, Rc::new(pack));
                next.notice = Some(Notice { is_error: false, text: format!("已启用“{name}”") });
            }
            Err(errors) => next.pack_errors = Rc::new(errors),
        },
        Action::ApplyOverlay(form) => match overlay_text(&next, &form) {
            Ok(text) => match packs::open(text.as_bytes(), &next.packs) {
                Ok(pack) => {
                    use_pack(&mut next, Rc::new(pack));
                    let text = "补充包已在本设备启用".to_owned();
                    next.notice = Some(Notice { is_error: false, text });
                }
                Err(errors) => next.pack_errors = Rc::new(errors),
            },
            Err(reason) => next.pack_errors = Rc::new(vec![reason]),
        },
        Action::DownloadOverlay(form) => match overlay_text(&next, &form) {
            Ok(text) => {
                next.pack_errors = Rc::default();
                next.ask(Effect::Download {
                    file_name: format!("{}-补充包.toml", next.pack().info.id),
                    media_type: "application/toml",
                    bytes: text.into_bytes().into(),
                });
            }
            Err(reason) => next.pack_errors = Rc::new(vec![reason]),
        },
        Action::UseBuiltInPack => {
            let built_in = next.packs.built_in().clone();
            use_pack(&mut next, built_in);
        }
        Action::Rebind => {
            let pack = next.pack().clone();
            next.ask(Effect::StorePack { pack: pack.clone() });
            change(&mut next, |draft| {
                bind(draft, &pack);
                Ok(())
            });
        }
        Action::DraftsListed { drafts, unreadable } => {
            next.drafts = Some(Rc::new(drafts));
            if !unreadable.is_empty() {
                next.notice = Some(Notice { is_error: true, text: unreadable.join("；") });
            }
        }
        Action::CreateDraft { id } => create(&mut next, Draft { id, ..Draft::default() }),
        Action::DraftImported { id, draft } => create(&mut next, Draft { id, ..(*draft).clone() }),
        Action::OpenDraft { id } => open(&mut next, id),
        Action::DraftLoaded { id, draft } => {
            if matches!(&next.open, Open::Loading { id: wanted } if *wanted == id) {
                match draft {
                    Some(draft) => {
                        next.open_draft((*draft).clone());
                        look_at_new_files(&mut next);
                    }
                    None => next.open = Open::Missing { id },
                }
            }
        }
        Action::CloseDraft => {
            if next.open != Open::Nothing {
                next.open = Open::Nothing;
                // Listing clears contents away that no draft refers to, that of a removed file among them.
                next.undo = None;
                next.save = SaveState::Unchanged;
                next.export = ExportState::Idle;
                next.ask(Effect::ListDrafts);
            }
        }
        Action::RenameDraft { id, name } => rename(&mut next, id, &name),
        Action::DeleteDraft { id } => {
            if next.draft().is_some_and(|d| d.id == id) {
                next.open = Open::Nothing;
            }
            next.ask(Effect::DeleteDraft { id });
        }
        // Only now does it leave the list: what is on disk must not look gone.
        Action::DraftDeleted { id } => {
            if let Some(drafts) = &mut next.drafts {
                Rc::make_mut(drafts).retain(|d| d.id != id);
            }
        }
        Action::Edit(edit) => edit_draft(&mut next, edit),
        Action::Fix { path, value, title } => fix(&mut next, path, value, title),
        Action::Undo => undo(&mut next),
        Action::SetReference(reference) => change(&mut next, |draft| {
            draft.reference = reference;
            Ok(())
        }),
        Action::FileStored { draft: id, attachment, blob } => {
            if next.draft().is_some_and(|d| d.id == id) {
                change(&mut next, |draft| {
                    draft.blobs.push(blob);
                    draft.application.apply(Edit::Attach(attachment)).map_err(|e| e.to_string())
                });
            }
        }
        Action::Looked { draft, sha256, look } => looked(&mut next, &draft, &sha256, look),
        Action::LookAgain { place, part } => look_again(&mut next, place, part),
        Action::StripLocation(place) => {
            if let Some(draft) = next.draft().cloned()
                && let Some(blob) = draft.blobs.get(place).cloned()
            {
                next.ask(Effect::StripLocation { draft: draft.id.clone(), place, blob });
            }
        }
        Action::LocationStripped { draft, place, old, blob, bytes, sha256 } => {
            if next.draft().is_some_and(|d| d.id == draft && d.blobs.get(place) == Some(&old)) {
                location_stripped(&mut next, place, blob, bytes, sha256);
            }
        }
        Action::PaperRead { draft: id, reading } => {
            if next.draft().is_some_and(|d| d.id == id) {
                let edit = Edit::SetReading(reading);
                change(&mut next, |draft| draft.application.apply(edit).map_err(|e| e.to_string()));
            }
        }
        Action::TakeOver { path, value } => {
            let label = next.draft().map(|draft| next.pack_of(draft).label_of(path.key()).to_owned());
            fix(&mut next, path, value, format!("{}已改", label.unwrap_or_default()));
        }
        Action::RemoveAttachment(place) => remove_attachment(&mut next, place),
        Action::SaveBegun => next.save = SaveState::Saving,
        Action::Saved { id, revision, clock } => saved(&mut next, &id, revision, clock),
        Action::StorageFailed(problem) => {
            next.storage_problem = Some(problem);
            next.save = SaveState::Failed;
            if next.drafts.is_none() {
                next.drafts = Some(Rc::new(Vec::new()));
            }
            if let Open::Loading { id } = &next.open {
                next.open = Open::Missing { id: id.clone() };
            }
        }
        Action::StorageMeasured(facts) => next.storage = Some(facts),
        Action::Offline(offline) => next.offline = offline,
        Action::ActivateUpdate => {
            if next.offline == OfflineState::UpdateWaiting {
                next.ask(Effect::ActivateUpdate);
            }
        }
        Action::DownloadDraft => {
            if let Some(draft) = next.draft().cloned() {
                next.ask(Effect::Download {
                    file_name: format!("{}.precheck.json", draft.application.fingerprint().form_code()),
                    media_type: "application/json",
                    bytes: draft.application.to_pretty().into_bytes().into(),
                });
            }
        }
        Action::Print => next.ask(Effect::Print),
        Action::Export { status, seal } => export(&mut next, status, seal),
        Action::ExportProgressed(state) => {
            if next.export.is_running() {
                next.export = state;
            }
        }
        Action::CancelExport => {
            if next.export.is_running() {
                next.ask(Effect::CancelExport);
            }
        }
        Action::Exported { draft, receipt, can_share } => exported(&mut next, &draft, receipt, can_share),
        Action::ExportFailed(reason) => next.export = ExportState::Failed(reason),
        Action::ExportCancelled => next.export = ExportState::Cancelled,
        Action::HandOver { share } => {
            if matches!(next.export, ExportState::Done { .. }) {
                next.ask(Effect::HandOver { share });
            }
        }
        Action::DownloadReceipt => download_receipt(&mut next),
        Action::BundleOpened { id, draft, pack } => bundle_opened(&mut next, id, &draft, pack),
        Action::Erased => erased(&mut next),
        Action::Say(notice) => next.notice = Some(notice),
        Action::DismissNotice => next.notice = None,
        Action::Taken(upto) => {
            if next.outbox.iter().any(|(seq, _)| *seq <= upto) {
                Rc::make_mut(&mut next.outbox).retain(|(seq, _)| *seq > upto);
            }
        }
    }
    next
}

/// Asks for the bundle. The warnings that the person has seen by now are noted, so that the report can say what became of
/// them.
fn export(next: &mut AppState, status: Status, seal: Option<SealKey>) {
    if next.export.is_running() {
        return;
    }
    let Some(assessment) = next.assessment().cloned() else { return };
    if status == Status::Final && assessment.blocks() {
        return;
    }
    change(next, |draft| {
        let seen = assessment.diagnostics.iter().filter(|d| d.severity == Severity::Warning);
        for warning in seen.map(Disposition::of) {
            let all = &draft.application.dispositions;
            let is_new = !all.iter().any(|known| known.is_about_the_same(&warning));
            // What does not fit any more is not noted; the report says of it that it is open.
            if is_new && all.len() < MAX_DISPOSITIONS {
                draft.application.apply(Edit::SetDisposition(warning)).map_err(|e| e.to_string())?;
            }
        }
        Ok(())
    });
    let Some(draft) = next.draft().cloned() else { return };
    next.export = ExportState::BEGUN;
    let (pack, reference) = (next.pack_of(&draft).clone(), next.reference(&draft));
    next.ask(Effect::Export { draft, pack, reference, status, seal });
}

fn exported(next: &mut AppState, id: &str, receipt: Receipt, can_share: bool) {
    next.export = ExportState::Done { receipt: Rc::new(receipt.clone()), can_share };
    if next.draft().is_some_and(|d| d.id == id) {
        change(next, |draft| {
            draft.receipt = Some(receipt);
            Ok(())
        });
    }
}

fn download_receipt(next: &mut AppState) {
    let (Some(draft), Some(assessment)) = (next.draft().cloned(), next.assessment().cloned()) else { return };
    let Some(receipt) = &draft.receipt else { return };
    let text = receipt::text(receipt, next.pack_of(&draft), &draft.application, &assessment);
    next.ask(Effect::Download {
        file_name: format!("{}-回执.txt", receipt.form_code),
        media_type: "text/plain;charset=utf-8",
        bytes: text.into_bytes().into(),
    });
}

/// Begins a draft with what a bundle holds, judged by the bundle's own pack where that is at hand.
fn bundle_opened(next: &mut AppState, id: String, draft: &Draft, pack: Option<Rc<Pack>>) {
    let Some(pack) = pack else { return create(next, Draft { id, ..draft.clone() }) };
    Rc::make_mut(&mut next.packs).add(pack.clone());
    let draft = Draft { id, pack_key: pack.key(), ..draft.clone() };
    next.ask(Effect::StorePack { pack });
    next.export = ExportState::Idle;
    next.open_draft(draft);
    next.ask(Effect::KeepStorage);
    save(next);
}

/// Nothing is left of what was entered or opened.
fn erased(next: &mut AppState) {
    let (pack, today, offline) = (next.packs.built_in().clone(), next.today, next.offline);
    let (outbox, next_effect) = (next.outbox.clone(), next.next_effect);
    *next =
        AppState { offline, outbox, next_effect, drafts: Some(Rc::default()), ..AppState::new(pack, today) };
}

/// Begins a draft, bound to the pack in use.
fn create(next: &mut AppState, mut draft: Draft) {
    let pack = next.pack().clone();
    if draft.application.pack.id.is_empty() || draft.application.pack.version == pack.info.version {
        bind(&mut draft, &pack);
    }
    next.ask(Effect::StorePack { pack });
    next.export = ExportState::Idle;
    next.open_draft(draft);
    next.ask(Effect::KeepStorage);
    save(next);
}

/// Binds a draft to a pack: by that it is judged from now on.
fn bind(draft: &mut Draft, pack: &Pack) {
    draft.application.pack = PackRef { id: pack.info.id.clone(), version: pack.info.version.clone() };
    draft.pack_key = pack.key();
}

/// Takes stored packs over. Records that this version cannot read are left where they are.
fn packs_listed(next: &mut AppState, records: &[String], current: Option<&str>) {
    let all = Rc::make_mut(&mut next.packs);
    for pack in records.iter().filter_map(|r| packs::from_record(r)) {
        all.add(Rc::new(pack));
    }
    if let Some(key) = current {
        all.choose(key);
    }
    // A draft that is open already may have been waiting for its pack.
    if let Some(draft) = next.draft().cloned() {
        next.open_draft((*draft).clone());
    }
}

/// Begins new drafts with `pack` from now on. Drafts stay with the pack they were begun with.
fn use_pack(next: &mut AppState, pack: Rc<Pack>) {
    let key = pack.key();
    next.pack_errors = Rc::default();
    let all = Rc::make_mut(&mut next.packs);
    all.add(pack.clone());
    all.choose(&key);
    next.ask(Effect::StorePack { pack });
    next.ask(Effect::ChoosePack { key });
}

/// The text of an overlay for the built-in pack, with what was filled in.
fn overlay_text(state: &AppState, form: &OverlayForm) -> Result<String, String> {
    if form.source.trim().is_empty() {
        return Err("填写出处：这些值出自哪一份官方附件".to_owned());
    }
    let values: Vec<(String, String)> =
        form.values.iter().filter(|(_, value)| !value.trim().is_empty()).cloned().collect();
    if values.is_empty() {
        return Err("至少填写一个参数".to_owned());
    }
    let pack = state.packs.built_in();
    // A rule takes effect when every parameter that it waits for has a value.
    let has_value = |id: &String| {
        values.iter().any(|(v, _)| v == id) || pack.parameter(id).is_some_and(|p| p.value.is_some())
    };
    let confirmed: Vec<String> = pack
        .rules
        .iter()
        .filter(|r| r.is_dormant && r.parameters.iter().all(has_value))
        .map(|r| r.id.clone())
        .collect();
    let omitted: Vec<(String, String)> =
        form.replaced.iter().map(|id| (id.clone(), "条件都已写成参数".to_owned())).collect();
    let source = form.source.trim();
    Ok(Overlay::write(pack, "annex", source, source, &values, &confirmed, &omitted))
}

fn open(next: &mut AppState, id: String) {
    let is_open = match &next.open {
        Open::Ready { draft, .. } => draft.id == id,
        Open::Loading { id: wanted } | Open::Missing { id: wanted } => *wanted == id,
        Open::Nothing => false,
    };
    if !is_open {
        next.save = SaveState::Unchanged;
        next.export = ExportState::Idle;
        next.open = Open::Loading { id: id.clone() };
        next.ask(Effect::LoadDraft { id });
    }
}

fn rename(next: &mut AppState, id: String, name: &str) {
    let name: String = name.trim().chars().take(MAX_NAME_CHARS).collect();
    if let Some(drafts) = &mut next.drafts {
        for head in Rc::make_mut(drafts).iter_mut().filter(|d| d.id == id && !name.is_empty()) {
            head.title.clone_from(&name);
        }
    }
    if next.draft().is_some_and(|d| d.id == id) {
        change(next, |draft| {
            draft.name = name;
            Ok(())
        });
    } else {
        next.ask(Effect::RenameDraft { id, name });
    }
}

/// Changes the open draft, judges it anew and asks for it to be saved. A change that cannot be made changes nothing.
fn change(next: &mut AppState, make: impl FnOnce(&mut Draft) -> Result<(), String>) {
    let Some(draft) = next.draft() else { return };
    let before = draft.clone();
    let mut draft = (*before).clone();
    if let Err(text) = make(&mut draft) {
        next.notice = Some(Notice { is_error: true, text });
        return;
    }
    if draft == *before {
        return;
    }
    fill_what_follows(&before, &mut draft);
    draft.revision += 1;
    next.open_draft(draft);
    save(next);
}

/// Makes a change of the person's. A removed entry can be taken back; what the person types over a fix cannot.
fn edit_draft(next: &mut AppState, edit: Edit) {
    let removal = match (&edit, next.draft()) {
        (Edit::RemoveMember { list, id }, Some(draft)) => {
            let place = draft.application.members(list).position(|(known, _)| known == id).unwrap_or(0);
            undo_of(draft, &edit, FieldPath::of_key(list), format!("已删除第 {} 段", place + 1))
        }
        (Edit::RemoveReading(kind), Some(draft)) => {
            let text = format!("已不再核对{}", kind.label());
            undo_of(draft, &edit, FieldPath::of_key(READINGS), text)
        }
        _ => None,
    };
    let typed_over = next.undo.as_ref().is_some_and(|undo| is_same_place(&undo.edit, &edit));
    change(next, |draft| draft.application.apply(edit).map_err(|e| e.to_string()));
    if let Some(removal) = removal {
        next.undo = Some(Rc::new(removal));
    } else if typed_over {
        next.undo = None;
    }
}

/// How `edit` is taken back, with the content of the file that it removes; asked for before it is made.
fn undo_of(draft: &Draft, edit: &Edit, at: FieldPath, text: String) -> Option<Undo> {
    let blob = match edit {
        Edit::Detach(place) | Edit::Replace(place, _) => draft.blobs.get(*place).cloned(),
        _ => None,
    };
    let edit = draft.application.undo_of(edit)?;
    Some(Undo { draft: draft.id.clone(), text, at, edit, blob })
}

fn is_same_place(one: &Edit, other: &Edit) -> bool {
    match (one, other) {
        (Edit::Set { key: a, .. }, Edit::Set { key: b, .. }) => a == b,
        (Edit::SetMember { list: l, id: i, field: f, .. }, Edit::SetMember { list, id, field, .. }) => {
            (l, i, f) == (list, id, field)
        }
        (Edit::SetMember { list: l, id: i, .. }, Edit::RemoveMember { list, id }) => (l, i) == (list, id),
        _ => false,
    }
}

fn fix(next: &mut AppState, path: FieldPath, value: Value, title: String) {
    let edit = Edit::set_at(&path, Some(value));
    let back = next.draft().and_then(|draft| undo_of(draft, &edit, path, format!("已处理：{title}")));
    change(next, |draft| draft.application.apply(edit).map_err(|e| e.to_string()));
    next.undo = back.map(Rc::new);
}

/// Notes what a look into a file found.
fn looked(next: &mut AppState, id: &str, sha256: &str, look: Look) {
    let Some(draft) = next.draft().filter(|d| d.id == id).cloned() else { return };
    let all = draft.application.attachments.iter().enumerate();
    let places: Vec<usize> = all.filter(|(_, a)| a.sha256 == sha256).map(|(place, _)| place).collect();
    let Look { media_type, mut inspected, code } = look;
    // Texts may not make the draft too large to be read again: with very many, the later ones are not kept.
    let files = &draft.application.attachments;
    let texts = files.iter().filter_map(|a| a.inspected.as_ref()?.text.as_ref()).flatten();
    if texts.map(String::len).sum::<usize>() > MAX_TEXT_BYTES {
        inspected.text = None;
    }
    // What the content does not tell stays as the browser and the name have it.
    let media_type = Some(media_type).filter(|m| !m.is_empty() && m != "application/octet-stream");
    change(next, |draft| {
        for attachment in places {
            let (media_type, inspected) = (media_type.clone(), Some(inspected.clone()));
            let edit = Edit::SetInspected { attachment, media_type, inspected };
            draft.application.apply(edit).map_err(|e| e.to_string())?;
        }
        Ok(())
    });
    if let Some(code) = code {
        signed_read(next, sha256, code);
    }
}

fn look_again(next: &mut AppState, place: usize, part: Part) {
    let Some(draft) = next.draft().cloned() else { return };
    if let (Some(file), Some(blob)) = (draft.application.attachments.get(place), draft.blobs.get(place)) {
        let (sha256, blob) = (file.sha256.clone(), blob.clone());
        let question = Question { code: true, part: Some(part) };
        next.ask(Effect::Look { draft: draft.id.clone(), sha256, blob, question });
    }
}

/// Has files looked into that nobody looked into yet: of an older version, or where the page was left too soon.
fn look_at_new_files(next: &mut AppState) {
    let Some(draft) = next.draft().cloned() else { return };
    for (file, blob) in draft.application.attachments.iter().zip(&draft.blobs) {
        if file.inspected.is_none() {
            let code = file.material == SIGNED_DECLARATION && !file.facts.contains_key(FORM_CODE_KEY);
            let (id, sha256, blob) = (draft.id.clone(), file.sha256.clone(), blob.clone());
            next.ask(Effect::Look { draft: id, sha256, blob, question: Question { code, part: None } });
        }
    }
}

fn location_stripped(next: &mut AppState, place: usize, blob: String, bytes: u64, sha256: String) {
    let Some(draft) = next.draft().cloned() else { return };
    let Some(old) = draft.application.attachments.get(place) else { return };
    let mut file = Attachment { bytes, sha256, ..old.clone() };
    if let Some(inspected) = &mut file.inspected {
        inspected.has_location = false;
    }
    let edit = Edit::Replace(place, file);
    let at = FieldPath::of_material(&old.material);
    let back = undo_of(&draft, &edit, at, format!("已去掉“{}”的拍摄地点", old.file));
    change(next, |draft| {
        draft.application.apply(edit).map_err(|e| e.to_string())?;
        if let Some(key) = draft.blobs.get_mut(place) {
            *key = blob;
        }
        Ok(())
    });
    next.undo = back.map(Rc::new);
}

/// Notes what the code on the signed declaration says, and tells the person what that means.
fn signed_read(next: &mut AppState, sha256: &str, code: Result<String, String>) {
    let Some(draft) = next.draft().cloned() else { return };
    let mut files = draft.application.attachments.iter();
    let found = files.position(|a| a.material == SIGNED_DECLARATION && a.sha256 == sha256);
    let Some(place) = found else { return };
    let read = code.and_then(|text| print::read(&text).map_err(|problem| problem.to_string()));
    let pack = next.pack_of(&draft).clone();
    let (is_error, text) = match read {
        Err(words) => (
            true,
            format!(
                "没有读出签字申报表的二维码：{words}也可以在“核对一致”一步指出二维码在哪里，或抄写填报码。"
            ),
        ),
        Ok(print) => {
            let verdict = print.verdict(&pack, &draft.application);
            let code = Value::String(print.fingerprint.form_code());
            let mut facts = vec![(FORM_CODE_KEY.to_owned(), code)];
            // What another form says is not about this application.
            if verdict != PrintVerdict::WrongForm {
                facts.extend(print.facts(&pack));
            }
            change(next, |draft| {
                for (key, value) in facts {
                    let fact = Edit::SetFact { attachment: place, key, value: Some(value) };
                    draft.application.apply(fact).map_err(|e| e.to_string())?;
                }
                Ok(())
            });
            (verdict != PrintVerdict::Same, verdict_words(&pack, &verdict))
        }
    };
    next.notice = Some(Notice { is_error, text });
}

fn verdict_words(pack: &Pack, verdict: &PrintVerdict) -> String {
    match verdict {
        PrintVerdict::Same => "已读出申报表上的二维码：签字的就是现在填报的内容。".to_owned(),
        PrintVerdict::WrongForm => {
            "这张申报表是另一种申报的，或按另一份通知打印。打印本申报的申报表，签字盖章后重新添加。"
                .to_owned()
        }
        PrintVerdict::WrongPerson => "这张申报表上的姓名和证件号码是另一个人的。核对后重新添加。".to_owned(),
        PrintVerdict::Changed(keys) => {
            let labels: Vec<&str> =
                keys.iter().filter_map(|key| pack.field(key)).map(|f| f.label.as_str()).collect();
            let labels = labels.join("、");
            format!("打印申报表之后改过：{labels}。以签字的申报表为准改回填报内容，或重新打印、签字、盖章。")
        }
        PrintVerdict::ChangedElsewhere => {
            "打印申报表之后改过没有印在表上的内容，填报码已不同。重新打印、签字、盖章。".to_owned()
        }
    }
}

fn remove_attachment(next: &mut AppState, place: usize) {
    let edit = Edit::Detach(place);
    let removed = next.draft().and_then(|draft| {
        let file = draft.application.attachments.get(place)?;
        undo_of(draft, &edit, FieldPath::of_material(&file.material), format!("已删除“{}”", file.file))
    });
    change(next, |draft| {
        draft.application.apply(edit).map_err(|e| e.to_string())?;
        if place < draft.blobs.len() {
            draft.blobs.remove(place);
        }
        Ok(())
    });
    next.undo = removed.map(Rc::new);
}

fn undo(next: &mut AppState) {
    let Some(undo) = next.undo.take() else { return };
    if next.draft().is_none_or(|draft| draft.id != undo.draft) {
        return;
    }
    change(next, |draft| {
        draft.application.apply(undo.edit.clone()).map_err(|e| e.to_string())?;
        // The content is still stored: it is cleared away when the drafts are listed, and that ends what can be taken back.
        if let (Edit::Reattach(place, _), Some(blob)) = (&undo.edit, &undo.blob) {
            draft.blobs.insert((*place).min(draft.blobs.len()), blob.clone());
        }
        if let (Edit::Replace(place, _), Some(blob)) = (&undo.edit, &undo.blob)
            && let Some(key) = draft.blobs.get_mut(*place)
        {
            key.clone_from(blob);
        }
        Ok(())
    });
}

/// An occupation's name follows its code while the person has not written another.
fn fill_what_follows(before: &Draft, draft: &mut Draft) {
    use crate::domain::base::catalogue::occupation;
    const CODE: &str = "apply.occupation_code";
    const NAME: &str = "apply.occupation";
    let name_of = |draft: &Draft| draft.application.text(CODE).and_then(occupation::find).map(|o| o.name);
    let (old, new) = (name_of(before), name_of(draft));
    let is_ours = draft.application.text(NAME).is_none_or(|written| Some(written) == old);
    if old != new && is_ours {
        let value = new.map(|name| Value::String(name.to_owned()));
        // Setting an answer cannot fail.
        let _ = draft.application.apply(Edit::Set { key: NAME.to_owned(), value });
    }
}

fn save(next: &mut AppState) {
    if let Some(draft) = next.draft().cloned() {
        next.save = SaveState::Saving;
        next.ask(Effect::SaveDraft { draft });
    }
}

fn saved(next: &mut AppState, id: &str, revision: u64, clock: String) {
    let Open::Ready { draft, .. } = &next.open else { return };
    if draft.id != id {
        return;
    }
    // A save of an older state does not mean that the newest is on disk.
    if draft.revision == revision {
        next.save = SaveState::Saved { clock };
        if next.storage_problem != Some(StorageProblem::Conflict) {
            next.storage_problem = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> AppState {
        let pack = Rc::new(crate::domain::pack::Pack::built_in().unwrap());
        let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        update(&AppState::new(pack, today), Action::CreateDraft { id: "d1".to_owned() })
    }

    fn after(state: AppState, actions: impl IntoIterator<Item = Action>) -> AppState {
        actions.into_iter().fold(state, |state, action| update(&state, action))
    }

    #[test]
    fn a_deleted_entry_comes_back_where_it_was() {
        let list = "resume".to_owned();
        let add = || Action::Edit(Edit::AddMember { list: "resume".to_owned() });
        let state = after(opened(), [add(), add(), add()]);
        let remove = Action::Edit(Edit::RemoveMember { list: list.clone(), id: "r2".to_owned() });
        let removed = after(state.clone(), [remove]);
        assert_eq!(removed.undo.as_ref().unwrap().text, "已删除第 2 段");
        let typed = Action::Edit(Edit::Set { key: "person.name".to_owned(), value: Some("甲".into()) });
        let back = after(removed, [typed, Action::Undo]);
        assert_eq!(
            back.draft().unwrap().application.answers.get(&list),
            state.draft().unwrap().application.answers.get(&list)
        );
        assert_eq!(back.draft().unwrap().application.text("person.name"), Some("甲"));
        assert_eq!(back.undo, None);
    }

    #[test]
    fn a_removed_file_comes_back_with_its_content_until_the_draft_is_left() {
        let file = crate::domain::case::Attachment {
            material: "resident-id".to_owned(),
            file: "身份证.png".to_owned(),
            media_type: "image/png".to_owned(),
            bytes: 1,
            sha256: "0".repeat(64),
            ..crate::domain::case::Attachment::default()
        };
        let stored = |blob: &str| Action::FileStored {
            draft: "d1".to_owned(),
            attachment: file.clone(),
            blob: blob.to_owned(),
        };
        let state = after(opened(), [stored("b1"), stored("b2"), stored("b3")]);
        let removed = after(state.clone(), [Action::RemoveAttachment(1)]);
        assert_eq!(removed.draft().unwrap().blobs, ["b1", "b3"]);
        let back = after(removed.clone(), [Action::Undo]);
        assert_eq!(back.draft().unwrap().blobs, ["b1", "b2", "b3"]);
        assert_eq!(back.draft().unwrap().application, state.draft().unwrap().application);
        assert_eq!(after(removed, [Action::CloseDraft]).undo, None);
    }

    #[test]
    fn what_the_signed_print_says_is_noted_and_told() {
        let set = |key: &str, words: &str| {
            Action::Edit(Edit::Set { key: key.to_owned(), value: Some(words.into()) })
        };
        let file = crate::domain::case::Attachment {
            material: SIGNED_DECLARATION.to_owned(),
            sha256: "0".repeat(64),
            bytes: 1,
            ..crate::domain::case::Attachment::default()
        };
        let stored = Action::FileStored { draft: "d1".to_owned(), attachment: file, blob: "b1".to_owned() };
        let choose = Action::Edit(Edit::SetTrack("examiner".to_owned()));
        let state = after(opened(), [choose, set("person.name", "甲"), set("work.unit", "一厂"), stored]);
        let printed = print::text(state.pack(), &state.draft().unwrap().application);
        let read = |code: Result<String, String>| Action::Looked {
            draft: "d1".to_owned(),
            sha256: "0".repeat(64),
            look: Look { media_type: "image/jpeg".to_owned(), code: Some(code), ..Look::default() },
        };
        let told = |state: &AppState| state.notice.clone().map(|n| (n.is_error, n.text)).unwrap();
        let same = after(state.clone(), [read(Ok(printed.clone()))]);
        assert!(!told(&same).0, "{}", told(&same).1);
        let facts = &same.draft().unwrap().application.attachments[0].facts;
        assert_eq!(facts.get("work.unit"), Some(&"一厂".into()));
        assert!(facts.contains_key(FORM_CODE_KEY));
        let changed = after(state.clone(), [set("work.unit", "二厂"), read(Ok(printed))]);
        assert!(told(&changed).0 && told(&changed).1.contains("改过：工作单位。"), "{}", told(&changed).1);
        // What is not read, and what is no print of ours, notes nothing.
        for code in [Err("太暗。".to_owned()), Ok("https://example.org".to_owned())] {
            let failed = after(state.clone(), [read(code)]);
            assert!(told(&failed).0);
            let file = &failed.draft().unwrap().application.attachments[0];
            assert!(file.facts.is_empty() && file.inspected.is_some());
            assert_eq!(file.media_type, "image/jpeg");
        }
        // The code is looked for where the person says that it is.
        let part = Part { page: 0, left: 0.5, top: 0.0, right: 1.0, bottom: 0.5 };
        let again = update(&state, Action::LookAgain { place: 0, part });
        let asked = |e: &Effect| matches!(e, Effect::Look { blob, question, .. } if blob == "b1" && question.part == Some(part));
        assert!(again.outbox.iter().any(|(_, effect)| asked(effect)));
        // A file that nobody looked into is looked into when the draft is opened.
        let stored = state.draft().unwrap().clone();
        let open = Action::OpenDraft { id: stored.id.clone() };
        let loaded = Action::DraftLoaded { id: stored.id.clone(), draft: Some(stored) };
        let opened = after(state, [Action::CloseDraft, open, loaded]);
        let asked =
            |e: &Effect| matches!(e, Effect::Look { blob, question, .. } if blob == "b1" && question.code);
        assert!(opened.outbox.iter().any(|(_, effect)| asked(effect)));
    }

    #[test]
    fn a_draft_with_very_many_texts_can_still_be_read() {
        use crate::domain::case::inspected::{Inspected, MAX_TEXT_CHARS};
        let text = "字".repeat(MAX_TEXT_CHARS);
        let mut state = opened();
        for n in 0..60 {
            let sha256 = format!("{n:064x}");
            let attachment = Attachment {
                material: "other".to_owned(),
                bytes: 1,
                sha256: sha256.clone(),
                ..Attachment::default()
            };
            let (draft, blob) = ("d1".to_owned(), format!("b{n}"));
            let inspected = Inspected { text: Some(vec![text.clone()]), ..Inspected::default() };
            let look = Look { inspected, ..Look::default() };
            let stored = Action::FileStored { draft: draft.clone(), attachment, blob };
            state = after(state, [stored, Action::Looked { draft, sha256, look }]);
        }
        let draft = state.draft().unwrap();
        assert!(draft.application.attachments.iter().all(|a| a.inspected.is_some()));
        assert_eq!(Draft::from_record(&draft.to_record()).unwrap(), **draft);
        assert_eq!(crate::domain::case::read(&draft.application.to_canonical()).unwrap(), draft.application);
    }

    #[test]
    fn a_paper_that_is_left_out_comes_back() {
        use crate::domain::case::paper_reading::{PaperKind, PaperReading};
        let reading = PaperReading {
            kind: PaperKind::Portal,
            file: "页面".to_owned(),
            sha256: "0".repeat(64),
            form_code: None,
            fields: std::collections::BTreeMap::new(),
        };
        let read = Action::PaperRead { draft: "d1".to_owned(), reading };
        let state = after(opened(), [read]);
        assert_eq!(state.draft().unwrap().application.readings.len(), 1);
        let left = after(state, [Action::Edit(Edit::RemoveReading(PaperKind::Portal))]);
        assert!(left.draft().unwrap().application.readings.is_empty());
        assert_eq!(left.undo.as_ref().unwrap().text, "已不再核对系统填报页面");
        assert_eq!(after(left, [Action::Undo]).draft().unwrap().application.readings.len(), 1);
    }

    #[test]
    fn a_location_is_taken_out_and_comes_back() {
        let inspected =
            crate::domain::case::inspected::Inspected { has_location: true, ..Default::default() };
        let file = Attachment {
            material: "certificate".to_owned(),
            file: "证书.jpg".to_owned(),
            bytes: 9,
            sha256: "1".repeat(64),
            inspected: Some(inspected),
            ..Attachment::default()
        };
        let stored = Action::FileStored { draft: "d1".to_owned(), attachment: file, blob: "b1".to_owned() };
        let state = after(opened(), [stored, Action::StripLocation(0)]);
        let is_asked = |e: &Effect| matches!(e, Effect::StripLocation { place: 0, blob, .. } if blob == "b1");
        assert!(state.outbox.iter().any(|(_, effect)| is_asked(effect)));
        let stripped = |old: &str| Action::LocationStripped {
            draft: "d1".to_owned(),
            place: 0,
            old: old.to_owned(),
            blob: "b2".to_owned(),
            bytes: 8,
            sha256: "2".repeat(64),
        };
        // The file was replaced in the meantime.
        assert_eq!(update(&state, stripped("b0")).draft(), state.draft());
        let done = update(&state, stripped("b1"));
        let file = done.draft().unwrap().application.attachments[0].clone();
        assert_eq!((file.bytes, done.draft().unwrap().blobs.as_slice()), (8, ["b2".to_owned()].as_slice()));
        assert!(file.inspected.is_some_and(|i| !i.has_location));
        let back = update(&done, Action::Undo);
        assert_eq!(back.draft().unwrap().application, state.draft().unwrap().application);
        assert_eq!(back.draft().unwrap().blobs, ["b1"]);
    }

    #[test]
    fn a_fix_is_taken_back_unless_it_was_typed_over() {
        let key = || "person.birth_date".to_owned();
        let typed = |text: &str| Action::Edit(Edit::Set { key: key(), value: Some(text.into()) });
        let fix = || Action::Fix {
            path: FieldPath::of_key("person.birth_date"),
            value: "1985-03-01".into(),
            title: "按身份证号填写".to_owned(),
        };
        let text = |state: &AppState| {
            state.draft().unwrap().application.text("person.birth_date").map(str::to_owned)
        };
        let fixed = after(opened(), [typed("1985-01-03"), fix()]);
        assert_eq!(text(&fixed).as_deref(), Some("1985-03-01"));
        assert_eq!(text(&after(fixed.clone(), [Action::Undo])).as_deref(), Some("1985-01-03"));
        let typed_over = after(fixed, [typed("1986-01-01"), Action::Undo]);
        assert_eq!(text(&typed_over).as_deref(), Some("1986-01-01"));
        let other = after(opened(), [fix(), Action::CreateDraft { id: "d2".to_owned() }, Action::Undo]);
        assert_eq!(text(&other), None);
    }

    #[test]
    fn a_draft_leaves_the_list_when_it_is_off_the_disk_and_no_sooner() {
        let id = String::from("d1");
        let created = opened();
        let n_listed = |state: &AppState| state.drafts.as_ref().map_or(0, |d| d.len());
        let listed = AppState {
            drafts: Some(Rc::new(created.draft().map(|d| d.head()).into_iter().collect())),
            ..created
        };
        let asked = update(&listed, Action::DeleteDraft { id: id.clone() });
        assert_eq!(n_listed(&asked), 1);
        assert!(
            asked.outbox.iter().any(|(_, e)| matches!(e, Effect::DeleteDraft { id: gone } if *gone == id))
        );
        assert_eq!(n_listed(&update(&asked, Action::DraftDeleted { id })), 0);
    }
}
