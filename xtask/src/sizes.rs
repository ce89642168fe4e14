//! What the built page weighs.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::precache;

/// What all wasm and JavaScript that the page starts with may weigh on the wire, with brotli. On a weak mobile line
/// (400 kB/s) that is about 2 seconds before the page stands, once per version.
const BUDGET: usize = 784 * 1024;

/// What the worker may weigh, which is fetched beside the page and started when a file is looked into.
const WORKER_BUDGET: usize = 2048 * 1024;

/// One file of a build.
pub struct Weight {
    name: String,
    raw: usize,
    brotli: usize,
}

/// Weighs every file of the page in `dist`.
pub fn measure(dist: &Path) -> Result<Vec<Weight>> {
    precache::files(dist)?
        .into_iter()
        .map(|(name, bytes)| {
            let brotli = compressed(&bytes).with_context(|| format!("cannot compress {name}"))?;
            Ok(Weight { name, raw: bytes.len(), brotli })
        })
        .collect()
}

/// The files and their totals, to be read by people.
pub fn table(weights: &[Weight]) -> String {
    let width = weights.iter().map(|weight| weight.name.len()).max().unwrap_or(0).max("wasm and js".len());
    let (code, all) = (total("wasm and js", weights.iter().filter(is_code)), total("total", weights.iter()));
    let mut table = format!("{:width$}  {:>10}  {:>10}\n", "file", "bytes", "brotli");
    for Weight { name, raw, brotli } in weights.iter().chain([&code, &all]) {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{name:width$}  {raw:>10}  {brotli:>10}");
    }
    table
}

/// Fails when the page has grown past its budget.
pub fn check(weights: &[Weight]) -> Result<()> {
    let parts = [
        (
            "wasm and js of the page",
            BUDGET,
            total("", weights.iter().filter(|w| is_code(w) && !is_worker(w))),
        ),
        ("wasm and js of the worker", WORKER_BUDGET, total("", weights.iter().filter(is_worker))),
    ];
    for (name, budget, Weight { brotli, .. }) in parts {
        eprintln!("{name}: {brotli} of {budget} bytes (brotli)");
        if brotli > budget {
            bail!("{name} weigh {brotli} bytes with brotli, {} over the budget of {budget}", brotli - budget);
        }
    }
    Ok(())
}

fn total<'a>(name: &str, weights: impl Iterator<Item = &'a Weight>) -> Weight {
    weights.fold(Weight { name: name.into(), raw: 0, brotli: 0 }, |mut total, weight| {
        total.raw += weight.raw;
        total.brotli += weight.brotli;
        total
    })
}

fn is_worker(weight: &&Weight) -> bool {
    weight.name.starts_with("precheck-worker") || weight.name == "worker.js"
}

fn is_code(weight: &&Weight) -> bool {
    [".wasm", ".js", ".mjs"].iter().any(|extension| weight.name.ends_with(extension))
}

fn compressed(bytes: &[u8]) -> std::io::Result<usize> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)
}
