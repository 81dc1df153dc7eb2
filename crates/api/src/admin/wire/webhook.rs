//! Where public events are sent to (Webhooks, "Setting up").

use engine::State as Rules;
use model::{
    Text, WebhookId,
    config::{self, Setting, SettingKey},
    limits::URI_CHARS_MAX,
};
use serde::{Deserialize, Serialize};
use stream::{Kind, Root};
use utoipa::ToSchema;

use super::{Short, keys_after};
use crate::{
    admin::resource::{Detail, Resource, next_number},
    app::App,
    auth::Caller,
    error::{Invalid, Problem},
};

/// Names of events in one webhook: more than there are.
const EVENTS_MAX: usize = 100;

/// The address that events are sent to, and which events.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveWebhook)]
pub(crate) struct Webhook {
    /// For people.
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
    /// `https`, to the public internet, unless the installation allows more.
    #[schema(value_type = String, max_length = 2048, example = "https://example.com/events")]
    uri: Text,
    /// Names of events; none, or no list, means all.
    #[serde(default)]
    #[schema(value_type = Vec<String>, required = false)]
    events: Vec<Text>,
    /// Events are sent; they are unless it says otherwise.
    #[serde(default = "enabled")]
    #[schema(required = false)]
    enabled: bool,
}

fn enabled() -> bool {
    true
}

impl Webhook {
    fn check(&self, app: &App) -> Result<(), Invalid> {
        if self.uri.chars().nth(URI_CHARS_MAX).is_some() {
            return Err(Invalid::field("uri", "Is longer than 2048 characters."));
        }
        let possible = app.webhooks().check(&self.uri);
        possible.map_err(|fault| Invalid::field("uri", format!("It {fault}.")))?;
        if self.events.len() > EVENTS_MAX {
            return Err(Invalid::field("events", "At most 100."));
        }
        let known =
            |event: &str| Kind::parse(event).is_some() || event == Root::AgentProvChange.as_str();
        match self.events.iter().position(|event| !known(event)) {
            Some(n) => Err(Invalid::field(format!("events[{n}]"), "There is no such event.")),
            None => Ok(()),
        }
    }
}

impl Resource for Webhook {
    type Id = u32;
    const PATH: &'static str = "webhooks";
    const NAME: &'static str = "Webhook";

    fn key(id: &u32) -> SettingKey {
        SettingKey::Webhook(WebhookId(*id))
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&u32>) -> Box<dyn Iterator<Item = u32> + 'r> {
        Box::new(keys_after(&rules.config.webhooks, after.copied().map(WebhookId)).map(|id| id.0))
    }

    fn look(rules: &Rules, id: &u32, _: Detail) -> Option<Self> {
        let config::Webhook { id: _, name, uri, events, enabled } =
            rules.config.webhooks.get(&WebhookId(*id))?.clone();
        Some(Self { name: Short(name), uri, events, enabled })
    }

    fn new_id(&self, rules: &Rules) -> Result<u32, Problem> {
        next_number::<Self>(rules)
    }

    async fn prepare(&mut self, app: &App) -> Result<(), Problem> {
        Ok(self.check(app)?)
    }

    fn setting(self, _: &Rules, id: &u32) -> Result<Setting, Problem> {
        let Self { name: Short(name), uri, events, enabled } = self;
        Ok(Setting::Webhook(config::Webhook { id: WebhookId(*id), name, uri, events, enabled }))
    }

    async fn settle(app: &App, caller: &Caller) -> Result<(), Problem> {
        let position = app.engine().query(&caller.tenant, |_, position| position).await?;
        if app.webhooks().settled(&caller.tenant, position).await.is_err() {
            tracing::warn!(tenant = %caller.tenant, "a webhook's settings are not in force yet");
        }
        Ok(())
    }
}
