//! The signed declaration: printed by the page, photographed badly, added again, read by the worker.

use std::fs;
use std::path::PathBuf;

use precheck::domain::media::pdf;
use serde_json::json;
use thirtyfour::common::print::PrintParameters;
use thirtyfour::prelude::*;

use crate::harness::{Result, Server, console, dist, eval, until, with_browser};
use crate::page::{example, fill, find, go, import, put, saved, see};

fn folder() -> Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("signed");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Adds a file as the signed declaration.
async fn add(page: &WebDriver, id: &str, file: &std::path::Path) -> Result {
    go(page, &format!("/drafts/{id}/materials")).await?;
    until(page, "return !!document.querySelector('#f-materials-declaration-signed');").await?;
    put(page, "f-materials-declaration-signed", file).await
}

#[tokio::test]
async fn a_photo_of_the_signed_print_says_what_was_signed() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let id = import(page, "examiner.json").await?;
        go(page, &format!("/drafts/{id}/declaration")).await?;
        find(page, ".declaration__qr").await?;

        // Printed, and photographed as badly as people do.
        let print =
            page.print_page(PrintParameters { background: true, ..PrintParameters::default() }).await?;
        fs::write(folder()?.join("print.pdf"), &print)?;
        let document = pdf::open(print, pdf::Limits::default())?;
        let sheet = document.picture(0, 9_000_000)?;
        let photo = pictures::photo_of(7, 3, sheet.width, sheet.height, &sheet.pixels);
        let file = folder()?.join("签字的申报表.jpg");
        fs::write(&file, &photo.jpeg)?;

        add(page, &id, &file).await?;
        see(page, "签字的就是现在填报的内容").await?;
        go(page, &format!("/drafts/{id}/consistency")).await?;
        see(page, "签的就是现在的内容").await?;

        // What is changed after printing is named.
        go(page, &format!("/drafts/{id}/form/work")).await?;
        fill(page, "f-work-position", "系主任").await?;
        saved(page).await?;
        add(page, &id, &file).await?;
        see(page, "打印申报表之后改过：职务（岗位）").await?;

        // A picture without a code is told apart, and the page lives on.
        add(page, &id, &example("examiner/身份证.png")).await?;
        see(page, "没有读出签字申报表的二维码").await?;
        let origin = eval(page, "return location.origin;").await?;
        let left = "return performance.getEntriesByType('resource').map((e) => new URL(e.name).origin)
            .filter((one) => one !== location.origin);";
        assert_eq!(eval(page, left).await?, json!([]), "{origin}");
        assert_eq!(console(page).await?, Vec::<String>::new());
        drop(server);
        Ok(())
    })
    .await
}
