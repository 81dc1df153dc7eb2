//! The shell around the kernel: shards, clock, timers, group commit, followers, views, backups.
//!
//! ```text
//! submit, query ──► inbox ──► shard thread ──► append ──► durable ──► replies, followers ──► views
//!                             (kernel, clock)  (one per batch)
//! ```
//!
//! - One tenant is one shard: one thread, one state, one log, one fenced writer.
//! - No reply leaves before the position it depends on is durable; refusals and queries included.
//! - A failed append or a panic costs the shard its state, never the tenant its history: the shard is
//!   rebuilt from snapshot and log, and clients are asked to retry meanwhile.
//! - Followers see durable records only, each once and in order.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! # use std::sync::Arc;
//! use engine::{Engine, Key, Options, layout};
//! use model::{Command, TenantId};
//!
//! let data_dir = std::path::Path::new("/var/lib/cordboard");
//! let store = Arc::new(eventlog::SqliteStore::open(&layout::log(data_dir))?);
//! let engine = Engine::start(store, Options::new(data_dir, Key::load_or_create(data_dir)?))?;
//! let tenant = TenantId::parse("acmecorp01").expect("a tenant's name");
//! engine.open(&tenant).await?;
//!
//! let done = engine.submit(&tenant, Command::Wake.into()).await?;
//! let open = engine.query(&tenant, |state, _| state.next_wakeup()).await?;
//! let mut follower = engine.follow(&tenant, done.position)?;
//! let batch = follower.next_batch().await?;
//! for entry in batch.iter() {
//!     println!("{} {:?}", entry.position, entry.event);
//! }
//! # let _ = open;
//! # Ok(())
//! # }
//! ```

pub mod backup;
mod blocking;
mod clock;
mod codec;
pub mod database;
mod engine;
mod error;
mod feed;
mod follow;
mod key;
pub mod layout;
mod measures;
pub mod metrics;
mod secret;
mod shard;
mod tenant;
mod turn;
pub mod views;

pub use clock::{Clock, ManualClock};
pub use engine::{Engine, Options, Prepared, TenantStatus};
pub use error::{FollowError, OpenError, QueryError, StartError, SubmitError, TenantUnknown};
pub use eventlog::Position;
pub use follow::{Batch, Entry, Follower};
pub use kernel::State;
pub use key::{KEY_VARIABLE, Key, KeyError};
pub use measure;
pub use measures::{Measured, NotMeasured};
pub use tenant::Readiness;
pub use turn::Committed;
pub use views::Views;
