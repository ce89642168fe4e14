//! How long bundles take in the page, and how much memory: printed, not asserted. Run by `cargo xtask measure`.

#![allow(clippy::print_stdout, reason = "it speaks to people")]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use thirtyfour::prelude::*;

use crate::harness::{Result, Server, dist, eval, with_browser};
use crate::page::{find, go, import, saved};

const MB: usize = 1 << 20;

/// Files that no two of are alike and that nothing packs.
fn files(name: &str, n: usize, bytes: usize) -> Result<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut piece = vec![0_u8; MB];
    let mut all = Vec::new();
    for idx in 0..n {
        let path = folder.join(format!("附件{idx}.bin"));
        let mut file = File::create(&path)?;
        let mut rest = bytes;
        while rest > 0 {
            for word in piece.chunks_exact_mut(8) {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                word.copy_from_slice(&state.to_le_bytes());
            }
            let now = rest.min(MB);
            file.write_all(&piece[..now])?;
            rest -= now;
        }
        all.push(path);
    }
    Ok(all)
}

/// Proportional memory of every process of the browser, in bytes; 0 where the system does not tell.
fn browser_memory() -> u64 {
    let of = |entry: fs::DirEntry| {
        let command = fs::read(entry.path().join("cmdline")).ok()?;
        if !String::from_utf8_lossy(&command).contains("chrom") {
            return None;
        }
        let rollup = fs::read_to_string(entry.path().join("smaps_rollup")).ok()?;
        let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    fs::read_dir("/proc").map_or(0, |entries| entries.flatten().filter_map(of).sum::<u64>() * 1_024)
}

/// The most that the browser needs more than now until this is asked.
struct Peak {
    begun: u64,
    most: Arc<AtomicU64>,
    goes_on: Arc<AtomicBool>,
}

impl Peak {
    fn watch() -> Self {
        let begun = browser_memory();
        let (most, goes_on) = (Arc::new(AtomicU64::new(begun)), Arc::new(AtomicBool::new(true)));
        let (most_seen, is_on) = (most.clone(), goes_on.clone());
        std::thread::spawn(move || {
            while is_on.load(Ordering::Relaxed) {
                most_seen.fetch_max(browser_memory(), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        Self { begun, most, goes_on }
    }

    fn more(self) -> u64 {
        self.goes_on.store(false, Ordering::Relaxed);
        self.most.load(Ordering::Relaxed).saturating_sub(self.begun)
    }
}

/// Reads the stored contents one after the other and hashes each with the browser's own SHA-256: the fastest there is.
/// While one is hashed, the next is read. Milliseconds.
const HASHED: &str = "
    const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open('precheck');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const blobs = await new Promise((resolve) => {
        const request = database.transaction('blobs').objectStore('blobs').getAll();
        request.onsuccess = () => resolve(request.result);
    });
    database.close();
    const begun = performance.now();
    let next = blobs[0].arrayBuffer();
    for (let i = 0; i < blobs.length; i++) {
        const buffer = await next;
        next = blobs[i + 1]?.arrayBuffer();
        await crypto.subtle.digest('SHA-256', buffer);
    }
    return performance.now() - begun;";

/// From the click to the receipt, and the longest task of the page meanwhile. Milliseconds.
const EXPORTED: &str = "
    const tasks = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => e.duration)));
    observer.observe({ type: 'longtask' });
    const result = document.querySelector('#export-result');
    const begun = performance.now();
    document.querySelector('#export-draft').click();
    // Looking again and again would take time from what is measured.
    await new Promise((resolve, reject) => {
        let hasBegun = false;
        new MutationObserver(() => {
            hasBegun ||= document.querySelector('#cancel-export') !== null;
            if (!hasBegun) return;
            const words = result.textContent;
            if (words.includes('没有导出')) reject(new Error(words));
            if (words.includes('已导出')) resolve();
        }).observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true });
    });
    const took = performance.now() - begun;
    await new Promise((r) => setTimeout(r, 200));
    observer.disconnect();
    return [took, Math.max(0, ...tasks), tasks.length];";

/// The bundle goes nowhere, so that the disk is not measured along.
const NOWHERE: &str = "HTMLAnchorElement.prototype.click = () => {};";

async fn attach(page: &WebDriver, files: &[PathBuf]) -> Result {
    let id = import(page, "examiner.json").await?;
    go(page, &format!("/drafts/{id}/materials")).await?;
    let names: Vec<String> = files.iter().map(|file| file.to_string_lossy().into_owned()).collect();
    let input = find(page, "#f-materials-resident-id").await?;
    input.send_keys(names.join("\n")).await?;
    let all = format!(
        "while (document.querySelectorAll('.attachment').length < {}) await new Promise((r) => setTimeout(r, 20)); return 1;",
        files.len()
    );
    page.set_script_timeout(Duration::from_secs(600)).await?;
    eval(page, &all).await?;
    saved(page).await?;
    go(page, &format!("/drafts/{id}/export")).await?;
    find(page, "#export-draft").await?;
    eval(page, NOWHERE).await?;
    Ok(())
}

async fn report(page: &WebDriver, what: &str) -> Result {
    // Once for the caches of the system, then the best of three.
    eval(page, HASHED).await?;
    let mut hashed = f64::INFINITY;
    for _ in 0..3 {
        hashed = hashed.min(eval(page, HASHED).await?.as_f64().unwrap_or(f64::INFINITY));
    }
    let (mut took, mut memory, mut longest) = (f64::INFINITY, u64::MAX, 0.0_f64);
    for round in 0..6 {
        // A person reads what is on the page; meanwhile it gets a worker ready.
        tokio::time::sleep(Duration::from_secs(1)).await;
        // Looking at memory takes time itself: either is measured alone.
        let peak = (round % 2 == 1).then(Peak::watch);
        let said = eval(page, EXPORTED).await?;
        match peak {
            Some(peak) => memory = memory.min(peak.more()),
            None => took = took.min(said[0].as_f64().unwrap_or(f64::INFINITY)),
        }
        longest = longest.max(said[1].as_f64().unwrap_or(0.0));
    }
    println!(
        "{what}: hashing alone {hashed:.0} ms, export {took:.0} ms ({:.2} times), at most {} MB more memory, \
         longest task of the page {longest:.0} ms",
        took / hashed,
        memory / (1 << 20)
    );
    Ok(())
}

#[tokio::test]
#[ignore = "a measurement"]
async fn a_bundle_of_200_mb() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        attach(page, &files("speed-200", 20, 10 * MB)?).await?;
        report(page, "200 MB in 20 files").await?;
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "a measurement"]
async fn a_bundle_of_2_gb() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        attach(page, &files("speed-2000", 2, 1_024 * MB)?).await?;
        let peak = Peak::watch();
        let said = eval(page, EXPORTED).await?;
        println!(
            "2 GB in 2 files: export {:.1} s, at most {} MB more memory, longest task of the page {:.0} ms",
            said[0].as_f64().unwrap_or(0.0) / 1_000.0,
            peak.more() / (1 << 20),
            said[1].as_f64().unwrap_or(0.0)
        );
        fs::remove_dir_all(Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed-2000"))?;
        drop(server);
        Ok(())
    })
    .await
}
