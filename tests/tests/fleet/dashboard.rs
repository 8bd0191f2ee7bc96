//! The dashboard of the guide asks for metrics that exist.

use kratos_axum::events::metrics as events;
use kratos_core::metrics;

const DASHBOARD: &str = include_str!("../../../docs/src/fleet-dashboard.json");
const NAMES: [&str; 7] = [
    metrics::RESOLUTIONS,
    metrics::LOOKUPS,
    metrics::UPSTREAM,
    metrics::FLEET_LEASES,
    metrics::FLEET_LAG,
    events::BODIES,
    events::EVENTS,
];

pub(crate) fn check() {
    let dashboard: serde_json::Value = serde_json::from_str(DASHBOARD).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let queries = panels.iter().flat_map(|panel| panel["targets"].as_array().unwrap());
    let mut asked = Vec::new();
    for query in queries {
        let query = query["expr"].as_str().unwrap();
        let words = query.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
        for name in words.filter(|word| word.starts_with("kratos_")) {
            let base = name.trim_end_matches("_count").trim_end_matches("_sum");
            assert!(NAMES.contains(&base) || base == metrics::IN_FLIGHT, "no metric {name}: {query}");
            asked.push(base);
        }
    }
    assert!(NAMES.iter().all(|name| asked.contains(name)), "the dashboard leaves metrics out: {asked:?}");
}
