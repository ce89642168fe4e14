//! The built page in a real browser, end to end. `cargo xtask test browser` builds it and tells where everything is.

mod accessibility;
mod applicant;
mod backups;
mod bundles;
mod harness;
mod keyboard;
mod offline;
mod page;
mod papers;
mod rules;
mod signed;
mod speed;
