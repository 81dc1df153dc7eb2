//! Every bound of the HTTP surface in one place. Bounds of values are the model's.

use std::time::Duration;

pub(crate) mod window;

/// Levels of arrays and objects in a body. The deepest contract needs five.
pub(crate) const NESTING_MAX: usize = 16;
/// Levels of arrays and objects in a flow: groups of conditions are in each other.
pub(crate) const FLOW_NESTING_MAX: usize = 64;
/// Bytes of a body with a flow: a setting of 512 KiB, indented.
pub(crate) const FLOW_BODY_MAX: usize = 1024 * 1024;
/// Bytes of a Data Augmentation body: 50 variables of 1,000 characters of 4 bytes, and their names.
pub(crate) const AUGMENTATION_BODY_MAX: usize = 256 * 1024;
/// Bytes of a Data Augmentation body that is read before it is known whose it is. A larger one waits until
/// its sender has been recognised.
pub(crate) const AUGMENTATION_BODY_UNASKED_MAX: u64 = 16 * 1024;
/// Bytes of any other body.
pub(crate) const BODY_MAX: usize = 64 * 1024;
/// How long a body may take to arrive.
pub(crate) const BODY_TIME: Duration = Duration::from_secs(20);
/// Bytes of path and query.
pub(crate) const URI_MAX: usize = 4 * 1024;
/// Bytes of all headers, names and values.
pub(crate) const HEADERS_MAX: usize = 16 * 1024;
/// Bytes of an identifier in a path.
pub(crate) const IDENTIFIER_MAX: usize = 512;
/// Bytes of a password.
pub(crate) const PASSWORD_MAX: usize = 1_024;
/// Failed logins, per e-mail and per address, within [`LOGIN_WINDOW`].
pub(crate) const LOGIN_FAILURES_MAX: usize = 10;
/// How long a failed login counts.
pub(crate) const LOGIN_WINDOW: Duration = Duration::from_secs(5 * 60);
/// Passwords checked at the same time: each takes 19 MiB and a core for some 20 ms.
pub(crate) const PASSWORD_CHECKS_MAX: usize = 2;
/// How long a login may wait for its check.
pub(crate) const PASSWORD_CHECK_WAIT: Duration = Duration::from_secs(10);
/// Over what time Data Augmentation requests are counted (its "Limits": per minute).
pub(crate) const AUGMENTATION_WINDOW: Duration = Duration::from_secs(60);
/// Entries of one interaction's timeline in the workspace.
pub(crate) const TIMELINE_MAX: usize = 200;
/// Calls on one page of the simulated carrier, unless the caller wants fewer.
pub(crate) const PAGE_DEFAULT: usize = 50;
/// Calls on one page at most.
pub(crate) const PAGE_MAX: usize = 200;
/// Event Streaming connections of one tenant, unless the operator wants more or fewer.
pub(crate) const EVENT_CONNECTIONS_MAX: usize = 200;
