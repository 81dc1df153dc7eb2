//! What can be asked, read from the server's own OpenAPI document, and requests that are right.

use rand::{RngExt as _, seq::IndexedRandom as _};
use rand_pcg::Pcg64;
use serde_json::{Map, Value, json};

use super::cast::{Cast, Work};
use crate::site::{NUMBER, PASSWORD};

/// One operation.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) method: String,
    /// With its parameters in braces.
    pub(super) path: String,
    pub(super) statuses: Vec<u16>,
    parameters: Vec<(String, String)>,
    schemes: Vec<String>,
    body: Option<Value>,
}

/// A request in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) method: String,
    pub(super) path: Vec<u8>,
    /// Method and path are still those of the operation.
    pub(super) is_documented: bool,
    pub(super) query: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Option<Vec<u8>>,
    /// It promises more than it sends, so that an answer is not owed.
    pub(super) incomplete: bool,
}

/// What a request is about.
struct Scene<'c> {
    cast: &'c Cast,
    about: Option<&'c Work>,
}

/// The document: operations and the schemas they refer to.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) routes: Vec<Route>,
    schemas: Value,
}

impl Route {
    /// Method and path.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

impl Document {
    /// Reads the document.
    pub(super) fn read(document: &Value) -> Self {
        let mut routes = Vec::new();
        for (path, operations) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in operations.as_object().into_iter().flatten() {
                routes.push(route(method, path, operation));
            }
        }
        Self { routes, schemas: document["components"]["schemas"].clone() }
    }

    /// A request of this operation that could succeed.
    pub(super) fn draft(&self, route: &Route, cast: &Cast, rng: &mut Pcg64) -> Draft {
        // Mostly about something that is really on somebody's desk.
        let about = cast.works.choose(rng).filter(|_| rng.random_bool(0.8));
        let mut draft = Draft {
            method: route.method.clone(),
            path: filled(&route.path, cast, about, rng).into_bytes(),
            is_documented: true,
            query: String::new(),
            headers: vec![("Host".to_owned(), b"127.0.0.1".to_vec())],
            body: None,
            incomplete: false,
        };
        // Sessions end where the document names no scheme; not too many of them.
        let session = route.path.starts_with("/auth") && rng.random_bool(0.2);
        let fallback = session.then(|| "session".to_owned());
        if let Some(scheme) = route.schemes.choose(rng).or(fallback.as_ref()) {
            for (name, value) in cast.credential(scheme, &route.path, about, rng) {
                draft.headers.push((name.to_owned(), value.into_bytes()));
            }
        }
        for (name, place) in &route.parameters {
            match place.as_str() {
                "query" if rng.random_bool(0.5) => {
                    let value = *["script", "1", "0", "50", "load01.0"].choose(rng).expect("some");
                    draft.query.push_str(&format!("&{name}={value}"));
                }
                "header" => {
                    let value =
                        if name == "If-Match" && may_go(&route.path) { "\"1\"" } else { "load01" };
                    draft.headers.push((name.clone(), value.into()));
                }
                _ => {}
            }
        }
        if let Some(schema) = &route.body {
            let body = self.example("", schema, &Scene { cast, about }, rng);
            draft.body = Some(body.to_string().into_bytes());
            draft.headers.push(("Content-Type".to_owned(), b"application/json".to_vec()));
        }
        if route.statuses.contains(&101) {
            for (name, value) in [
                ("Connection", "Upgrade"),
                ("Upgrade", "websocket"),
                ("Sec-WebSocket-Version", "13"),
                ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ] {
                draft.headers.push((name.to_owned(), value.as_bytes().to_vec()));
            }
        }
        draft
    }

