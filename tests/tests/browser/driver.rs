//! ChromeDriver, which starts and ends the browsers.

use grantflow_tests::programs::{Program, installed};
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::process::Command;

pub(crate) struct Driver {
    /// Ended last.
    _program: Program,
    port: u16,
}

impl Driver {
    /// Listens on a free port of `127.0.0.1`.
    pub(crate) fn start() -> Self {
        let chromedriver = installed("chromedriver", "chromium-driver");
        let mut program = Program::start(Command::new(chromedriver).arg("--port=0"));
        let port = program.says("started successfully on port ");
        let port = port.trim_end_matches('.').parse().expect("a port is a number");
        Self { _program: program, port }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Has it end its browsers, which would outlive it otherwise. The reply comes after that.
    fn shut_down(&self) -> io::Result<usize> {
        let address = (Ipv4Addr::LOCALHOST, self.port);
        let mut stream = TcpStream::connect(address)?;
        write!(
            stream,
            "GET /shutdown HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\n\r\n",
            address.0, address.1
        )?;
        stream.read_to_end(&mut Vec::new())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Err(error) = self.shut_down() {
            eprintln!("chromedriver was not shut down: {error}");
        }
    }
}
