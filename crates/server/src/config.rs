//! The configuration: a TOML file, overruled by the command line.

use std::{
    fs,
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use api::StreamingLimits;
use ipnet::IpNet;
use serde::Deserialize;

use crate::{log, serve::Source};

/// Where a server listens unless it is told otherwise.
pub(crate) const LISTEN: &str = "127.0.0.1:8088";
/// Where a server keeps its data unless it is told otherwise.
pub(crate) const DATA_DIR: &str = "data";

/// The configuration file. What is absent keeps its default; what is unknown is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Where the log, its key and its backups lie.
    pub(crate) data_dir: Option<PathBuf>,
    /// Address and port.
    pub(crate) listen: Option<String>,
    /// TLS.
    #[serde(default)]
    pub(crate) tls: Tls,
    /// The simulated carrier.
    #[serde(default)]
    pub(crate) sim: Sim,
    /// What subscribers are told.
    #[serde(default)]
    pub(crate) streaming: Streaming,
    /// What is sent to other systems.
    #[serde(default)]
    pub(crate) webhooks: Webhooks,
    /// The program's own log.
    #[serde(default)]
    pub(crate) log: Log,
}

/// How to speak TLS: with files, or with a certificate made here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tls {
    /// PEM file: certificate and chain.
    pub(crate) cert: Option<PathBuf>,
    /// PEM file: private key.
    pub(crate) key: Option<PathBuf>,
    /// Make a certificate and keep it in the data directory.
    #[serde(default)]
    pub(crate) self_signed: bool,
}

/// The simulated carrier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sim {
    /// Whether there is one. It takes calls from this machine only.
    #[serde(default)]
    pub(crate) enabled: bool,
}

/// What subscribers are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Streaming {
    /// How many hours of public events are kept, per tenant.
    pub(crate) retention_hours: Option<u32>,
    /// How many MiB of public events are kept, per tenant.
    pub(crate) retention_mib: Option<u32>,
    /// How many Event Streaming connections a tenant can have.
    pub(crate) event_connections: Option<u32>,
    /// How many clients of the Streaming API a tenant may have connected.
    pub(crate) clients: Option<u16>,
    /// How many seconds a connection of the Streaming API lasts.
    pub(crate) connection_s: Option<u32>,
    /// How many seconds a client of the Streaming API that has gone can come back.
    pub(crate) cache_s: Option<u32>,
    /// Every how many seconds a connection of the Streaming API says that it lives.
    pub(crate) heartbeat_s: Option<NonZeroU32>,
}

/// What is sent to other systems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Webhooks {
    /// Networks that are sent to although they are not public, also without encryption.
    #[serde(default)]
    pub(crate) allow: Vec<IpNet>,
}

/// The program's own log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Log {
    /// `text` or `json`.
    #[serde(default)]
    pub(crate) format: log::Format,
}

impl File {
    /// Reads the file; no file is an empty one.
    pub(crate) fn load(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self::default()) };
        let text =
            fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("the configuration {}", path.display()))
    }
}

impl Streaming {
    /// What of the past is kept.
    pub(crate) fn retention(&self) -> stream::Options {
        let default = stream::Options::default();
        let hours = self.retention_hours.map(|hours| u64::from(hours) * 60 * 60 * 1000);
        let mib = self.retention_mib.map(|mib| u64::from(mib) << 20);
        stream::Options {
            retention_ms: hours.unwrap_or(default.retention_ms),
            retention_bytes: mib.unwrap_or(default.retention_bytes),
        }
    }

    /// The limits of the Streaming API.
    pub(crate) fn limits(&self) -> StreamingLimits {
        let default = StreamingLimits::default();
        let seconds = |seconds: Option<u32>| seconds.map(|s| Duration::from_secs(s.into()));
        let heartbeat = seconds(self.heartbeat_s.map(NonZeroU32::get));
        StreamingLimits {
            clients: self.clients.map_or(default.clients, usize::from),
            connection: seconds(self.connection_s).unwrap_or(default.connection),
            cache: seconds(self.cache_s).unwrap_or(default.cache),
            heartbeat: heartbeat.unwrap_or(default.heartbeat),
            ..default
        }
    }
}

impl Tls {
    /// Where the certificate comes from; `None` when TLS is not spoken.
    pub(crate) fn source(&self) -> anyhow::Result<Option<Source>> {
        match (self.cert.clone(), self.key.clone()) {
            (Some(cert), Some(key)) => {
                ensure!(
                    !self.self_signed,
                    "TLS is either self-signed or has a certificate, not both"
                );
                Ok(Some(Source::Files { cert, key }))
            }
            (None, None) => Ok(self.self_signed.then_some(Source::SelfSigned)),
            (Some(_), None) => bail!("a TLS certificate needs its key: --tls-key, or key in [tls]"),
            (None, Some(_)) => {
                bail!("a TLS key needs its certificate: --tls-cert, or cert in [tls]")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_not_known_is_named() {
        let error = toml::from_str::<File>("lisen = \"127.0.0.1:1\"").unwrap_err().to_string();
        assert!(error.contains("unknown field `lisen`"), "{error}");
        let error = toml::from_str::<File>("[tls]\nself-signed = true").unwrap_err().to_string();
        assert!(error.contains("unknown field `self-signed`"), "{error}");
    }

    #[test]
    fn a_whole_file_is_read() {
        let text = "data_dir = \"/d\"\nlisten = \"0.0.0.0:443\"\n\
                    [tls]\nself_signed = true\n[sim]\nenabled = true\n[log]\nformat = \"json\"\n\
                    [streaming]\nretention_hours = 1\nretention_mib = 2\nevent_connections = 3\n[webhooks]\nallow = [\"10.0.0.0/8\"]\n";
        let file: File = toml::from_str(text).unwrap();
        let kept = stream::Options { retention_ms: 3_600_000, retention_bytes: 2 << 20 };
        assert_eq!(file.streaming.retention(), kept);
        assert_eq!(file.streaming.event_connections, Some(3));
        assert_eq!(file.webhooks.allow, ["10.0.0.0/8".parse().unwrap()]);
        assert_eq!(file.tls.source().unwrap(), Some(Source::SelfSigned));
        assert!(file.sim.enabled && file.log.format == log::Format::Json);
    }

    #[test]
    fn half_a_certificate_is_refused() {
        let half = Tls { cert: Some("c".into()), ..Tls::default() };
        assert!(half.source().unwrap_err().to_string().contains("--tls-key"));
        let both = Tls { self_signed: true, key: Some("k".into()), ..half };
        assert!(both.source().is_err());
    }
}
