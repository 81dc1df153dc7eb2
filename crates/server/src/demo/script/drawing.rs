//! Draws a script node by node.

use std::collections::BTreeMap;

use model::{
    QueueId, ScheduleId, Text,
    flow::{
        Callback, Condition, Flow, Menu, Node, NodeKind, Operand, Operator, QueueOption, Test,
        ToQueue, Voicemail,
    },
    time::Millis,
};

use super::{MINUTE, SECOND};

/// How often those who wait hear their position.
const ANNOUNCE_MS: Millis = 20 * SECOND;
/// How long a message may be.
const MESSAGE_MS: Millis = 2 * MINUTE;

/// A flow so far, and the node that was drawn last.
pub(super) struct Drawing {
    flow: Flow,
    last: Text,
}

impl Drawing {
    pub(super) fn starting_at(start: &str) -> Self {
        let flow = Flow { start: start.into(), nodes: BTreeMap::new(), tests: Vec::new() };
        Self { flow, last: start.into() }
    }

    pub(super) fn flow(self) -> Flow {
        self.flow
    }

    pub(super) fn node(
        mut self,
        id: &str,
        label: &str,
        kind: NodeKind,
        exits: &[(&str, &str)],
    ) -> Self {
        let exits = exits.iter().map(|(exit, to)| (Text::from(*exit), Text::from(*to))).collect();
        self.flow.nodes.insert(id.into(), Node { label: label.into(), kind, exits });
        self.last = id.into();
        self
    }

    pub(super) fn say(self, id: &str, label: &str, text: &str, next: &str) -> Self {
        self.node(id, label, NodeKind::Say { text: text.into() }, &[("next", next)])
    }

    pub(super) fn hours(
        self,
        id: &str,
        label: &str,
        schedule: ScheduleId,
        exits: &[(&str, &str)],
    ) -> Self {
        self.node(id, label, NodeKind::Schedule { schedule }, exits)
    }

    /// Asks once for a key; who presses none, or another, goes on at `otherwise`.
    pub(super) fn menu(
        self,
        id: &str,
        label: &str,
        (text, timeout_ms): (&str, Millis),
        keys: &[(&str, &str)],
        otherwise: &str,
    ) -> Self {
        let kind = NodeKind::Menu(Menu {
            text: text.into(),
            keys: keys.iter().map(|(key, _)| *key).collect::<String>().into(),
            timeout_ms,
            tries: 1,
            again: None,
        });
        let exits: Vec<_> = [("noInput", otherwise), ("noMatch", otherwise)]
            .into_iter()
            .chain(keys.iter().copied())
            .collect();
        self.node(id, label, kind, &exits)
    }

    pub(super) fn test(
        self,
        id: &str,
        label: &str,
        (variable, operator, right): (&str, Operator, &str),
        [yes, no]: [&str; 2],
    ) -> Self {
        let condition = Condition::Test(Test {
            variable: variable.into(),
            operator,
            right: vec![Operand::Text(right.into())],
            compare_as: None,
            ignore_case: false,
        });
        self.node(id, label, NodeKind::TestVariable(condition), &[("true", yes), ("false", no)])
    }

    /// Waits `minutes` at most, and hears the position meanwhile.
    pub(super) fn queue(self, id: &str, label: &str, to: QueueId, minutes: Millis) -> Self {
        let kind = NodeKind::ToQueue(ToQueue {
            queue: to,
            timeout_ms: Some(minutes * MINUTE),
            announce_ms: Some(ANNOUNCE_MS),
            preferred: None,
            leave_when_unstaffed: false,
            announce_wait: false,
            options: Vec::new(),
        });
        self.node(id, label, kind, &[])
    }

    /// Where those go on who waited too long, and those who found the queue full.
    pub(super) fn otherwise(self, late: &str, full: &str) -> Self {
        self.exit("timeout", late).exit("atCapacity", full)
    }

    /// The queue that was drawn last says the expected wait too.
    pub(super) fn announcing_wait(self) -> Self {
        self.waiting(|to| to.announce_wait = true)
    }

    /// Nobody waits in the queue that was drawn last while none is there to serve it.
    pub(super) fn leaving_when_unstaffed(self, next: &str) -> Self {
        self.waiting(|to| to.leave_when_unstaffed = true).exit("noAgents", next)
    }

    /// Those who wait in the queue that was drawn last may press the key instead.
    pub(super) fn option(
        self,
        exit: &str,
        (key, after_ms): (&str, Millis),
        text: &str,
        next: &str,
    ) -> Self {
        let (key, text, named) = (key.into(), text.into(), exit.into());
        let option = QueueOption { key, text, after_ms, exit: named };
        self.waiting(|to| to.options.push(option)).exit(exit, next)
    }

    fn waiting(mut self, change: impl FnOnce(&mut ToQueue)) -> Self {
        let last = self.flow.nodes.get_mut(&self.last).map(|node| &mut node.kind);
        if let Some(NodeKind::ToQueue(to)) = last {
            change(to);
        }
        self
    }

    fn exit(mut self, exit: &str, next: &str) -> Self {
        if let Some(node) = self.flow.nodes.get_mut(&self.last) {
            node.exits.insert(exit.into(), next.into());
        }
        self
    }

    /// Keeps the customer's place; who cannot be called back goes on at `otherwise`.
    pub(super) fn callback(self, id: &str, label: &str, to: QueueId, otherwise: &str) -> Self {
        let kind = NodeKind::Callback(Callback { queue: to, number: None });
        let said = "We will call you back when it is your turn.";
        let after = format!("{id}Said");
        self.node(id, label, kind, &[("done", &after), ("error", otherwise)]).say(
            &after,
            "Place is kept",
            said,
            "bye",
        )
    }

    /// Takes a message; who says nothing is done, and so is who did.
    pub(super) fn message(self, id: &str, label: &str, text: &str, queue: QueueId) -> Self {
        let kind = NodeKind::Voicemail(Voicemail { text: text.into(), max_ms: MESSAGE_MS, queue });
        self.node(id, label, kind, &[("done", "bye"), ("noInput", "bye")])
    }

    /// What every telephone script needs at its end.
    pub(super) fn with_ends(self) -> Self {
        let busy = "We are sorry: nobody can take your call now. Please call again later.";
        self.say("busy", "All lines busy", busy, "bye").bye()
    }

    pub(super) fn bye(self) -> Self {
        self.node("bye", "Hang up", NodeKind::Disconnect, &[])
    }
}
