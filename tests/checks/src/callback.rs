//! A callback, whatever it says, is believed only if its `state` and `iss` are the flow's.

use crate::{
    heap,
    scene::{ISSUER, NOW, entropy},
    secrets::{CLIENT_SECRET, CODE, STATE, VERIFIER, hidden},
};
use grantflow::{
    AuthorizationServer, AwaitingCallback, Callback, CallbackError, Client, ClientAuth,
    CodeReceived, Error, Exchange, Failure, Flow, Policy, ResponseMode,
};
use std::sync::LazyLock;
use url::form_urlencoded;

const FORM: &str = "application/x-www-form-urlencoded";

/// Lets one input reach a flow by every entrance, as [`check_all`] does with several.
///
/// # Panics
/// As [`check_all`].
pub fn check(input: &[u8]) {
    check_all(&[input]);
}

/// Lets inputs reach a flow one after the other, each by every entrance, and then the honest
/// callback, which must be taken; for several clients and both response modes.
///
/// # Panics
/// If a callback is believed that is not the flow's, if one that is not ends the flow, or if an
/// error repeats what was not verified.
pub fn check_all(inputs: &[&[u8]]) {
    let visits: Vec<_> = inputs.iter().flat_map(|input| Visit::all(input)).collect();
    let honest = format!("code=SplxlO&state={STATE}&iss={ISSUER}");
    for scene in SCENES.iter() {
        for mode in [ResponseMode::Query, ResponseMode::FormPost] {
            let mut flow = scene.start(mode);
            for visit in &visits {
                flow = visit.pay(flow, scene, mode).unwrap_or_else(|| scene.start(mode));
            }
            let honest = match mode {
                ResponseMode::FormPost => Callback::from_form_post(FORM, honest.as_bytes()),
                _ => Callback::from_query(&honest),
            };
            let result = flow.receive(honest.expect("it is well formed"), NOW);
            assert!(result.is_ok(), "the honest callback was refused: {result:?}");
        }
    }
}

/// A client, and what its callbacks must have.
struct Scene {
    client: Client,
    iss_required: bool,
    path: Option<&'static str>,
}

/// Without an issuer; with one; with one that promises `iss`, also under the strictest policy;
/// and a native application on loopback.
static SCENES: LazyLock<Vec<Scene>> = LazyLock::new(|| scenes().expect("the clients are in order"));

fn scenes() -> Result<Vec<Scene>, Error> {
    let plain = AuthorizationServer::new("https://as.example/token".parse()?)
        .with_authorization_endpoint("https://as.example/authorize".parse()?)
        .with_code_challenge_methods_supported(["S256"]);
    let named = plain.clone().with_issuer(ISSUER.parse()?);
    let promising = named.clone().with_iss_required(true);
    let web = |server, policy, iss_required| {
        let auth = ClientAuth::post(CLIENT_SECRET);
        let builder = Client::confidential(server, "id", auth).policy(policy);
        let client = builder.redirect_uri("https://client.example/cb".parse()?).build()?;
        Ok::<_, Error>(Scene { client, iss_required, path: None })
    };
    let native = Client::public(plain.clone(), "id");
    let native = native.redirect_uri("http://127.0.0.1:51004/cb".parse()?).build()?;
    Ok(vec![
        web(plain, Policy::default(), false)?,
        web(named, Policy::default(), false)?,
        web(promising.clone(), Policy::default(), true)?,
        web(promising, Policy::mcp(), true)?,
        Scene { client: native, iss_required: false, path: Some("/cb") },
    ])
}

impl Scene {
    fn start(&self, mode: ResponseMode) -> Flow<AwaitingCallback> {
        let resource = "https://api.example".parse().expect("a resource");
        let flow = Flow::new(&self.client).response_mode(mode).resource(resource);
        flow.redirect(entropy(), NOW).expect("the client can start").1
    }
}

/// An input at one entrance, as the core reads it and as the independent form parser of the
/// `url` crate does, which is more lenient.
struct Visit {
    callback: Result<Callback, Error>,
    path: Option<String>,
    is_form_post: bool,
    pairs: Vec<(String, String)>,
}

