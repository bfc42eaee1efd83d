//! Whoever sits in front of the browser: sees pages and nothing else.

use crate::scenario::Scenario;
use grantflow_tests::cloudvault::Visitor;
use http::{Request, Response, StatusCode};

type Send = Box<dyn FnMut(Request<Vec<u8>>) -> Response<Vec<u8>>>;

/// A person with a browser that has no cookies yet.
pub(crate) type Person = Visitor<Send>;

pub(crate) fn person(scenario: &Scenario) -> Person {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .build()
        .new_agent();
    let send = move |request: Request<Vec<u8>>| {
        open(&agent, request).unwrap_or_else(|error| {
            let mut page = Response::new(error.to_string().into_bytes());
            *page.status_mut() = StatusCode::GATEWAY_TIMEOUT;
            page
        })
    };
    Visitor::new(Box::new(send) as Send).signing_in_as(&scenario.user.name, &scenario.user.password)
}

fn open(agent: &ureq::Agent, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ureq::Error> {
    let reply = if request.method() == http::Method::POST {
        agent.run(request)?
    } else {
        agent.run(request.map(|_| ()))?
    };
    let (head, mut body) = reply.into_parts();
    Ok(Response::from_parts(head, body.read_to_vec()?))
}
