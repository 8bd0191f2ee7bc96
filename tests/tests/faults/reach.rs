//! A Kratos with a fault, as an application reaches it.

use std::{any::Any, sync::Arc};

use kratos_core::resolve::HttpResolver;
use reqwest::{Client, redirect};

use super::{
    fault::{Fault, Reach},
    server::{self, Act, Acts, Server},
};

pub struct Upstream {
    pub url: String,
    pub resolver: HttpResolver,
    /// The client, if it is not the default one.
    pub client: Option<Client>,
    _server: Option<Server>,
    _queue: Option<Box<dyn Any>>,
}

impl Upstream {
    pub async fn reached(fault: &Fault, acts: impl FnOnce(Act) -> Acts) -> Self {
        let (mut server, mut queue, mut client) = (None, None, None);
        let url = match &fault.reach {
            Reach::Server(act) => {
                let started = server.insert(Server::start(acts(act.clone())).await);
                format!("http://127.0.0.1:{}", started.port)
            }
            Reach::Tls(act) => {
                let started = server.insert(Server::start(acts(act.clone())).await);
                format!("https://127.0.0.1:{}", started.port)
            }
            Reach::Certificate(certificate, act) => {
                client = certificate.client();
                let started = Server::with_tls(acts(act.clone()), certificate.acceptor()).await;
                format!("https://127.0.0.1:{}", server.insert(started).port)
            }
            // The discard port has no listener.
            Reach::Refused => "http://127.0.0.1:9".to_owned(),
            Reach::NoName | Reach::NameHangs => {
                client = Some(named(Names { hang: matches!(fault.reach, Reach::NameHangs) }));
                "http://kratos.invalid:4433".to_owned()
            }
            Reach::ConnectHangs => {
                let (port, waiting, listener) = server::never_accepting().await;
                queue = Some(Box::new((waiting, listener)) as Box<dyn Any>);
                format!("http://127.0.0.1:{port}")
            }
        };
        let resolver = HttpResolver::new(&url).unwrap().with_timeout(fault.patience);
        let resolver = client.iter().cloned().fold(resolver, HttpResolver::with_client);
        Self { url, resolver, client, _server: server, _queue: queue }
    }
}

/// A name server that knows no name, or does not answer.
struct Names {
    hang: bool,
}

impl reqwest::dns::Resolve for Names {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let hang = self.hang;
        Box::pin(async move {
            if hang {
                std::future::pending::<()>().await;
            }
            Err("no such host".into())
        })
    }
}

fn named(names: Names) -> Client {
    let client = Client::builder().redirect(redirect::Policy::none());
    client.dns_resolver(Arc::new(names)).build().unwrap()
}
