//! The applicant's way from the first visit to a bundle that other programs can verify, without a server half-way.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use thirtyfour::prelude::*;

use crate::harness::{Result, Server, console, dist, eval, until, with_browser};
use crate::page::{
    Answer, answer_questions, choose, click, click_words, download_to, downloaded, draft_id, example, fill,
    find, go, saved, see,
};

/// Adds the example's files, and waits until each is stored.
async fn attach(page: &WebDriver) -> Result {
    let text = fs::read_to_string(example("examiner.json"))?;
    let application: Value = serde_json::from_str(&text)?;
    for file in application["attachments"].as_array().ok_or("attachments")? {
        let (material, name) = (file["material"].as_str().unwrap_or(""), file["file"].as_str().unwrap_or(""));
        let path = example("examiner").join(name);
        let input = page
            .query(By::Css(format!("input[type=file]#f-materials-{material}")))
            .wait(Duration::from_secs(15), Duration::from_millis(50))
            .first()
            .await?;
        input.send_keys(path.to_string_lossy().as_ref()).await?;
        see(page, name).await?;
    }
    Ok(())
}

/// Opens the ZIP with a library that is not the writer and checks the bag by RFC 8493, line by line.
fn check_bag(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut files = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place)?;
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        let name = file.name()?.into_owned();
        let (_, path) = name.split_once('/').ok_or("a file outside the folder")?;
        files.insert(path.to_owned(), content);
    }
    assert!(files["bagit.txt"].starts_with(b"BagIt-Version: 1.0\n"));
    for (manifest, n_expected) in [("manifest-sha256.txt", 11), ("tagmanifest-sha256.txt", 3)] {
        let text = String::from_utf8(files[manifest].clone())?;
        assert_eq!(text.lines().count(), n_expected, "{manifest}:\n{text}");
        for line in text.lines() {
            let (sum, path) = line.split_once("  ").ok_or("manifest line")?;
            let actual: String = Sha256::digest(&files[path]).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(actual, sum, "{path}");
        }
    }
    Ok(files)
}

