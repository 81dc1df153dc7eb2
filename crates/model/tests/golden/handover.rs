//! Credentials that are made anew, and links that hand them over once.

use model::{
    Event, SecretLinkId, Timestamp, UserId,
    access::{Made, SecretHash, Tokens, TokensMade},
    config::Setting,
    secret_link::SecretLink,
};

pub(super) fn samples(until: Timestamp) -> Vec<Event> {
    let (id, by) = (SecretLinkId(3), UserId(1));
    let made = Some(Made { at: until, by });
    vec![
        Event::Configured(Box::new(Setting::Tokens(Tokens {
            data_request: SecretHash("ab12".into()),
            action_request: SecretHash("ab12".into()),
            crm_username: "crm".into(),
            crm_password: SecretHash("ab12".into()),
            made: TokensMade { data_request: made, action_request: made, crm_password: made },
        }))),
        Event::SecretLinkMade(Box::new(SecretLink {
            id,
            title: "Keys of Acme".into(),
            by,
            expires: until,
            token: SecretHash("ab12".into()),
            passphrase: true,
            sealed: "c2VhbGVk".into(),
        })),
        Event::SecretLinkTried(id),
        Event::SecretLinkOpened(id),
        Event::SecretLinkRevoked { id, by },
    ]
}