impl Visit {
    fn all(input: &[u8]) -> Vec<Self> {
        let allowed = heap::allowed(input.len());
        let form = heap::at_most(allowed, || Callback::from_form_post(FORM, input));
        let mut all = vec![Self::new(form, None, true, input)];
        if let Ok(text) = core::str::from_utf8(input) {
            let before_fragment = text.split('#').next().unwrap_or_default();
            let query = before_fragment.strip_prefix('?').unwrap_or(before_fragment);
            let callback = heap::at_most(allowed, || Callback::from_query(text));
            all.push(Self::new(callback, None, false, query.as_bytes()));

            let (path, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
            let target = Callback::from_path_and_query(&format!("/{text}"));
            all.push(Self::new(target, Some(path), false, query.as_bytes()));
            let url = Callback::from_url(&format!("https://client.example/{text}"));
            all.push(Self::new(url, Some(path), false, query.as_bytes()));
        }
        all
    }

    fn new(
        callback: Result<Callback, Error>,
        path: Option<&str>,
        is_form_post: bool,
        query: &[u8],
    ) -> Self {
        let pairs = form_urlencoded::parse(query).into_owned().collect();
        Self { callback, path: path.map(|path| format!("/{path}")), is_form_post, pairs }
    }

    /// The values of a parameter that are not empty.
    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named =
            self.pairs.iter().filter(move |(known, value)| known == name && !value.is_empty());
        named.map(|(_, value)| value.as_str())
    }

    fn is_ours(&self) -> bool {
        let names = self.pairs.iter().filter(|(name, _)| name == "state");
        names.count() == 1 && self.values("state").eq([STATE])
    }

    /// Whether `iss` is what the client's server demands (RFC 9207 section 2.4).
    fn iss_holds(&self, scene: &Scene) -> bool {
        let Some(issuer) = scene.client.server().issuer() else { return true };
        let mut named = self.values("iss");
        match named.next() {
            Some(iss) => iss == issuer.as_str() && named.next().is_none(),
            None => !scene.iss_required,
        }
    }

    /// Lets the flow receive the callback; gives it back if it still waits.
    fn pay(
        &self,
        flow: Flow<AwaitingCallback>,
        scene: &Scene,
        mode: ResponseMode,
    ) -> Option<Flow<AwaitingCallback>> {
        let callback = match &self.callback {
            Ok(callback) => callback.clone(),
            Err(error) => {
                assert!(is_fixed(error), "{error:?} comes before any check");
                return Some(flow);
            }
        };
        match flow.receive(callback, NOW) {
            Ok(code) => self.was_believed(&code, scene, mode),
            Err(Failure::Over(error)) => self.has_ended(&error, scene),
            Err(failure) => {
                assert!(is_fixed(failure.error()), "{failure:?} comes before any check");
                return failure.into_state();
            }
        }
        None
    }

    fn was_believed(&self, code: &Flow<CodeReceived>, scene: &Scene, mode: ResponseMode) {
        assert!(self.is_ours(), "another flow's callback was believed");
        assert!(self.iss_holds(scene), "another issuer was believed");
        assert_eq!(self.is_form_post, mode == ResponseMode::FormPost, "the wrong way in");
        assert_eq!(self.values("error").next(), None, "an error was taken for a success");
        if let (Some(own), Some(path)) = (scene.path, &self.path) {
            assert_eq!(own, path, "another path was believed");
        }
        let request = code.request(NOW).expect("a code makes a request");
        let sent = form_urlencoded::parse(request.body());
        let sent: Vec<_> = sent.filter(|(name, _)| name == "code").map(|(_, code)| code).collect();
        assert!(self.values("code").eq(sent.iter().map(|code| &**code)), "another code was sent");
        assert!(sent.iter().all(|code| code.bytes().all(|byte| matches!(byte, b' '..=b'~'))));
    }

    fn has_ended(&self, error: &Error, scene: &Scene) {
        assert!(self.is_ours(), "another flow's callback ended this one: {error:?}");
        let text = format!("{error} {error:?}");
        hidden(&text, &[STATE, VERIFIER]);
        if scene.client.authentication() != "none" {
            hidden(&text, &[CLIENT_SECRET]);
        }
        if self.values("code").eq([CODE]) {
            hidden(&text, &[CODE]);
        }
        match error {
            Error::Refused(_) => assert!(self.iss_holds(scene), "{text}"),
            Error::Callback(CallbackError::IssuerMissing { unverified: Some(_) }) => {
                assert!(scene.client.policy().expose_unverified_error, "{text}");
                assert_eq!(self.values("iss").next(), None, "{text}");
            }
            other => assert!(is_fixed(other), "{text}"),
        }
    }
}

/// Whether an error is one of those that hold nothing of a callback. A new one must be thought
/// about before it is let through here.
fn is_fixed(error: &Error) -> bool {
    use CallbackError::{
        CodeInvalid, CodeMissing, Encoding, Expired, IssuerMismatch, IssuerMissing, MediaType,
        Path, Repeated, ResponseMode, StateMismatch, StateMissing, TooLarge, TooManyParameters,
        Unexpected,
    };
    let Error::Callback(error) = error else { return false };
    match error {
        CodeInvalid | CodeMissing | Encoding | Expired | IssuerMismatch | MediaType | Path => true,
        ResponseMode | StateMismatch | StateMissing | TooLarge | TooManyParameters => true,
        IssuerMissing { unverified } => unverified.is_none(),
        Repeated(_) | Unexpected(_) => true,
        _ => false,
    }
}
