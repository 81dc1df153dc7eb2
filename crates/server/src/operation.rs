//! What operators do to a data directory, in the process that has it open.

use std::{path::PathBuf, pin::pin};

use anyhow::{Context, bail, ensure};
use engine::Engine;
use model::{
    Command, TenantId, Text, UserId,
    access::{Role, Tokens, TokensMade, User},
    config::{Setting, Tenant},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::runtime::Handle;

use crate::secret;

/// How long a new tenant's finished interactions can be read.
const RETENTION_MS: Millis = 24 * 60 * 60 * 1000;
/// How many Data Augmentation requests a minute a new tenant may make (its "Limits").
const AUGMENTATION_PER_MINUTE: u32 = 100;

/// What an operator wants done.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Operation {
    /// Copy the logs.
    Backup {
        /// A directory, new or empty; absolute.
        to: PathBuf,
        /// The master key goes with it.
        include_key: bool,
    },
    /// Make a tenant.
    CreateTenant(NewTenant),
}

/// A tenant to be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NewTenant {
    pub(crate) id: TenantId,
    pub(crate) name: Text,
    pub(crate) locale: Text,
    pub(crate) currency: Text,
    pub(crate) time_zone: Text,
    pub(crate) admin_email: String,
}

impl Operation {
    /// Does it. Blocks; on a thread of a runtime where that is allowed. The answer is for people and
    /// programs: it is what `--json` prints.
    pub(crate) fn run(
        self,
        engine: &Engine,
        progress: &mut dyn FnMut(u64, u64),
    ) -> anyhow::Result<Value> {
        match self {
            Self::Backup { to, include_key } => {
                let manifest = engine.backup(&to, include_key, progress)?;
                Ok(serde_json::to_value(manifest)?)
            }
            Self::CreateTenant(tenant) => create_tenant(engine, tenant),
        }
    }
}

fn create_tenant(engine: &Engine, new: NewTenant) -> anyhow::Result<Value> {
    ensure!(new.admin_email.contains('@'), "{} is no e-mail address", new.admin_email);
    let email = new.admin_email.to_lowercase();
    let id = new.id.clone();
    wait(engine.open(&id))?;
    let exists = wait(engine.query(&id, |state, _| state.config.tenant.is_some()))?;
    if exists {
        bail!("tenant {id} exists already");
    }
    let password = secret::password()?;
    let [data, action, crm] = [secret::token(), secret::token(), secret::token()];
    let settings = vec![
        Setting::Tenant(Tenant {
            id: new.id,
            name: new.name,
            locale: new.locale,
            currency: new.currency,
            time_zone: new.time_zone,
            retention_ms: RETENTION_MS,
            augmentation_per_minute: AUGMENTATION_PER_MINUTE,
            direct_wrap_up_ms: 0,
        }),
        Setting::User(User {
            id: UserId(1),
            email: email.as_str().into(),
            name: "Administrator".into(),
            role: Role::Administrator,
            agent: None,
            password: api::hash_password(&password).into(),
            permissions: Vec::new(),
        }),
        Setting::Tokens(Tokens {
            data_request: secret::hash(&data),
            action_request: secret::hash(&action),
            crm_username: "crm".into(),
            crm_password: secret::hash(&crm),
            made: TokensMade::default(),
        }),
    ];
    wait(engine.submit(&id, Command::Configure(settings).into()))
        .with_context(|| format!("setting up tenant {id}"))?;
    Ok(json!({
        "tenantId": id,
        "administrator": { "email": email, "password": password },
        "apiTokenUsername": id,
        "dataRequestToken": data,
        "actionRequestToken": action,
        "crmApiUsername": "crm",
        "crmApiPassword": crm,
    }))
}

fn wait<F: Future>(future: F) -> F::Output {
    Handle::current().block_on(pin!(future))
}
