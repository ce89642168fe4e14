//! STUB
#![allow(missing_docs)]
pub struct Entry {
    pub code: &'static str,
    pub name: &'static str,
}
pub mod occupation {
    pub struct Occupation {
        pub code: &'static str,
        pub name: &'static str,
        pub class: u8,
        pub former_names: &'static [&'static str],
    }
    pub fn find(_: &str) -> Option<&'static Occupation> {
        None
    }
    pub fn class_of(c: &str) -> Option<u8> {
        c.get(..1)?.parse().ok()
    }
}
macro_rules! stub { ($($n:ident)*) => { $(pub mod $n { use super::*; pub fn all() -> &'static [Entry] { &[] } pub fn find(_: &str) -> Option<&'static Entry> { None } })* } }
stub!(ethnic_group education political_status);
pub mod title {
    use super::*;
    pub fn series() -> &'static [Entry] {
        &[]
    }
}
pub mod division {
    use super::*;
    pub fn sichuan_cities() -> &'static [Entry] {
        &[]
    }
}
