//! Themes.

use std::{collections::HashMap, fmt, sync::Arc};

use askama::Template;
use kratos_model::flow::{FlowError, ui::NodeGroup};

use crate::{
    assets,
    build::{Config, PageFlow, RefusedRequest, error_view, flow_view, refusal_view},
    html::Html,
    page::{Nonce, Page},
    routes::Routes,
    security_policy::PolicyInputs,
    templates::{Body, Document},
    texts::{English, Texts, Words},
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
    form_targets: Option<Vec<String>>,
    origins: Vec<String>,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new()
    }
}

impl Theme {
    /// Creates a theme with the defaults.
    #[must_use]
    pub fn new() -> Self {
        Self {
            name: String::new(),
            texts: Arc::new(English),
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
            form_targets: None,
            origins: Vec::new(),
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

    /// Allows scripts that Kratos requests from another origin, for example `https://challenges.cloudflare.com` for the
    /// captcha of Ory Network. Default: only scripts from Kratos' own origin.
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

    /// Adds `form-action` to the policy: the page's own origin, Kratos', the one that the flow returns to, and these.
    /// Default: no `form-action`.
    ///
    /// Chromium applies it to redirects as well. Name every origin of single sign-on providers, OAuth 2 clients and
    /// `default_browser_return_url`: a missing origin blocks the sign-in, and the user sees no reason.
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
        flow_view(&self.config(), &flow.facts())
    }

    /// Builds the content of an error's page.
    #[must_use]
    pub fn error_view(&self, error: &FlowError) -> View {
        error_view(&self.config(), error)
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
        refusal_view(&self.config(), refused)
    }

    /// Renders the page that explains a refusal. Send it with the status of the refusal.
    pub fn refusal_page(&self, refused: &RefusedRequest) -> Page {
        self.render(&self.refusal_view(refused))
    }

    /// Renders a page of the application in this theme. Escapes the title.
    pub fn custom_page(&self, title: &str, body: &Html) -> Page {
        let view = View::new(PageKind::Custom, title.to_owned());
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
            lang: self.texts.lang(),
            dir: self.texts.dir(),
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
        let actions = view.forms().map(|form| form.action.as_str().to_owned());
        let actions = actions.chain(view.return_to.as_ref().map(|url| url.as_str().to_owned()));
        let inputs = PolicyInputs {
            nonce,
            has_scripts: own_script.is_some() || !view.scripts.is_empty(),
            stylesheets: &stylesheets,
            images: images.chain([self.icon.clone()]).collect(),
            form_targets: self
                .form_targets
                .as_ref()
                .map(|targets| actions.chain(targets.iter().chain(&self.origins).cloned()).collect()),
        };
        Page { policy: inputs.policy(), html: Html::trusted(write(&document)) }
    }

    fn body<'a>(&'a self, view: &'a View, custom: &'a Html) -> Body<'a> {
        Body {
            view,
            custom,
            name: &self.name,
            words: Words(self.texts.as_ref()),
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

    fn config(&self) -> Config<'_> {
        Config {
            words: Words(self.texts.as_ref()),
            routes: &self.routes,
            order: &self.order,
            script_origins: &self.script_origins,
            scripts_at: self.scripts_at.as_deref(),
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
