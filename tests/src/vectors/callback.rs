//! `callback`: what the browser brings back.

use super::{
    expect::{Expect, Judged, Stopped},
    fault::Fault,
    form::{self, Pairs},
    members::Members,
    quirks, reply, request, stage,
    stored_pending::StoredPending,
    tokens,
};
use grantflow::{
    Callback, Client, ClientAuth, CodeReceived, Error, ErrorCode, Exchange, Flow, Quirks, Request,
    ResponseMode, UnixTime,
};
use serde_json::{Value, json};

/// What the flow expects.
struct Expected {
    state: Option<String>,
    issuer: Option<String>,
    iss_required: bool,
    redirect_uri: String,
    response_mode: ResponseMode,
    quirks: Quirks,
}

/// What the application's server or listener received.
enum Hit {
    Get(String),
    Post { content_type: String, body: Vec<u8> },
}

/// A flow that has its code, and the token request that shows it.
struct Received {
    flow: Flow<CodeReceived>,
    request: Request,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let expected = input.object("expected")?;
    let expected = expected.ok_or_else(|| Fault::new("there is no expected"))?;
    let expected = Expected::read(expected, quirks::take(&mut input)?)?;
    let hit = Hit::read(&mut input)?;
    if let Some(mut context) = input.object("context")? {
        // The flow sees by its redirect URI that it is a native application's.
        context.optional::<bool>("native")?;
        context.finish()?;
    }
    input.finish()?;
    let mut judged = expect.judge(receive(&expected, &hit))?;
    check(&mut judged)?;
    judged.finish()
}

impl Expected {
    fn read(mut expected: Members, quirks: Quirks) -> Result<Self, Fault> {
        let mode: Option<String> = expected.optional("response_mode")?;
        let read = Self {
            state: expected.optional("state")?,
            issuer: expected.optional("issuer")?,
            iss_required: expected.optional("iss_required")?.unwrap_or_default(),
            redirect_uri: expected.required("redirect_uri")?,
            response_mode: match mode.as_deref() {
                None | Some("query") => ResponseMode::Query,
                Some("form_post") => ResponseMode::FormPost,
                Some(other) => {
                    return Err(Fault::not_understood(format_args!("the response mode {other:?}")));
                }
            },
            quirks,
        };
        expected.finish()?;
        Ok(read)
    }

    fn client(&self) -> Result<Client, Error> {
        let mut server = stage::server()?.with_iss_required(self.iss_required);
        if let Some(issuer) = &self.issuer {
            server = server.with_issuer(issuer.parse()?);
        }
        Client::confidential(server, "vectors", ClientAuth::basic("the-secret-of-the-vectors"))
            .redirect_uri(self.redirect_uri.parse()?)
            .quirks(self.quirks.clone())
            .build()
    }
}

impl Hit {
    fn read(input: &mut Members) -> Result<Self, Fault> {
        let method: String = input.required("method")?;
        let url: Option<String> = input.optional("url")?;
        let headers: Pairs = input.optional("headers")?.unwrap_or_default();
        let body = reply::body(input)?;
        match (method.as_str(), url, body) {
            ("GET", Some(url), None) => Ok(Self::Get(url)),
            ("POST", _, body) => {
                let is_type = |name: &str| name.eq_ignore_ascii_case("content-type");
                let types: Vec<_> = headers
                    .into_iter()
                    .filter(|(name, _)| is_type(name))
                    .map(|pair| pair.1)
                    .collect();
                Ok(Self::Post { content_type: types.join(", "), body: body.unwrap_or_default() })
            }
            (method, ..) => Err(Fault::not_understood(format_args!("this {method:?} callback"))),
        }
    }

    fn parse(&self) -> Result<Callback, Error> {
        match self {
            Self::Get(url) if url.starts_with('/') => Callback::from_path_and_query(url),
            Self::Get(url) => Callback::from_url(url),
            Self::Post { content_type, body } => Callback::from_form_post(content_type, body),
        }
    }
}

fn receive(expected: &Expected, hit: &Hit) -> Result<Received, Stopped> {
    let client = expected.client()?;
    let now = UnixTime::from_secs(stage::NOW);
    let flow = Flow::new(&client).response_mode(expected.response_mode);
    let (_, awaiting) = flow.redirect(stage::entropy([7; 32]), now)?;
    let mut stored = StoredPending::new(awaiting);
    if let Some(state) = &expected.state {
        stored = stored.with('s', state);
    }
    let flow = stored.resume(&client)?.receive(hit.parse()?, now)?;
    let request = flow.request(now)?;
    Ok(Received { flow, request })
}

impl Received {
    /// Everything that the application can see of it.
    fn shown(&self) -> Result<Vec<String>, Fault> {
        let mut shown = vec![format!("{:?}", self.flow), format!("{:?}", self.request)];
        shown.extend(self.flow.iss().map(str::to_owned));
        let extra = self.flow.extra().map(|(name, value)| (name.to_owned(), value.to_owned()));
        let sent = request::body_pairs(&self.request)?;
        shown.extend(extra.chain(sent).flat_map(|(name, value)| [name, value]));
        Ok(shown)
    }
}

/// Everything that the application can see of a failure.
fn shown(stopped: &Stopped) -> Vec<String> {
    let mut shown = stopped.shown.clone();
    let code = stopped.error.code().map(ErrorCode::as_str);
    shown.extend(
        [code, stopped.description(), stopped.uri()].into_iter().flatten().map(str::to_owned),
    );
    shown
}

fn check(judged: &mut Judged<Received>) -> Result<(), Fault> {
    let sent =
        judged.outcome().ok().map(|received| request::body_pairs(&received.request)).transpose()?;
    let sent = |name| sent.as_ref().and_then(|pairs| form::value(pairs, name)).map(str::to_owned);
    judged.success("code", |_| sent("code").into())?;
    judged.success("token_request_redirect_uri", |_| sent("redirect_uri").into())?;
    judged.success("extra", |received| {
        received.flow.extra().map(|(name, value)| json!([name, value])).collect::<Value>()
    })?;
    judged.failure("error_description", |stopped| stopped.description().into())?;
    judged.failure("error_uri", |stopped| stopped.uri().into())?;
    let shown = match judged.outcome() {
        Ok(received) => received.shown()?,
        Err(stopped) => shown(stopped),
    };
    for name in ["must_not_hold", "must_not_surface"] {
        let hidden = judged.members().texts(name)?;
        tokens::lacks(name, &hidden, &shown)?;
    }
    Ok(())
}
