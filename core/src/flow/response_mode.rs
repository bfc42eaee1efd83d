//! How the browser brings the callback.

/// How the callback's parameters come back (OAuth 2.0 Multiple Response Types section 2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseMode {
    /// In the query of a GET request: the default of the code flow.
    #[default]
    Query,
    /// In the body of a POST request. It comes from another site: a `SameSite` cookie is not
    /// sent with it.
    FormPost,
}
