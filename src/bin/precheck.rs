//! The command line: the same checks as the page, for scripts, centres and pack authors. Results go to stdout, words
//! for people to stderr. Exit status: 0 nothing blocks, 1 something blocks or differs, 2 cannot be read or called so.

#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/bundle.rs"]
mod bundle;
#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/bundle_read.rs"]
mod bundle_read;
#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/check.rs"]
mod check;
#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/cli.rs"]
mod cli;
#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/deadline.rs"]
mod deadline;
#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/declaration.rs"]
mod declaration;
#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/id.rs"]
mod id;
#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/input.rs"]
mod input;
#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/occupation.rs"]
mod occupation;
#[cfg(not(target_arch = "wasm32"))]
#[path = "precheck/pack.rs"]
mod pack;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::run()
}

/// The page's build compiles every program of the package; this one has nothing to do there.
#[cfg(target_arch = "wasm32")]
fn main() {}
