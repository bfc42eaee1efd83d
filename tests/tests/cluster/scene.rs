//! Everything that takes part, as it is when somebody runs it.

use crate::balancer::Balancer;
use crate::gate::Gate;
use crate::redis::Redis;
use grantflow::UnixTime;
use grantflow_tests::cloudvault::{
    ClientAuthentication, Clock, CloudVault, Config, RegisteredClient, Server,
};
use grantflow_tests::programs::{Program, example};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

pub(crate) const SECRET: &str = "the-client-secret-of-PrintMyPics";

pub(crate) struct Scene {
    pub(crate) balancer: Balancer,
    pub(crate) gate: Gate,
    pub(crate) redis: Redis,
    pub(crate) processes: [Process; 2],
    clock: Clock,
    server: Server,
}

/// One of PrintMyPics' processes.
pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    program: Program,
}

impl Scene {
    /// With leases that no test has the patience for: who waits for one must be woken.
    pub(crate) fn new() -> Self {
        Self::with_lease(600)
    }

    /// With leases of so many seconds.
    pub(crate) fn with_lease(seconds: u32) -> Self {
        let redis = Redis::start();
        let balancer = Balancer::start();
        let clock = Clock::fixed(UnixTime::now().as_secs());
        let secret = ClientAuthentication::SecretPost(SECRET.to_owned());
        let redirect_uri = format!("{}/callback", balancer.url());
        let mut config =
            Config::new("").client(RegisteredClient::web("printmypics", secret, &redirect_uri));
        config.clock = clock.clone();
        let server = Server::start(config).expect("CloudVault starts");
        let gate = Gate::start(server.base_url());
        let file = redis.folder().join("cloudvault.toml");
        let description = describe(server.base_url(), &gate.url(), &redirect_uri);
        fs::write(&file, description).expect("the folder can be written to");
        let processes = [(); 2].map(|()| Process::start(&file, &redis.url(), seconds));
        for process in &processes {
            balancer.add(process.address);
        }
        Self { balancer, gate, redis, processes, clock, server }
    }

    pub(crate) fn vault(&self) -> &CloudVault {
        self.server.vault()
    }

    /// How many requests CloudVault's token endpoint has had.
    pub(crate) fn token_requests(&self) -> usize {
        self.vault().count("/token")
    }

    /// CloudVault's clock goes on, and no access token is good any more.
    pub(crate) fn end_access_tokens(&self) {
        self.clock.advance(self.vault().config().access_token_lifetime);
    }

    pub(crate) fn process_at(&mut self, address: SocketAddr) -> &mut Process {
        let process = self.processes.iter_mut().find(|process| process.address == address);
        process.expect("it is one of ours")
    }
}

impl Process {
    fn start(file: &Path, redis: &str, lease: u32) -> Self {
        static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
        let mut command = Command::new(PROGRAM.get_or_init(|| example("web_cluster")));
        command.arg("--issuer-config").arg(file).args(["--redis", redis, "--verbose"]);
        command.args(["--lease", &lease.to_string()]);
        command.env("PRINTMYPICS_KEY", "0123456789abcdef".repeat(8));
        command.env_remove("PRINTMYPICS_CLIENT_ID").env_remove("PRINTMYPICS_CLIENT_SECRET");
        let mut program = Program::start(&mut command);
        let address = program.says("PrintMyPics is one of those at http://");
        let address = address.trim_end_matches('/').parse().expect("it is an address");
        Self { address, program }
    }

    /// Kills it as a failing machine does. Returns what it has printed.
    pub(crate) fn kill(&mut self) -> String {
        self.program.kill()
    }
}

fn describe(vault: &str, gate: &str, redirect_uri: &str) -> String {
    format!(
        r#"
name = "CloudVault"
client_id = "printmypics"
client_secret = "{SECRET}"
auth = "post"
issuer = "{vault}"
iss_required = true
scopes = ["read_photos"]
redirect_uri = "{redirect_uri}"

[endpoints]
authorization = "{vault}/authorize"
token = "{gate}/token"
resource = "{vault}/photos"
"#
    )
}
