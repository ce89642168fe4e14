//! What attached files hold. Every one may have been made to do harm: sizes and depths are bounded, and nothing here
//! judges what is found.

pub mod exif;
pub mod inspect;
pub mod kind;
pub mod pdf;
pub mod picture;
pub mod qr;
