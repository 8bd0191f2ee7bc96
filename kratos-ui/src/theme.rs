//! How pages look and read.

use std::{collections::HashMap, fmt, sync::Arc};

use askama::Template;
use kratos_core::{
    flow::{FlowError, ui::NodeGroup},
    policy::{Audience, GuardResponse},
};

use crate::{
    assets,
    build::{Config, PageFlow, error_view, flow_view, refusal_view},
    html::Html,
    page::{Nonce, Page},
    policy::Needs,
    routes::Routes,
    safe::web_origin,
    templates::{Body, Document},
    texts::{English, Texts, Words},
    view::{Item, PageKind, View},
};

/// How pages look and read. Make one when the application starts; a clone costs a few allocations.
///
/// Without any `with_…` the pages are complete: English, with the stylesheet of this crate, and with links to
/// the paths of Kratos' quickstart.
#[derive(Clone)]
pub struct Theme {
    name: String,
    texts: Arc<dyn Texts>,
    routes: Routes,
    order: HashMap<PageKind, Vec<NodeGroup>>,
    assets_at: String,
    own_stylesheet: bool,
    stylesheets: Vec<String>,
    icon: String,
    head: Html,
    header: Html,
    footer: Html,
    script_origins: Vec<String>,
    scripts_at: Option<String>,
    form_targets: Option<Vec<String>>,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new()
    }
}

impl Theme {
    /// The look and the texts of this crate.
    #[must_use]
    pub fn new() -> Self {
        Self {
            name: String::new(),
            texts: Arc::new(English),
            routes: Routes::new(),
            order: HashMap::new(),
            assets_at: "/kratos-ui".to_owned(),
            own_stylesheet: true,
            stylesheets: Vec::new(),
            icon: "data:,".to_owned(),
            head: Html::default(),
            header: Html::default(),
            footer: Html::default(),
            script_origins: Vec::new(),
            scripts_at: None,
            form_targets: None,
        }
    }

    /// The application's name, above the heading and in the window's title. Default: none.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// The language, or your own words. Default: [`English`].
    #[must_use]
    pub fn with_texts(mut self, texts: impl Texts + 'static) -> Self {
        self.texts = Arc::new(texts);
        self
    }

    /// Where the application's pages are. Default: [`Routes::new`].
    #[must_use]
    pub fn with_routes(mut self, routes: Routes) -> Self {
        self.routes = routes;
        self
    }

    /// Which methods come first on a kind of page; those not named follow in their usual order. To put single
    /// sign-on at the top: `with_order(PageKind::Login, [NodeGroup::Oidc])`.
    #[must_use]
    pub fn with_order(mut self, kind: PageKind, groups: impl IntoIterator<Item = NodeGroup>) -> Self {
        self.order.insert(kind, groups.into_iter().collect());
        self
    }

    /// The path under which [`ASSETS`](assets::ASSETS) are served. Default: `/kratos-ui`.
    #[must_use]
    pub fn with_assets_at(mut self, path: &str) -> Self {
        path.trim_end_matches('/').clone_into(&mut self.assets_at);
        self
    }

    /// A further stylesheet, by path or URL. Each one is a request more.
    #[must_use]
    pub fn with_stylesheet(mut self, href: &str) -> Self {
        self.stylesheets.push(href.to_owned());
        self
    }

    /// Leaves this crate's stylesheet out.
    #[must_use]
    pub fn without_own_stylesheet(mut self) -> Self {
        self.own_stylesheet = false;
        self
    }

    /// The window's icon, by path or URL. Default: none, without a request for `/favicon.ico`.
    #[must_use]
    pub fn with_icon(mut self, href: &str) -> Self {
        href.clone_into(&mut self.icon);
        self
    }

    /// What stands at the end of `<head>`. The policy allows no inline script or style.
    #[must_use]
    pub fn with_head(mut self, html: Html) -> Self {
        self.head = html;
        self
    }

    /// What stands before `<main>`.
    #[must_use]
    pub fn with_header(mut self, html: Html) -> Self {
        self.header = html;
        self
    }

    /// What stands after `<main>`.
    #[must_use]
    pub fn with_footer(mut self, html: Html) -> Self {
        self.footer = html;
        self
    }

    /// Allows scripts that Kratos asks for from an origin beside its own, for example
    /// `https://challenges.cloudflare.com` for the captcha of Ory Network. Others are left out.
    #[must_use]
    pub fn with_script_origin(mut self, origin: &str) -> Self {
        self.script_origins.extend(web_origin(origin));
        self
    }

    /// Loads Kratos' `/.well-known/ory/webauthn.js` from another base, which has to serve the same bytes. An
    /// empty one is the application itself. Needed where Kratos is on another origin without CORS: browsers
    /// refuse the hash of such a script. Default: as Kratos says.
    #[must_use]
    pub fn with_kratos_scripts_at(mut self, base: &str) -> Self {
        self.scripts_at = Some(base.to_owned());
        self
    }

