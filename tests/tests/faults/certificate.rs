//! Certificates of impostors, and one of Kratos.

use std::sync::{Arc, LazyLock};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use reqwest::redirect;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer},
};

/// The application trusts one authority and expects Kratos at 127.0.0.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// Kratos': of that authority, for that address.
    Good,
    /// Of another authority with the same name.
    Untrusted,
    /// Self-signed.
    SelfSigned,
    /// Self-signed, for a client that trusts the platform's authorities, as `HttpResolver::new` builds it.
    SelfSignedBeforeDefaults,
    /// Of that authority, for another host.
    OtherName,
    /// Of that authority, expired in 2020.
    Expired,
    /// Of that authority, valid from 2999.
    NotYet,
}

/// Two authorities of the same name. The application trusts the first.
static AUTHORITIES: LazyLock<[Authority; 2]> = LazyLock::new(|| [Authority::new(), Authority::new()]);

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    root: reqwest::Certificate,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "The authority");
        let key = KeyPair::generate().unwrap();
        let root = params.self_signed(&key).unwrap();
        let root = reqwest::Certificate::from_der(root.der()).unwrap();
        Self { issuer: Issuer::new(params, key), root }
    }
}

impl Certificate {
    /// A TLS configuration that presents it.
    pub fn acceptor(self) -> TlsAcceptor {
        let host = if self == Self::OtherName { "kratos.example" } else { "127.0.0.1" };
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        match self {
            Self::Expired => params.not_after = date_time_ymd(2020, 1, 1),
            Self::NotYet => params.not_before = date_time_ymd(2999, 1, 1),
            _ => {}
        }
        let key = KeyPair::generate().unwrap();
        let [trusted, other] = &*AUTHORITIES;
        let carried = match self {
            Self::SelfSigned | Self::SelfSignedBeforeDefaults => params.self_signed(&key),
            Self::Untrusted => params.signed_by(&key, &other.issuer),
            _ => params.signed_by(&key, &trusted.issuer),
        };
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = config.with_single_cert(vec![carried.unwrap().der().clone()], key).unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    /// The application's client, if it is not the default one.
    pub fn client(self) -> Option<reqwest::Client> {
        if self == Self::SelfSignedBeforeDefaults {
            return None;
        }
        let client = reqwest::Client::builder().redirect(redirect::Policy::none());
        Some(client.tls_certs_only([AUTHORITIES[0].root.clone()]).build().unwrap())
    }
}
