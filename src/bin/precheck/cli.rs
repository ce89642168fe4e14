//! What can be called, and how it ends.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum};
use precheck::domain::base::date::parse_iso;
use precheck::domain::pack::Pack;

use crate::{bundle, bundle_read, check, deadline, declaration, id, input, occupation, pack};

/// 申报预检：按通知检查申报、证件号码和提交包。
#[derive(Parser)]
#[command(name = "precheck", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 检查一份申报，输出报告 precheck.report/1
    Check {
        /// 申报文件；- 为标准输入
        file: PathBuf,
        /// 每行一份申报，每行一份报告
        #[arg(long)]
        ndjson: bool,
        #[command(flatten)]
        settings: Settings,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 检查号码：每个号码输出一行 JSON
    Id {
        /// resident-id、credit-code、skill-certificate、vocational-certificate、filing-number、phone、email、postal-code、examiner-card
        kind: String,
        /// 号码；不写则从标准输入逐行读
        values: Vec<String>,
        /// 判断日期，默认今天
        #[arg(long, value_parser = parse_day)]
        today: Option<NaiveDate>,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 查职业：按代码、名称、旧名、工种或拼音
    Occupation {
        /// 代码或其开头、名称的一部分、拼音或拼音首字母
        query: String,
        /// 最多列出几项
        #[arg(long, default_value_t = 20)]
        limit: usize,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 申报表：填写、识别、与填报内容比对
    #[command(subcommand)]
    Declaration(DeclarationCommand),
    /// 提交包
    #[command(subcommand)]
    Bundle(BundleCommand),
    /// 规则包
    #[command(subcommand)]
    Pack(PackCommand),
    /// 期限：请假、领取证卡、备案、补考
    #[command(subcommand)]
    Deadline(DeadlineCommand),
}

#[derive(Subcommand)]
enum DeclarationCommand {
    /// 填写申报表：按常见样式，或填入官方空白表
    Fill {
        /// 申报文件
        #[arg(long)]
        application: PathBuf,
        /// 官方空白表（docx）；不写则用内置样式
        #[arg(long)]
        template: Option<PathBuf>,
        /// 证件照（JPEG、PNG），放进表上的照片格
        #[arg(long)]
        photo: Option<PathBuf>,
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
        #[command(flatten)]
        settings: Settings,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 识别填好的申报表：docx，或网页上复制下来的文字
    Read {
        /// 申报表；- 为标准输入
        file: PathBuf,
        #[command(flatten)]
        settings: Settings,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 逐项比对填报内容与申报表
    Compare {
        /// 申报文件
        #[arg(long)]
        application: PathBuf,
        /// 申报表（docx）、网页文字，或签字后的照片、扫描件
        file: PathBuf,
        #[command(flatten)]
        settings: Settings,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
}

#[derive(Subcommand)]
enum BundleCommand {
    /// 制作提交包
    Build {
        /// 申报文件
        #[arg(long)]
        application: PathBuf,
        /// 放附件的文件夹
        #[arg(long)]
        materials: PathBuf,
        /// 写到哪里
        #[arg(short, long)]
        output: PathBuf,
        /// 制作标明的草稿包，没处理完也可以
        #[arg(long)]
        draft: bool,
        /// 加密给这个公钥（age1…）
        #[arg(long, conflicts_with = "passphrase_file")]
        recipient: Option<String>,
        /// 用这个文件第一行的口令加密；- 为标准输入
        #[arg(long)]
        passphrase_file: Option<PathBuf>,
        #[command(flatten)]
        settings: Settings,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 核验提交包：完整、未改动、重做检查的结果相同
    Verify {
        #[command(flatten)]
        bundle: BundleToRead,
    },
    /// 核验后解开提交包
    Extract {
        #[command(flatten)]
        bundle: BundleToRead,
        /// 解到哪个文件夹：新的或空的
        folder: PathBuf,
        /// 只取申报文件和附件，附件用原来的文件名
        #[arg(long)]
        original_names: bool,
    },
}

/// A bundle and what it is verified with.
#[derive(clap::Args)]
struct BundleToRead {
    /// 提交包
    file: PathBuf,
    /// 规则包，默认内置
    #[arg(long)]
    pack: Option<PathBuf>,
    /// 补充包，可以写几次
    #[arg(long)]
    overlay: Vec<PathBuf>,
    /// 解密用的私钥文件
    #[arg(long, conflicts_with = "passphrase_file")]
    identity: Option<PathBuf>,
    /// 解密用的口令在这个文件的第一行；- 为标准输入
    #[arg(long)]
    passphrase_file: Option<PathBuf>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

impl BundleToRead {
    fn order(&self) -> bundle_read::Order<'_> {
        bundle_read::Order {
            file: &self.file,
            pack: self.pack.as_deref(),
            overlays: &self.overlay,
            identity: self.identity.as_deref(),
            passphrase_file: self.passphrase_file.as_deref(),
            format: self.format,
        }
    }
}

#[derive(Subcommand)]
enum PackCommand {
    /// 检查规则包：矛盾、缺口、永真永假、用不到的问题
    Lint {
        /// 规则包，默认内置
        file: Option<PathBuf>,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 运行情景，检查每条规则的每种结果都有情景
    Test {
        /// 规则包，默认内置
        file: Option<PathBuf>,
        /// 情景文件夹，默认规则包旁边的 scenarios
        #[arg(long)]
        scenarios: Option<PathBuf>,
        /// 再逐处改动规则，看情景能否发现
        #[arg(long)]
        mutate: bool,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 把规则包写成可读的文档（Markdown）
    Show {
        /// 规则包，默认内置
        file: Option<PathBuf>,
        /// 补充包，可以写几次
        #[arg(long)]
        overlay: Vec<PathBuf>,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// 规则包的 SHA-256
    Hash {
        /// 规则包，默认内置
        file: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum DeadlineCommand {
    /// 最晚哪一天请假
    Leave {
        /// 考试日期
        #[arg(long, value_parser = parse_day)]
        exam: NaiveDate,
        #[command(flatten)]
        rules: deadline::Rules,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 最晚哪一天领取证卡
    Card {
        /// 通知领取之日
        #[arg(long, value_parser = parse_day)]
        notice: NaiveDate,
        /// 领取之日
        #[arg(long, value_parser = parse_day)]
        claimed: Option<NaiveDate>,
        #[command(flatten)]
        rules: deadline::Rules,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 受理后最晚哪一天仍可推荐
    Filing {
        /// 受理之日
        #[arg(long, value_parser = parse_day)]
        accepted: NaiveDate,
        #[command(flatten)]
        rules: deadline::Rules,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// 还能补考几次、在哪个月，禁报到哪一天
    Retake {
        /// 申报文件；- 为标准输入
        file: PathBuf,
        #[command(flatten)]
        rules: deadline::Rules,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
}

/// What judging depends on.
#[derive(clap::Args, Clone)]
pub(crate) struct Settings {
    /// 判断日期，默认今天
    #[arg(long, value_parser = parse_day)]
    today: Option<NaiveDate>,
    /// 规则包，默认内置
    #[arg(long)]
    pack: Option<PathBuf>,
    /// 补充包，可以写几次
    #[arg(long)]
    overlay: Vec<PathBuf>,
}

impl Settings {
    pub(crate) fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(system_today)
    }

    pub(crate) fn read_pack(&self) -> Result<Pack, Failure> {
        input::pack(self.pack.as_deref(), &self.overlay)
    }
}

/// How results are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// How a command ended.
pub(crate) enum End {
    /// Nothing blocks.
    Clean,
    /// Something blocks or differs.
    Blocked,
}

/// Why a command could not do its work: one line.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

fn parse_day(text: &str) -> Result<NaiveDate, String> {
    parse_iso(text).ok_or_else(|| "应写成 2026-06-15 的样子".to_owned())
}

/// The only place where the command line reads the clock; the date is by UTC+8, the time of the notice's office.
#[allow(clippy::disallowed_methods)]
pub(crate) fn system_today() -> NaiveDate {
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |d| d.as_secs() + 8 * 3_600);
    let days = i32::try_from(seconds / 86_400).unwrap_or(0);
    NaiveDate::from_epoch_days(days).unwrap_or_default()
}

pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            let words = error.to_string();
            let first = words.lines().next().unwrap_or_default();
            eprintln!("precheck: {}（用法见 precheck --help）", first.trim_start_matches("error: "));
            return ExitCode::from(2);
        }
        Err(help) => {
            // A reader that went away needs no help.
            let _ = help.print();
            return ExitCode::SUCCESS;
        }
    };
    let outcome = match cli.command {
        Command::Check { file, ndjson: true, settings, .. } => check::check_lines(&file, &settings),
        Command::Check { file, settings, format, .. } => check::check(&file, &settings, format),
        Command::Id { kind, values, today, format } => {
            id::inspect(&kind, &values, today.unwrap_or_else(system_today), format)
        }
        Command::Occupation { query, limit, format } => occupation::search(&query, limit, format),
        Command::Declaration(DeclarationCommand::Fill {
            application,
            template,
            photo,
            output,
            settings,
            format,
        }) => {
            let blank = declaration::Blank { template: template.as_deref(), photo: photo.as_deref() };
            declaration::fill(&application, blank, &output, &settings, format)
        }
        Command::Declaration(DeclarationCommand::Read { file, settings, format }) => {
            declaration::read(&file, &settings, format)
        }
        Command::Declaration(DeclarationCommand::Compare { application, file, settings, format }) => {
            declaration::compare(&application, &file, &settings, format)
        }
        Command::Bundle(BundleCommand::Build {
            application,
            materials,
            output,
            draft,
            recipient,
            passphrase_file,
            settings,
            format,
        }) => bundle::build(&bundle::Order {
            application: &application,
            materials: &materials,
            output: &output,
            is_draft: draft,
            recipient,
            passphrase_file: passphrase_file.as_deref(),
            settings: &settings,
            format,
        }),
        Command::Bundle(BundleCommand::Verify { bundle }) => bundle_read::verify(&bundle.order()),
        Command::Bundle(BundleCommand::Extract { bundle, folder, original_names }) => {
            bundle_read::extract(&bundle.order(), &folder, original_names)
        }
        Command::Pack(PackCommand::Lint { file, format }) => pack::lint(file.as_deref(), format),
        Command::Pack(PackCommand::Test { file, scenarios, mutate, format }) => {
            pack::test(file.as_deref(), scenarios.as_deref(), mutate, format)
        }
        Command::Pack(PackCommand::Show { file, overlay, format }) => {
            pack::show(file.as_deref(), &overlay, format)
        }
        Command::Pack(PackCommand::Hash { file }) => pack::hash(file.as_deref()),
        Command::Deadline(DeadlineCommand::Leave { exam, rules, format }) => {
            deadline::leave(exam, &rules, format)
        }
        Command::Deadline(DeadlineCommand::Card { notice, claimed, rules, format }) => {
            deadline::card(notice, claimed, &rules, format)
        }
        Command::Deadline(DeadlineCommand::Filing { accepted, rules, format }) => {
            deadline::filing(accepted, &rules, format)
        }
        Command::Deadline(DeadlineCommand::Retake { file, rules, format }) => {
            deadline::retake(&file, &rules, format)
        }
    };
    match outcome {
        Ok(End::Clean) => ExitCode::SUCCESS,
        Ok(End::Blocked) => ExitCode::from(1),
        Err(Failure(reason)) => {
            eprintln!("precheck: {}", reason.replace('\n', " "));
            ExitCode::from(2)
        }
    }
}
