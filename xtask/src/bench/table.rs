//! Rows as a person reads them, in a terminal and in Markdown.

use std::fmt::Write;

use super::report::Row;

const HEAD: [&str; 7] = ["what", "ours", "peer", "peer's name", "ratio", "target", "met"];

/// Columns aligned by spaces.
pub(super) fn text(rows: &[Row]) -> String {
    let cells: Vec<[String; 7]> =
        std::iter::once(HEAD.map(str::to_owned)).chain(rows.iter().map(cells)).collect();
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|column| {
            cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in &cells {
        let padded: Vec<String> =
            row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}")).collect();
        let _ = writeln!(text, "  {}", padded.join("  ").trim_end());
    }
    text
}

/// A table of GitHub's Markdown.
pub(super) fn markdown(rows: &[Row]) -> String {
    let mut text = format!("| {} |\n|{}\n", HEAD.join(" | "), "---|".repeat(HEAD.len()));
    for row in rows {
        let cells = cells(row).map(|cell| cell.replace('|', "\\|"));
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

fn cells(row: &Row) -> [String; 7] {
    let value = |median: f64, spread: [f64; 2]| {
        let [low, high] = spread;
        if low.total_cmp(&high).is_eq() {
            format!("{} {}", number(median), row.unit)
        } else {
            format!("{} {} ({} to {})", number(median), row.unit, number(low), number(high))
        }
    };
    let none = || "–".to_owned();
    [
        row.what.clone(),
        value(row.ours, row.ours_spread),
        row.peer.zip(row.peer_spread).map_or_else(none, |(median, spread)| value(median, spread)),
        row.peer_name.clone().unwrap_or_else(none),
        row.ratio.map_or_else(none, |ratio| format!("{ratio:.2}")),
        row.target.clone().unwrap_or_else(none),
        row.met.map_or_else(none, |met| if met { "yes" } else { "NO" }.to_owned()),
    ]
}

/// `339,120` and `4.25`: thousands apart, at most three decimals.
fn number(value: f64) -> String {
    let text = format!("{value}");
    let (whole, decimals) =
        text.split_once('.').map_or((text.as_str(), ""), |(whole, decimals)| (whole, decimals));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push('.');
        out.extend(decimals.chars().take(3));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{markdown, number, text};
    use crate::bench::report::{Better, Question, Row, Target};

    fn rows() -> Vec<Row> {
        let question = Question {
            bench: "b",
            what: "tokens | signed",
            unit: "a second",
            better: Better::Higher,
            target: Some(Target::RatioAtLeast(1.5)),
        };
        vec![question.answer(&[339_120.0, 338_000.0, 340_000.0], Some(("jose 6", &[193_000.0]))).unwrap()]
    }

    #[test]
    fn numbers_keep_their_thousands_apart() {
        let texts = [0.25, 999.0, 1000.0, 339_120.0, -1_234_567.0, 4.5].map(number);
        assert_eq!(texts, ["0.25", "999", "1,000", "339,120", "-1,234,567", "4.5"]);
    }

    #[test]
    fn the_table_shows_medians_with_their_spread() {
        let text = text(&rows());
        for part in [
            "339,120 a second (338,000 to 340,000)",
            "193,000 a second",
            "jose 6",
            "1.76",
            "ratio at least 1.5",
            "yes",
        ] {
            assert!(text.contains(part), "{part} in:\n{text}");
        }
    }

    #[test]
    fn a_bar_in_a_text_does_not_break_the_markdown_table() {
        let text = markdown(&rows());
        assert!(text.contains(r"tokens \| signed"));
        assert_eq!(text.lines().count(), 3);
    }
}
