//! Numbers, amounts and dates as people and CRMs write them, compared exactly: no floats, no
//! exponents, no rounding, any length.

use alloc::borrow::Cow;
use core::cmp::Ordering;

use jiff::civil::Date;

/// A decimal number of any length in canonical form: `-0` is `0`, `1250.750` is `1250.75`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal<'a> {
    negative: bool,
    /// Digits before the point without leading zeros.
    whole: Cow<'a, str>,
    /// Digits behind the point without trailing zeros.
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Reads `[+-] digits [. digits]` in ASCII, nothing before and nothing behind it.
    ///
    /// A point needs a digit on both sides: `.5` and `5.` are not numbers. Neither are blanks,
    /// separators of thousands, exponents (`1e400`), `NaN`, `Infinity`, or digits of other scripts.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let (negative, text) = split_sign(text);
        let (whole, fraction) = split_point(text)?;
        is_digits(whole).then(|| Self::of(negative, Cow::Borrowed(whole), fraction))
    }

    fn of(negative: bool, whole: Cow<'a, str>, fraction: &'a str) -> Self {
        let whole = match whole {
            Cow::Borrowed(digits) => Cow::Borrowed(digits.trim_start_matches('0')),
            Cow::Owned(digits) => Cow::Owned(digits.trim_start_matches('0').into()),
        };
        let fraction = fraction.trim_end_matches('0');
        let is_zero = whole.is_empty() && fraction.is_empty();
        Self { negative: negative && !is_zero, whole, fraction }
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        (self.whole.len().cmp(&other.whole.len()))
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.fraction.cmp(other.fraction))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A number that may carry a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount<'a> {
    /// `$`, `USD`, `US$` and the like, as written.
    pub currency: Option<&'a str>,
    /// How much.
    pub value: Decimal<'a>,
}

impl<'a> Amount<'a> {
    /// Reads a [`Decimal`] with, in addition:
    ///
    /// - a currency in front or behind: a symbol (`$`, `€`), three capital letters (`USD`), or one
    ///   or two capital letters and a symbol (`US$`), with at most one blank or no-break space
    ///   between it and the number;
    /// - the sign before either of them (`-$5`, `$-5`), once;
    /// - commas between complete groups of three digits (`1,250.75`).
    ///
    /// The point is always the decimal point, so `1.250` is one and a quarter, and `1.250,75` is
    /// nothing; nor is `(5.00)`.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let (sign, text) = split_sign_mark(text);
        let (before, text) = split_currency_before(text);
        let (inner_sign, text) = split_sign_mark(text);
        let (behind, number) = split_currency_behind(text);
        if (sign.is_some() && inner_sign.is_some()) || (before.is_some() && behind.is_some()) {
            return None;
        }
        let (whole, fraction) = split_point(number)?;
        let whole = ungroup(whole)?;
        let negative = sign.or(inner_sign) == Some('-');
        Some(Self { currency: before.or(behind), value: Decimal::of(negative, whole, fraction) })
    }

    /// Which is more; `None` when both name a currency and not the same. An amount without a
    /// currency is in the tenant's, like every amount on the wire.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        let same = match (self.currency, other.currency) {
            (Some(one), Some(another)) => one == another,
            (Some(_) | None, None) | (None, Some(_)) => true,
        };
        same.then(|| self.value.cmp(&other.value))
    }
}

/// Reads a calendar date written `YYYY-MM-DD`, exactly ten ASCII characters, and a day that exists.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let year = number(&[y1, y2, y3, y4])?;
    let month = i8::try_from(number(&[m1, m2])?).ok()?;
    let day = i8::try_from(number(&[d1, d2])?).ok()?;
    Date::new(year, month, day).ok()
}

fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |sum, digit| {
        digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0'))
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn split_sign_mark(text: &str) -> (Option<char>, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (Some('-'), &text[1..]),
        Some(b'+') => (Some('+'), &text[1..]),
        Some(_) | None => (None, text),
    }
}

fn split_sign(text: &str) -> (bool, &str) {
    let (sign, rest) = split_sign_mark(text);
    (sign == Some('-'), rest)
}

/// Parts at the decimal point, the fraction checked; `None` when nothing but digits should follow it
/// and does not.
fn split_point(text: &str) -> Option<(&str, &str)> {
    match text.split_once('.') {
        Some((whole, fraction)) => is_digits(fraction).then_some((whole, fraction)),
        None => Some((text, "")),
    }
}

/// Digits without their commas; `None` when the groups are wrong.
fn ungroup(whole: &str) -> Option<Cow<'_, str>> {
    let mut groups = whole.split(',');
    let first = groups.next().filter(|group| is_digits(group))?;
    if first.len() == whole.len() {
        return Some(Cow::Borrowed(whole));
    }
    let complete = first.len() <= 3 && groups.all(|group| group.len() == 3 && is_digits(group));
    complete.then(|| Cow::Owned(whole.replace(',', "")))
}

