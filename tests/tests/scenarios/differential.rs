//! Compares the testkit with a 26.2.0 of the same configuration: both must answer the same requests alike in status,
//! relevant headers, the shape of the JSON, nodes and their order, ids of errors and messages, and texts. The table lists
//! the intended differences, each with its reason.

use crate::transcript::{self, Exchange};
use kratos_tests::lab::Server;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

/// An intended difference: where it occurs (a line of the exchange), and the reason.
struct Listed {
    asked: &'static str,
    line: &'static str,
    why: &'static str,
}

const LISTED: &[Listed] = &[
    Listed {
        asked: r"GET ADMIN/admin/(identities|sessions)\?page",
        line: r"^/\d+/",
        why: "a shared server's lists contain other identities",
    },
    Listed {
        asked: "",
        line: r"/(\d+passkey_|\d+webauthn_)\w+/attributes/(value|onclick|nonce|integrity)",
        why: "challenges, and the algorithms that the testkit offers",
    },
    Listed {
        asked: "",
        line: r"^header set-cookie: ory_kratos_continuity=",
        why: "the testkit keeps only the last pending change",
    },
    Listed {
        asked: "",
        line: r#"^/error/reason "(I\[#|Unable to parse the return_to)"#,
        why: "validators and URL parsers differ in wording",
    },
    Listed {
        asked: "",
        line: r#"^/(identities/\d+/)?error/reason "I\[#"#,
        why: "validators differ in wording",
    },
    Listed {
        asked: "",
        line: r"^/\d+/(body|subject|status|send_count) |^/(body|subject|status|send_count|dispatches/.*) ",
        why: "the testkit words its mails differently and sends them at once",
    },
    Listed { asked: "", line: r"\$id ", why: "the testkit's schema has another URL" },
    Listed {
        asked: r"GET ADMIN/admin/(identities|sessions|courier)",
        line: r"^header (x-total-count|link):",
        why: "a shared server's lists contain other identities",
    },
    Listed { asked: "", line: r"^/error/debug ", why: "a stack trace of Go" },
    Listed { asked: "", line: r"totp_qr/attributes/src", why: "another image of the same secret" },
    Listed { asked: "", line: r"/user_agent ", why: "depends on the caller" },
    Listed {
        asked: "",
        line: r#"^/error/message "(json|uuid|unexpected|securecookie|patch|replace|add|jsonpatch|error)"#,
        why: "Go's libraries word errors for malformed input differently",
    },
];

/// Compares the recorded transcripts and prints a line for each configuration.
pub(crate) fn compare(servers: &[Server]) -> ExitCode {
    let mut exit = ExitCode::SUCCESS;
    for ours in servers.iter().filter(|server| server.name.starts_with("testkit-")) {
        let real = servers.iter().find(|server| {
            server.testkit.is_none()
                && server.version == "26.2.0"
                && server.profile == ours.profile
                && server.gateway.is_some() == ours.gateway.is_some()
        });
        let Some(real) = real else { continue };
        let report = Report::of(&transcript::of(&ours.name), &transcript::of(&real.name));
        println!("{}", report.line(ours.name.trim_start_matches("testkit-")));
        for unlisted in report.unlisted.iter().take(60) {
            println!("  {unlisted}");
        }
        if !report.unlisted.is_empty() {
            exit = ExitCode::FAILURE;
        }
    }
    exit
}

#[derive(Default)]
struct Report {
    scenarios: usize,
    exchanges: usize,
    listed: BTreeMap<&'static str, usize>,
    /// Each difference once, with the first scenario that has it.
    unlisted: Vec<String>,
    told: BTreeSet<String>,
}

impl Report {
    fn of(
        ours: &BTreeMap<&'static str, Vec<Exchange>>,
        real: &BTreeMap<&'static str, Vec<Exchange>>,
    ) -> Self {
        let listed: Vec<(Regex, Regex, &Listed)> = LISTED
            .iter()
            .map(|listed| {
                let pattern = |text| Regex::new(text).expect("a pattern");
                (pattern(listed.asked), pattern(listed.line), listed)
            })
            .collect();
        let mut report = Self::default();
        for (scenario, ours) in ours {
            let Some(real) = real.get(scenario) else { continue };
            report.scenarios += 1;
            if ours.len() != real.len() {
                report.unlisted.push(format!(
                    "{scenario}: {} exchanges, 26.2.0 has {}",
                    ours.len(),
                    real.len()
                ));
            }
            for (ours, real) in ours.iter().zip(real) {
                report.exchanges += 1;
                report.compare(scenario, ours, real, &listed);
            }
        }
        report
    }

    fn compare(
        &mut self,
        scenario: &str,
        ours: &Exchange,
        real: &Exchange,
        listed: &[(Regex, Regex, &Listed)],
    ) {
        if ours.asked != real.asked {
            self.unlisted.push(format!("{scenario}: asked {} and {}", ours.asked, real.asked));
            return;
        }
        let only = |one: &Exchange, other: &Exchange| -> Vec<String> {
            one.lines.iter().filter(|line| !other.lines.contains(line)).cloned().collect()
        };
        let mut shown = 0;
        let sides = [("testkit", only(ours, real)), ("26.2.0", only(real, ours))];
        for (side, lines) in sides {
            for line in lines {
                let fits = |(asked, pattern, _): &&(Regex, Regex, &Listed)| {
                    asked.is_match(&ours.asked) && pattern.is_match(&line)
                };
                match listed.iter().find(fits) {
                    Some((_, _, known)) => *self.listed.entry(known.why).or_default() += 1,
                    None => {
                        let told = format!("{}: {side} alone: {line}", ours.asked);
                        // an extra node makes a dozen lines: the first few suffice
                        shown += 1;
                        if self.told.insert(told.clone()) && shown <= 6 {
                            self.unlisted.push(format!("{scenario}: {told}"));
                        }
                    }
                }
            }
        }
    }

    fn line(&self, profile: &str) -> String {
        let listed: usize = self.listed.values().sum();
        let reasons: Vec<String> = self.listed.iter().map(|(why, times)| format!("{times}: {why}")).collect();
        format!(
            "DIFFERENTIAL {profile}: {} scenarios, {} exchanges compared with 26.2.0, {} unlisted differences, {listed} \
             listed ({})",
            self.scenarios,
            self.exchanges,
            self.unlisted.len(),
            reasons.join("; ")
        )
    }
}
