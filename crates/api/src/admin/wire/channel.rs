//! Channels: the numbers and addresses that customers reach.

use engine::State as Rules;
use model::{
    ChannelId, ScriptId,
    config::{self, Setting, SettingKey},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Short, keys_after, words::Medium};
use crate::{
    admin::resource::{Detail, Resource, next_number},
    error::Problem,
};

/// A number or address that customers reach.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveChannel)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Channel {
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
    media_type: Medium,
    /// The number or address, as dialled.
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    address: Short,
    /// The script that serves customers first; a version of it must be published.
    script_id: u32,
}

impl Resource for Channel {
    type Id = u32;
    const PATH: &'static str = "channels";
    const NAME: &'static str = "Channel";

    fn key(id: &u32) -> SettingKey {
        SettingKey::Channel(ChannelId(*id))
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&u32>) -> Box<dyn Iterator<Item = u32> + 'r> {
        Box::new(keys_after(&rules.config.channels, after.copied().map(ChannelId)).map(|id| id.0))
    }

    fn look(rules: &Rules, id: &u32, _: Detail) -> Option<Self> {
        let channel = rules.config.channels.get(&ChannelId(*id))?;
        Some(Self {
            name: Short(channel.name.clone()),
            media_type: channel.media.into(),
            address: Short(channel.address.clone()),
            script_id: channel.script.0,
        })
    }

    fn new_id(&self, rules: &Rules) -> Result<u32, Problem> {
        next_number::<Self>(rules)
    }

    fn setting(self, _: &Rules, id: &u32) -> Result<Setting, Problem> {
        Ok(Setting::Channel(config::Channel {
            id: ChannelId(*id),
            name: self.name.0,
            media: self.media_type.into(),
            address: self.address.0,
            script: ScriptId(self.script_id),
        }))
    }
}
