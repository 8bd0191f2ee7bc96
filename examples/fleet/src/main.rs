//! Three processes share sessions through Redis: `cargo run` starts a Kratos, a redis-server and the processes, and shows how
//! often Kratos is called and how a logout reaches all of them.

mod process;
mod server;

use std::{env, error::Error, time::Duration};

use kratos_testkit::TestKratos;
use tokio::time::sleep;

use server::{Processes, Redis, get};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    if env::var_os("FLEET_KRATOS").is_some() {
        return process::serve().await;
    }
    let testkit = TestKratos::start().await?;
    let redis = Redis::start().await?;
    let processes = Processes::start(testkit.public_url(), &redis.url(), 3).await?;

    let ada = testkit.identity("ada@example.org").create();
    let session = testkit.session(&ada).create();
    for round in 1..=100 {
        for port in &processes.ports {
            let status = get(*port, "/account", session.session_token()).await?;
            if round == 1 {
                println!("process {port}: {status}");
            }
            // The entry of the first process reaches the store.
            sleep(Duration::from_millis(if round == 1 { 50 } else { 0 })).await;
        }
    }
    println!("300 requests to 3 processes, {} call of whoami", testkit.count("/sessions/whoami"));

    testkit.revoke(session.id());
    let [first, ..] = processes.ports[..] else { return Ok(()) };
    println!(
        "logout at process {first}: {}",
        get(first, &format!("/forget/{}", session.id()), session.session_token()).await?
    );
    sleep(Duration::from_secs(1)).await;
    for port in &processes.ports {
        println!("process {port}: {}", get(*port, "/account", session.session_token()).await?);
    }
    Ok(())
}
