//! Puts the web pages into the program; without them, a page that says how to build them.

use std::path::Path;

fn main() {
    let built = "../../web/dist";
    let pages = if Path::new(built).join("index.html").is_file() {
        built
    } else {
        // Looked at again with every build, so that pages built later are found.
        println!("cargo::rerun-if-changed={built}/index.html");
        "unbuilt"
    };
    memory_serve::load_directory(pages);
}
