//! JSON as it came in, strictly: no key twice, no deep nesting, and numbers keep their digits.

use std::{borrow::Cow, collections::HashSet, fmt};

use serde_json::value::RawValue;

use crate::limits::NESTING_MAX;

/// A value of a request, borrowed from its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, in the digits in which it was written.
    Number(&'a str),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Self>),
    /// An object, in the order in which it was written.
    Object(Members<'a>),
}

/// The members of an object.
pub(crate) type Members<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// Why bytes are not JSON that we take. Says where, never what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotJson {
    /// An object names a member twice.
    DuplicateKey,
    /// There is nothing.
    Empty,
    /// It is not UTF-8.
    Encoding,
    /// It is not JSON from here on.
    Syntax {
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
    },
    /// A string holds half a character.
    Text,
    /// More than so many levels.
    TooDeep(usize),
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateKey => f.write_str("an object has the same key twice"),
            Self::Empty => f.write_str("the body is empty"),
            Self::Encoding => f.write_str("the body is not UTF-8"),
            Self::Syntax { line, column } => write!(f, "line {line}, column {column}"),
            Self::Text => f.write_str("a string holds half a surrogate pair"),
            Self::TooDeep(levels) => write!(f, "nested more than {levels} levels deep"),
        }
    }
}

impl<'a> Json<'a> {
    /// Reads a whole body.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, NotJson> {
        Self::read_nested(bytes, NESTING_MAX)
    }

    /// Reads a whole body of at most `levels` of arrays and objects.
    pub(crate) fn read_nested(bytes: &'a [u8], levels: usize) -> Result<Self, NotJson> {
        let text = str::from_utf8(bytes).map_err(|_| NotJson::Encoding)?;
        if text.trim_ascii().is_empty() {
            return Err(NotJson::Empty);
        }
        // Checks the grammar of everything, without recursion.
        let whole: &RawValue = serde_json::from_str(text)
            .map_err(|error| NotJson::Syntax { line: error.line(), column: error.column() })?;
        Reader { rest: whole.get(), levels }.value(0)
    }

    /// The member of an object.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// What it is, for people.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// Takes text apart that is JSON by its grammar, which is relied on, not checked again.
struct Reader<'a> {
    rest: &'a str,
    levels: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Json<'a>, NotJson> {
        if depth > self.levels {
            return Err(NotJson::TooDeep(self.levels));
        }
        Ok(match self.next() {
            Some(b'{') => Json::Object(self.members(depth)?),
            Some(b'[') => {
                self.skip(1);
                let mut items = Vec::new();
                while self.goes_on(b']') {
                    items.push(self.value(depth + 1)?);
                }
                Json::List(items)
            }
            Some(b'"') => Json::Text(self.text()?),
            _ => match self.word() {
                "true" => Json::Bool(true),
                "false" => Json::Bool(false),
                "null" => Json::Null,
                digits => Json::Number(digits),
            },
        })
    }

    fn members(&mut self, depth: usize) -> Result<Members<'a>, NotJson> {
        self.skip(1);
        let mut members = Vec::new();
        while self.goes_on(b'}') {
            let name = self.text()?;
            self.next();
            self.skip(1); // the colon
            members.push((name, self.value(depth + 1)?));
        }
        check_distinct(&members)?;
        Ok(members)
    }

    /// Whether an element follows, or what closes an array or object, which is then behind us.
    fn goes_on(&mut self, close: u8) -> bool {
        let mut next = self.next();
        if next == Some(b',') {
            self.skip(1);
            next = self.next();
        }
        let closed = next.is_none_or(|byte| byte == close);
        if closed {
            self.skip(1);
        }
        !closed
    }

    fn text(&mut self) -> Result<Cow<'a, str>, NotJson> {
        let bytes = self.rest.as_bytes();
        let mut end = 1;
        let mut escapes = false;
        while let Some(byte) = bytes.get(end).filter(|byte| **byte != b'"') {
            let escape = *byte == b'\\';
            escapes |= escape;
            end += 1 + usize::from(escape);
        }
        let quoted = self.skip(end + 1);
        if escapes {
            return serde_json::from_str(quoted).map(Cow::Owned).map_err(|_| NotJson::Text);
        }
        Ok(Cow::Borrowed(quoted.trim_matches('"')))
    }

    fn word(&mut self) -> &'a str {
        let is_end = |byte: u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
        let end = self.rest.bytes().position(is_end);
        self.skip(end.unwrap_or(self.rest.len()))
    }

    /// The next byte that is no blank.
    fn next(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_ascii_start();
        self.rest.bytes().next()
    }

    fn skip(&mut self, bytes: usize) -> &'a str {
        let (skipped, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        skipped
    }
}

