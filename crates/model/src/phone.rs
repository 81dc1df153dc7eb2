//! Telephone numbers as people write them.

use alloc::string::String;

use crate::Text;

/// Digits of the longest number a carrier is asked for; E.164 has 15, short codes and prefixes more.
const DIGITS_MAX: usize = 20;

/// The number without the signs that people write into it, as a carrier takes it: digits, `*` and
/// `#`, and `+` in front at most. `None` when it is no telephone number.
#[must_use]
pub fn dialable(number: &str) -> Option<Text> {
    let dialled: String = number.chars().filter(|c| !" -.()/".contains(*c)).collect();
    let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
    let fits = (1..=DIGITS_MAX).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'*' || b == b'#');
    fits.then(|| dialled.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_into_a_number_is_left_out() {
        let of = |number| dialable(number).as_deref().map(String::from);
        assert_eq!(of("+1 (555) 123-4567").as_deref(), Some("+15551234567"));
        assert_eq!(of("*21#").as_deref(), Some("*21#"));
        for wrong in ["", "+", "5+5", "sip:ann@example.com", "123456789012345678901", "５５５"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
