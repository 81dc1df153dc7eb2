//! The rules: a pure state machine that turns commands into events.
