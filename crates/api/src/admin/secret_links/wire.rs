//! The spelling of one-time links.

use kernel::center::secret_link::{Link, Standing};
use model::{Text, Timestamp, limits::SHORT_TEXT_CHARS_MAX};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::Person;
use crate::{
    error::Invalid,
    fields::{Fields, Parse},
    sealed_link,
};

/// Secrets in one link.
const ITEMS_MAX: usize = 20;
/// Characters of one secret.
const VALUE_CHARS_MAX: usize = 4_000;

/// A link to be.
#[derive(ToSchema)]
#[schema(as = CreateSecretLink, rename_all = "camelCase")]
pub(crate) struct Make {
    /// What it is about, for whoever gets it. Not secret.
    #[schema(value_type = String, max_length = 128)]
    pub(super) title: Text,
    /// 1 to 20 secrets.
    pub(super) items: Vec<sealed_link::Item>,
    /// How long it waits: a minute to thirty days.
    pub(super) expires_in_ms: u32,
    /// What is asked for before it opens. Hand it over in another way.
    #[schema(value_type = Option<String>, max_length = 128)]
    pub(super) passphrase: Option<Text>,
}

impl Parse for Make {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        Ok(Self {
            title: fields.text("title", SHORT_TEXT_CHARS_MAX)?,
            items: fields.objects("items", 1..=ITEMS_MAX)?,
            expires_in_ms: fields.number("expiresInMs")?,
            passphrase: fields.optional_text("passphrase", SHORT_TEXT_CHARS_MAX)?,
        })
    }
}

impl Parse for sealed_link::Item {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let label = fields.text("label", SHORT_TEXT_CHARS_MAX)?.as_ref().to_owned();
        let value = fields.text("value", VALUE_CHARS_MAX)?.as_ref().to_owned();
        Ok(Self { label, value })
    }
}

/// A new link, shown once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewSecretLink)]
pub(crate) struct Made {
    pub(super) id: u32,
    /// Its address on this server. What stands behind the `#` never leaves the browser by itself.
    #[schema(example = "/handover#acmecorp01.x7…")]
    pub(super) url: String,
    /// When it opens no more, in epoch milliseconds.
    pub(super) expires_at: u64,
}

/// How a link stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SecretLink)]
pub(crate) struct Item {
    id: u32,
    title: String,
    /// In epoch milliseconds.
    made_at: u64,
    by: Person,
    /// When it opens no more.
    expires_at: u64,
    needs_passphrase: bool,
    state: State,
    /// When it was opened.
    #[schema(required)]
    opened_at: Option<u64>,
}

/// How a link stands.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SecretLinkState)]
pub(crate) enum State {
    /// Somebody can open it.
    Waiting,
    /// Somebody has.
    Opened,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
    /// Five wrong passphrases were tried.
    Destroyed,
}

impl Item {
    pub(super) fn of(state: &engine::State, link: &Link, now: Timestamp) -> Self {
        let made = &link.made;
        Self {
            id: made.id.0,
            title: made.title.as_ref().to_owned(),
            made_at: link.made_at.0,
            by: Person::of(state, made.by),
            expires_at: made.expires.0,
            needs_passphrase: made.passphrase,
            state: match link.standing(now) {
                Standing::Waiting => State::Waiting,
                Standing::Opened => State::Opened,
                Standing::Expired => State::Expired,
                Standing::Revoked => State::Revoked,
                Standing::Destroyed => State::Destroyed,
            },
            opened_at: link.opened.map(|opened| opened.0),
        }
    }

    pub(super) fn id(&self) -> u32 {
        self.id
    }
}

/// Some of the links.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SecretLinkPage)]
pub(crate) struct Page {
    pub(super) items: Vec<Item>,
    /// What to ask for as `after`, if there are more.
    #[schema(required)]
    pub(super) next: Option<u32>,
}
