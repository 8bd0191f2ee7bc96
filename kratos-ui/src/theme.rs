//! Themes.

mod languages;

use std::{collections::HashMap, fmt, sync::Arc};

use askama::Template;
use kratos_model::{
    RawJson,
    flow::{FlowError, ui::NodeGroup},
};

pub(crate) use languages::Wanted;

use crate::{
    assets,
    build::{
        Config, FormPage, PageFlow, RefusedRequest, TURNSTILE_ORIGIN, TraitShapes, UserSessions,
        deletion_view, error_view, flow_view, refusal_view, sessions_view,
    },
    html::Html,
    page::{Nonce, Page},
    parts::{OwnParts, PageParts, PartRenderer},
    routes::Routes,
    security_policy::PolicyInputs,
    templates::{Body, Document},
    texts::{English, Phrase, Texts, Words},
    urls::web_origin,
    view::{Content, PageKind, View},
};

/// The appearance and texts of the pages. Renders flows, errors and refusals.
///
/// The default is complete: English texts, the stylesheet of this crate, and links to the paths of Kratos' quickstart.
/// Create one theme at startup; cloning it costs a few allocations.
#[derive(Clone)]
pub struct Theme {
    name: String,
    texts: Arc<dyn Texts>,
    #[cfg(feature = "languages")]
    languages: Option<Arc<crate::Languages>>,
    #[cfg(feature = "languages")]
    wishes: Vec<String>,
    routes: Routes,
    order: HashMap<PageKind, Vec<NodeGroup>>,
    assets_at: String,
    default_stylesheet: bool,
    stylesheets: Vec<String>,
    icon: String,
    head: Html,
    header: Html,
    footer: Html,
    script_origins: Vec<String>,
    scripts_at: Option<String>,
    shapes: TraitShapes,
    form_targets: Option<Vec<String>>,
    origins: Vec<String>,
    logos: HashMap<String, Html>,
    form_per_method: bool,
    parts: Arc<dyn PageParts>,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new()
    }
}

/// The default theme with this application's name.
impl From<&str> for Theme {
    fn from(name: &str) -> Self {
        Self::new().with_name(name)
    }
}

impl Theme {
    /// Creates a theme with the defaults.
    #[must_use]
    pub fn new() -> Self {
        Self {
            name: String::new(),
            texts: Arc::new(English),
            #[cfg(feature = "languages")]
            languages: None,
            #[cfg(feature = "languages")]
            wishes: Vec::new(),
            routes: Routes::new(),
            order: HashMap::new(),
            assets_at: "/kratos-ui".to_owned(),
            default_stylesheet: true,
            stylesheets: Vec::new(),
            icon: "data:,".to_owned(),
            head: Html::default(),
            header: Html::default(),
            footer: Html::default(),
            script_origins: Vec::new(),
            scripts_at: None,
            shapes: TraitShapes::default(),
            form_targets: None,
            origins: Vec::new(),
            logos: HashMap::new(),
            form_per_method: false,
            parts: Arc::new(OwnParts),
        }
    }

    /// Sets the application's name, shown above the heading and in the document title. Default: none.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Sets the translations. Default: [`English`].
    #[must_use]
    pub fn with_texts(mut self, texts: impl Texts + 'static) -> Self {
        self.texts = Arc::new(texts);
        self
    }

    /// Adds an identity schema of Kratos. Default: none.
    ///
    /// Kratos' flows do not say that a trait is a list, can only be true, or has only certain values (26.2.0; later releases
    /// send the values). With the schema, the pages draw a list with an input for each entry, also before it has one; require
    /// the box that must be checked; and offer the values. Traits that two schemas define differently stay as Kratos draws
    /// them.
    #[must_use]
    pub fn with_identity_schema(mut self, schema: &RawJson) -> Self {
        self.shapes.add(schema);
        self
    }

    /// Sets the paths of the application's pages. Default: [`Routes::new`].
    #[must_use]
    pub fn with_routes(mut self, routes: Routes) -> Self {
        self.routes = routes;
        self
    }

    /// Sets the first methods of a kind of page; the others follow in their default order. For example,
    /// `with_order(PageKind::Login, [NodeGroup::Oidc])` puts single sign-on first.
    #[must_use]
    pub fn with_order(mut self, kind: PageKind, groups: impl IntoIterator<Item = NodeGroup>) -> Self {
        self.order.insert(kind, groups.into_iter().collect());
        self
    }

