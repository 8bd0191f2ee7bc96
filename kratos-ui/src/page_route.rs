//! The routes that an application mounts.

use crate::{
    Theme,
    assets::{ASSETS, Asset},
    view::LinkKind,
};

/// A page, an action or a file that an application mounts.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum PageRoute {
    /// The login page: login, refresh and second factor.
    Login,
    /// The registration page.
    Registration,
    /// The recovery page.
    Recovery,
    /// The verification page.
    Verification,
    /// The settings page.
    Settings,
    /// The error page.
    Error,
    /// Logout, by POST.
    Logout,
    /// `/.well-known/change-password`, which redirects to [`Theme::change_password_url`]. Password managers open it
    /// (<https://w3c.github.io/webappsec-change-password-url/>).
    ChangePassword,
    /// The user's sessions and devices. By POST it revokes one (`?revoke=ID`) or the others (`?revoke=others`), and redirects to
    /// itself.
    Sessions,
    /// The page that deletes the user's account, by POST. Mounted if the application has an account deletion.
    DeleteAccount,
    /// A file that the pages load.
    Asset(Asset),
}

impl Theme {
    /// Returns the routes to mount and their paths: those of [`Routes`](crate::Routes) and the assets.
    ///
    /// Omits the pages that `Routes` leaves out or places on another host.
    #[must_use]
    pub fn page_routes(&self) -> Vec<(String, PageRoute)> {
        let routes = self.routes();
        let pages = [
            (LinkKind::Login, PageRoute::Login),
            (LinkKind::Registration, PageRoute::Registration),
            (LinkKind::Recovery, PageRoute::Recovery),
            (LinkKind::Verification, PageRoute::Verification),
            (LinkKind::Settings, PageRoute::Settings),
            (LinkKind::Logout, PageRoute::Logout),
            (LinkKind::Sessions, PageRoute::Sessions),
            (LinkKind::DeleteAccount, PageRoute::DeleteAccount),
        ];
        let pages = pages.into_iter().filter_map(|(kind, page)| Some((routes.mount_path(kind)?, page)));
        let change = self.change_password_url();
        let change = change.map(|_| ("/.well-known/change-password".to_owned(), PageRoute::ChangePassword));
        let error = routes.error_mount_path().map(|path| (path, PageRoute::Error));
        let assets =
            ASSETS.into_iter().filter_map(|asset| Some((self.asset_path(&asset)?, PageRoute::Asset(asset))));
        pages.chain(change).chain(error).chain(assets).collect()
    }

    /// Returns the URL of the place where users change their password: the section of the settings page. `None` without a
    /// settings page.
    #[must_use]
    pub fn change_password_url(&self) -> Option<String> {
        let settings = self.routes().path(LinkKind::Settings)?;
        Some(format!("{}#password", settings.split('#').next().unwrap_or(settings)))
    }
}
