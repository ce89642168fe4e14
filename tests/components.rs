//! Components rendered to HTML on the host.

#[test]
fn placeholder() {}
