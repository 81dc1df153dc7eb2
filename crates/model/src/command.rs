//! What somebody wants. A command is never stored: it is decided, and its events are.

use alloc::vec::Vec;

use crate::{
    AgentId, OfferId, Text,
    access::{SecretHash, Session},
    config::Setting,
    interaction::{Disposition, Media},
    status::Status,
    variable::Variable,
};

/// A command with the sender's key against doing it twice.
#[derive(Clone, Debug)]
pub struct Request {
    /// The caller's idempotency key; the same key again within a day changes nothing and succeeds.
    pub key: Option<Text>,
    /// What is wanted.
    pub command: Command,
}

impl From<Command> for Request {
    fn from(command: Command) -> Self {
        Self { key: None, command }
    }
}

/// What somebody wants.
#[derive(Clone, Debug)]
pub enum Command {
    /// Something about logins.
    Access(AccessCommand),
    /// An agent's own wish.
    Agent(AgentCommand),
    /// Save settings: all, or none when one is wrong.
    Configure(Vec<Setting>),
    /// Something the customer, the carrier or an integration does to an interaction.
    Interaction(InteractionCommand),
    /// Time has passed: handle what is due.
    Wake,
}

/// Logins.
#[derive(Clone, Debug)]
pub enum AccessCommand {
    /// The session ends.
    CloseSession(SecretHash),
    /// The password was right: a session begins.
    OpenSession(Session),
}

/// What an agent does. `interaction` is any of its identifiers.
#[derive(Clone, Debug)]
pub enum AgentCommand {
    /// Take the offered interaction.
    Accept {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
        /// The offer the agent saw.
        offer: OfferId,
    },
    /// Do not take it.
    Reject {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
        /// The offer the agent saw.
        offer: OfferId,
        /// Code of the reason.
        reason: Option<Text>,
    },
    /// Put the customer on hold, or take the customer back.
    Hold {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
        /// On, or off.
        held: bool,
    },
    /// Silence the agent's microphone, or open it.
    Mute {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
        /// Silent, or open.
        muted: bool,
    },
    /// End the conversation.
    End {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
    },
    /// Complete the wrap-up.
    WrapUp {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
        /// What was decided about the contact.
        disposition: Disposition,
        /// Transaction codes.
        codes: Vec<u32>,
        /// A note for colleagues.
        note: Option<Text>,
    },
    /// Change status: at once, or after the work at hand.
    SetStatus {
        /// Who.
        agent: AgentId,
        /// The wish.
        status: Status,
        /// Code of the reason.
        reason: Option<Text>,
    },
}

/// What happens to an interaction from outside. `interaction` is its GUID, short id or SIP Call-ID.
#[derive(Clone, Debug)]
pub enum InteractionCommand {
    /// A customer arrives.
    Begin {
        /// The GUID, minted by the shell because it is random.
        guid: Text,
        /// How.
        media: Media,
        /// The number or address reached.
        to: Text,
        /// The customer's number or address.
        from: Text,
        /// The customer's name, if known.
        caller_name: Option<Text>,
        /// SIP Call-ID or the like. The same id again is the same interaction.
        call_id: Option<Text>,
    },
    /// The customer presses keys.
    Press {
        /// Which interaction.
        interaction: Text,
        /// The keys: `0` to `9`, `*`, `#`.
        digits: Text,
    },
    /// The customer leaves.
    Leave {
        /// Which interaction.
        interaction: Text,
    },
    /// An integration attaches variables: all, or none.
    SetVariables {
        /// Which interaction.
        interaction: Text,
        /// The variables, names distinct.
        variables: Vec<Variable>,
    },
}
