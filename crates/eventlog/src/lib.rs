//! Append, read, follow, cursors, snapshots: opaque records at gap-free positions.
