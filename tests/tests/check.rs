//! Findings of `Kratos::check` on a correct configuration and on each misconfiguration, on the testkit and on each server
//! of `KRATOS_LAB`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed step fails the test")]

use kratos_core::{
    Kratos,
    check::{Report, Topic, Verdict},
    client::Era,
};
use kratos_tests::driver::Feature;
use kratos_tests::lab::{Server, servers};
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "a correct configuration is usable and reports era and release",
        needs: &[],
        run: |server| Box::pin(correct(server)),
    },
    Scenario {
        name: "a refused application URL is a problem that names the key",
        needs: &[Feature::Modern],
        run: |server| Box::pin(refused_app(server)),
    },
    Scenario {
        name: "another browser URL than that of Kratos is a problem",
        needs: &[],
        run: |server| Box::pin(other_browser_url(server)),
    },
    Scenario {
        name: "swapped public and admin URLs are problems",
        needs: &[],
        run: |server| Box::pin(swapped(server)),
    },
    Scenario { name: "an unreachable server is a finding", needs: &[], run: |_| Box::pin(unreachable()) },
];

fn main() -> ExitCode {
    run(servers(), SCENARIOS)
}

async fn report(public: &str, app: &str, browser: &str, admin: &str) -> Report {
    let kratos = Kratos::new(public).unwrap().with_app(app).unwrap().with_browser_url(browser).unwrap();
    kratos.check().unwrap().with_admin_url(admin).unwrap().run().await
}

fn advice(report: &Report, topic: Topic) -> &str {
    let mut found = report.findings().iter().filter(|finding| finding.topic() == topic);
    let finding = found.find(|finding| finding.verdict() == Verdict::Problem);
    finding.unwrap_or_else(|| panic!("no problem with {topic:?}:\n{report}")).advice().unwrap()
}

async fn correct(server: &Server) {
    let report = report(&server.public_url, &server.app_url, server.browser_url(), &server.admin_url).await;
    assert!(report.is_usable(), "{report}");
    for topic in [
        Topic::Reachable,
        Topic::PublicUrl,
        Topic::Ready,
        Topic::Release,
        Topic::Clock,
        Topic::Cookies,
        Topic::ReturnTo,
        Topic::LoginPage,
        Topic::Admin,
        Topic::IdentitySchemas,
    ] {
        let found = report.findings().iter().find(|finding| finding.topic() == topic);
        let found = found.unwrap_or_else(|| panic!("no finding about {topic:?}:\n{report}"));
        assert_eq!(found.verdict(), Verdict::Good, "{report}");
    }
    let era = match Era::of_release(&server.version).unwrap_or_default() {
        // The public API of 0.10 is that of 0.9.
        Era::V0_10 => Era::V0_9,
        era => era,
    };
    assert_eq!(report.era().unwrap(), era);
    assert!(report.version().is_some(), "{report}");
    assert!(report.clock_skew().unwrap().abs() < time::Duration::seconds(5), "{report}");
}

async fn refused_app(server: &Server) {
    let app = "http://stranger.example";
    let report = report(&server.public_url, app, server.browser_url(), &server.admin_url).await;
    assert!(!report.is_usable());
    assert!(advice(&report, Topic::ReturnTo).contains("`selfservice.allowed_return_urls`"), "{report}");
    assert!(advice(&report, Topic::Cookies).contains("one domain"), "{report}");
}

async fn other_browser_url(server: &Server) {
    let browser = "http://auth.example.org";
    let report = report(&server.public_url, &server.app_url, browser, &server.admin_url).await;
    // 0.6 returns a browser's flow to this browser only.
    if server.is_since(0, 7) {
        assert!(!report.is_usable(), "{report}");
        assert!(advice(&report, Topic::BaseUrl).contains("`serve.public.base_url`"), "{report}");
        assert!(!advice(&report, Topic::Cookies).is_empty(), "{report}");
    }
}

async fn swapped(server: &Server) {
    let report = report(&server.admin_url, &server.app_url, server.browser_url(), &server.public_url).await;
    assert!(advice(&report, Topic::PublicUrl).contains("public URL"), "{report}");
    assert!(report.to_string().contains("this is Kratos' admin API"), "{report}");
    assert!(advice(&report, Topic::Admin).contains("admin URL"), "{report}");
}

async fn unreachable() {
    // The discard port: no server listens there.
    let report = Kratos::new("http://127.0.0.1:9").unwrap().check().unwrap().run().await;
    assert!(!report.is_usable());
    assert!(advice(&report, Topic::Reachable).contains("start Kratos"), "{report}");
}
