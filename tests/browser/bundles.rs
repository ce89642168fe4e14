//! Bundles in the page: made, stopped, written where the person says, verified and opened again.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::applicant::before_the_page;
use crate::harness::{Result, Server, console, dist, eval, until, with_browser};
use crate::page::{
    choose, click, click_words, download_to, downloaded, draft_id, example, find, go, import, put, saved, see,
};

/// A place that the person chose, as far as the page can tell: in the browser's own file system.
const CHOSEN_PLACE: &str = "window.showSaveFilePicker = async ({ suggestedName }) =>
    (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });";

/// What lies in the browser's own file system.
const PLACES: &str = "const names = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
    return names;";

/// A draft of the example with two of its files; what lacks bars it from being final.
async fn begin(page: &WebDriver) -> Result<String> {
    let id = import(page, "examiner.json").await?;
    go(page, &format!("/drafts/{id}/materials")).await?;
    put(page, "f-materials-resident-id", &example("examiner/身份证.png")).await?;
    see(page, "身份证.png").await?;
    put(page, "f-materials-photo", &example("examiner/个人证件照.png")).await?;
    see(page, "个人证件照.png").await?;
    saved(page).await?;
    go(page, &format!("/drafts/{id}/export")).await?;
    find(page, "#export-draft").await?;
    Ok(id)
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

async fn unfold(page: &WebDriver, words: &str) -> Result {
    let summary = format!("//summary[contains(., '{words}')]");
    page.query(By::XPath(summary)).first().await?.click().await?;
    Ok(())
}

async fn root_hash(page: &WebDriver) -> Result<String> {
    Ok(find(page, ".receipt__hash").await?.text().await?)
}

#[tokio::test]
async fn a_draft_bundle_is_taken_to_another_device_and_back() -> Result {
    let folder = folder("draft-bundle");
    let file = folder.join("made.zip");
    let mut hash = String::new();
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let id = begin(page).await?;
        assert!(page.find(By::Id("export")).await.is_err(), "what is blocked must not be called final");
        // A reason for a warning goes along.
        let warning = find(page, "#reason-0").await?;
        warning.send_keys("已核对原件").await?;
        saved(page).await?;
        download_to(page, &folder).await?;
        click(page, "#export-draft").await?;
        see(page, "已导出草稿包").await?;
        let focused = "return document.activeElement?.id === 'export-result';";
        until(page, focused).await?;
        hash = root_hash(page).await?;
        let bytes = downloaded(&folder, "zip").await?;
        fs::write(&file, &bytes)?;
        click_words(page, "打印或保存回执").await?;
        see(page, "草稿，不能作为提交材料").await?;
        see(page, "data/materials/resident-id-1.png").await?;
        click(page, "#save-receipt").await?;
        let receipt = String::from_utf8(downloaded(&folder, "txt").await?)?;
        assert!(receipt.contains(&hash) && receipt.contains("身份证.png"), "{receipt}");
        // It is still there after the page was closed.
        page.goto("about:blank").await?;
        page.goto(&format!("{}#/drafts/{id}/receipt", server.url)).await?;
        see(page, &hash).await?;
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await?;

    // Another browser knows nothing of it.
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&format!("{}#/verify", server.url)).await?;
        put(page, "bundle", &file).await?;
        see(page, "这是草稿包，不能作为提交材料").await?;
        see(page, &hash).await?;
        click(page, "#open-bundle").await?;
        find(page, "#export-draft").await?;
        let id = draft_id(page).await?;
        see(page, "身份证.png").await?;
        let reason = find(page, "#reason-0").await?.prop("value").await?;
        assert_eq!(reason.as_deref(), Some("已核对原件"));
        go(page, &format!("/drafts/{id}/materials")).await?;
        page.query(By::Css(".attachment__thumbnail img")).first().await?;
        saved(page).await?;
        page.refresh().await?;
        page.query(By::Css(".attachment__thumbnail img")).first().await?;
        // Made again, it is the same.
        go(page, &format!("/drafts/{id}/export")).await?;
        let again = folder.join("again");
        download_to(page, &again).await?;
        click(page, "#export-draft").await?;
        see(page, "已导出草稿包").await?;
        assert!(downloaded(&again, "zip").await? == fs::read(&file)?, "the bundle has changed on its way");
        assert_eq!(root_hash(page).await?, hash);
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_changed_bundle_is_not_opened() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        let folder = folder("changed-bundle");
        download_to(page, &folder).await?;
        click(page, "#export-draft").await?;
        let mut bytes = downloaded(&folder, "zip").await?;
        let place = bytes.windows(4).position(|w| w == b"IDAT").ok_or("no picture")? + 9;
        bytes[place] ^= 1;
        let changed = folder.join("changed.zip");
        fs::write(&changed, &bytes)?;
        go(page, "/verify").await?;
        put(page, "bundle", &changed).await?;
        see(page, "核验没有通过").await?;
        see(page, "共 1 个问题").await?;
        see(page, "内容损坏").await?;
        assert!(page.find(By::Id("open-bundle")).await.is_err());
        let count = "return (await indexedDB.databases()).length;";
        assert_eq!(eval(page, count).await?, json!(1));
        // Something else altogether.
        put(page, "bundle", &example("examiner/身份证.png")).await?;
        see(page, "不是 ZIP 文件").await?;
        assert!(page.find(By::Id("open-bundle")).await.is_err());
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_bundle_is_written_where_the_person_says() -> Result {
    with_browser(async |page| {
        before_the_page(page, CHOSEN_PLACE).await?;
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        click(page, "#export-draft").await?;
        see(page, "已导出草稿包").await?;
        let hash = root_hash(page).await?;
        let written = eval(page, PLACES).await?;
        let [Value::String(name)] = written.as_array().ok_or("no list")?.as_slice() else {
            return Err(format!("written: {written}").into());
        };
        assert!(name.ends_with("-draft.zip"), "{name}");
        let bytes = eval(
            page,
            &format!(
                "const file = await (await (await navigator.storage.getDirectory()).getFileHandle({})).getFile();
                 return Array.from(new Uint8Array(await file.arrayBuffer()));",
                json!(name)
            ),
        )
        .await?;
        let bytes: Vec<u8> = serde_json::from_value(bytes)?;
        let pack = precheck::domain::pack::Pack::built_in().map_err(|errors| format!("{errors:?}"))?;
        let found = precheck::domain::bundle::verify::verify(&bytes, &[&pack]);
        assert!(found.is_sound, "{:?}", found.problems);
        assert_eq!(found.root_hash.as_deref(), Some(hash.as_str()));
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_export_that_is_stopped_leaves_nothing_behind() -> Result {
    with_browser(async |page| {
        // A disk that never comes to an end with writing.
        let endless = "
            FileSystemFileHandle.prototype.createWritable = async () => {
                let stop;
                return {
                    write: () => new Promise((_, reject) => { stop = reject; }),
                    close: async () => {},
                    abort: async (reason) => stop?.(reason),
                };
            };";
        before_the_page(page, &format!("{CHOSEN_PLACE}{endless}")).await?;
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        click(page, "#export-draft").await?;
        see(page, "正在写入文件").await?;
        assert_eq!(eval(page, PLACES).await?.as_array().map(Vec::len), Some(1));
        click(page, "#cancel-export").await?;
        see(page, "没有留下文件，草稿不受影响").await?;
        assert_eq!(eval(page, PLACES).await?, json!([]));
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_work_itself_can_be_stopped() -> Result {
    with_browser(async |page| {
        // Once this is set, workers begin and say nothing any more.
        let silent = "
            const Working = window.Worker;
            window.Worker = class extends Working {
                constructor(...all) { super(...all); window.begun = (window.begun ?? 0) + 1; }
                postMessage(...all) { if (!window.silent) super.postMessage(...all); }
                terminate() { super.terminate(); window.ended = (window.ended ?? 0) + 1; }
            };";
        before_the_page(page, &format!("{CHOSEN_PLACE}{silent}")).await?;
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        // One is ready for what comes next.
        until(page, "return window.begun === window.ended + 1;").await?;
        eval(page, "window.silent = true;").await?;
        click(page, "#export-draft").await?;
        find(page, "#cancel-export").await?;
        // Leaving now would be asked about.
        let asks = "const event = new Event('beforeunload', { cancelable: true });
            window.dispatchEvent(event);
            return event.defaultPrevented;";
        assert_eq!(eval(page, asks).await?, json!(true));
        let ended = eval(page, "return window.ended;").await?;
        click(page, "#cancel-export").await?;
        see(page, "没有留下文件，草稿不受影响").await?;
        // What was stopped is ended, and another one is ready.
        until(page, &format!("return window.ended > {ended} && window.begun === window.ended + 1;")).await?;
        assert_eq!(eval(page, PLACES).await?, json!([]));
        assert_eq!(eval(page, asks).await?, json!(false));
        // And once more, to the end.
        eval(page, "window.silent = false;").await?;
        click(page, "#export-draft").await?;
        see(page, "已导出草稿包").await?;
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_full_disk_is_named_and_nothing_is_left() -> Result {
    with_browser(async |page| {
        let full = "
            FileSystemWritableFileStream.prototype.write = async () => {
                throw new DOMException('full', 'QuotaExceededError');
            };";
        before_the_page(page, &format!("{CHOSEN_PLACE}{full}")).await?;
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        click(page, "#export-draft").await?;
        see(page, "文件没有写成").await?;
        assert_eq!(eval(page, PLACES).await?, json!([]));
        drop(server);
        Ok(())
    })
    .await
}

/// Does something to the stored content of the first attachment, as no person could.
async fn tamper(page: &WebDriver, what: &str) -> Result {
    let script = format!(
        "const database = await new Promise((resolve) => {{
            const request = indexedDB.open('precheck');
            request.onsuccess = () => resolve(request.result);
        }});
        const transaction = database.transaction('blobs', 'readwrite');
        const blobs = transaction.objectStore('blobs');
        const key = await new Promise((resolve) => {{
            blobs.getAllKeys().onsuccess = (event) => resolve(event.target.result[0]);
        }});
        {what}
        await new Promise((resolve) => {{ transaction.oncomplete = resolve; }});
        database.close();"
    );
    eval(page, &script).await?;
    Ok(())
}

#[tokio::test]
async fn a_content_that_was_lost_or_changed_is_named() -> Result {
    with_browser(async |page| {
        before_the_page(page, CHOSEN_PLACE).await?;
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        tamper(page, "blobs.put(new Blob(['changed']), key);").await?;
        click(page, "#export-draft").await?;
        see(page, "没有导出").await?;
        see(page, "身份证.png").await?;
        see(page, "重新添加").await?;
        tamper(page, "blobs.delete(key);").await?;
        click(page, "#export-draft").await?;
        see(page, "附件“身份证.png”的内容已丢失，重新添加后再导出").await?;
        assert_eq!(eval(page, PLACES).await?, json!([]));
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_bundle_for_which_there_is_no_room_changes_nothing() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let folder = folder("no-room");
        let id = begin(page).await?;
        download_to(page, &folder).await?;
        click(page, "#export-draft").await?;
        see(page, "已导出草稿包").await?;
        let file = folder.join("made.bundle");
        fs::write(&file, downloaded(&folder, "zip").await?)?;
        // The second content finds no room.
        let full = "const put = IDBObjectStore.prototype.put;
            let n_contents = 0;
            IDBObjectStore.prototype.put = function (...all) {
                if (this.name === 'blobs' && ++n_contents > 1) throw new DOMException('full', 'QuotaExceededError');
                return put.apply(this, all);
            };";
        eval(page, full).await?;
        go(page, "/verify").await?;
        put(page, "bundle", &file).await?;
        click_words(page, "打开为草稿").await?;
        see(page, "没有打开：浏览器没有空间").await?;
        go(page, "/").await?;
        until(page, "return document.querySelectorAll('.draft-card').length === 1;").await?;
        let kept = "const database = await new Promise((resolve) => {
                const request = indexedDB.open('precheck');
                request.onsuccess = () => resolve(request.result);
            });
            const keys = await new Promise((resolve) => {
                database.transaction('blobs').objectStore('blobs').getAllKeys().onsuccess =
                    (event) => resolve(event.target.result);
            });
            database.close();
            return keys.map((key) => key.split('/')[0]);";
        assert_eq!(eval(page, kept).await?, json!([id, id]));
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_window_that_is_closed_while_it_exports_harms_nothing() -> Result {
    with_browser(async |page| {
        let endless = "
            FileSystemFileHandle.prototype.createWritable = async () =>
                ({ write: () => new Promise(() => {}), close: async () => {}, abort: async () => {} });";
        before_the_page(page, &format!("{CHOSEN_PLACE}{endless}")).await?;
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let id = begin(page).await?;
        click(page, "#export-draft").await?;
        see(page, "正在写入文件").await?;
        let exporting = page.window().await?;
        let fresh = page.new_tab().await?;
        page.switch_to_window(exporting).await?;
        page.close_window().await?;
        page.switch_to_window(fresh).await?;
        page.goto(&format!("{}#/drafts/{id}/export", server.url)).await?;
        see(page, "导出草稿包").await?;
        see(page, "身份证.png").await?;
        see(page, "个人证件照.png").await?;
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_finished_bundle_is_handed_to_another_program() -> Result {
    with_browser(async |page| {
        let sharing = "
            navigator.canShare = ({ files }) => files.length === 1;
            navigator.share = async ({ files }) => { window.shared = [files[0].name, files[0].size]; };";
        before_the_page(page, &format!("{CHOSEN_PLACE}{sharing}")).await?;
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        click(page, "#export-draft").await?;
        click(page, "#share-bundle").await?;
        until(page, "return !!window.shared;").await?;
        let shared = eval(page, "return window.shared;").await?;
        assert!(shared[0].as_str().is_some_and(|name| name.ends_with("-draft.zip")), "{shared}");
        assert!(shared[1].as_u64().is_some_and(|bytes| bytes > 1_000), "{shared}");
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_encrypted_bundle_opens_with_its_passphrase_alone() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        unfold(page, "加密").await?;
        choose(page, "用口令加密").await?;
        // Without a passphrase nothing is made.
        click(page, "#export-draft").await?;
        see(page, "没有填写口令").await?;
        click(page, "#seal-fresh").await?;
        until(
            page,
            "return /^([2-9A-Z]{4}-){3}[2-9A-Z]{4}$/.test(document.querySelector('#seal-words').value);",
        )
        .await?;
        let words = find(page, "#seal-words").await?.prop("value").await?.unwrap_or_default();
        let folder = folder("sealed-bundle");
        download_to(page, &folder).await?;
        click(page, "#export-draft").await?;
        see(page, "已导出草稿包").await?;
        let hash = root_hash(page).await?;
        let sealed = downloaded(&folder, "age").await?;
        assert!(sealed.starts_with(b"age-encryption.org/v1\n-> scrypt "));
        // What another program makes of it.
        let key = precheck::domain::bundle::seal::OpenKey::Passphrase(words.clone());
        let mut plain = Vec::new();
        precheck::domain::bundle::seal::unseal(&key, &mut sealed.as_slice(), &mut plain)?;
        assert!(plain.starts_with(b"PK\x03\x04"));
        let file = folder.join("made.zip.age");
        fs::write(&file, &sealed)?;
        go(page, "/verify").await?;
        put(page, "bundle", &file).await?;
        see(page, "已加密").await?;
        find(page, "#open-words").await?.send_keys("falsch").await?;
        click(page, "#open-sealed").await?;
        see(page, "口令不对").await?;
        let field = find(page, "#open-words").await?;
        field.clear().await?;
        field.send_keys(words + Key::Enter).await?;
        see(page, "这是草稿包，不能作为提交材料").await?;
        see(page, &hash).await?;
        click(page, "#open-bundle").await?;
        find(page, "#export-draft").await?;
        let id = draft_id(page).await?;
        go(page, &format!("/drafts/{id}/materials")).await?;
        page.query(By::Css(".attachment__thumbnail img")).first().await?;
        // To a key that was typed wrongly nothing is sealed.
        go(page, &format!("/drafts/{id}/export")).await?;
        unfold(page, "加密").await?;
        choose(page, "加密给对方的公钥").await?;
        find(page, "#seal-recipient").await?.send_keys("age1falsch").await?;
        click(page, "#export-draft").await?;
        see(page, "公钥不对").await?;
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await
}
