//! Encryption of bundles and backups (加密): age files (age-encryption.org/v1), to a recipient's public key or with a
//! passphrase, so that scans of identity cards on a lost stick cannot be read by whoever finds it. Any `age` program
//! opens them. Streams: a piece of 64 KiB is in memory at a time.

use std::fmt;
use std::io::{self, Read, Write};
use std::iter;
use std::str::FromStr;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, scrypt, x25519};

/// The line with which every such file begins.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// How such a file begins where it was written as text, which this program does not read.
const ARMOR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";

/// The least work that a passphrase is worth, as the binary logarithm of scrypt's N.
const MIN_WORK: u8 = 14;
/// The most work that is done for a file from anywhere: 2¹⁸ blocks of 1 KiB, which other programs ask for by default.
/// Each step more doubles memory and time.
pub const MAX_WORK: u8 = 18;
/// How long a passphrase should take to try, in seconds.
const WORK_SECONDS: f64 = 1.0;
/// How much is read at a time, in bytes.
const CHUNK: usize = 64 * 1024;

/// What a file is sealed with.
#[derive(Clone, PartialEq, Eq)]
pub enum SealKey {
    /// The public key of whoever is to open it: `age1…`.
    Recipient(String),
    /// A passphrase, and the work that trying it is to cost, see [`work_factor`].
    Passphrase {
        /// The passphrase.
        words: String,
        /// The binary logarithm of scrypt's N.
        work: u8,
    },
}

/// What a file is opened with.
#[derive(Clone, PartialEq, Eq)]
pub enum OpenKey {
    /// The secret key: `AGE-SECRET-KEY-1…`.
    Identity(String),
    /// The passphrase.
    Passphrase(String),
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recipient(key) => f.debug_tuple("Recipient").field(key).finish(),
            Self::Passphrase { work, .. } => f.debug_struct("Passphrase").field("work", work).finish(),
        }
    }
}

impl fmt::Debug for OpenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Identity(_) => "Identity",
            Self::Passphrase(_) => "Passphrase",
        })
    }
}

/// Why a file was not sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// A secret key where a public one belongs.
    #[error("这是私钥，不能给别人，也不用来加密；填写对方以 age1 开头的公钥")]
    SecretKey,
    /// Not a public key.
    #[error("公钥不对：应以 age1 开头，共 62 个字符，核对有没有抄错")]
    BadRecipient,
    /// Not a secret key.
    #[error("私钥不对：应以 AGE-SECRET-KEY-1 开头，核对密钥文件")]
    BadIdentity,
    /// No passphrase.
    #[error("没有填写口令")]
    NoPassphrase,
    /// Not such a file.
    #[error("不是加密的包（age 格式），或文件开头已损坏")]
    NotSealed,
    /// Such a file as text.
    #[error("这是文本形式的 age 文件，用 age 程序解密后再打开")]
    Armored,
    /// The passphrase is another one.
    #[error("口令不对，核对大小写和空格")]
    WrongPassphrase,
    /// The file is sealed to others.
    #[error("这个私钥打不开：包是加密给别的公钥的")]
    WrongKey,
    /// Sealed with a passphrase.
    #[error("这个包是用口令加密的，填写口令")]
    NeedsPassphrase,
    /// Sealed to a key.
    #[error("这个包是加密给公钥的，要用对应的私钥打开")]
    NeedsIdentity,
    /// More work than is done for a file from anywhere.
    #[error("口令的计算量（2^{log_n}）超出上限，用 age 程序解密后再打开")]
    TooMuchWork {
        /// The binary logarithm of scrypt's N.
        log_n: u8,
    },
    /// Cut off or changed.
    #[error("加密的包不完整或被改动过，重新拷贝一份")]
    Damaged,
    /// The source cannot be read.
    #[error("读不出文件，确认它还在原处")]
    Read,
    /// What came of it cannot be written.
    #[error("文件没有写成，可能是空间已满")]
    Write,
}

/// Whether a file that begins so is sealed.
#[must_use]
pub fn is_sealed(head: &[u8]) -> bool {
    head.starts_with(MAGIC) || head.starts_with(ARMOR)
}

/// Checks a public key that somebody typed.
///
/// # Errors
/// What is wrong with it.
pub fn check_recipient(key: &str) -> Result<(), SealError> {
    recipient(key).map(|_| ())
}

fn recipient(key: &str) -> Result<x25519::Recipient, SealError> {
    let key = key.trim();
    if key.to_ascii_uppercase().starts_with("AGE-SECRET-KEY-") {
        return Err(SealError::SecretKey);
    }
    x25519::Recipient::from_str(key).map_err(|_| SealError::BadRecipient)
}