#[tokio::test]
async fn an_applicant_goes_from_the_first_visit_to_a_bundle_without_a_network() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;

        // 选择
        click(page, "#begin").await?;
        choose(page, "考评员").await?;
        choose(page, "2026年7月 考评员培训班").await?;
        fill(page, "reference", "2026-06-15").await?;
        click_words(page, "下一步：自查").await?;

        // 自查: first what the applicant knows, then what the unit knows, then what is only pointed out.
        let asked = answer_questions(
            page,
            &[
                ("申报哪个职业", Answer::Search("焊工")),
                ("专业技术职称", Answer::Choose("没有职称")),
                ("哪一种职业技能证书", Answer::Choose("职业技能等级证书")),
                ("参加过考评员", Answer::Choose("没有参加过")),
                ("被暂停推荐", Answer::Choose("没有被暂停")),
                ("备案办到了哪一步", Answer::Choose("已提交备案材料，并已正式受理")),
                ("正式受理了", Answer::Fill("f-unit-accepted_on", "2025年10月20日")),
                ("推荐单位属于哪一类", Answer::Choose("属地评价机构")),
                ("哪个市（州）", Answer::Search("mianyang")),
                ("证书是哪一级", Answer::Choose("三级/高级工")),
                ("附件1", Answer::Choose("是")),
            ],
        )
        .await?;
        // The certificate settles what the title could have settled: it is not asked for.
        assert!((9..=11).contains(&asked.len()), "{asked:?}");
        let place = |about: &str| asked.iter().position(|a| *a == about);
        assert!(
            place("参加过考评员") < place("被暂停推荐"),
            "others are asked after the applicant: {asked:?}"
        );
        assert_eq!(asked.last(), Some(&"附件1"), "confirmations come last: {asked:?}");
        click_words(page, "下一步：结论").await?;

        // 结论
        see(page, "就规则包所知符合").await?;
        see(page, "绵阳市职业技能鉴定指导中心").await?;
        see(page, "2026年10月20日").await?;
        see(page, "期满之日为 2026年10月20日").await?;

        // 填表
        let id = draft_id(page).await?;
        go(page, &format!("/drafts/{id}/form/person")).await?;
        click(page, "#next-section").await?;
        see(page, "未填写“姓名”").await?;
        let answers = [
            ("person", "person-name", "示例甲"),
            ("person", "person-id_number", "51070319850312001"),
            ("work", "work-unit", "示例职业技术学院"),
            ("certificate", "certificate-occupation", "焊工"),
            ("certificate", "certificate-number", "Y000051001064243000001"),
            ("unit", "unit-name", "示例职业技术学院"),
        ];
        for (section, field, text) in answers {
            go(page, &format!("/drafts/{id}/form/{section}")).await?;
            fill(page, &format!("f-{field}"), text).await?;
        }
        go(page, &format!("/drafts/{id}/form/person")).await?;
        click(page, "#next-section").await?;
        see(page, "身份证号").await?;
        fill(page, "f-person-id_number", &example_id()?).await?;

        // 材料
        go(page, &format!("/drafts/{id}/materials")).await?;
        attach(page).await?;
        page.query(By::Css(".attachment__thumbnail img")).first().await?;
        saved(page).await?;

        // From here on there is no server: the draft must be found, and the bundle made, on the device alone.
        see(page, "可离线使用").await?;
        let url = server.url.clone();
        drop(server);
        page.goto("about:blank").await?;
        page.goto(&url).await?;
        click_words(page, "示例甲").await?;
        go(page, &format!("/drafts/{id}/declaration")).await?;
        see(page, "四川省技能人才评价考评员申报表").await?;
        go(page, &format!("/drafts/{id}/export")).await?;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("applicant");
        download_to(page, &folder).await?;
        click(page, "#export").await?;
        see(page, "已导出").await?;
        let hash = find(page, ".receipt__hash").await?.text().await?;

        let bytes = downloaded(&folder, "zip").await?;
        let files = check_bag(&bytes)?;
        let tags: String =
            Sha256::digest(&files["tagmanifest-sha256.txt"]).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hash, tags);
        let application: Value = serde_json::from_slice(&files["data/application.json"])?;
        assert_eq!(application["track"], "examiner");
        assert_eq!(application["session"], "2026-07");
        assert_eq!(application["answers"]["unit.accepted_on"], "2025-10-20");
        assert_eq!(application["answers"]["apply.occupation"], "焊工");
        let report: Value = serde_json::from_slice(&files["data/report.json"])?;
        assert_eq!(report["eligibility"]["outcome"], "eligible");
        assert_eq!(report["reference_date"], "2026-06-15");

        // The command line makes the same bytes from the same application and files.
        let made = remake(&files, &folder)?;
        assert_eq!(made, bytes, "the browser's bundle and the command line's differ");
        let said = console(page).await?;
        if said.is_empty() { Ok(()) } else { Err(format!("the console says: {said:#?}").into()) }
    })
    .await
}

/// The example's resident ID, from its file.
fn example_id() -> Result<String> {
    let application: Value = serde_json::from_str(&fs::read_to_string(example("examiner.json"))?)?;
    Ok(application["answers"]["person.id_number"].as_str().ok_or("no number")?.to_owned())
}

/// Builds the bundle anew with the command line.
fn remake(files: &BTreeMap<String, Vec<u8>>, folder: &Path) -> Result<Vec<u8>> {
    let application = folder.join("application.json");
    fs::write(&application, &files["data/application.json"])?;
    let output = folder.join("remade.bundle");
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_precheck"))
        .args(["bundle", "build", "--today", "2026-06-15", "--application"])
        .arg(&application)
        .arg("--materials")
        .arg(example("examiner"))
        .arg("-o")
        .arg(&output)
        .status()?;
    assert!(status.success());
    let bytes = fs::read(&output)?;
    let verified = std::process::Command::new(env!("CARGO_BIN_EXE_precheck"))
        .args(["bundle", "verify"])
        .arg(&output)
        .status()?;
    assert!(verified.success());
    Ok(bytes)
}

