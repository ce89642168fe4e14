//! The service worker: works offline after the first visit, changes version whole and only when told.

use std::fs;

use serde_json::json;

use crate::harness::{Result, Server, console, copy_of_dist, dist, eval, precache, until, with_browser};

/// Waits until the worker of this page controls it.
const CONTROLLED: &str = "
    await navigator.serviceWorker.register('./sw.js', { updateViaCache: 'none' });
    if (!navigator.serviceWorker.controller) {
        await new Promise((go) => navigator.serviceWorker.addEventListener('controllerchange', go, { once: true }));
    }";
/// Asks for an update; resolves once it waits, or was refused.
const UPDATED: &str = "
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const worker = registration.installing;
    while (worker && worker.state === 'installing') {
        await new Promise((go) => worker.addEventListener('statechange', go, { once: true }));
    }";
const TEXT: &str = "while (document.getElementById('boot')) { await new Promise(requestAnimationFrame); }
    return document.body.innerText.trim() !== '';";
const CACHES: &str = "return (await caches.keys()).length;";

#[tokio::test]
async fn opens_offline_after_the_first_visit_and_the_console_stays_empty() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        let url = server.url.clone();
        page.goto(&url).await?;
        assert_eq!(eval(page, TEXT).await?, json!(true));
        eval(page, CONTROLLED).await?;
        drop(server);
        for address in [url.clone(), format!("{url}?from=note#/"), format!("{url}index.html")] {
            page.goto("about:blank").await?;
            page.goto(&address).await?;
            assert_eq!(eval(page, TEXT).await?, json!(true), "{address}");
        }
        assert_eq!(console(page).await?, Vec::<String>::new());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nothing_may_be_sent_to_another_origin() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let blocked = "return new Promise((done) => {
            document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
            fetch('https://example.org/').catch(() => {});
        });";
        assert_eq!(eval(page, blocked).await?, json!("connect-src"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_update_waits_until_told_and_a_damaged_one_is_refused() -> Result {
    let dist = copy_of_dist("update")?;
    with_browser(async |page| {
        let server = Server::start(&dist)?;
        page.goto(&server.url).await?;
        eval(page, CONTROLLED).await?;

        // A file that is not what the list says: nothing of it is kept.
        let manifest = dist.join("manifest.webmanifest");
        fs::write(&manifest, fs::read_to_string(&manifest)? + "\n")?;
        let worker = dist.join("sw.js");
        fs::write(&worker, fs::read_to_string(&worker)?.replace("VERSION = \"", "VERSION = \"damaged-"))?;
        assert_eq!(
            eval(page, &format!("{UPDATED} return registration.waiting !== null;")).await?,
            json!(false)
        );
        assert_eq!(eval(page, CACHES).await?, json!(1));

        // The same change with a list that fits.
        precache(&dist)?;
        assert_eq!(
            eval(page, &format!("{UPDATED} return registration.waiting !== null;")).await?,
            json!(true)
        );
        assert_eq!(eval(page, CACHES).await?, json!(2));
        let activate = "
            const { waiting } = await navigator.serviceWorker.getRegistration();
            waiting.postMessage({ type: 'activate' });
            return true;";
        assert_eq!(eval(page, activate).await?, json!(true));
        // The new version is there, the old one's files are gone, and the page has loaded itself anew.
        let changed = "
            const [navigation] = performance.getEntriesByType('navigation');
            const { waiting, active } = await navigator.serviceWorker.getRegistration();
            return navigation.type === 'reload' && !waiting && active.state === 'activated'
                && (await caches.keys()).length === 1;";
        until(page, changed).await?;

        let url = server.url.clone();
        drop(server);
        page.goto("about:blank").await?;
        page.goto(&url).await?;
        assert_eq!(eval(page, TEXT).await?, json!(true));
        Ok(())
    })
    .await
}