    /// Gives each method a form of its own, which repeats the fields that methods share: the identifier, or the traits of a
    /// registration. So do Ory's reference pages, and tests written for them expect it. The pages are longer, and a user who
    /// changes the method fills in the fields again. Default: one form asks once, with a button for each method.
    #[must_use]
    pub fn with_form_per_method(mut self) -> Self {
        self.form_per_method = true;
        self
    }

    /// Sets the path or URL below which [`ASSETS`](assets::ASSETS) are served. Default: `/kratos-ui`.
    #[must_use]
    pub fn with_assets_at(mut self, path: &str) -> Self {
        path.trim_end_matches('/').clone_into(&mut self.assets_at);
        self
    }

    /// Adds a stylesheet, by path or URL.
    #[must_use]
    pub fn with_stylesheet(mut self, href: &str) -> Self {
        self.stylesheets.push(href.to_owned());
        self
    }

    /// Removes the stylesheet of this crate.
    #[must_use]
    pub fn without_default_stylesheet(mut self) -> Self {
        self.default_stylesheet = false;
        self
    }

    /// Sets the icon, by path or URL. Default: an empty one, so that browsers do not request `/favicon.ico`.
    #[must_use]
    pub fn with_icon(mut self, href: &str) -> Self {
        href.clone_into(&mut self.icon);
        self
    }

    /// Sets HTML for the end of `<head>`. The policy allows no inline scripts or styles. Default: none.
    #[must_use]
    pub fn with_head(mut self, html: Html) -> Self {
        self.head = html;
        self
    }

    /// Sets HTML before `<main>`. Default: none.
    #[must_use]
    pub fn with_header(mut self, html: Html) -> Self {
        self.header = html;
        self
    }

    /// Sets HTML after `<main>`. Default: none.
    #[must_use]
    pub fn with_footer(mut self, html: Html) -> Self {
        self.footer = html;
        self
    }

    /// Sets the logo of a single sign-on provider, by its id in Kratos' configuration. An empty one shows none. Default: a drawing
    /// for `apple`, `azure`, `discord`, `facebook`, `github`, `gitlab`, `google`, `linkedin`, `microsoft`, `slack`, `spotify` and
    /// `x`, and for ids that begin so, as `google-staff` does; none for others.
    ///
    /// An inline SVG with `aria-hidden` takes the colour of the text. The policy allows images of the application's own origin.
    #[must_use]
    pub fn with_provider_logo(mut self, provider: &str, logo: Html) -> Self {
        self.logos.insert(provider.to_owned(), logo);
        self
    }

    /// Replaces parts of the pages: header, forms, fields, buttons, messages, links. Default: this crate's.
    #[must_use]
    pub fn with_parts(mut self, parts: impl PageParts + 'static) -> Self {
        self.parts = Arc::new(parts);
        self
    }

    /// Allows scripts that Kratos requests from another origin. A page with such a script may also load frames from the origin and
    /// connect to it; others may not. Default: only scripts from Kratos' own origin, and those of Cloudflare Turnstile on a page
    /// where Kratos asks for it (the captcha of Ory Network).
    #[must_use]
    pub fn with_script_origin(mut self, origin: &str) -> Self {
        self.script_origins.extend(web_origin(origin));
        self
    }

    /// Loads Kratos' `/.well-known/ory/webauthn.js` from another base URL, which must serve the same bytes. An empty base
    /// is the application itself. Required if Kratos is on another origin and its CORS is off, since browsers then reject
    /// the script's hash. Default: the URL that Kratos sends.
    #[must_use]
    pub fn with_kratos_scripts_at(mut self, base: &str) -> Self {
        self.scripts_at = Some(base.to_owned());
        self
    }

