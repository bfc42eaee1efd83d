//! The command line.

use std::path::PathBuf;

pub(crate) const HELP: &str = "\
Starts PrintMyPics, a small web application that shows photos from CloudVault, and CloudVault too.

    cargo run --example web_login -- [OPTIONS]

    --auto                   do the browser's part as well, print each step, and end
    --browser-user NAME      who signs in, with --auto (or the [user] table of FILE)
    --browser-password TEXT  and the password
    --deny                   with --auto: the user says no
    --issuer-config FILE     use the real server that FILE describes, in the place of CloudVault
    --port PORT              listen there; a free port unless given
    --verbose                print the application's steps

The client id and secret are read from PRINTMYPICS_CLIENT_ID and PRINTMYPICS_CLIENT_SECRET, then
from FILE. For CloudVault they are made up afresh if neither is set.";

/// What the command line asks for.
#[derive(Debug, Default)]
pub(crate) struct Args {
    pub(crate) auto: bool,
    pub(crate) browser_password: Option<String>,
    pub(crate) browser_user: Option<String>,
    pub(crate) deny: bool,
    pub(crate) help: bool,
    pub(crate) issuer_config: Option<PathBuf>,
    pub(crate) port: Option<u16>,
    pub(crate) verbose: bool,
}

impl Args {
    pub(crate) fn read(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut args = Self::default();
        while let Some(option) = given.next() {
            let mut value = || given.next().ok_or_else(|| format!("{option} needs a value"));
            match option.as_str() {
                "--auto" => args.auto = true,
                "--browser-password" => args.browser_password = Some(value()?),
                "--browser-user" => args.browser_user = Some(value()?),
                "--deny" => args.deny = true,
                "--help" | "-h" => args.help = true,
                "--issuer-config" => args.issuer_config = Some(value()?.into()),
                "--port" => {
                    let port = value()?.parse();
                    args.port = Some(port.map_err(|_| "--port needs a number up to 65535")?);
                }
                "--verbose" => args.verbose = true,
                _ => return Err(format!("{option} is not known; --help shows what is")),
            }
        }
        if args.deny && !args.auto {
            return Err("--deny goes with --auto".to_owned());
        }
        Ok(args)
    }
}
