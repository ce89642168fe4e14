//! Reading files and standard input, never more than is allowed.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use precheck::domain::pack::{self, MAX_PACK_BYTES, Pack};

use crate::cli::Failure;

/// Opens a file; `-` is standard input.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).map_err(|e| Failure(format!("{}：{}", path.display(), words(&e))))?;
    Ok(Box::new(file))
}

/// Reads at most `limit` bytes and one more, so that the caller can say that there are too many.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    open(path)?
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|e| Failure(format!("{}：{}", path.display(), words(&e))))?;
    Ok(bytes)
}

/// The pack in that file, or the built-in one.
pub(crate) fn pack(path: Option<&Path>) -> Result<Pack, Failure> {
    let (name, found) = match path {
        None => ("内置规则包".to_owned(), Pack::built_in()),
        Some(path) => (path.display().to_string(), pack::parse(&read(path, MAX_PACK_BYTES)?)),
    };
    found.map_err(|errors| {
        let more =
            if errors.len() > 1 { format!("（另有 {} 处）", errors.len() - 1) } else { String::new() };
        let first = errors.first().map(ToString::to_string).unwrap_or_default();
        Failure(format!("{name}：{first}{more}"))
    })
}

/// Writes a line to standard output; a reader that went away is no failure of ours.
pub(crate) fn say(line: &str) -> Result<(), Failure> {
    match writeln!(io::stdout().lock(), "{line}") {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// An error of the system in plain words.
pub(crate) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读写权限".to_owned(),
        io::ErrorKind::IsADirectory => "是文件夹，不是文件".to_owned(),
        _ => error.to_string(),
    }
}
