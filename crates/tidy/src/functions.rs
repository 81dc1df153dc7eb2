//! Finds functions in formatted code: they end at the first line with a closing brace in their own
//! column, because rustfmt and biome put it there.

use crate::Source;

/// One function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    /// Where it begins, from 1.
    pub(crate) line: usize,
    /// Lines of code in its body; comments and blank lines do not count.
    pub(crate) lines: usize,
}

/// The functions of a file, nested ones too.
pub(crate) fn of(source: &Source) -> Vec<Function> {
    let name_of = if source.extension() == "rs" { rust_name } else { script_name };
    let lines: Vec<&str> = source.text.lines().collect();
    let function = |(i, line): (usize, &&str)| {
        let name = name_of(line.trim_start())?;
        let lines = body(&lines[i..], line.len() - line.trim_start().len())?;
        Some(Function { name: name.to_owned(), line: i + 1, lines })
    };
    lines.iter().enumerate().filter_map(function).collect()
}

/// Counts a body's lines of code; `None` for a declaration without one.
fn body(lines: &[&str], indent: usize) -> Option<usize> {
    let opens = lines.iter().position(|line| line.trim_end().ends_with(['{', ';', '}']))?;
    if !lines[opens].trim_end().ends_with('{') {
        return None;
    }
    let closes = |line: &&&str| {
        line.len() > indent && line[..indent].trim().is_empty() && line[indent..].starts_with('}')
    };
    let inside = &lines[opens + 1..];
    let end = inside.iter().position(|line| closes(&line)).unwrap_or(inside.len());
    Some(inside[..end].iter().filter(|line| is_code(line.trim())).count())
}

fn is_code(line: &str) -> bool {
    !(line.is_empty() || line.starts_with("//") || line.starts_with('*') || line.starts_with("/*"))
}

fn rust_name(line: &str) -> Option<&str> {
    let words = ["pub(crate) ", "pub(super) ", "pub ", "const ", "async ", "unsafe "];
    let mut rest = line;
    while let Some(shorter) = words.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    identifier(rest.strip_prefix("fn ")?)
}

fn script_name(line: &str) -> Option<&str> {
    let mut rest = line;
    while let Some(shorter) =
        ["export ", "default ", "async "].iter().find_map(|word| rest.strip_prefix(word))
    {
        rest = shorter;
    }
    if let Some(rest) = rest.strip_prefix("function ") {
        return identifier(rest);
    }
    let name = identifier(rest.strip_prefix("const ")?)?;
    rest.contains("=> {").then_some(name)
}

fn identifier(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(String, usize, usize)> {
        let source = Source { path: path.into(), text: text.into() };
        of(&source).into_iter().map(|it| (it.name, it.line, it.lines)).collect()
    }

    #[test]
    fn rust_functions_count_code_only() {
        let text = "//! x\nimpl A {\n    pub(crate) async fn run(\n        a: B,\n    ) {\n        \
                    // why\n        one();\n\n        two();\n    }\n    fn no(&self);\n    fn s() {}\n}\n";
        assert_eq!(found("a.rs", text), [("run".to_owned(), 3, 2)]);
    }

    #[test]
    fn script_functions_are_declared_or_assigned() {
        let text =
            "export function App() {\n  return 1;\n}\nconst f = (a: B) => {\n  g();\n  h();\n};\n";
        let expected = [("App".to_owned(), 1, 1), ("f".to_owned(), 4, 2)];
        assert_eq!(found("a.tsx", text), expected);
    }
}
