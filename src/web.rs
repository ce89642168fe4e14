//! The browser: runs what the app asks for, and reports what happens. The only place that knows a clock, storage,
//! files and the service worker. Does not see `ui`; `main` joins the two.

pub mod backup;
pub mod clock;
pub mod download;
pub mod export;
pub mod fatal;
pub mod files;
pub mod large;
pub mod passphrase;
pub mod save;
pub mod work;
pub mod runner;
pub mod store;
pub mod windows;
pub mod worker_registration;
