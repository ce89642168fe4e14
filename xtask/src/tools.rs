//! The tools beside Rust itself: found where they are, installed only where they are missing.
//!
//! What can be kept to the repository goes into `target/tools`; only the compiler's wasm target and the browser for the
//! tests belong to the machine. Versions are pinned, and every installation says on stderr what it does.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{cargo, on_path, output, run};
use crate::root;

const TARGET: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132.0.0";
const AXE: &str = "4.11.0";

/// Chromium's switches for tests: no window, nothing fetched on its own account. The profile is the driver's to make,
/// new and empty for each session.
pub const CHROME_SWITCHES: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser and the driver that steers it.
pub struct Browser {
    pub chrome: PathBuf,
    pub driver: PathBuf,
}

/// How the published build gets its last squeeze.
pub enum WasmOpt {
    /// The program is in this folder.
    In(PathBuf),
    /// Not at hand; Trunk may fetch it.
    Missing,
}

/// Installs whatever any task may need.
pub fn everything() -> Result<()> {
    npm()?;
    wasm_target()?;
    trunk()?;
    wasm_bindgen()?;
    if matches!(wasm_opt(), WasmOpt::Missing) {
        say("wasm-opt is missing: `cargo xtask build` lets Trunk download it");
    }
    axe()?;
    let Browser { chrome, driver } = browser()?;
    say(&format!("everything is there; tests use {} and {}", chrome.display(), driver.display()));
    Ok(())
}

/// Makes the compiler able to build for the browser.
pub fn wasm_target() -> Result<()> {
    let installed = output(
        Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).current_dir(root()),
    )
    .is_some_and(|dir| Path::new(dir.trim()).is_dir());
    if installed {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        bail!(
            "Rust cannot build for {TARGET}: install that target's standard library the way Rust was installed"
        );
    }
    say("adding Rust's WebAssembly target with rustup (under a minute)");
    run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(root()))
}

/// The folder of Trunk, which bundles the page.
pub fn trunk() -> Result<PathBuf> {
    if let Some(dir) = with_version("trunk", TRUNK) {
        return Ok(dir);
    }
    say(&format!("installing trunk {TRUNK} into target/tools (about 7 minutes, once)"));
    install(&["--locked", "trunk", "--version", TRUNK])?;
    installed("trunk", TRUNK)
}

/// The folder of wasm-bindgen and its test runner, in the version of Cargo.lock: the two must match exactly.
pub fn wasm_bindgen() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    let runner = |dir: &PathBuf| program(dir, "wasm-bindgen-test-runner").is_file();
    if let Some(dir) = with_version("wasm-bindgen", &version).filter(runner) {
        return Ok(dir);
    }
    say(&format!("installing wasm-bindgen-cli {version} into target/tools (some minutes, once per version)"));
    // Without --locked: some releases carry a lock file with yanked crates.
    install(&["--force", "wasm-bindgen-cli", "--version", &version])?;
    installed("wasm-bindgen", &version)
}

/// wasm-opt, from PATH or npm. It only makes the wasm smaller, so not having it is no error.
pub fn wasm_opt() -> WasmOpt {
    if let Some(dir) = on_path("wasm-opt").and_then(|path| Some(path.parent()?.to_owned())) {
        return WasmOpt::In(dir);
    }
    let bin = npm_dir().join("node_modules/.bin");
    // Runs on Node, which may be gone or too old for it.
    let works = || output(Command::new(program(&bin, "wasm-opt")).arg("--version")).is_some();
    if !works() && on_path("npm").is_some() {
        say(&format!("installing wasm-opt (binaryen {BINARYEN}) into target/tools with npm (some seconds)"));
        if let Err(error) = npm_install(&format!("binaryen@{BINARYEN}")) {
            say(&format!("{error:#}"));
        }
    }
    if works() { WasmOpt::In(bin) } else { WasmOpt::Missing }
}

/// Makes npm available, which brings what is not Rust.
pub fn npm() -> Result<()> {
    if on_path("npm").is_some() {
        return Ok(());
    }
    let missing = "the tests need npm, which brings axe-core and wasm-opt: put it on PATH";
    apt_install(&["--no-install-recommends"], &["npm"], missing, "about 3 minutes")
}

/// The script of axe-core, which looks for what hinders people with disabilities; from npm.
pub fn axe() -> Result<PathBuf> {
    let package = npm_dir().join("node_modules/axe-core");
    let script = package.join("axe.min.js");
    let version = format!("\"version\": \"{AXE}\"");
    let is_there = || {
        script.is_file()
            && fs::read_to_string(package.join("package.json")).is_ok_and(|text| text.contains(&version))
    };
    if is_there() {
        return Ok(script);
    }
    npm()?;
    say(&format!("installing axe-core {AXE} into target/tools with npm (some seconds)"));
    npm_install(&format!("axe-core@{AXE}"))?;
    if is_there() { Ok(script) } else { bail!("axe-core {AXE} was installed but is not there") }
}

