//! What scripts do beyond speaking: choices in a queue, callbacks, messages, questions to other systems.

use model::{
    ChannelId, Event, InteractionId, QueueId, Timestamp,
    event::{ApiAsked, InteractionCreated, InteractionQueued, WaitOption},
    flow::ApiField,
    interaction::{Direction, Media, Message},
};

use super::I;

/// What customers can do while they wait.
pub(crate) fn waits() -> Vec<Event> {
    let at = Timestamp(1_790_000_030_000);
    let (key, exit) = ("1".into(), "callback".into());
    let option = WaitOption { key, text: "Press 1 to be called back.".into(), at, exit };
    vec![
        Event::InteractionQueued(Box::new(InteractionQueued {
            interaction: I,
            queue: QueueId(101),
            queue_name: "Sales".into(),
            priority: 50,
            leave_at: None,
            announce_ms: Some(20_000),
            preferred: None,
            announce_wait: true,
            options: vec![option],
            entered: None,
        })),
        Event::OptionSaid { interaction: I, key: "1".into() },
        Event::InteractionCreated(Box::new(InteractionCreated {
            interaction: InteractionId(9),
            guid: "int-1a0f-abc-phone-01-acmecorp01".into(),
            media: Media::Phone,
            channel: ChannelId(1),
            to: "+15557654321".into(),
            from: "+15551230001".into(),
            caller_name: None,
            call_id: None,
            direction: Direction::Out,
            agent: None,
            queue: None,
            original: Some("int-1a0c-abc-phone-01-acmecorp01".into()),
            line_of: None,
            callback: true,
        })),
        Event::InteractionQueued(Box::new(InteractionQueued {
            interaction: InteractionId(9),
            queue: QueueId(101),
            queue_name: "Sales".into(),
            priority: 50,
            leave_at: None,
            announce_ms: None,
            preferred: None,
            announce_wait: false,
            options: Vec::new(),
            entered: Some(at),
        })),
    ]
}

/// What customers say for agents.
pub(crate) fn messages() -> Vec<Event> {
    let (text, at) = ("Please call after five.".into(), Timestamp(1_790_000_030_000));
    let message = Message { text, duration_ms: 4_200, at };
    vec![Event::MessageRecorded { interaction: I, message: Box::new(message) }]
}

/// What other systems are asked.
pub(crate) fn questions() -> Vec<Event> {
    let (field, variable) = ("customer.tier".into(), "_customerTier".into());
    let asked = ApiAsked {
        interaction: I,
        ask: 1,
        url: "https://crm.example.com/customers/15557654321".into(),
        headers: vec![("Authorization".into(), "Bearer key".into())],
        fields: vec![ApiField { field, variable }],
        until: Timestamp(1_790_000_030_000),
    };
    let fault = Some("status-500".into());
    vec![
        Event::ApiAsked(Box::new(asked)),
        Event::ApiAnswered { interaction: I, ask: 1, fault: None },
        Event::ApiAnswered { interaction: I, ask: 1, fault },
    ]
}
