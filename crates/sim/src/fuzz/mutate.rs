//! Ways in which a request can be wrong.

use rand::{RngExt as _, seq::IndexedRandom as _};
use rand_pcg::Pcg64;
use serde_json::{Value, json};

use super::document::Draft;

/// Makes one thing of the request wrong, or at least odd.
pub(super) fn mutate(draft: &mut Draft, rng: &mut Pcg64) {
    match rng.random_range(0..100) {
        0..7 => method(draft, rng),
        7..22 => path(draft, rng),
        22..32 => query(draft, rng),
        32..60 => header(draft, rng),
        60..85 if draft.body.is_some() => json_body(draft, rng),
        _ => raw_body(draft, rng),
    }
}

fn method(draft: &mut Draft, rng: &mut Pcg64) {
    draft.is_documented = false;
    const METHODS: [&str; 11] = [
        "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW", "get",
        "M-SEARCH",
    ];
    draft.method = (*METHODS.choose(rng).expect("there are some")).to_owned();
}

fn path(draft: &mut Draft, rng: &mut Pcg64) {
    draft.is_documented = false;
    const ODD: [&[u8]; 14] = [
        b"%00",
        b"%ff%fe",
        b"%zz",
        b"%",
        b"..",
        b"../../etc/passwd",
        b"%2e%2e%2f",
        b"%2F",
        b"",
        b"int-0-none",
        b"\xc3\xa9",
        b"%F0%9F%92%A9",
        b"'; DROP TABLE log; --",
        b"{id}",
    ];
    let odd = match rng.random_range(0..10) {
        0 => vec![b'a'; rng.random_range(400..700)],
        1 => vec![b'b'; rng.random_range(4_000..6_000)],
        _ => ODD.choose(rng).expect("there are some").to_vec(),
    };
    let mut segments: Vec<Vec<u8>> = draft.path.split(|b| *b == b'/').map(<[u8]>::to_vec).collect();
    let at = rng.random_range(1..=segments.len() - 1);
    match rng.random_range(0..4) {
        0 => segments.insert(at, odd),
        1 => drop(segments.remove(at)),
        2 => segments[at].extend(odd),
        _ => segments[at] = odd,
    }
    draft.path = segments.join(&b'/');
    if !draft.path.starts_with(b"/") {
        draft.path.insert(0, b'/');
    }
}

fn query(draft: &mut Draft, rng: &mut Pcg64) {
    const ODD: [&str; 12] = [
        "limit=-1",
        "limit=0",
        "limit=99999999999999999999",
        "after=",
        "after=load01.x",
        "state=",
        "state=%ff",
        "after=18446744073709551615",
        "after=9223372036854775808",
        "=&=&",
        "%",
        "a[]=1",
    ];
    if rng.random_bool(0.1) {
        draft.query = format!("x={}", "q".repeat(rng.random_range(3_000..9_000)));
    }
    for _ in 0..rng.random_range(1..4) {
        draft.query.push_str(&format!("&{}", ODD.choose(rng).expect("there are some")));
    }
}

fn header(draft: &mut Draft, rng: &mut Pcg64) {
    const ODD: [(&str, &[u8]); 30] = [
        ("Authorization", b"Basic !!!"),
        ("Authorization", b"Basic bG9hZDAxOnRva2Vu"),
        ("Authorization", b"Bearer "),
        ("Authorization", b"Bearer \xff\xfe"),
        ("X-API-Key", b"eght_none"),
        ("X-8x8-Tenant", b"no such tenant"),
        ("Cookie", b"cordboard_session=1; cordboard_session=2"),
        ("X-CSRF-Token", b"wrong"),
        ("Origin", b"http://evil.example"),
        ("Content-Type", b"text/plain"),
        ("Content-Type", b"application/json; charset=utf-16"),
        ("Content-Type", b"multipart/form-data; boundary=x"),
        ("Content-Type", b"\x80"),
        ("Content-Encoding", b"gzip"),
        ("Idempotency-Key", b""),
        ("Idempotency-Key", b"two words"),
        ("Idempotency-Key", b"again"),
        ("Host", b""),
        ("Host", b"a, b"),
        ("Expect", b"100-continue"),
        ("Expect", b"the-unexpected"),
        ("Range", b"bytes=0-1"),
        ("If-None-Match", b"*"),
        ("Accept", b"application/xml"),
        ("Connection", b"close"),
        ("Upgrade", b"h2c"),
        ("Sec-WebSocket-Version", b"12"),
        ("Sec-WebSocket-Key", b"short"),
        ("Sec-WebSocket-Extensions", b"permessage-deflate"),
        ("X-Forwarded-For", b"203.0.113.9"),
    ];
    let pick = |rng: &mut Pcg64, count| rng.random_range(0..count);
    match rng.random_range(0..20) {
        // Earlier mutations may have taken the last one.
        0 | 1 if draft.headers.is_empty() => {}
        0 => drop(draft.headers.remove(pick(rng, draft.headers.len()))),
        1 => {
            let again = draft.headers[pick(rng, draft.headers.len())].clone();
            draft.headers.push(again);
        }
        2 => draft.headers.push(("X-Long".to_owned(), vec![b'x'; pick(rng, 40_000)])),
        3 => {
            let many = (0..pick(rng, 150)).map(|n| (format!("X-Many-{n}"), b"1".to_vec()));
            draft.headers.extend(many);
        }
        4 => draft.headers.push(("Idempotency-Key".to_owned(), vec![b'k'; 129])),
        5 => length(draft, rng),
        6 => draft.headers.push(("Bad Name".to_owned(), b"x".to_vec())),
        _ => {
            let (name, value) = ODD.choose(rng).expect("there are some");
            // Instead of the right one, mostly.
            if rng.random_bool(0.8) {
                draft.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            }
            draft.headers.push(((*name).to_owned(), value.to_vec()));
        }
    }
}

