//! Status codes and reasons of rejections.

use std::ops::Bound::{Excluded, Unbounded};

use engine::State as Rules;
use model::{
    Text,
    config::{self, Setting, SettingKey},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Short, words::ReasonOf};
use crate::{
    admin::resource::{Detail, Resource},
    error::{Invalid, Problem},
};

/// A reason agents choose from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveReason)]
pub(crate) struct Reason {
    /// What tells it from others, the `id` too. It cannot be changed.
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    code: Short,
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    text: Short,
    of: ReasonOf,
}

impl Resource for Reason {
    type Id = Text;
    const PATH: &'static str = "reasons";
    const NAME: &'static str = "StatusReason";

    fn key(id: &Text) -> SettingKey {
        SettingKey::Reason(id.clone())
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&Text>) -> Box<dyn Iterator<Item = Text> + 'r> {
        let start = after.cloned().map_or(Unbounded, Excluded);
        Box::new(rules.config.reasons.range((start, Unbounded)).map(|(code, _)| code.clone()))
    }

    fn look(rules: &Rules, id: &Text, _: Detail) -> Option<Self> {
        let reason = rules.config.reasons.get(id)?;
        let (code, text) = (Short(reason.code.clone()), Short(reason.text.clone()));
        Some(Self { code, text, of: reason.of.into() })
    }

    fn new_id(&self, _: &Rules) -> Result<Text, Problem> {
        Ok(self.code.0.clone())
    }

    fn setting(self, _: &Rules, id: &Text) -> Result<Setting, Problem> {
        if self.code.0 != *id {
            return Err(Invalid::field("code", "Cannot be changed: make another one.").into());
        }
        let (code, text, of) = (self.code.0, self.text.0, self.of.into());
        Ok(Setting::Reason(config::Reason { code, text, of }))
    }
}
