//! The words: ids, commands, events, rejections, limits, and the bytes of an event.
