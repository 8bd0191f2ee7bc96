//! Users who use the application, and lose their sessions.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use uuid::Uuid;

use super::{
    oracle::{Answer, Oracle, Revoked, User},
    server::Server,
};

pub(crate) struct Load {
    pub(crate) oracle: Oracle,
    pub(crate) server: Server,
    users: Vec<Mutex<User>>,
    client: reqwest::Client,
    /// Where each process listens; `None` while it does not take requests.
    pub(crate) processes: Vec<Mutex<Option<u16>>>,
    ended: AtomicBool,
}

const USERS: usize = 300;
const VISITORS: usize = 24;

impl Load {
    pub(crate) fn new(server: Server, processes: usize) -> Arc<Self> {
        let users = (0..USERS).map(|_| {
            let user = User::new();
            server.sign_in(&user.token, user.session, user.identity);
            Mutex::new(user)
        });
        Arc::new(Self {
            oracle: Oracle::default(),
            users: users.collect(),
            server,
            client: reqwest::Client::builder().timeout(Duration::from_secs(5)).build().unwrap(),
            processes: (0..processes).map(|_| Mutex::new(None)).collect(),
            ended: AtomicBool::new(false),
        })
    }

    /// Starts the visitors. They end with [`Load::end`].
    pub(crate) fn start(self: &Arc<Self>) -> Vec<tokio::task::JoinHandle<()>> {
        (0..VISITORS)
            .map(|number| {
                let load = Arc::clone(self);
                let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ (number as u64 + 1));
                tokio::spawn(async move {
                    while !load.ended.load(Ordering::Relaxed) {
                        let user = chance.below(USERS);
                        let process = chance.below(load.processes.len());
                        if chance.below(200) == 0 {
                            load.end_or_renew(user, process, chance.below(2) == 0).await;
                        } else {
                            load.visit(user, process).await;
                        }
                    }
                })
            })
            .collect()
    }

    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    /// Every user visits a process.
    pub(crate) async fn visit_all(&self, process: usize) {
        for user in 0..USERS {
            self.visit(user, process).await;
        }
    }

    async fn visit(&self, user: usize, process: usize) {
        let Some(port) = *self.processes[process].lock().unwrap() else {
            // Others take its part.
            tokio::task::yield_now().await;
            return;
        };
        let before = self.users[user].lock().unwrap().clone();
        let request = self.client.get(format!("http://127.0.0.1:{port}/user"));
        let begun = Instant::now();
        let answer = match request.header("x-session-token", &before.token).send().await {
            Ok(response) if response.status() == 200 => match response.text().await {
                Ok(text) => Uuid::parse_str(&text).map_or(Answer::Failed, Answer::User),
                Err(_) => Answer::Failed,
            },
            Ok(response) if response.status() == 401 => Answer::Anonymous,
            _ => Answer::Failed,
        };
        let after = self.users[user].lock().unwrap().clone();
        self.oracle.judge(process, begun, &before, &after, &answer);
    }

    async fn end_or_renew(&self, number: usize, process: usize, is_session: bool) {
        let Some(port) = *self.processes[process].lock().unwrap() else { return };
        let revoked = {
            let mut user = self.users[number].lock().unwrap();
            if user.is_over() {
                *user = User::new();
                self.server.sign_in(&user.token, user.session, user.identity);
            }
            if user.revoked.is_some() {
                return;
            }
            self.server.revoke(&user.token);
            user.revoked = Some(Revoked { at: Instant::now(), acknowledged: None });
            user.clone()
        };
        self.oracle.revocations.fetch_add(1, Ordering::Relaxed);
        let path = match is_session {
            true => format!("session/{}", revoked.session),
            false => format!("identity/{}", revoked.identity),
        };
        let sent = self.client.post(format!("http://127.0.0.1:{port}/forget/{path}")).send().await;
        if sent.is_ok_and(|response| response.status() == 200) {
            let mut user = self.users[number].lock().unwrap();
            if let Some(revoked) = &mut user.revoked {
                revoked.acknowledged = Some(Instant::now());
            }
        } else {
            self.oracle.unacknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Numbers that repeat with every run (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((bits ^ (bits >> 31)) % most as u64).unwrap()
    }
}
