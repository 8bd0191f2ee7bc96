use std::net::TcpListener;

use kratos_axum::Kratos;
use kratos_ui::Theme;

use super::{Framework, framework::Serving};

/// The application with the pages, whose URL Kratos is configured with before it can be served.
pub(super) struct Pages {
    listener: TcpListener,
    pub(super) url: String,
}

impl Pages {
    pub(super) fn bind() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        Self { listener, url }
    }

    pub(super) fn serve(self, framework: Framework, kratos: &str) -> Serving {
        let kratos = Kratos::new(kratos).unwrap().with_app(&self.url).unwrap();
        match framework {
            Framework::Axum => axum(self.listener, kratos),
            Framework::Actix => actix(self.listener, kratos),
        }
    }
}

fn axum(listener: TcpListener, kratos: Kratos) -> Serving {
    use kratos_axum::{KratosLayer, ui::Pages};
    listener.set_nonblocking(true).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let pages = axum::Router::from(Pages::new(&kratos, Theme::new()));
    let app = pages.route("/", axum::routing::get(async || "home")).layer(KratosLayer::new(kratos));
    Serving::Axum(tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }))
}

fn actix(listener: TcpListener, kratos: Kratos) -> Serving {
    use actix_web::{App, HttpServer, web};
    use kratos_actix::{KratosMiddleware, ui::Pages};
    let pages = Pages::new(&kratos, Theme::new());
    let app = move || {
        let home = web::get().to(async || "home");
        App::new().route("/", home).service(pages.clone()).wrap(KratosMiddleware::new(kratos.clone()))
    };
    let server = HttpServer::new(app).workers(2).disable_signals().shutdown_timeout(0);
    let server = server.listen(listener).unwrap().run();
    let handle = server.handle();
    tokio::spawn(server);
    Serving::Actix(handle)
}
