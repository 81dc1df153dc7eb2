//! Failed logins are counted, per e-mail and per address; too many close the door for a while.

use std::{
    net::{IpAddr, Ipv6Addr},
    sync::Mutex,
    time::Instant,
};

use sha2::{Digest, Sha256};

use crate::{
    app::lock,
    error::Problem,
    limits::{
        LOGIN_FAILURES_MAX, LOGIN_WINDOW,
        window::{Room, Windows},
    },
};

/// What failures are counted by.
type Key = [u8; 32];

/// Counts failed logins.
pub(crate) struct Throttle(Mutex<Windows<Key>>);

/// A login that is being tried. It counts as failed until it is known not to have, so that many at the same
/// time do not slip through.
pub(crate) struct Attempt([Key; 2]);

impl Default for Throttle {
    fn default() -> Self {
        Self(Mutex::new(Windows::new(LOGIN_WINDOW)))
    }
}

impl Throttle {
    /// Counts an attempt, unless the e-mail or the address has had too many.
    pub(crate) fn begin(&self, email: &str, peer: Option<IpAddr>) -> Result<Attempt, Problem> {
        let keys = [key(b'e', email.as_bytes()), key(b'a', &network(peer).octets())];
        let mut windows = lock(&self.0);
        let now = Instant::now();
        let rooms = keys.map(|key| windows.admit(&key, LOGIN_FAILURES_MAX, now));
        if rooms.iter().all(|room| room.admitted) {
            return Ok(Attempt(keys));
        }
        for (key, room) in keys.iter().zip(&rooms) {
            if room.admitted {
                windows.take_back(key);
            }
        }
        let waits = rooms.iter().filter(|room| !room.admitted).map(|room: &Room| room.reset);
        let wait = waits.max().unwrap_or(LOGIN_WINDOW);
        Err(Problem::RateLimited { retry_ms: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX) })
    }

    /// The attempt was no failure.
    pub(crate) fn forgive(&self, attempt: Attempt) {
        let mut windows = lock(&self.0);
        attempt.0.iter().for_each(|key| windows.take_back(key));
    }
}

fn key(kind: u8, bytes: &[u8]) -> Key {
    Sha256::new().chain_update([kind]).chain_update(bytes).finalize().into()
}

/// An address, as one customer of a provider has it: of IPv6 the first 64 bits.
fn network(peer: Option<IpAddr>) -> Ipv6Addr {
    match peer.map(|peer| peer.to_canonical()) {
        Some(IpAddr::V4(address)) => address.to_ipv6_mapped(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)
        }
        None => Ipv6Addr::UNSPECIFIED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn ten_failures_per_email_wherever_they_come_from() {
        let throttle = Throttle::default();
        for n in 0..LOGIN_FAILURES_MAX {
            assert!(throttle.begin("ana@example.com", from(&format!("10.0.0.{n}"))).is_ok());
        }
        let refused = throttle.begin("ana@example.com", from("10.0.1.1"));
        assert!(matches!(refused, Err(Problem::RateLimited { retry_ms: 299_000..=300_000 })));
        assert!(throttle.begin("ben@example.com", from("10.0.1.1")).is_ok());
    }

    #[test]
    fn ten_failures_per_network_whoever_is_meant() {
        let throttle = Throttle::default();
        for n in 0..LOGIN_FAILURES_MAX {
            let address = from(&format!("2001:db8::{n}"));
            assert!(throttle.begin(&format!("{n}@example.com"), address).is_ok());
        }
        assert!(throttle.begin("new@example.com", from("2001:db8::ffff")).is_err());
        assert!(throttle.begin("new@example.com", from("2001:db8:1::1")).is_ok());
    }

    #[test]
    fn success_does_not_count_and_refusal_does_not_count() {
        let throttle = Throttle::default();
        for _ in 0..3 * LOGIN_FAILURES_MAX {
            let attempt = throttle.begin("ana@example.com", from("10.0.0.1")).unwrap();
            throttle.forgive(attempt);
        }
        for _ in 0..LOGIN_FAILURES_MAX {
            assert!(throttle.begin("ana@example.com", None).is_ok());
        }
        for n in 0..20 {
            assert!(throttle.begin("ana@example.com", from("10.0.0.2")).is_err(), "{n}");
        }
        assert!(throttle.begin("ben@example.com", from("10.0.0.2")).is_ok());
    }
}
