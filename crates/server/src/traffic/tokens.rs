//! The simulated agents' sessions, kept so that a restarted server does not take the earlier ones for
//! people's.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use crate::private;

const FILE: &str = "demo-traffic.json";

/// Tokens by e-mail.
#[derive(Clone)]
pub(super) struct Tokens {
    path: PathBuf,
    known: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Tokens {
    /// Those of the last run. A file that cannot be read only means that agents log in anew.
    pub(super) fn load(data_dir: &Path) -> Self {
        let path = data_dir.join(FILE);
        let bytes = fs::read(&path).unwrap_or_default();
        let known = serde_json::from_slice(&bytes).unwrap_or_default();
        Self { path, known: Arc::new(Mutex::new(known)) }
    }

    pub(super) fn get(&self, email: &str) -> Option<String> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(email).cloned()
    }

    /// Keeps a token, or forgets one that is no longer good.
    pub(super) fn set(&self, email: &str, token: Option<String>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match token {
            Some(token) => known.insert(email.to_owned(), token),
            None => known.remove(email),
        };
        let text = serde_json::to_vec_pretty(&*known).expect("texts can be written");
        if let Err(error) = private::write(&self.path, &text) {
            tracing::warn!(%error, "cannot keep the simulated agents' sessions");
        }
    }
}
