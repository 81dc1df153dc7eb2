//! Flows: the truth table of Test Variable, the walker, the linter, trial runs, and properties that
//! hold for any input.
#![expect(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod flow {
    mod condition;
    mod fix;
    mod lint;
    mod palette;
    mod properties;
    mod run;
    mod strategies;
    mod walk;
    mod world;
}
