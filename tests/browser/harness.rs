//! A server and a browser of its own for each test.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures::FutureExt as _;
use serde_json::Value;
use thirtyfour::{
    Capabilities, ChromiumLikeCapabilities as _, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
};

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// No window, and nothing fetched on Chromium's own account. The driver makes a new, empty profile per session.
const SWITCHES: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // The dialog that asks where a file goes belongs to the system: no test could answer it.
    "--disable-blink-features=FileSystemAccessLocal",
];

/// `xtask serve` over one folder; stops when dropped.
pub(crate) struct Server {
    process: Child,
    pub(crate) url: String,
}

impl Server {
    pub(crate) fn start(dist: &Path) -> Result<Self> {
        let mut command = Command::new(setting("PRECHECK_XTASK")?);
        command.args(["serve", "--no-build", "--port", "0", "--dist"]).arg(dist);
        let (process, line) = spawn(command, "Precheck: ")?;
        Ok(Self { process, url: line.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        stop(&mut self.process);
    }
}

/// Runs `test` with a new browser and closes it, whatever the test comes to.
pub(crate) async fn with_browser(test: impl AsyncFnOnce(&WebDriver) -> Result) -> Result {
    let mut command = Command::new(setting("PRECHECK_CHROMEDRIVER")?);
    command.arg("--port=0");
    let (mut process, line) = spawn(command, "ChromeDriver was started successfully on port ")?;
    let outcome = async {
        let address = format!("http://127.0.0.1:{}", line.trim().trim_end_matches('.'));
        let driver = WebDriver::new(address, capabilities()?).await?;
        driver.set_script_timeout(Duration::from_secs(30)).await?;
        // A failed assertion must not keep the session from being closed: that would wait for ever.
        let outcome = AssertUnwindSafe(test(&driver)).catch_unwind().await;
        driver.quit().await?;
        Ok(outcome)
    }
    .await;
    stop(&mut process);
    match outcome {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(panic)) => resume_unwind(panic),
        Err(error) => Err(error),
    }
}

fn capabilities() -> Result<Capabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    chrome.set_binary(&setting("PRECHECK_CHROME")?.to_string_lossy())?;
    for switch in SWITCHES {
        chrome.add_arg(switch)?;
    }
    chrome.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(chrome.into())
}

/// The value of a promise in the page; the script is the body of an async function.
pub(crate) async fn eval(driver: &WebDriver, script: &str) -> Result<Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
         (async () => {{ {script} }})().then((value) => done([value ?? null]), (error) => done(String(error)));"
    );
    match driver.execute_async(script, vec![]).await?.json() {
        Value::Array(value) => Ok(value.first().cloned().unwrap_or_default()),
        error => Err(format!("the page says: {error}").into()),
    }
}

/// Waits until the script says `true`, also while the page loads itself anew: then asking fails, or is asked again of the
/// new page, so the script must not change anything.
pub(crate) async fn until(driver: &WebDriver, script: &str) -> Result {
    let becomes_true = async {
        let mut every = tokio::time::interval(Duration::from_millis(50));
        loop {
            every.tick().await;
            if eval(driver, script).await.is_ok_and(|value| value == Value::Bool(true)) {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), becomes_true)
        .await
        .map_err(|_| format!("does not become true: {script}").into())
}

/// Every warning and error on the console since last asked, violations of the content security policy among them.
pub(crate) async fn console(driver: &WebDriver) -> Result<Vec<String>> {
    Ok(driver
        .browser_log()
        .await?
        .into_iter()
        .filter(|entry| !matches!(entry.level.as_str(), "INFO" | "DEBUG"))
        .map(|entry| format!("{}: {}", entry.level, entry.message))
        .collect())
}

/// The built page, to be served but not changed.
pub(crate) fn dist() -> Result<PathBuf> {
    setting("PRECHECK_DIST")
}

/// A copy of the built page that the test `name` may change.
pub(crate) fn copy_of_dist(name: &str) -> Result<PathBuf> {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    copy_dir(&dist()?, &copy)?;
    Ok(copy)
}

/// Writes the list of files of a changed copy anew, as a build does.
pub(crate) fn precache(dist: &Path) -> Result {
    let status = Command::new(setting("PRECHECK_XTASK")?).args(["precache", "--dir"]).arg(dist).status()?;
    if status.success() { Ok(()) } else { Err("the list of files could not be written".into()) }
}

fn copy_dir(from: &Path, to: &Path) -> Result {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_dir(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

pub(crate) fn setting(name: &str) -> Result<PathBuf> {
    let value =
        env::var_os(name).ok_or_else(|| format!("{name} is not set: run `cargo xtask test browser`"))?;
    Ok(value.into())
}

/// Starts a program and waits for the line on its stdout that begins with `ready`; returns the rest of that line.
fn spawn(mut command: Command, ready: &str) -> Result<(Child, String)> {
    let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let stdout = process.stdout.take().ok_or("no stdout")?;
    let mut lines = BufReader::new(stdout).lines();
    while let Some(line) = lines.next().transpose()? {
        if let Some(rest) = line.strip_prefix(ready) {
            let rest = rest.to_owned();
            // Read on, or the program stops at a closed or full pipe.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok((process, rest));
        }
    }
    stop(&mut process);
    Err(format!("{} ended before it was ready", command.get_program().to_string_lossy()).into())
}

fn stop(process: &mut Child) {
    // It may have ended already.
    let _ = process.kill();
    let _ = process.wait();
}
