//! The command line as scripts see it: what goes to standard output, what to standard error, and how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod common;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

fn run(arguments: &[&str]) -> Run {
    run_with(arguments, b"")
}

fn run_with(arguments: &[&str], stdin: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_precheck"))
        .args(arguments)
        .current_dir(common::root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let stdin = stdin.to_vec();
    // The program may end before it has read everything; that is not what is tested.
    let writer = std::thread::spawn(move || drop(pipe.write_all(&stdin)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {}", self.stdout))
    }

    fn lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Ends with 2, says one line that holds `words`, and nothing on standard output.
    #[track_caller]
    fn check_failure(&self, words: &str) {
        assert_eq!(self.status, 2, "{}{}", self.stdout, self.stderr);
        assert_eq!(self.stdout, "");
        assert_eq!(self.stderr.lines().count(), 1, "{}", self.stderr);
        assert!(self.stderr.contains(words), "{}", self.stderr);
    }
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{name}"));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn example(name: &str) -> String {
    std::fs::read_to_string(common::root().join("examples").join(format!("{name}.json"))).unwrap()
}

fn one_line(name: &str) -> String {
    serde_json::from_str::<Value>(&example(name)).unwrap().to_string()
}

#[test]
fn examples_pass() {
    for name in common::EXAMPLES {
        let run = run(&["check", &format!("examples/{name}.json"), "--today", common::TODAY]);
        let report = run.json();
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{name}");
        assert_eq!(report["format"], "precheck.report/1");
        assert_eq!(report["track"], name);
        assert_eq!(report["reference_date"], common::TODAY);
        assert_eq!(report["eligibility"]["outcome"], "eligible");
        assert_eq!(report["diagnostics"], Value::Array(Vec::new()));
    }
}

#[test]
fn what_blocks_ends_with_1() {
    let run = run(&["check", "examples/examiner.json", "--today", "2026-10-21"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    assert_eq!(run.json()["eligibility"]["outcome"], "not_eligible");
    assert_eq!(self::run(&["check", "examples/examiner.json", "--today", "2026-10-20"]).status, 0);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let report = || run(&["check", "examples/examiner.json", "--today", common::TODAY]).stdout;
    assert_eq!(report(), report());
    let piped = run_with(&["check", "-", "--today", common::TODAY], example("examiner").as_bytes());
    assert_eq!((piped.status, piped.stdout), (0, report()));
}

#[test]
fn text_is_for_people() {
    let run = run(&["check", "examples/examiner.json", "--today", common::TODAY, "--format", "text"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.starts_with("就本规则包所知，符合申报条件。\n"), "{}", run.stdout);
    assert!(run.stdout.contains("R02 符合"));
}

#[test]
fn what_cannot_be_read_is_named_in_one_line() {
    run(&["check", "examples/none.json"]).check_failure("examples/none.json：没有这个文件");
    run(&["check", "examples"]).check_failure("examples：是文件夹");
    run_with(&["check", "-"], b"").check_failure("-：");
    run_with(&["check", "-"], b"{\"format\":").check_failure("-：");
    run_with(&["check", "-"], b"\xff\xfe").check_failure("-：");
    let unknown = example("examiner").replace("\"examiner\"", "\"cook\"");
    run_with(&["check", "-"], unknown.as_bytes()).check_failure("申报类别“cook”");
    let other = example("examiner").replace("\"sichuan-2026\"", "\"sichuan-2025\"");
    run_with(&["check", "-"], other.as_bytes()).check_failure("/pack/id");
    let newer = example("examiner").replace("precheck.application/1", "precheck.application/2");
    run_with(&["check", "-"], newer.as_bytes()).check_failure("/format");
    run(&["check", "examples/examiner.json", "--pack", "Cargo.toml"]).check_failure("Cargo.toml：");
    run(&["check", "examples/examiner.json", "--pack", "none.toml"]).check_failure("none.toml：没有这个文件");
}

#[test]
fn a_wrong_call_ends_with_2() {
    for arguments in [
        &["check"][..],
        &["check", "examples/examiner.json", "--today", "2026-02-30"],
        &["check", "examples/examiner.json", "--today", "tomorrow"],
        &["check", "examples/examiner.json", "--format", "yaml"],
        &["shout"],
        &[],
    ] {
        let run = run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.stderr.is_empty());
    }
    run(&["id", "passport", "E1"]).check_failure("passport");
}

#[test]
fn too_much_is_refused_without_reading_it_all() {
    let mut much = one_line("examiner").into_bytes();
    much.resize(9 << 20, b' ');
    let run = run_with(&["check", "-", "--today", common::TODAY], &much);
    run.check_failure("-：");
}

#[test]
fn lines_go_in_and_reports_come_out_in_order() {
    let input = format!(
        "{}\n\n{}\nnot json\n{}",
        one_line("examiner"),
        one_line("examiner").replace("\"accepted\"", "\"none\""),
        one_line("inspector")
    );
    let run = run_with(&["check", "-", "--ndjson", "--today", common::TODAY], input.as_bytes());
    let lines = run.lines();
    assert_eq!(run.status, 2);
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["eligibility"]["outcome"], "eligible");
    assert_eq!(lines[1]["eligibility"]["outcome"], "not_eligible");
    assert_eq!(lines[2]["line"], 4);
    assert!(lines[2]["error"].as_str().is_some_and(|e| !e.is_empty()));
    assert_eq!(lines[3]["track"], "inspector");
}

#[test]
fn lines_end_as_single_applications_do() {
    let end = |input: String| {
        run_with(&["check", "-", "--ndjson", "--today", common::TODAY], input.as_bytes()).status
    };
    assert_eq!(end(format!("{}\n", one_line("examiner"))), 0);
    assert_eq!(end(one_line("examiner").replace("\"accepted\"", "\"none\"")), 1);
    assert_eq!(end(String::new()), 0);
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_next_is_read() {
    let mut input = vec![b' '; 9 << 20];
    input.push(b'\n');
    let mut long = one_line("examiner").into_bytes();
    long.resize(9 << 20, b' ');
    long.push(b'\n');
    input.splice(0..0, long);
    input.extend(one_line("examiner").bytes());
    let run = run_with(&["check", "-", "--ndjson", "--today", common::TODAY], &input);
    let lines = run.lines();
    assert_eq!(run.status, 2);
    assert_eq!(lines[0]["line"], 1);
    assert!(lines[0]["error"].is_string(), "{}", lines[0]);
    assert_eq!(lines.last().unwrap()["eligibility"]["outcome"], "eligible");
}

#[test]
fn numbers_are_inspected_one_a_line() {
    let run =
        run(&["id", "resident-id", "11010519491231002x", "11010519491231002", "--today", common::TODAY]);
    let lines = run.lines();
    assert_eq!((run.status, lines.len()), (1, 2));
    assert_eq!(lines[0]["value"], "11010519491231002x");
    assert_eq!(lines[0]["valid"], true);
    assert_eq!(lines[0]["problems"], Value::Array(Vec::new()));
    assert_eq!(lines[0]["parts"]["sex"], "female");
    assert_eq!(lines[1]["valid"], false);
    assert_eq!(lines[1]["problems"][0]["code"], "R101");
    assert!(lines[1]["problems"][0]["message"].is_string());
}

#[test]
fn numbers_come_from_standard_input_too() {
    let run =
        run_with(&["id", "phone", "--today", common::TODAY], "13800000000\r\n028-86740000\n".as_bytes());
    assert_eq!((run.status, run.lines().len()), (0, 2));
    assert_eq!(run.lines()[0]["value"], "13800000000");
    for (kind, value) in [
        ("credit-code", "91350100M000100Y43"),
        ("skill-certificate", "Y000051001064243000001"),
        ("vocational-certificate", "1910003001300001"),
        ("filing-number", "Y000051001064"),
    ] {
        assert_eq!(self::run(&["id", kind, value, "--today", common::TODAY]).status, 0, "{kind}");
        assert_eq!(self::run(&["id", kind, &value[1..], "--today", common::TODAY]).status, 1, "{kind}");
    }
}

#[test]
fn lines_that_are_no_numbers_are_refused() {
    let long = vec![b'1'; 1 << 20];
    let run = run_with(&["id", "phone", "--today", common::TODAY], &long);
    run.check_failure("第 1 行");
    let run = run_with(&["id", "phone", "--today", common::TODAY], b"13800000000\n\xff\n");
    assert_eq!((run.status, run.lines().len()), (2, 1));
    assert!(run.stderr.contains("第 2 行"), "{}", run.stderr);
}

#[test]
fn the_pack_says_its_hash() {
    let built_in = run(&["pack", "hash"]);
    assert_eq!(built_in.status, 0);
    assert_eq!(built_in.json()["id"], "sichuan-2026");
    let file = run(&["pack", "hash", "static/packs/sichuan-2026/pack.toml"]);
    assert_eq!(file.stdout, built_in.stdout);
    let report = run(&["check", "examples/examiner.json", "--today", common::TODAY]).json();
    assert_eq!(report["pack"]["sha256"], built_in.json()["sha256"]);
}

fn build(name: &str, output: &Path, today: &str) -> Run {
    run(&[
        "bundle",
        "build",
        "--application",
        &format!("examples/{name}.json"),
        "--materials",
        &format!("examples/{name}"),
        "-o",
        output.to_str().unwrap(),
        "--today",
        today,
    ])
}

#[test]
fn a_bundle_is_built_and_verified() {
    let folder = folder("verified");
    for name in common::EXAMPLES {
        let file = folder.join(format!("{name}.zip"));
        let built = build(name, &file, common::TODAY);
        assert_eq!((built.status, built.stderr.as_str()), (0, ""), "{name}");
        let built = built.json();
        assert_eq!(built["bytes"], std::fs::metadata(&file).unwrap().len());
        let verified = run(&["bundle", "verify", file.to_str().unwrap()]);
        assert_eq!(verified.status, 0, "{}{}", verified.stdout, verified.stderr);
        assert_eq!(verified.json()["root_hash"], built["root_hash"]);
        let again = folder.join("again.zip");
        build(name, &again, common::TODAY);
        assert!(std::fs::read(&file).unwrap() == std::fs::read(&again).unwrap(), "{name}: other bytes");
    }
}

/// Builds a bundle of the example with more arguments.
fn build_with(name: &str, output: &Path, more: &[&str]) -> Run {
    let (file, folder) = (format!("examples/{name}.json"), format!("examples/{name}"));
    let begin = ["bundle", "build", "--application", &file, "--materials", &folder, "--today", common::TODAY];
    run(&[&begin[..], &["-o", output.to_str().unwrap()], more].concat())
}

#[test]
fn a_draft_of_what_is_blocked_is_made_and_marked() {
    let folder = folder("draft");
    let file = folder.join("draft.zip");
    let day = ["--today", "2026-10-21"];
    let (json, materials) = ("examples/examiner.json", "examples/examiner");
    let built = run(&[
        &["bundle", "build", "--application", json, "--materials", materials, "--draft"][..],
        &["-o", file.to_str().unwrap()],
        &day,
    ]
    .concat());
    assert_eq!((built.status, built.json()["status"].as_str()), (0, Some("draft")), "{}", built.stderr);
    let verified = run(&["bundle", "verify", file.to_str().unwrap()]);
    assert_eq!((verified.status, verified.json()["status"].as_str()), (0, Some("draft")));
}

#[test]
fn a_bundle_is_taken_apart() {
    let folder = folder("extracted");
    let file = folder.join("made.zip");
    assert_eq!(build_with("examiner", &file, &[]).status, 0);
    let (file, bag, plain) = (file.to_str().unwrap(), folder.join("bag"), folder.join("plain"));
    let whole = run(&["bundle", "extract", file, bag.to_str().unwrap()]);
    assert_eq!(whole.status, 0, "{}", whole.stderr);
    let names: Vec<String> = serde_json::from_value(whole.json()["files"].clone()).unwrap();
    assert!(names.iter().any(|name| name.ends_with("/data/report.html")), "{names:?}");
    for name in &names {
        assert!(bag.join(name).is_file(), "{name}");
    }
    // By their own names, they make the same bundle again.
    let named = run(&["bundle", "extract", file, plain.to_str().unwrap(), "--original-names"]);
    assert_eq!(named.status, 0, "{}", named.stderr);
    let again = folder.join("again.zip");
    let application = plain.join("application.json");
    let remade = run(&[
        "bundle",
        "build",
        "--application",
        application.to_str().unwrap(),
        "--materials",
        plain.to_str().unwrap(),
        "-o",
        again.to_str().unwrap(),
        "--today",
        common::TODAY,
    ]);
    assert_eq!(remade.status, 0, "{}", remade.stderr);
    assert!(std::fs::read(file).unwrap() == std::fs::read(&again).unwrap());
    // Nothing is written over what is there.
    run(&["bundle", "extract", file, bag.to_str().unwrap()]).check_failure("不是空的");
}

#[test]
fn a_changed_bundle_is_not_taken_apart() {
    let folder = folder("extracted-changed");
    let file = folder.join("made.zip");
    assert_eq!(build_with("examiner", &file, &[]).status, 0);
    let mut bytes = std::fs::read(&file).unwrap();
    let place = bytes.windows(4).position(|w| w == b"IDAT").unwrap() + 10;
    bytes[place] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    let to = folder.join("out");
    let extracted = run(&["bundle", "extract", file.to_str().unwrap(), to.to_str().unwrap()]);
    assert_eq!(extracted.status, 1);
    assert!(extracted.stdout.contains("B111") && !to.exists(), "{}", extracted.stdout);
}

#[test]
fn a_sealed_bundle_opens_with_its_key_alone() {
    use age::secrecy::ExposeSecret as _;
    let folder = folder("sealed");
    let plain = folder.join("plain.zip");
    assert_eq!(build_with("inspector", &plain, &[]).status, 0);
    let root_hash = run(&["bundle", "verify", plain.to_str().unwrap()]).json()["root_hash"].clone();
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let identity = age::x25519::Identity::generate();
    let (public, secret) = (identity.to_public().to_string(), identity.to_string());
    let key = write("key.txt", &format!("# created by nobody\n{}\n", secret.expose_secret()));
    let words = write("words.txt", "一个 口令\nsecond line\n");
    let wrong = write("wrong.txt", "一个口令\n");
    struct Case<'a> {
        seal: [&'a str; 2],
        open: [&'a str; 2],
        other: [&'a str; 2],
        said: &'a str,
    }
    let by_key = Case {
        seal: ["--recipient", &public],
        open: ["--identity", &key],
        other: ["--passphrase-file", &words],
        said: "加密给公钥",
    };
    let by_words = Case {
        seal: ["--passphrase-file", &words],
        open: ["--passphrase-file", &words],
        other: ["--passphrase-file", &wrong],
        said: "口令不对",
    };
    for Case { seal, open, other, said } in [by_key, by_words] {
        let file = folder.join("made.zip.age");
        let built = build_with("inspector", &file, &seal);
        assert_eq!((built.status, &built.json()["sealed"]), (0, &Value::Bool(true)), "{}", built.stderr);
        assert_eq!(built.json()["root_hash"], root_hash);
        let file = file.to_str().unwrap();
        let verify = |with: &[&str]| run(&[&["bundle", "verify", file][..], with].concat());
        let found = verify(&open);
        assert_eq!(found.status, 0, "{}{}", found.stdout, found.stderr);
        assert_eq!(found.json()["root_hash"], root_hash);
        verify(&other).check_failure(said);
        verify(&[]).check_failure("--passphrase-file");
        let to = folder.join("out");
        let extracted = run(&[&["bundle", "extract", file, to.to_str().unwrap()][..], &open].concat());
        assert_eq!(extracted.status, 0, "{}", extracted.stderr);
        std::fs::remove_dir_all(to).unwrap();
    }
    build_with("inspector", &folder.join("no.age"), &["--recipient", secret.expose_secret()])
        .check_failure("私钥");
    build_with("inspector", &folder.join("no.age"), &["--recipient", "age1x"]).check_failure("公钥");
    assert!(!folder.join("no.age").exists());
}

#[test]
fn a_changed_bundle_differs() {
    let folder = folder("changed");
    let file = folder.join("changed.zip");
    assert_eq!(build("examiner", &file, common::TODAY).status, 0);
    let whole = std::fs::read(&file).unwrap();
    let place = whole.windows(4).position(|w| w == b"IDAT").unwrap() + 10;
    let mut changed = whole.clone();
    changed[place] ^= 1;
    std::fs::write(&file, &changed).unwrap();
    let run_changed = run(&["bundle", "verify", file.to_str().unwrap()]);
    assert_eq!(run_changed.status, 1, "{}{}", run_changed.stdout, run_changed.stderr);
    assert!(!run_changed.json()["problems"].as_array().unwrap().is_empty());
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let run_cut = run(&["bundle", "verify", file.to_str().unwrap()]);
    assert!(matches!(run_cut.status, 1 | 2), "{}", run_cut.status);
}

#[test]
fn no_bundle_is_made_of_what_is_blocked() {
    let file = folder("blocked").join("blocked.zip");
    let run = build("examiner", &file, "2026-10-21");
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("R02"), "{}", run.stderr);
    assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 0);
}

#[test]
fn files_outside_the_folder_are_never_read() {
    let folder = folder("outside");
    for name in ["../Cargo.toml", "/etc/hostname", "..", ".", "", "a/b.png", "a\\..\\..\\b.png"] {
        let mut application: Value = serde_json::from_str(&example("examiner")).unwrap();
        application["attachments"][0]["file"] = Value::String(name.to_owned());
        let path = folder.join("application.json");
        std::fs::write(&path, application.to_string()).unwrap();
        let run = run(&[
            "bundle",
            "build",
            "--application",
            path.to_str().unwrap(),
            "--materials",
            "examples/examiner",
            "-o",
            folder.join("out.zip").to_str().unwrap(),
            "--today",
            common::TODAY,
        ]);
        run.check_failure(name);
        assert!(!folder.join("out.zip").exists());
    }
}

#[test]
fn a_file_that_changed_is_named() {
    let folder = folder("file-changed");
    let source = common::root().join("examples/examiner");
    for entry in std::fs::read_dir(source).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let photo = folder.join("个人证件照.png");
    std::fs::write(&photo, b"other").unwrap();
    let build = || {
        run(&[
            "bundle",
            "build",
            "--application",
            "examples/examiner.json",
            "--materials",
            folder.to_str().unwrap(),
            "-o",
            folder.join("out.zip").to_str().unwrap(),
            "--today",
            common::TODAY,
        ])
    };
    build().check_failure("个人证件照.png");
    std::fs::remove_file(&photo).unwrap();
    build().check_failure("个人证件照.png");
    assert!(!folder.join("out.zip").exists() && !folder.join("out.zip.part").exists());
}

#[test]
fn the_built_in_pack_lints_and_tests_clean() {
    let found = run(&["pack", "lint"]);
    assert_eq!((found.status, found.json()["findings"].as_array().unwrap().len()), (0, 0));
    let found = run(&["pack", "test"]);
    assert_eq!(found.status, 0, "{}", found.stdout);
    assert!(found.json()["scenarios"].as_u64().unwrap() > 300);
    assert!(found.json()["mutations"].is_null());
    let shown = run(&["pack", "show"]);
    assert_eq!(shown.status, 0);
    assert!(shown.stdout.contains("#### R02 备案申请受理未超过一年"));
    assert_eq!(run(&["pack", "show", "--format", "json"]).json()["id"], "sichuan-2026");
}

#[test]
fn a_pack_with_a_mistake_is_linted_with_its_place() {
    let text = std::fs::read_to_string(common::root().join("static/packs/sichuan-2026/pack.toml")).unwrap();
    let unknown = text.replacen("fact = \"unit.filing\", in", "fact = \"unit.fling\", in", 1);
    let found = run_with(&["pack", "lint", "-"], unknown.as_bytes());
    assert_eq!(found.status, 1, "{}", found.stderr);
    let finding = &found.json()["findings"][0];
    assert!(finding["message"].as_str().unwrap().contains("unit.fling"), "{finding}");
    assert!(finding["line"].as_u64().unwrap() > 100 && finding["column"].as_u64().unwrap() > 1);
    run_with(&["pack", "lint", "-"], b"format = [").check_failure("第 1 行");
    run(&["pack", "lint", "no-such-file.toml"]).check_failure("没有这个文件");
    run(&["pack", "test", "--scenarios", "no-such-folder"]).check_failure("没有这个文件");
}

#[test]
fn deadlines_by_the_published_calendar() {
    let first = |arguments: &[&str]| run(arguments).json()["deadlines"][0].clone();
    for (exam, latest) in [
        ("2026-03-28", "2026-03-25"),
        ("2026-05-06", "2026-04-28"),
        ("2026-10-08", "2026-09-28"),
        ("2026-10-12", "2026-10-08"),
    ] {
        let found = first(&["deadline", "leave", "--exam", exam]);
        assert_eq!((found["kind"].as_str(), found["date"].as_str()), (Some("leave"), Some(latest)), "{exam}");
        assert_eq!(found["clauses"][0], "6.3");
        assert!(!found["convention"].as_str().unwrap().is_empty() && found["alternative"].is_object());
    }
    let found = first(&["deadline", "leave", "--exam", "2027-03-20"]);
    assert!(
        found["date"].is_null() && found["note"].as_str().unwrap().contains("没有载入 2027 年的工作日历")
    );
    let found = first(&["deadline", "card", "--notice", "2026-09-03"]);
    assert_eq!(
        (found["date"].as_str(), found["alternative"]["date"].as_str()),
        (Some("2026-10-08"), Some("2026-10-03"))
    );
    let found = first(&["deadline", "filing", "--accepted", "2025-03-10"]);
    assert_eq!(
        (found["date"].as_str(), found["alternative"]["date"].as_str()),
        (Some("2026-03-10"), Some("2026-03-09"))
    );
    run(&["deadline", "leave", "--exam", "2026-02-30"]).check_failure("2026-02-30");
}

#[test]
fn retakes_from_an_application() {
    let mut value = common::example("examiner").to_value();
    value["answers"]["exam.history"] =
        serde_json::json!([{ "id": "e1", "date": "2026-03-28", "outcome": "failed" }]);
    let found = run_with(&["deadline", "retake", "-"], value.to_string().as_bytes());
    assert_eq!((found.status, &found.json()["retakes_left"]), (0, &serde_json::json!(2)), "{}", found.stderr);
    value["answers"].as_object_mut().unwrap().remove("exam.history");
    run_with(&["deadline", "retake", "-"], value.to_string().as_bytes()).check_failure("exam.history");
}

#[test]
fn an_overlay_changes_the_judgement_and_is_reported() {
    use precheck::domain::pack::{Overlay, Pack};
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("overlays");
    std::fs::create_dir_all(&folder).unwrap();
    let text = Overlay::write(
        &Pack::built_in().unwrap(),
        "annex1",
        "附件1",
        "附件1（示例）",
        &[("annex1.examiner.years".to_owned(), "40".to_owned())],
        &["A1-examiner-years".to_owned()],
        &[("A1-examiner".to_owned(), "条件都已写成参数".to_owned())],
    );
    let path = folder.join("annex1.toml");
    std::fs::write(&path, text).unwrap();
    let example = "examples/examiner.json";
    let overlay = path.to_string_lossy();
    let before = run(&["check", example, "--today", "2026-04-15"]);
    let after = run(&["check", example, "--today", "2026-04-15", "--overlay", &overlay]);
    assert_eq!((before.status, after.status), (0, 1));
    assert_eq!(before.json()["pack"]["overlays"], serde_json::json!([]));
    assert_eq!(after.json()["pack"]["overlays"][0]["id"], "annex1");
    assert_eq!(after.json()["eligibility"]["outcome"], "not_eligible");
    run(&["check", example, "--overlay", example]).check_failure("第 1 行");
}

#[test]
fn occupations_are_looked_up_by_code_name_former_name_and_pinyin() {
    let first = |query: &str| {
        let output = run(&["occupation", query]);
        assert_eq!(output.status, 0, "{query}");
        output.json()["occupations"][0].clone()
    };
    for query in ["6-18-01-01", "6180101", "车工", "chegong", "６－１８－０１－０１"] {
        let found = first(query);
        assert_eq!(
            (&found["code"], &found["name"]),
            (&Value::from("6-18-01-01"), &Value::from("车工")),
            "{query}"
        );
        assert_eq!(found["groups"][2], "机械冷加工人员");
        assert_eq!(found["may_apply"], true);
    }
    let renamed = first("研学旅行指导师");
    assert_eq!(
        (&renamed["name"], &renamed["matched_by"]),
        (&Value::from("研学旅游指导师"), &Value::from("former_name"))
    );
    assert_eq!(first("2-01-01-00")["may_apply"], false);
    let none = run(&["occupation", "没有的职业"]);
    assert_eq!((none.status, &none.json()["total"]), (1, &Value::from(0)));
    let words = run(&["occupation", "2-01-01-00", "--format", "text"]);
    assert!(words.stdout.contains("不在第三至六大类之内"), "{}", words.stdout);
}

/// A folder for what a test writes.
fn scratch(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name).to_string_lossy().into_owned()
}

#[test]
fn a_declaration_is_filled_read_and_compared() {
    for track in ["examiner", "senior_examiner", "special_examiner", "inspector"] {
        let application = format!("examples/{track}.json");
        let form = scratch(&format!("{track}.docx"));
        let filled = run(&[
            "declaration",
            "fill",
            "--application",
            &application,
            "-o",
            &form,
            "--today",
            "2026-04-15",
        ]);
        assert_eq!(filled.status, 0, "{track}");
        let code = filled.json()["form_code"].clone();
        let read = run(&["declaration", "read", &form]);
        assert_eq!((read.status, &read.json()["form_code"]), (0, &code));
        assert_eq!(read.json()["is_form"], true);
        assert!(read.json()["unrecognised"].as_array().unwrap().len() < 7);
        let compared = run(&["declaration", "compare", "--application", &application, &form]);
        let results = compared.json();
        assert_eq!(
            (compared.status, &results["differences"], &results["form_code_matches"]),
            (0, &0.into(), &true.into())
        );
        let fields = results["fields"].as_array().unwrap();
        let is_same = |f: &&serde_json::Value| f["result"] == "same";
        assert!(fields.iter().filter(is_same).count() > 15, "{track}");
        // What is on the paper alone, and what differs, is told.
        let other = run(&["declaration", "compare", "--application", "examples/inspector.json", &form]);
        assert_eq!(other.status, i32::from(track != "inspector"), "{track}");
    }
}

#[test]
fn a_blank_of_others_is_filled() {
    let form = scratch("blank.docx");
    let blank = "tests/forms/python-docx-09-blank.docx";
    let filled = run(&[
        "declaration",
        "fill",
        "--application",
        "examples/examiner.json",
        "--template",
        blank,
        "-o",
        &form,
    ]);
    assert_eq!(filled.status, 0);
    let placed = filled.json()["placed"].as_array().unwrap().len();
    assert!(placed >= 10, "{placed}");
    let read = run(&["declaration", "read", &form]).json();
    assert_eq!(read["fields"]["person.sex"], "male");
    assert_eq!(read["fields"]["person.birth_date"], "1985-03-12");
    let letter = "tests/forms/python-docx-10-leave-request.docx";
    let refused = run(&[
        "declaration",
        "fill",
        "--application",
        "examples/examiner.json",
        "--template",
        letter,
        "-o",
        &form,
    ]);
    assert_eq!(refused.status, 2);
}

#[test]
fn the_built_in_form_takes_a_photo() {
    let form = scratch("with-photo.docx");
    let photo = "examples/examiner/个人证件照.png";
    let application = "examples/examiner.json";
    let filled = run(&["declaration", "fill", "--application", application, "--photo", photo, "-o", &form]);
    assert_eq!((filled.status, &filled.json()["photo_placed"]), (0, &true.into()));
    let bytes = std::fs::read(&form).unwrap();
    assert!(bytes.windows(19).any(|name| name == b"media/precheck1.png"));
    let compared = run(&["declaration", "compare", "--application", application, &form]);
    assert_eq!((compared.status, &compared.json()["differences"]), (0, &0.into()));
}

#[test]
fn a_picture_of_the_signed_form_is_compared() {
    let pack = precheck::domain::pack::Pack::built_in().unwrap();
    let bytes = std::fs::read(common::root().join("examples/examiner.json")).unwrap();
    let application = precheck::domain::case::read(&bytes).unwrap();
    let text = precheck::domain::declaration::print::text(&pack, &application);
    let code = precheck::domain::media::qr::draw(&text).unwrap();
    let photo = pictures::picture(1, 1, code.size, &|x, y| code.is_dark(x, y));
    let file = scratch("signed.jpg");
    std::fs::write(&file, &photo.jpeg).unwrap();
    let compare = |track: &str| {
        run(&["declaration", "compare", "--application", &format!("examples/{track}.json"), &file])
    };
    let same = compare("examiner");
    assert_eq!((same.status, &same.json()["print"]), (0, &"same".into()));
    let other = compare("inspector");
    assert_eq!((other.status, &other.json()["print"]), (1, &"wrong_form".into()));
    let without = run(&[
        "declaration",
        "compare",
        "--application",
        "examples/examiner.json",
        "examples/examiner/身份证.png",
    ]);
    assert_eq!(without.status, 2);
}
