//! The tables. They are made from the log, so that a change of form is a new number and a replay.

/// The form of the tables and of what the projection writes into them. A change that gives an old message
/// another number or text takes the next one, in [`INSTANCE`](crate::INSTANCE) too.
pub(super) const VERSION: i64 = 1;

pub(super) const TABLES: &str = "
CREATE TABLE progress (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL,          -- the last record that the messages include
    head INTEGER NOT NULL,              -- the last message
    first INTEGER NOT NULL,             -- the oldest message kept
    total INTEGER NOT NULL              -- bytes of all messages that ever were
);
INSERT INTO progress VALUES (1, 0, 0, 1, 0);
CREATE TABLE messages (
    seq INTEGER PRIMARY KEY,            -- 1 and up, without gaps
    position INTEGER NOT NULL,          -- the record that it tells of
    at INTEGER NOT NULL,                -- when it happened
    total INTEGER NOT NULL,             -- bytes of all messages up to this one
    kind TEXT NOT NULL,
    interaction TEXT,                   -- GUID
    agents TEXT NOT NULL,               -- ids with spaces between
    json TEXT NOT NULL
);
CREATE TABLE state (                    -- what the projection must remember to go on
    piece TEXT PRIMARY KEY,
    json TEXT NOT NULL
) WITHOUT ROWID;
";