/// A body whose length or chunks are not what they say.
fn length(draft: &mut Draft, rng: &mut Pcg64) {
    let body = draft.body.get_or_insert_default();
    let (name, value) = match rng.random_range(0..5) {
        0 => ("Content-Length", format!("{}", body.len() + 5)),
        1 => ("Content-Length", "-1".to_owned()),
        2 => ("Content-Length", "99999999999".to_owned()),
        3 => ("Transfer-Encoding", "chunked".to_owned()),
        _ => {
            body.splice(0..0, format!("{:x}\r\n", body.len()).into_bytes());
            body.extend(b"\r\n0\r\n\r\n");
            ("Transfer-Encoding", "chunked".to_owned())
        }
    };
    draft.headers.push((name.to_owned(), value.into_bytes()));
    draft.incomplete = true;
}

/// JSON of the right form with something wrong in it.
fn json_body(draft: &mut Draft, rng: &mut Pcg64) {
    let body = draft.body.clone().unwrap_or_default();
    let Ok(body) = serde_json::from_slice::<Value>(&body) else { return };
    let mut value = body.clone();
    let at = value.pointer_mut(&somewhere(&body, rng)).expect("it was just found");
    if let Value::Object(members) = at
        && rng.random_bool(0.5)
    {
        let first = members.keys().next().cloned().unwrap_or_default();
        match rng.random_range(0..3) {
            0 => drop(members.remove(&first)),
            1 => drop(members.insert("unknown".to_owned(), json!({ "x": [1] }))),
            _ => drop(members.insert(first.to_uppercase(), json!(1))),
        }
    } else {
        *at = odd_value(rng);
    }
    draft.body = Some(value.to_string().into_bytes());
}

/// The pointer to some part of a value.
fn somewhere(mut value: &Value, rng: &mut Pcg64) -> String {
    let mut pointer = String::new();
    for _ in 0..rng.random_range(0..6) {
        let (key, inner) = match value {
            Value::Object(members) if !members.is_empty() => {
                let index = rng.random_range(0..members.len());
                let (key, inner) = members.iter().nth(index).expect("the index is within");
                (key.replace('~', "~0").replace('/', "~1"), inner)
            }
            Value::Array(items) if !items.is_empty() => {
                let index = rng.random_range(0..items.len());
                (index.to_string(), &items[index])
            }
            _ => break,
        };
        pointer.push_str(&format!("/{key}"));
        value = inner;
    }
    pointer
}

fn odd_value(rng: &mut Pcg64) -> Value {
    match rng.random_range(0..14) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(u64::MAX),
        3 => json!(1.5e300),
        4 => json!(""),
        5 => json!("é".repeat(rng.random_range(20..1_100))),
        6 => json!("\u{0}\u{202e}\u{feff}"),
        7 => json!([]),
        8 => json!({}),
        9 => json!(true),
        10 => json!((0..rng.random_range(40..60)).collect::<Vec<_>>()),
        11 => json!(vec![json!({ "name": "_a", "value": "b" }); rng.random_range(2..60)]),
        12 => json!("<script>alert(1)</script>"),
        _ => json!("4294967296"),
    }
}

/// Bytes that may be no JSON at all.
fn raw_body(draft: &mut Draft, rng: &mut Pcg64) {
    let mut body = draft.body.clone().unwrap_or_default();
    match rng.random_range(0..11) {
        0 => body.truncate(rng.random_range(0..=body.len())),
        1 => body = b"[".repeat(rng.random_range(1..100_000)),
        2 => body = b"{\"a\":".repeat(rng.random_range(10..30)),
        3 => body = vec![b' '; rng.random_range(60_000..300_000)],
        4 => body = rng.random::<[u8; 32]>().to_vec(),
        5 => body.extend(b"\xff\xfe"),
        6 => body.splice(0..0, *b"\xef\xbb\xbf").for_each(drop),
        7 => body = br#"{"status":"available","status":"onBreak"}"#.to_vec(),
        8 => body = br#"{"digits":"\ud800"}"#.to_vec(),
        9 => body.extend(b"{}"),
        _ if !body.is_empty() => {
            let at = rng.random_range(0..body.len());
            body[at] = rng.random();
        }
        _ => body = b"null".to_vec(),
    }
    draft.body = Some(body);
}
