//! What `kratos_core::check` says of a server that fits, and of each way in which it does not: the same scenarios on
//! the testkit and on each server of `KRATOS_LAB`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use kratos_core::{
    check::{Check, Report, Topic, Verdict},
    policy::Links,
};
use kratos_tests::driver::Feature;
use kratos_tests::lab::{Era, Server, servers};
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "a server that fits is usable and tells what it is",
        needs: &[],
        run: |server| Box::pin(fits(server)),
    },
    Scenario {
        name: "an application that people may not return to is told the key",
        needs: &[Feature::Modern],
        run: |server| Box::pin(stranger(server)),
    },
    Scenario {
        name: "another name for the same server is told",
        needs: &[],
        run: |server| Box::pin(other_name(server)),
    },
    Scenario {
        name: "the admin URL is not taken for the public one, nor the other way round",
        needs: &[],
        run: |server| Box::pin(swapped(server)),
    },
    Scenario { name: "a server that is not there is a finding", needs: &[], run: |_| Box::pin(absent()) },
];

fn main() -> ExitCode {
    run(servers(), SCENARIOS)
}

async fn ask(public: &str, app: &str, browser: &str, admin: &str) -> Report {
    let links = Links::new(app, browser).unwrap();
    Check::new(public).unwrap().with_links(&links).with_admin_url(admin).unwrap().run().await
}

fn advice(report: &Report, topic: Topic) -> &str {
    let mut found = report.findings().iter().filter(|finding| finding.topic() == topic);
    let finding = found.find(|finding| finding.verdict() == Verdict::Problem);
    finding.unwrap_or_else(|| panic!("no problem with {topic:?}:\n{report}")).advice().unwrap()
}

async fn fits(server: &Server) {
    let report = ask(&server.public_url, &server.app_url, server.browser_url(), &server.admin_url).await;
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
    ] {
        let found = report.findings().iter().find(|finding| finding.topic() == topic);
        let found = found.unwrap_or_else(|| panic!("nothing about {topic:?}:\n{report}"));
        assert_eq!(found.verdict(), Verdict::Good, "{report}");
    }
    let era = match server.era() {
        Era::V0_6 => "0.6",
        Era::V0_7 => "0.7",
        Era::V1 if server.version.starts_with("1.") => "0.11 to 25.3",
        Era::V1 => "25.4 and later",
    };
    assert_eq!(report.era().unwrap().to_string(), era);
    assert!(report.version().is_some(), "{report}");
    assert!(report.clock_skew().unwrap().abs() < time::Duration::seconds(5), "{report}");
}

async fn stranger(server: &Server) {
    let app = "http://stranger.example";
    let report = ask(&server.public_url, app, server.browser_url(), &server.admin_url).await;
    assert!(!report.is_usable());
    assert!(advice(&report, Topic::ReturnTo).contains("`selfservice.allowed_return_urls`"), "{report}");
    assert!(advice(&report, Topic::Cookies).contains("one domain"), "{report}");
}

async fn other_name(server: &Server) {
    let browser = "http://auth.example.org";
    let report = ask(&server.public_url, &server.app_url, browser, &server.admin_url).await;
    // 0.6 shows a browser's flow to nobody else.
    if server.era() > Era::V0_6 {
        assert!(!report.is_usable(), "{report}");
        assert!(advice(&report, Topic::BaseUrl).contains("`serve.public.base_url`"), "{report}");
        assert!(!advice(&report, Topic::Cookies).is_empty(), "{report}");
    }
}

async fn swapped(server: &Server) {
    let report = ask(&server.admin_url, &server.app_url, server.browser_url(), &server.public_url).await;
    assert!(advice(&report, Topic::PublicUrl).contains("public URL"), "{report}");
    assert!(report.to_string().contains("this is the admin API"), "{report}");
    assert!(advice(&report, Topic::Admin).contains("admin URL"), "{report}");
}

async fn absent() {
    // Discard: nobody listens there.
    let report = Check::new("http://127.0.0.1:9").unwrap().run().await;
    assert!(!report.is_usable());
    assert!(advice(&report, Topic::Reachable).contains("start Kratos"), "{report}");
}
