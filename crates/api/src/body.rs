//! Bodies as they arrive: typed, bounded, in time.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::{
    error::{Invalid, Problem},
    limits::BODY_TIME,
};

/// What to make of a body without a Content-Type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Untyped {
    /// It is taken for JSON.
    Json,
    /// It is refused: a web page of somebody else could send it without asking.
    Refused,
}

/// Checks that the body says it is JSON, in UTF-8 if it names an encoding.
pub(crate) fn check_media_type(headers: &HeaderMap, untyped: Untyped) -> Result<(), Problem> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return match untyped {
            Untyped::Json => Ok(()),
            Untyped::Refused => Err(Problem::UnsupportedMediaType),
        };
    };
    let value = value.to_str().map_err(|_| Problem::UnsupportedMediaType)?;
    let mut parts = value.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some((name, charset)) if name.trim().eq_ignore_ascii_case("charset") => {
            let charset = charset.trim().trim_matches('"');
            ["utf-8", "utf8", "us-ascii"].iter().any(|known| charset.eq_ignore_ascii_case(known))
        }
        _ => true,
    });
    if is_json && is_utf8 { Ok(()) } else { Err(Problem::UnsupportedMediaType) }
}

/// Reads a whole body of at most `max` bytes.
pub(crate) async fn read(headers: &HeaderMap, body: Body, max: usize) -> Result<Bytes, Problem> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let announced = announced.and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > max as u64) {
        return Err(Problem::TooLarge);
    }
    let collected = timeout(BODY_TIME, Limited::new(body, max).collect())
        .await
        .map_err(|_| Problem::RequestTimeout)?;
    collected.map(http_body_util::Collected::to_bytes).map_err(|error| {
        if error.is::<LengthLimitError>() {
            Problem::TooLarge
        } else {
            Invalid::body("The body broke off.").into()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(value: &'static str) -> Result<(), Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, value.parse().unwrap());
        check_media_type(&headers, Untyped::Refused)
    }

    #[test]
    fn json_by_its_type() {
        for good in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "application/json; profile=x",
        ] {
            assert_eq!(typed(good), Ok(()), "{good}");
        }
        for bad in ["text/plain", "application/jsonp", "application/json; charset=latin1", ""] {
            assert_eq!(typed(bad), Err(Problem::UnsupportedMediaType), "{bad}");
        }
        let none = HeaderMap::new();
        assert_eq!(check_media_type(&none, Untyped::Json), Ok(()));
        assert_eq!(check_media_type(&none, Untyped::Refused), Err(Problem::UnsupportedMediaType));
    }

    #[tokio::test]
    async fn bodies_are_bounded() {
        let read = |n: usize| async move {
            read(&HeaderMap::new(), Body::from("a".repeat(n)), 3).await.map(|bytes| bytes.len())
        };
        assert_eq!(read(3).await, Ok(3));
        assert_eq!(read(4).await, Err(Problem::TooLarge));
    }
}
