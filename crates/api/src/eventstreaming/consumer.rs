//! A consumer's connection: what its subscription hands out goes out, what the client says goes in.

use stream::{Consumer, Delivered};

use super::{
    Grant,
    link::{Ending, Heard, Link},
    wire::{END_OF_TOPIC, Said},
};

/// Messages sent before it is looked at what the client says.
const AT_ONCE: usize = 64;

pub(super) async fn serve(grant: Grant, mut consumer: Consumer, mut link: Link) {
    let stop = grant.app.options().stop.clone();
    let ending = tokio::select! {
        ending = run(&grant, &mut consumer, &mut link) => ending,
        () = grant.revoked() => Ending::Unauthenticated,
        () = stop.thrown() => Ending::GoingDown,
    };
    // Before the client is told, so that who comes back at once finds its acknowledgements kept.
    consumer.detach().await;
    link.close(ending).await;
}

async fn run(grant: &Grant, consumer: &mut Consumer, link: &mut Link) -> Ending {
    loop {
        let done = tokio::select! {
            heard = link.hear() => match heard {
                Ok(Heard::Text(text)) => obey(&text, consumer, link).await,
                Ok(Heard::Life) => Ok(()),
                Ok(Heard::Nothing) => link.beat().await,
                Err(ending) => Err(ending),
            },
            delivered = consumer.next() => match delivered {
                Some(delivered) => hand_over(grant, delivered, consumer, link).await,
                None => Err(Ending::Over),
            },
        };
        if let Err(ending) = done {
            return ending;
        }
    }
}

async fn obey(text: &str, consumer: &Consumer, link: &mut Link) -> Result<(), Ending> {
    match Said::by_consumer(text).map_err(Ending::Unreadable)? {
        Said::Ack(entry) => consumer.ack(entry).await,
        Said::Nack(entry) => consumer.nack(entry).await,
        Said::Permit(more) => consumer.permit(more).await,
        Said::Unsubscribe => {
            consumer.unsubscribe().await;
            return Err(Ending::Unsubscribed);
        }
        Said::IsEndOfTopic => {
            link.send(END_OF_TOPIC.into()).await?;
            link.flush().await?;
        }
    }
    Ok(())
}

async fn hand_over(
    grant: &Grant,
    first: Delivered,
    consumer: &mut Consumer,
    link: &mut Link,
) -> Result<(), Ending> {
    let mut next = Some(first);
    for _ in 0..AT_ONCE {
        let Some(Delivered { entry, redeliveries, message }) = next else { break };
        link.send(grant.envelopes.of(entry, redeliveries, &message)).await?;
        next = consumer.try_next();
    }
    // The last one taken has not been sent if there were too many.
    if let Some(Delivered { entry, redeliveries, message }) = next {
        link.send(grant.envelopes.of(entry, redeliveries, &message)).await?;
    }
    link.flush().await
}
