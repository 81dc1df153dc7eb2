//! The nodes of IVR scripts.

use model::limits::{
    ANNOUNCE_MS_MIN, API_HEADERS_MAX, API_MS_MAX, DIAL_MS, DIGITS_MAX, ENTRIES_MAX, PRIORITY_MAX,
    SHORT_TEXT_CHARS_MAX, SKILL_LEVEL_MAX, TRIES_MAX, URI_CHARS_MAX, VARIABLE_VALUE_CHARS_MAX,
};

use super::{
    ExitDescription, Group, KindDescription, ParamDescription, ParamType, Value,
    words::{
        NEXT, each, exit, exit_name, millis, number, optional, param, read_variable, sized, spoken,
        written_variable,
    },
};

/// Everything an IVR script can be made of.
pub const IVR: &[KindDescription] = &[
    KindDescription {
        kind: "testVariable",
        group: Group::Test,
        title: "Test Variable",
        summary: "Compares variables and goes one of two ways, or a third when it cannot tell.",
        params: &[param("", "Condition", ParamType::Condition)],
        exits: &[
            exit("true", "True"),
            exit("false", "False"),
            exit("missing", "Missing (else false)"),
            exit("notComparable", "Not comparable (else false)"),
        ],
    },
    KindDescription {
        kind: "switch",
        group: Group::Test,
        title: "Switch",
        summary: "Goes one way for each value of a variable.",
        params: &[
            read_variable("variable", "Variable"),
            ParamDescription {
                bounds: Some((1, ENTRIES_MAX as u64)),
                fields: &[
                    sized("value", "Value", ParamType::Text, 0, VARIABLE_VALUE_CHARS_MAX),
                    exit_name("Exit"),
                ],
                ..param("cases", "Cases", ParamType::List)
            },
        ],
        exits: &[each("cases.exit", "One for each case"), exit("default", "Any other value")],
    },
    KindDescription {
        kind: "split",
        group: Group::Test,
        title: "Split by percentage",
        summary: "Sends shares of all customers different ways, the same way each time for one.",
        params: &[ParamDescription {
            bounds: Some((1, ENTRIES_MAX as u64)),
            fields: &[number("percent", "Percent", 50, 0, 100), exit_name("Exit")],
            ..param("shares", "Shares, 100 in all", ParamType::List)
        }],
        exits: &[each("shares.exit", "One for each share")],
    },
    KindDescription {
        kind: "schedule",
        group: Group::Test,
        title: "Schedule",
        summary: "Goes by opening hours, with exits of their own for up to six kinds of days.",
        params: &[param("schedule", "Opening hours", ParamType::Schedule)],
        exits: &[
            exit("open", "Open"),
            exit("closed", "Closed"),
            exit("exception1", "Exception 1"),
            exit("exception2", "Exception 2"),
            exit("exception3", "Exception 3"),
            exit("exception4", "Exception 4"),
            exit("exception5", "Exception 5"),
            exit("exception6", "Exception 6"),
        ],
    },
    KindDescription {
        kind: "testQueue",
        group: Group::Test,
        title: "Test Queue",
        summary: "Goes by the first thing that is true of a queue now.",
        params: &[
            param("queue", "Queue", ParamType::Queue),
            ParamDescription {
                bounds: Some((1, ENTRIES_MAX as u64)),
                fields: &[param("when", "When", ParamType::QueueTest), exit_name("Exit")],
                ..param("conditions", "Conditions, first match wins", ParamType::List)
            },
        ],
        exits: &[each("conditions.exit", "One for each condition"), exit("none", "None of them")],
    },
    KindDescription {
        kind: "setVariable",
        group: Group::Data,
        title: "Set Variable",
        summary: "Gives a variable a value; it is created when it is not there.",
        params: &[
            written_variable("variable", "Variable"),
            sized("value", "Value", ParamType::Template, 0, VARIABLE_VALUE_CHARS_MAX),
        ],
        exits: NEXT,
    },
    KindDescription {
        kind: "getFromApi",
        group: Group::Data,
        title: "Get from API",
        summary: "Asks another system, and puts fields of its JSON answer into variables.",
        params: &[
            sized("url", "Address, https", ParamType::Template, 9, URI_CHARS_MAX),
            ParamDescription {
                bounds: Some((0, API_HEADERS_MAX as u64)),
                fields: &[
                    sized("name", "Name", ParamType::Text, 1, SHORT_TEXT_CHARS_MAX),
                    sized("value", "Value", ParamType::Template, 0, URI_CHARS_MAX),
                ],
                ..optional(param("headers", "Headers", ParamType::List))
            },
            ParamDescription {
                bounds: Some((1, API_MS_MAX)),
                ..millis("timeoutMs", "Wait at most", 5_000, 1)
            },
            ParamDescription {
                bounds: Some((1, ENTRIES_MAX as u64)),
                fields: &[
                    sized("field", "Field", ParamType::Text, 1, SHORT_TEXT_CHARS_MAX),
                    written_variable("variable", "Variable"),
                ],
                ..param("answers", "What goes where", ParamType::List)
            },
        ],
        exits: &[exit("ok", "Answered"), exit("timeout", "Not answered in time")],
    },
    KindDescription {
        kind: "say",
        group: Group::Talk,
        title: "Say",
        summary: "Speaks to the customer; private variables are left out.",
        params: &[spoken("text", "Text")],
        exits: NEXT,
    },
    KindDescription {
        kind: "menu",
        group: Group::Talk,
        title: "Menu",
        summary: "Asks for one key.",
        params: &[
            spoken("text", "Question"),
            ParamDescription {
                default: Some(Value::Text("12")),
                bounds: Some((1, 12)),
                ..param("keys", "Keys", ParamType::Keys)
            },
            millis("timeoutMs", "Time to answer", 5_000, 1),
            number("tries", "Ask how often", 3, 1, TRIES_MAX as u64),
            optional(spoken("again", "Said before asking again")),
        ],
        exits: &[
            each("keys", "One for each key"),
            exit("noInput", "No key"),
            exit("noMatch", "Another key"),
        ],
    },
    KindDescription {
        kind: "collectDigits",
        group: Group::Talk,
        title: "Collect Digits",
        summary: "Asks for digits and puts them into a variable.",
        params: &[
            spoken("text", "Question"),
            written_variable("variable", "Variable"),
            ParamDescription {
                default: Some(Value::Flag(false)),
                ..optional(param("privacy", "Private: sealed and never shown", ParamType::Flag))
            },
            number("min", "Fewest digits", 1, 0, DIGITS_MAX as u64),
            number("max", "Most digits", 10, 1, DIGITS_MAX as u64),
            millis("timeoutMs", "Time to answer", 10_000, 1),
            number("tries", "Ask how often", 3, 1, TRIES_MAX as u64),
        ],
        exits: &[
            exit("next", "Next"),
            exit("noInput", "No digits"),
            exit("noMatch", "Too few digits"),
        ],
    },
    KindDescription {
        kind: "record",
        group: Group::Talk,
        title: "Record",
        summary: "Records what the customer says, for the agent to read.",
        params: &[
            spoken("text", "Request"),
            millis("maxMs", "Longest recording", 60_000, 1),
            written_variable("variable", "Gets the length in seconds"),
        ],
        exits: &[exit("next", "Next"), exit("noInput", "Nothing was said")],
    },
    KindDescription {
        kind: "setPriority",
        group: Group::Route,
        title: "Set Priority",
        summary: "Moves the customer forward or back in any queue; 50 is standard.",
        params: &[number("priority", "Priority", 50, 0, PRIORITY_MAX as u64)],
        exits: NEXT,
    },
    KindDescription {
        kind: "requireSkill",
        group: Group::Route,
        title: "Require Skill",
        summary: "Only agents with this skill will be asked.",
        params: &[
            param("skill", "Skill", ParamType::Skill),
            number("level", "Lowest level", 1, 0, SKILL_LEVEL_MAX as u64),
        ],
        exits: NEXT,
    },
    KindDescription {
        kind: "dropSkill",
        group: Group::Route,
        title: "Drop Skill",
        summary: "Takes back a Require Skill.",
        params: &[param("skill", "Skill", ParamType::Skill)],
        exits: NEXT,
    },
    KindDescription {
        kind: "toQueue",
        group: Group::Route,
        title: "To Queue",
        summary: "Waits for an agent; the script goes on only when none takes the customer.",
        params: &[
            param("queue", "Queue", ParamType::Queue),
            optional(millis("timeoutMs", "Leave after", 300_000, 1)),
            optional(millis("announceMs", "Say the position every", 60_000, ANNOUNCE_MS_MIN)),
            ParamDescription {
                fields: &[
                    param("agent", "Agent", ParamType::NamedAgent),
                    millis("holdMs", "Wait for that agent alone", 20_000, 1),
                ],
                ..optional(param("preferred", "Agent to ask first", ParamType::Object))
            },
            ParamDescription {
                default: Some(Value::Flag(false)),
                ..optional(param(
                    "leaveWhenUnstaffed",
                    "Leave when nobody who could serve is logged in",
                    ParamType::Flag,
                ))
            },
            ParamDescription {
                default: Some(Value::Flag(false)),
                ..optional(param(
                    "announceWait",
                    "Say the expected wait with the position",
                    ParamType::Flag,
                ))
            },
            ParamDescription {
                bounds: Some((0, ENTRIES_MAX as u64)),
                fields: &[
                    ParamDescription {
                        default: Some(Value::Text("1")),
                        bounds: Some((1, 1)),
                        ..param("key", "Key", ParamType::Keys)
                    },
                    spoken("text", "Text"),
                    millis("afterMs", "Say it after", 60_000, 0),
                    exit_name("Exit"),
                ],
                ..optional(param("options", "Choices while waiting", ParamType::List))
            },
        ],
        exits: &[
            ExitDescription {
                needs: Some("options"),
                ..each("options.exit", "One for each choice")
            },
            ExitDescription { needs: Some("timeoutMs"), ..exit("timeout", "Waited too long") },
            exit("atCapacity", "Queue is full"),
            ExitDescription {
                needs: Some("leaveWhenUnstaffed"),
                ..exit("noAgents", "Nobody logged in")
            },
        ],
    },
    KindDescription {
        kind: "toAgent",
        group: Group::Route,
        title: "To Agent",
        summary: "Asks one agent by name; the script goes on only when that agent does not take it.",
        params: &[param("agent", "Agent", ParamType::NamedAgent)],
        exits: &[
            exit("busy", "Cannot take it, or declines"),
            exit("noAnswer", "Does not answer"),
            exit("invalid", "No such agent"),
        ],
    },
    KindDescription {
        kind: "toNumber",
        group: Group::Route,
        title: "To External Number",
        summary: "Connects the customer to a number outside, and goes on when that hangs up.",
        params: &[
            param("number", "Number", ParamType::NamedNumber),
            millis("timeoutMs", "Let it ring for", DIAL_MS, 1),
        ],
        exits: &[
            exit("done", "The number hung up"),
            exit("busy", "Busy"),
            exit("noAnswer", "Not answered"),
            exit("invalid", "Not a number, or not reached"),
        ],
    },
    KindDescription {
        kind: "toExternalIvr",
        group: Group::Route,
        title: "To External IVR",
        summary: "Connects the customer to an IVR outside, and goes on when that gives the call back.",
        params: &[
            param("number", "Number", ParamType::NamedNumber),
            millis("timeoutMs", "Let it ring for", DIAL_MS, 1),
        ],
        exits: &[exit("resume", "It gave the call back"), exit("timeout", "Not answered")],
    },
    KindDescription {
        kind: "toScript",
        group: Group::Route,
        title: "To Script",
        summary: "Goes on at the start of another script.",
        params: &[param("script", "Script", ParamType::Script)],
        exits: &[],
    },
    KindDescription {
        kind: "wait",
        group: Group::Wait,
        title: "Wait",
        summary: "Pauses.",
        params: &[millis("ms", "How long", 1_000, 1)],
        exits: NEXT,
    },
    KindDescription {
        kind: "callback",
        group: Group::End,
        title: "Callback",
        summary: "Keeps the customer's place in a queue and has an agent call back.",
        params: &[
            param("queue", "Queue", ParamType::Queue),
            optional(param("number", "Number, else the caller's", ParamType::NamedNumber)),
        ],
        exits: &[exit("done", "The place is kept")],
    },
    KindDescription {
        kind: "voicemail",
        group: Group::End,
        title: "Voicemail",
        summary: "Takes a message; an agent reads it and calls back when it is the customer's turn.",
        params: &[
            spoken("text", "Request"),
            millis("maxMs", "Longest message", 120_000, 1),
            param("queue", "Queue", ParamType::Queue),
        ],
        exits: &[exit("done", "The message is kept"), exit("noInput", "Nothing was said")],
    },
    KindDescription {
        kind: "disconnect",
        group: Group::End,
        title: "Disconnect",
        summary: "Ends the call.",
        params: &[],
        exits: &[],
    },
];
