//! Counts answers by route, and writes all counters as Prometheus text.

use std::{collections::BTreeMap, fmt::Write, sync::Mutex, time::Duration};

use axum::http::Method;
use engine::metrics::{BATCH_BUCKETS, TenantMetrics};

use crate::app::lock;

/// Upper bounds of the buckets of answer times, in seconds.
const BUCKETS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10.0];

/// What was answered.
#[derive(Default)]
pub(crate) struct Metrics(Mutex<BTreeMap<String, Route>>);

#[derive(Default)]
struct Route {
    answers: BTreeMap<(&'static str, u16), u64>,
    buckets: [u64; BUCKETS.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    /// Counts an answer. Routes are templates, so that there are only so many.
    pub(crate) fn answered(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let mut routes = lock(&self.0);
        if !routes.contains_key(route) {
            routes.insert(route.to_owned(), Route::default());
        }
        let route = routes.get_mut(route).expect("inserted above");
        *route.answers.entry((known(method), status)).or_default() += 1;
        let seconds = took.as_secs_f64();
        if let Some(bucket) = BUCKETS.iter().position(|bound| seconds <= *bound) {
            route.buckets[bucket] += 1;
        }
        route.count += 1;
        route.seconds += seconds;
    }

    /// Everything as Prometheus text (version 0.0.4).
    pub(crate) fn render(
        &self,
        engine: &engine::metrics::Metrics,
        streaming_clients: usize,
    ) -> String {
        let mut text = String::new();
        render_answers(&mut text, &lock(&self.0));
        let name = "cordboard_streaming_clients";
        head(&mut text, name, "gauge", "Clients of the Streaming API that are connected.");
        let _ = writeln!(text, "{name} {streaming_clients}");
        render_engine(&mut text, &engine.tenants);
        text
    }
}

/// Methods that nobody serves are counted together: their names come from outside.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "PATCH" => "PATCH",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn render_answers(text: &mut String, routes: &BTreeMap<String, Route>) {
    let name = "cordboard_http_answers_total";
    head(text, name, "counter", "Requests answered.");
    for (template, route) in routes {
        for ((method, status), count) in &route.answers {
            let labels = format!("route=\"{template}\",method=\"{method}\",status=\"{status}\"");
            let _ = writeln!(text, "{name}{{{labels}}} {count}");
        }
    }
    let name = "cordboard_http_answer_seconds";
    head(text, name, "histogram", "Time from a request's headers to its answer.");
    for (template, route) in routes {
        let mut below = 0;
        for (bound, count) in BUCKETS.iter().zip(route.buckets) {
            below += count;
            let _ = writeln!(text, "{name}_bucket{{route=\"{template}\",le=\"{bound}\"}} {below}");
        }
        let Route { count, seconds, .. } = route;
        let _ = writeln!(text, "{name}_bucket{{route=\"{template}\",le=\"+Inf\"}} {count}");
        let _ = writeln!(text, "{name}_sum{{route=\"{template}\"}} {seconds}");
        let _ = writeln!(text, "{name}_count{{route=\"{template}\"}} {count}");
    }
}

/// A number of the engine: name, type, help, and where it is.
type Number = (&'static str, &'static str, &'static str, fn(&TenantMetrics) -> u64);

const NUMBERS: [Number; 15] = [
    ("ready", "gauge", "Tenants that serve.", |tenant| u64::from(tenant.ready)),
    ("log_records", "gauge", "Durable records.", |tenant| tenant.position),
    ("commands_total", "counter", "Requests executed.", |tenant| tenant.commands),
    ("rejections_total", "counter", "Requests the rules refused.", |tenant| tenant.rejections),
    ("unavailable_total", "counter", "Requests turned away.", |tenant| tenant.unavailable),
    ("queries_total", "counter", "Queries answered.", |tenant| tenant.queries),
    ("wakes_total", "counter", "Times something was due.", |tenant| tenant.wakes),
    ("events_total", "counter", "Events made durable.", |tenant| tenant.events),
    ("commits_total", "counter", "Appends made durable.", |tenant| tenant.commits),
    ("waiting", "gauge", "Requests waiting in inboxes.", |tenant| tenant.waiting),
    ("rebuilds_total", "counter", "Shards rebuilt after a failure.", |tenant| tenant.rebuilds),
    ("snapshots_total", "counter", "Snapshots saved.", |tenant| tenant.snapshots),
    ("followers", "gauge", "Followers of logs.", |tenant| tenant.followers),
    ("follower_lag", "gauge", "Records the followers are behind.", |tenant| tenant.follower_lag),
    ("views_lag", "gauge", "Records the views are behind.", |tenant| tenant.views_lag),
];

/// Sums over all tenants: a tenant's name is nobody else's business.
fn render_engine(text: &mut String, tenants: &[TenantMetrics]) {
    for (name, kind, help, number) in NUMBERS {
        let name = format!("cordboard_engine_{name}");
        head(text, &name, kind, help);
        let _ = writeln!(text, "{name} {}", tenants.iter().map(number).sum::<u64>());
    }
    let name = "cordboard_engine_batches_total";
    head(text, name, "counter", "Appends by the number of requests in them.");
    for bucket in 0..BATCH_BUCKETS {
        let count = tenants.iter().map(|tenant| tenant.batches[bucket]).sum::<u64>();
        let at_most = 1_u64 << bucket;
        let _ = if bucket + 1 == BATCH_BUCKETS {
            writeln!(text, "{name}{{at_most=\"+Inf\"}} {count}")
        } else {
            writeln!(text, "{name}{{at_most=\"{at_most}\"}} {count}")
        };
    }
}
