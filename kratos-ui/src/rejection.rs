//! Refusals of guards as pages.

use kratos_core::{
    RejectedRequest,
    policy::{Audience, GuardResponse},
};

use crate::{RefusedRequest, Theme, theme::Wanted};

/// Replaces the body of a rejection by an HTML page, for browsers that navigate or post a form. Keeps the status and the
/// headers; redirects and responses to programs stay unchanged.
///
/// Pass it to the [`Kratos`](kratos_core::Kratos):
///
/// ```
/// use kratos_core::Kratos;
/// use kratos_ui::{Theme, render_rejection};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let theme = Theme::new().with_name("Acme");
/// let kratos = Kratos::new("http://localhost:4433")?
///     .with_rejection_response(move |response, request| render_rejection(&theme, response, request));
/// # Ok(())
/// # }
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "rejection")))]
pub fn render_rejection(theme: &Theme, response: &mut GuardResponse, request: &RejectedRequest<'_>) {
    let is_displayed = matches!(response.audience, Audience::Page | Audience::Form);
    if !is_displayed || response.status.is_redirection() {
        return;
    }
    let refusal = &response.refusal;
    let mut refused = RefusedRequest::new(response.status.as_u16(), refusal.id());
    if let Some(next) = refusal.redirect_to() {
        refused = refused.with_next_step(next.as_str());
    }
    if let Some(back) = request.page().filter(|_| response.audience == Audience::Form) {
        refused = refused.with_back(back);
    }
    let accepted = request.header("accept-language").and_then(|value| std::str::from_utf8(value).ok());
    let wanted = Wanted { chosen: None, accepted };
    let page = theme.render(&theme.refusal_view_for(&refused, &wanted));
    for (name, value) in page.headers() {
        if let Ok(value) = value.parse() {
            response.headers.insert(name, value);
        }
    }
    response.body = page.into_html().into();
}
