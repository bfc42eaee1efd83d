//! PrintMyPics: a web application that shows a person's photos from CloudVault.
//!
//! ```text
//! cargo run --example web_login                                 # open the URL that it prints
//! cargo run --example web_login -- --auto                       # it is its own browser
//! cargo run --example web_login -- --issuer-config server.toml  # any other server
//! ```
//!
//! What to read first: `login.rs` is the login, `photos.rs` is what comes after, `visit.rs` is
//! what the browser keeps meanwhile. Everything else is a web application like any other.

mod app;
mod args;
mod auto;
mod browser;
mod cookies;
mod embedded;
mod intended;
mod login;
mod pages;
mod photos;
mod provider;
mod routes;
mod settings;
#[cfg(test)]
mod tests;
mod trouble;
mod visit;

use app::App;
use args::{Args, HELP};
use auto::Auto;
use grantflow_reqwest::Http;
use provider::Provider;
use settings::{BoxError, User};
use std::{env, net::TcpListener, process::ExitCode, time::Duration};
use visit::Keeper;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("web_login: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), BoxError> {
    let args = Args::read(env::args().skip(1))?;
    if args.help {
        println!("{HELP}");
        return Ok(());
    }
    let provider = args.issuer_config.as_deref().map(Provider::read).transpose()?;
    let user = browser_user(&args, provider.as_ref());
    let listener = listen(&args, provider.as_ref())?;
    let mut base_url = format!("http://{}", listener.local_addr()?);
    let (settings, vault) = match provider {
        Some(provider) => {
            if let Some(public) = provider.base_url()? {
                public.clone_into(&mut base_url);
            }
            (provider.settings(base_url.clone())?, None)
        }
        None => {
            let (settings, vault) = embedded::start(&base_url, args.auto)?;
            (settings, Some(vault))
        }
    };
    println!("PrintMyPics is at {base_url}/");
    let token_endpoint = settings.client.server().token_endpoint();
    println!(
        "{} is at {}",
        settings.server_name,
        token_endpoint.as_url().origin().ascii_serialization()
    );

    let http = Http::builder().timeout(Duration::from_secs(10)).build()?;
    let app = App::new(settings, http, Keeper::new(), args.auto || args.verbose);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let serve = app.serve(listener);
    if !args.auto {
        println!("Open the first in your browser; end with Ctrl-C.");
        return Ok(runtime.block_on(serve)?);
    }
    runtime.spawn(serve);
    let mut person = browser::person(runtime.handle().clone())?;
    if let Some(User { name, password }) = &user {
        person = person.signing_in_as(name, password);
    }
    if args.deny {
        person = person.denying();
    }
    Auto { base_url, person, is_denying: args.deny }.run(vault.as_ref())
}

/// A loopback address: the one that was asked for, or a free port.
fn listen(args: &Args, provider: Option<&Provider>) -> Result<TcpListener, BoxError> {
    let address = match (args.port, provider) {
        (Some(port), _) => format!("127.0.0.1:{port}"),
        (None, Some(provider)) => provider.listen()?,
        (None, None) => "127.0.0.1:0".to_owned(),
    };
    Ok(TcpListener::bind(&address)
        .map_err(|error| format!("cannot listen on {address}: {error}"))?)
}

/// Who signs in with `--auto`: from the command line, else from the file, else CloudVault's user.
fn browser_user(args: &Args, provider: Option<&Provider>) -> Option<User> {
    let configured = provider.and_then(|provider| provider.user.clone());
    let name = args.browser_user.clone().or_else(|| Some(configured.as_ref()?.name.clone()))?;
    let password = args.browser_password.clone();
    let password = password.or_else(|| Some(configured?.password)).unwrap_or_default();
    Some(User { name, password })
}