fn npm_dir() -> PathBuf {
    tools_dir().join("npm")
}

/// Adds a package to those in `target/tools/npm`.
fn npm_install(package: &str) -> Result<()> {
    let options =
        ["install", "--no-fund", "--no-audit", "--no-progress", "--ignore-scripts", "--loglevel=error"];
    run(Command::new("npm").args(options).arg("--prefix").arg(npm_dir()).arg(package))
}

/// Chromium and its driver: CHROME and CHROMEDRIVER, what is on PATH, or (on Debian and its kin) the package.
pub fn browser() -> Result<Browser> {
    if let Some(browser) = find_browser()? {
        return Ok(browser);
    }
    let missing =
        "the tests need Chromium and chromedriver: put both on PATH or name them in CHROME and CHROMEDRIVER";
    apt_install(&[], &["chromium", "chromium-driver", "fonts-noto-cjk"], missing, "about 2 minutes")?;
    find_browser()?.context(missing)
}

/// Installs packages of Debian and its kin; where that cannot be done, says what is `missing`.
fn apt_install(options: &[&str], packages: &[&str], missing: &str, duration: &str) -> Result<()> {
    if on_path("apt-get").is_none() {
        bail!("{missing}");
    }
    let names = packages.join(" ");
    let root_user = output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !root_user && output(Command::new("sudo").args(["-n", "true"])).is_none() {
        bail!("{missing} (as root: apt-get install {names})");
    }
    say(&format!("installing {} with apt-get ({duration})", packages.join(", ")));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if root_user { "env" } else { "sudo" });
        // Through `env` in both cases: sudo drops variables of its caller.
        command.args(if root_user { &[][..] } else { &["-n", "env"] });
        run(command.arg("DEBIAN_FRONTEND=noninteractive").arg("apt-get").args(arguments))
    };
    apt(&["update", "--quiet=2"]).with_context(|| missing.to_owned())?;
    apt(&[&["install", "--yes", "--quiet=2"], options, packages].concat()).with_context(|| missing.to_owned())
}

fn find_browser() -> Result<Option<Browser>> {
    let named = |variable: &str| match env::var_os(variable).map(PathBuf::from) {
        Some(path) if path.is_file() => Ok(Some(path)),
        Some(path) => bail!("{variable} names {}, which is not a file", path.display()),
        None => Ok(None),
    };
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let chrome = named("CHROME")?
        .or_else(|| names.into_iter().find_map(on_path))
        .or_else(|| mac.is_file().then_some(mac));
    let driver = named("CHROMEDRIVER")?.or_else(|| on_path("chromedriver"));
    Ok(chrome.zip(driver).map(|(chrome, driver)| Browser { chrome, driver }))
}

/// PATH with the given folders in front.
pub fn path_with(dirs: &[&Path]) -> Result<OsString> {
    let before = env::var_os("PATH").unwrap_or_default();
    env::join_paths(dirs.iter().map(|dir| dir.to_path_buf()).chain(env::split_paths(&before)))
        .context("a folder of the tools cannot stand in PATH")
}

/// A line about what is being set up.
pub fn say(line: &str) {
    eprintln!("xtask: {line}");
}

/// A program in a folder.
pub fn program(dir: &Path, name: &str) -> PathBuf {
    dir.join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Always here, whatever CARGO_TARGET_DIR says: the tools outlive a cleared or shared build folder.
fn tools_dir() -> PathBuf {
    root().join("target/tools")
}

/// The folder of a program that reports exactly this version, ours before the machine's.
fn with_version(name: &str, version: &str) -> Option<PathBuf> {
    let candidates = [Some(program(&tools_dir().join("bin"), name)), on_path(name)];
    let fits = |path: &PathBuf| {
        output(Command::new(path).arg("--version"))
            .is_some_and(|text| text.split_whitespace().any(|word| word == version))
    };
    candidates.into_iter().flatten().find(fits).and_then(|path| Some(path.parent()?.to_owned()))
}

fn install(arguments: &[&str]) -> Result<()> {
    run(cargo().args(["install", "--quiet", "--root"]).arg(tools_dir()).args(arguments))
}

fn installed(name: &str, version: &str) -> Result<PathBuf> {
    with_version(name, version).with_context(|| format!("{name} {version} was installed but does not run"))
}

/// The version of a crate in Cargo.lock.
fn locked_version(name: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let entry = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != entry);
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).with_context(|| format!("Cargo.lock holds no {name}"))
}
