//! The spelling of what administrators set up: each kind of setting as its JSON, and back.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound::{Excluded, Unbounded},
};

use model::{SkillId, Text, config, limits::SHORT_TEXT_CHARS_MAX};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use utoipa::ToSchema;

use crate::error::Invalid;

pub(super) mod agent;
pub(super) mod channel;
pub(super) mod named;
pub(super) mod queue;
pub(super) mod reason;
pub(super) mod schedule;
pub(super) mod script;
pub(super) mod tenant;
pub(super) mod user;
pub(super) mod webhook;
pub(super) mod words;

/// A name or other short text: 1 to 128 characters, not all of them blank, none of them invisible.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Short(pub(super) Text);

impl<'de> Deserialize<'de> for Short {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.trim().is_empty() {
            return Err(D::Error::custom("Is empty."));
        }
        if text.chars().nth(SHORT_TEXT_CHARS_MAX).is_some() {
            return Err(D::Error::custom("Is longer than 128 characters."));
        }
        if text.chars().any(char::is_control) {
            return Err(D::Error::custom("Holds a control character."));
        }
        Ok(Self(text.into()))
    }
}

/// A skill at a level, asked for or had.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SkillLevel {
    skill_id: u32,
    /// 0 to 10.
    #[schema(maximum = 10)]
    level: u8,
}

impl SkillLevel {
    fn new(skill: SkillId, level: u8) -> Self {
        Self { skill_id: skill.0, level }
    }
}

impl From<config::SkillLevel> for SkillLevel {
    fn from(had: config::SkillLevel) -> Self {
        Self::new(had.skill, had.level)
    }
}

impl From<SkillLevel> for config::SkillLevel {
    fn from(had: SkillLevel) -> Self {
        Self { skill: SkillId(had.skill_id), level: had.level }
    }
}

/// The keys of a map, in order, after one of them.
pub(super) fn keys_after<'m, K: Ord + Copy, V>(
    map: &'m BTreeMap<K, V>,
    after: Option<K>,
) -> impl Iterator<Item = K> + use<'m, K, V> {
    map.range((after.map_or(Unbounded, Excluded), Unbounded)).map(|(key, _)| *key)
}

/// A list as a map; what is in it twice is refused.
pub(super) fn keyed<K: Ord + Copy, V>(
    entries: impl IntoIterator<Item = (K, V)>,
    field: impl Fn(usize) -> String,
) -> Result<BTreeMap<K, V>, Invalid> {
    let mut map = BTreeMap::new();
    for (place, (key, value)) in entries.into_iter().enumerate() {
        if map.insert(key, value).is_some() {
            return Err(Invalid::field(field(place), "Is named twice."));
        }
    }
    Ok(map)
}

/// Whether a list has an entry twice, and where.
pub(super) fn check_distinct<T: Ord>(list: &[T], field: &str) -> Result<(), Invalid> {
    let mut seen = BTreeSet::new();
    match list.iter().position(|entry| !seen.insert(entry)) {
        Some(place) => Err(Invalid::field(format!("{field}[{place}]"), "Is named twice.")),
        None => Ok(()),
    }
}
