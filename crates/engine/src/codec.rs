//! Events and states as the bytes that rest on disk. Secrets never rest in clear text.

use std::fmt;

use eventlog::{Position, Record, Snapshot};
use kernel::State;
use model::{Event, Recorded, Text, Timestamp, bytes};

use crate::key::{Seal, Unsealable};

/// What a snapshot's sealed bytes are for.
const SNAPSHOT: &str = "snapshot";
/// The form of a snapshot's bytes, their first byte. The state's own form has [`kernel::VERSION`].
const SNAPSHOT_FORM: u8 = 1;
/// Fast rather than small: a snapshot is written often and read once.
const COMPRESSION: i32 = 1;

/// Writes and reads one tenant's records and snapshots.
pub(crate) struct Codec {
    seal: Seal,
}

/// A record that this version, with this key, cannot read. Never guessed at, never skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    position: Position,
    why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {}: {}", self.position, self.why)
    }
}

impl Codec {
    pub(crate) fn new(seal: Seal) -> Self {
        Self { seal }
    }

    /// The bytes of an event, its secrets sealed. The event comes back as it was.
    pub(crate) fn encode(&self, at: Timestamp, event: Event) -> (Vec<u8>, Event) {
        if !event.has_secrets() {
            let recorded = Recorded { at, event };
            return (bytes::encode(&recorded), recorded.event);
        }
        let mut recorded = Recorded { at, event: event.clone() };
        recorded.event.visit_secrets(&mut |text| *text = self.seal.text(text).into());
        (bytes::encode(&recorded), event)
    }

    /// The event in these bytes, its secrets opened.
    pub(crate) fn decode(&self, record: &Record) -> Result<Recorded, Unreadable> {
        let unreadable = |why| Unreadable { position: record.position, why };
        let mut recorded =
            bytes::decode(&record.bytes).map_err(|error| unreadable(error.to_string()))?;
        if recorded.event.has_secrets() {
            let mut opened = Ok(());
            recorded.event.visit_secrets(&mut |text| match self.seal.open_text(text) {
                Ok(open) => *text = Text::from(open),
                Err(error) => opened = Err(error),
            });
            opened.map_err(|Unsealable| {
                unreadable("its sealed text does not open with this master key".to_owned())
            })?;
        }
        Ok(recorded)
    }

    /// A state as a snapshot: MessagePack with named fields (fields may be left out when they are
    /// absent), compressed, then sealed whole.
    pub(crate) fn pack(&self, draft: &Draft) -> std::io::Result<Snapshot> {
        let mut clear = draft.at.0.to_le_bytes().to_vec();
        zstd::stream::copy_encode(draft.state.as_slice(), &mut clear, COMPRESSION)?;
        let mut bytes = vec![SNAPSHOT_FORM];
        bytes.extend(self.seal.bytes(SNAPSHOT, &clear));
        Ok(Snapshot { position: draft.position, version: kernel::VERSION, bytes })
    }

    /// The state in a snapshot and the time of its last record; `None` on any doubt.
    pub(crate) fn unpack(&self, snapshot: &Snapshot) -> Option<(State, Timestamp)> {
        if snapshot.version != kernel::VERSION {
            return None;
        }
        let (form, sealed) = snapshot.bytes.split_first()?;
        if *form != SNAPSHOT_FORM {
            return None;
        }
        let clear = self.seal.open_bytes(SNAPSHOT, sealed).ok()?;
        let (at, packed) = clear.split_first_chunk()?;
        let state = zstd::stream::decode_all(packed).ok()?;
        let state = rmp_serde::from_slice(&state).ok()?;
        Some((state, Timestamp(u64::from_le_bytes(*at))))
    }
}

/// A state written down but not yet compressed and sealed, which can be done on another thread.
pub(crate) struct Draft {
    /// The last record that the state includes.
    pub(crate) position: Position,
    /// The time of that record.
    at: Timestamp,
    state: Vec<u8>,
}

impl Draft {
    /// Writes the state down.
    pub(crate) fn new(state: &State, position: Position, at: Timestamp) -> Self {
        let state = rmp_serde::to_vec_named(state).expect("a state is plain data");
        Self { position, at, state }
    }
}

#[cfg(test)]
mod tests {
    use model::{
        InteractionId, TenantId,
        interaction::Message,
        variable::{Variable, VariableName},
    };

    use super::*;
    use crate::Key;

    fn codec() -> Codec {
        Codec::new(Key::random().unwrap().seal_of(&TenantId::parse("acme").unwrap()))
    }

    fn digits(private: bool) -> Event {
        Event::DigitsPressed { interaction: InteractionId(1), digits: "4711".into(), private }
    }

    fn stored(codec: &Codec, event: Event) -> Record {
        Record { position: 7, bytes: codec.encode(Timestamp(5), event).0 }
    }

    #[test]
    fn secrets_are_sealed_and_come_back() {
        let codec = codec();
        let variable = |name, value: &str, privacy| Variable {
            name: VariableName::parse(name).unwrap(),
            value: value.into(),
            ivr: None,
            display: None,
            display_name: None,
            data_type: None,
            privacy,
        };
        let variables = vec![variable("_pin", "0815", Some(true)), variable("_tier", "VIP", None)];
        let set = Event::VariablesSet { interaction: InteractionId(1), variables };
        let message = Message { text: "0815".into(), duration_ms: 9, at: Timestamp(4) };
        let message = Box::new(message);
        let said = Event::MessageRecorded { interaction: InteractionId(1), message };
        assert!(!format!("{said:?}").contains("0815"));
        for event in [digits(true), digits(false), set, said] {
            let record = stored(&codec, event.clone());
            let text = String::from_utf8(record.bytes.clone()).unwrap();
            assert_eq!(text.contains("4711"), event == digits(false), "{text}");
            assert!(!text.contains("0815"), "{text}");
            assert_eq!(codec.decode(&record), Ok(Recorded { at: Timestamp(5), event }));
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let (one, other) = (codec(), codec());
        let sealed = stored(&one, digits(true));
        let error = other.decode(&sealed).unwrap_err().to_string();
        assert_eq!(error, "record 7: its sealed text does not open with this master key");
        let clear = bytes::encode(&Recorded { at: Timestamp(5), event: digits(true) });
        assert!(one.decode(&Record { position: 8, bytes: clear }).is_err(), "secrets are sealed");
        let torn = Record { position: 9, bytes: sealed.bytes[..20].to_vec() };
        assert!(one.decode(&torn).unwrap_err().to_string().starts_with("record 9: unreadable"));
    }

    #[test]
    fn a_snapshot_is_thrown_away_on_any_doubt() {
        let codec = codec();
        let snapshot = codec.pack(&Draft::new(&State::default(), 3, Timestamp(9))).unwrap();
        assert_eq!(codec.unpack(&snapshot).unwrap().1, Timestamp(9));
        let other_rules = Snapshot { version: kernel::VERSION + 1, ..snapshot.clone() };
        assert!(codec.unpack(&other_rules).is_none());
        let mut damaged = snapshot.clone();
        *damaged.bytes.last_mut().unwrap() ^= 1;
        assert!(codec.unpack(&damaged).is_none());
        let mut other_form = snapshot;
        other_form.bytes[0] = 2;
        assert!(codec.unpack(&other_form).is_none());
    }
}
