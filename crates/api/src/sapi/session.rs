//! One client, from the moment it is let in: what it is sent, and why it ends.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use model::Timestamp;
use stream::Stream;
use tokio::time::{Instant, interval_at, sleep_until};

use super::{
    StreamingLimits, cache,
    handshake::Ask,
    link::{Gone, Link},
    live::Slot,
    wire,
};
use crate::{
    app::App,
    auth::{program::Credential, revocation::revoked},
    error::Problem,
    guid,
};

/// Messages handed over at once.
const BATCH: usize = 100;
/// When a client leaves, messages that it was sent over a response within this time may be lost.
const ON_THE_WAY: Duration = Duration::from_secs(1);
/// When a client comes again while its connection seems to live, that one has been cut for at most this time:
/// the server's sockets give up on what is not acknowledged within 30 seconds.
const CUT: Duration = Duration::from_secs(40);

/// Whether a credential opens the Streaming API now.
pub(super) async fn is_good(app: &App, credential: &Credential) -> Result<bool, Problem> {
    let shown = credential.clone();
    let look = move |state: &engine::State, _| shown.opens_streaming(state);
    Ok(app.engine().query(&credential.tenant, look).await?)
}

/// One client.
pub(super) struct Session {
    app: App,
    stream: Stream,
    slot: Slot,
    credential: Credential,
    ask: Ask,
    /// The last message that it had when it came.
    start: u64,
    /// The last message that was handed over.
    sent: u64,
    /// The last message that has arrived.
    arrived: u64,
}

/// Why a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// The client has gone, or does not read.
    Gone,
    /// Its time is over.
    Expired,
    /// A newer connection has the subscription.
    Replaced,
    /// It fell too far behind.
    TooSlow,
    /// The token was replaced.
    TokenGone,
    /// The server goes down, or the log cannot be followed.
    GoingDown,
}

impl From<Gone> for Ending {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

impl Ending {
    /// The close code, and the reason for people. Below 4000 are the protocol's own.
    fn close(self) -> Option<(u16, &'static str)> {
        match self {
            Self::Gone => None,
            Self::Expired => Some((1000, "subscription expired")),
            Self::GoingDown => Some((1012, "service restart")),
            Self::TokenGone => Some((4401, "token replaced")),
            Self::TooSlow => Some((4408, "too slow")),
            Self::Replaced => Some((4409, "replaced by a newer connection")),
        }
    }
}

impl Session {
    pub(super) fn new(
        app: App,
        stream: Stream,
        slot: Slot,
        credential: Credential,
        ask: Ask,
        start: u64,
    ) -> Self {
        slot.sent(start);
        Self { app, stream, slot, credential, ask, start, sent: start, arrived: start }
    }

    /// Serves the client until something ends it. What it did not get it is told when it comes back.
    pub(super) async fn serve(mut self, mut link: Link) {
        let app = self.app.clone();
        let limits = app.options().streaming;
        let end = Instant::now() + limits.connection;
        let stream = self.stream.clone();
        let replaced = self.slot.replaced();
        let credential = self.credential.clone();
        let is_good = || is_good(&app, &credential);
        // Until the client is up to date for the first time, nothing is too far behind.
        let total_sent = AtomicU64::new(u64::MAX);
        let sent = || total_sent.load(Ordering::Relaxed);
        let ending = tokio::select! {
            ending = self.run(&mut link, &total_sent) => ending,
            () = sleep_until(end) => Ending::Expired,
            () = replaced => Ending::Replaced,
            () = stream.outgrown(sent, limits.unsent_bytes) => Ending::TooSlow,
            () = revoked(&app, &credential.tenant, is_good) => Ending::TokenGone,
            () = app.options().stop.thrown() => Ending::GoingDown,
        };
        self.end(ending, link).await;
        self.put_down().await;
        // From now on it is one of those who are gone.
        drop(self.slot);
        let (tenant, arrived) = (&self.ask.tenant, self.arrived);
        if let Err(error) = cache::tidy(&app, &stream).await {
            tracing::warn!(%tenant, %error, "subscriptions that are over cannot be forgotten");
        }
        tracing::info!(%tenant, ?ending, arrived, "streaming client left");
    }

    /// Closes the connection, and finds out how far the client came.
    async fn end(&mut self, ending: Ending, link: Link) {
        let sure = match ending {
            Ending::Gone | Ending::TooSlow => link.sent_before(ON_THE_WAY),
            Ending::Replaced => link.sent_before(CUT),
            Ending::Expired | Ending::GoingDown | Ending::TokenGone => None,
        };
        let last = match ending.close() {
            Some((code, reason)) => link.close(self.sent, code, reason).await,
            None => None,
        };
        self.arrived = match (sure, last) {
            (Some(sure), _) => sure.max(self.start),
            (None, Some(last)) => last.max(self.arrived),
            (None, None) => self.arrived,
        };
    }

    async fn run(&mut self, link: &mut Link, total_sent: &AtomicU64) -> Ending {
        match self.talk(link, total_sent).await {
            Ok(never) => match never {},
            Err(ending) => ending,
        }
    }

    async fn talk(
        &mut self,
        link: &mut Link,
        total_sent: &AtomicU64,
    ) -> Result<std::convert::Infallible, Ending> {
        for text in wire::preamble(&self.ask, &guid::uuid()) {
            link.send(0, text).await?;
        }
        let StreamingLimits { heartbeat, ping, .. } = self.app.options().streaming;
        let mut heartbeats = interval_at(Instant::now() + heartbeat, heartbeat);
        let mut pings = interval_at(Instant::now() + ping, ping);
        let mut heard_at = Instant::now();
        loop {
            tokio::select! {
                messages = self.stream.next(self.sent, BATCH) => {
                    let messages = messages.map_err(|_| Ending::GoingDown)?;
                    for message in messages {
                        link.send(message.seq, wire::framed(&self.ask, &message.json)).await?;
                        self.sent = message.seq;
                        self.slot.sent(message.seq);
                        let up_to_date = message.seq >= self.stream.head();
                        if up_to_date || total_sent.load(Ordering::Relaxed) != u64::MAX {
                            total_sent.store(message.total, Ordering::Relaxed);
                        }
                    }
                    link.flush(self.sent).await?;
                }
                heard = link.heard() => {
                    heard_at = Instant::now();
                    if let Some(seq) = heard? && seq > self.arrived {
                        self.arrived = seq;
                        self.put_down().await;
                    }
                }
                _ = heartbeats.tick() => self.beat(link).await?,
                _ = pings.tick(), if matches!(link, Link::Socket(_)) => {
                    if heard_at.elapsed() > ping * 5 / 2 {
                        return Err(Ending::Gone);
                    }
                    link.flush(self.sent).await?;
                }
            }
        }
    }

    /// Says that the connection lives.
    async fn beat(&self, link: &mut Link) -> Result<(), Ending> {
        let (instance, number) = self.app.live().heartbeat();
        let Timestamp(now) = self.app.engine().now();
        let beat = wire::heartbeat(instance, number, now, &self.ask);
        link.send(0, wire::framed(&self.ask, &beat)).await?;
        link.flush(self.sent).await?;
        self.put_down().await;
        Ok(())
    }

    /// Puts down how far the client came, for when it comes back.
    async fn put_down(&self) {
        let (name, now) = (&self.ask.subscription, self.app.engine().now());
        if let Err(error) = cache::save(&self.stream, name, self.arrived, now).await {
            let tenant = &self.ask.tenant;
            tracing::warn!(%tenant, %error, "how far a streaming client came cannot be kept");
        }
    }
}
