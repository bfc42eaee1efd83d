//! What can happen to logins, one step at a time, read from octets.

/// How many logins there are at once; each has a browser of its own, and every second one the
/// other client.
pub(super) const LOGINS: usize = 3;
/// How many clients there are.
pub(super) const CLIENTS: usize = 2;
/// The scopes, each within the next.
pub(super) const SCOPES: [&str; 4] = ["", "a", "a b", "a b c"];

/// One thing that happens; a login is named by its place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A browser begins a login, whatever it had begun before.
    Start { login: usize, is_form_post: bool, has_nonce: bool, scope: usize },
    /// A browser comes back.
    Come { login: usize, callback: Visit },
    /// The server answers the request that is on its way.
    Answer { login: usize, answer: Answer },
    /// A request is sent and its reply is lost.
    Lose { login: usize },
    /// The process ends while the browser is away.
    Suspend { login: usize },
    /// A browser's login is looked up for a client.
    Resume { login: usize, browser: usize, client: usize },
    /// Tokens are stored and taken up for a client.
    Store { login: usize, client: usize },
    /// A refresh begins.
    Refresh { login: usize, scope: usize },
    /// A refresh is given up.
    GiveUp { login: usize },
    /// The resource is called, and answers.
    Call { login: usize, status: u16 },
    /// Time goes by.
    Wait { seconds: u64 },
}

/// What a callback says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit {
    /// Whose `state` it has: that of the start of this number, none, or a forged one.
    pub(super) state: Whose,
    pub(super) is_form_post: bool,
    pub(super) iss: Iss,
    pub(super) error: bool,
    pub(super) code: Code,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Of the start so many before the last.
    Start(usize),
    Forged,
    Missing,
    Twice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Iss {
    Right,
    Wrong,
    Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    Good,
    Bad,
    Missing,
}

/// What the token endpoint answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Tokens { has_refresh_token: bool, scope: Option<usize>, expires_in: Option<u32> },
    InvalidGrant,
    InvalidClient,
    Unavailable,
    TooMany,
    Redirect,
    Page,
    Garbage,
    NoToken,
    OtherType,
}

/// Reads the steps that the octets stand for: any octets stand for some.
pub(super) fn steps(input: &[u8]) -> impl Iterator<Item = Step> + '_ {
    let mut octets = Octets(input);
    core::iter::from_fn(move || if octets.0.is_empty() { None } else { Some(octets.step()) })
}

struct Octets<'a>(&'a [u8]);

impl Octets<'_> {
    /// The next octet; zero after the last.
    fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.next()) % limit
    }

    fn flag(&mut self) -> bool {
        self.below(2) == 1
    }

    fn step(&mut self) -> Step {
        let kind = self.below(11);
        let login = self.below(LOGINS);
        match kind {
            0 => {
                let (is_form_post, has_nonce) = (self.flag(), self.flag());
                Step::Start { login, is_form_post, has_nonce, scope: self.below(SCOPES.len()) }
            }
            1 => Step::Come { login, callback: self.visit() },
            2 => Step::Answer { login, answer: self.answer() },
            3 => Step::Lose { login },
            4 => Step::Suspend { login },
            5 => Step::Resume { login, browser: self.below(LOGINS), client: self.below(CLIENTS) },
            6 => Step::Store { login, client: self.below(CLIENTS) },
            7 => Step::Refresh { login, scope: self.below(SCOPES.len()) },
            8 => Step::GiveUp { login },
            9 => Step::Call { login, status: [200, 401, 403, 500][self.below(4)] },
            _ => Step::Wait { seconds: [1, 59, 600, 601, 3600, u64::MAX][self.below(6)] },
        }
    }

    fn visit(&mut self) -> Visit {
        Visit {
            state: match self.below(8) {
                5 => Whose::Forged,
                6 => Whose::Missing,
                7 => Whose::Twice,
                back => Whose::Start(back),
            },
            is_form_post: self.flag(),
            iss: [Iss::Right, Iss::Wrong, Iss::Missing][self.below(3)],
            error: self.below(4) == 3,
            code: [Code::Good, Code::Good, Code::Bad, Code::Missing][self.below(4)],
        }
    }

    fn answer(&mut self) -> Answer {
        match self.below(12) {
            0 => Answer::InvalidGrant,
            1 => Answer::InvalidClient,
            2 => Answer::Unavailable,
            3 => Answer::TooMany,
            4 => Answer::Redirect,
            5 => Answer::Page,
            6 => Answer::Garbage,
            7 => Answer::NoToken,
            8 => Answer::OtherType,
            _ => Answer::Tokens {
                has_refresh_token: self.flag(),
                scope: Some(self.below(SCOPES.len())).filter(|scope| *scope != 0),
                expires_in: [None, Some(0), Some(60), Some(3600)][self.below(4)],
            },
        }
    }
}