#[tokio::test]
async fn a_chinese_name_is_typed_through_an_input_method() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        click(page, "#begin").await?;
        choose(page, "质量督导员").await?;
        let id = draft_id(page).await?;
        go(page, &format!("/drafts/{id}/form/person")).await?;
        let name = find(page, "#f-person-name").await?;
        name.click().await?;
        let tools = page.cdp();
        for composed in ["o", "ou", "ouy", "ouyang", "欧阳"] {
            let caret = composed.chars().count();
            tools
                .send_raw(
                    "Input.imeSetComposition",
                    json!({ "text": composed, "selectionStart": caret, "selectionEnd": caret }),
                )
                .await?;
            // A save comes back and draws the page anew while the composition is open.
            eval(page, "await new Promise(requestAnimationFrame);").await?;
        }
        tools.send_raw("Input.insertText", json!({ "text": "欧阳" })).await?;
        tools.send_raw("Input.insertText", json!({ "text": "娜" })).await?;
        assert_eq!(name.prop("value").await?.as_deref(), Some("欧阳娜"));
        saved(page).await?;
        page.refresh().await?;
        let name = find(page, "#f-person-name").await?;
        assert_eq!(name.prop("value").await?.as_deref(), Some("欧阳娜"));
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_draft_is_deleted_only_after_the_person_confirms() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        for _ in 0..2 {
            click(page, "#begin").await?;
            find(page, "#track").await?;
            saved(page).await?;
            go(page, "/").await?;
            find(page, "#begin").await?;
        }
        let count = "return document.querySelectorAll('.draft-card').length;";
        see(page, "未命名的草稿").await?;
        assert_eq!(eval(page, count).await?, json!(2));
        click(page, ".draft-card:first-child .draft-card__actions button:last-child").await?;
        see(page, "不能恢复").await?;
        page.active_element().await?.send_keys(Key::Escape + "").await?;
        assert_eq!(eval(page, count).await?, json!(2));
        click(page, ".draft-card:first-child .draft-card__actions button:last-child").await?;
        see(page, "不能恢复").await?;
        let confirm = "//dialog[@open]//button[normalize-space(.)='删除']";
        page.query(By::XPath(confirm)).first().await?.click().await?;
        let gone = "while (document.querySelectorAll('.draft-card').length !== 1) await new Promise(requestAnimationFrame); return 1;";
        assert_eq!(eval(page, gone).await?, json!(1));
        page.refresh().await?;
        find(page, ".draft-card").await?;
        assert_eq!(eval(page, count).await?, json!(1));
        drop(server);
        Ok(())
    })
    .await
}

/// Runs `script` in every page before anything of ours.
pub(crate) async fn before_the_page(page: &WebDriver, script: &str) -> Result {
    page.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
    Ok(())
}

