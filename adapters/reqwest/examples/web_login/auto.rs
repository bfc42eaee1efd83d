//! `--auto`: the browser's part, from the start page to the photos, as a person would do it.

use crate::{
    browser::{Person, open},
    embedded::Embedded,
    settings::{BoxError, CALLBACK},
};
use axum::http::{Response, header::LOCATION};
use grantflow_tests::cloudvault::{Form, texts};

pub(crate) struct Auto {
    pub(crate) base_url: String,
    pub(crate) person: Person,
    pub(crate) is_denying: bool,
}

impl Auto {
    pub(crate) fn run(mut self, vault: Option<&Embedded>) -> Result<(), BoxError> {
        say("start the login, in two tabs");
        let home = self.page("/")?;
        let other_tab = location(&self.submit(&home, "/login")?)?;
        let this_tab = location(&self.submit(&home, "/login")?)?;

        say("a forged callback must not end them");
        let forged = format!("{}{CALLBACK}?code=forged&state=forged", self.base_url);
        open(&mut self.person, &forged, None, 400)?;

        say(if self.is_denying { "sign in and say no" } else { "sign in and say yes" });
        let redirect_uri = format!("{}{CALLBACK}", self.base_url);
        let callback = self.person.visit(&this_tab, &redirect_uri).map_err(|end| *end)?;
        if self.is_denying {
            let page = text(&open(&mut self.person, &callback.url, None, 200)?);
            return expect(
                texts(&page, "h1") == ["You cancelled"],
                "the page knows that you cancelled",
            );
        }
        let reply = open(&mut self.person, &callback.url, None, 303)?;
        expect(location(&reply)? == "/profile", "the login leads to the photos")?;

        say("the login in the other tab can be finished too");
        let other = self.person.visit(&other_tab, &redirect_uri).map_err(|end| *end)?;
        open(&mut self.person, &other.url, None, 303)?;
        let first = self.page("/profile")?;
        list(&first)?;

        say("a callback counts once");
        open(&mut self.person, &callback.url, None, 400)?;

        if let Some(Embedded { clock, server }) = vault {
            say("the access token ends, by CloudVault's clock: the application refreshes");
            clock.advance(server.vault().config().access_token_lifetime);
            let tokens = server.vault().count("/token");
            list(&self.page("/profile")?)?;
            expect(server.vault().count("/token") == tokens + 1, "it refreshed once")?;
        }

        say("refresh by hand");
        if Form::read(&first).iter().any(|form| form.action == "/refresh") {
            let page = self.page("/profile")?;
            self.submit(&page, "/refresh")?;
        } else {
            println!("the server gave no refresh token");
        }
        let page = self.page("/profile")?;
        let shown = list(&page)?;

        say("disconnect");
        self.submit(&page, "/disconnect")?;
        let reply = open(&mut self.person, &format!("{}/profile", self.base_url), None, 303)?;
        expect(location(&reply)? == "/", "the photos are gone")?;

        say("all went well; this is what PrintMyPics showed");
        println!("{}", shown.join("\n"));
        Ok(())
    }

    /// A page that must be there.
    pub(crate) fn page(&mut self, path: &str) -> Result<String, BoxError> {
        let url = format!("{}{path}", self.base_url);
        Ok(text(&open(&mut self.person, &url, None, 200)?))
    }

    /// Presses the button of the form that goes there.
    pub(crate) fn submit(
        &mut self,
        page: &str,
        action: &str,
    ) -> Result<Response<Vec<u8>>, BoxError> {
        let form = Form::read(page).into_iter().find(|form| form.action == action);
        let form = form.ok_or_else(|| format!("the page has no form that goes to {action}"))?;
        open(&mut self.person, &format!("{}{action}", self.base_url), Some(form), 303)
    }
}

/// The photos that a page shows, or the data.
fn list(page: &str) -> Result<Vec<String>, BoxError> {
    let titles = texts(page, "h2").into_iter().zip(texts(page, "time"));
    let mut lines: Vec<_> = titles.map(|(title, taken)| format!("  {taken}  {title}")).collect();
    lines.extend(texts(page, "pre"));
    expect(!lines.is_empty(), "the page shows something")?;
    Ok(lines)
}

fn say(what: &str) {
    println!("\n{what}");
}

pub(crate) fn text(reply: &Response<Vec<u8>>) -> String {
    String::from_utf8_lossy(reply.body()).into_owned()
}

pub(crate) fn location(reply: &Response<Vec<u8>>) -> Result<String, BoxError> {
    let location = reply.headers().get(LOCATION).ok_or("the reply leads nowhere")?;
    Ok(location.to_str()?.to_owned())
}

fn expect(holds: bool, what: &str) -> Result<(), BoxError> {
    if holds { Ok(()) } else { Err(format!("not so: {what}").into()) }
}
