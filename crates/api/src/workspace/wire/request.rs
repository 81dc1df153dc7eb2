//! What the workspace sends.

use model::{
    OfferId, Text,
    interaction::Disposition,
    limits::{CODES_PER_WRAP_UP_MAX, NOTE_CHARS_MAX, SHORT_TEXT_CHARS_MAX},
};
use utoipa::ToSchema;

use crate::{
    error::Invalid,
    fields::{Fields, Parse},
};

/// Takes the offer.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct AcceptOffer {
    /// The offer as the state shows it.
    #[schema(value_type = String)]
    pub(crate) offer_id: OfferId,
}

impl Parse for AcceptOffer {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        Ok(Self { offer_id: offer_id(fields)? })
    }
}

/// Does not take the offer.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct RejectOffer {
    /// The offer as the state shows it.
    #[schema(value_type = String)]
    pub(crate) offer_id: OfferId,
    /// Code of one of the state's `rejectReasons`.
    #[schema(value_type = Option<String>, max_length = 128)]
    pub(crate) reason: Option<Text>,
}

impl Parse for RejectOffer {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        Ok(Self {
            offer_id: offer_id(fields)?,
            reason: fields.optional_text("reason", SHORT_TEXT_CHARS_MAX)?,
        })
    }
}

/// An offer's id is digits in a string, because the number may outgrow JavaScript's.
fn offer_id(fields: &mut Fields<'_>) -> Result<OfferId, Invalid> {
    let text = fields.text("offerId", SHORT_TEXT_CHARS_MAX)?;
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let id = text.parse().ok().filter(|_| digits);
    id.map(OfferId).ok_or_else(|| Invalid::field("offerId", "Must be the id of an offer."))
}

/// Silences the microphone, or opens it.
#[derive(Debug, ToSchema)]
pub(crate) struct MuteMicrophone {
    /// Silent, or open.
    pub(crate) muted: bool,
}

impl Parse for MuteMicrophone {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        Ok(Self { muted: fields.bool("muted")? })
    }
}

/// Completes the paperwork.
#[derive(Debug, ToSchema)]
pub(crate) struct CompleteWrapUp {
    /// 1000 none, 1001 try again, 1002 schedule callback, 2001 do not call.
    #[schema(value_type = u16, example = 1000)]
    pub(crate) disposition: Disposition,
    /// Ids of transaction codes.
    #[schema(max_items = 20)]
    pub(crate) codes: Vec<u32>,
    /// A note for colleagues.
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub(crate) note: Option<Text>,
}

impl Parse for CompleteWrapUp {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let code = fields.number("disposition")?;
        let disposition = u16::try_from(code)
            .map_err(|_| "a disposition is 1000, 1001, 1002 or 2001")
            .and_then(Disposition::try_from);
        Ok(Self {
            disposition: disposition
                .map_err(|_| Invalid::field("disposition", "Must be 1000, 1001, 1002 or 2001."))?,
            codes: fields.numbers("codes", CODES_PER_WRAP_UP_MAX)?,
            note: fields.optional_text("note", NOTE_CHARS_MAX)?,
        })
    }
}
