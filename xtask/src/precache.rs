//! The list of files that the service worker keeps for offline use.
//!
//! Written after everything else of a build, since it holds the digest of every file.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The worker itself is not in its own list: the browser keeps it, and must be able to fetch a newer one.
const WORKER: &str = "sw.js";
const BEGIN: &str = "// <precache>\n";
const END: &str = "// </precache>\n";

/// Writes the list and the version into the service worker in `dir`; again and again gives the same.
pub fn write(dir: &Path) -> Result<()> {
    let path = dir.join(WORKER);
    let worker = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let files: Vec<(String, Vec<u8>)> = files(dir)?.into_iter().filter(|(name, _)| name != WORKER).collect();
    if !files.iter().any(|(name, _)| name == "index.html") {
        bail!("{} holds no built page: no index.html", dir.display());
    }
    fs::write(&path, fill(&worker, &files)?).with_context(|| format!("cannot write {}", path.display()))
}

/// Every file below `dir` with its path in URL form, sorted. Hidden files are not part of a page: many hosts do not
/// serve them.
pub fn files(dir: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    collect(dir, "", &mut found).with_context(|| format!("cannot read {}", dir.display()))?;
    found.sort();
    Ok(found)
}

fn collect(dir: &Path, prefix: &str, found: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        // So that no path ever needs escaping, in a URL or in the list.
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
            bail!("the name of {prefix}{name} is not plain ASCII");
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), found)?;
        } else {
            found.push((format!("{prefix}{name}"), fs::read(entry.path())?));
        }
    }
    Ok(())
}

fn fill(worker: &str, files: &[(String, Vec<u8>)]) -> Result<String> {
    let marked = worker.split_once(BEGIN).and_then(|(head, rest)| Some((head, rest.split_once(END)?.1)));
    let Some((head, tail)) = marked else {
        bail!("{WORKER} lacks the lines `{}` and `{}`", BEGIN.trim_end(), END.trim_end());
    };
    let mut version = Sha256::new();
    version.update(Sha256::digest(head));
    version.update(Sha256::digest(tail));
    let mut list = String::new();
    for (name, bytes) in files {
        let digest = Sha256::digest(bytes);
        version.update(Sha256::digest(name));
        version.update(digest);
        // The page goes by the address at which it is opened.
        let address = if name == "index.html" { "./" } else { name };
        writeln!(list, "  [\"{address}\", \"sha256-{}\"],", STANDARD.encode(digest))?;
    }
    let version: String = version.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{head}{BEGIN}const VERSION = \"{version}\";\nconst FILES = [\n{list}];\n{END}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "// head\n// <precache>\nconst FILES = [];\n// </precache>\n// tail\n";

    fn built(content: &str) -> Result<String> {
        fill(SOURCE, &[("a.css".into(), content.into()), ("index.html".into(), b"<p>".to_vec())])
    }

    #[test]
    fn lists_each_file_with_its_digest_and_the_page_by_its_address() -> Result<()> {
        let filled = built("")?;
        assert!(
            filled.contains(r#"["a.css", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="]"#),
            "{filled}"
        );
        assert!(filled.contains(r#"["./", "sha256-"#) && !filled.contains("index.html"), "{filled}");
        Ok(())
    }

    #[test]
    fn is_the_same_when_run_again() -> Result<()> {
        let once = built("x")?;
        let files = [("a.css".to_owned(), b"x".to_vec()), ("index.html".to_owned(), b"<p>".to_vec())];
        assert_eq!(fill(&once, &files)?, once);
        Ok(())
    }

    #[test]
    fn any_change_makes_a_new_version() -> Result<()> {
        let version = |text: &str| text.lines().find(|line| line.contains("VERSION")).map(str::to_owned);
        let (one, other) = (built("x")?, built("y")?);
        assert_ne!(version(&one), version(&other));
        let files = [("a.css".to_owned(), b"x".to_vec()), ("index.html".to_owned(), b"<p>".to_vec())];
        assert_ne!(version(&fill(&SOURCE.replace("tail", "new tail"), &files)?), version(&one));
        Ok(())
    }

    #[test]
    fn a_worker_without_a_place_for_the_list_is_an_error() {
        assert!(fill("// <precache>\n", &[]).is_err());
    }
}
