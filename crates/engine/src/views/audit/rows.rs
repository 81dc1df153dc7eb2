//! Reading the audit log.

use model::{Timestamp, UserId};
use rusqlite::{Row, ToSql};

use super::super::{ViewError, reader::Reader};
use crate::database::{int, uint};

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// 1 and up, without gaps.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// Who, and the name then; `None` for the operator, and for whoever had a one-time link.
    pub by: Option<(UserId, String)>,
    /// What was done: `created`, `changed`, `deleted`, `published`…
    pub action: String,
    /// To what kind of thing, in the word of the setting: `queue`, `apiKey`…
    pub resource: String,
    /// Which one; empty where there is only one.
    pub id: String,
    /// What it was called.
    pub name: String,
    /// What of it changed: a JSON list of `{field,before,after}`.
    pub changes: String,
    /// SHA-256 in hexadecimal over the hash before and this entry.
    pub hash: String,
}

/// Which entries of the audit log are asked for; what is absent does not matter.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Whose.
    pub user: Option<UserId>,
    /// Of which kind of thing.
    pub resource: Option<String>,
    /// Of which one.
    pub id: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

impl Reader<'_> {
    /// Entries of the audit log before one, newest first, at most `limit`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn audit(
        &self,
        filter: &AuditFilter,
        before: u64,
        limit: usize,
    ) -> Result<Vec<AuditRow>, ViewError> {
        let AuditFilter { user, resource, id, from, to } = filter;
        let (before, limit) = (int(before), int(limit as u64));
        let user = user.map(|user| user.0);
        let (from, to) = (from.map(|at| int(at.0)), to.map(|at| int(at.0)));
        // Only what is asked for, so that an index can be used. Times only rise.
        let mut sql = "SELECT sequence, at, user, user_name, action, resource, id, name, changes,
            hash FROM audit WHERE sequence < ?"
            .to_owned();
        let mut params: Vec<&dyn ToSql> = vec![&before];
        let first_at =
            "(SELECT coalesce(min(sequence), 9223372036854775807) FROM audit WHERE at >= ?)";
        let conditions: [(&str, Option<&dyn ToSql>); 5] = [
            ("user = ?", user.as_ref().map(|user| user as &dyn ToSql)),
            ("resource = ?", resource.as_ref().map(|resource| resource as &dyn ToSql)),
            ("id = ?", id.as_ref().map(|id| id as &dyn ToSql)),
            (&format!("sequence >= {first_at}"), from.as_ref().map(|at| at as &dyn ToSql)),
            (&format!("sequence < {first_at}"), to.as_ref().map(|at| at as &dyn ToSql)),
        ];
        for (condition, value) in conditions {
            if let Some(value) = value {
                sql.push_str(" AND ");
                sql.push_str(condition);
                params.push(value);
            }
        }
        sql.push_str(" ORDER BY sequence DESC LIMIT ?");
        params.push(&limit);
        self.rows(&sql, &*params, row)
    }
}

fn row(row: &Row<'_>) -> Result<AuditRow, ViewError> {
    let (user, user_name): (Option<u32>, Option<String>) = (row.get(2)?, row.get(3)?);
    Ok(AuditRow {
        sequence: uint(row.get(0)?),
        at: Timestamp(uint(row.get(1)?)),
        by: user.map(|user| (UserId(user), user_name.unwrap_or_else(|| format!("user {user}")))),
        action: row.get(4)?,
        resource: row.get(5)?,
        id: row.get(6)?,
        name: row.get(7)?,
        changes: row.get(8)?,
        hash: row.get(9)?,
    })
}
