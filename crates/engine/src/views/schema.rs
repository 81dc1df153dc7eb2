//! The tables of the views. They can be thrown away, so that a change of form is a new number and a rebuild.

use std::path::Path;

use rusqlite::Connection;

use crate::database;

/// The form of the tables. Any change to them, or to what is written into them, takes the next number.
const VERSION: i64 = 4;

const TABLES: &str = "
CREATE TABLE progress (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL,          -- the last record that the tables include
    at INTEGER NOT NULL,                -- its time
    retention_ms INTEGER,               -- of the tenant, once it is configured
    account_by INTEGER,                 -- whose settings follow
    account_left INTEGER NOT NULL       -- and how many of them
);
INSERT INTO progress VALUES (1, 0, 0, NULL, NULL, 0);
CREATE TABLE names (                    -- what settings call things, for the texts of the timeline
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE interactions (
    id INTEGER PRIMARY KEY,
    guid TEXT NOT NULL,
    short_id TEXT,
    call_id TEXT,
    media TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    channel TEXT NOT NULL,              -- the number or address reached
    ani TEXT NOT NULL,                  -- the customer's number or address
    caller_name TEXT,
    created_at INTEGER NOT NULL,
    direction TEXT NOT NULL,
    original TEXT,                      -- GUID of the interaction the customer was handed on from
    queue_id INTEGER,                   -- the last queue
    queue TEXT,
    queued_at INTEGER,
    agent_id TEXT,                      -- who talked last
    agent TEXT,
    accepted_at INTEGER,
    ended_at INTEGER,
    cause TEXT,
    deleted_at INTEGER,
    disposition INTEGER,
    codes TEXT NOT NULL DEFAULT '[]',   -- transaction codes, JSON
    note TEXT,
    variables TEXT NOT NULL DEFAULT '[]', -- in order of first writing, JSON, private values masked
    script_id INTEGER,
    script_version INTEGER,
    retained_until INTEGER              -- when the row goes, once the interaction is deleted
);
CREATE INDEX interactions_guid ON interactions (guid);
CREATE INDEX interactions_short_id ON interactions (short_id) WHERE short_id IS NOT NULL;
CREATE INDEX interactions_call_id ON interactions (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX interactions_retained ON interactions (retained_until) WHERE retained_until IS NOT NULL;
CREATE TABLE offers (
    id INTEGER PRIMARY KEY,
    interaction INTEGER NOT NULL,
    agent_id TEXT NOT NULL,
    agent TEXT NOT NULL,
    offered_at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    explanation TEXT NOT NULL           -- JSON
);
CREATE INDEX offers_interaction ON offers (interaction);
CREATE TABLE timeline (
    interaction INTEGER NOT NULL,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (interaction, position)
) WITHOUT ROWID;
CREATE TABLE path (                     -- nodes of scripts that interactions passed
    interaction INTEGER NOT NULL,
    position INTEGER NOT NULL,          -- of the entry
    at INTEGER NOT NULL,
    script_id INTEGER NOT NULL,
    script_version INTEGER NOT NULL,
    node TEXT NOT NULL,
    label TEXT NOT NULL,
    left_at INTEGER,
    exit TEXT,
    note TEXT,
    PRIMARY KEY (interaction, position)
) WITHOUT ROWID;
CREATE TABLE settings (                 -- as they are, to tell what a change changed
    key TEXT PRIMARY KEY,
    json TEXT NOT NULL                  -- secrets replaced by a part of their hash
) WITHOUT ROWID;
CREATE TABLE audit (                    -- kept for ever
    sequence INTEGER PRIMARY KEY,       -- 1 and up, without gaps
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    user INTEGER,                       -- NULL: the operator, or whoever had a one-time link
    user_name TEXT,
    action TEXT NOT NULL,
    resource TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    changes TEXT NOT NULL,              -- JSON
    hash TEXT NOT NULL                  -- over the hash before and this row
);
CREATE INDEX audit_of ON audit (resource, id, sequence);
CREATE INDEX audit_by ON audit (user, sequence);
CREATE INDEX audit_at ON audit (at, sequence);
";

/// Opens the database for writing; one of another form, or none, is replaced by an empty one.
pub(super) fn open_to_write(path: &Path) -> rusqlite::Result<Connection> {
    database::open_to_write(path, VERSION, TABLES)
}
