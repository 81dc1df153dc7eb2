//! `cordboard tenant`: customers of the installation.

use std::path::PathBuf;

use model::TenantId;
use serde_json::Value;

use crate::{
    control,
    operation::{NewTenant, Operation},
    terminal::say,
};

/// Customers of the installation.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    Create(Create),
}

/// Make a tenant with an administrator and tokens, which are shown this once.
#[derive(clap::Args)]
struct Create {
    /// The tenant's name on the wire: letters, digits and underscores, at most 64.
    #[arg(value_parser = parse_tenant)]
    id: TenantId,
    /// The administrator's login.
    #[arg(long)]
    admin_email: String,
    /// The tenant's name for people; its name on the wire unless given.
    #[arg(long)]
    name: Option<String>,
    /// In which values are formatted for agents (BCP 47).
    #[arg(long, default_value = "en-US")]
    locale: String,
    /// In which amounts are meant (ISO 4217).
    #[arg(long, default_value = "USD")]
    currency: String,
    /// In which the tenant's days begin and end (IANA).
    #[arg(long, default_value = "UTC")]
    time_zone: String,
    /// The data directory.
    #[arg(long, env = "CORDBOARD_DATA_DIR", default_value = crate::config::DATA_DIR)]
    data_dir: PathBuf,
}

fn parse_tenant(text: &str) -> Result<TenantId, String> {
    TenantId::parse(text).ok_or_else(|| "not 1 to 64 letters, digits or underscores".to_owned())
}

#[tokio::main]
pub(crate) async fn run(args: Args, json: bool) -> anyhow::Result<()> {
    let What::Create(create) = args.what;
    let tenant = NewTenant {
        name: create.name.as_deref().unwrap_or(create.id.as_str()).into(),
        id: create.id,
        locale: create.locale.into(),
        currency: create.currency.into(),
        time_zone: create.time_zone.into(),
        admin_email: create.admin_email,
    };
    let created =
        control::perform(&create.data_dir, Operation::CreateTenant(tenant), |_, _| {}).await?;
    if json {
        say(&created.to_string());
        return Ok(());
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let administrator = &created["administrator"];
    say(&format!("tenant                 {}", text(&created["tenantId"])));
    say(&format!("administrator          {}", text(&administrator["email"])));
    say(&format!("password               {}", text(&administrator["password"])));
    say(&format!("Data Request Token     {}", text(&created["dataRequestToken"])));
    say(&format!("Action Request Token   {}", text(&created["actionRequestToken"])));
    say(&format!("CRM API user           {}", text(&created["crmApiUsername"])));
    say(&format!("CRM API password       {}", text(&created["crmApiPassword"])));
    say("These secrets are not shown again.");
    Ok(())
}
