//! Reading files and standard input, never more than is allowed.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use precheck::domain::pack::{
    self, BUILT_IN_TEXT, MAX_OVERLAY_BYTES, MAX_PACK_BYTES, Overlay, Pack, PackError,
};

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

/// The first line of a file, without its end; for passphrases.
pub(crate) fn first_line(path: &Path) -> Result<String, Failure> {
    let bytes = read(path, 4_096)?;
    let text =
        String::from_utf8(bytes).map_err(|_| Failure(format!("{}：不是 UTF-8 文本", path.display())))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// The pack in that file, or the built-in one, with overlays laid over it.
pub(crate) fn pack(path: Option<&Path>, overlays: &[PathBuf]) -> Result<Pack, Failure> {
    let overlays = overlays
        .iter()
        .map(|path| {
            Overlay::parse(&read(path, MAX_OVERLAY_BYTES)?)
                .map_err(|errors| pack_failure(Some(path), &errors))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let bytes =
        path.map_or_else(|| Ok(BUILT_IN_TEXT.as_bytes().to_vec()), |path| read(path, MAX_PACK_BYTES))?;
    pack::parse_with(&bytes, &overlays).map_err(|errors| pack_failure(path, &errors))
}

/// Errors of a pack in one line: the first, and how many more there are.
pub(crate) fn pack_failure(path: Option<&Path>, errors: &[PackError]) -> Failure {
    let name = path.map_or_else(|| "内置规则包".to_owned(), |path| path.display().to_string());
    let more =
        if errors.len() > 1 { format!("（另有 {} 处）", errors.len() - 1) } else { String::new() };
    let first = errors.first().map(ToString::to_string).unwrap_or_default();
    Failure(format!("{name}：{first}{more}"))
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
