//! Flows: the interpreter, the linter and the test runner that scripts, bots and journeys share.
