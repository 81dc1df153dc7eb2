//! The OpenAPI document, made from the handlers.

use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Cordboard",
        description = "The HTTP surface of a Cordboard server. Instants are epoch milliseconds. Every \
            write takes the header `Idempotency-Key`: the same key again within 24 hours has no second \
            effect and succeeds.",
    ),
    tags(
        (name = "data augmentation", description = "Attach variables to an interaction, as published."),
        (name = "event streaming", description = "Everything that happens, as published, over WebSockets."),
        (name = "streaming", description = "Everything that happens, pushed, as published."),
        (name = "auth", description = "Sessions of people."),
        (name = "workspace", description = "What agents see and do."),
        (name = "supervisor", description = "What supervisors see and do."),
        (name = "administration", description = "What administrators set up."),
        (name = "webhooks", description = "What receivers of webhooks ask for, as published."),
        (name = "simulated carrier", description = "Plays the customers; only where it is enabled."),
        (name = "operations", description = "For those who run the server."),
    ),
    modifiers(&Security),
)]
struct Document;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let basic = Http::builder()
            .scheme(HttpAuthScheme::Basic)
            .description(Some("The tenant's name and its Action Request Token."))
            .build();
        let bearer = Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token of a session."))
            .build();
        let cookie = ApiKeyValue::with_description(
            "cordboard_session",
            "A session's cookie; `__Host-cordboard_session` over TLS. Writes need X-CSRF-Token too.",
        );
        let key = ApiKeyValue::with_description("X-API-Key", "A key for the Contact Center.");
        let data = Http::builder()
            .scheme(HttpAuthScheme::Basic)
            .description(Some("The tenant's name and its Data Request Token."))
            .build();
        let stream = ApiKeyValue::with_description("X-API-Key", "A key for the event stream.");
        for (name, scheme) in [
            ("actionRequestToken", SecurityScheme::Http(basic)),
            ("apiKey", SecurityScheme::ApiKey(ApiKey::Header(key))),
            ("dataRequestToken", SecurityScheme::Http(data)),
            ("streamKey", SecurityScheme::ApiKey(ApiKey::Header(stream))),
            ("session", SecurityScheme::Http(bearer)),
            ("sessionCookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
        ] {
            components.add_security_scheme(name, scheme);
        }
    }
}

pub(crate) fn head() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The OpenAPI 3.1 document of everything this crate serves, as indented JSON.
///
/// # Panics
/// Never: the document holds only what JSON can hold.
#[must_use]
pub fn document() -> String {
    let document = crate::router::documented();
    document.to_pretty_json().expect("the document holds only what JSON can hold")
}
