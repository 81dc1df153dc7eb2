//! Topics: which messages a subscriber wants.

use model::{AgentId, Text};

use crate::{Kind, Message, Root};

/// Which messages a subscriber wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// All of them.
    All,
    /// Those below one root.
    Root(Root),
    /// Those of one kind.
    Kind(Kind),
    /// Those about one agent.
    Agent(AgentId),
    /// What subscriptions gave up under this name, which may be nothing. Numbered on its own.
    DeadLetters(Text),
}

impl Topic {
    /// Whether a message belongs to it. Never for dead letters, which are not found by what they are.
    #[must_use]
    pub fn holds(&self, message: &Message) -> bool {
        match self {
            Self::All => true,
            Self::Root(root) => message.kind.root() == *root,
            Self::Kind(kind) => message.kind == *kind,
            Self::Agent(agent) => message.agents.contains(agent),
            Self::DeadLetters(_) => false,
        }
    }
}

impl Message {
    /// What it keeps its order among: those with its interaction, or else with its agent. Two that are
    /// different can have the same, which costs time and nothing else.
    #[must_use]
    pub fn key(&self) -> u64 {
        let agent = || self.agents.first().map(AgentId::as_str);
        fnv(self.interaction.as_deref().or_else(agent).unwrap_or_default())
    }
}

/// FNV-1a: the same on every machine and in every version, because it is stored.
fn fnv(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_what_they_are() {
        assert_eq!((fnv(""), fnv("a")), (0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c));
    }
}
