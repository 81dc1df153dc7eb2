//! Bodies that survive being read and written again by a JavaScript program: published receivers check the
//! signature over `JSON.stringify(JSON.parse(body))` (webhooks, "Signature").

use std::borrow::Cow;

/// The largest whole number that a double holds exactly, with all below it.
const SAFE_MAX: u64 = (1 << 53) - 1;

/// The event's text with each number that would not come back the same as a string. Everything else of a
/// compact text comes back as it is: strings are escaped the same way, and no key is a whole number.
pub(super) fn portable(json: &str) -> Cow<'_, str> {
    let mut text = String::new();
    let mut copied = 0;
    let mut bytes = json.bytes().enumerate();
    while let Some((start, byte)) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'-' | b'0'..=b'9' => {
                let rest = &json[start..];
                let length = rest.find(|c: char| !is_of_number(c)).unwrap_or(rest.len());
                let number = &rest[..length];
                if length > 1 {
                    bytes.nth(length - 2);
                }
                if !comes_back(number) {
                    text.push_str(&json[copied..start]);
                    text.push_str(&format!("\"{number}\""));
                    copied = start + length;
                }
            }
            _ => {}
        }
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    text.push_str(&json[copied..]);
    Cow::Owned(text)
}

fn skip_string(bytes: &mut impl Iterator<Item = (usize, u8)>) {
    while let Some((_, byte)) = bytes.next() {
        match byte {
            b'\\' => _ = bytes.next(),
            b'"' => return,
            _ => {}
        }
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E')
}

/// Whether JavaScript writes the number as it reads it. Only what is certain: a whole number of at most 53
/// bits, or a plain decimal of few digits.
fn comes_back(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    match digits.split_once('.') {
        None => {
            let value = digits.parse::<u64>().ok().filter(|value| *value <= SAFE_MAX);
            value.is_some_and(|value| value > 0 || digits == number)
        }
        Some((whole, fraction)) => {
            let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            let short = whole.len() + fraction.len() <= 15;
            // Below a millionth it would be written with an exponent.
            let large = whole != "0" || !fraction.starts_with("00000");
            plain(whole) && plain(fraction) && short && large && !fraction.ends_with('0')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_stays() {
        let text = r#"{"a":[0,-1,9007199254740991,1250.75,0.5,-0.00001],"b":"1.0 \" 2e9 \\","c":true,"d":{}}"#;
        assert!(matches!(portable(text), Cow::Borrowed(same) if same == text));
    }

    #[test]
    fn what_would_not_becomes_text() {
        for (number, expected) in [
            ("9007199254740992", "\"9007199254740992\""),
            ("1724685483819000000", "\"1724685483819000000\""),
            ("-0", "\"-0\""),
            ("1.0", "\"1.0\""),
            ("1.50", "\"1.50\""),
            ("1e5", "\"1e5\""),
            ("-1E+2", "\"-1E+2\""),
            ("0.0000001", "\"0.0000001\""),
            ("0.000001", "\"0.000001\""),
            ("0.1234567890123456789", "\"0.1234567890123456789\""),
        ] {
            let text = format!(r#"{{"n":{number},"m":1}}"#);
            assert_eq!(portable(&text), format!(r#"{{"n":{expected},"m":1}}"#));
        }
        assert_eq!(portable("[1e9,7,1.0]"), "[\"1e9\",7,\"1.0\"]");
    }
}