#[tokio::test]
async fn a_browser_that_stores_nothing_is_named_and_the_draft_can_be_taken_along() -> Result {
    with_browser(async |page| {
        before_the_page(
            page,
            "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };",
        )
        .await?;
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        see(page, "浏览器不让本页保存内容").await?;
        click(page, "#begin").await?;
        choose(page, "考评员").await?;
        see(page, "下载草稿").await?;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused");
        download_to(page, &folder).await?;
        click_words(page, "下载草稿").await?;
        let draft = downloaded(&folder, "json").await?;
        let application: Value = serde_json::from_slice(&draft)?;
        assert_eq!(application["track"], "examiner");
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_full_disk_is_named_and_what_was_saved_stays() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        click(page, "#begin").await?;
        choose(page, "考评员").await?;
        saved(page).await?;
        let full =
            "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };";
        eval(page, full).await?;
        choose(page, "质量督导员").await?;
        see(page, "之前保存的内容完好").await?;
        see(page, "没有保存").await?;
        page.refresh().await?;
        see(page, "2026年7月 考评员培训班").await?;
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_wrong_shows_on_leaving_and_nothing_new_while_typing() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        click(page, "#begin").await?;
        choose(page, "考评员").await?;
        choose(page, "2026年7月 考评员培训班").await?;
        let id = draft_id(page).await?;
        go(page, &format!("/drafts/{id}/questions")).await?;
        see(page, "申报哪个职业").await?;
        let field = find(page, "#question input").await?;
        field.send_keys("dianhan").await?;
        find(page, "[role=option]").await?;
        let wrong = "return document.querySelectorAll('#question .field__error').length;";
        assert_eq!(eval(page, wrong).await?, json!(0), "half a word is no mistake yet");
        field.send_keys(Key::Escape + "").await?;
        click(page, "#next-question").await?;
        see(page, "“申报职业代码”的代码不在代码表里，重新选择").await?;

        go(page, &format!("/drafts/{id}/form/person")).await?;
        fill(page, "f-person-phone", "86740000").await?;
        let n_errors = "return document.querySelectorAll('.field__error').length;";
        assert_eq!(eval(page, n_errors).await?, json!(0), "nothing shows before the person wants to go on");
        click(page, "#next-section").await?;
        see(page, "未填写“姓名”").await?;
        let focus = "return document.activeElement.className;";
        assert_eq!(eval(page, focus).await?, json!("error-summary"));

        // What is put right goes; what is new waits, and nothing takes the focus away.
        let name = find(page, "#f-person-name").await?;
        name.click().await?;
        name.send_keys("示例甲").await?;
        until(page, "return !document.body.innerText.includes('未填写“姓名”');").await?;
        let number = find(page, "#f-person-id_number").await?;
        number.click().await?;
        number.send_keys("5107031985031200").await?;
        until(page, "return document.querySelector('.error-summary') === null;").await?;
        click(page, "#next-section").await?;
        see(page, "身份证号应为18位，现有16位").await?;
        // Cleared and typed anew: the summary goes and does not come back under the person's hands.
        number.clear().await?;
        number.send_keys("51070319850312001").await?;
        let box_holds = "return document.activeElement.id + ' ' + document.activeElement.value;";
        assert_eq!(eval(page, box_holds).await?, json!("f-person-id_number 51070319850312001"));
        assert_eq!(eval(page, n_errors).await?, json!(0));
        click(page, "#next-section").await?;
        see(page, "身份证号应为18位，现有17位").await?;

        // The number says birth date and sex: filled in at a click, taken back at another.
        number.send_keys("7").await?;
        see(page, "四川省绵阳市涪城区 · 1985年3月12日 · 男").await?;
        click_words(page, "按身份证号填写：1985年3月12日").await?;
        see(page, "已处理：按身份证号填写").await?;
        let birth = "return document.getElementById('f-person-birth_date').value;";
        assert_eq!(eval(page, birth).await?, json!("1985-03-12"));
        until(page, "return document.activeElement.id === 'undo';").await?;
        page.active_element().await?.send_keys(Key::Enter + "").await?;
        until(page, "return document.getElementById('f-person-birth_date').value === '';").await?;
        until(page, "return document.activeElement.id === 'f-person-birth_date';").await?;
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_resume_of_500_entries_and_a_megabyte_are_named_and_the_page_stays_in_hand() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        find(page, "#begin").await?;
        let mut application: Value = serde_json::from_str(&fs::read_to_string(example("examiner.json"))?)?;
        let entry = |n: usize| json!({ "id": format!("r{n}"), "from": "2012-07", "unit": "示例单位" });
        application["answers"]["resume"] = (1..=500).map(entry).collect();
        application["answers"]["work.position"] = Value::from("示".repeat(350_000));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large");
        fs::create_dir_all(&folder)?;
        let file = folder.join("large.json");
        fs::write(&file, application.to_string())?;
        page.find(By::Css("input[type=file]")).await?.send_keys(file.to_string_lossy().as_ref()).await?;
        find(page, "#track").await?;
        let id = draft_id(page).await?;
        go(page, &format!("/drafts/{id}/form/work")).await?;
        see(page, "还有 400 段没有列出").await?;
        let n_entries = "return document.querySelectorAll('.inset--entry').length;";
        assert_eq!(eval(page, n_entries).await?, json!(100));
        fill(page, "f-work-unit", "示例职业技术学院").await?;
        click(page, "#next-section").await?;
        see(page, "有 500 段，至多 100 段，合并或删去一些").await?;
        see(page, "有 350000 个字符，最多 40 个，缩短后再填").await?;
        fill(page, "f-work-position", "教师").await?;
        saved(page).await?;
        page.refresh().await?;
        find(page, "#f-work-position").await?;
        let position = "return document.getElementById('f-work-position').value;";
        assert_eq!(eval(page, position).await?, json!("教师"));
        drop(server);
        Ok(())
    })
    .await
}
