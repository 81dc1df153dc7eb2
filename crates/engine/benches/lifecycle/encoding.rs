//! Events as JSON beside events as MessagePack: bytes, encoding, decoding, and appending them.

use std::{
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use eventlog::Store;
use model::{Recorded, bytes};
use serde_json::json;

use crate::{center, cpu, day::Day, directory, line, median, store};

const EVENTS: usize = 100_000;
const ROUNDS: usize = 5;
/// Records in one commit: a tenant with little to do, and a busy one.
const GROUPS: [usize; 3] = [16, 128, 512];
const APPEND: Duration = Duration::from_secs(2);

/// One way to write events.
struct Form {
    name: &'static str,
    encode: fn(&Recorded) -> Vec<u8>,
    decode: fn(&[u8]) -> Recorded,
}

const FORMS: [Form; 2] = [
    Form {
        name: "json",
        encode: bytes::encode,
        decode: |bytes| bytes::decode(bytes).expect("it was written here"),
    },
    Form {
        name: "messagepack",
        encode: |recorded| rmp_serde::to_vec_named(recorded).expect("events are plain data"),
        decode: |bytes| rmp_serde::from_slice(bytes).expect("it was written here"),
    },
];

pub(crate) fn run() {
    let mut day = Day::begin(center::AGENTS);
    while day.records.len() < EVENTS {
        if day.open_count() >= 2 * center::AGENTS as usize {
            day.serve();
        }
        day.arrive();
    }
    let records = day.records;
    coding(&records);
    appending(&records);
}

fn coding(records: &[Recorded]) {
    let mut spent = FORMS.map(|_| (Vec::new(), Vec::new()));
    let mut size = FORMS.map(|_| 0.0);
    for _ in 0..ROUNDS {
        for (n, form) in FORMS.iter().enumerate() {
            let begun = cpu();
            let written: Vec<Vec<u8>> = records.iter().map(form.encode).collect();
            spent[n].0.push((cpu() - begun).as_nanos() as f64 / records.len() as f64);
            let begun = cpu();
            let read: Vec<Recorded> = written.iter().map(|bytes| (form.decode)(bytes)).collect();
            spent[n].1.push((cpu() - begun).as_nanos() as f64 / records.len() as f64);
            assert!(read == records, "{} loses something", form.name);
            size[n] = written.iter().map(Vec::len).sum::<usize>() as f64 / records.len() as f64;
        }
    }
    for ((form, (encode, decode)), bytes) in FORMS.iter().zip(spent).zip(size) {
        line(json!({
            "bench": "encoding",
            "form": form.name,
            "events": records.len(),
            "bytesPerEvent": bytes.round(),
            "encodeCpuNs": median(encode).round(),
            "decodeCpuNs": median(decode).round(),
        }));
    }
}

/// Encodes and appends, one commit after another.
fn appending(records: &[Recorded]) {
    for group in GROUPS {
        let mut rates = FORMS.map(|_| Vec::new());
        for _ in 0..ROUNDS {
            for (n, form) in FORMS.iter().enumerate() {
                rates[n].push(append_rate(records, form, group));
            }
        }
        let [json, messagepack] = rates.map(median);
        line(json!({
            "bench": "encode and append",
            "recordsPerCommit": group,
            "jsonRecordsPerS": json as u64,
            "messagepackRecordsPerS": messagepack as u64,
            "jsonToMessagepack": (json / messagepack * 100.0).round() / 100.0,
        }));
    }
}

fn append_rate(records: &[Recorded], form: &Form, group: usize) -> f64 {
    let directory = directory();
    let store = store(directory.path());
    let claim = store.claim("bench").expect("the log is ours");
    let begun = Instant::now();
    let mut end = 0;
    for group in records.chunks_exact(group).cycle() {
        if begun.elapsed() >= APPEND {
            break;
        }
        let (answer, answered) = channel();
        let done = Box::new(move |result| answer.send(result).expect("it is awaited"));
        store.append(&claim, end, group.iter().map(form.encode).collect(), done);
        end = answered.recv().expect("it is answered").expect("the disk works");
    }
    end as f64 / begun.elapsed().as_secs_f64()
}
