//! What a request asks for, in its query and headers.

use axum::http::HeaderMap;
use engine::measure::Setup;
use model::TenantId;

use super::catalogue::{self, Context, Key};
use crate::error::{Invalid, Problem};

/// Elements on a page, unless the caller wants another number.
const SIZE_DEFAULT: u64 = 100;
/// Elements on a page at most (real-time metrics, "Errors").
const SIZE_MAX: u64 = 1_000;

/// The parameters of a query, in order; a list is written as one key many times, or with commas.
#[derive(Clone, Debug, Default)]
pub(super) struct Query(Vec<(String, String)>);

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) number: u64,
    pub(super) size: u64,
}

fn bad(message: impl std::fmt::Display) -> Problem {
    Invalid::body(format!("Bad request: {message}")).into()
}

impl Query {
    pub(super) fn read(query: Option<&str>) -> Self {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        Self(pairs.into_owned().collect())
    }

    fn last(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements of a list; `None` when it is not there.
    pub(super) fn list(&self, name: &str) -> Option<Vec<&str>> {
        let all = self.0.iter().filter(|(known, _)| known == name);
        let elements: Vec<&str> =
            all.flat_map(|(_, value)| value.split(',')).map(str::trim).collect();
        let elements: Vec<&str> =
            elements.into_iter().filter(|element| !element.is_empty()).collect();
        (!elements.is_empty()).then_some(elements)
    }

    /// `true` or `false`; the latter when it is not there.
    pub(super) fn flag(&self, name: &'static str) -> Result<bool, Problem> {
        match self.last(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(bad(format_args!("Field '{name}' must be true or false"))),
        }
    }

    /// The metrics that are asked for, each once; all when none is.
    pub(super) fn metrics(&self, context: Context, version: u8) -> Result<Vec<Key>, Problem> {
        let all = catalogue::all(context, version);
        let Some(asked) = self.list("metrics") else { return Ok(all) };
        let find = |text: &str| {
            catalogue::find(&all, context, text).ok_or_else(|| {
                bad("Field 'metrics' has a value that is no metric of this resource")
            })
        };
        let mut found = asked.into_iter().map(find).collect::<Result<Vec<Key>, _>>()?;
        found.sort_unstable_by(|one, other| one.text.cmp(&other.text));
        found.dedup_by(|one, other| one.text == other.text);
        Ok(found)
    }

    /// Which part of a list is asked for.
    pub(super) fn page(&self) -> Result<Page, Problem> {
        let number = |name: &'static str, default| match self.last(name) {
            None => Ok(default),
            Some(text) => text
                .parse::<i64>()
                .map_err(|_| bad(format_args!("Field '{name}' must be a whole number"))),
        };
        let size = number("size", SIZE_DEFAULT.cast_signed())?;
        if size > SIZE_MAX.cast_signed() {
            return Err(bad("Field 'size' must be less than or equal to 1000"));
        }
        if size < 1 {
            return Err(bad("Field 'size' must be greater than or equal to 1"));
        }
        let page = number("page", 0)?;
        // What is no page is refused when it is known how many there are.
        let number = u64::try_from(page).unwrap_or(u64::MAX);
        Ok(Page { number, size: size.cast_unsigned() })
    }

    /// Days are the tenant's: no other time zone is set up.
    pub(super) fn check_time_zone(&self, setup: &Setup) -> Result<(), Problem> {
        match self.last("timezone") {
            Some(zone) if *zone != *setup.time_zone => {
                Err(bad("Field 'timezone' must be the default time zone of the tenant"))
            }
            _ => Ok(()),
        }
    }
}

impl Page {
    /// How many pages there are, and where this one begins.
    pub(super) fn place(self, elements: usize) -> Result<(u64, usize), Problem> {
        let pages = (elements as u64).div_ceil(self.size);
        if self.number >= pages.max(1) {
            return Err(bad(format_args!(
                "Field 'page' must be greater than or equal to 0 and less than the total number of pages, \
                 which is {pages} for this request"
            )));
        }
        Ok((pages, usize::try_from(self.number * self.size).unwrap_or(usize::MAX)))
    }
}

/// A token opens one tenant. Who names one all the same must name that.
pub(super) fn check_tenant(headers: &HeaderMap, tenant: &TenantId) -> Result<(), Problem> {
    match headers.get("x-tenant-info") {
        Some(named) if named.as_bytes() != tenant.as_str().as_bytes() => {
            Err(bad("Invalid value for X-Tenant-Info header."))
        }
        _ => Ok(()),
    }
}

/// An element that a list names and that does not exist.
pub(super) fn unknown(name: &'static str) -> Problem {
    bad(format_args!("Field '{name}' has a value that does not exist"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_written_either_way() {
        let query = Query::read(Some("queue-ids=1,2&queue-ids=3&metrics=&x=a%2Cb"));
        assert_eq!(query.list("queue-ids"), Some(vec!["1", "2", "3"]));
        assert_eq!((query.list("metrics"), query.list("y")), (None, None));
        assert_eq!(query.list("x"), Some(vec!["a", "b"]));
    }

    #[test]
    fn pages_at_their_bounds() {
        let page = |text: &str| Query::read(Some(text)).page();
        assert_eq!(page(""), Ok(Page { number: 0, size: 100 }));
        assert_eq!(page("page=2&size=1000"), Ok(Page { number: 2, size: 1_000 }));
        for wrong in ["size=1001", "size=0", "size=-1", "size=x", "size=", "page=1.5"] {
            assert!(page(wrong).is_err(), "{wrong}");
        }
        let place = |text: &str, n| page(text).unwrap().place(n).ok();
        assert_eq!(place("", 0), Some((0, 0)));
        assert_eq!(place("page=1&size=2", 3), Some((2, 2)));
        assert_eq!(place("page=2&size=2", 3), None);
        assert_eq!(place("page=-1", 3), None);
    }
}
