//! Interaction GUIDs: `int-{creation milliseconds in hex}-{25 base62}-{media}-01-{tenant}`
//! (conventions, "Identifier grammar").

use model::{TenantId, Text, Timestamp, interaction::Media};

use crate::secret::random;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A new GUID for an interaction that begins now.
///
/// # Panics
/// When the operating system has no randomness to give.
#[must_use]
pub fn interaction_guid(tenant: &TenantId, media: Media, now: Timestamp) -> Text {
    format!("int-{:x}-{}-{}-01-{tenant}", now.0, base62::<25>(), media.as_str()).into()
}

/// Random letters and digits, each equally likely.
pub(crate) fn base62<const N: usize>() -> String {
    let mut text = String::with_capacity(N);
    while text.len() < N {
        // 248 is the largest multiple of 62 in a byte: what lies above would favour some letters.
        let fair = random::<32>().into_iter().filter(|byte| *byte < 248);
        let letters = fair.map(|byte| char::from(ALPHABET[usize::from(byte % 62)]));
        text.extend(letters.take(N - text.len()));
    }
    text
}

/// A random UUID (version 4).
pub(crate) fn uuid() -> String {
    let mut bytes = random::<16>();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let text = hex::encode(bytes);
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_follows_the_grammar() {
        let tenant = TenantId::parse("acmecorp01").unwrap();
        let guid = interaction_guid(&tenant, Media::Phone, Timestamp(1_669_235_827_932));
        let parts: Vec<_> = guid.split('-').collect();
        assert_eq!((parts[0], parts[1]), ("int", "184a63564dc"));
        assert_eq!(parts[2].len(), 25);
        assert!(parts[2].bytes().all(|b| b.is_ascii_alphanumeric()));
        assert_eq!(parts[3..], ["phone", "01", "acmecorp01"]);
        assert_ne!(guid, interaction_guid(&tenant, Media::Phone, Timestamp(1_669_235_827_932)));
    }
}
