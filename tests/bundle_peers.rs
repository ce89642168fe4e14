//! Our bundles in the hands of others: two unzip programs, a BagIt validator and an age program, each written without us,
//! and theirs in ours. Run where they are installed; what is not there is named and passed over.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail"
)]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("peers-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Whether a program is there; says so where it is not.
fn is_there(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    let said =
        command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null()).status();
    let is_there = said.is_ok_and(|status| status.success());
    if !is_there {
        eprintln!("not installed, passed over: {program} {}", arguments.join(" "));
    }
    is_there
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn precheck() -> Command {
    Command::new(env!("CARGO_BIN_EXE_precheck"))
}

fn build(name: &str, output: &Path, more: &[&str]) {
    let mut command = precheck();
    command.args(["bundle", "build", "--today", common::TODAY, "-o"]).arg(output);
    command.arg("--application").arg(common::root().join(format!("examples/{name}.json")));
    command.arg("--materials").arg(common::root().join("examples").join(name));
    run(command.args(more));
}

/// Every file below a folder, with its content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push((path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap()));
            }
        }
    }
    all.sort();
    all
}

/// A program, how it is asked whether it is there, and how it unpacks into a folder.
type Unpack<'a> = (&'a str, &'a [&'a str], Box<dyn Fn(&Path) -> Command + 'a>);

#[test]
fn others_unzip_what_we_zip() {
    for name in common::EXAMPLES {
        let folder = folder(&format!("unzip-{name}"));
        let (zip, ours) = (folder.join("made.zip"), folder.join("ours"));
        build(name, &zip, &[]);
        run(precheck().args(["bundle", "extract"]).arg(&zip).arg(&ours));
        let expected = files(&ours);
        let unpack: [Unpack<'_>; 4] = [
            (
                "unzip",
                &["-v"],
                Box::new(|to| {
                    let mut command = Command::new("unzip");
                    command.arg("-q").arg(&zip).arg("-d").arg(to);
                    command
                }),
            ),
            (
                "7z",
                &["i"],
                Box::new(|to| {
                    let mut command = Command::new("7z");
                    command.args(["x", "-y", "-bd"]).arg(format!("-o{}", to.display())).arg(&zip);
                    command
                }),
            ),
            (
                "bsdtar",
                &["--version"],
                Box::new(|to| {
                    let mut command = Command::new("bsdtar");
                    command.arg("-xf").arg(&zip).arg("-C").arg(to);
                    command
                }),
            ),
            (
                "python3",
                &["--version"],
                Box::new(|to| {
                    let mut command = Command::new("python3");
                    command.args(["-m", "zipfile", "-e"]).arg(&zip).arg(to);
                    command
                }),
            ),
        ];
        for (program, asked, command) in unpack {
            if is_there(program, asked) {
                let to = folder.join(program);
                std::fs::create_dir_all(&to).unwrap();
                run(&mut command(&to));
                assert!(files(&to) == expected, "{program} unpacks {name} differently");
            }
        }
    }
}

#[test]
fn a_bagit_validator_finds_our_bags_valid_and_changed_ones_not() {
    if !is_there("python3", &["-c", "import bagit"]) {
        return;
    }
    let folder = folder("bagit");
    let zip = folder.join("made.zip");
    build("senior_examiner", &zip, &[]);
    let bags = folder.join("bags");
    run(precheck().args(["bundle", "extract"]).arg(&zip).arg(&bags));
    let bag = std::fs::read_dir(&bags).unwrap().next().unwrap().unwrap().path();
    let validate = || Command::new("python3").args(["-m", "bagit", "--validate"]).arg(&bag).output().unwrap();
    let said = validate();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let report = bag.join("data/report.html");
    let mut content = std::fs::read(&report).unwrap();
    content.push(b' ');
    std::fs::write(&report, content).unwrap();
    assert!(!validate().status.success());
}

#[test]
fn their_bag_is_verified_as_far_as_it_is_one() {
    if !is_there("python3", &["-c", "import bagit"]) {
        return;
    }
    let folder = folder("their-bag");
    let bag = folder.join("bag/files");
    std::fs::create_dir_all(&bag).unwrap();
    std::fs::write(bag.join("a.txt"), "content").unwrap();
    run(Command::new("python3").args(["-m", "bagit", "--sha256", "--quiet"]).arg(&bag));
    let zip = folder.join("theirs.zip");
    run(Command::new("python3").args(["-m", "zipfile", "-c"]).arg(&zip).arg(&bag));
    let said = precheck().args(["bundle", "verify"]).arg(&zip).output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    // The bag is sound; what is missing is what makes a bag a bundle of ours.
    let codes: Vec<&str> =
        found["problems"].as_array().unwrap().iter().filter_map(|p| p["code"].as_str()).collect();
    assert_eq!(codes, ["B201"], "{found}");
}

#[test]
fn age_opens_what_we_seal_and_we_open_what_it_seals() {
    if !(is_there("age", &["--version"]) && is_there("age-keygen", &["--version"])) {
        return;
    }
    let folder = folder("age");
    let (plain, sealed) = (folder.join("made.zip"), folder.join("made.zip.age"));
    let key = folder.join("key.txt");
    run(Command::new("age-keygen").arg("-o").arg(&key));
    let text = std::fs::read_to_string(&key).unwrap();
    let public = text.lines().find_map(|line| line.split("public key: ").nth(1)).unwrap();
    build("examiner", &plain, &[]);
    build("examiner", &sealed, &["--recipient", public]);
    let opened = run(Command::new("age").args(["--decrypt", "-i"]).arg(&key).arg(&sealed)).stdout;
    assert!(opened == std::fs::read(&plain).unwrap());
    let theirs = folder.join("theirs.zip.age");
    run(Command::new("age").args(["--recipient", public, "-o"]).arg(&theirs).arg(&plain));
    run(precheck().args(["bundle", "verify", "--identity"]).arg(&key).arg(&theirs));
}

/// `age` asks a terminal for its passphrase; Python's makes one.
const TYPED: &str = "
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
said = b''
times = 0
while True:
    try:
        said += os.read(terminal, 1024)
    except OSError:
        break
    if said.lower().count(b'passphrase') > times and said.rstrip().endswith(b':'):
        times = said.lower().count(b'passphrase')
        os.write(terminal, (sys.argv[1] + '\\n').encode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
";

#[test]
fn age_and_we_open_each_others_passphrases() {
    if !(is_there("age", &["--version"]) && is_there("python3", &["-c", "import pty"])) {
        return;
    }
    let folder = folder("passphrase");
    let (plain, sealed) = (folder.join("made.zip"), folder.join("made.zip.age"));
    let words = folder.join("words.txt");
    std::fs::write(&words, "K7QM-2XVD-9FHT-WB4E\n").unwrap();
    build("inspector", &plain, &[]);
    build("inspector", &sealed, &["--passphrase-file", words.to_str().unwrap()]);
    let opened = folder.join("opened.zip");
    let typed = || {
        let mut command = Command::new("python3");
        command.args(["-c", TYPED, "K7QM-2XVD-9FHT-WB4E", "age"]).stdin(Stdio::null());
        command
    };
    run(typed().args(["--decrypt", "-o"]).arg(&opened).arg(&sealed));
    assert!(std::fs::read(&opened).unwrap() == std::fs::read(&plain).unwrap());
    let theirs = folder.join("theirs.zip.age");
    run(typed().args(["--passphrase", "-o"]).arg(&theirs).arg(&plain));
    run(precheck().args(["bundle", "verify", "--passphrase-file"]).arg(&words).arg(&theirs));
}
