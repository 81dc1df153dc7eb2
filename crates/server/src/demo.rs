//! The demo: a tenant to look at, with agents, queues, a script, and secrets that are told to everybody
//! on this machine. Nobody else can reach it: `--demo` refuses to listen off loopback.

use std::path::Path;

use anyhow::{Context, bail};
use engine::Engine;
use model::{
    Command, TenantId,
    access::{ApiKey, Product, Tokens, TokensMade, User},
    config::Setting,
    interaction::Media,
};
use serde_json::{Value, json};

use crate::secret;

mod script;
mod secrets;
mod settings;

pub(crate) use self::{
    secrets::{FILE as SECRETS_FILE, Login, Secrets},
    settings::MAIN_NUMBER,
};

/// The demo's tenant, ready to serve.
#[derive(Clone)]
pub(crate) struct Demo {
    pub(crate) tenant: TenantId,
    pub(crate) secrets: Secrets,
}

/// Opens the demo's tenant, and sets it up if there is none.
pub(crate) async fn ensure(engine: &Engine, data_dir: &Path) -> anyhow::Result<Demo> {
    let tenant = settings::tenant();
    engine.open(&tenant).await.with_context(|| format!("opening tenant {tenant}"))?;
    let exists = engine.query(&tenant, |state, _| state.config.tenant.is_some()).await?;
    let secrets = match (Secrets::load(data_dir)?, exists) {
        (Some(secrets), true) => return Ok(Demo { tenant, secrets }),
        (Some(secrets), false) => secrets,
        (None, true) => bail!(
            "{} has a tenant {tenant}, but its {} is missing: without it nobody knows the demo's \
             passwords. Use another data directory, or serve this one without --demo",
            data_dir.display(),
            SECRETS_FILE
        ),
        (None, false) => {
            let people = settings::PEOPLE.iter();
            let people = people.map(|person| {
                let agent = person.agent().map(|agent| agent.as_str().into());
                (person.email(), person.role, agent)
            });
            let secrets = Secrets::random(people)?;
            // Before the tenant, so that a crash between the two is no tenant without secrets.
            secrets.save(data_dir)?;
            secrets
        }
    };
    let mut settings = settings::all();
    settings.extend(ways_in(&secrets)?);
    engine
        .submit(&tenant, Command::Configure(settings).into())
        .await
        .with_context(|| format!("setting up tenant {tenant}"))?;
    Ok(Demo { tenant, secrets })
}

fn ways_in(secrets: &Secrets) -> anyhow::Result<Vec<Setting>> {
    let mut ways = vec![
        Setting::Tokens(Tokens {
            data_request: secret::hash(&secrets.data_request_token),
            action_request: secret::hash(&secrets.action_request_token),
            crm_username: secrets.crm_api_username.as_str().into(),
            crm_password: secret::hash(&secrets.crm_api_password),
            made: TokensMade::default(),
        }),
        Setting::ApiKey(ApiKey {
            hash: secret::hash(&secrets.api_key),
            name: "Demo".into(),
            products: vec![
                Product::ContactCenter,
                Product::EventStream,
                Product::Analytics,
                Product::Statistics,
                Product::Schedules,
            ],
            secret: Some(secret::hash(&secrets.api_secret)),
        }),
    ];
    for person in &settings::PEOPLE {
        let email = person.email();
        let login = secrets.users.iter().find(|login| login.email == email);
        let login = login.with_context(|| format!("{} has no login of {email}", SECRETS_FILE))?;
        ways.push(Setting::User(User {
            id: person.id,
            email: email.as_str().into(),
            name: person.name.into(),
            role: person.role,
            agent: person.agent(),
            password: api::hash_password(&login.password).into(),
            permissions: Vec::new(),
        }));
    }
    Ok(ways)
}

impl Demo {
    /// Everything a test or a curious person needs, in the ready file's form.
    pub(crate) fn ready(&self, url: &str) -> Value {
        let secrets = &self.secrets;
        let queue = |(id, name, media): (_, _, Media)| json!({ "id": id, "name": name, "mediaType": media.as_str() });
        let channel = |(id, address, media): (u32, &str, Media)| json!({ "id": id.to_string(), "mediaType": media.as_str(), "address": address });
        json!({
            "url": url,
            "tenantId": self.tenant,
            "apiTokenUsername": self.tenant,
            "dataRequestToken": secrets.data_request_token,
            "actionRequestToken": secrets.action_request_token,
            "crmApiUsername": secrets.crm_api_username,
            "crmApiPassword": secrets.crm_api_password,
            "apiKey": secrets.api_key,
            "apiSecret": secrets.api_secret,
            "users": secrets.users,
            "queues": settings::queue_list().into_iter().map(queue).collect::<Vec<_>>(),
            "channels": settings::channel_list().map(channel),
        })
    }
}

#[cfg(test)]
mod tests {
    use engine::{Key, Options};
    use kernel::flow;

    use super::*;

    async fn started(dir: &Path) -> Engine {
        let store = std::sync::Arc::new(eventlog::MemoryStore::new());
        Engine::start(store, Options::new(dir, Key::random().unwrap())).unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_demo_is_a_tenant_that_the_rules_accept() {
        let dir = tempfile::tempdir().unwrap();
        let engine = started(dir.path()).await;
        let demo = ensure(&engine, dir.path()).await.unwrap();
        let ready = demo.ready("http://127.0.0.1:1");
        assert_eq!(ready["users"].as_array().unwrap().len(), 5);
        assert_eq!(ready["channels"][0]["address"], MAIN_NUMBER);
        let again = ensure(&engine, dir.path()).await.unwrap();
        assert!(again.secrets == demo.secrets);
        std::fs::remove_file(dir.path().join(SECRETS_FILE)).unwrap();
        let lost = ensure(&engine, dir.path()).await.err().unwrap().to_string();
        assert!(lost.contains("demo.json is missing"), "{lost}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_demo_s_scripts_are_what_a_careful_author_would_publish() {
        let dir = tempfile::tempdir().unwrap();
        let engine = started(dir.path()).await;
        let demo = ensure(&engine, dir.path()).await.unwrap();
        let config = engine.query(&demo.tenant, |state, _| state.config.clone()).await.unwrap();
        let references = kernel::center::config::references(&config);
        assert_eq!(config.drafts.len(), 3);
        for script in config.drafts.values() {
            assert_eq!(flow::lint(&script.flow, &references), [], "{}", script.name);
            for test in &script.flow.tests {
                let report = flow::test::check(&script.flow, test, &config.schedules);
                assert_eq!(report.faults, [], "{}: {}", script.name, test.name);
            }
        }
    }
}
