//! Users who send requests continuously, and the responses that they get.

use std::{
    collections::BTreeMap,
    fmt,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use kratos_tests::lab::Server;
use uuid::Uuid;

use crate::apps::{self, Actix};

/// The number of users with a session; as many requests are anonymous.
const PEOPLE: usize = 6;
/// Longer than an application may take in any outage.
const TOO_LONG: Duration = Duration::from_secs(15);

struct Visitor {
    /// The identity of the session; `None` for an anonymous request.
    identity: Option<Uuid>,
    header: (&'static str, String),
}

pub struct Crowd {
    people: Vec<Visitor>,
    sites: Vec<String>,
    client: reqwest::Client,
    _actix: Actix,
}

/// Counts of responses.
#[derive(Debug, Default)]
pub struct Counts {
    /// The user's own page.
    pub served: usize,
    /// 503.
    pub unavailable: usize,
    /// 401 and 403 for a request without permission.
    pub refused: usize,
    /// A page without permission, or another user's.
    pub open: usize,
    /// 401 with a valid session, or a cookie that changed.
    pub lost: usize,
    /// No response, or any other.
    pub other: BTreeMap<String, usize>,
    pub slowest: Duration,
}

impl Crowd {
    pub async fn before(server: &'static Server) -> Self {
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            let person = server.sign_up().await;
            let header = match number % 2 {
                0 => ("x-session-token", person.token().await),
                _ => ("cookie", person.browser().await.header().unwrap()),
            };
            people.push(Visitor { identity: Some(person.identity_id), header });
            let header = match number % 2 {
                0 => ("x-session-token", format!("ory_st_{}", Uuid::new_v4().simple())),
                _ => ("cookie", format!("ory_kratos_session={}", Uuid::new_v4().simple())),
            };
            people.push(Visitor { identity: None, header });
        }
        let (actix, running) = apps::actix(apps::sessions(server));
        let sites = vec![apps::axum(apps::sessions(server)).await, actix];
        let client = reqwest::Client::builder().timeout(TOO_LONG).build().unwrap();
        Self { people, sites, client, _actix: running }
    }

    /// Sends requests as every user to both applications for this long.
    pub async fn watch(&self, duration: Duration) -> Counts {
        let until = Instant::now() + duration;
        let all = self.people.iter().flat_map(|visitor| {
            self.sites.iter().map(move |site| async move {
                let mut seen = Counts::default();
                while Instant::now() < until {
                    for path in ["/me", "/live", "/vault"] {
                        self.visit(site, path, visitor, &mut seen).await;
                    }
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                seen
            })
        });
        let mut sum = Counts::default();
        join_all(all).await.iter().for_each(|seen| sum.add(seen));
        sum
    }

    async fn visit(&self, site: &str, path: &str, visitor: &Visitor, seen: &mut Counts) {
        let (name, value) = &visitor.header;
        let start = Instant::now();
        let answer = self.client.get(format!("{site}{path}")).header(*name, value).send().await;
        let Ok(answer) = answer else {
            *seen.other.entry("no answer".to_owned()).or_default() += 1;
            return;
        };
        let status = answer.status().as_u16();
        let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().cloned().collect();
        let is_signed_out =
            cookies.iter().any(|line| String::from_utf8_lossy(line.as_bytes()).contains("Max-Age=0"));
        let body = answer.text().await.unwrap_or_default();
        seen.slowest = seen.slowest.max(start.elapsed());
        let own = visitor.identity.map(|id| id.to_string());
        match status {
            200 if path != "/vault" && own.as_deref() == Some(&body) => seen.served += 1,
            200 => seen.open += 1,
            503 => seen.unavailable += 1,
            401 if own.is_some() => seen.lost += 1,
            401 => seen.refused += 1,
            403 if path == "/vault" && own.is_some() => seen.refused += 1,
            _ => *seen.other.entry(format!("{status} at {path}: {body}")).or_default() += 1,
        }
        seen.lost += usize::from(is_signed_out);
    }
}

impl Counts {
    pub fn add(&mut self, other: &Self) {
        self.served += other.served;
        self.unavailable += other.unavailable;
        self.refused += other.refused;
        self.open += other.open;
        self.lost += other.lost;
        for (what, count) in &other.other {
            *self.other.entry(what.clone()).or_default() += count;
        }
        self.slowest = self.slowest.max(other.slowest);
    }

    /// The failures: always an unauthorized page, a lost session and any other response; and 503 without an outage.
    pub fn faults(&self, is_out: bool) -> Option<String> {
        let is_wrong = self.open + self.lost > 0 || !self.other.is_empty() || !is_out && self.unavailable > 0;
        is_wrong.then(|| format!("{self}: {:?}", self.other))
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let other: usize = self.other.values().sum();
        let Self { served, unavailable, refused, open, lost, slowest, .. } = self;
        write!(
            f,
            "{served} served, {unavailable} told 503, {refused} refused, {open} open doors, {lost} lost sessions, {other} \
             other answers, the slowest after {slowest:?}"
        )
    }
}
