//! Message ids: base64 of a protobuf message with ledger and entry (Event Streaming, "Server to client message").
//!
//! There is one ledger, 1; the entry is the message's number in its topic.

use base64::{Engine as _, engine::general_purpose::STANDARD};

const LEDGER: u64 = 1;
/// Bytes of an id: nothing that any server makes is longer.
const BYTES_MAX: usize = 128;

/// Field numbers and wire types of the protobuf message.
const LEDGER_FIELD: u64 = 1;
const ENTRY_FIELD: u64 = 2;
const VARINT: u64 = 0;
const FIXED_64: u64 = 1;
const COUNTED: u64 = 2;
const FIXED_32: u64 = 5;

/// The id of an entry.
pub(in crate::eventstreaming) fn encode(entry: u64) -> String {
    let mut bytes = Vec::with_capacity(12);
    for (field, value) in [(LEDGER_FIELD, LEDGER), (ENTRY_FIELD, entry)] {
        put_varint(&mut bytes, field << 3 | VARINT);
        put_varint(&mut bytes, value);
    }
    STANDARD.encode(bytes)
}

/// The entry of an id; `None` when it is not one, or not of our ledger. Fields we do not write are skipped:
/// clients hand back what other servers gave them.
pub(in crate::eventstreaming) fn decode(text: &str) -> Option<u64> {
    if text.len() > BYTES_MAX {
        return None;
    }
    let bytes = STANDARD.decode(text).ok()?;
    let mut rest = bytes.as_slice();
    let (mut ledger, mut entry) = (None, None);
    while !rest.is_empty() {
        let tag = take_varint(&mut rest)?;
        match (tag >> 3, tag & 7) {
            (LEDGER_FIELD, VARINT) => ledger = Some(take_varint(&mut rest)?),
            (ENTRY_FIELD, VARINT) => entry = Some(take_varint(&mut rest)?),
            (0 | LEDGER_FIELD | ENTRY_FIELD, _) => return None,
            (_, VARINT) => _ = take_varint(&mut rest)?,
            (_, FIXED_64) => rest = rest.get(8..)?,
            (_, FIXED_32) => rest = rest.get(4..)?,
            (_, COUNTED) => {
                let count = usize::try_from(take_varint(&mut rest)?).ok()?;
                rest = rest.get(count..)?;
            }
            _ => return None,
        }
    }
    (ledger? == LEDGER).then_some(entry?)
}

fn put_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_form() {
        assert_eq!(encode(1), "CAEQAQ==");
        assert_eq!(decode("CAEQAQ=="), Some(1));
        assert_eq!(decode("CAEQAzAA"), Some(3), "with a batch size of 0");
        for entry in [0, 127, 128, 300, u64::MAX] {
            assert_eq!(decode(&encode(entry)), Some(entry));
        }
    }

    #[test]
    fn what_is_no_id_of_ours() {
        for bad in [
            "", "x", "CAEQAw+=", "CAEQAQ", "CAEQ", "CAAQAw==", "CAMQADAA", "CAE=", "EAE=", "//8=",
            "AAAA", "latest",
        ] {
            assert_eq!(decode(bad), None, "{bad}");
        }
        assert_eq!(decode(&"CAEQAQ==".repeat(100)), None);
    }
}
