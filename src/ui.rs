//! The screen: Yew components that render the application's state and send its actions. No storage, no network.

pub mod hooks;
pub mod widgets;