    /// A value that fits a schema; `name` is the property's, which often says more.
    fn example(&self, name: &str, schema: &Value, scene: &Scene<'_>, rng: &mut Pcg64) -> Value {
        if let Some(known) = known(name, scene, rng) {
            return known;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let target = reference.rsplit('/').next().unwrap_or_default();
            return self.example(name, &self.schemas[target], scene, rng);
        }
        for several in ["oneOf", "anyOf", "allOf"] {
            if let Some(choice) = schema[several].as_array().and_then(|all| all.choose(rng)) {
                return self.example(name, choice, scene, rng);
            }
        }
        if let Some(word) = schema["enum"].as_array().and_then(|words| words.choose(rng)) {
            return word.clone();
        }
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
        match kind.unwrap_or_default() {
            "object" => {
                let mut object = Map::new();
                for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
                    if rng.random_bool(0.8) {
                        object.insert(name.clone(), self.example(name, schema, scene, rng));
                    }
                }
                Value::Object(object)
            }
            "array" => {
                let count = rng.random_range(0..4);
                (0..count).map(|_| self.example("", &schema["items"], scene, rng)).collect()
            }
            "integer" => json!(rng.random_range(0..3)),
            "number" => json!(rng.random_range(0.0..3.0)),
            "boolean" => json!(rng.random_bool(0.5)),
            "null" => Value::Null,
            _ => schema.get("example").cloned().unwrap_or_else(|| json!("text")),
        }
    }
}

/// Values that lead further than any that a schema describes.
fn known(name: &str, scene: &Scene<'_>, rng: &mut Pcg64) -> Option<Value> {
    Some(match name {
        "offerId" => match scene.about {
            Some(work) => json!(work.offer),
            None => json!(scene.cast.offers.choose(rng)?),
        },
        "email" => json!("agent1@load.example"),
        "password" => json!(PASSWORD),
        "to" => json!(NUMBER),
        "digits" => json!("1"),
        "reason" => json!(["lunch", "busy"].choose(rng)?),
        "name" => json!(format!("_v{}", rng.random_range(0..9))),
        "codes" => json!([1]),
        "disposition" => json!(1000),
        "sipCallId" => json!(format!("{}@fuzz", rng.random_range(0..1_000))),
        _ => return None,
    })
}

/// Whether it is a setting without which this program can go on.
fn may_go(path: &str) -> bool {
    ["/groups/", "/schedules/", "/skills/", "/transaction-codes/"]
        .iter()
        .any(|kind| path.contains(kind))
}

fn filled(template: &str, cast: &Cast, about: Option<&Work>, rng: &mut Pcg64) -> String {
    let segments = template.split('/').map(|segment| match segment {
        _ if !segment.starts_with('{') => segment,
        _ if template.starts_with("/admin") => ["1", "101", "2", "none"].choose(rng).expect("some"),
        "{id}" if about.is_some() => about.map_or("", |work| &work.guid),
        "{tenant}" => "load01",
        "{namespace}" => "event-v1",
        "{topic}" => "all",
        "{id}" => cast.guids.choose(rng).map_or("int-0", String::as_str),
        _ => {
            let ids = if rng.random_bool(0.5) { &cast.guids } else { &cast.call_ids };
            ids.choose(rng).map_or("none", String::as_str)
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn route(method: &str, path: &str, operation: &Value) -> Route {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let statuses = operation["responses"].as_object().into_iter().flatten();
    Route {
        method: method.to_uppercase(),
        path: path.to_owned(),
        statuses: statuses.filter_map(|(status, _)| status.parse().ok()).collect(),
        parameters: list(&operation["parameters"])
            .iter()
            .map(|parameter| (text(&parameter["name"]), text(&parameter["in"])))
            .collect(),
        schemes: list(&operation["security"])
            .iter()
            .filter_map(|scheme| scheme.as_object()?.keys().next().cloned())
            .collect(),
        body: operation["requestBody"]["content"]["application/json"].get("schema").cloned(),
    }
}

impl Draft {
    /// The request as it is sent.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.method.clone().into_bytes();
        bytes.push(b' ');
        bytes.extend(&self.path);
        if !self.query.is_empty() {
            bytes.push(b'?');
            bytes.extend(self.query.trim_start_matches('&').bytes());
        }
        bytes.extend(b" HTTP/1.1\r\n");
        for (name, value) in &self.headers {
            bytes.extend(name.bytes().chain(*b": ").chain(value.iter().copied()).chain(*b"\r\n"));
        }
        let framed = |name: &str| name == "Content-Length" || name == "Transfer-Encoding";
        if let Some(body) = &self.body {
            if !self.headers.iter().any(|(name, _)| framed(name)) {
                bytes.extend(format!("Content-Length: {}\r\n", body.len()).bytes());
            }
            bytes.extend(b"\r\n");
            bytes.extend(body);
        } else {
            bytes.extend(b"\r\n");
        }
        bytes
    }
}
