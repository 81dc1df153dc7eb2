//! The vendor's own description of a contract, where it is at hand: what we answer must fit it.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::Answer;

/// A description.
pub(crate) struct Vendor(Value);

impl Vendor {
    /// Opens one; `None`, and said so, where the files are not.
    pub(crate) fn open(file: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/wire/oas");
        let text = fs::read_to_string(folder.join(file));
        if text.is_err() {
            eprintln!("skipped: {file} is not here");
        }
        Some(Self(serde_json::from_str(&text.ok()?).unwrap()))
    }

    /// What a method of a path answers is documented, and fits its schema.
    #[track_caller]
    pub(crate) fn fits(&self, method: &str, path: &str, answer: &Answer) {
        let responses = &self.0["paths"][path][method]["responses"];
        assert!(responses.is_object(), "{method} {path} is not documented");
        let documented = &responses[answer.status.to_string()];
        let documented = if documented.is_null() { &responses["default"] } else { documented };
        assert!(!documented.is_null(), "{method} {path}: {} is not documented", answer.status);
        let response = match documented["$ref"].as_str() {
            Some(reference) => self.0.pointer(&reference[1..]).unwrap(),
            None => documented,
        };
        let schema = &response["content"]["application/json"]["schema"];
        if schema.is_object() {
            self.matches(schema, &answer.json());
        }
    }

    /// A value fits a schema of the description.
    #[track_caller]
    pub(crate) fn matches(&self, schema: &Value, value: &Value) {
        // References point into the description: it goes along.
        let whole = json!({"allOf": [schema], "components": self.0["components"]});
        let validator = jsonschema::draft4::new(&whole).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(value)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{faults:#?} in {value}");
    }

    /// Replaces a part that is known to be wrong.
    pub(crate) fn change(&mut self, pointer: &str, part: Value) {
        *self.0.pointer_mut(pointer).unwrap() = part;
    }

    /// The elements that it gives as an example of a list in a query.
    pub(crate) fn examples(&self, method: &str, path: &str, parameter: &str) -> Vec<String> {
        let parameters = self.0["paths"][path][method]["parameters"].as_array().unwrap();
        let found = parameters.iter().find(|known| known["name"] == parameter).unwrap();
        let examples = [&found["example"], &found["schema"]["example"]];
        let list = examples.into_iter().find_map(Value::as_array).unwrap();
        list.iter().map(super::text).collect()
    }

    /// The schema of this name.
    pub(crate) fn schema(&self, name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }
}
