//! Who may know why an interaction was offered to whom, and what became of one's own offer.

use engine::{State, views::OfferRow};
use model::{OfferId, access::Role};

use super::wire;
use crate::{
    app::App,
    auth::{Agent, Caller},
    error::Problem,
    read,
    shown::why,
};

/// All offers of an interaction, for somebody who may know.
pub(super) async fn answer(
    app: &App,
    caller: &Caller,
    identifier: String,
) -> Result<wire::WhyAnswer, Problem> {
    let position = app.engine().position(&caller.tenant).map_err(|_| Problem::Unauthenticated)?;
    let find = move |views: &engine::views::Reader<'_>| {
        let Some(row) = views.find(&identifier)? else { return Ok(None) };
        Ok(Some((row.guid, views.offers(row.id)?)))
    };
    let found = read::views(app, &caller.tenant, position, read::Lag::Refuse, find).await?;
    let (interaction_id, rows) = found.ok_or(Problem::NotFound)?;
    if !may_know(caller, &rows) {
        return Err(Problem::NotFound);
    }
    let name = move |state: &State, _| rows.into_iter().map(|row| why::offer(state, row)).collect();
    let offers = app.engine().query(&caller.tenant, name).await?;
    Ok(wire::WhyAnswer { interaction_id, offers })
}

/// An agent may know of what was offered to that agent; those who watch may know of everything.
fn may_know(caller: &Caller, offers: &[OfferRow]) -> bool {
    match caller.role {
        Role::Supervisor | Role::Administrator => true,
        Role::Agent => offers.iter().any(|offer| Some(offer.agent) == caller.agent),
    }
}

/// What became of an agent's offer, as a sentence for the agent who is too late.
pub(super) async fn fate(
    app: &App,
    agent: &Agent,
    identifier: String,
    offer: OfferId,
) -> Option<&'static str> {
    let position = app.engine().position(&agent.caller.tenant).ok()?;
    let find = move |views: &engine::views::Reader<'_>| {
        let Some(row) = views.find(&identifier)? else { return Ok(None) };
        let offers = views.offers(row.id)?;
        Ok(offers.into_iter().find(|known| known.id == offer))
    };
    let found = read::views(app, &agent.caller.tenant, position, read::Lag::Tolerate, find).await;
    let found = found.ok().flatten().filter(|found| found.agent == agent.id)?;
    Some(match why::outcome(&found.outcome) {
        wire::OfferOutcome::Pending => "This offer is no longer yours: it timed out.",
        wire::OfferOutcome::Accepted => "This offer is no longer open: you accepted it.",
        wire::OfferOutcome::Rejected => "This offer is no longer yours: you rejected it.",
        wire::OfferOutcome::TimedOut => "This offer is no longer yours: it timed out.",
        wire::OfferOutcome::Withdrawn => "This offer is no longer yours: the customer left.",
        wire::OfferOutcome::Recalled => "This offer is no longer yours: a supervisor took it back.",
    })
}
