//! A pending flow in its documented stored form, which is how a case's own `state`, verifier and
//! redirect URI get into a flow whose API lets nobody choose them.

use super::form::{decode, encode};
use grantflow::{AwaitingCallback, Client, Error, Flow, Pending, SessionBinding};

/// The version, then fields: a letter and a value that is encoded.
pub(crate) struct StoredPending(Vec<String>);

impl StoredPending {
    /// Puts a flow to sleep.
    pub(crate) fn new(awaiting: Flow<AwaitingCallback>) -> Self {
        let text = awaiting.suspend(&binding()).to_text();
        Self(text.split('~').map(str::to_owned).collect())
    }

    /// The field of a letter.
    pub(super) fn get(&self, letter: char) -> Option<String> {
        self.0.iter().skip(1).find_map(|field| field.strip_prefix(letter)).map(decode)
    }

    /// Puts a field in the place of the one that is there.
    pub(crate) fn with(mut self, letter: char, value: &str) -> Self {
        self.0.retain(|field| !field.starts_with(letter));
        self.0.push(format!("{letter}{}", encode(value)));
        self
    }

    /// Wakes the flow up.
    pub(crate) fn resume(&self, client: &Client) -> Result<Flow<AwaitingCallback>, Error> {
        Flow::resume(client, &Pending::from_text(&self.0.join("~"))?, &binding())
    }
}

fn binding() -> SessionBinding {
    SessionBinding::new("the browser of the vectors")
}
