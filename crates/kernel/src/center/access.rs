//! Logins. Whether a password is right is found out by the shell; here a session only begins and ends.

use alloc::{vec, vec::Vec};

use model::{Event, Rejection, Timestamp, command::AccessCommand};

use crate::State;

pub(crate) fn decide(
    state: &State,
    command: &AccessCommand,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    match command {
        AccessCommand::CloseSession(hash) => {
            let open = state.access.session(hash, now).ok_or(Rejection::SessionUnknown)?;
            Ok(vec![Event::SessionClosed(open.hash.clone())])
        }
        AccessCommand::OpenSession(session) => {
            if !state.access.users.contains_key(&session.user) {
                return Err(Rejection::SessionUnknown);
            }
            Ok(vec![Event::SessionOpened(session.clone())])
        }
    }
}
