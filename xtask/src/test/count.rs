//! How many tests passed, read from what the runners print.

/// Sums the closing lines of cargo's runner and of wasm-bindgen's: `test result: ok. 12 passed; 0 failed; …`.
pub(super) fn in_cargo_output(text: &str) -> u64 {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("test result: "))
        .filter_map(|rest| {
            rest.split_whitespace().zip(rest.split_whitespace().skip(1)).find(|pair| pair.1 == "passed;")
        })
        .filter_map(|(count, _)| count.parse::<u64>().ok())
        .sum()
}

/// Reads the closing lines of `node --test`: `ℹ pass 12`.
pub(super) fn in_node_output(text: &str) -> u64 {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("ℹ pass "))
        .filter_map(|count| count.trim().parse::<u64>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{in_cargo_output, in_node_output};

    #[test]
    fn results_of_all_test_programs_are_summed() {
        let text = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            no tests to run!\n\
            test result: ok. 11 passed; 0 failed; 1 ignored; 0 filtered out\n";
        assert_eq!(in_cargo_output(text), 13);
        assert_eq!(in_cargo_output("no tests to run!\n"), 0);
    }

    #[test]
    fn nodes_closing_line_is_read_and_not_the_names_of_tests() {
        let text = "✔ pass 7 of them (1.2ms)\nℹ tests 3\nℹ pass 3\nℹ fail 0\n";
        assert_eq!(in_node_output(text), 3);
        assert_eq!(in_node_output(""), 0);
    }
}
