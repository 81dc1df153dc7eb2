//! Every bound in one place. A bound without a source is ours.

use crate::time::Millis;

/// Characters of a variable's name, the underscore included (Data Augmentation, "Limits").
pub const VARIABLE_NAME_CHARS_MAX: usize = 25;
/// Unicode scalar values of a variable's value (Data Augmentation, "Limits").
pub const VARIABLE_VALUE_CHARS_MAX: usize = 1000;
/// Unicode scalar values of a display name (Data Augmentation, "Limits").
pub const DISPLAY_NAME_CHARS_MAX: usize = 30;
/// Variables in one Data Augmentation request (Data Augmentation, "Limits").
pub const VARIABLES_PER_REQUEST_MAX: usize = 50;
/// Distinct variables one interaction can carry: ten full requests.
pub const VARIABLES_PER_INTERACTION_MAX: usize = 500;
/// Events one command may cause; more means that the rules do not settle.
pub const EVENTS_PER_TURN_MAX: usize = 10_000;
/// Due timers handled by one `Wake`; the rest by the next, which is due at once.
pub const TIMERS_PER_WAKE_MAX: usize = 256;
/// Nodes a flow may pass without waiting for anything, which ends endless loops.
pub const FLOW_STEPS_PER_TURN_MAX: usize = 200;
/// Nodes one run of a flow may pass in all.
pub const FLOW_STEPS_PER_RUN_MAX: u32 = 5_000;
/// Nodes of one flow.
pub const FLOW_NODES_MAX: usize = 500;
/// Unicode scalar values of one text that is spoken, before and after its variables are filled in.
pub const SPOKEN_CHARS_MAX: usize = 4_000;
/// Characters of a node's label that survive an export (Configuration Manager, script objects).
pub const LABEL_CHARS_MAX: usize = 21;
/// How often a node can ask in all.
pub const TRIES_MAX: u8 = 9;
/// Entries of one list of a node: cases, shares, conditions, parts of a group, values of `in`.
pub const ENTRIES_MAX: usize = 100;
/// The longest time a node can wait for anything: a day.
pub const NODE_WAIT_MS_MAX: Millis = 24 * 60 * 60 * 1000;
/// The shortest time between two announcements of the position in a queue.
pub const ANNOUNCE_MS_MIN: Millis = 5_000;
/// Digits pressed in one request of a carrier.
pub const DIGITS_MAX: usize = 32;
/// Unicode scalar values of names, addresses and other short texts.
pub const SHORT_TEXT_CHARS_MAX: usize = 128;
/// Unicode scalar values of a wrap-up note.
pub const NOTE_CHARS_MAX: usize = 4_000;
/// Transaction codes chosen in one wrap-up.
pub const CODES_PER_WRAP_UP_MAX: usize = 20;
/// Agents named one by one in an explanation, of each kind; the rest are counted.
pub const EXPLAINED_AGENTS_MAX: usize = 16;
/// How long a number rings before it counts as not answered.
pub const DIAL_MS: Millis = 45_000;
/// Messages that one interaction can carry.
pub const MESSAGES_PER_INTERACTION_MAX: usize = 10;
/// The longest time a script waits for another system's answer.
pub const API_MS_MAX: Millis = 30_000;
/// Headers of one request to another system.
pub const API_HEADERS_MAX: usize = 10;
/// Bytes of an answer that are read.
pub const API_ANSWER_BYTES_MAX: usize = 64 * 1024;
/// Settings saved by one command.
pub const SETTINGS_PER_COMMAND_MAX: usize = 2_000;
/// Bytes of one setting as an event: a log takes records of 1 MiB.
pub const SETTING_BYTES_MAX: usize = 512 * 1024;
/// Settings of one kind that a person can make.
pub const SETTINGS_OF_A_KIND_MAX: usize = 20_000;
/// How much waiting one point of priority is worth: the published score is
/// `priority * SCORE_PER_PRIORITY + milliseconds waited`.
pub const SCORE_PER_PRIORITY: u64 = 10_000;
/// The highest priority of a queue or an interaction; 50 is standard.
pub const PRIORITY_MAX: u8 = 100;
/// The highest level of a skill.
pub const SKILL_LEVEL_MAX: u8 = 10;
/// How long a request's idempotency key is remembered.
pub const IDEMPOTENCY_KEPT_MS: Millis = 24 * 60 * 60 * 1000;
/// Idempotency keys remembered per tenant; the oldest give way.
pub const IDEMPOTENCY_KEYS_MAX: usize = 100_000;
/// Open sessions per tenant; the oldest give way.
pub const SESSIONS_MAX: usize = 10_000;
/// How long a login lasts.
pub const SESSION_MS: Millis = 12 * 60 * 60 * 1000;
/// Links that hand secrets over, per tenant; the oldest that wait no more give way.
pub const SECRET_LINKS_MAX: usize = 1_000;
/// Passphrases that can be tried on one link before it is destroyed.
pub const SECRET_LINK_TRIES_MAX: u32 = 5;
/// Bytes of what a link holds, sealed and in base64.
pub const SECRET_LINK_BYTES_MAX: usize = 128 * 1024;
/// The longest time that a link waits: thirty days.
pub const SECRET_LINK_MS_MAX: Millis = 30 * 24 * 60 * 60 * 1000;
/// The shortest time that a link waits.
pub const SECRET_LINK_MS_MIN: Millis = 60 * 1000;
/// Places to which a tenant's events are sent.
pub const WEBHOOKS_MAX: usize = 20;
/// Characters of an address to which events are sent.
pub const URI_CHARS_MAX: usize = 2_048;
