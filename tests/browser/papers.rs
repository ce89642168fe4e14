//! The declaration and other papers beside the entries: a blank is filled, a declaration and the portal's page are
//! compared, files are looked into, and a worker that traps does no harm.

use std::fs;
use std::path::PathBuf;

use precheck::domain::case;
use precheck::domain::declaration::{self, docx};
use precheck::domain::pack::Pack;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::harness::{Result, Server, console, dist, eval, until, with_browser};
use crate::page::{
    click, click_words, download_to, downloaded, example, fill, find, form, go, import, paste, put, saved,
    see, test_file,
};

fn folder(name: &str) -> Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("papers").join(name);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Chooses an answer of a list to choose from, by its value.
async fn select(page: &WebDriver, id: &str, value: &str) -> Result {
    let list = find(page, &format!("#{id}")).await?;
    list.scroll_into_view().await?;
    list.find(By::Css(format!("option[value='{value}']"))).await?.click().await?;
    Ok(())
}

#[tokio::test]
async fn a_declaration_and_the_portal_are_compared_with_the_entries() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let id = import(page, "examiner.json").await?;
        go(page, &format!("/drafts/{id}/consistency")).await?;
        see(page, "还没有可以对照的").await?;

        // A declaration with another work unit.
        let pack = Pack::built_in().map_err(|e| format!("{e:?}"))?;
        let mut other = case::read(&fs::read(example("examiner.json"))?)?;
        other.answers.insert("work.unit".to_owned(), json!("示例机床厂"));
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).ok_or("no day")?;
        let file = folder("compare")?.join("填好的申报表.docx");
        fs::write(&file, docx::write(&declaration::fill(&pack, &other, day))?)?;
        put(page, "paper-docx", &file).await?;
        see(page, "正在核对“填好的申报表.docx”").await?;
        see(page, "不一致 1 项").await?;
        see(page, "填报对的，按填报重新生成申报表；申报表对的，把填报改为“示例机床厂”").await?;
        click(page, "#only-differences").await?;
        until(page, "return document.querySelectorAll('tbody th.comparison__field').length > 0 &&
            [...document.querySelectorAll('[aria-labelledby=matrix] th.comparison__field')].map((e) => e.innerText).join() === '工作单位';").await?;

        // One click takes over the paper's side, and it can be taken back.
        click(page, "#take-0-work-unit").await?;
        see(page, "不一致 0 项").await?;
        until(page, "return document.activeElement?.id === 'undo';").await?;
        page.active_element().await?.send_keys(Key::Enter + "").await?;
        see(page, "不一致 1 项").await?;
        click(page, "#only-differences").await?;

        // The other side: the file that was opened, filled with the entries.
        let out = folder("compare")?.join("out");
        download_to(page, &out).await?;
        click(page, "#correct-docx").await?;
        let corrected = docx::read(&downloaded(&out, "docx").await?)?;
        let reading = declaration::recognise(&pack, &corrected.paper);
        let entered = case::read(&fs::read(example("examiner.json"))?)?;
        let differences: Vec<_> =
            declaration::compare(&pack, &entered, &reading).into_iter().filter(|c| c.differs()).collect();
        assert_eq!(differences, Vec::new());

        // The portal's page.
        click(page, "#compare-portal").await?;
        see(page, "先粘贴系统页面上的文字").await?;
        let text = "个人信息\n姓名\t示例甲\t性别\t男性\n身份证号\t510703198503120017\n联系电话：1380000000";
        paste(page, "paper-text", text).await?;
        click(page, "#compare-portal").await?;
        see(page, "正在核对“粘贴的系统页面”").await?;
        assert_eq!(eval(page, "return document.activeElement?.id;").await?, json!("compare-portal"));
        see(page, "填报与申报表一致，到系统里把").await?;
        saved(page).await?;

        // It is all there after the page was loaded anew, and a paper can be left out again.
        page.refresh().await?;
        see(page, "正在核对“粘贴的系统页面”").await?;
        until(page, "return document.querySelectorAll('[aria-labelledby=matrix] thead th').length >= 5;").await?;
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_blank_is_filled_and_what_was_assigned_is_remembered() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let id = import(page, "examiner.json").await?;
        // The built-in form, with the photo in its cell.
        go(page, &format!("/drafts/{id}/materials")).await?;
        put(page, "f-materials-photo", &example("examiner/个人证件照.png")).await?;
        see(page, "像素").await?;
        go(page, &format!("/drafts/{id}/declaration")).await?;
        let own = folder("blank")?.join("own");
        download_to(page, &own).await?;
        click(page, "#download-docx").await?;
        let form_of_ours = downloaded(&own, "docx").await?;
        assert!(form_of_ours.windows(19).any(|name| name == b"media/precheck1.png"));

        put(page, "blank-docx", &example("examiner/身份证.png")).await?;
        see(page, "读不出文字").await?;
        let blank = form("python-docx-09-blank.docx");
        put(page, "blank-docx", &blank).await?;
        see(page, "上认出 13 项").await?;
        eval(page, "document.querySelectorAll('details').forEach((d) => { d.open = true; });").await?;
        see(page, "“填表人”（第 2 行文字）填").await?;
        let idx =
            "return [...document.querySelectorAll('[id^=assign-]')].filter((e) => e.tagName === 'SELECT')
            .findIndex((e) => document.querySelector(`label[for=${e.id}]`).innerText.includes('填表人'));";
        let idx = eval(page, idx).await?;
        select(page, &format!("assign-{idx}"), "work.position").await?;
        see(page, "指定没有认出的格子（2 处）").await?;
        let out = folder("blank")?.join("out");
        download_to(page, &out).await?;
        click(page, "#fill-blank").await?;
        let filled = docx::read(&downloaded(&out, "docx").await?)?;
        let entered = case::read(&fs::read(example("examiner.json"))?)?;
        let position = entered.text("work.position").ok_or("the example has no position")?;
        assert!(format!("{:?}", filled.paper).contains(position));
        see(page, "申报表已填好").await?;

        // The same blank in another draft of the same device.
        page.refresh().await?;
        put(page, "blank-docx", &blank).await?;
        see(page, "指定没有认出的格子（2 处）").await?;
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await
}

