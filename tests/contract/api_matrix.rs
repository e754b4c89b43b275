use core::fmt::Write;
use triagekit::operation::Operation;
use triagekit::{uptycs, utmstack};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/api-matrix.md");

fn table(operations: &[Operation]) -> String {
    let mut text = String::from(
        "| operation | call | API versions | evidence | described in |\n|---|---|---|---|---|\n",
    );
    for operation in operations {
        let versions = if operation.versions.is_empty() { "–" } else { operation.versions };
        let (name, method, path) = (operation.name, operation.method, operation.path);
        let (evidence, source) = (operation.evidence.word(), operation.source);
        writeln!(text, "| `{name}` | `{method} {path}` | {versions} | {evidence} | {source} |")
            .expect("a string");
    }
    text
}

fn document() -> String {
    format!(
        "# API matrix\n\n\
         What the core lets a client do, and how surely each call is known. Made from the tables `OPERATIONS` in\n\
         `src/utmstack/operations.rs` and `src/uptycs/operations.rs`; a test holds this page against them.\n\n\
         ## UTMStack\n\n{}\n## Uptycs\n\n{}",
        table(utmstack::OPERATIONS),
        table(&uptycs::OPERATIONS)
    )
}

#[test]
fn the_page_in_docs_is_the_table_in_the_code() {
    let expected = document();
    if std::env::var_os("TRIAGEKIT_WRITE_DOCS").is_some() {
        std::fs::write(PATH, &expected).expect("docs/ can be written");
    }
    let page = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(
        page == expected,
        "docs/api-matrix.md is not what the tables say. Write it anew with: \
         TRIAGEKIT_WRITE_DOCS=1 cargo test --profile ci --test contract api_matrix"
    );
}
