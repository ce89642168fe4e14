//! Runs the test suites, from the quickest to complain to the slowest.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::page::{self, Build};
use crate::process::{cargo, output};
use crate::{dist_dir, sizes, tools};

/// A test suite, in the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Suite {
    /// Formatting.
    Fmt,
    /// Clippy on everything that runs on this machine.
    Clippy,
    /// Clippy on everything that runs in the browser.
    ClippyWasm,
    /// Unit and integration tests of the core, the command line and this program.
    Host,
    /// Components rendered to HTML on the host.
    Components,
    /// No web crate among the dependencies of the core.
    Deps,
    /// Tests inside a browser: storage, effects, focus.
    Web,
    /// The page builds.
    Build,
    /// The page keeps within its budget.
    Size,
    /// The built page in a browser, end to end.
    Browser,
}

/// Crates that must not be among the core's dependencies on the host: a wrong `use` there cannot compile then.
const WEB_CRATES: [&str; 5] = ["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo"];

/// Runs the suites that are named, or all; `this` is the path of this program.
pub fn run(named: &[Suite], this: &Path) -> Result<()> {
    let mut suites = if named.is_empty() { Suite::value_variants().to_vec() } else { named.to_vec() };
    suites.sort_unstable();
    suites.dedup();
    let mut runner = Runner { this, built: false };
    for (passed, suite) in suites.iter().enumerate() {
        let name = suite.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        eprintln!("== {name}");
        let start = Instant::now();
        if let Err(error) = runner.run(*suite) {
            eprintln!("== {name} failed: {error:#}");
            println!("{passed} passed, 1 failed");
            bail!("the suite {name} failed; after a repair, `cargo xtask test {name}` runs it alone");
        }
        eprintln!("== {name} passed in {:.0} s", start.elapsed().as_secs_f32());
    }
    println!("{} passed, 0 failed", suites.len());
    Ok(())
}

struct Runner<'a> {
    this: &'a Path,
    /// Whether this run has built the page.
    built: bool,
}

impl Runner<'_> {
    fn run(&mut self, suite: Suite) -> Result<()> {
        match suite {
            Suite::Fmt => run_cargo(&["fmt", "--all", "--check"]),
            Suite::Clippy => {
                const DENY: [&str; 3] = ["--", "-D", "warnings"];
                let all = ["clippy", "--quiet", "--workspace", "--all-targets"];
                run_cargo(&[&all[..], &DENY].concat())?;
                // Without the features first: what only they use is dead code there.
                run_cargo(&[&all[..], &["--features", "ssr,browser"], &DENY].concat())
            }
            Suite::ClippyWasm => {
                tools::wasm_target()?;
                // Not all targets: most tests are for the host.
                run_cargo(&[
                    "clippy",
                    "--quiet",
                    "--target",
                    "wasm32-unknown-unknown",
                    "--lib",
                    "--bins",
                    "--test",
                    "web",
                    "--test",
                    "web_speed",
                    "--",
                    "-D",
                    "warnings",
                ])
            }
            Suite::Host => {
                run_cargo(&["test", "--quiet"])?;
                run_cargo(&["test", "--quiet", "--package", "xtask"])
            }
            Suite::Components => {
                run_cargo(&["test", "--quiet", "--features", "ssr", "--lib", "--test", "components"])
            }
            Suite::Deps => no_web_crates(),
            Suite::Web => in_browser(),
            Suite::Build => {
                self.built = false;
                self.build()
            }
            Suite::Size => {
                self.build()?;
                sizes::check(&sizes::measure(&dist_dir())?)
            }
            Suite::Browser => self.browser(&[]),
        }
    }

    /// Runs what drives the built page in a browser.
    fn browser(&mut self, more: &[&str]) -> Result<()> {
        let browser = tools::browser()?;
        let axe = tools::axe()?;
        self.build()?;
        crate::process::run(
            cargo()
                .args(["test", "--quiet", "--features", "browser", "--test", "browser", "--"])
                .args(more)
                .env("PRECHECK_DIST", dist_dir())
                .env("PRECHECK_XTASK", self.this)
                .env("PRECHECK_AXE", axe)
                .env("PRECHECK_CHROME", browser.chrome)
                .env("PRECHECK_CHROMEDRIVER", browser.driver),
        )
    }

    /// Builds the page once per run, for whichever suites need it.
    fn build(&mut self) -> Result<()> {
        if !self.built {
            tools::npm()?;
            page::build(Build::Published, &dist_dir())?;
            self.built = true;
        }
        Ok(())
    }
}

fn run_cargo(arguments: &[&str]) -> Result<()> {
    crate::process::run(cargo().args(arguments))
}

fn no_web_crates() -> Result<()> {
    let tree =
        output(cargo().args(["tree", "--package", "precheck", "--edges", "normal", "--prefix", "none"]))
            .context("`cargo tree` failed")?;
    let found = web_crates(&tree);
    if !found.is_empty() {
        bail!("the host build depends on web crates: {}", found.into_iter().collect::<Vec<_>>().join(", "));
    }
    Ok(())
}

/// The web crates in a listing of `cargo tree` without prefixes.
fn web_crates(tree: &str) -> BTreeSet<&str> {
    tree.lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| {
            WEB_CRATES.iter().any(|web| {
                name.strip_prefix(web).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            })
        })
        .collect()
}

/// Prints how long bundles take in the page and on the command line, and the engine in the browser.
pub fn measure(this: &Path) -> Result<()> {
    // One after the other, so that they do not measure each other.
    Runner { this, built: false }.browser(&["--ignored", "--nocapture", "--test-threads=1", "speed::"])?;
    run_wasm_tests(&[
        "test",
        "--release",
        "--target",
        "wasm32-unknown-unknown",
        "--test",
        "web_speed",
        "--",
        "--nocapture",
    ])?;
    crate::process::run(cargo().args(["bench", "--bench", "bundle"]))
}

fn in_browser() -> Result<()> {
    run_wasm_tests(&["test", "--target", "wasm32-unknown-unknown", "--test", "web"])
}

fn run_wasm_tests(arguments: &[&str]) -> Result<()> {
    tools::wasm_target()?;
    let runner = tools::program(&tools::wasm_bindgen()?, "wasm-bindgen-test-runner");
    let browser = tools::browser()?;
    crate::process::run(
        cargo()
            .args(arguments)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("CHROMEDRIVER", &browser.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(&browser.chrome)?)
            .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    )
}

/// The file that tells the driver which browser to start and how.
fn capabilities(chrome: &Path) -> Result<PathBuf> {
    let dir = crate::root().join("target/tools");
    let path = dir.join("webdriver.json");
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let switches: Vec<String> = tools::CHROME_SWITCHES.iter().map(|switch| quoted(switch)).collect();
    let (binary, switches) = (quoted(&chrome.to_string_lossy()), switches.join(","));
    fs::create_dir_all(&dir)
        .and_then(|()| {
            fs::write(
                &path,
                format!("{{\"goog:chromeOptions\":{{\"binary\":{binary},\"args\":[{switches}]}}}}\n"),
            )
        })
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_crates_are_found_by_name_and_by_family() {
        let tree = "precheck v0.1.0 (/here)\nyew v0.23.0\nyew-router v0.20.0\nweb-time v1.1.0\nyewish v1.0.0\n\nyew v0.23.0 (*)\n";
        assert_eq!(web_crates(tree), BTreeSet::from(["yew", "yew-router"]));
        assert!(web_crates("serde v1.0.229\n").is_empty());
    }
}
