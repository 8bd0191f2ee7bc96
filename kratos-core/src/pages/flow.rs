//! The five flows that have a page.

use std::future::Future;

use uuid::Uuid;

use crate::{
    client::{BrowserCookies, Client, Error, WithCookies},
    flow::{Flow, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
};

/// A flow that a page can show. Only this crate implements it.
pub trait PageFlow: Flow {
    /// Reads it as the browser with these cookies may.
    #[doc(hidden)]
    fn read(
        client: &Client,
        cookies: &BrowserCookies,
        id: Uuid,
    ) -> impl Future<Output = Result<WithCookies<Self>, Error>> + Send;
}

macro_rules! page_flow {
    ($flow:ty, $read:ident) => {
        impl PageFlow for $flow {
            async fn read(
                client: &Client,
                cookies: &BrowserCookies,
                id: Uuid,
            ) -> Result<WithCookies<Self>, Error> {
                client.browser(cookies).$read(id).await
            }
        }
    };
}

page_flow!(LoginFlow, get_login_flow);
page_flow!(RegistrationFlow, get_registration_flow);
page_flow!(SettingsFlow, get_settings_flow);
page_flow!(RecoveryFlow, get_recovery_flow);
page_flow!(VerificationFlow, get_verification_flow);
