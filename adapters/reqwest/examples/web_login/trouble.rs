//! What went wrong, in words that a person understands, and what to do about it.

use axum::http::StatusCode;
use grantflow::{CallbackError, ConfigError, Error, ErrorCode, RunError};

/// Something that a visitor has to be told.
pub(crate) struct Trouble {
    pub(crate) kind: Kind,
    /// For whoever the visitor asks for help. It holds no secret.
    pub(crate) detail: Option<String>,
}

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Cancelled,
    ConnectAgain,
    ConnectedAlready,
    Expired,
    NotAllowed,
    NotFound,
    OldPage,
    OtherBrowser,
    OtherIssuer,
    OurMistake,
    ServerRefused,
    ServerTrouble,
    Stray,
    TooLarge,
}

/// The next step that the page offers.
pub(crate) enum Remedy {
    Connect(&'static str),
    Home,
    Photos(&'static str),
}

/// What the page says.
pub(crate) struct Words {
    pub(crate) status: StatusCode,
    pub(crate) title: &'static str,
    pub(crate) text: String,
    pub(crate) remedy: Remedy,
}

impl Kind {
    pub(crate) fn words(self, server: &str) -> Words {
        let (status, title, text, remedy) = match self {
            Self::Cancelled => (
                StatusCode::OK,
                "You cancelled",
                format!(
                    "You told {server} not to share your photos, so PrintMyPics sees nothing. \
                    That is fine. You can connect whenever you like."
                ),
                Remedy::Connect("Connect after all"),
            ),
            Self::ConnectAgain => (
                StatusCode::OK,
                "Please connect again",
                format!(
                    "PrintMyPics may no longer see your photos: the permission has ended, or \
                    you took it back at {server}."
                ),
                Remedy::Connect("Connect again"),
            ),
            Self::ConnectedAlready => (
                StatusCode::BAD_REQUEST,
                "You are connected already",
                "This was the answer to a login that is finished, or that was started in another \
                    browser. Nothing was changed."
                    .to_owned(),
                Remedy::Photos("See your photos"),
            ),
            Self::Expired => (
                StatusCode::BAD_REQUEST,
                "That took a little too long",
                "For your safety a login must be finished within a few minutes.".to_owned(),
                Remedy::Connect("Start again"),
            ),
            Self::NotAllowed => (
                StatusCode::FORBIDDEN,
                "Not enough permission",
                format!(
                    "{server} lets PrintMyPics in, but not to this. Connect again and allow \
                    what is asked for."
                ),
                Remedy::Connect("Connect again"),
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "There is no such page",
                "The address may be misspelt.".to_owned(),
                Remedy::Home,
            ),
            Self::OldPage => (
                StatusCode::FORBIDDEN,
                "That page was out of date",
                "Nothing was done. Go to the start page and try once more.".to_owned(),
                Remedy::Home,
            ),
            Self::OtherBrowser => (
                StatusCode::BAD_REQUEST,
                "No login is waiting here",
                "It was finished or cancelled already, or it was started in another browser. \
                    Nothing was changed."
                    .to_owned(),
                Remedy::Home,
            ),
            Self::OtherIssuer => (
                StatusCode::BAD_REQUEST,
                "Somebody else answered",
                format!(
                    "The answer to your login did not come from {server}. For your safety \
                    the login was stopped."
                ),
                Remedy::Connect("Start again"),
            ),
            Self::OurMistake => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Our mistake",
                "Something is wrong with PrintMyPics itself. Please try again later.".to_owned(),
                Remedy::Home,
            ),
            Self::ServerRefused => (
                StatusCode::BAD_GATEWAY,
                "The connection was refused",
                format!(
                    "{server} does not accept the login as PrintMyPics asks for it. You did \
                    nothing wrong; if it happens again, tell us."
                ),
                Remedy::Connect("Try again"),
            ),
            Self::ServerTrouble => (
                StatusCode::BAD_GATEWAY,
                "No luck this time",
                format!(
                    "{server} cannot be reached or has troubles of its own. Please try again \
                    in a moment."
                ),
                Remedy::Photos("Try again"),
            ),
            Self::Stray => (
                StatusCode::BAD_REQUEST,
                "That answer is not for you",
                "It belongs to no login of yours: perhaps somebody sent you a link. Nothing was \
                    changed, and a login that you have open in another tab goes on."
                    .to_owned(),
                Remedy::Home,
            ),
            Self::TooLarge => (
                StatusCode::BAD_GATEWAY,
                "The key does not fit",
                format!(
                    "The key that {server} gave us is larger than this demonstration can \
                    keep in your browser."
                ),
                Remedy::Home,
            ),
        };
        Words { status, title, text, remedy }
    }
}

impl From<Kind> for Trouble {
    fn from(kind: Kind) -> Self {
        Self { kind, detail: None }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self { kind: kind(&error), detail: Some(error.to_string()) }
    }
}

impl<E> From<RunError<E>> for Trouble {
    fn from(error: RunError<E>) -> Self {
        let kind = error.error().map_or(Kind::ServerTrouble, kind);
        Self { kind, detail: Some(error.to_string()) }
    }
}

fn kind(error: &Error) -> Kind {
    use CallbackError::{CodeInvalid, CodeMissing, Expired, IssuerMismatch, IssuerMissing};
    match error {
        Error::Callback(CodeInvalid | CodeMissing) => Kind::ServerTrouble,
        Error::Callback(Expired) => Kind::Expired,
        Error::Callback(IssuerMissing { unverified: Some(ErrorCode::AccessDenied) }) => {
            Kind::Cancelled
        }
        Error::Callback(IssuerMismatch | IssuerMissing { .. }) => Kind::OtherIssuer,
        Error::Callback(_) => Kind::Stray,
        Error::Challenged(challenged) if challenged.status() == 401 => Kind::ConnectAgain,
        Error::Challenged(_) => Kind::NotAllowed,
        Error::Config(ConfigError::NoRefreshToken) => Kind::ConnectAgain,
        Error::Refused(refusal) => match refusal.code() {
            ErrorCode::AccessDenied => Kind::Cancelled,
            ErrorCode::InvalidGrant => Kind::ConnectAgain,
            ErrorCode::ServerError | ErrorCode::TemporarilyUnavailable => Kind::ServerTrouble,
            _ => Kind::ServerRefused,
        },
        Error::Stored(_) => Kind::OtherBrowser,
        Error::Protocol(_) => Kind::ServerTrouble,
        _ => Kind::OurMistake,
    }
}
