//! The attached data of an interaction's events (Streaming API, "attachedData keys").

use model::{
    QueueId, TenantId,
    interaction::{Direction, Media},
};

use super::{contact::Contact, names::Names, render::Object};
use crate::Kind;

/// The customer's place among all that wait: every published sample has this.
const STANDING: u8 = 100;

/// What is attached to one event.
pub(super) fn of(contact: &Contact, kind: Kind, tenant: &TenantId, names: &Names) -> Object {
    let mut data = Object::default();
    put_customer(&mut data, contact);
    if kind != Kind::InteractionCreated {
        data.put_yes("pcsOffered", false);
    }
    put_origin(&mut data, contact, tenant);
    put_queue(&mut data, contact, tenant, names);
    put_times(&mut data, contact, names);
    if !contact.codes.is_empty() {
        let item = |code: &u32| format!("{}|{code}", names.list_of(*code));
        let items: Vec<_> = contact.codes.iter().map(item).collect();
        data.put("tclSelectedItems", items.join(","));
    }
    data
}

fn put_customer(data: &mut Object, contact: &Contact) {
    let customer = &*contact.customer;
    let national = customer.strip_prefix("+1").or_else(|| customer.strip_prefix('+'));
    let national = national.unwrap_or(customer);
    data.put("@pri", STANDING);
    data.put("callingName", contact.caller_name.as_deref().unwrap_or(national));
    data.put("cha", channel_number(contact));
    data.put("cnt", 0);
    data.put("con", 0);
    data.put("med", if contact.media == Media::Phone { "T" } else { "C" });
    data.put("pho", national);
    data.put("phoneNum", national);
    data.put("remoteCallingName", contact.caller_name.as_deref().unwrap_or(customer));
    data.put("remotePhoneNum", customer);
    data.put("tok", contact.id);
}

/// The center's number as it stands on the wire: without plus, which makes it a number. Calls that the
/// center makes come in by none.
pub(super) fn channel_number(contact: &Contact) -> &str {
    match contact.direction {
        Direction::In => contact.center.strip_prefix('+').unwrap_or(&contact.center),
        Direction::Out => "N/A",
    }
}

/// Who opened it, or what it was handed on from.
fn put_origin(data: &mut Object, contact: &Contact, tenant: &TenantId) {
    if contact.host.is_some() {
        data.put("ctl_transType", "agentdial");
        data.put("destType", if contact.line_of.is_some() { "internal" } else { "external" });
    }
    if let Some(offered) = contact.offered() {
        data.put_seconds("otim", offered);
        data.put("queueDirection", contact.direction.as_str());
        data.put("tenantName", tenant);
        data.put("tenantRecServer", "local");
    }
    if let Some(original) = &contact.original {
        data.put("originalInteractionGuid", &original.guid);
        data.put("originalTokenId", original.id);
        data.put("originalTransactionId", original.id);
        data.put_some("oqu", original.queue.map(|queue| queue_of(contact, queue, tenant)));
    }
}

fn queue_of(contact: &Contact, queue: QueueId, tenant: &TenantId) -> String {
    format!("{tenant}~~queue~~{}~~{queue}", contact.media.as_str())
}

fn put_queue(data: &mut Object, contact: &Contact, tenant: &TenantId, names: &Names) {
    let Some(queue) = &contact.queue else { return };
    let channel = names.channels.get(&contact.channel).map_or(&*contact.center, |name| name);
    data.put("channelName", channel);
    data.put("priority", queue.priority);
    data.put("que", queue_of(contact, queue.id, tenant));
    data.put("tenantSkillName", &queue.name);
    data.put_seconds("tim", queue.entered);
    if let Some(answered) = contact.answered {
        data.put("waitTime", answered.since(queue.entered) / 1000);
        data.put_seconds("phoneQueueInteractionStartTime", queue.entered);
    }
}

fn put_times(data: &mut Object, contact: &Contact, names: &Names) {
    let Some(answered) = contact.answered else { return };
    data.put("callAnsweredTime", answered.0);
    data.put("callAnsweredTenantTT", names.local(answered));
    let Some((ended, _)) = contact.ended else { return };
    data.put("callHangupTime", ended.0);
    data.put("callHangupTenantTT", names.local(ended));
    let seconds = ended.since(answered) / 1000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    data.put("callDuration", format!("{hours:02}:{minutes:02}:{:02}", seconds % 60));
    data.put("callDurationSec", seconds);
}
