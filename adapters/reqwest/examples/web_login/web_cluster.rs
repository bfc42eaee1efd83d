//! PrintMyPics behind a load balancer: any number of processes, which share a Redis and a key.
//!
//! ```text
//! export PRINTMYPICS_KEY=$(openssl rand -hex 64)
//! cargo run --example web_cluster -- --issuer-config server.toml --redis redis://127.0.0.1/ --port 8001
//! cargo run --example web_cluster -- --issuer-config server.toml --redis redis://127.0.0.1/ --port 8002
//! ```
//!
//! It is the application of `web_login`, file by file; what a visit is kept with is in `cluster/`,
//! and `cluster/README.md` says why so.

mod app;
mod cluster;
mod cookies;
mod intended;
mod login;
mod pages;
mod photos;
#[expect(dead_code, reason = "the `[user]` of the file is for web_login's --auto")]
mod provider;
mod routes;
mod settings;
mod trouble;

use app::App;
use cluster::{
    args::{Args, HELP},
    store::Store,
    visit::{self, Keeper},
};
use grantflow_reqwest::Http;
use provider::Provider;
use settings::BoxError;
use std::{env, net::TcpListener, process::ExitCode, time::Duration};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("web_cluster: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), BoxError> {
    let Some(args) = Args::read(env::args().skip(1))? else {
        println!("{HELP}");
        return Ok(());
    };
    let provider = Provider::read(&args.issuer_config)?;
    let base_url = provider.base_url()?.ok_or("redirect_uri must say where the balancer is")?;
    let base_url = base_url.to_owned();
    let settings = provider.settings(base_url)?;
    let key = cluster::key_from_env()?;
    let store = Store::connect(&args.redis, key.clone(), args.lease).await?;

    let http = Http::builder().timeout(Duration::from_secs(10)).build()?;
    let app = App::new(settings, http, Keeper::new(key, store), args.verbose);
    let listener = TcpListener::bind(("127.0.0.1", args.port))?;
    println!("PrintMyPics is one of those at http://{}/", listener.local_addr()?);
    Ok(app.serve(listener).await?)
}