fn check_distinct(members: &[(Cow<'_, str>, Json<'_>)]) -> Result<(), NotJson> {
    // Up to here comparing all with all is quicker than hashing; beyond, it would take for ever.
    const FEW: usize = 16;
    let distinct = if members.len() <= FEW {
        members
            .iter()
            .enumerate()
            .all(|(n, (name, _))| members.iter().take(n).all(|(earlier, _)| earlier != name))
    } else {
        let mut seen = HashSet::with_capacity(members.len());
        members.iter().all(|(name, _)| seen.insert(&**name))
    };
    if distinct { Ok(()) } else { Err(NotJson::DuplicateKey) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Json<'_>, NotJson> {
        Json::read(text.as_bytes())
    }

    #[test]
    fn numbers_keep_their_digits() {
        assert_eq!(read("[1250.50, -0, 1e999, 12345678901234567890123]").unwrap(), {
            let numbers = ["1250.50", "-0", "1e999", "12345678901234567890123"];
            Json::List(numbers.map(Json::Number).into())
        });
    }

    #[test]
    fn what_is_not_json_is_refused() {
        assert_eq!(read(""), Err(NotJson::Empty));
        assert_eq!(read(" \n"), Err(NotJson::Empty));
        assert_eq!(Json::read(b"\"\xff\""), Err(NotJson::Encoding));
        assert_eq!(read("\u{feff}{}"), Err(NotJson::Syntax { line: 1, column: 1 }));
        assert_eq!(read("{} {}"), Err(NotJson::Syntax { line: 1, column: 4 }));
        assert_eq!(read(r#"{"a":1,"b":2,"a":3}"#), Err(NotJson::DuplicateKey));
        assert_eq!(read(r#"{"a":1,"\u0061":3}"#), Err(NotJson::DuplicateKey));
        let many = |n: usize| (0..n).map(|n| format!("\"k{n}\":{n}")).collect::<Vec<_>>().join(",");
        assert!(read(&format!("{{{}}}", many(100))).is_ok());
        assert_eq!(read(&format!("{{{},\"k0\":1}}", many(100))), Err(NotJson::DuplicateKey));
        assert_eq!(read(r#""\ud800""#), Err(NotJson::Text));
        assert_eq!(read(r#"{"\ud800":1}"#), Err(NotJson::Text));
        for bad in ["{", "[1,]", "{'a':1}", "NaN", "01", "+1", ".5", "\"\n\"", "tru", "nul"] {
            assert!(matches!(read(bad), Err(NotJson::Syntax { .. })), "{bad}");
        }
    }

    #[test]
    fn nesting_is_bounded_also_where_nobody_looks() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(read(&nested(NESTING_MAX + 1)).is_ok());
        let too_deep = Err(NotJson::TooDeep(NESTING_MAX));
        assert_eq!(read(&nested(NESTING_MAX + 2)), too_deep);
        assert_eq!(read(&nested(100_000)), too_deep);
    }

    #[test]
    fn agrees_with_the_plain_reader() {
        let texts = [
            r#"{"a":[1,true,null,{"b":"x\ty"}],"c":""}"#,
            "[]",
            "{}",
            "\"\\u00e9\\ud83d\\ude00\"",
            " [ 1 , { \"a\" : [ ] } ] ",
            "\t{ \"\" :\n{ } ,\r\n\"b\\\\\":[-0.5e+3 ,[true ]\t, \"\\\\\\\"\"]} ",
            r#"{"é\"":"]","\u0022":"}","c":",:\\","d":[{},[],{"e":[null]}]}"#,
            "12.5",
        ];
        for text in texts {
            let plain: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(to_value(&read(text).unwrap()), plain, "{text}");
        }
    }

    fn to_value(json: &Json<'_>) -> serde_json::Value {
        match json {
            Json::Null => serde_json::Value::Null,
            Json::Bool(bool) => (*bool).into(),
            Json::Number(digits) => serde_json::from_str(digits).unwrap(),
            Json::Text(text) => text.clone().into_owned().into(),
            Json::List(items) => items.iter().map(to_value).collect(),
            Json::Object(members) => members
                .iter()
                .map(|(name, value)| (name.clone().into_owned(), to_value(value)))
                .collect(),
        }
    }
}
