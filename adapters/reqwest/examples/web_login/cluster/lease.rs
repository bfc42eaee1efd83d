//! One process at a time, for a limited time.

use super::store::{ONCE, Store, script};
use crate::{
    settings::random_text,
    trouble::{Kind, Trouble},
};
use redis::{
    AsyncConnectionConfig, Cmd, ExistenceCheck, RedisError, SetExpiry::PX, SetOptions, Value,
};
use std::time::Duration;
use tokio::time::timeout;

/// Ends a lease that is still ours, and wakes one who waits, or who will in a moment.
const END: &str = "
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('DEL', KEYS[1], KEYS[2])
    redis.call('RPUSH', KEYS[2], '')
    redis.call('PEXPIRE', KEYS[2], ARGV[2])
end";

/// The right to refresh the tokens of one session. If its process dies, it ends by itself.
pub(super) struct Lease {
    store: Store,
    name: String,
    wake: String,
    owner: String,
}

impl Store {
    /// Waits until nobody else has the lease, at most as long as two others may have it.
    pub(super) async fn lease(&self, session_id: &str) -> Result<Lease, Trouble> {
        let lease = Lease {
            store: self.clone(),
            name: format!("printmypics:lease:{session_id}"),
            wake: format!("printmypics:wake:{session_id}"),
            owner: random_text(),
        };
        match timeout(2 * self.lease, lease.begin()).await {
            Ok(begun) => begun.map(|()| lease).map_err(Trouble::from),
            Err(_) => Err(Kind::ServerTrouble.into()),
        }
    }
}

impl Lease {
    async fn begin(&self) -> Result<(), RedisError> {
        let options = SetOptions::default().conditional_set(ExistenceCheck::NX);
        let options = options.with_expiration(PX(milliseconds(self.store.lease)));
        let begin = Cmd::set_options(&self.name, &self.owner, options);
        while self.store.ask::<Value>(&begin, ONCE).await? == Value::Nil {
            self.wait().await?;
        }
        Ok(())
    }

    /// Waits until whoever has the lease ends it, or it ends by itself.
    async fn wait(&self) -> Result<(), RedisError> {
        // In milliseconds. It is negative if there is no lease any more.
        let left: i32 = self.store.ask(&Cmd::pttl(&self.name), ONCE).await?;
        // In seconds. 0 would be for ever.
        let left = f64::from(left.max(1)) / 1000.0;
        // Who waits in BLPOP blocks the connection: it is for nobody else.
        let config = AsyncConnectionConfig::new().set_response_timeout(None);
        let client = &self.store.client;
        let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
        Cmd::blpop(&self.wake, left).exec_async(&mut connection).await
    }

    /// If that does not arrive, the lease ends by itself.
    pub(super) async fn end(self) {
        let mut end = script(END, &[&self.name, &self.wake]);
        end.arg(self.owner).arg(milliseconds(self.store.lease));
        let _ = self.store.ask::<()>(&end, ONCE).await;
    }
}

fn milliseconds(duration: Duration) -> u64 {
    duration.as_millis().try_into().unwrap_or(u64::MAX)
}
