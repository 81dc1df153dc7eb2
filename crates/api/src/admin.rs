//! What administrators set up, as resources.

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

mod webhooks;

pub(crate) fn routes() -> OpenApiRouter<App> {
    webhooks::routes()
}