    /// Adds `form-action` to the policy: the page's own origin, Kratos', the one that the flow returns to, and these. For an
    /// OAuth2 request also the provider's and those of the client's redirect URIs. A page whose provider Kratos does not name has no
    /// `form-action`: the verification between a registration and the provider. Default: no `form-action`.
    ///
    /// Chromium applies it to redirects as well. Name every origin of single sign-on providers and of
    /// `default_browser_return_url`, and those to which an OAuth2 client redirects from its redirect URI: a missing origin
    /// blocks the sign-in, and the user sees no reason.
    #[must_use]
    pub fn with_form_targets<'a>(mut self, origins: impl IntoIterator<Item = &'a str>) -> Self {
        self.form_targets = Some(origins.into_iter().map(str::to_owned).collect());
        self
    }

    /// Names the application's own and Kratos' URLs, which [`with_form_targets`](Self::with_form_targets) then allows too.
    /// `Pages` of `kratos-axum` and `kratos-actix` calls it.
    #[must_use]
    pub fn with_origins<'a>(mut self, urls: impl IntoIterator<Item = &'a str>) -> Self {
        self.origins = urls.into_iter().map(str::to_owned).collect();
        self
    }

    /// Builds the content of a flow's page, to change and [render](Self::render) it or for other templates.
    #[must_use]
    pub fn view<F: PageFlow>(&self, flow: &F) -> View {
        self.view_for(flow, &Wanted::default())
    }

    pub(crate) fn view_for<F: PageFlow>(&self, flow: &F, wanted: &Wanted<'_>) -> View {
        let facts = flow.facts();
        flow_view(&self.config(&self.texts_for(Some(&facts.sources), wanted)), &facts)
    }

    /// Builds the content of an error's page.
    #[must_use]
    pub fn error_view(&self, error: &FlowError) -> View {
        self.error_view_for(error, &Wanted::default())
    }

    pub(crate) fn error_view_for(&self, error: &FlowError, wanted: &Wanted<'_>) -> View {
        error_view(&self.config(&self.texts_for(None, wanted)), error)
    }

    /// Renders the page of a flow.
    pub fn page<F: PageFlow>(&self, flow: &F) -> Page {
        self.render(&self.view(flow))
    }

    /// Renders the page of an error.
    pub fn error_page(&self, error: &FlowError) -> Page {
        self.render(&self.error_view(error))
    }

    /// Builds the content of the page that explains a refusal.
    #[must_use]
    pub fn refusal_view(&self, refused: &RefusedRequest) -> View {
        self.refusal_view_for(refused, &Wanted::default())
    }

    pub(crate) fn refusal_view_for(&self, refused: &RefusedRequest, wanted: &Wanted<'_>) -> View {
        refusal_view(&self.config(&self.texts_for(None, wanted)), refused)
    }

    /// Renders the page that explains a refusal. Send it with the status of the refusal.
    pub fn refusal_page(&self, refused: &RefusedRequest) -> Page {
        self.render(&self.refusal_view(refused))
    }

    /// Builds the content of the page with a user's sessions and devices. Its forms post to the page itself
    /// ([`PageRoute::Sessions`](crate::PageRoute::Sessions)).
    #[must_use]
    pub fn sessions_view(&self, sessions: &UserSessions<'_>) -> View {
        self.sessions_view_for(sessions, &Wanted::default())
    }

    pub(crate) fn sessions_view_for(&self, sessions: &UserSessions<'_>, wanted: &Wanted<'_>) -> View {
        sessions_view(&self.config(&self.texts_for(None, wanted)), sessions)
    }

    /// Builds the content of the page that deletes the user's account, by a form that posts to the page itself. `has_failed` says
    /// that the account could not be deleted.
    #[must_use]
    pub fn deletion_view(&self, has_failed: bool) -> View {
        self.deletion_view_for(has_failed, &Wanted::default())
    }

    pub(crate) fn deletion_view_for(&self, has_failed: bool, wanted: &Wanted<'_>) -> View {
        deletion_view(&self.config(&self.texts_for(None, wanted)), has_failed)
    }

    /// Builds the content of a page with a form of the application.
    #[must_use]
    pub fn form_view(&self, page: FormPage) -> View {
        let texts = self.texts_for(None, &Wanted::default());
        page.into_view(&texts)
    }

    /// Returns a phrase in the language of this theme.
    #[must_use]
    pub fn phrase(&self, phrase: Phrase) -> String {
        Words(self.texts_for(None, &Wanted::default()).as_ref()).phrase(phrase)
    }

    /// Returns the translated label of a field, if the theme's texts have one.
    #[must_use]
    pub fn label(&self, field: &str) -> Option<String> {
        self.texts_for(None, &Wanted::default()).label(field)
    }

    /// Renders a page of the application in this theme. Escapes the title.
    pub fn custom_page(&self, title: &str, body: &Html) -> Page {
        let view = View::new(PageKind::Custom, title.to_owned(), &self.texts_for(None, &Wanted::default()));
        self.render_with(&view, body, &Nonce::random())
    }

    /// Renders a view with a new nonce.
    pub fn render(&self, view: &View) -> Page {
        self.render_with_nonce(view, &Nonce::random())
    }

    /// Renders a view with the nonce of the response.
    pub fn render_with_nonce(&self, view: &View, nonce: &Nonce) -> Page {
        self.render_with(view, &Html::default(), nonce)
    }

    /// Renders the heading, messages, forms and links without a document, for use in another layout. The layout must load
    /// the stylesheet, the view's scripts and, if [`View::uses_script`], the script of this crate.
    #[must_use]
    pub fn fragment(&self, view: &View) -> Html {
        Html::trusted(write(&self.body(view, &Html::default())))
    }

    fn render_with(&self, view: &View, custom: &Html, nonce: &Nonce) -> Page {
        let stylesheets = self.stylesheet_urls();
        let own_script = view.uses_script().then(|| self.asset_url(&assets::SCRIPT));
        let document = Document {
            lang: &view.lang,
            dir: &view.dir,
            name: &self.name,
            view,
            icon: &self.icon,
            stylesheets: &stylesheets,
            own_script: own_script.as_deref(),
            nonce: nonce.as_str(),
            head: &self.head,
            header: &self.header,
            footer: &self.footer,
            body: self.body(view, custom),
        };
        let images =
            view.sections.iter().flat_map(|section| &section.contents).filter_map(|item| match item {
                Content::Image(image) if !image.src.starts_with("data:") => {
                    Some(image.src.as_str().to_owned())
                }
                _ => None,
            });
        let embedded = view.scripts.iter().filter_map(|script| web_origin(&script.src));
        let embedded =
            embedded.filter(|origin| self.script_origins.contains(origin) || origin == TURNSTILE_ORIGIN);
        let actions = view.forms().map(|form| form.action.as_str().to_owned());
        let actions = actions.chain(view.targets.iter().map(|url| url.as_str().to_owned()));
        let inputs = PolicyInputs {
            nonce,
            has_scripts: own_script.is_some() || !view.scripts.is_empty(),
            stylesheets: &stylesheets,
            embedded: embedded.collect(),
            images: images.chain([self.icon.clone()]).collect(),
            form_targets: self
                .form_targets
                .as_ref()
                .filter(|_| !view.has_unnamed_target)
                .map(|targets| actions.chain(targets.iter().chain(&self.origins).cloned()).collect()),
        };
        Page { policy: inputs.policy(), html: Html::trusted(write(&document)) }
    }

    fn body<'a>(&'a self, view: &'a View, custom: &'a Html) -> Body<'a> {
        Body {
            view,
            custom,
            page: PartRenderer::new(self.parts.as_ref(), Words(view.texts.0.as_ref()), &self.name),
            debug: cfg!(debug_assertions),
        }
    }

    fn stylesheet_urls(&self) -> Vec<String> {
        let own = self.default_stylesheet.then(|| self.asset_url(&assets::STYLESHEET));
        own.into_iter().chain(self.stylesheets.iter().cloned()).collect()
    }

    pub(crate) fn routes(&self) -> &Routes {
        &self.routes
    }

    /// Returns the path to mount an asset at. Returns `None` if the assets are on another host.
    pub(crate) fn asset_path(&self, asset: &assets::Asset) -> Option<String> {
        let at = &self.assets_at;
        let is_local = at.is_empty() || (at.starts_with('/') && !at.starts_with("//"));
        is_local.then(|| format!("{at}/{}", asset.name))
    }

    fn asset_url(&self, asset: &assets::Asset) -> String {
        format!("{}/{}?v={:08x}", self.assets_at, asset.name, asset.version)
    }

    fn config<'a>(&'a self, texts: &'a Arc<dyn Texts>) -> Config<'a> {
        Config {
            texts,
            words: Words(texts.as_ref()),
            routes: &self.routes,
            order: &self.order,
            script_origins: &self.script_origins,
            scripts_at: self.scripts_at.as_deref(),
            shapes: &self.shapes,
            logos: &self.logos,
            form_per_method: self.form_per_method,
        }
    }
}

/// Renders a template. It cannot fail: the templates call no fallible function, and neither does writing to a `String`.
fn write(template: &impl Template) -> String {
    let mut html = String::with_capacity(8 * 1024);
    let written = template.render_into(&mut html);
    debug_assert!(written.is_ok(), "{written:?}");
    html
}

impl fmt::Debug for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Theme")
            .field("name", &self.name)
            .field("lang", &self.texts.lang())
            .field("routes", &self.routes)
            .field("assets_at", &self.assets_at)
            .finish_non_exhaustive()
    }
}
