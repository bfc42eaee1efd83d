//! The command line.

use std::{path::PathBuf, time::Duration};

pub(crate) const HELP: &str = "\
Starts one process of PrintMyPics, for a load balancer in front of several.

    cargo run --example web_cluster -- [OPTIONS]

    --issuer-config FILE  the authorization server, as web_login reads it; its redirect_uri is the
                          balancer's
    --redis URL           the Redis that all processes share
    --port PORT           listen there, on 127.0.0.1; a free port unless given
    --lease SECONDS       how long one process may take to refresh a token; 30 unless given
    --verbose             print the application's steps

The environment variable PRINTMYPICS_KEY is the key that all processes share, 128 hexadecimal
digits. The client id and secret come from PRINTMYPICS_CLIENT_ID and PRINTMYPICS_CLIENT_SECRET, then
from FILE.";

/// What the command line asks for.
pub(crate) struct Args {
    pub(crate) issuer_config: PathBuf,
    pub(crate) lease: Duration,
    pub(crate) port: u16,
    pub(crate) redis: String,
    pub(crate) verbose: bool,
}

impl Args {
    /// Nothing if it asks for help.
    pub(crate) fn read(mut given: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let (mut issuer_config, mut redis) = (None, None);
        let (mut lease, mut port, mut verbose) = (30, 0, false);
        while let Some(option) = given.next() {
            let mut value = || given.next().ok_or_else(|| format!("{option} needs a value"));
            match option.as_str() {
                "--help" | "-h" => return Ok(None),
                "--issuer-config" => issuer_config = Some(value()?.into()),
                "--lease" => {
                    lease = value()?.parse().map_err(|_| "--lease needs a number of seconds")?;
                }
                "--port" => {
                    let number = value()?.parse();
                    port = number.map_err(|_| "--port needs a number up to 65535")?;
                }
                "--redis" => redis = Some(value()?),
                "--verbose" => verbose = true,
                _ => return Err(format!("{option} is not known; --help shows what is")),
            }
        }
        Ok(Some(Self {
            issuer_config: issuer_config.ok_or("--issuer-config is missing")?,
            lease: Duration::from_secs(lease),
            port,
            redis: redis.ok_or("--redis is missing")?,
            verbose,
        }))
    }
}