/// A small picture with a location in its XMP.
fn photo_with_location() -> Vec<u8> {
    let grey: Vec<u8> = (0..1_200_u32 * 900).map(|i| if (i / 40) % 3 == 0 { 30 } else { 230 }).collect();
    let jpeg = pictures::photo_of(3, 1, 1_200, 900, &grey).jpeg;
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><r exif:GPSLatitude='31,27N'/></x:xmpmeta>";
    let length = u16::try_from(xmp.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, xmp, &jpeg[2..]].concat()
}

#[tokio::test]
async fn files_are_looked_into_and_a_worker_that_traps_does_no_harm() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let id = import(page, "examiner.json").await?;
        go(page, &format!("/drafts/{id}/materials")).await?;
        find(page, "#f-materials-contract").await?;

        // The worker gets another job than the page meant, and traps over it.
        eval(page, "window.Honest = window.Worker;
            window.Worker = class extends window.Honest {
                postMessage() { super.postMessage(['{\"do\":\"trap\"}']); }
            };").await?;
        put(page, "f-materials-contract", &example("examiner/身份证.png")).await?;
        see(page, "出错或用时太久").await?;
        eval(page, "window.Worker = window.Honest;").await?;

        // The next one works, and so does the page.
        put(page, "f-materials-insurance", &test_file("locked.pdf")).await?;
        see(page, "要密码才能打开").await?;
        put(page, "f-materials-insurance", &test_file("insurance.pdf")).await?;
        see(page, "姓名：找到了，在第 1 页").await?;
        until(page, "return !!document.querySelector('.attachment__thumbnail img[alt^=\"insurance\"]')?.naturalWidth;").await?;
        let photo = folder("files")?.join("证书.jpg");
        fs::write(&photo, photo_with_location())?;
        put(page, "f-materials-certificate", &photo).await?;
        see(page, "记有拍摄地点").await?;
        see(page, "像素").await?;
        click_words(page, "去掉拍摄地点：“证书.jpg”").await?;
        see(page, "已去掉“证书.jpg”的拍摄地点").await?;
        until(page, "return !document.body.innerText.includes('记有拍摄地点');").await?;
        fill_name(page, &id).await?;
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await
}

/// Types a name and sees it saved: the page lives.
async fn fill_name(page: &WebDriver, id: &str) -> Result {
    go(page, &format!("/drafts/{id}/form/person")).await?;
    fill(page, "f-person-name", "示例乙").await?;
    saved(page).await
}