    /// Adds `form-action` to the policy: the page's own origin, Kratos', and these. Chromium applies it to the
    /// redirects that follow too, so name every origin of `allowed_return_urls`, of single sign-on providers
    /// and of OAuth 2 clients; a missing one stops people from signing in. Default: no `form-action`.
    #[must_use]
    pub fn with_form_targets<'a>(mut self, origins: impl IntoIterator<Item = &'a str>) -> Self {
        self.form_targets = Some(origins.into_iter().map(str::to_owned).collect());
        self
    }

    /// What the page of a flow shows, for your own templates or to be changed and [rendered](Self::render).
    #[must_use]
    pub fn view<F: PageFlow>(&self, flow: &F) -> View {
        flow_view(&self.config(), &flow.facts())
    }

    /// What the page of an error shows.
    #[must_use]
    pub fn error_view(&self, error: &FlowError) -> View {
        error_view(&self.config(), error)
    }

    /// The page of a flow.
    pub fn page<F: PageFlow>(&self, flow: &F) -> Page {
        self.render(&self.view(flow))
    }

    /// The page of an error.
    pub fn error_page(&self, error: &FlowError) -> Page {
        self.render(&self.error_view(error))
    }

    /// Gives an answer that is sent instead of calling a handler a page as its body, where a person reads it:
    /// `Kratos::with_rejection_response(move |answer| theme.render_refusal(answer))`. Status and headers stay, and so do
    /// redirects and answers to programs.
    pub fn render_refusal(&self, answer: &mut GuardResponse) {
        if answer.audience != Audience::Page || answer.status.is_redirection() {
            return;
        }
        let page = self.render(&refusal_view(&self.config(), &answer.refusal));
        for (name, value) in page.headers() {
            if let Ok(value) = value.parse() {
                answer.headers.insert(name, value);
            }
        }
        answer.body = page.into_html().into();
    }

    /// A page of the application's own, in the same look. The title is escaped.
    pub fn custom_page(&self, title: &str, body: &Html) -> Page {
        let view = View::new(PageKind::Own, title.to_owned());
        self.render_with(&view, body, &Nonce::random())
    }

    /// A page from a view, with a new nonce.
    pub fn render(&self, view: &View) -> Page {
        self.render_with_nonce(view, &Nonce::random())
    }

    /// A page from a view, with the nonce of the answer that it becomes part of.
    pub fn render_with_nonce(&self, view: &View, nonce: &Nonce) -> Page {
        self.render_with(view, &Html::default(), nonce)
    }

    /// The heading, messages, forms and links alone, to be put into a layout of your own. The layout has to
    /// load the stylesheet, the view's scripts and, if [`View::needs_script`], this crate's.
    #[must_use]
    pub fn fragment(&self, view: &View) -> Html {
        Html::trusted(write(&self.body(view, &Html::default())))
    }

    fn render_with(&self, view: &View, own: &Html, nonce: &Nonce) -> Page {
        let stylesheets = self.stylesheet_urls();
        let glue = view.needs_script().then(|| self.asset_url(&assets::SCRIPT));
        let document = Document {
            lang: self.texts.lang(),
            dir: self.texts.dir(),
            name: &self.name,
            view,
            icon: &self.icon,
            stylesheets: &stylesheets,
            glue: glue.as_deref(),
            nonce: nonce.as_str(),
            head: &self.head,
            header: &self.header,
            footer: &self.footer,
            body: self.body(view, own),
        };
        let images = view.sections.iter().flat_map(|section| &section.items).filter_map(|item| match item {
            Item::Image(image) if !image.src.starts_with("data:") => Some(image.src.as_str().to_owned()),
            _ => None,
        });
        let actions = view.forms().map(|form| form.action.as_str().to_owned());
        let needs = Needs {
            nonce,
            has_scripts: glue.is_some() || !view.scripts.is_empty(),
            stylesheets: &stylesheets,
            images: images.chain([self.icon.clone()]).collect(),
            form_targets: self.form_targets.as_ref().map(|own| actions.chain(own.iter().cloned()).collect()),
        };
        Page { policy: needs.policy(), html: Html::trusted(write(&document)) }
    }

    fn body<'a>(&'a self, view: &'a View, own: &'a Html) -> Body<'a> {
        Body { view, own, name: &self.name, words: Words(self.texts.as_ref()), debug: cfg!(debug_assertions) }
    }

    fn stylesheet_urls(&self) -> Vec<String> {
        let own = self.own_stylesheet.then(|| self.asset_url(&assets::STYLESHEET));
        own.into_iter().chain(self.stylesheets.iter().cloned()).collect()
    }

    pub(crate) fn routes(&self) -> &Routes {
        &self.routes
    }

    /// Where the application serves an asset, unless the assets are on another host.
    pub(crate) fn asset_path(&self, asset: &assets::Asset) -> Option<String> {
        let at = &self.assets_at;
        let is_own = at.is_empty() || (at.starts_with('/') && !at.starts_with("//"));
        is_own.then(|| format!("{at}/{}", asset.name))
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

/// Renders a template. Writing to a `String` does not fail, and the templates call nothing that does.
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
