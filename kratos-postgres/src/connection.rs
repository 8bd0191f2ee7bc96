//! One connection for all calls, made anew after a failure.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use kratos_core::fleet::StoreError;
use tokio::sync::Notify;
use tokio_postgres::{
    AsyncMessage, Client, Config, Error, Socket, Statement,
    tls::{MakeTlsConnect, TlsConnect},
};

use crate::schema::Schema;

type Connecting = Pin<Box<dyn Future<Output = Result<Client, Error>> + Send>>;
type Connect = dyn Fn(Arc<Notify>) -> Connecting + Send + Sync;

pub(crate) struct Connections {
    connect: Arc<Connect>,
    current: Mutex<Current>,
    /// Held by the call that connects.
    connecting: tokio::sync::Mutex<()>,
    /// The server notified of a record.
    notified: Arc<Notify>,
}

#[derive(Default)]
struct Current {
    connection: Option<Arc<Connection>>,
    number: u64,
}

pub(crate) struct Connection {
    pub(crate) client: Client,
    /// The statement of every miss; `None` before the tables exist.
    pub(crate) get: Option<Statement>,
    number: u64,
}

impl Connections {
    pub(crate) fn new<T>(config: Config, tls: T) -> Self
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send,
        T::TlsConnect: Send,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        let connect = move |notify: Arc<Notify>| -> Connecting {
            let (config, tls) = (config.clone(), tls.clone());
            Box::pin(async move {
                let (client, mut connection) = config.connect(tls).await?;
                // Ends with the client, or the connection.
                tokio::spawn(async move {
                    while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
                        if matches!(message, AsyncMessage::Notification(_)) {
                            notify.notify_one();
                        }
                    }
                });
                Ok(client)
            })
        };
        Self::of(Arc::new(connect))
    }

    /// Connections to the same server.
    pub(crate) fn another(&self) -> Self {
        Self::of(Arc::clone(&self.connect))
    }

    fn of(connect: Arc<Connect>) -> Self {
        Self {
            connect,
            current: Mutex::default(),
            connecting: tokio::sync::Mutex::new(()),
            notified: Arc::default(),
        }
    }

    /// Waits for a notification.
    pub(crate) async fn notified(&self) {
        self.notified.notified().await;
    }

    fn present(&self) -> Option<Arc<Connection>> {
        let connection = self.current().connection.clone()?;
        (!connection.client.is_closed()).then_some(connection)
    }

    /// The present connection, or a new one.
    pub(crate) async fn get(&self, schema: &Schema) -> Result<Arc<Connection>, StoreError> {
        if let Some(present) = self.present() {
            return Ok(present);
        }
        let _one = self.connecting.lock().await;
        if let Some(present) = self.present() {
            return Ok(present);
        }
        let client = (self.connect)(Arc::clone(&self.notified)).await.map_err(failed)?;
        client.batch_execute(&schema.listen).await.map_err(failed)?;
        let get = client.prepare(&schema.get).await.ok();
        let mut current = self.current();
        current.number = current.number.wrapping_add(1);
        let connection = Arc::new(Connection { client, get, number: current.number });
        current.connection = Some(Arc::clone(&connection));
        Ok(connection)
    }

    fn drop_connection(&self, number: u64) {
        let mut current = self.current();
        if current.number == number {
            current.connection = None;
        }
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops the connection unless the call on it succeeds: also when the call itself is dropped because it took too long.
pub(crate) struct Trial<'a> {
    connections: &'a Connections,
    number: Option<u64>,
}

impl<'a> Trial<'a> {
    pub(crate) fn of(connections: &'a Connections, connection: &Connection) -> Self {
        Self { connections, number: Some(connection.number) }
    }

    pub(crate) fn passed(mut self) {
        self.number = None;
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.connections.drop_connection(number);
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "used with map_err")]
pub(crate) fn failed(error: Error) -> StoreError {
    match error.as_db_error() {
        // Its message shows no value of a row.
        Some(refused) => StoreError::refused(format!("{} ({})", refused.message(), refused.code().code())),
        None => StoreError::unavailable(error.to_string()),
    }
}
