//! A client is checked when it is built, and keeps its rules.

/// A flow begins with a client that was checked.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(builder: ClientBuilder) -> Result<(), Error> {
/// let flow = Flow::new(&builder);
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(builder: ClientBuilder) -> Result<(), Error> {
/// let flow = Flow::new(&builder.build()?);
/// # Ok(()) }
/// ```
pub mod a_builder_is_not_a_client {}

/// The rules of a client do not change once it is built.
///
/// ```compile_fail,E0594
/// # use grantflow::*;
/// # fn program(client: Client) {
/// client.policy().require_iss = false;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(client: Client) {
/// let required = client.policy().require_iss;
/// # }
/// ```
pub mod a_client_keeps_its_rules {}

/// The redirect URI of a client is set before it is built.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(builder: ClientBuilder, uri: RedirectUri) -> Result<(), Error> {
/// let client = builder.build()?.redirect_uri(uri);
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(builder: ClientBuilder, uri: RedirectUri) -> Result<(), Error> {
/// let client = builder.redirect_uri(uri).build()?;
/// # Ok(()) }
/// ```
pub mod a_client_keeps_its_redirect_uri {}

/// The endpoints of a client do not change once it is built.
///
/// ```compile_fail,E0616
/// # use grantflow::*;
/// # fn program(client: Client, url: SecureUrl) {
/// client.server().token_endpoint = url;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(client: Client, url: SecureUrl) {
/// let url = client.server().token_endpoint();
/// # }
/// ```
pub mod a_client_keeps_its_server {}

/// A policy is changed from safe defaults; one written out would lack the rules to come.
///
/// ```compile_fail,E0639
/// # use grantflow::*;
/// # fn program() {
/// let policy = Policy {
///     expiry_leeway: std::time::Duration::ZERO,
///     expose_unverified_error: false,
///     max_body: 1 << 20,
///     pending_lifetime: std::time::Duration::from_secs(600),
///     require_iss: true,
///     require_pkce_advertised: true,
/// };
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program() {
/// let mut policy = Policy::default();
/// policy.require_iss = true;
/// # }
/// ```
pub mod a_policy_begins_with_the_defaults {}

/// Deviations are named one by one and not written out.
///
/// ```compile_fail,E0639
/// # use grantflow::*;
/// # fn program() {
/// let quirks = Quirks { accept_201: true, ..Quirks::default() };
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program() {
/// let mut quirks = Quirks::default();
/// quirks.accept_201 = true;
/// # }
/// ```
pub mod quirks_are_named_one_by_one {}

/// No switch turns the check of `state` off.
///
/// ```compile_fail,E0609
/// # use grantflow::*;
/// # fn program(mut quirks: Quirks) {
/// quirks.skip_state = true;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(mut quirks: Quirks) {
/// quirks.accept_201 = true;
/// # }
/// ```
pub mod there_is_no_switch_for_state {}

/// PKCE is S256; `plain` does not exist.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(mut quirks: Quirks) {
/// quirks.pkce = Pkce::Plain;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(mut quirks: Quirks) {
/// quirks.pkce = Pkce::S256;
/// # }
/// ```
pub mod there_is_no_plain_pkce {}

/// A client that cannot keep a secret is not given one.
///
/// ```compile_fail,E0061
/// # use grantflow::*;
/// # fn program(server: AuthorizationServer) {
/// let builder = Client::public(server, "id", ClientAuth::basic("secret"));
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(server: AuthorizationServer) {
/// let builder = Client::confidential(server, "id", ClientAuth::basic("secret"));
/// # }
/// ```
pub mod a_public_client_has_no_secret {}

/// A client that can keep a secret says how it authenticates.
///
/// ```compile_fail,E0061
/// # use grantflow::*;
/// # fn program(server: AuthorizationServer) {
/// let builder = Client::confidential(server, "id");
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(server: AuthorizationServer) {
/// let builder = Client::public(server, "id");
/// # }
/// ```
pub mod a_confidential_client_authenticates {}

/// Client authentication is given by its style and cannot be made empty.
///
/// ```compile_fail,E0624
/// # use grantflow::*;
/// # fn program() {
/// let auth = ClientAuth::none();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program() {
/// let auth = ClientAuth::post("secret");
/// # }
/// ```
pub mod an_authentication_style_is_not_unset {}
