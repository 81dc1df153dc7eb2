//! The spelling of the Streaming API.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::handshake::Ask;
use crate::error::Problem;

/// Parameters of the query.
pub(super) const TENANT: &str = "tenantId";
pub(super) const SUBSCRIPTION: [&str; 2] = ["subsId", "subscriptionId"];
pub(super) const OUTPUT: &str = "desiredOutputType";
pub(super) const TOKEN: &str = "token";

/// Of a response that does not end.
pub(super) const CONTENT_TYPE: &str = "text/plain;charset=UTF-8";

/// What a client that has no credentials is asked for.
const CHALLENGE: HeaderValue =
    HeaderValue::from_static("Basic realm=\"Streaming API for Tenant updates\"");

/// Blanks before everything else, for clients that wait for so much.
const PADDING: usize = 2_048;

/// The form of the messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Output {
    #[default]
    Json,
    Xml,
    NewlineJson,
    NewlineXml,
}

impl Output {
    const ALL: [Self; 4] = [Self::Json, Self::Xml, Self::NewlineJson, Self::NewlineXml];

    /// Reads the wire's word, in any case.
    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str().eq_ignore_ascii_case(word))
    }

    /// The word on the wire.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Xml => "XML",
            Self::NewlineJson => "NEWLINE_JSON",
            Self::NewlineXml => "NEWLINE_XML",
        }
    }
}

/// A heartbeat. Its instance is another than that of the events, so that the numbers of neither have gaps or
/// doubles because of the other.
pub(super) fn heartbeat(instance: &str, sequence: u64, at: u64, ask: &Ask) -> String {
    #[derive(Serialize)]
    struct Heartbeat<'a> {
        heartbeat: &'static str,
        #[serde(rename = "msgInfo")]
        msg_info: MsgInfo<'a>,
        #[serde(rename = "subscription-id")]
        subscription: &'a str,
        #[serde(rename = "tenant-id")]
        tenant: &'a str,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct MsgInfo<'a> {
        instance_id: &'a str,
        sequence_id: u64,
        timestamp: u64,
    }
    let heartbeat = Heartbeat {
        heartbeat: "[HEARTBEAT]",
        msg_info: MsgInfo { instance_id: instance, sequence_id: sequence, timestamp: at },
        subscription: &ask.subscription,
        tenant: ask.tenant.as_str(),
    };
    let heartbeat = serde_json::to_string(&heartbeat).expect("a heartbeat is plain data");
    format!(r#"{{"ClientCheck":{heartbeat}}}"#)
}

/// A message as it is asked for.
pub(super) fn framed(ask: &Ask, json: &str) -> String {
    let text = match ask.output {
        Output::Json => json.to_owned(),
        Output::NewlineJson => format!("{json}\n"),
        Output::Xml => stream::xml(json),
        Output::NewlineXml => stream::xml(json) + "\n",
    };
    sized(ask, text)
}

/// What Atmosphere's library is sent before the first message, each a chunk of its own: blanks, then a client
/// id, no heartbeat of the library's own, and its character.
pub(super) fn preamble(ask: &Ask, client: &str) -> Vec<String> {
    let padding = ask.atmosphere.padding.then(|| " ".repeat(PADDING) + "\n");
    let handshake = ask.atmosphere.handshake.then(|| sized(ask, format!("{client}|0|X|")));
    padding.into_iter().chain(handshake).collect()
}

/// Puts the length in front, in UTF-16 code units, where it is asked for.
fn sized(ask: &Ask, text: String) -> String {
    if !ask.atmosphere.sized {
        return text;
    }
    format!("{}|{text}", text.encode_utf16().count())
}

/// The body of a refusal.
#[derive(Serialize, ToSchema)]
#[schema(as = StreamingError)]
pub(super) struct ErrorBody {
    /// Always `error`.
    status: &'static str,
    /// The HTTP status.
    code: u16,
    /// What is wrong, for people.
    message: String,
}

/// The answer to a client that is not let in.
pub(crate) fn answer(problem: Problem) -> Response {
    let status = problem.status();
    let message = match &problem {
        Problem::Unauthenticated => "Authentication failed".to_owned(),
        Problem::RateLimited { .. } => {
            "Too many clients: as many as are allowed are connected".to_owned()
        }
        Problem::Invalid(invalid) => match &invalid.field {
            Some(field) => format!("Invalid {field}: {}", invalid.message),
            None => invalid.message.clone(),
        },
        other => other.message().to_owned(),
    };
    let body = ErrorBody { status: "error", code: status.as_u16(), message };
    let mut response = (status, Json(body)).into_response();
    problem.add_retry_after(&mut response);
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, CHALLENGE);
    }
    response
}

#[cfg(test)]
mod tests {
    use model::TenantId;

    use super::*;
    use crate::sapi::handshake::Atmosphere;

    fn ask(output: Output, sized: bool) -> Ask {
        let tenant = TenantId::parse("acmecorp01").unwrap();
        let atmosphere = Atmosphere { padding: sized, handshake: sized, sized };
        Ask { tenant, subscription: "real-time-monitor".into(), output, atmosphere }
    }

    #[test]
    fn the_four_forms() {
        let json = r#"{"a":{"b":"é😀"}}"#;
        let xml = "<?xml version='1.0' encoding='UTF-8' ?><a><b>é😀</b></a>";
        let form = |output| framed(&ask(output, false), json);
        assert_eq!(form(Output::Json), json);
        assert_eq!(form(Output::NewlineJson), format!("{json}\n"));
        assert_eq!(form(Output::Xml), xml);
        assert_eq!(form(Output::NewlineXml), format!("{xml}\n"));
        assert_eq!(framed(&ask(Output::Json, true), json), format!("17|{json}"), "UTF-16 units");
        assert_eq!(framed(&ask(Output::NewlineJson, true), json), format!("18|{json}\n"));
    }

    #[test]
    fn the_published_heartbeat() {
        let expected = concat!(
            r#"{"ClientCheck":{"heartbeat":"[HEARTBEAT]","msgInfo":{"instanceId":"i","#,
            r#""sequenceId":70,"timestamp":5},"subscription-id":"real-time-monitor","#,
            r#""tenant-id":"acmecorp01"}}"#
        );
        assert_eq!(heartbeat("i", 70, 5, &ask(Output::Json, false)), expected);
    }

    #[test]
    fn atmospheres_preamble() {
        let padding = " ".repeat(2_048) + "\n";
        assert_eq!(preamble(&ask(Output::Xml, true), "id"), [padding, "7|id|0|X|".into()]);
        assert!(preamble(&ask(Output::Xml, false), "id").is_empty());
    }
}
