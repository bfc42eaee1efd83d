//! A program on the user's machine logs in with the user's own browser (RFC 8252).
//!
//! ```text
//!  program                        browser                          CloudVault
//!     | opens the URL ------------> |                                  |
//!     |                             | signs in, allows --------------> |
//!     | <-- http://127.0.0.1:PORT/callback?code=... -- redirected ---- |
//!     | code, refresh, /me ------------------------------------------> |
//! ```
//!
//! `cargo run -p grantflow-ureq --example cli_login` starts a CloudVault to log in at; sign in as
//! alice with the password wonderland.

#[path = "cli_login/browser.rs"]
mod browser;
#[path = "cli_login/loopback.rs"]
mod loopback;

use grantflow::{
    AuthorizationServer, AwaitingCallback, Callback, Client, CodeReceived, Entropy, Failure, Flow,
    Request, UnixTime,
};
use grantflow_tests::cloudvault::{Config, RegisteredClient, Server};
use grantflow_ureq::{Http, run};
use loopback::Loopback;
use std::{env, error::Error, io, process::ExitCode, thread};

const HELP: &str = "\
Logs in at CloudVault, in the browser, and prints who you are.

    cargo run -p grantflow-ureq --example cli_login -- [OPTIONS]

    --auto    do the browser's part as well
    --ipv6    wait for the browser on [::1]; 127.0.0.1 unless given, or not there
    --paste   take the callback URL by hand, on a machine without a browser";

type BoxError = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    let options: Vec<String> = env::args().skip(1).collect();
    let known = ["--auto", "--ipv6", "--paste"];
    if options.iter().any(|option| !known.contains(&option.as_str())) {
        eprintln!("{HELP}");
        return ExitCode::FAILURE;
    }
    match login(|option| options.iter().any(|given| given == option)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("not logged in: {error}");
            ExitCode::FAILURE
        }
    }
}

fn login(is_set: impl Fn(&str) -> bool) -> Result<(), BoxError> {
    // A program that anyone can take apart keeps no secret: it is a public client, and the port of
    // its redirect URI is whatever is free (RFC 8252 section 7.3).
    let mut program = RegisteredClient::native("cli_login", "http://127.0.0.1/callback");
    program.redirect_uris.push("http://[::1]/callback".to_owned());
    let server = Server::start(Config::new("").client(program))?;
    let vault = server.base_url();
    let known = AuthorizationServer::new(format!("{vault}/token").parse()?)
        .with_issuer(vault.parse()?)
        .with_iss_required(true)
        .with_authorization_endpoint(format!("{vault}/authorize").parse()?)
        .with_userinfo_endpoint(format!("{vault}/me").parse()?);
    let client = Client::public(known, "cli_login").build()?;
    let http = Http::new()?;

    let listener = Loopback::bind(is_set("--ipv6"))?;
    let flow = Flow::new(&client)
        .redirect_uri(listener.redirect_uri().parse()?)
        .scope("read_photos list_albums")?;
    let (url, awaiting) = flow.redirect(Entropy::from_os()?, UnixTime::now())?;
    let url = url.as_str().to_owned();

    let redirect_uri = listener.redirect_uri().to_owned();
    let is_auto = is_set("--auto");
    let code = if is_set("--paste") {
        println!("Open this in any browser:\n\n{url}\n\nand paste where it ends up:");
        if is_auto {
            let callback = browser::visit(&url, &redirect_uri)?;
            pasted(awaiting, [Ok("not a URL".to_owned()), Ok(callback)].into_iter())?
        } else {
            pasted(awaiting, io::stdin().lines())?
        }
    } else if is_auto {
        let person = thread::spawn(move || browser::play(&url, &redirect_uri));
        let code = listener.wait(awaiting)?;
        person.join().map_err(|_| "the browser's part has panicked")??;
        code
    } else {
        browser::open(&url);
        listener.wait(awaiting)?
    };

    let flow = run(&http, code)?;
    let flow = run(&http, flow.refresh().map_err(Failure::into_error)?)?;
    let me = run(&http, flow.call(Request::get(format!("{vault}/me").parse()?))?)?;
    let me: serde_json::Value = me.json()?;
    let said = |member: &str| me[member].as_str().unwrap_or("somebody").to_owned();
    println!("You are {}, known to CloudVault as {}.", said("name"), said("sub"));
    Ok(())
}

/// Takes the callback from whoever holds it, line by line, until one is ours.
fn pasted(
    mut awaiting: Flow<AwaitingCallback>,
    lines: impl Iterator<Item = io::Result<String>>,
) -> Result<Flow<CodeReceived>, BoxError> {
    for line in lines {
        let error = match Callback::from_url(line?.trim()) {
            Ok(callback) => match awaiting.receive(callback, UnixTime::now()) {
                Ok(code) => return Ok(code),
                Err(Failure::Later { state, error, .. }) => {
                    awaiting = *state;
                    error
                }
                Err(failure) => return Err(failure.into_error().into()),
            },
            Err(error) => error,
        };
        println!("That is not it ({error}). Paste the whole URL:");
    }
    Err("nothing was pasted".into())
}
