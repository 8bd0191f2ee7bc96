//! Messages that Kratos sent.

use uuid::Uuid;

use super::{AdminClient, ListMessages};
use crate::{
    client::{Error, Pager, operations::Operation},
    model::CourierMessage,
};

impl AdminClient {
    /// Lists messages, newest first (since 0.11).
    ///
    /// # Errors
    /// [`Error::is_unsupported`] in an era without this operation.
    #[doc(alias = "listCourierMessages")]
    pub fn list_courier_messages(&self, filter: ListMessages) -> Result<Pager<CourierMessage>, Error> {
        let call = self.connection.call(Operation::ListCourierMessages, &[])?;
        Ok(Pager::new(&self.connection, Operation::ListCourierMessages, filter.apply(call)))
    }

    /// Returns a message with the attempts to deliver it (since 0.11.1).
    ///
    /// # Errors
    /// [`Error::is_not_found`].
    #[doc(alias = "getCourierMessage")]
    pub async fn get_courier_message(&self, id: Uuid) -> Result<CourierMessage, Error> {
        self.connection.json(self.connection.call(Operation::GetCourierMessage, &[&id.to_string()])?).await
    }
}
