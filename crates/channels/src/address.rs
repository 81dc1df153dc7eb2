//! Where requests may go: never into this machine's own networks, unless the operator allows it.
//!
//! What a name means is looked at when the connection is made, not before: the addresses that pass are
//! those that are connected to.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use ipnet::IpNet;
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);

/// What sends requests: encrypted to anybody in the public internet, in the clear to whom the operator allows.
#[derive(Clone)]
pub(crate) struct Clients {
    encrypted: reqwest::Client,
    plain: reqwest::Client,
    allowed: Arc<[IpNet]>,
}

impl Clients {
    /// Clients that follow no redirects and take no proxy.
    pub(crate) fn new(allowed: Arc<[IpNet]>) -> reqwest::Result<Self> {
        let client = |public| {
            let guard = Guard { allowed: Arc::clone(&allowed), public };
            reqwest::Client::builder()
                .dns_resolver(Arc::new(guard))
                .redirect(Policy::none())
                .no_proxy()
                .http1_only()
                .https_only(public)
                .connect_timeout(CONNECT)
                .user_agent("cordboard")
                .build()
        };
        let (encrypted, plain) = (client(true)?, client(false)?);
        Ok(Self { encrypted, plain, allowed })
    }

    /// Reads an address that may be asked, as far as that can be said without asking anybody.
    pub(crate) fn check(&self, uri: &str) -> Result<Url, AddressFault> {
        parse(uri, &self.allowed)
    }

    /// The client for an address.
    pub(crate) fn of(&self, uri: &Url) -> &reqwest::Client {
        if uri.scheme() == "https" { &self.encrypted } else { &self.plain }
    }
}

/// Whether a request was not sent because of where the address leads.
pub(crate) fn is_refused(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(found) = cause {
        if found.is::<AddressFault>() {
            return true;
        }
        cause = found.source();
    }
    false
}

/// Which addresses may be connected to.
#[derive(Clone, Debug)]
struct Guard {
    /// Networks that the operator allows beside the public ones.
    allowed: Arc<[IpNet]>,
    /// Public addresses are good too.
    public: bool,
}

/// Why nothing can be sent to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// It is no URI with a host.
    NoUri,
    /// Neither `https` nor `http`.
    Scheme,
    /// `http`, which is for networks that the operator allows.
    Plain,
    /// It carries a name or a password.
    Credentials,
    /// It leads into a network that is not public and not allowed.
    Private,
}

impl fmt::Display for AddressFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoUri => "is no URI with a host",
            Self::Scheme => "must begin with https://",
            Self::Plain => {
                "must begin with https://: this installation allows http there for nobody"
            }
            Self::Credentials => "must not carry a name or password",
            Self::Private => "leads to a network that this installation does not send to",
        })
    }
}

impl Error for AddressFault {}

impl Guard {
    /// Whether this address may be connected to.
    fn admits(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let allowed = self.allowed.iter().any(|network| network.contains(&address));
        allowed || (self.public && is_public(address))
    }
}

/// Reads an address. One that is written as a number is checked here, because nothing resolves it later.
fn parse(uri: &str, allowed: &Arc<[IpNet]>) -> Result<Url, AddressFault> {
    let uri = Url::parse(uri).map_err(|_| AddressFault::NoUri)?;
    let public = match uri.scheme() {
        "https" => true,
        "http" => false,
        _ => return Err(AddressFault::Scheme),
    };
    if !public && allowed.is_empty() {
        return Err(AddressFault::Plain);
    }
    if !uri.username().is_empty() || uri.password().is_some() {
        return Err(AddressFault::Credentials);
    }
    let host = uri.host_str().filter(|host| !host.is_empty()).ok_or(AddressFault::NoUri)?;
    let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let guard = Guard { allowed: Arc::clone(allowed), public };
    match literal {
        Ok(address) if !guard.admits(address) => Err(AddressFault::Private),
        _ => Ok(uri),
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let good: Vec<SocketAddr> = found.filter(|found| guard.admits(found.ip())).collect();
            if good.is_empty() {
                return Err(AddressFault::Private.into());
            }
            let addresses: Addrs = Box::new(good.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether an address is of the public internet. Everything that is reserved for something is not.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let reserved = match (a, b, c) {
        // This network, and what is reserved for the future.
        (0 | 240..=255, ..) => true,
        // Shared address space of providers.
        (100, 64..=127, _) => true,
        // Protocol assignments, and the relays of 6to4.
        (192, 0, 0) | (192, 88, 99) => true,
        // Benchmarks.
        (198, 18 | 19, _) => true,
        _ => false,
    };
    // Metadata services of clouds are link-local.
    let special = v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_multicast()
        || v4.is_documentation();
    !reserved && !special
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let [a, b, ..] = v6.segments();
    let [.., y, z] = v6.segments();
    let embedded = Ipv4Addr::from((u32::from(y) << 16) | u32::from(z));
    match (a, b) {
        // Translated: as public as what it stands for.
        (0x64, 0xff9b) => is_public_v4(embedded),
        // Tunnels, protocol assignments, documentation.
        (0x2001, 0..=0x1ff | 0xdb8) | (0x2002, _) | (0x3fff, _) => false,
        // What is assigned of global unicast.
        (0x2000..=0x3fff, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_public() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "fe80::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
        ] {
            let guard = Guard { allowed: Arc::new([]), public: true };
            assert!(!guard.admits(private.parse().unwrap()), "{private}");
        }
        for public in ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn what_an_operator_allows_is_good_and_nothing_near_it() {
        let allowed: Arc<[IpNet]> = Arc::new(["10.0.0.5/32".parse().unwrap()]);
        let fault = |uri: &str| parse(uri, &allowed).err();
        assert_eq!(fault("http://10.0.0.5:8080/x"), None);
        assert_eq!(fault("https://10.0.0.6/"), Some(AddressFault::Private));
        assert_eq!(fault("http://1.1.1.1/"), Some(AddressFault::Private), "not in the clear");
        assert_eq!(fault("https://1.1.1.1/"), None);
    }

    #[test]
    fn what_is_refused_at_once() {
        let none: Arc<[IpNet]> = Arc::new([]);
        for (uri, fault) in [
            ("", AddressFault::NoUri),
            ("/events", AddressFault::NoUri),
            ("https://", AddressFault::NoUri),
            ("ftp://example.com/", AddressFault::Scheme),
            ("http://example.com/", AddressFault::Plain),
            ("https://user:word@example.com/", AddressFault::Credentials),
            ("https://127.0.0.1/", AddressFault::Private),
            ("https://2130706433/", AddressFault::Private),
            ("https://0x7f.1/", AddressFault::Private),
            ("https://[::1]/", AddressFault::Private),
            ("https://[::ffff:169.254.169.254]/", AddressFault::Private),
        ] {
            assert_eq!(parse(uri, &none).err(), Some(fault), "{uri}");
        }
        assert!(parse("https://example.com/events?x=1", &none).is_ok());
    }
}