fn split_currency_before(text: &str) -> (Option<&str>, &str) {
    let end = text.find(|c: char| c.is_ascii_digit() || is_sign(c) || is_blank(c));
    let (mark, rest) = text.split_at(end.unwrap_or(0));
    if !is_currency(mark) {
        return (None, text);
    }
    (Some(mark), rest.strip_prefix(is_blank).unwrap_or(rest))
}

fn split_currency_behind(text: &str) -> (Option<&str>, &str) {
    let last = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (number, rest) = text.split_at(last);
    let mark = rest.strip_prefix(is_blank).unwrap_or(rest);
    if is_currency(mark) { (Some(mark), number) } else { (None, text) }
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

fn is_currency(mark: &str) -> bool {
    let is_symbol =
        |c: char| matches!(c, '$' | '\u{a2}'..='\u{a5}' | '\u{e3f}' | '\u{20a0}'..='\u{20cf}');
    let letters = mark.trim_end_matches(is_symbol);
    let symbols = mark[letters.len()..].chars().count();
    let capitals = letters.bytes().all(|b| b.is_ascii_uppercase());
    capitals && matches!((letters.len(), symbols), (0..=2, 1) | (3, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    #[test]
    fn what_is_a_number() {
        for text in ["0", "-0", "+5", "007", "1250.75", "-5", "0.5", "00.50"] {
            assert!(Decimal::parse(text).is_some(), "{text}");
        }
        let not = [
            "", "-", "+", ".", ".5", "5.", "-.5", "1e400", "1E5", "NaN", "Infinity", "inf", "10a",
            " 5", "5 ", "5\n", "--5", "+-5", "1.2.3", "1,250", "0x10", "1_000", "٣", "5-", "½",
            "−5",
        ];
        for text in not {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn numbers_compare_exactly() {
        let rising = [
            "-10000000000000000000000000000000000000001",
            "-10000000000000000000000000000000000000000",
            "-10",
            "-9",
            "-1.5",
            "-1.49",
            "0",
            "0.0000000000000000000000000001",
            "0.1",
            "0.11",
            "0.2",
            "9",
            "10",
            "1250.75",
            "10000",
        ];
        for (i, one) in rising.iter().enumerate() {
            for (k, other) in rising.iter().enumerate() {
                let order = Decimal::parse(one).cmp(&Decimal::parse(other));
                assert_eq!(order, i.cmp(&k), "{one} {other}");
            }
        }
        for (one, other) in [("-0", "0"), ("1250.750", "1250.75"), ("007", "7"), ("+0.0", "-00")] {
            assert_eq!(Decimal::parse(one), Decimal::parse(other));
        }
    }

    #[test]
    fn a_thousand_digits_are_no_trouble() {
        let nines: String = "9".repeat(1000);
        let more: String = "9".repeat(1001);
        assert!(Decimal::parse(&nines).unwrap() < Decimal::parse(&more).unwrap());
    }

    #[test]
    fn what_is_an_amount() {
        let same = [
            "1250.75",
            "1,250.75",
            "$1,250.75",
            "$ 1,250.75",
            "1,250.75 $",
            "USD 1,250.75",
            "1250.75USD",
            "US$1,250.75",
            "+$1250.750",
            "$+1250.75",
            "€\u{a0}1250.75",
        ];
        for text in same {
            assert_eq!(Amount::parse(text).expect(text).value, Decimal::parse("1250.75").unwrap());
        }
        assert_eq!(Amount::parse("-$5"), Amount::parse("$-5.00"));
        let not = [
            "",
            "$",
            "USD",
            "(5.00)",
            "12,50",
            "1,2500",
            ",250",
            "1,,250",
            "1250,750",
            "1.250,75",
            "$5$",
            "$5 USD",
            "--5",
            "-$-5",
            " $5",
            "$5 ",
            "$  5",
            "usd 5",
            "EURO 5",
            "5 DOLLARS",
            "1e400",
            "10a",
            "NaN",
            "$$5",
            "5,",
            "$.5",
        ];
        for text in not {
            assert!(Amount::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn amounts_of_two_currencies_do_not_compare() {
        let compare =
            |one, other| Amount::parse(one).unwrap().compare(&Amount::parse(other).unwrap());
        assert_eq!(compare("$5", "€4"), None);
        assert_eq!(compare("$5", "4"), Some(Ordering::Greater));
        assert_eq!(compare("$5", "$5.00"), Some(Ordering::Equal));
    }

    #[test]
    fn what_is_a_date() {
        for text in ["2024-07-10", "2024-02-29", "2000-02-29", "9999-12-31"] {
            assert!(date(text).is_some(), "{text}");
        }
        let not = [
            "2024-7-9",
            "2024-02-30",
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-01-00",
            "20240710",
            "2024-07-10 ",
            "2024/07/10",
            "10-07-2024",
            "-024-07-10",
            "2024-07-1٣",
            "",
        ];
        for text in not {
            assert!(date(text).is_none(), "{text}");
        }
        assert!(date("2024-07-09") < date("2024-07-10"));
    }
}
