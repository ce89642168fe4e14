//! Serves a built page on this machine, the way a plain static host does.
//!
//! On the standard library alone: a page needs `GET` and `HEAD` over connections that stay open, and one thread for each
//! of them. (tiny_http leaves connections unanswered when a browser opens six at once: its pool counts a thread that it
//! has just woken as idle.)

use std::fs;
use std::io::{self, BufRead, BufReader, ErrorKind, Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// The longest request line with all its headers.
const LONGEST_HEAD: u64 = 64 * 1024;
/// How long an open connection may be silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// Serves `dist` until the program is stopped.
pub fn serve(dist: &Path, port: u16) -> Result<()> {
    let dist = dist
        .canonicalize()
        .with_context(|| format!("nothing to serve: {} does not exist; build first", dist.display()))?;
    if !dist.join("index.html").is_file() {
        bail!("nothing to serve: {} holds no index.html; build first", dist.display());
    }
    let listener = TcpListener::bind(("127.0.0.1", port))
        .with_context(|| format!("cannot listen on port {port}; choose another with --port, 0 takes any"))?;
    println!("Precheck: http://{}/", listener.local_addr()?);
    io::stdout().flush()?;
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                let dist = dist.clone();
                // A browser that goes away in the middle of an answer is no matter.
                thread::spawn(move || drop(converse(&dist, &stream)));
            }
            // Out of descriptors, or the other side has given up already: the next one may succeed.
            Err(_) => thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// Answers the requests of one connection, one after the other.
fn converse(dist: &Path, stream: &TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader)? {
        let close = request.close;
        respond(&mut &*stream, dist, &request)?;
        if close {
            break;
        }
    }
    Ok(())
}

struct Request {
    method: String,
    url: String,
    /// Whether the connection ends with the answer.
    close: bool,
}

/// The next request, or none when the other side has finished.
fn read_request(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut head = reader.take(LONGEST_HEAD);
    let mut line = String::new();
    if head.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_ascii_whitespace().map(str::to_owned);
    let (Some(method), Some(url), Some(version)) = (words.next(), words.next(), words.next()) else {
        return Err(ErrorKind::InvalidData.into());
    };
    // What has a body is refused unread, so nothing sensible can follow it.
    let mut close = version != "HTTP/1.1" || !is_served(&method);
    loop {
        line.clear();
        if !line_ends(head.read_line(&mut line)?, &line) {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let header = line.trim_end().to_ascii_lowercase();
        match header.split_once(':') {
            None if header.is_empty() => break,
            Some(("connection", value)) => close |= value.contains("close"),
            Some(("content-length" | "transfer-encoding", _)) => close = true,
            _ => {}
        }
    }
    Ok(Some(Request { method, url, close }))
}

fn line_ends(read: usize, line: &str) -> bool {
    read > 0 && line.ends_with('\n')
}

fn is_served(method: &str) -> bool {
    matches!(method, "GET" | "HEAD")
}

fn respond(out: &mut impl Write, dist: &Path, request: &Request) -> io::Result<()> {
    let found =
        || resolve(dist, &request.url).and_then(|path| Some((fs::read(&path).ok()?, media_type(&path))));
    let (status, (body, media_type)) = if !is_served(&request.method) {
        ("405 Method Not Allowed", (b"only GET and HEAD\n".to_vec(), "text/plain"))
    } else if let Some(file) = found() {
        ("200 OK", file)
    } else {
        ("404 Not Found", (b"not found\n".to_vec(), "text/plain"))
    };
    let length = body.len();
    let connection = if request.close { "close" } else { "keep-alive" };
    // Never from the browser's cache without asking: a page that is being worked on changes under the same address.
    let mut answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nCache-Control: no-cache\r\n\
         X-Content-Type-Options: nosniff\r\nAllow: GET, HEAD\r\nConnection: {connection}\r\n\r\n"
    )
    .into_bytes();
    if request.method != "HEAD" {
        answer.extend(body);
    }
    out.write_all(&answer)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(request: &str) -> io::Result<String> {
        let mut out = Vec::new();
        let mut reader = request.as_bytes();
        while let Some(request) = read_request(&mut reader)? {
            respond(&mut out, Path::new("/nowhere"), &request)?;
        }
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn a_connection_stays_open_unless_asked_otherwise() -> io::Result<()> {
        let twice = answer("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\n")?;
        assert_eq!(twice.matches("404 Not Found").count(), 2);
        assert!(twice.contains("keep-alive") && twice.contains("Connection: close"), "{twice}");
        Ok(())
    }

    #[test]
    fn only_reading_is_served() -> io::Result<()> {
        assert!(answer("POST / HTTP/1.1\r\n\r\n")?.starts_with("HTTP/1.1 405 "));
        assert!(!answer("HEAD /a HTTP/1.1\r\n\r\n")?.contains("not found"));
        assert!(answer("GET / HTTP/1.1\r\nHost").is_err());
        assert!(answer(&format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "a".repeat(70_000))).is_err());
        Ok(())
    }

    #[test]
    fn only_files_of_the_folder_are_found() -> Result<()> {
        let dir = std::env::temp_dir().join(format!("precheck-server-{}", std::process::id()));
        let dist = dir.join("dist");
        fs::create_dir_all(dist.join("icons"))?;
        fs::create_dir_all(dist.join(".stage"))?;
        for file in ["secret.txt", "dist/index.html", "dist/icons/a b.svg", "dist/.stage/x.js"] {
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
