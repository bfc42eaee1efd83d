//! Many logins at one client, in any order: none gets what is another's.

use crate::scene::{NOW, cases, client, pairs, session, start, value};
use grantflow::{
    Authorized, AwaitingCallback, Callback, Client, CodeReceived, Entropy, Exchange, Failure, Flow,
    Pending, Response,
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// How many logins there are at once.
const FLOWS: usize = 1000;

/// A login, and what was seen of it.
struct Login {
    state: String,
    at: At,
}

enum At {
    Away(Flow<AwaitingCallback>),
    Asleep(String),
    Code(Flow<CodeReceived>),
    In(Flow<Authorized>),
    /// On its way from one to the next.
    Nowhere,
}

impl Login {
    fn start(client: &Client) -> Self {
        let (sent, awaiting) = start(Flow::new(client), Entropy::from_os().unwrap());
        Self { state: value(&sent, "state").into(), at: At::Away(awaiting) }
    }

    /// Takes the login one step further; whose it is is in its number, and comes back in all that
    /// it is given.
    fn go_on(&mut self, client: &Client, number: usize) {
        self.at = match core::mem::replace(&mut self.at, At::Nowhere) {
            At::Away(flow) if number % 3 == 0 => {
                At::Asleep(flow.suspend(&session()).to_text().to_string())
            }
            At::Asleep(text) => {
                let pending = Pending::from_text(&text).unwrap();
                let flow = Flow::resume(client, &pending, &session()).unwrap();
                At::Code(self.come_back(flow, number))
            }
            At::Away(flow) => At::Code(self.come_back(flow, number)),
            At::Code(code) => {
                let sent = pairs(code.request(NOW).unwrap().body());
                assert_eq!(value(&sent, "code"), format!("code-{number}"));
                let body = format!(r#"{{"access_token":"token-{number}","token_type":"Bearer"}}"#);
                let json = [("Content-Type", "application/json")];
                At::In(code.receive(&Response::new(200, json, body), NOW).unwrap())
            }
            At::In(flow) => {
                assert_eq!(flow.tokens().access_token().expose(), format!("token-{number}"));
                At::In(flow)
            }
            At::Nowhere => panic!("it was dropped"),
        };
    }

    fn come_back(&self, flow: Flow<AwaitingCallback>, number: usize) -> Flow<CodeReceived> {
        let query = format!("code=code-{number}&state={}", self.state);
        flow.receive(Callback::from_query(&query).unwrap(), NOW).unwrap()
    }

    /// Another login's callback comes to this one's flow.
    fn is_hit_by(&mut self, state: &str) {
        let flow = match core::mem::replace(&mut self.at, At::Nowhere) {
            At::Away(flow) => flow,
            other => {
                self.at = other;
                return;
            }
        };
        let callback = Callback::from_query(&format!("code=stolen&state={state}")).unwrap();
        match flow.receive(callback, NOW) {
            Err(Failure::Later { state, .. }) => self.at = At::Away(*state),
            other => panic!("another login's callback was taken: {other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn a_thousand_logins_at_once_do_not_cross(
        order in vec((any::<Index>(), any::<Index>(), any::<bool>()), 6 * FLOWS),
    ) {
        let client = client();
        let mut logins: Vec<_> = (0..FLOWS).map(|_| Login::start(&client)).collect();
        for (number, other, is_stray) in order {
            let (number, other) = (number.index(FLOWS), other.index(FLOWS));
            if !is_stray {
                logins[number].go_on(&client, number);
            } else if number != other {
                let state = logins[other].state.clone();
                logins[number].is_hit_by(&state);
            }
        }
        // Whatever is left comes to its own end.
        for (number, login) in logins.iter_mut().enumerate() {
            for _ in 0..4 {
                login.go_on(&client, number);
            }
            prop_assert!(matches!(login.at, At::In(_)), "{}", number);
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn no_callback_with_another_state_ever_gives_a_code(
        states in vec("[A-Za-z0-9_-]{43}|[ -~]{0,60}|", 1..40),
    ) {
        let client = client();
        let mut login = Login::start(&client);
        for state in &states {
            let near = format!("{}{state}", &login.state[..login.state.len() - 1]);
            for state in [state, &near] {
                prop_assume!(*state != login.state && !state.contains(['&', '+', '%', '#']));
                login.is_hit_by(state);
            }
        }
        login.go_on(&client, 1);
        prop_assert!(matches!(login.at, At::Code(_)));
    }
}
