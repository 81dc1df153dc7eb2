//! What the server says when it serves.

use serde_json::Value;

use crate::{demo::MAIN_NUMBER, terminal};

/// Says where the server is and, in the demo, how to get in and what to try. `ready` is the ready file.
pub(super) fn say(ready: &Value, json: bool) {
    if json {
        return terminal::say(&ready.to_string());
    }
    let text = |field: &str| ready[field].as_str().unwrap_or_default().to_owned();
    let url = text("url");
    terminal::say(&format!("\nCordboard serves at {url}"));
    let Some(users) = ready["users"].as_array() else { return };
    terminal::say(&format!("\n  Sign in at {url}/login as"));
    for user in users {
        let [role, email, password] =
            ["role", "email", "password"].map(|field| user[field].as_str().unwrap_or_default());
        terminal::say(&format!("    {role:<14} {email:<24} {password}"));
    }
    terminal::say(&format!(
        "\n  Be a customer in another terminal:\n    cordboard call {MAIN_NUMBER} --url {url}"
    ));
    let (tenant, token) = (text("tenantId"), text("actionRequestToken"));
    terminal::say(&format!(
        "\n  Be an integration: call, then attach data to that call before it is routed\n\
         \x20   id=$(curl -s {url}/sim/v1/calls -H 'Content-Type: application/json' \\\n\
         \x20     -d '{{\"from\":\"+15555550123\",\"to\":\"{MAIN_NUMBER}\"}}' | grep -o 'int-[^\"]*')\n\
         \x20   curl -u {tenant}:{token} -H 'Content-Type: application/json' \\\n\
         \x20     -d '{{\"variables\":[{{\"name\":\"_customerTier\",\"value\":\"VIP\",\"ivr\":true,\"display\":true}}]}}' \\\n\
         \x20     {url}/api/v1/interaction/data/$id\n"
    ));
}
