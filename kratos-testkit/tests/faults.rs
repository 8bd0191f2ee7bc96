//! Faults, the requests received, and several servers in one process.

use std::time::Duration;

use kratos_testkit::{Fault, TestKratos};
use reqwest::Client;

async fn alive(kratos: &TestKratos) -> reqwest::Result<reqwest::Response> {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let url = format!("{}/health/alive", kratos.public_url());
    client.get(url).timeout(Duration::from_millis(500)).send().await
}

#[tokio::test]
async fn each_fault_does_what_it_says() {
    let kratos = TestKratos::start().await.expect("a server");
    let inject = |fault| kratos.inject("/health/*", fault);

    inject(Fault::status(503));
    assert_eq!(alive(&kratos).await.expect("an answer").status(), 503);
    inject(Fault::rate_limited(Duration::from_secs(7)));
    let answer = alive(&kratos).await.expect("an answer");
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["retry-after"].as_bytes()),
        (429, b"7".as_slice())
    );
    inject(Fault::hang());
    assert!(alive(&kratos).await.expect_err("no answer").is_timeout());
    inject(Fault::drop_connection());
    assert!(alive(&kratos).await.is_err_and(|error| error.is_request() && !error.is_timeout()));
    inject(Fault::truncated());
    let answer = alive(&kratos).await.expect("a beginning");
    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.is_err());
    inject(Fault::broken_json());
    assert!(alive(&kratos).await.expect("an answer").json::<serde_json::Value>().await.is_err());
    inject(Fault::huge(3_000_000));
    assert_eq!(alive(&kratos).await.expect("an answer").bytes().await.expect("a body").len(), 3_000_000);
    inject(Fault::html());
    assert_eq!(
        alive(&kratos).await.expect("an answer").headers()["content-type"],
        "text/html; charset=utf-8"
    );
    inject(Fault::redirect("http://elsewhere.test/"));
    assert_eq!(alive(&kratos).await.expect("an answer").headers()["location"], "http://elsewhere.test/");
    inject(Fault::delay(Duration::from_millis(20)));
    assert_eq!(alive(&kratos).await.expect("an answer").status(), 200);

    inject(Fault::status(500).times(1));
    assert_eq!(alive(&kratos).await.expect("an answer").status(), 500);
    assert_eq!(alive(&kratos).await.expect("an answer").status(), 200);
    inject(Fault::hang());
    kratos.clear_faults();
    assert_eq!(alive(&kratos).await.expect("an answer").status(), 200);
    assert_eq!(kratos.count("/health/alive"), 13);
}

#[tokio::test]
async fn several_servers_run_in_one_process_and_stop_when_dropped() {
    let (one, other) =
        (TestKratos::start().await.expect("a server"), TestKratos::start().await.expect("a server"));
    alive(&one).await.expect("an answer");
    assert_eq!((one.count("/health/alive"), other.count("/health/alive")), (1, 0));
    let stopped = format!("{}/health/alive", one.public_url());
    drop(one);
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(Client::new().get(stopped).send().await.is_err());
    assert_eq!(alive(&other).await.expect("an answer").status(), 200);
}
