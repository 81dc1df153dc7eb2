//! The order of Test Queue's conditions: one that holds only when an earlier one does is never
//! reached.

use alloc::format;

use model::flow::{Fix, QueueTest, Severity, TestQueue};

use super::Report;

const LIST: &str = "kind.testQueue.conditions";

pub(super) fn check_order(test: &TestQueue, report: &mut Report) {
    for (later, condition) in test.conditions.iter().enumerate() {
        let before = test.conditions[..later].iter();
        let Some(earlier) = before.map(|c| c.when).position(|when| implies(condition.when, when))
        else {
            continue;
        };
        let (from, to) = (place(later), place(earlier));
        let node = report.here();
        let same = implies(test.conditions[earlier].when, condition.when);
        let fix = if same {
            Fix::RemoveEntry { node, field: LIST.into(), at: from }
        } else {
            Fix::MoveBefore { node, field: LIST.into(), from, to }
        };
        let message = format!(
            "is never reached: whenever it holds, condition {} above it holds too",
            earlier + 1
        );
        let field = format!("{LIST}[{later}]");
        report.add(Severity::Error, field.into(), message.into(), Some(fix));
    }
}

fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Whether `one` holds only when `other` does.
fn implies(one: QueueTest, other: QueueTest) -> bool {
    use QueueTest::{
        ExpectedWaitOver, LongestWaitOver, MoreWaitingThan, NoAgentAvailable, NoAgentLoggedIn,
    };
    match one {
        NoAgentAvailable => matches!(other, NoAgentAvailable),
        NoAgentLoggedIn => matches!(other, NoAgentAvailable | NoAgentLoggedIn),
        MoreWaitingThan(one) => matches!(other, MoreWaitingThan(limit) if one >= limit),
        LongestWaitOver(one) => {
            // Somebody who has waited is somebody who waits.
            matches!(other, MoreWaitingThan(0))
                || matches!(other, LongestWaitOver(limit) if one >= limit)
        }
        ExpectedWaitOver(one) => matches!(other, ExpectedWaitOver(limit) if one >= limit),
    }
}
