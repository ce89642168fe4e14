//! Precheck (申报预检): checks an application for Sichuan's 2026 training of 考评员 and 质量督导员 against the
//! notice, on the applicant's own device.
//!
//! Modules in reading order: [`domain`] knows the notice and judges, [`app`] is what the application does without a
//! screen, `ui` renders its state, `web` talks to the browser. Each may use what stands before it, never the
//! reverse; `ui` and `web` do not see each other. `tests/tidy.rs` holds that table and fails on a wrong `use`.

pub mod domain;

pub mod app;

#[cfg(any(target_arch = "wasm32", feature = "ssr"))]
pub mod ui;

#[cfg(target_arch = "wasm32")]
pub mod web;
