//! A log to measure with: what the rules make of customers and agents, without disk and clock.

use std::collections::VecDeque;

use kernel::{State, execute};
use model::{AgentId, Command, Event, OfferId, Recorded, Text, Timestamp};

use crate::center;

/// A tenant's state and what happened so far and was not taken yet.
pub(crate) struct Day {
    state: State,
    pub(crate) now: Timestamp,
    customers: u64,
    offers: VecDeque<(AgentId, Text, OfferId)>,
    pub(crate) records: Vec<Recorded>,
}

impl Day {
    /// Everything set up; the agents are ready if they are wanted.
    pub(crate) fn begin(agents: u32) -> Self {
        let mut day = Self {
            state: State::default(),
            now: Timestamp(1_790_000_000_000),
            customers: 0,
            offers: VecDeque::new(),
            records: Vec::new(),
        };
        day.run(Command::Configure(center::settings()));
        for number in 1..=agents {
            day.run(center::ready(center::agent(number)));
        }
        day
    }

    /// Interactions that have come and not gone.
    pub(crate) fn open_count(&self) -> usize {
        self.state.open_count()
    }

    /// Somebody calls and comes into a queue.
    pub(crate) fn arrive(&mut self) {
        self.customers += 1;
        for command in center::arrival(self.customers) {
            self.run(Command::Interaction(command));
        }
    }

    /// The agent who was asked first serves the customer to the end.
    pub(crate) fn serve(&mut self) {
        let Some((agent, interaction, offer)) = self.offers.pop_front() else { return };
        for command in center::service(agent, &interaction, offer) {
            self.run(Command::Agent(command));
        }
    }

    fn run(&mut self, command: Command) {
        self.now = self.now.plus(1);
        let events = execute(&mut self.state, &command.into(), self.now)
            .expect("the bench asks for what is possible");
        for event in events {
            if let Event::InteractionOffered(offered) = &event {
                let open = self.state.interaction(offered.interaction);
                let guid = open.expect("what is offered is open").guid.clone();
                self.offers.push_back((offered.agent, guid, offered.offer));
            }
            self.records.push(Recorded { at: self.now, event });
        }
    }
}
