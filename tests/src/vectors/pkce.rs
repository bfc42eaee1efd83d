//! `pkce`: the verifier, its challenge, and the servers that it is refused to.

use super::{
    expect::{Expect, Stopped},
    fault::Fault,
    form::{self, Pairs},
    members::Members,
    quirks, request, stage,
    stored_pending::StoredPending,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use grantflow::{Client, Error, Exchange, Flow, Quirks, Request, UnixTime};

/// What a case asks for.
struct Asked {
    octets: [u8; 32],
    /// A verifier that does not come from 32 octets.
    stored_verifier: Option<String>,
    /// The methods that the server lists, if it does.
    methods: Option<Vec<String>>,
    code: String,
    redirect_uri: String,
    quirks: Quirks,
}

/// What the flow sent: the authorization request's query and the token request.
struct Sent {
    /// None where the verifier got in after the browser had left.
    query: Option<Pairs>,
    token_request: Request,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let asked = Asked::read(&mut input)?;
    input.finish()?;
    let outcome = asked.send();
    let sent_form = match &outcome {
        Ok(sent) => request::body_pairs(&sent.token_request)?,
        Err(_) => Pairs::new(),
    };
    let mut judged = expect.judge(outcome)?;
    judged.success("verifier", |_| form::value(&sent_form, "code_verifier").into())?;
    judged.success("challenge", |sent| {
        sent.query.as_ref().and_then(|query| form::value(query, "code_challenge")).into()
    })?;
    judged.success_with("form_contains", |_, expected| {
        form::contains("form_contains", &expected, &sent_form)
    })?;
    judged.success_with("authz_query_contains", |sent, expected| match &sent.query {
        Some(found) => form::contains("authz_query_contains", &expected, found),
        None => Err(Fault::new("authz_query_contains: the API makes no URL for this verifier")),
    })?;
    judged.finish()
}

impl Asked {
    fn read(input: &mut Members) -> Result<Self, Fault> {
        if let Some(other) =
            input.optional::<String>("grant")?.filter(|grant| grant != "authorization_code")
        {
            return Err(Fault::not_understood(format_args!("the grant {other:?}")));
        }
        let octets: Option<Vec<u8>> = input.optional("octets")?;
        let verifier: Option<String> = input.optional("verifier")?;
        let (octets, stored_verifier) = match (octets, verifier) {
            (None, None) => (Some([7; 32]), None),
            (Some(octets), None) => (octets.try_into().ok(), None),
            (None, Some(verifier)) => match octets_of(&verifier) {
                Some(octets) => (Some(octets), None),
                None => (Some([7; 32]), Some(verifier)),
            },
            (Some(_), Some(_)) => (None, None),
        };
        let code: Option<String> = input.optional("code")?;
        let redirect_uri: Option<String> = input.optional("redirect_uri")?;
        Ok(Self {
            octets: octets.ok_or_else(|| Fault::not_understood("anything but 32 octets"))?,
            stored_verifier,
            methods: methods(input)?,
            code: code.unwrap_or_else(|| stage::CODE.to_owned()),
            redirect_uri: redirect_uri.unwrap_or_else(|| stage::REDIRECT_URI.to_owned()),
            quirks: quirks::take(input)?,
        })
    }

    fn client(&self) -> Result<Client, Error> {
        let mut server = stage::server()?;
        if let Some(methods) = self.methods.clone() {
            server = server.with_code_challenge_methods_supported(methods);
        }
        Client::public(server, "vectors")
            .redirect_uri(self.redirect_uri.parse()?)
            .quirks(self.quirks.clone())
            .build()
    }

    fn send(&self) -> Result<Sent, Stopped> {
        let now = UnixTime::from_secs(stage::NOW);
        let client = self.client()?;
        let (url, mut awaiting) = Flow::new(&client).redirect(stage::entropy(self.octets), now)?;
        let mut query = url.as_str().split_once('?').map(|(_, query)| form::pairs(query));
        if let Some(verifier) = &self.stored_verifier {
            awaiting = StoredPending::new(awaiting).with('v', verifier).resume(&client)?;
            query = None;
        }
        let flow = stage::arrive(awaiting, self.quirks.code_param, &self.code, now)?;
        Ok(Sent { query, token_request: flow.request(now)? })
    }
}

/// The octets that a verifier of the API's own making comes from.
fn octets_of(verifier: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(verifier).ok()?.try_into().ok()
}

/// The methods of `server_metadata`. The API lets nobody choose a method, so `method` is what a
/// server lists that knows no other.
fn methods(input: &mut Members) -> Result<Option<Vec<String>>, Fault> {
    let method: Option<String> = input.optional("method")?;
    let Some(mut metadata) = input.object("server_metadata")? else {
        return Ok(method.map(|method| vec![method]));
    };
    let listed = metadata.optional("code_challenge_methods_supported")?;
    metadata.finish()?;
    match method {
        Some(other) if other != "S256" => {
            Err(Fault::not_understood(format_args!("the method {other:?}")))
        }
        _ => Ok(listed),
    }
}
