//! Rules in the page: an overlay from an official attachment, a draft that stays with its pack, deadlines, what would
//! change an outcome.

use std::path::Path;

use serde_json::json;
use thirtyfour::prelude::*;

use crate::harness::{Result, Server, console, dist, eval, with_browser};
use crate::page::{
    Answer, answer_questions, choose, click, click_words, download_to, downloaded, draft_id, fill, find, go,
    saved, see,
};

async fn begin(page: &WebDriver, url: &str, track: &str, session: &str) -> Result<String> {
    page.goto(url).await?;
    click(page, "#begin").await?;
    choose(page, track).await?;
    choose(page, session).await?;
    fill(page, "reference", "2026-03-20").await?;
    draft_id(page).await
}

#[tokio::test]
async fn an_overlay_is_filled_in_and_a_draft_stays_with_its_pack() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        let id = begin(page, &server.url, "高级考评员", "2026年10月 培训班").await?;
        go(page, &format!("/drafts/{id}/form/examiner-card")).await?;
        fill(page, "f-examiner_card-issued_on", "2025-05-10").await?;

        go(page, "/pack").await?;
        click(page, "#apply-overlay").await?;
        see(page, "填写出处").await?;
        fill(page, "overlay-source", "附件1（示例）").await?;
        fill(page, "p-annex1-senior-card_period", "三年").await?;
        see(page, "填写年、月或天，例如 3年、6个月").await?;
        fill(page, "p-annex1-senior-card_period", "3年").await?;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("overlay");
        download_to(page, &folder).await?;
        click(page, "#export-overlay").await?;
        let text = String::from_utf8(downloaded(&folder, "toml").await?)?;
        assert!(text.contains("value = \"P3Y\"") && text.contains("A1-senior-card"), "{text}");
        click(page, "#apply-overlay").await?;
        see(page, "与内置规则包的不同").await?;

        // The draft was begun with the built-in pack and stays with it until the person says otherwise.
        go(page, &format!("/drafts/{id}/outcome")).await?;
        see(page, "这份草稿按开始时的规则包判断").await?;
        click_words(page, "换用现在的规则包").await?;
        see(page, "附件1 对持有考评员证卡年限的要求").await?;
        see(page, "到 2028年5月10日 自然满足").await?;
        saved(page).await?;

        // Both survive the page: the pack in use, and the one that the draft is bound to.
        page.refresh().await?;
        see(page, "附件1 对持有考评员证卡年限的要求").await?;
        go(page, "/pack").await?;
        click(page, "#back-to-built-in").await?;
        go(page, &format!("/drafts/{id}/outcome")).await?;
        see(page, "这份草稿按开始时的规则包判断").await?;

        // What cannot be read changes nothing and is named.
        go(page, "/pack").await?;
        let broken = folder.join("broken.toml");
        std::fs::write(&broken, text.replace("P3Y", "three"))?;
        find(page, "#pack-file").await?.send_keys(broken.to_string_lossy().as_ref()).await?;
        see(page, "不是参数“annex1.senior.card_period”可能的取值").await?;
        let said = console(page).await?;
        if said.is_empty() { Ok(()) } else { Err(format!("the console says: {said:#?}").into()) }
    })
    .await
}

#[tokio::test]
async fn deadlines_are_told_with_clause_and_both_conventions() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        go(page, "/deadlines").await?;
        fill(page, "f-exam-date", "2026-10-08").await?;
        see(page, "2026年9月28日").await?;
        fill(page, "f-card-notice_on", "2026-09-03").await?;
        see(page, "领取证卡的最后一天").await?;
        see(page, "另一种算法：2026年10月3日").await?;
        choose(page, "参加过").await?;
        fill(page, "f-exam-history-r1-date", "2026-03-28").await.or(Err("the first entry's date"))?;
        let outcome = find(page, "#f-exam-history-r1-outcome").await?;
        thirtyfour::components::SelectElement::new(&outcome).await?.select_by_exact_text("未通过").await?;
        see(page, "还可以补考 2 次：2026年6月 补考、2026年12月 补考").await?;
        // The picture holds the same as the list below it.
        let marks =
            eval(page, "return document.querySelectorAll('.year__picture .year__item').length;").await?;
        assert!(marks.as_u64().is_some_and(|n| n >= 8), "{marks}");
        let wide = "return document.documentElement.scrollWidth <= innerWidth;";
        assert_eq!(eval(page, wide).await?, json!(true), "the page is wider than the window");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_outcome_says_what_would_change_it_and_settled_questions_are_not_asked() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        let id = begin(page, &server.url, "质量督导员", "2026年10月 培训班").await?;
        go(page, &format!("/drafts/{id}/questions")).await?;
        // The unit's part comes last; a unit without filing settles it, and nothing more is asked.
        let asked = answer_questions(
            page,
            &[
                ("哪一类人员", Answer::Choose("评价机构或备案单位的管理人员")),
                ("参加过考评员", Answer::Choose("没有参加过")),
                ("被暂停推荐", Answer::Choose("没有被暂停")),
                ("推荐单位属于哪一类", Answer::Choose("属地评价机构")),
                ("哪个市（州）", Answer::Search("mianyang")),
                ("备案办到了哪一步", Answer::Choose("未提交备案材料")),
            ],
        )
        .await?;
        assert_eq!(asked.last(), Some(&"备案办到了哪一步"), "{asked:?}");
        see(page, "已能确定：不符合").await?;
        go(page, &format!("/drafts/{id}/outcome")).await?;
        see(page, "什么会改变它：").await?;
        page.find(By::XPath("//summary[normalize-space(.)='展开规则图']")).await?.click().await?;
        find(page, ".tree__node--fails").await?;
        Ok(())
    })
    .await
}
