//! The document that clients are generated from is the one that is committed.

use std::{env, fs, path::Path};

#[test]
fn the_committed_document_is_the_current_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let current = api::openapi_document() + "\n";
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &current).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap();
    assert!(committed == current, "openapi.json is out of date: run with UPDATE_EXPECT=1");
}
