//! The spelling of what is handed over.

use model::{Text, limits::SHORT_TEXT_CHARS_MAX, secret_link::SecretLink};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    error::Invalid,
    fields::{Fields, Parse},
    sealed_link::Item,
};

/// Which link.
#[derive(Debug, ToSchema)]
pub(crate) struct LookAtLink {
    /// What stands behind the `#` of its address.
    #[schema(value_type = String)]
    pub(super) token: Text,
}

impl Parse for LookAtLink {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        Ok(Self { token: fields.text("token", SHORT_TEXT_CHARS_MAX)? })
    }
}

/// Which link, and what it asks for.
#[derive(Debug, ToSchema)]
pub(crate) struct OpenLink {
    /// What stands behind the `#` of its address.
    #[schema(value_type = String)]
    pub(super) token: Text,
    /// Where it needs one.
    #[schema(value_type = Option<String>)]
    pub(super) passphrase: Option<Text>,
}

impl Parse for OpenLink {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let token = fields.text("token", SHORT_TEXT_CHARS_MAX)?;
        let passphrase = fields.optional_text("passphrase", SHORT_TEXT_CHARS_MAX)?;
        Ok(Self { token, passphrase })
    }
}

/// What a link is about.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LinkSeen)]
pub(crate) struct Seen {
    title: String,
    needs_passphrase: bool,
    /// When it opens no more, in epoch milliseconds.
    expires_at: u64,
}

impl Seen {
    pub(super) fn of(link: &SecretLink) -> Self {
        Self {
            title: link.title.as_ref().to_owned(),
            needs_passphrase: link.passphrase,
            expires_at: link.expires.0,
        }
    }
}

/// What a link held. It is nowhere else any more.
#[derive(Serialize, ToSchema)]
#[schema(as = LinkOpened)]
pub(crate) struct Opened {
    pub(super) title: String,
    pub(super) items: Vec<Item>,
}
