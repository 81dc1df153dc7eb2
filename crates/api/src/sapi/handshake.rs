//! What a client asks for when it connects (Streaming API, "Endpoint and parameters").

use model::TenantId;

use super::wire::{self, Output};
use crate::{
    error::{Invalid, Problem},
    path::Parameters,
};

/// Characters of a subscription's id.
const SUBSCRIPTION_CHARS_MAX: usize = 64;

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ask {
    pub(super) tenant: TenantId,
    pub(super) subscription: String,
    pub(super) output: Output,
    pub(super) atmosphere: Atmosphere,
}

/// What a client that speaks through Atmosphere's library expects around the messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Atmosphere {
    /// Blanks before everything else.
    pub(super) padding: bool,
    /// A message of the protocol before the first event.
    pub(super) handshake: bool,
    /// The length before each message.
    pub(super) sized: bool,
}

/// Reads what is asked by somebody who has shown to be `tenant`.
pub(super) fn read(
    topic: &str,
    parameters: &Parameters,
    tenant: &TenantId,
) -> Result<Ask, Problem> {
    let other = Problem::Forbidden("The credentials are those of another tenant.");
    if parameters.text(wire::TENANT).is_some_and(|named| named != tenant.as_str()) {
        return Err(other);
    }
    let shape = "Must be TenantUpdates-, the tenant, a hyphen and the subscription's id.";
    let tail = topic.strip_prefix("TenantUpdates-");
    let Some((named, in_path)) = tail.and_then(|tail| tail.split_once('-')) else {
        return Err(Invalid::field("topic", shape).into());
    };
    if named != tenant.as_str() {
        return Err(other);
    }
    let named = wire::SUBSCRIPTION.iter().find_map(|name| Some((*name, parameters.text(name)?)));
    if let Some((name, subscription)) = named
        && subscription != in_path
    {
        return Err(Invalid::field(name, "Must be the subscription's id in the path.").into());
    }
    let is_fine = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'_' | b'-');
    if !(1..=SUBSCRIPTION_CHARS_MAX).contains(&in_path.len()) || !in_path.bytes().all(is_fine) {
        let rule = "A subscription's id has 1 to 64 letters, digits, dots, underscores or hyphens.";
        return Err(Invalid::field("subsId", rule).into());
    }
    let output = parameters.text(wire::OUTPUT).map(|word| {
        Output::parse(word).ok_or_else(|| {
            Invalid::field(wire::OUTPUT, "Must be JSON, XML, NEWLINE_JSON or NEWLINE_XML.")
        })
    });
    Ok(Ask {
        tenant: tenant.clone(),
        subscription: in_path.to_owned(),
        output: output.transpose()?.unwrap_or_default(),
        atmosphere: atmosphere(parameters),
    })
}

/// The library's parameters; a client that has been here shows the id that it got.
fn atmosphere(parameters: &Parameters) -> Atmosphere {
    let is = |name, value: &str| {
        parameters.text(name).is_some_and(|found| found.eq_ignore_ascii_case(value))
    };
    Atmosphere {
        padding: is("X-Atmosphere-Transport", "streaming"),
        handshake: is("X-atmo-protocol", "true") && is("X-Atmosphere-tracking-id", "0"),
        sized: is("X-Atmosphere-TrackMessageSize", "true"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(topic: &str, query: &str) -> Result<Ask, (u16, String)> {
        let tenant = TenantId::parse("acmecorp01").unwrap();
        read(topic, &Parameters::of(query), &tenant)
            .map_err(|problem| (problem.status().as_u16(), problem.message().to_owned()))
    }

    fn status(topic: &str, query: &str) -> u16 {
        ask(topic, query).map_or_else(|(status, _)| status, |_| 200)
    }

    #[test]
    fn path_and_query_say_the_same() {
        let topic = "TenantUpdates-acmecorp01-real-time-monitor";
        let asked = ask(topic, "").unwrap();
        assert_eq!(asked.subscription, "real-time-monitor");
        assert_eq!((asked.output, asked.atmosphere), (Output::Json, Atmosphere::default()));
        assert_eq!(status(topic, "tenantId=acmecorp01"), 200);
        assert_eq!(status(topic, "subsId=real-time-monitor"), 200);
        assert_eq!(status(topic, "subscriptionId=real-time-monitor"), 200);
        assert_eq!(status(topic, "subscriptionId=other&subsId=real-time-monitor"), 200, "it wins");
        assert_eq!(status(topic, "subsId=real-time"), 400);
        assert_eq!(status(topic, "tenantId=other"), 403);
        assert_eq!(status("TenantUpdates-other-x", ""), 403);
        for malformed in ["", "TenantUpdates-acmecorp01", "Updates-acmecorp01-x"] {
            assert_eq!(status(malformed, ""), 400, "{malformed}");
        }
        for bad in ["TenantUpdates-acmecorp01-", "TenantUpdates-acmecorp01-a b"] {
            assert_eq!(status(bad, ""), 400, "{bad}");
        }
        let id = |n| format!("TenantUpdates-acmecorp01-{}", "x".repeat(n));
        assert_eq!((status(&id(64), ""), status(&id(65), "")), (200, 400));
    }

    #[test]
    fn output_and_atmosphere() {
        let topic = "TenantUpdates-acmecorp01-8x8engineering";
        let output = |word| ask(topic, &format!("desiredOutputType={word}")).map(|ask| ask.output);
        assert_eq!(output("xml"), Ok(Output::Xml));
        assert_eq!(output("Newline_Json"), Ok(Output::NewlineJson));
        assert_eq!(output("yaml").unwrap_err().0, 400);
        let vendors = |id| {
            let query = format!(
                "X-Atmosphere-Transport=streaming&X-Atmosphere-Framework=2.3.0\
                 &X-Atmosphere-tracking-id={id}&X-atmo-protocol=true&X-Atmosphere-TrackMessageSize=true"
            );
            ask(topic, &query).unwrap().atmosphere
        };
        assert_eq!(vendors("0"), Atmosphere { padding: true, handshake: true, sized: true });
        assert!(!vendors("6a7c9d9c-0000-4000-8000-000000000000").handshake);
    }
}
