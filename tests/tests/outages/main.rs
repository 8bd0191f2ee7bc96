//! Outages of a real server under load: Kratos is suspended, killed, stopped and restarted while requests reach an axum
//! and an actix-web application before it. Counts the responses: no unauthorized page, no lost session, and service
//! resumes within seconds.
//!
//! Requires a lab whose file says how to stop and restart its servers (see `kratos_tests::lab::Process`).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test that cannot continue has failed, and it prints"
)]

mod apps;
mod process;
mod visitors;

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use kratos_tests::lab::{Server, lab_servers, runtime};
use libtest_mimic::{Arguments, Completion, Failed, Trial};

use self::{
    process::Running,
    visitors::{Counts, Crowd},
};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1);
    let servers = lab_servers();
    if servers.is_empty() {
        println!("KRATOS_LAB is not set: there is no real server to stop");
    }
    let trials = servers.iter().map(|server| {
        Trial::ignorable_test(server.name.clone(), || match &server.process {
            Some(process) => {
                let process = Running::new(process.clone());
                runtime().block_on(run(server, process))?;
                Ok::<_, Failed>(Completion::Completed)
            }
            None => Ok(Completion::ignored_with("the lab's file does not say how this server is stopped")),
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

/// What happens to Kratos.
#[derive(Clone, Copy, Debug)]
enum Outage {
    /// Suspended: it accepts connections and does not answer.
    Suspended,
    /// Killed, then restarted.
    Killed,
    /// Stopped, then restarted.
    Stopped,
}

/// The limit until service resumes after Kratos answers again.
const SECONDS: Duration = Duration::from_secs(10);
/// The limit for Kratos' own restart, which depends on the machine.
const START: Duration = Duration::from_secs(60);

async fn run(server: &'static Server, mut process: Running) -> Result<(), Failed> {
    let crowd = Crowd::before(server).await;
    let mut wrong = Vec::new();
    let well = crowd.watch(Duration::from_secs(2)).await;
    println!("{}: {well} while it was well", server.name);
    wrong.extend(well.faults(false));
    for outage in [Outage::Suspended, Outage::Killed, Outage::Stopped] {
        let seen = during(outage, &crowd, &mut process).await;
        wrong.extend(seen.faults(true));
        let mut meanwhile = Counts::default();
        let started = Instant::now();
        while !is_ready(server).await && started.elapsed() < START {
            meanwhile.add(&crowd.watch(Duration::from_millis(100)).await);
        }
        let back = Instant::now();
        while back.elapsed() < SECONDS * 2 {
            let round = crowd.watch(Duration::from_millis(100)).await;
            let is_well = round.unavailable == 0 && round.served > 0;
            meanwhile.add(&round);
            if is_well {
                break;
            }
        }
        wrong.extend(meanwhile.faults(true));
        println!(
            "{}: {outage:?}: {seen} while it was out; Kratos answered after {:?}, every request was served {:?} later",
            server.name,
            back - started,
            back.elapsed()
        );
        if back.elapsed() > SECONDS {
            wrong.push(format!("{outage:?}: not served again within {SECONDS:?}"));
        }
        let after = crowd.watch(Duration::from_secs(1)).await;
        println!("{}: {outage:?}: {after} afterwards", server.name);
        wrong.extend(after.faults(false));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Whether Kratos and its database answer.
async fn is_ready(server: &Server) -> bool {
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(1)).build().unwrap();
    let answer = client.get(server.public("/health/ready")).send().await;
    answer.is_ok_and(|answer| answer.status().is_success())
}

async fn during(outage: Outage, crowd: &Crowd, process: &mut Running) -> Counts {
    let mut seen = Counts::default();
    match outage {
        Outage::Suspended => {
            process.signal("STOP");
            seen.add(&crowd.watch(Duration::from_secs(8)).await);
            process.signal("CONT");
        }
        Outage::Killed | Outage::Stopped => {
            // Under load while it stops, while it is down and while it starts.
            let (watched, ()) = tokio::join!(crowd.watch(Duration::from_secs(8)), async {
                tokio::time::sleep(Duration::from_millis(500)).await;
                process.signal(if matches!(outage, Outage::Killed) { "KILL" } else { "TERM" });
                process.wait_until_gone().await;
            });
            seen.add(&watched);
            let (watched, ()) = tokio::join!(crowd.watch(Duration::from_secs(1)), process.start());
            seen.add(&watched);
        }
    }
    seen
}