/// The work factor at which trying a passphrase takes about a second here. `now` tells the time in seconds: the domain
/// has no clock.
///
/// # Errors
/// [`SealError`], where nothing can be sealed at all.
pub fn work_factor(now: &dyn Fn() -> f64) -> Result<u8, SealError> {
    let (mut work, mut seconds) = (MIN_WORK, 0.0);
    // What is done in no time at all cannot be measured.
    while seconds < 0.004 && work < MAX_WORK {
        let begun = now();
        encryptor(&SealKey::Passphrase { words: "x".to_owned(), work })?;
        seconds = now() - begun;
        if seconds < 0.004 {
            work += 1;
        }
    }
    // Each step doubles the time; the step that comes nearest to the second on either side is taken.
    while work < MAX_WORK && seconds * std::f64::consts::SQRT_2 < WORK_SECONDS {
        work += 1;
        seconds *= 2.0;
    }
    Ok(work)
}

fn encryptor(key: &SealKey) -> Result<Encryptor, SealError> {
    let (to_key, to_words);
    let to: &dyn Recipient = match key {
        SealKey::Recipient(key) => {
            to_key = recipient(key)?;
            &to_key
        }
        SealKey::Passphrase { words, .. } if words.is_empty() => return Err(SealError::NoPassphrase),
        SealKey::Passphrase { words, work } => {
            let mut to = scrypt::Recipient::new(SecretString::from(words.clone()));
            to.set_work_factor((*work).clamp(1, MAX_WORK));
            to_words = to;
            &to_words
        }
    };
    Encryptor::with_recipients(iter::once(to)).map_err(|_| SealError::BadRecipient)
}

/// Seals what `source` gives into `sink`; how many bytes were read.
///
/// # Errors
/// [`SealError`]; then what stands in `sink` is of no use.
pub fn seal(key: &SealKey, source: &mut dyn Read, sink: &mut dyn Write) -> Result<u64, SealError> {
    let mut writer = encryptor(key)?.wrap_output(sink).map_err(|_| SealError::Write)?;
    let mut buffer = vec![0; CHUNK];
    let mut n_bytes = 0;
    loop {
        let n = source.read(&mut buffer).map_err(|_| SealError::Read)?;
        if n == 0 {
            break;
        }
        n_bytes += n as u64;
        writer.write_all(buffer.get(..n).unwrap_or_default()).map_err(|_| SealError::Write)?;
    }
    writer.finish().and_then(|sink| sink.flush()).map_err(|_| SealError::Write)?;
    Ok(n_bytes)
}

/// Opens what `source` gives into `sink`; how many bytes were written. What is written before an error may be the
/// beginning of something cut off: it must not be used.
///
/// # Errors
/// [`SealError`].
pub fn unseal(key: &OpenKey, source: &mut dyn Read, sink: &mut dyn Write) -> Result<u64, SealError> {
    let mut head = Vec::new();
    source.take(ARMOR.len() as u64).read_to_end(&mut head).map_err(|_| SealError::Read)?;
    if head.starts_with(ARMOR) {
        return Err(SealError::Armored);
    }
    let decryptor = Decryptor::new(head.as_slice().chain(source)).map_err(|error| match error {
        DecryptError::Io(e) if !is_damage(&e) => SealError::Read,
        _ => SealError::NotSealed,
    })?;
    let is_passphrase = decryptor.is_scrypt();
    let (with_key, with_words);
    let with: &dyn Identity = match key {
        OpenKey::Passphrase(_) if !is_passphrase => return Err(SealError::NeedsIdentity),
        OpenKey::Identity(_) if is_passphrase => return Err(SealError::NeedsPassphrase),
        OpenKey::Passphrase(words) if words.is_empty() => return Err(SealError::NoPassphrase),
        OpenKey::Passphrase(words) => {
            let mut with = scrypt::Identity::new(SecretString::from(words.clone()));
            with.set_max_work_factor(MAX_WORK);
            with_words = with;
            &with_words
        }
        OpenKey::Identity(key) => {
            with_key = x25519::Identity::from_str(key.trim()).map_err(|_| SealError::BadIdentity)?;
            &with_key
        }
    };
    let opened = decryptor.decrypt(iter::once(with)).map_err(|error| match error {
        DecryptError::ExcessiveWork { required, .. } => SealError::TooMuchWork { log_n: required },
        DecryptError::NoMatchingKeys => SealError::WrongKey,
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed if is_passphrase => {
            SealError::WrongPassphrase
        }
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => SealError::WrongKey,
        _ => SealError::Damaged,
    });
    let mut reader = opened?;
    let mut buffer = vec![0; CHUNK];
    let mut n_bytes = 0;
    loop {
        let n = reader
            .read(&mut buffer)
            .map_err(|e| if is_damage(&e) { SealError::Damaged } else { SealError::Read })?;
        if n == 0 {
            break;
        }
        n_bytes += n as u64;
        sink.write_all(buffer.get(..n).unwrap_or_default()).map_err(|_| SealError::Write)?;
    }
    sink.flush().map_err(|_| SealError::Write)?;
    Ok(n_bytes)
}

