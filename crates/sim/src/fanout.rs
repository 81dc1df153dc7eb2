//! Many subscribers of one stream of events, over Cordboard's WebSockets and over NATS: clients so small
//! that they are not what is measured.

use std::{
    net::SocketAddr,
    rc::Rc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::Notify,
};

pub mod nats;
pub mod websocket;

/// How much is read at once.
const READ: usize = 64 * 1024;
/// Milliseconds of a day.
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// What a subscriber noted.
#[derive(Debug, Default)]
pub struct Notes {
    /// How many messages came.
    pub messages: u64,
    /// How long after each happened it came, in milliseconds; only where messages say when that was.
    pub lags_ms: Vec<u32>,
}

/// Takes messages until `count` have come, or until `end` says that it is over.
///
/// # Errors
/// When the connection breaks, or what comes is not understood.
pub async fn take<P: Protocol>(
    stream: &mut TcpStream,
    count: Option<u64>,
    end: Option<Rc<Notify>>,
) -> anyhow::Result<Notes> {
    let mut notes = Notes::default();
    let mut buffer: Vec<u8> = Vec::with_capacity(READ);
    loop {
        if count.is_some_and(|count| notes.messages >= count) {
            return Ok(notes);
        }
        let over = async {
            match &end {
                Some(end) => end.notified().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            read = stream.read_buf(&mut buffer) => {
                if read? == 0 {
                    bail!("the server closed the connection");
                }
            }
            () = over => return Ok(notes),
        }
        let now = wall_clock_ms();
        let (mut used, mut taken) = (0, 0);
        while let Some((length, message)) = P::next(&buffer[used..])? {
            if let Some(message) = message {
                taken += 1;
                if let Some(at) = P::happened(message) {
                    let lag = (now % DAY_MS + DAY_MS - at) % DAY_MS;
                    notes.lags_ms.push(u32::try_from(lag).unwrap_or(u32::MAX));
                }
            }
            used += length;
        }
        buffer.drain(..used);
        notes.messages += taken;
        stream.write_all(&P::thanks(taken)).await?;
    }
}

/// A frame: its length, and the message in it if it is one.
pub type Frame<'b> = (usize, Option<&'b [u8]>);

/// How messages come.
pub trait Protocol {
    /// The first frame; `None` when it is not all there.
    ///
    /// # Errors
    /// When it is no frame.
    fn next(bytes: &[u8]) -> anyhow::Result<Option<Frame<'_>>>;
    /// When what a message tells happened: milliseconds of its day.
    fn happened(message: &[u8]) -> Option<u64>;
    /// What the server is sent for so many messages.
    fn thanks(messages: u64) -> Vec<u8>;
}

/// Milliseconds since 1970.
///
/// # Panics
/// Before 1970.
#[must_use]
pub fn wall_clock_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than 1970");
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A connection that sends at once.
///
/// # Errors
/// When nobody listens.
pub async fn connect(address: SocketAddr) -> anyhow::Result<TcpStream> {
    let stream = TcpStream::connect(address).await.context("a subscriber cannot connect")?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Reads until `end` has come; gives everything up to it. Nothing may follow yet.
async fn read_until(stream: &mut TcpStream, end: &[u8]) -> anyhow::Result<Vec<u8>> {
    const PATIENCE: Duration = Duration::from_secs(20);
    let mut bytes = Vec::new();
    let read = async {
        while !bytes.ends_with(end) {
            bytes.push(stream.read_u8().await?);
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(PATIENCE, read).await.context("the server does not answer")??;
    Ok(bytes)
}
