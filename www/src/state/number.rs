use triagekit::page::Total;

/// A whole number with commas: `12,482`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count as the platform gave it: exact, or `at least`.
pub fn count_of(total: Total) -> String {
    let number = thousands(total.value);
    if total.is_exact { number } else { format!("at least {number}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_at_every_third_digit() {
        let written = [0, 12, 123, 1_234, 12_482, 1_000_000].map(thousands);
        assert_eq!(written, ["0", "12", "123", "1,234", "12,482", "1,000,000"]);
    }
}
