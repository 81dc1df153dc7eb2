//! The tenant itself.

use engine::State as Rules;
use model::{
    Text,
    config::{self, Setting, SettingKey},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Short;
use crate::{
    admin::resource::{Detail, Only, Resource},
    error::Problem,
};

/// How the tenant is set up.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveTenant)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tenant {
    /// The tenant's name in the published contracts.
    #[serde(rename = "tenantId", default)]
    #[schema(required, read_only, value_type = String)]
    tenant: Option<Text>,
    /// For people.
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
    /// BCP 47 language tag in which values are formatted.
    #[schema(value_type = String, example = "en-US")]
    locale: Short,
    /// ISO 4217 code.
    #[schema(value_type = String, example = "USD")]
    currency: Short,
    /// IANA time zone.
    #[schema(value_type = String, example = "America/Los_Angeles")]
    time_zone: Short,
    /// How long a finished interaction's data can be read.
    retention_ms: u64,
    /// Data Augmentation requests a minute.
    augmentation_per_minute: u32,
    /// How long wrap-up may take after a call dialled for no queue; 0 is none.
    direct_wrap_up_ms: u64,
}

impl Resource for Tenant {
    type Id = Only;
    const PATH: &'static str = "tenant";
    const NAME: &'static str = "Tenant";

    fn key(_: &Only) -> SettingKey {
        SettingKey::Tenant
    }

    fn ids<'r>(_: &'r Rules, _: Option<&Only>) -> Box<dyn Iterator<Item = Only> + 'r> {
        Box::new(std::iter::once(Only))
    }

    fn look(rules: &Rules, _: &Only, _: Detail) -> Option<Self> {
        let tenant = rules.config.tenant.as_ref()?;
        Some(Self {
            tenant: Some(tenant.id.as_str().into()),
            name: Short(tenant.name.clone()),
            locale: Short(tenant.locale.clone()),
            currency: Short(tenant.currency.clone()),
            time_zone: Short(tenant.time_zone.clone()),
            retention_ms: tenant.retention_ms,
            augmentation_per_minute: tenant.augmentation_per_minute,
            direct_wrap_up_ms: tenant.direct_wrap_up_ms,
        })
    }

    fn new_id(&self, _: &Rules) -> Result<Only, Problem> {
        Ok(Only)
    }

    fn setting(self, rules: &Rules, _: &Only) -> Result<Setting, Problem> {
        let known = rules.config.tenant.as_ref().ok_or(Problem::NotFound)?;
        Ok(Setting::Tenant(config::Tenant {
            id: known.id.clone(),
            name: self.name.0,
            locale: self.locale.0,
            currency: self.currency.0,
            time_zone: self.time_zone.0,
            retention_ms: self.retention_ms,
            augmentation_per_minute: self.augmentation_per_minute,
            direct_wrap_up_ms: self.direct_wrap_up_ms,
        }))
    }
}
