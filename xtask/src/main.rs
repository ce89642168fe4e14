//! `cargo xtask`: sets up what is missing, builds the page, serves it and runs every test suite.
//!
//! A program of its own instead of scripts, so that the one tool a contributor must have is Rust.

mod page;
mod precache;
mod process;
mod server;
mod sizes;
mod suites;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::page::Build;
use crate::suites::Suite;

/// Builds, serves and tests Precheck; sets up what is missing on the way.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the page and serve it on 127.0.0.1 until stopped.
    Serve {
        /// Port to listen on; 0 takes any free one.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Build small and fast, as published, into dist; takes longer.
        #[arg(long)]
        release: bool,
        /// Folder to build into and to serve [default: dist with --release or --no-build, otherwise target/dist].
        #[arg(long)]
        dist: Option<PathBuf>,
        /// Serve the folder as it is.
        #[arg(long)]
        no_build: bool,
    },
    /// Build the page as published into dist and show what each file weighs.
    Build,
    /// Run the test suites, all of them unless some are named; stops at the first that fails.
    Test {
        #[arg(value_enum)]
        suites: Vec<Suite>,
    },
    /// Measure bundles in the built page (up to 2 GB) and on this machine, and the engine in the browser's wasm, and print
    /// it; `cargo bench` measures the core on this machine.
    Measure,
    /// Only install what is missing.
    Setup,
    /// Write the list of files for offline use into the service worker of a built page (a hook of Trunk calls it).
    Precache {
        /// Folder of the built page [default: what Trunk is just building, otherwise dist].
        #[arg(long)]
        dir: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Serve { port, release, dist, no_build } => {
            let dist =
                dist.unwrap_or_else(|| if release || no_build { dist_dir() } else { debug_dist_dir() });
            if !no_build {
                page::build(if release { Build::Published } else { Build::Debug }, &dist)?;
            }
            server::serve(&dist, port)
        }
        Task::Build => {
            page::build(Build::Published, &dist_dir())?;
            print!("{}", sizes::table(&sizes::measure(&dist_dir())?));
            Ok(())
        }
        // Now, for a suite may put a newer build of this very program in its place.
        Task::Test { suites } => suites::run(&suites, &this_program()?),
        Task::Measure => suites::measure(&this_program()?),
        Task::Setup => tools::everything(),
        Task::Precache { dir } => {
            let staged = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
            precache::write(&dir.or(staged).unwrap_or_else(dist_dir))
        }
    }
}

fn this_program() -> Result<PathBuf> {
    std::env::current_exe().context("cannot tell where this program is")
}

/// Where the repository is.
fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The page as published.
fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// The page while it is being worked on; apart, so that it is never published by mistake.
fn debug_dist_dir() -> PathBuf {
    root().join("target/dist")
}
