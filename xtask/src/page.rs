//! Builds the page with Trunk.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::process::{cargo, run};
use crate::tools::{self, WasmOpt, say};

/// What a build is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// Working on the page: quick to build.
    Debug,
    /// Testing and publishing, which must not differ: everything that makes it small.
    Published,
}

/// Builds the page into `dist`, setting up what is missing.
pub fn build(build: Build, dist: &Path) -> Result<()> {
    tools::wasm_target()?;
    let trunk = tools::trunk()?;
    let bindgen = tools::wasm_bindgen()?;
    let wasm_opt = match build {
        Build::Debug => WasmOpt::Missing,
        Build::Published => tools::wasm_opt(),
    };
    // First, so that Trunk needs no network: it passes its --offline on to Cargo.
    run(cargo().args(["fetch", "--quiet", "--target", "wasm32-unknown-unknown"]))?;

    let run_trunk = |arguments: &[&str]| -> Result<()> {
        let mut dirs = vec![trunk.as_path(), bindgen.as_path()];
        if let WasmOpt::In(dir) = &wasm_opt {
            dirs.push(dir);
        }
        let mut command = Command::new(tools::program(&trunk, "trunk"));
        command
            .current_dir(crate::root())
            .env("PATH", tools::path_with(&dirs)?)
            // Trunk's own stack explains nothing about the page.
            .env("RUST_BACKTRACE", "0");
        // Trunk takes NO_COLOR's value for true or false and stops at the usual 1.
        if env::var_os("NO_COLOR").is_some() {
            command.env_remove("NO_COLOR").arg("--no-color");
        }
        run(command.args(["build", "--skip-version-check", "--dist"]).arg(dist).args(arguments))
    };
    // Trunk calls wasm-opt when, and only when, it gets --release.
    const WITH: [&str; 1] = ["--release"];
    const WITHOUT: [&str; 3] = ["--cargo-profile", "release", "--offline"];
    match (build, &wasm_opt) {
        (Build::Debug, _) => run_trunk(&["--offline"]),
        (_, WasmOpt::In(_)) => run_trunk(&[WITH[0], "--offline"]),
        (Build::Published, WasmOpt::Missing) => {
            // Whatever is wrong with the code shows here, so that a failure below means only: no download.
            run_trunk(&WITHOUT)?;
            say("wasm-opt is not there and npm could not bring it: letting Trunk download it");
            if run_trunk(&WITH).is_ok() {
                return Ok(());
            }
            say("wasm-opt could not be had: this build is complete, but its wasm is larger than it need be");
            run_trunk(&WITHOUT)
        }
    }
}
