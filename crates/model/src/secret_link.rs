//! Links that hand secrets over to whoever opens them first.

use serde::{Deserialize, Serialize};

use crate::{SecretLinkId, Text, Timestamp, UserId, access::SecretHash};

/// A link as it was made. What it holds is sealed with a key that is made of the link's token, and of a passphrase
/// where there is one: neither is kept anywhere, so that nobody opens it who was not given them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretLink {
    /// Identity.
    pub id: SecretLinkId,
    /// What it is about, for people; readable.
    pub title: Text,
    /// Who made it.
    pub by: UserId,
    /// When it opens no more.
    pub expires: Timestamp,
    /// Recognises its token.
    pub token: SecretHash,
    /// A passphrase is needed, too.
    pub passphrase: bool,
    /// What it holds: sealed, in base64.
    pub sealed: Text,
}
