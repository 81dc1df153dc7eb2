//! Links that hand secrets over: each opens once, whoever comes first.

use alloc::{boxed::Box, collections::BTreeMap, vec, vec::Vec};

use model::{
    Event, Rejection, SecretLinkId, Timestamp, UserId,
    access::SecretHash,
    command::SecretLinkCommand,
    limits::{SECRET_LINK_TRIES_MAX, SECRET_LINKS_MAX},
    secret_link::SecretLink,
};
use serde::{Deserialize, Serialize};

use crate::State;

/// A tenant's links, the newest of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretLinks {
    links: BTreeMap<SecretLinkId, Link>,
    by_token: BTreeMap<SecretHash, SecretLinkId>,
    last: SecretLinkId,
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// As it was made. What it holds is kept only while somebody could open it.
    pub made: SecretLink,
    /// When it was made.
    pub made_at: Timestamp,
    /// Passphrases that were tried.
    pub tries: u32,
    /// When it was opened.
    pub opened: Option<Timestamp>,
    /// Who revoked it.
    pub revoked: Option<UserId>,
}

/// How a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Somebody can open it.
    Waiting,
    /// Somebody has.
    Opened,
    /// Its time is over.
    Expired,
    /// Somebody took it back.
    Revoked,
    /// Too many passphrases were tried.
    Destroyed,
}

impl Link {
    /// How it stands.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        if self.opened.is_some() {
            Standing::Opened
        } else if self.revoked.is_some() {
            Standing::Revoked
        } else if self.tries >= SECRET_LINK_TRIES_MAX {
            Standing::Destroyed
        } else if self.made.expires <= now {
            Standing::Expired
        } else {
            Standing::Waiting
        }
    }

    /// Whoever tried the last passphrase in time may still have been right.
    fn can_be_given_out(&self, now: Timestamp) -> bool {
        self.opened.is_none() && self.revoked.is_none() && self.made.expires > now
    }
}

impl SecretLinks {
    /// One link.
    #[must_use]
    pub fn get(&self, id: SecretLinkId) -> Option<&Link> {
        self.links.get(&id)
    }

    /// The link with this token that somebody can open now.
    #[must_use]
    pub fn waiting(&self, token: &SecretHash, now: Timestamp) -> Option<&Link> {
        self.by_token(token).filter(|link| link.standing(now) == Standing::Waiting)
    }

    /// The links after one, in the order in which they were made.
    pub fn after(&self, id: SecretLinkId) -> impl Iterator<Item = &Link> {
        use core::ops::Bound::{Excluded, Unbounded};
        self.links.range((Excluded(id), Unbounded)).map(|(_, link)| link)
    }

    fn by_token(&self, token: &SecretHash) -> Option<&Link> {
        self.links.get(self.by_token.get(token)?)
    }

    fn is_full(&self, now: Timestamp) -> bool {
        let waiting = |link: &&Link| link.standing(now) == Standing::Waiting;
        self.links.len() >= SECRET_LINKS_MAX
            && self.links.values().filter(waiting).count() >= SECRET_LINKS_MAX
    }

    fn change(&mut self, id: SecretLinkId, change: impl FnOnce(&mut Link)) {
        let link = self.links.get_mut(&id).expect("events name links that are kept");
        change(link);
        // What nobody can open any more is not kept.
        if link.standing(Timestamp(0)) != Standing::Waiting {
            link.made.sealed = "".into();
        }
    }

    fn make(&mut self, link: &SecretLink, at: Timestamp) {
        let expired = |link: &&mut Link| link.standing(at) == Standing::Expired;
        self.links.values_mut().filter(expired).for_each(|link| link.made.sealed = "".into());
        let mut over = self.links.iter().filter(|(_, link)| link.standing(at) != Standing::Waiting);
        let oldest = over.next().map(|(id, _)| *id);
        if self.links.len() >= SECRET_LINKS_MAX
            && let Some(gone) = oldest.and_then(|id| self.links.remove(&id))
        {
            self.by_token.remove(&gone.made.token);
        }
        self.last = link.id;
        self.by_token.insert(link.token.clone(), link.id);
        let (made, made_at) = (link.clone(), at);
        let link = Link { made, made_at, tries: 0, opened: None, revoked: None };
        self.links.insert(link.made.id, link);
    }
}

pub(crate) fn decide(
    state: &State,
    command: &SecretLinkCommand,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let links = &state.secret_links;
    match command {
        SecretLinkCommand::Make(link) => {
            if links.is_full(now) {
                return Err(Rejection::TooManySecretLinks);
            }
            let id = SecretLinkId(links.last.0.saturating_add(1));
            Ok(vec![Event::SecretLinkMade(Box::new(SecretLink { id, ..link.clone() }))])
        }
        SecretLinkCommand::Try(token) => {
            let link = links.waiting(token, now).ok_or(Rejection::SecretLinkGone)?;
            Ok(vec![Event::SecretLinkTried(link.made.id)])
        }
        SecretLinkCommand::Open(token) => {
            let link = links.by_token(token).filter(|link| link.can_be_given_out(now));
            Ok(vec![Event::SecretLinkOpened(link.ok_or(Rejection::SecretLinkGone)?.made.id)])
        }
        SecretLinkCommand::Revoke { by, id } => {
            let link = links.get(*id).filter(|link| link.standing(now) == Standing::Waiting);
            let id = link.ok_or(Rejection::SecretLinkGone)?.made.id;
            Ok(vec![Event::SecretLinkRevoked { id, by: *by }])
        }
    }
}

