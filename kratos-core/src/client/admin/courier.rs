//! What Kratos sent.

use uuid::Uuid;

use super::{AdminClient, ListMessages};
use crate::{
    client::{Error, Operation, Pager},
    model::CourierMessage,
};

impl AdminClient {
    /// Messages, newest first, page by page (0.11 and later).
    ///
    /// # Errors
    /// In an era without it.
    #[doc(alias = "listCourierMessages")]
    pub fn list_courier_messages(&self, which: ListMessages) -> Result<Pager<CourierMessage>, Error> {
        let call = self.connection.call(Operation::ListCourierMessages, &[])?;
        Ok(Pager::new(&self.connection, which.apply(call)))
    }

    /// One message, with the tries to send it (0.11.1 and later).
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "getCourierMessage")]
    pub async fn get_courier_message(&self, id: Uuid) -> Result<CourierMessage, Error> {
        self.connection.json(self.connection.call(Operation::GetCourierMessage, &[&id.to_string()])?).await
    }
}
