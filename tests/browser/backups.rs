//! Backups of drafts, and leaving no trace.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use thirtyfour::prelude::*;

use crate::applicant::before_the_page;
use crate::harness::{Result, Server, console, dist, eval, until, with_browser};
use crate::page::{
    choose, click, click_words, download_to, downloaded, example, find, go, import, put, saved, see,
};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Two drafts, one with a file.
async fn begin(page: &WebDriver) -> Result {
    import(page, "inspector.json").await?;
    let id = import(page, "examiner.json").await?;
    go(page, &format!("/drafts/{id}/materials")).await?;
    put(page, "f-materials-resident-id", &example("examiner/身份证.png")).await?;
    page.query(By::Css(".attachment__thumbnail img")).first().await?;
    saved(page).await?;
    go(page, "/backup").await?;
    see(page, "2 份草稿").await
}

async fn n_drafts(page: &WebDriver, n: usize) -> Result {
    go(page, "/").await?;
    until(page, &format!("return document.querySelectorAll('.draft-card').length === {n};")).await
}

#[tokio::test]
async fn drafts_come_back_from_an_encrypted_backup() -> Result {
    let folder = folder("backup");
    let file = folder.join("made.zip.age");
    let mut words = String::new();
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        page.query(By::XPath("//summary[contains(., '加密')]")).first().await?.click().await?;
        choose(page, "用口令加密").await?;
        click(page, "#seal-fresh").await?;
        until(page, "return document.querySelector('#seal-words').value.length === 19;").await?;
        words = find(page, "#seal-words").await?.prop("value").await?.unwrap_or_default();
        download_to(page, &folder).await?;
        click(page, "#back-up").await?;
        see(page, "已备份 2 份草稿").await?;
        until(page, "return document.activeElement?.id === 'backup-result';").await?;
        fs::write(&file, downloaded(&folder, "age").await?)?;
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await?;
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&format!("{}#/backup", server.url)).await?;
        put(page, "restore", &file).await?;
        see(page, "已加密").await?;
        find(page, "#open-words").await?.send_keys("falsch").await?;
        click(page, "#open-sealed").await?;
        see(page, "口令不对").await?;
        n_drafts(page, 0).await?;
        go(page, "/backup").await?;
        put(page, "restore", &file).await?;
        find(page, "#open-words").await?.send_keys(&words).await?;
        click(page, "#open-sealed").await?;
        see(page, "恢复了 2 份草稿").await?;
        click_words(page, "去看草稿").await?;
        n_drafts(page, 2).await?;
        click_words(page, "示例甲").await?;
        find(page, "#track").await?;
        let id = crate::page::draft_id(page).await?;
        go(page, &format!("/drafts/{id}/materials")).await?;
        page.query(By::Css(".attachment__thumbnail img")).first().await?;
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_changed_backup_changes_nothing() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        let folder = folder("changed-backup");
        download_to(page, &folder).await?;
        click(page, "#back-up").await?;
        see(page, "已备份 2 份草稿").await?;
        let mut bytes = downloaded(&folder, "zip").await?;
        let whole = folder.join("whole.zip");
        fs::write(&whole, &bytes)?;
        let place = bytes.windows(4).position(|w| w == b"IDAT").ok_or("no picture")? + 9;
        bytes[place] ^= 1;
        let changed = folder.join("changed.zip");
        fs::write(&changed, &bytes)?;
        put(page, "restore", &changed).await?;
        see(page, "没有恢复，本设备上的内容没有变").await?;
        n_drafts(page, 2).await?;
        // What is there already is not doubled.
        go(page, "/backup").await?;
        put(page, "restore", &whole).await?;
        see(page, "恢复了 0 份草稿，另有 2 份本来就在").await?;
        n_drafts(page, 2).await?;
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_draft_is_backed_up() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        let folder = folder("one-backup");
        download_to(page, &folder).await?;
        find(page, "#backup-draft").await?.send_keys("示例甲").await?;
        until(page, "return document.querySelector('#backup-draft').selectedOptions[0].text === '示例甲';")
            .await?;
        click(page, "#back-up").await?;
        see(page, "已备份 1 份草稿").await?;
        let bytes = downloaded(&folder, "zip").await?;
        let has = |name: &str| bytes.windows(name.len()).any(|w| w == name.as_bytes());
        assert!(has("data/drafts/1.json") && !has("data/drafts/2.json"));
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nothing_is_left_after_erasing() -> Result {
    with_browser(async |page| {
        before_the_page(page, "").await?;
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        begin(page).await?;
        see(page, "可离线使用").await?;
        // Another window shows a draft meanwhile.
        let first = page.window().await?;
        let second = page.new_tab().await?;
        page.switch_to_window(second.clone()).await?;
        page.goto(&server.url).await?;
        click_words(page, "示例甲").await?;
        find(page, "#track").await?;
        page.switch_to_window(first.clone()).await?;
        click(page, "#erase-app").await?;
        click(page, "#erase").await?;
        see(page, "不能恢复").await?;
        let confirm = "//dialog[@open]//button[normalize-space(.)='全部清除']";
        page.query(By::XPath(confirm)).first().await?.click().await?;
        see(page, "已全部清除").await?;
        see(page, "数据库：0 个").await?;
        see(page, "离线程序文件：0 份").await?;
        let left =
            "return [(await indexedDB.databases()).length, (await caches.keys()).length, localStorage.length,
            (await navigator.serviceWorker.getRegistrations()).length];";
        assert_eq!(eval(page, left).await?, json!([0, 0, 0, 0]));
        n_drafts(page, 0).await?;
        assert_eq!(console(page).await?, Vec::<String>::new());
        page.switch_to_window(second).await?;
        until(page, "return !document.querySelector('#track');").await?;
        n_drafts(page, 0).await?;
        page.close_window().await?;
        page.switch_to_window(first).await?;
        drop(server);
        Ok(())
    })
    .await
}
