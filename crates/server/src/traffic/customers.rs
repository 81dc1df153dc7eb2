//! Simulated customers: they call, press a key, wait, talk, and sometimes lose patience.

use std::{collections::VecDeque, time::Duration};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{
    HICCUP,
    chance::{between, percent, pick, until_next},
};
use crate::{
    call::carrier::{Line, State},
    client::{Client, done},
    demo::{Demo, MAIN_NUMBER},
};

/// How often a customer listens.
const LISTEN: Duration = Duration::from_secs(1);
/// Customers at once. More would only lengthen the queues.
const AT_ONCE: usize = 200;
/// Data Augmentation requests a minute, of the tenant's 100: the rest is for people with curl.
const AUGMENTED_PER_MINUTE: usize = 40;

const FIRST_NAMES: [&str; 12] = [
    "Dana", "Eli", "Fatima", "Grace", "Hugo", "Ines", "Jamal", "Kim", "Lucia", "Mateo", "Noor",
    "Oskar",
];
const LAST_NAMES: [&str; 12] = [
    "Abbott", "Bauer", "Castillo", "Dubois", "Evans", "Fischer", "Gomez", "Haddad", "Ito",
    "Jensen", "Kowalski", "Lopez",
];

/// Lets customers arrive, for ever.
pub(super) async fn arrive(client: Client, demo: Demo, per_minute: u32) {
    let mut calls = tokio::task::JoinSet::new();
    let mut augmented: VecDeque<Instant> = VecDeque::new();
    loop {
        sleep(until_next(per_minute)).await;
        while calls.try_join_next().is_some() {}
        if calls.len() >= AT_ONCE {
            continue;
        }
        let minute_ago = Instant::now() - Duration::from_secs(60);
        augmented.retain(|at| *at > minute_ago);
        let known = percent(60) && augmented.len() < AUGMENTED_PER_MINUTE;
        if known {
            augmented.push_back(Instant::now());
        }
        let customer = Customer { client: client.clone(), demo: demo.clone(), known };
        calls.spawn(async move {
            if let Err(error) = customer.call().await {
                tracing::debug!(error = format!("{error:#}"), "a simulated call broke off");
                sleep(HICCUP).await;
            }
        });
    }
}

struct Customer {
    client: Client,
    demo: Demo,
    /// An integration knows the customer and attaches data.
    known: bool,
}

impl Customer {
    async fn call(&self) -> anyhow::Result<()> {
        let name = format!("{} {}", pick(&FIRST_NAMES), pick(&LAST_NAMES));
        let from = format!("+1555555{:04}", between(100, 199).as_millis());
        let call = json!({ "from": from, "to": MAIN_NUMBER, "callerName": name });
        let line = Line::dial(&self.client, &call).await?;
        if self.known {
            self.attach(&line).await?;
        }
        sleep(between(2_000, 6_000)).await;
        line.press(if percent(15) { "2" } else { "1" }).await?;
        self.stay(&line).await
    }

    async fn attach(&self, line: &Line) -> anyhow::Result<()> {
        let path = format!("/api/v1/interaction/data/{}", line.interaction_guid);
        let (tenant, token) = (self.demo.tenant.as_str(), &self.demo.secrets.action_request_token);
        let request = self.client.request(Method::POST, &path).basic_auth(tenant, Some(token));
        done(request.json(&known_customer())).await
    }

    /// Waits with patience, talks as long as it takes or a little less.
    async fn stay(&self, line: &Line) -> anyhow::Result<()> {
        let began = Instant::now();
        let patience = between(60_000, 300_000);
        let mut hang_up_at = None;
        loop {
            sleep(LISTEN).await;
            match line.call().await?.state {
                State::Ended => return Ok(()),
                State::Talking | State::Bridged => {
                    let until = *hang_up_at.get_or_insert_with(|| {
                        let talk = if percent(30) { between(6_000, 20_000) } else { patience };
                        Instant::now() + talk
                    });
                    if Instant::now() >= until {
                        return line.hang_up().await;
                    }
                }
                State::Script | State::Queued | State::Ringing | State::Dialling => {
                    if began.elapsed() >= patience {
                        return line.hang_up().await;
                    }
                }
            }
        }
    }
}

/// What an integration knows about somebody. Some of it decides on the queue.
fn known_customer() -> Value {
    let cents = between(1, 1_999_999).as_millis();
    let amount = format!("{}.{:02}", cents / 100, cents % 100);
    let id = format!("CUST-{}", between(100_000, 999_999).as_millis());
    let mut variables = vec![
        json!({ "name": "_customerId", "value": id, "display": true, "displayName": "Customer ID" }),
    ];
    variables.extend(match between(0, 9).as_millis() {
        0 | 1 => vec![tier("VIP")],
        2 | 3 => vec![tier("Standard"), payment_due()],
        4 => vec![balance(&format!("-{amount}"))],
        5 | 6 => vec![tier("Gold"), balance(&amount)],
        _ => order(&amount),
    });
    json!({ "variables": variables })
}

fn tier(value: &str) -> Value {
    let name = "_customerTier";
    json!({ "name": name, "value": value, "ivr": true, "display": true, "displayName": "Customer Tier" })
}

fn payment_due() -> Value {
    let name = "_paymentDue";
    json!({ "name": name, "value": "true", "ivr": true, "display": true, "displayName": "Payment Due" })
}

fn balance(value: &str) -> Value {
    json!({
        "name": "_accountBalance", "value": value, "ivr": true,
        "display": true, "displayName": "Account Balance", "dataType": "currency",
    })
}

fn order(value: &str) -> Vec<Value> {
    let status = pick(&["processing", "shipped", "delivered", "returned"]);
    vec![
        json!({ "name": "_orderStatus", "value": status, "display": true, "displayName": "Order Status" }),
        json!({
            "name": "_orderValue", "value": value,
            "display": true, "displayName": "Order Value", "dataType": "currency",
        }),
        json!({
            "name": "_cardNumber", "value": "4000001234567899", "privacy": true,
            "display": true, "displayName": "Card",
        }),
    ]
}
