//! Flows: the interpreter, the linter and the test runner that scripts, bots and journeys share.
//!
//! The walker is a set of pure functions. A driver (the center for IVR scripts, [`test`] for trial
//! runs) keeps three things per run: the node, how often it asked, and the digits since it last
//! asked. It calls [`enter`] at a node and performs the [`Move`]s in order:
//!
//! - `Assign` sets a variable and `Say` speaks;
//! - `Await` stops. Each `Await` is a new asking: the first, from [`enter`], makes `tries` 1; each
//!   from [`pressed`] or [`expired`] adds one; all of them empty the digits;
//! - `Ask` stops likewise, until another system has answered;
//! - `Pass` leaves the node by an exit: [`follow`] says where to, `None` being the flow's end;
//! - `Act` hands the node to the driver, which performs it and leaves it by an exit of its own
//!   choice.
//!
//! What the customer says at a node that records goes to [`recorded`].
//! Keys that arrive while a node waits are appended to the digits before [`pressed`] is called.
//! No moves at all mean that nothing changes: the earlier `Await` stands, with its deadline.

pub mod condition;
pub mod decimal;
pub mod hours;
mod kinds;
mod lint;
pub mod named;
pub mod palette;
mod refers;
mod template;
pub mod test;
mod walk;

pub use kinds::{exits, kind_name};
pub use lint::{References, lint};
pub use refers::refers_to;
pub use walk::{
    Lookup, Move, Progress, Question, Scope, enter, expired, follow, pressed, queue_options,
    recorded, recording_ms, wants_private_digits,
};
