//! Credentials go to URLs that were checked.

/// A token is not sent to a text that looks like a URL.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>) -> Result<(), Error> {
/// let call = flow.call(Request::get("http://api.example/photos"))?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>) -> Result<(), Error> {
/// let call = flow.call(Request::get("https://api.example/photos".parse()?))?;
/// # Ok(()) }
/// ```
pub mod a_bearer_token_goes_to_a_checked_url {}

/// A token is not sent to a URL that may be plain http.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, url: url::Url) -> Result<(), Error> {
/// let call = flow.call(Request::get(url))?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, url: url::Url) -> Result<(), Error> {
/// let call = flow.call(Request::get(url.as_str().parse()?))?;
/// # Ok(()) }
/// ```
pub mod a_bearer_token_does_not_go_to_any_url {}

/// No conversion makes a checked URL from an unchecked one.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(url: url::Url) -> Result<(), Error> {
/// let url: SecureUrl = url.into();
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(url: url::Url) -> Result<(), Error> {
/// let url: SecureUrl = url.as_str().parse()?;
/// # Ok(()) }
/// ```
pub mod a_url_is_checked_on_its_way_in {}

/// Credentials are not posted to an endpoint that was never checked.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program() -> Result<(), Error> {
/// let server = AuthorizationServer::new("http://as.example/token");
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program() -> Result<(), Error> {
/// let server = AuthorizationServer::new("https://as.example/token".parse()?);
/// # Ok(()) }
/// ```
pub mod an_endpoint_is_a_checked_url {}

/// A redirect URI is not any text.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(builder: ClientBuilder) -> Result<(), Error> {
/// let builder = builder.redirect_uri("https://client.example/cb");
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(builder: ClientBuilder) -> Result<(), Error> {
/// let builder = builder.redirect_uri("https://client.example/cb".parse()?);
/// # Ok(()) }
/// ```
pub mod a_redirect_uri_is_checked {}

/// A redirect URI and an endpoint do not stand in for one another.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(builder: ClientBuilder, endpoint: SecureUrl) -> Result<(), Error> {
/// let builder = builder.redirect_uri(endpoint);
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(builder: ClientBuilder, endpoint: SecureUrl) -> Result<(), Error> {
/// let builder = builder.redirect_uri(endpoint.as_str().parse()?);
/// # Ok(()) }
/// ```
pub mod a_redirect_uri_is_no_endpoint {}

/// An issuer is compared as text; a parsed URL was normalised.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(issuer: Issuer, url: url::Url) -> Result<(), Error> {
/// let same = issuer == url;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(issuer: Issuer, url: url::Url) -> Result<(), Error> {
/// let same = issuer == url.as_str().parse()?;
/// # Ok(()) }
/// ```
pub mod an_issuer_is_no_url {}

/// An endpoint is not taken for an issuer.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(server: AuthorizationServer, url: SecureUrl) {
/// let server = server.with_issuer(url);
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(server: AuthorizationServer, url: SecureUrl) {
/// let server = server.with_authorization_endpoint(url);
/// # }
/// ```
pub mod an_issuer_is_no_endpoint {}

/// A text is not asked: an issuer was parsed.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program() -> Result<(), Error> {
/// let discover = Discover::new("https://as.example");
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program() -> Result<(), Error> {
/// let discover = Discover::new("https://as.example".parse()?);
/// # Ok(()) }
/// ```
pub mod only_a_parsed_issuer_is_asked {}

/// A resource is not a text: it was parsed (RFC 8707 section 2).
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>) -> Result<(), Error> {
/// let flow = flow.resource("https://api.example/#x");
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>) -> Result<(), Error> {
/// let flow = flow.resource("https://api.example/".parse()?);
/// # Ok(()) }
/// ```
pub mod a_resource_was_parsed {}
