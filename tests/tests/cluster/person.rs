//! Somebody with a browser.

use crate::scene::Scene;
use grantflow_tests::cloudvault::{Form, Visitor, texts};
use http::header::{COOKIE, HOST, LOCATION};
use http::{Method, Request, Response};
use std::net::SocketAddr;
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::Duration;

type Send = Box<dyn FnMut(Request<Vec<u8>>) -> Response<Vec<u8>>>;

pub(crate) struct Person {
    visitor: Visitor<Send>,
    base_url: String,
    /// What the browser sent to PrintMyPics last.
    cookies: Arc<Mutex<String>>,
}

/// What a page told: its status, and where it leads or its heading.
pub(crate) type Told = (u16, String);

impl Person {
    pub(crate) fn new(scene: &Scene) -> Self {
        let base_url = scene.balancer.url();
        let cookies = Arc::<Mutex<String>>::default();
        let (sent, ours) = (Arc::clone(&cookies), base_url.clone());
        let send = move |request: Request<Vec<u8>>| {
            if request.uri().to_string().starts_with(&ours) {
                let header = request.headers().get(COOKIE);
                let header = header.map_or("", |header| header.to_str().expect("it is ASCII"));
                header.clone_into(&mut sent.lock().unwrap());
            }
            send(request).expect("somebody answers")
        };
        Self { visitor: Visitor::new(Box::new(send)), base_url, cookies }
    }

    pub(crate) fn open(&mut self, path: &str) -> Told {
        let url = self.url(path);
        told(&self.visitor.open(&url, None))
    }

    /// Opens the start page and presses a button there.
    pub(crate) fn press(&mut self, action: &str) -> Response<Vec<u8>> {
        let home = self.visitor.open(&self.url("/"), None);
        let home = String::from_utf8_lossy(home.body()).into_owned();
        let form = Form::read(&home).into_iter().find(|form| form.action == action);
        let form = form.unwrap_or_else(|| panic!("the start page leads not to {action}: {home}"));
        self.visitor.open(&self.url(action), Some(form))
    }

    /// Leaves for CloudVault. Returns where to.
    pub(crate) fn leave(&mut self) -> String {
        location(&self.press("/login"))
    }

    /// Signs in and says yes. Returns where CloudVault sends the browser then.
    pub(crate) fn allow(&mut self, authorization_url: &str) -> String {
        let redirect_uri = self.url("/callback");
        let callback = self.visitor.visit(authorization_url, &redirect_uri);
        let callback = callback.unwrap_or_else(|end| panic!("{end}"));
        callback.url[self.base_url.len()..].to_owned()
    }

    pub(crate) fn log_in(&mut self) {
        let authorization_url = self.leave();
        let callback = self.allow(&authorization_url);
        assert_eq!(self.open(&callback), (303, "/profile".to_owned()));
        assert_eq!(self.open("/profile"), (200, "Your photos".to_owned()));
    }

    /// The same browser, past the balancer: a tab at each process.
    pub(crate) fn tabs(&self, scene: &Scene) -> [Tab; 2] {
        scene.processes.each_ref().map(|process| Tab {
            at: process.address,
            host: self.base_url.trim_start_matches("http://").to_owned(),
            cookies: self.cookies.lock().unwrap().clone(),
        })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

pub(crate) struct Tab {
    at: SocketAddr,
    host: String,
    cookies: String,
}

impl Tab {
    /// What the page told, or nothing if there was no reply.
    pub(crate) fn open(&self, path: &str) -> Option<Told> {
        let request = Request::builder().uri(format!("http://{}{path}", self.at));
        let request = request.header(HOST, &self.host).header(COOKIE, &self.cookies);
        send(request.body(Vec::new()).expect("it is a request")).ok().map(|reply| told(&reply))
    }

    /// Both open that page at the same moment.
    pub(crate) fn open_at_once(tabs: &[Self; 2], path: &str) -> [Option<Told>; 2] {
        let start = &Barrier::new(tabs.len());
        thread::scope(|scope| {
            let threads = tabs.each_ref().map(|tab| {
                scope.spawn(move || {
                    start.wait();
                    tab.open(path)
                })
            });
            threads.map(|thread| thread.join().unwrap())
        })
    }

    /// What a browser sends.
    pub(crate) fn request(&self, path: &str) -> String {
        let Self { host, cookies, .. } = self;
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n\r\n")
    }
}

pub(crate) fn location(reply: &Response<Vec<u8>>) -> String {
    let location = reply.headers().get(LOCATION);
    let location = location.unwrap_or_else(|| panic!("it leads nowhere: {:?}", told(reply)));
    location.to_str().expect("it is ASCII").to_owned()
}

pub(crate) fn told(reply: &Response<Vec<u8>>) -> Told {
    let status = reply.status().as_u16();
    if status == 303 {
        return (status, location(reply));
    }
    (status, texts(&String::from_utf8_lossy(reply.body()), "h1").concat())
}

fn send(request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ureq::Error> {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        // Every request may go to another process.
        .max_idle_connections(0)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .new_agent();
    let reply = if request.method() == Method::POST {
        agent.run(request)?
    } else {
        agent.run(request.map(|_| ()))?
    };
    let (head, mut body) = reply.into_parts();
    Ok(Response::from_parts(head, body.read_to_vec()?))
}
