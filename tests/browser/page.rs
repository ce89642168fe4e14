//! What a person does on a page: find, click, fill in, read, download. Everything waits for conditions.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::*;

use crate::harness::{Result, eval, until};

/// The path of an example, or of the folder with its files.
pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// The element of that selector, once it is there and can be seen.
pub(crate) async fn find(page: &WebDriver, selector: &str) -> Result<WebElement> {
    let element = page
        .query(By::Css(selector))
        .wait(Duration::from_secs(15), Duration::from_millis(50))
        .first()
        .await?;
    element.wait_until().displayed().await?;
    Ok(element)
}

pub(crate) async fn click(page: &WebDriver, selector: &str) -> Result {
    let element = find(page, selector).await?;
    element.scroll_into_view().await?;
    element.click().await?;
    Ok(())
}

/// Clicks what has exactly these words, a link or a button.
pub(crate) async fn click_words(page: &WebDriver, words: &str) -> Result {
    let path = format!("//*[self::a or self::button][normalize-space(.)='{words}']");
    let element =
        page.query(By::XPath(&path)).wait(Duration::from_secs(15), Duration::from_millis(50)).first().await?;
    element.scroll_into_view().await?;
    element.click().await?;
    Ok(())
}

/// Chooses the option with these words in the group of that id.
pub(crate) async fn choose(page: &WebDriver, words: &str) -> Result {
    let path = format!("//label[.//text()[normalize-space(.)='{words}']]");
    let label =
        page.query(By::XPath(&path)).wait(Duration::from_secs(15), Duration::from_millis(50)).first().await?;
    label.scroll_into_view().await?;
    label.click().await?;
    Ok(())
}

pub(crate) async fn fill(page: &WebDriver, id: &str, text: &str) -> Result {
    let field = find(page, &format!("#{id}")).await?;
    field.scroll_into_view().await?;
    field.clear().await?;
    field.send_keys(text).await?;
    field.send_keys(Key::Tab + "").await?;
    Ok(())
}

/// Waits until the page's text holds these words.
pub(crate) async fn see(page: &WebDriver, words: &str) -> Result {
    let script = format!(
        "const until = Date.now() + 15000;
         while (!document.body.innerText.includes({words})) {{
             if (Date.now() > until) return document.body.innerText;
             await new Promise(requestAnimationFrame);
         }}
         return true;",
        words = json!(words)
    );
    let seen = eval(page, &script).await?;
    if seen == json!(true) {
        Ok(())
    } else {
        Err(format!("“{words}” is not on the page:\n{seen}").into())
    }
}

/// Waits until everything is on disk.
pub(crate) async fn saved(page: &WebDriver) -> Result {
    until(page, "return document.querySelector('.save-state--saved')?.innerText.includes('已保存') ?? false;")
        .await
}

pub(crate) async fn go(page: &WebDriver, path: &str) -> Result {
    eval(page, &format!("location.hash = {};", json!(path))).await?;
    Ok(())
}

/// The id of the draft in the address.
pub(crate) async fn draft_id(page: &WebDriver) -> Result<String> {
    let url = page.current_url().await?.to_string();
    let rest = url.split("drafts/").nth(1).ok_or("no draft in the address")?;
    Ok(rest.split('/').next().unwrap_or_default().to_owned())
}

/// A form of the corpus.
pub(crate) fn form(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms").join(name)
}

/// A file to look into.
pub(crate) fn test_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name)
}

/// Opens a file with a complete application; its draft's id.
pub(crate) async fn import(page: &WebDriver, name: &str) -> Result<String> {
    go(page, "/").await?;
    find(page, "#begin").await?;
    let input = page.find(By::Css("input[type=file]")).await?;
    input.send_keys(example(name).to_string_lossy().as_ref()).await?;
    find(page, "#track").await?;
    let id = draft_id(page).await?;
    saved(page).await?;
    Ok(id)
}

/// Puts a file into the file input of that id.
pub(crate) async fn put(page: &WebDriver, id: &str, file: &Path) -> Result {
    let selector = format!("#{id}");
    find(page, &selector).await?.send_keys(file.to_string_lossy().as_ref()).await?;
    Ok(())
}

/// Puts text into a box as pasting does.
pub(crate) async fn paste(page: &WebDriver, id: &str, text: &str) -> Result {
    find(page, &format!("#{id}")).await?;
    let script = format!(
        "document.getElementById({}).focus();
         return document.execCommand('insertText', false, {});",
        json!(id),
        json!(text)
    );
    eval(page, &script).await?;
    Ok(())
}

/// Lets Chromium put downloads into `folder`.
pub(crate) async fn download_to(page: &WebDriver, folder: &Path) -> Result {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    page.cdp()
        .send_raw(
            "Browser.setDownloadBehavior",
            json!({ "behavior": "allow", "downloadPath": folder.to_string_lossy() }),
        )
        .await?;
    Ok(())
}

/// The one file with that ending in the folder, once it is whole.
pub(crate) async fn downloaded(folder: &Path, ending: &str) -> Result<Vec<u8>> {
    let whole = async {
        let mut every = tokio::time::interval(Duration::from_millis(50));
        loop {
            every.tick().await;
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.extension().is_some_and(|e| e == ending) {
                    return Ok::<_, Box<dyn std::error::Error>>(fs::read(path)?);
                }
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), whole).await?
}

/// How a question is answered.
pub(crate) enum Answer {
    /// By choosing these words.
    Choose(&'static str),
    /// By typing into the field of that id.
    Fill(&'static str, &'static str),
    /// By taking the first that is found for this.
    Search(&'static str),
}

/// Answers questions of the self-check as they come, by what each is about, until none is asked any more. Which were
/// asked, in their order.
pub(crate) async fn answer_questions(
    page: &WebDriver,
    answers: &[(&'static str, Answer)],
) -> Result<Vec<&'static str>> {
    let mut asked = Vec::new();
    loop {
        let words = find(page, "#question").await?.text().await?;
        if words.contains("要问的都问完了") || words.contains("已能确定") {
            return Ok(asked);
        }
        let question = words.lines().next().unwrap_or_default().to_owned();
        let (about, answer) =
            answers.iter().find(|(about, _)| question.contains(about)).ok_or(format!("asked: {question}"))?;
        if asked.contains(about) {
            return Err(format!("asked twice: {question}").into());
        }
        asked.push(*about);
        match answer {
            Answer::Choose(words) => choose(page, words).await?,
            Answer::Fill(id, text) => fill(page, id, text).await?,
            Answer::Search(text) => {
                let field = find(page, "#question input").await?;
                field.send_keys(*text).await?;
                find(page, "#question [role=option]").await?;
                field.send_keys(Key::Down + Key::Enter).await?;
            }
        }
        click(page, "#next-question").await?;
        // The next question is here when the words have changed.
        let changed = format!(
            "while (document.getElementById('question').innerText.startsWith({})) await new Promise(requestAnimationFrame); return true;",
            json!(question)
        );
        eval(page, &changed).await?;
    }
}
