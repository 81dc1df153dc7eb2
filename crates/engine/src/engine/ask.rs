//! What a tenant's shard can be asked: to execute a request, to be looked at, or both at once.

use eventlog::Position;
use kernel::State;
use model::{Rejection, TenantId, command::Request, time::Millis};
use tokio::sync::oneshot;

use super::Engine;
use crate::{
    Committed, QueryError, SubmitError,
    shard::{Item, Wanted},
};

/// When a client should try again whose request was turned away or left without an answer.
const RETRY_MS: Millis = 500;

/// What came of [`Engine::submit_with`]: what was given beside the request with what the rules said to it, or
/// the refusal that was given instead.
pub type Prepared<T, E> = Result<(T, Result<Committed, Rejection>), E>;

impl Engine {
    /// Executes a request. The answer, a refusal too, comes when everything it depends on is durable.
    /// The request is on its way when this returns, and is executed also when the future is dropped.
    ///
    /// # Errors
    /// When the rules refuse it, or the tenant is unknown or unavailable.
    pub fn submit(
        &self,
        tenant: &TenantId,
        request: Request,
    ) -> impl Future<Output = Result<Committed, SubmitError>> + Send + use<> {
        let sent = self.send_command(tenant, request);
        async move { answered(sent?.await) }
    }

    /// Lets `prepare` look at the tenant's state, as of a position, on the shard's thread (it should be
    /// quick), and executes the request that it makes of what it saw before anything else can change it.
    /// What `prepare` gives beside the request comes back with what the rules said; it may also give a
    /// refusal of its own instead of a request. Like [`submit`](Self::submit), the answer comes when
    /// everything it depends on is durable.
    ///
    /// # Errors
    /// When the tenant is unknown or unavailable, or `prepare` panics.
    pub fn submit_with<T, E, F>(
        &self,
        tenant: &TenantId,
        prepare: F,
    ) -> impl Future<Output = Result<Prepared<T, E>, QueryError>> + Send + use<T, E, F>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: FnOnce(&State, Position) -> Result<(Request, T), E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let item = move |state: &State, position| match prepare(state, position) {
            Ok((request, beside)) => {
                let executed = move |executed| drop(reply.send(Ok((beside, executed))));
                Wanted::Execute(request, Box::new(executed))
            }
            Err(refusal) => Wanted::Answer(Box::new(move || drop(reply.send(Err(refusal))))),
        };
        let sent = self.send(tenant, Box::new(item));
        async move {
            sent?;
            answer.await.map_err(|_| QueryError::Unavailable { retry_ms: RETRY_MS })
        }
    }

    /// Like [`submit`](Self::submit), for a thread outside any runtime.
    ///
    /// # Errors
    /// As `submit`.
    ///
    /// # Panics
    /// On a thread of a runtime.
    pub fn submit_blocking(
        &self,
        tenant: &TenantId,
        request: Request,
    ) -> Result<Committed, SubmitError> {
        answered(self.send_command(tenant, request)?.blocking_recv())
    }

    /// Lets `read` look at the tenant's state, as of a position, on the shard's thread: it should be quick.
    /// The answer comes when that position is durable.
    ///
    /// # Errors
    /// When the tenant is unknown or unavailable, or `read` panics.
    pub fn query<T, F>(
        &self,
        tenant: &TenantId,
        read: F,
    ) -> impl Future<Output = Result<T, QueryError>> + Send + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&State, Position) -> T + Send + 'static,
    {
        let sent = self.send_query(tenant, read);
        async move { sent?.await.map_err(|_| QueryError::Unavailable { retry_ms: RETRY_MS }) }
    }

    /// Like [`query`](Self::query), for a thread outside any runtime.
    ///
    /// # Errors
    /// As `query`.
    ///
    /// # Panics
    /// On a thread of a runtime.
    pub fn query_blocking<T: Send + 'static>(
        &self,
        tenant: &TenantId,
        read: impl FnOnce(&State, Position) -> T + Send + 'static,
    ) -> Result<T, QueryError> {
        let sent = self.send_query(tenant, read)?;
        sent.blocking_recv().map_err(|_| QueryError::Unavailable { retry_ms: RETRY_MS })
    }

    fn send_command(
        &self,
        tenant: &TenantId,
        request: Request,
    ) -> Result<oneshot::Receiver<Result<Committed, Rejection>>, QueryError> {
        let (reply, answer) = oneshot::channel();
        let item = |_: &State, _| {
            // Here and below: the client may have gone, which changes nothing.
            Wanted::Execute(request, Box::new(move |executed| drop(reply.send(executed))))
        };
        self.send(tenant, Box::new(item))?;
        Ok(answer)
    }

    fn send_query<T: Send + 'static>(
        &self,
        tenant: &TenantId,
        read: impl FnOnce(&State, Position) -> T + Send + 'static,
    ) -> Result<oneshot::Receiver<T>, QueryError> {
        let (reply, answer) = oneshot::channel();
        let item = move |state: &State, position| {
            let seen = read(state, position);
            Wanted::Answer(Box::new(move || drop(reply.send(seen))))
        };
        self.send(tenant, Box::new(item))?;
        Ok(answer)
    }

    fn send(&self, tenant: &TenantId, item: Item) -> Result<(), QueryError> {
        let tenant = self.tenant(tenant)?;
        tenant.inbox.push(item).map_err(|_| {
            tenant.counters.unavailable.add(1);
            QueryError::Unavailable { retry_ms: RETRY_MS }
        })
    }
}

fn answered(
    answer: Result<Result<Committed, Rejection>, oneshot::error::RecvError>,
) -> Result<Committed, SubmitError> {
    match answer {
        Ok(answer) => answer.map_err(SubmitError::Rejected),
        Err(_) => Err(SubmitError::Unavailable { retry_ms: RETRY_MS }),
    }
}
