//! The JSON of what the numbers mean.

use serde::Serialize;
use utoipa::ToSchema;

/// What every number of a wallboard means.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WallboardMeasures)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MeasureList {
    pub(crate) items: Vec<ShownMeasure>,
}

/// What a number means.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = WallboardMeasure)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShownMeasure {
    /// The field of a row.
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) unit: MeasureUnit,
    /// How it is made, in a sentence.
    pub(crate) formula: &'static str,
    /// What is above the line of a ratio.
    #[schema(required)]
    pub(crate) numerator: Option<&'static str>,
    /// What is below the line of a ratio.
    #[schema(required)]
    pub(crate) denominator: Option<&'static str>,
    /// Which interactions a service level is measured against.
    #[schema(required)]
    pub(crate) policy: Option<&'static str>,
    /// Over how long: `now` or `today`.
    pub(crate) interval: &'static str,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum MeasureUnit {
    Interactions,
    Agents,
    Percent,
    Milliseconds,
}