pub(crate) fn apply(links: &mut SecretLinks, event: &Event, at: Timestamp) {
    if let Event::SecretLinkMade(link) = event {
        links.make(link, at);
    } else if let Event::SecretLinkTried(id) = event {
        links.change(*id, |link| link.tries += 1);
    } else if let Event::SecretLinkOpened(id) = event {
        links.change(*id, |link| link.opened = Some(at));
    } else if let Event::SecretLinkRevoked { id, by } = event {
        links.change(*id, |link| link.revoked = Some(*by));
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    const EXPIRES: Timestamp = Timestamp(100_000);

    fn token(n: usize) -> SecretHash {
        SecretHash(format!("{n}").as_str().into())
    }

    fn link(n: usize) -> SecretLinkCommand {
        SecretLinkCommand::Make(SecretLink {
            id: SecretLinkId(0),
            title: "Keys".into(),
            by: UserId(1),
            expires: EXPIRES,
            token: token(n),
            passphrase: true,
            sealed: "c2VhbGVk".into(),
        })
    }

    fn act(state: &mut State, command: &SecretLinkCommand, now: u64) -> Result<(), Rejection> {
        let events = decide(state, command, Timestamp(now))?;
        events.iter().for_each(|event| state.apply(event, Timestamp(now)));
        Ok(())
    }

    fn standing(state: &State, id: u32, now: u64) -> Option<Standing> {
        Some(state.secret_links.get(SecretLinkId(id))?.standing(Timestamp(now)))
    }

    #[test]
    fn it_opens_once() {
        let mut state = State::default();
        act(&mut state, &link(7), 1).unwrap();
        assert!(state.secret_links.waiting(&token(7), Timestamp(2)).is_some());
        let open = SecretLinkCommand::Open(token(7));
        act(&mut state, &open, 2).unwrap();
        assert_eq!(act(&mut state, &open, 3), Err(Rejection::SecretLinkGone));
        assert_eq!(standing(&state, 1, EXPIRES.0 + 1), Some(Standing::Opened));
        let kept = state.secret_links.get(SecretLinkId(1)).unwrap();
        assert!(kept.made.sealed.is_empty(), "what was given out is not kept");
        let revoke = SecretLinkCommand::Revoke { by: UserId(1), id: SecretLinkId(1) };
        assert_eq!(act(&mut state, &revoke, 4), Err(Rejection::SecretLinkGone));
    }

    #[test]
    fn five_passphrases_can_be_tried_and_the_fifth_may_be_right() {
        let mut state = State::default();
        for n in [1, 2] {
            act(&mut state, &link(n), 1).unwrap();
            for _ in 0..SECRET_LINK_TRIES_MAX {
                act(&mut state, &SecretLinkCommand::Try(token(n)), 2).unwrap();
            }
            let again = act(&mut state, &SecretLinkCommand::Try(token(n)), 2);
            assert_eq!(again, Err(Rejection::SecretLinkGone));
        }
        assert_eq!(standing(&state, 1, 3), Some(Standing::Destroyed));
        assert!(state.secret_links.get(SecretLinkId(1)).unwrap().made.sealed.is_empty());
        act(&mut state, &SecretLinkCommand::Open(token(2)), 3).unwrap();
        assert_eq!(standing(&state, 2, 3), Some(Standing::Opened));
    }

    #[test]
    fn its_time_ends_and_it_can_be_taken_back() {
        let mut state = State::default();
        act(&mut state, &link(1), 1).unwrap();
        act(&mut state, &link(2), 1).unwrap();
        let revoke = SecretLinkCommand::Revoke { by: UserId(9), id: SecretLinkId(2) };
        act(&mut state, &revoke, 2).unwrap();
        assert_eq!(standing(&state, 2, 3), Some(Standing::Revoked));
        assert_eq!(standing(&state, 1, EXPIRES.0 - 1), Some(Standing::Waiting));
        assert_eq!(standing(&state, 1, EXPIRES.0), Some(Standing::Expired));
        for n in [1, 2] {
            let open = act(&mut state, &SecretLinkCommand::Open(token(n)), EXPIRES.0);
            assert_eq!(open, Err(Rejection::SecretLinkGone));
        }
    }

    #[test]
    fn the_oldest_that_wait_no_more_give_way() {
        let mut state = State::default();
        for n in 1..=SECRET_LINKS_MAX {
            act(&mut state, &link(n), 1).unwrap();
        }
        assert_eq!(act(&mut state, &link(0), 1), Err(Rejection::TooManySecretLinks));
        act(&mut state, &SecretLinkCommand::Open(token(7)), 2).unwrap();
        act(&mut state, &link(0), 3).unwrap();
        assert_eq!(
            (standing(&state, 7, 3), standing(&state, 6, 3)),
            (None, Some(Standing::Waiting))
        );
        assert_eq!(state.secret_links.after(SecretLinkId(0)).count(), SECRET_LINKS_MAX);
        assert_eq!(state.secret_links.by_token.len(), SECRET_LINKS_MAX);
    }
}
