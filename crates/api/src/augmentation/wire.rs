//! The JSON of Data Augmentation, as published.

use model::variable::Variable;
use serde::Serialize;
use utoipa::ToSchema;

/// What a POST sends: one of three shapes, all in use.
#[derive(ToSchema)]
#[schema(as = AugmentationRequest)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the JSON; the body is read by `parse`")]
pub(crate) enum SetRequest {
    /// `data` as an array; several elements are joined in order.
    DataList {
        /// The parts.
        data: Vec<VariableList>,
    },
    /// `data` as an object.
    Data {
        /// The one part.
        data: VariableList,
    },
    /// The variables alone.
    Bare(VariableList),
}

/// Variables to set.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the JSON; the body is read by `parse`")]
pub(crate) struct VariableList {
    /// At most 50 over all parts, names distinct. Empty is allowed.
    #[schema(max_items = 50)]
    variables: Vec<VariableIn>,
}

/// One variable to set. A variable of the same name is replaced whole.
#[derive(ToSchema)]
#[schema(as = AugmentationVariable)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the JSON; the body is read by `parse`")]
pub(crate) struct VariableIn {
    /// `_` and 1 to 24 letters, digits or underscores; case matters.
    #[schema(pattern = "^_[A-Za-z0-9_]{1,24}$", example = "_customerTier")]
    name: String,
    /// The value.
    #[schema(max_length = 1000, example = "VIP")]
    value: String,
    /// The script's Test Variable may use it. Default false.
    #[schema(nullable = false)]
    ivr: Option<Flag>,
    /// Agents see it. Default false.
    #[schema(nullable = false)]
    display: Option<Flag>,
    /// What agents read as its label. Default: the name without its underscore.
    #[schema(max_length = 30, nullable = false)]
    display_name: Option<String>,
    /// `text`, `number`, `phone`, `date`, `time` or `currency`, in any case. Default `text`.
    #[schema(nullable = false)]
    data_type: Option<String>,
    /// The value is masked wherever it could be read. Default false.
    #[schema(nullable = false)]
    privacy: Option<Flag>,
}

/// `true` and `false`, or the same words as strings in any case.
#[derive(ToSchema)]
#[schema(as = AugmentationFlag)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the JSON; the body is read by `parse`")]
pub(crate) enum Flag {
    /// As a boolean.
    Bool(bool),
    /// As a word.
    Word(String),
}

/// The answer to a POST.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AugmentationSet)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SetDone {
    /// Always `success`.
    #[schema(example = "success")]
    pub(crate) status: &'static str,
    /// Always `Variables successfully set`.
    #[schema(example = "Variables successfully set")]
    pub(crate) message: &'static str,
    /// The interaction's GUID, whatever identifier was used.
    pub(crate) interaction_id: String,
    /// How many variables were set.
    pub(crate) variables_set: usize,
}

/// The answer to a GET.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AugmentationData)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InteractionData {
    /// The interaction's GUID.
    pub(crate) interaction_id: String,
    /// The number or address reached.
    #[schema(example = "18005551234")]
    pub(crate) channel: String,
    /// When the interaction began: ISO 8601 in UTC, whole seconds.
    #[schema(example = "2024-01-15T10:30:00Z")]
    pub(crate) create_time: String,
    /// The customer's number or address.
    #[schema(example = "16175551234")]
    pub(crate) ani: String,
    /// The customer's name; empty when not known.
    #[schema(example = "John Doe")]
    pub(crate) caller_name: String,
    /// The variables in order of first writing.
    pub(crate) variables: Vec<VariableOut>,
}

/// One variable as its writer supplied it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AugmentationVariableRead)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VariableOut {
    name: String,
    /// `****` when it is private.
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    ivr: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    display: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    data_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    privacy: Option<bool>,
}

/// What stands for a private value.
const MASK: &str = "****";

impl From<&Variable> for VariableOut {
    fn from(variable: &Variable) -> Self {
        let value = if variable.is_private() { MASK } else { &*variable.value };
        Self {
            name: variable.name.as_str().to_owned(),
            value: value.to_owned(),
            ivr: variable.ivr,
            display: variable.display,
            display_name: variable.display_name.as_deref().map(str::to_owned),
            data_type: variable.data_type.map(model::variable::DataType::as_str),
            privacy: variable.privacy,
        }
    }
}

/// The body of an error.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AugmentationError)]
pub(crate) struct ErrorBody {
    /// Always `error`.
    #[schema(example = "error")]
    pub(crate) status: &'static str,
    /// The HTTP status.
    #[schema(example = 400)]
    pub(crate) code: u16,
    /// What is wrong.
    #[schema(example = "Invalid variable name: must start with underscore")]
    pub(crate) message: String,
}
