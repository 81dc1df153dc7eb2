//! What somebody wants. A command is never stored: it is decided, and its events are.

use alloc::vec::Vec;

use crate::{
    AgentId, InteractionId, OfferId, QueueId, SecretLinkId, Text, UserId,
    access::{SecretHash, Session},
    config::{Administration, Setting},
    interaction::{DialEnd, Disposition, Draft, Media, Recording, Target},
    secret_link::SecretLink,
    status::Status,
    time::Millis,
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
    /// A person changes settings.
    Administer(Administration),
    /// The operator saves settings, whatever they replace: all, or none when one is wrong.
    Configure(Vec<Setting>),
    /// Something the customer, the carrier or an integration does to an interaction.
    Interaction(InteractionCommand),
    /// What a supervisor does to other people's work.
    Supervise {
        /// Who.
        by: UserId,
        /// What.
        command: SupervisorCommand,
    },
    /// A link that hands secrets over.
    SecretLink(SecretLinkCommand),
    /// Time has passed: handle what is due.
    Wake,
}

/// Links that hand secrets over.
#[derive(Clone, Debug)]
pub enum SecretLinkCommand {
    /// Make one; its id is given here, whatever it is in the command.
    Make(SecretLink),
    /// Somebody is about to try a passphrase: counted before it is known whether it is right, so that many at
    /// the same time are as many tries.
    Try(SecretHash),
    /// What it holds is about to be given out: to one only.
    Open(SecretHash),
    /// Nobody is to open it.
    Revoke {
        /// Who says so.
        by: UserId,
        /// Which link.
        id: SecretLinkId,
    },
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
    /// Start, pause or stop the recording.
    Record {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
        /// What it is to be.
        recording: Recording,
    },
    /// Call somebody.
    Dial {
        /// Who.
        agent: AgentId,
        /// The number.
        to: Text,
        /// On whose behalf: names the wrap-up, its codes and the statistics.
        queue: Option<QueueId>,
        /// The number shown to the called: a phone channel's, or else the first one's.
        caller_id: Option<Text>,
        /// The GUID, minted by the shell.
        guid: Text,
        /// SIP Call-ID or the like, minted by the shell.
        call_id: Text,
        /// Variables to begin with.
        variables: Vec<Variable>,
    },
    /// Ask somebody on a second line while the customer is on hold.
    Consult {
        /// Who.
        agent: AgentId,
        /// About which.
        interaction: Text,
        /// Whom: an agent or a number.
        to: Target,
        /// GUID of the second line, minted by the shell.
        guid: Text,
        /// SIP Call-ID of the second line, minted by the shell.
        call_id: Text,
    },
    /// Hand the customer on, without asking first or to the one consulted.
    Transfer {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
        /// To whom; `None` to the one on the second line.
        to: Option<Target>,
        /// GUID that the customer goes on with in a queue or with an agent, minted by the shell.
        guid: Text,
    },
    /// Make one conversation of the two lines.
    Join {
        /// Who.
        agent: AgentId,
        /// The first line.
        interaction: Text,
    },
    /// End the conversation, or leave it to the other agents who take part.
    End {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
        /// For all, also when other agents take part.
        for_all: bool,
    },
    /// Put down something for the wrap-up.
    Draft {
        /// Who.
        agent: AgentId,
        /// Which.
        interaction: Text,
        /// All that is put down.
        draft: Draft,
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
    /// The customer has said something that is recorded.
    Record {
        /// Which interaction.
        interaction: Text,
        /// The words.
        text: Text,
        /// How long it was.
        duration_ms: Millis,
    },
    /// Another system has answered what a script asked, or could not. Too late or twice, it changes nothing.
    ApiAnswers {
        /// Which interaction.
        interaction: InteractionId,
        /// Which asking.
        ask: u64,
        /// The values of the fields in their order, `None` for one that is not there; or what was wrong.
        values: Result<Vec<Option<Text>>, Text>,
    },
    /// The customer leaves.
    Leave {
        /// Which interaction.
        interaction: Text,
    },
    /// The number that is being rung answers.
    PartyAnswers {
        /// Which interaction.
        interaction: Text,
    },
    /// The number that is being rung does not answer.
    PartyDeclines {
        /// Which interaction.
        interaction: Text,
        /// How.
        end: DialEnd,
    },
    /// The outside number that the customer is connected to hangs up.
    PartyLeaves {
        /// Which interaction.
        interaction: Text,
    },
    /// An integration ends the paperwork of all agents, as far as it has come.
    FinishWrapUp {
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

/// What a supervisor does. `interaction` is any of its identifiers.
#[derive(Clone, Debug)]
pub enum SupervisorCommand {
    /// Change an agent's status: at once, or after the work at hand.
    SetStatus {
        /// Whose.
        agent: AgentId,
        /// The wish.
        status: Status,
        /// Code of the reason.
        reason: Option<Text>,
    },
    /// Offer what waits to this agent and to nobody else, whatever its skills and queues.
    Assign {
        /// Which.
        interaction: Text,
        /// To whom.
        agent: AgentId,
    },
    /// Take it back from an offer to its place in the queue, or out of the script into a queue.
    Requeue {
        /// Which.
        interaction: Text,
        /// Where, when it does not come from a queue.
        queue: Option<QueueId>,
    },
}
