//! Flows: the truth table of Test Variable, the walker, the linter, trial runs, and properties that
//! hold for any input.

mod flow {
    mod condition;
    mod lint;
    mod palette;
    mod properties;
    mod run;
    mod walk;
    mod world;
}
