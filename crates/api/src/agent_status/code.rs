//! Status codes: reasons by number, in lists, one list for each status.

use kernel::state::Config;
use model::{
    Text,
    config::{Reason, ReasonFor},
    status::Status,
};

/// The tenant's reasons for statuses.
#[derive(Clone, Debug)]
pub(super) struct Codes(Vec<Reason>);

/// What a request says about the code: nothing of it is required.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) list: Option<i64>,
    pub(super) item: Option<i64>,
    pub(super) short: Option<String>,
}

impl Codes {
    pub(super) fn of(config: &Config) -> Self {
        let of_statuses = |reason: &&Reason| matches!(reason.of, ReasonFor::Status(_));
        Self(config.reasons.values().filter(of_statuses).cloned().collect())
    }

    /// The reason of this code, as it applies to a status.
    pub(super) fn reason(&self, status: Status, code: &Text) -> Option<&Reason> {
        self.list(status).find(|reason| reason.code == *code)
    }

    fn list(&self, status: Status) -> impl Iterator<Item = &Reason> {
        self.0.iter().filter(move |reason| reason.of == ReasonFor::Status(status))
    }

    /// The reason that is asked for; `None` when none is.
    ///
    /// # Errors
    /// The published sentence about what does not fit.
    pub(super) fn find(&self, status: Status, asked: &Asked) -> Result<Option<Text>, &'static str> {
        if *asked == Asked::default() {
            return Ok(None);
        }
        let number = ReasonFor::Status(status).list_number();
        let wrong_list = asked.list.is_some_and(|list| list != i64::from(number));
        if wrong_list || self.list(status).next().is_none() {
            return Err("The status code list id is invalid.");
        }
        let mut fitting: Vec<&Reason> = self.list(status).collect();
        if let Some(item) = asked.item {
            fitting.retain(|reason| i64::from(reason.number()) == item);
            if fitting.is_empty() {
                return Err("The status code item id is invalid.");
            }
        }
        if let Some(short) = &asked.short {
            fitting.retain(|reason| *reason.code == **short);
            if fitting.is_empty() {
                return Err("The status code item short code is invalid.");
            }
        }
        match fitting[..] {
            [one] => Ok(Some(one.code.clone())),
            _ => Err("The status code item id is missing."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_named_by_list_item_or_short_code() {
        let reason = |code: &str, of| Reason { code: code.into(), text: code.into(), of };
        let on_break = ReasonFor::Status(Status::OnBreak);
        let codes = Codes(vec![reason("lunch", on_break), reason("short", on_break)]);
        let lunch = i64::from(codes.0[0].number());
        let find = |status, list, item, short: Option<&str>| {
            let asked = Asked { list, item, short: short.map(str::to_owned) };
            codes.find(status, &asked).map(|found| found.map(|code| code.to_string()))
        };
        let found = Ok(Some("lunch".to_owned()));
        assert_eq!(find(Status::OnBreak, None, None, None), Ok(None));
        assert_eq!(find(Status::OnBreak, Some(3), Some(lunch), Some("lunch")), found);
        assert_eq!(find(Status::OnBreak, None, Some(lunch), None), found);
        assert_eq!(find(Status::OnBreak, None, None, Some("lunch")), found);
        let list = Err("The status code list id is invalid.");
        assert_eq!(find(Status::OnBreak, Some(5), Some(lunch), None), list);
        assert_eq!(find(Status::WorkOffline, None, Some(lunch), None), list, "has no codes");
        let item = Err("The status code item id is invalid.");
        assert_eq!(find(Status::OnBreak, Some(3), Some(1), None), item);
        let short = Err("The status code item short code is invalid.");
        assert_eq!(find(Status::OnBreak, Some(3), Some(lunch), Some("short")), short);
        let missing = Err("The status code item id is missing.");
        assert_eq!(find(Status::OnBreak, Some(3), None, None), missing);
    }
}
