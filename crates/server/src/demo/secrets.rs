//! The demo's secrets: random, made once, kept beside the log so that a restart prints the same ones.

use std::{fs, io, path::Path};

use anyhow::Context;
use model::{Text, access::Role};
use serde::{Deserialize, Serialize};

use crate::{private, secret};

/// Their file in the data directory, mode 0600.
pub(crate) const FILE: &str = "demo.json";

/// Everything that opens something.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Secrets {
    pub(crate) data_request_token: String,
    pub(crate) action_request_token: String,
    pub(crate) crm_api_username: String,
    pub(crate) crm_api_password: String,
    pub(crate) api_key: String,
    /// Exchanges the key for access tokens.
    #[serde(default)]
    pub(crate) api_secret: String,
    pub(crate) users: Vec<Login>,
}

/// Somebody's way in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Login {
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) role: Role,
    pub(crate) agent_id: Option<Text>,
}

impl Secrets {
    /// New ones for these people.
    pub(crate) fn random(
        people: impl Iterator<Item = (String, Role, Option<Text>)>,
    ) -> io::Result<Self> {
        let login = |(email, role, agent_id)| {
            Ok(Login { email, password: secret::password()?, role, agent_id })
        };
        Ok(Self {
            data_request_token: secret::token(),
            action_request_token: secret::token(),
            crm_api_username: "crm".to_owned(),
            crm_api_password: secret::token(),
            api_key: secret::api_key(),
            api_secret: secret::token(),
            users: people.map(login).collect::<io::Result<_>>()?,
        })
    }

    /// Those of a data directory that has been a demo's before.
    pub(crate) fn load(data_dir: &Path) -> anyhow::Result<Option<Self>> {
        let path = data_dir.join(FILE);
        match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => {
                let bytes = read.with_context(|| format!("reading {}", path.display()))?;
                let secrets = serde_json::from_slice(&bytes);
                Ok(Some(secrets.with_context(|| format!("reading {}", path.display()))?))
            }
        }
    }

    pub(crate) fn save(&self, data_dir: &Path) -> anyhow::Result<()> {
        let path = data_dir.join(FILE);
        let text = serde_json::to_string_pretty(self).expect("texts can be written");
        private::write(&path, format!("{text}\n").as_bytes())
            .with_context(|| format!("writing {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_kept_privately_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Secrets::load(dir.path()).unwrap().is_none());
        let people = [("ann@acme.example".to_owned(), Role::Agent, None)].into_iter();
        let secrets = Secrets::random(people).unwrap();
        secrets.save(dir.path()).unwrap();
        assert!(Secrets::load(dir.path()).unwrap() == Some(secrets.clone()));
        assert_eq!(private::open_to_others(&dir.path().join(FILE)).unwrap(), None);
        assert_eq!(secrets.users[0].password.len(), 19);

        assert_ne!(secrets.action_request_token, secrets.data_request_token);
    }
}
