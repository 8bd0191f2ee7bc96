//! Where a browser goes on.

use url::form_urlencoded;

use super::state::{Hydra, Refused, Request};
use crate::wire::Reply;

/// Go's `http.Redirect`.
pub(crate) fn to(status: u16, url: &str) -> Reply {
    Reply::empty(status)
        .header("location", url)
        .header("cache-control", "private, no-cache, no-store, must-revalidate")
}

pub(crate) fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let sign = if url.contains('?') { '&' } else { '?' };
    format!("{url}{sign}{query}")
}

impl Hydra {
    /// What cannot be said to the client: the application's error page.
    pub(crate) fn error_page(&self, error: &str, description: &str) -> Reply {
        let page = format!("{}/oauth2/error", self.config.app);
        to(303, &with_query(&page, &[("error", error), ("error_description", description)]))
    }

    /// Sends parameters to the client, in its response mode.
    pub(crate) fn to_client(&self, request: &Request, pairs: &[(&str, &str)]) -> Reply {
        let state = request.query("state");
        let pairs: Vec<(&str, &str)> = pairs.iter().copied().chain([("state", state)]).collect();
        if request.device.is_some() {
            return self.error_page("access_denied", "The device was not connected.");
        }
        if request.query("response_mode") != "form_post" {
            return to(303, &with_query(request.query("redirect_uri"), &pairs));
        }
        let inputs: String = pairs
            .iter()
            .map(|(name, value)| {
                format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\"/>", escaped(value))
            })
            .collect();
        let action = escaped(request.query("redirect_uri"));
        let page = format!(
            "<html><head><title>Submit This Form</title></head><body onload=\"javascript:document.forms[0].submit()\">\
             <form method=\"post\" action=\"{action}\">{inputs}</form></body></html>"
        );
        Reply::text(200, "text/html; charset=utf-8", page)
    }

    pub(crate) fn refuse(&self, request: &Request, refused: &Refused) -> Reply {
        self.to_client(request, &[("error", &refused.error), ("error_description", &refused.description)])
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
