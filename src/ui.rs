//! The page: renders [`AppState`](crate::app::AppState) and sends [`Action`](crate::app::Action)s. No storage, no
//! request; what needs the browser goes through [`context::Platform`].

pub mod app;
pub mod context;
pub mod hooks;
pub mod pages;
pub mod parts;
pub mod routes;
pub mod widgets;
