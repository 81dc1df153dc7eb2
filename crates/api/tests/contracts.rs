//! The HTTP surface, contract by contract, over a real engine.

mod augmentation;
mod openapi;
mod util;
