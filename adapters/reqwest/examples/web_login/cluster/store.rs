//! Redis: sealed texts under names, each of which ends by itself.

use super::seal::Sealed;
use crate::trouble::{Kind, Trouble};
use axum_extra::extract::cookie::Key;
use redis::{
    Client, Cmd, FromRedisValue, RedisError,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use std::time::Duration;
use tokio::time::sleep;

/// For commands that must not come twice.
pub(super) const ONCE: u32 = 1;
/// For all others: a connection that broke is mended by the second try.
const TWICE: u32 = 2;
/// For what is nowhere else: five seconds.
const LONG: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// Writes over one text and no other. That it is there already is as good.
const REPLACE: &str = "
local now = redis.call('GET', KEYS[1])
if now == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
end
return now == ARGV[1] or now == ARGV[2]";

/// Deletes one text and no other.
const REMOVE: &str = "
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('DEL', KEYS[1])
end";

#[derive(Clone)]
pub(crate) struct Store {
    /// For connections that wait.
    pub(super) client: Client,
    /// How long a lease lasts.
    pub(super) lease: Duration,
    connection: ConnectionManager,
    key: Key,
}

impl Store {
    pub(crate) async fn connect(url: &str, key: Key, lease: Duration) -> Result<Self, RedisError> {
        let client = Client::open(url)?;
        // Who waits is a person.
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(Duration::from_secs(1)))
            .set_response_timeout(Some(Duration::from_secs(2)))
            .set_number_of_retries(1);
        let connection = client.get_connection_manager_with_config(config).await?;
        Ok(Self { client, lease, connection, key })
    }

    pub(super) async fn put(&self, name: &str, text: &str, ttl: Duration) -> Result<(), Trouble> {
        let Sealed(sealed) = Sealed::new(&self.key, name, text);
        Ok(self.ask(&Cmd::set_ex(name, sealed, ttl.as_secs()), TWICE).await?)
    }

    /// What is there, sealed and open.
    pub(super) async fn look(&self, name: &str) -> Result<Option<(Sealed, String)>, Trouble> {
        let sealed: Option<String> = self.ask(&Cmd::get(name), TWICE).await?;
        Ok(sealed.map(Sealed).and_then(|sealed| {
            let text = sealed.open(&self.key, name)?;
            Some((sealed, text))
        }))
    }

    /// What is there, for the first who asks and for nobody after them.
    pub(super) async fn take(&self, name: &str) -> Result<Option<String>, Trouble> {
        let sealed: Option<String> = self.ask(&Cmd::get_del(name), ONCE).await?;
        Ok(sealed.and_then(|sealed| Sealed(sealed).open(&self.key, name)))
    }

    /// Puts a text into the place of another, if that is still there.
    pub(super) async fn replace(
        &self,
        name: &str,
        old: &Sealed,
        text: &str,
        ttl: Duration,
    ) -> Result<Option<Sealed>, Trouble> {
        let new = Sealed::new(&self.key, name, text);
        let mut replace = script(REPLACE, &[name]);
        replace.arg(&old.0).arg(&new.0).arg(ttl.as_secs());
        let is_there: bool = self.ask(&replace, LONG).await?;
        Ok(is_there.then_some(new))
    }

    /// Deletes a text, if it is still there.
    pub(super) async fn remove(&self, name: &str, old: &Sealed) -> Result<(), Trouble> {
        Ok(self.ask(script(REMOVE, &[name]).arg(&old.0), TWICE).await?)
    }

    /// Deletes whatever is there.
    pub(super) async fn clear(&self, name: &str) -> Result<(), Trouble> {
        Ok(self.ask(&Cmd::del(name), TWICE).await?)
    }

    /// Sends a command, and sends it again if there was no answer.
    pub(super) async fn ask<T: FromRedisValue>(
        &self,
        command: &Cmd,
        mut tries: u32,
    ) -> Result<T, RedisError> {
        loop {
            tries -= 1;
            match command.query_async(&mut self.connection.clone()).await {
                Err(_) if tries > 0 => sleep(PAUSE).await,
                result => return result,
            }
        }
    }
}

/// A script, which nothing else comes between.
pub(super) fn script(text: &str, names: &[&str]) -> Cmd {
    let mut script = redis::cmd("EVAL");
    script.arg(text).arg(names.len()).arg(names);
    script
}

/// The detail names the kind of failure, and nothing that was sent or kept.
impl From<RedisError> for Trouble {
    fn from(error: RedisError) -> Self {
        let detail = format!("the store does not answer: {}", error.category());
        Self { kind: Kind::OurMistake, detail: Some(detail) }
    }
}