/// Whether the content is at fault, and not the reading of it.
fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    /// Little work, so that tests are quick.
    const WORK: u8 = 4;

    fn words(words: &str) -> (SealKey, OpenKey) {
        (SealKey::Passphrase { words: words.to_owned(), work: WORK }, OpenKey::Passphrase(words.to_owned()))
    }

    fn keys() -> (SealKey, OpenKey) {
        use age::secrecy::ExposeSecret as _;
        let identity = x25519::Identity::generate();
        (
            SealKey::Recipient(identity.to_public().to_string()),
            OpenKey::Identity(identity.to_string().expose_secret().to_owned()),
        )
    }

    fn sealed(key: &SealKey, content: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        assert_eq!(seal(key, &mut &*content, &mut out), Ok(content.len() as u64));
        out
    }

    fn opened(key: &OpenKey, content: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut out = Vec::new();
        unseal(key, &mut &*content, &mut out).map(|_| out)
    }

    #[test]
    fn what_was_sealed_is_opened_whatever_its_length() {
        for length in [0, 1, 65_535, 65_536, 65_537, 1 << 20] {
            let content: Vec<u8> = (0..length).map(|i: u32| (i % 251) as u8).collect();
            for (to, with) in [words("口令 words"), keys()] {
                let file = sealed(&to, &content);
                assert!(is_sealed(&file));
                assert!(opened(&with, &file).unwrap() == content, "{length}");
            }
        }
    }

    #[test]
    fn the_wrong_key_is_named() {
        let ((to_words, with_words), (to_key, with_key)) = (words("right"), keys());
        let by_words = sealed(&to_words, b"content");
        let by_key = sealed(&to_key, b"content");
        let cases = [
            (opened(&words("wrong").1, &by_words), SealError::WrongPassphrase),
            (opened(&OpenKey::Passphrase(String::new()), &by_words), SealError::NoPassphrase),
            (opened(&keys().1, &by_key), SealError::WrongKey),
            (opened(&with_key, &by_words), SealError::NeedsPassphrase),
            (opened(&with_words, &by_key), SealError::NeedsIdentity),
            (opened(&OpenKey::Identity("AGE-SECRET-KEY-1X".to_owned()), &by_key), SealError::BadIdentity),
            (opened(&with_words, b"PK\x03\x04 something else"), SealError::NotSealed),
            (opened(&with_words, b""), SealError::NotSealed),
            (opened(&with_words, &[ARMOR, b"\nYWdl\n"].concat()), SealError::Armored),
        ];
        for (found, expected) in cases {
            assert_eq!(found, Err(expected));
        }
    }

    #[test]
    fn a_key_that_was_typed_is_checked() {
        let (SealKey::Recipient(public), OpenKey::Identity(secret)) = keys() else { panic!("keys") };
        assert_eq!(check_recipient(&format!(" {public}\n")), Ok(()));
        assert_eq!(check_recipient(&secret), Err(SealError::SecretKey));
        assert_eq!(check_recipient(&secret.to_ascii_lowercase()), Err(SealError::SecretKey));
        for wrong in ["", "age1", "age1xyz", &public[..61], &public.replace("age1", "age2")] {
            assert_eq!(check_recipient(wrong), Err(SealError::BadRecipient), "{wrong}");
        }
        // One character that was copied wrongly.
        let typo: String = public
            .char_indices()
            .map(|(i, c)| if i == 20 { if c == 'q' { 'p' } else { 'q' } } else { c })
            .collect();
        assert_eq!(check_recipient(&typo), Err(SealError::BadRecipient));
    }

    #[test]
    fn every_change_and_every_cut_is_found() {
        let (to, with) = keys();
        let file = sealed(&to, &vec![7; 70_000]);
        for at in (0..file.len()).step_by(101).chain(0..250).chain(file.len() - 40..file.len()) {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(opened(&with, &changed).is_err(), "byte {at}");
        }
        for length in (0..file.len()).step_by(997).chain([file.len() - 1, 65_000]) {
            assert!(opened(&with, &file[..length]).is_err(), "cut at {length}");
        }
    }

    #[test]
    fn too_much_work_is_refused_before_it_is_done() {
        let (to, with) = words("x");
        let file = sealed(&to, b"content");
        let text = String::from_utf8_lossy(&file[..80]).into_owned();
        let line = text.lines().nth(1).unwrap().to_owned();
        let more = line.strip_suffix(" 4").map(|line| format!("{line} 30")).unwrap();
        let at = MAGIC.len();
        let changed = [&file[..at], more.as_bytes(), &file[at + line.len()..]].concat();
        assert_eq!(opened(&with, &changed), Err(SealError::TooMuchWork { log_n: 30 }));
    }

    #[test]
    fn the_work_is_measured() {
        use std::cell::Cell;
        // A clock on which every look takes so many seconds.
        let factor = |step: f64| {
            let time = Cell::new(0.0);
            let now = || {
                time.set(time.get() + step);
                time.get()
            };
            work_factor(&now).unwrap()
        };
        assert_eq!(factor(100.0), MIN_WORK);
        assert_eq!(factor(1.0 / 4.0), MIN_WORK + 2);
        assert_eq!(factor(0.01), MAX_WORK);
        assert_eq!(factor(0.0), MAX_WORK);
    }

    #[test]
    fn secrets_are_not_printed() {
        let shown = format!("{:?}{:?}", words("geheim").0, words("geheim").1);
        assert!(!shown.contains("geheim"), "{shown}");
    }
}
