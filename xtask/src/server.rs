//! Serves a built page on this machine, the way a plain static host does.

use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use tiny_http::{Header, Method, Request, Response, Server};

/// Requests answered at once; connections beyond are kept open, too.
const WORKERS: usize = 8;

/// Serves `dist` until the program is stopped.
pub fn serve(dist: &Path, port: u16) -> Result<()> {
    let dist = dist
        .canonicalize()
        .with_context(|| format!("nothing to serve: {} does not exist; build first", dist.display()))?;
    if !dist.join("index.html").is_file() {
        bail!(
            "nothing to serve: {} holds no index.html; build first",
            dist.display()
        );
    }
    let server = Server::http(("127.0.0.1", port)).map_err(|error| {
        anyhow!("cannot listen on port {port}: {error}; choose another with --port, 0 takes any")
    })?;
    let address = server
        .server_addr()
        .to_ip()
        .context("the listening address has no port")?;
    println!("Precheck: http://{address}/");
    std::io::stdout().flush()?;

    let server = Arc::new(server);
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (server, dist) = (Arc::clone(&server), dist.clone());
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    // A browser that went away in the middle of an answer is no matter.
                    let _ = answer(&dist, request);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.join().map_err(|_| anyhow!("the server stopped"))?;
    }
    bail!("the server stopped")
}

fn answer(dist: &Path, request: Request) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        let response = Response::from_string("method not allowed\n").with_status_code(405);
        return request.respond(with(response, "Allow", "GET, HEAD"));
    }
    match resolve(dist, request.url()).and_then(|path| Some((fs::read(&path).ok()?, media_type(&path)))) {
        Some((bytes, media_type)) => request.respond(headers(Response::from_data(bytes), media_type)),
        None => {
            let response = Response::from_string("not found\n").with_status_code(404);
            request.respond(headers(response, "text/plain; charset=utf-8"))
        }
    }
}

/// The file that an address means, if it is one of `dist`.
fn resolve(dist: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = decode(if path.is_empty() { "index.html" } else { path })?;
    let relative = Path::new(&path);
    // Names only: neither `..` nor a second root, and no hidden file (where a build in progress is).
    let plain = relative
        .components()
        .all(|part| matches!(part, Component::Normal(name) if !name.to_string_lossy().starts_with('.')));
    if !plain || path.contains(['\\', '\0']) {
        return None;
    }
    // A link that leads out of the folder is not part of it.
    let file = dist.join(relative).canonicalize().ok()?;
    (file.starts_with(dist) && file.is_file()).then_some(file)
}

fn decode(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut decoded = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("toml" | "txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// Always asked again: a page that is being worked on must never come from the browser's cache.
fn headers<R: std::io::Read>(response: Response<R>, media_type: &str) -> Response<R> {
    let response = with(response, "Content-Type", media_type);
    with(
        with(response, "Cache-Control", "no-cache"),
        "X-Content-Type-Options",
        "nosniff",
    )
}

fn with<R: std::io::Read>(mut response: Response<R>, name: &str, value: &str) -> Response<R> {
    // Only constants get here, and all of them are well formed.
    if let Ok(header) = Header::from_bytes(name, value) {
        response.add_header(header);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_folder_are_found() -> Result<()> {
        let dir = std::env::temp_dir().join(format!("precheck-server-{}", std::process::id()));
        let dist = dir.join("dist");
        fs::create_dir_all(dist.join("icons"))?;
        fs::create_dir_all(dist.join(".stage"))?;
        for file in [
            "secret.txt",
            "dist/index.html",
            "dist/icons/a b.svg",
            "dist/.stage/x.js",
        ] {
            fs::write(dir.join(file), "")?;
        }
        let dist = dist.canonicalize()?;
        for found in ["/", "/index.html", "/?q=1#x", "/icons/a%20b.svg"] {
            assert!(resolve(&dist, found).is_some(), "{found}");
        }
        for refused in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/icons/../../secret.txt",
            "/..%2fsecret.txt",
            "//secret.txt",
            "/..\\secret.txt",
            "/.stage/x.js",
            "/icons",
            "/none",
            "/%zz",
            "/%",
            "",
            "http://x/index.html",
        ] {
            assert!(resolve(&dist, refused).is_none(), "{refused}");
        }
        fs::remove_dir_all(dir)?;
        Ok(())
    }
}
