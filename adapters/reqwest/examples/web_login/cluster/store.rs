//! Redis: sealed texts under names, each of which ends by itself.

use super::seal::Sealed;
use crate::trouble::{Kind, Trouble};
use axum_extra::extract::cookie::Key;
use redis::{
    AsyncTypedCommands, Client, RedisError, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long a write that must not be lost is tried, and how often.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(100);

/// Writes over one text and no other. To come twice does no harm.
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
    pub(super) connection: ConnectionManager,
    pub(super) lease: Duration,
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
        Ok(Self { client, connection, lease, key })
    }

    pub(super) async fn put(&self, name: &str, text: &str, ttl: Duration) -> Result<(), Trouble> {
        let Sealed(sealed) = Sealed::new(&self.key, name, text);
        Ok(self.connection.clone().set_ex(name, sealed, ttl.as_secs()).await?)
    }

    /// What is there, sealed and open.
    pub(super) async fn look(&self, name: &str) -> Result<Option<(Sealed, String)>, Trouble> {
        let sealed = self.connection.clone().get(name).await?.map(Sealed);
        Ok(sealed.and_then(|sealed| {
            let text = sealed.open(&self.key, name)?;
            Some((sealed, text))
        }))
    }

    /// What is there, for the first who asks and for nobody after them.
    pub(super) async fn take(&self, name: &str) -> Result<Option<String>, Trouble> {
        let sealed = self.connection.clone().get_del(name).await?.map(Sealed);
        Ok(sealed.and_then(|sealed| sealed.open(&self.key, name)))
    }

    /// Puts a text into the place of another, if that is still there. It is tried again and again:
    /// what is written is nowhere else.
    pub(super) async fn replace(
        &self,
        name: &str,
        old: &Sealed,
        text: &str,
        ttl: Duration,
    ) -> Result<Option<Sealed>, Trouble> {
        let new = Sealed::new(&self.key, name, text);
        let script = Script::new(REPLACE);
        let mut replace = script.key(name);
        replace.arg(&old.0).arg(&new.0).arg(ttl.as_secs());
        let end = Instant::now() + PATIENCE;
        loop {
            match replace.invoke_async::<bool>(&mut self.connection.clone()).await {
                Ok(is_there) => return Ok(is_there.then_some(new)),
                Err(error) if Instant::now() > end => return Err(error.into()),
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    /// Deletes a text, if it is still there.
    pub(super) async fn remove(&self, name: &str, old: &Sealed) -> Result<(), Trouble> {
        let script = Script::new(REMOVE);
        Ok(script.key(name).arg(&old.0).invoke_async(&mut self.connection.clone()).await?)
    }

    /// Deletes whatever is there.
    pub(super) async fn clear(&self, name: &str) -> Result<(), Trouble> {
        self.connection.clone().del(name).await?;
        Ok(())
    }
}

/// The detail names the kind of failure, and nothing that was sent or kept.
impl From<RedisError> for Trouble {
    fn from(error: RedisError) -> Self {
        let detail = format!("the store does not answer: {}", error.category());
        Self { kind: Kind::OurMistake, detail: Some(detail) }
    }
}
