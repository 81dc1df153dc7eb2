//! Who may come in. Secrets are never here: only what is needed to recognise them.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{AgentId, Text, Timestamp, UserId};

/// The SHA-256 of a secret of 256 random bits, in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretHash(pub Text);

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Serves customers.
    Agent,
    /// Watches and steers the agents' work.
    Supervisor,
    /// Configures the tenant.
    Administrator,
}

impl Role {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
        }
    }
}

/// A person who can log in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// Login name, lower case, unique in the installation's tenant.
    pub email: Text,
    /// Name shown to colleagues.
    pub name: Text,
    /// What the person may do.
    pub role: Role,
    /// The agent the person works as.
    pub agent: Option<AgentId>,
    /// Argon2id in PHC form.
    pub password: Text,
    /// What the person may do beyond the role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<Permission>,
}

/// What a person may do beyond the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Permission {
    /// See the value of a private variable; each look is accounted for.
    RevealPrivate,
    /// Listen to conversations.
    Monitor,
    /// Take data out in bulk.
    Export,
}

/// The tenant's tokens (Configuration Manager, "API Token" and "CRM API"). The username of the first
/// two is the tenant's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    /// Opens streams and statistics.
    pub data_request: SecretHash,
    /// Opens Data Augmentation and agent status.
    pub action_request: SecretHash,
    /// CRM API user name.
    pub crm_username: Text,
    /// CRM API password.
    pub crm_password: SecretHash,
    /// Who made which of them, and when.
    #[serde(default, skip_serializing_if = "TokensMade::is_none")]
    pub made: TokensMade,
}

/// Who made which of a tenant's tokens. Those that came with the tenant are the operator's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokensMade {
    /// The Data Request Token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_request: Option<Made>,
    /// The Action Request Token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_request: Option<Made>,
    /// The CRM API password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crm_password: Option<Made>,
}

impl TokensMade {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// When something was made, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: UserId,
}

/// What the CRM API may do (Configuration Manager, "CRM API").
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Crm {
    /// It answers at all.
    pub enabled: bool,
    /// What it may do, each once.
    pub rights: Vec<CrmRight>,
}

/// One of the 14 access rights of the CRM API (Configuration Manager, "CRM API"). Nothing is ever deleted
/// by it, and follow-ups are not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CrmRight {
    /// Add customers.
    CustomersAdd,
    /// Change customers.
    CustomersModify,
    /// Read customers.
    CustomersGet,
    /// Add cases.
    CasesAdd,
    /// Change cases.
    CasesModify,
    /// Read cases.
    CasesGet,
    /// Add tasks.
    TasksAdd,
    /// Change tasks.
    TasksModify,
    /// Read tasks.
    TasksGet,
    /// Add frequent questions.
    FaqAdd,
    /// Change frequent questions.
    FaqModify,
    /// Read frequent questions.
    FaqGet,
    /// Add follow-ups.
    FollowupsAdd,
    /// Read follow-ups.
    FollowupsGet,
}

/// A key of the gateway form (`x-api-key`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    /// Recognises the key.
    pub hash: SecretHash,
    /// What people call it.
    pub name: Text,
    /// What it opens.
    pub products: Vec<Product>,
    /// Recognises the secret with which the key is exchanged for access tokens (OAuth tokens); a key
    /// without one is used as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretHash>,
}

/// What an API key can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Product {
    /// The Contact Center gateway: Data Augmentation by SIP Call-ID, status, calls, chat.
    ContactCenter,
    /// The event stream.
    EventStream,
    /// Real-time metrics, by access token.
    Analytics,
    /// Real-time statistics of queues on the gateway.
    Statistics,
    /// Schedules on the gateway.
    Schedules,
}

impl Product {
    /// The name under which an access token lists it (OAuth tokens, "Products").
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ContactCenter => "vcc",
            Self::EventStream => "Contact Center Event Streaming",
            Self::Analytics => "analytics realtime-api",
            Self::Statistics => "Analytics for Contact Center",
            Self::Schedules => "Contact Center Schedule",
        }
    }
}

/// One login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Recognises the session's token.
    pub hash: SecretHash,
    /// Recognises the token that guards against cross-site requests.
    pub csrf: SecretHash,
    /// Whose it is.
    pub user: UserId,
    /// When it ends.
    pub expires: Timestamp,
}
