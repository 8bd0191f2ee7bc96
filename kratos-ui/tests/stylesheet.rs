//! What the stylesheet does for readers who do not see the page on a screen as it was drawn.

use kratos_ui::assets::STYLESHEET;

/// Returns the rules of a media query, without the query.
fn rules(query: &str) -> Option<&'static str> {
    let start = STYLESHEET.body.find(query)?;
    let rest = STYLESHEET.body.get(start + query.len()..)?;
    rest.split("\n@media").next()
}

#[test]
fn paper_and_forced_colours_have_rules_of_their_own() {
    for (query, rule, why) in [
        ("@media print{", ".kratos button,", "a button does nothing on paper"),
        ("@media print{", "break-inside:avoid", "a list of backup codes stays on one sheet"),
        ("@media print{", "color-scheme:light", "paper is white"),
        (
            "@media screen and (prefers-color-scheme:dark){",
            "--kratos-ground:",
            "and the dark colours are for screens",
        ),
        ("@media (forced-colors:active){", ".kratos .message,", "a message has no ground there"),
        ("@media (forced-colors:active){", ".kratos button.primary", "nor has the main button"),
        ("@media (forced-colors:active){", ".kratos .invalid input", "nor is a border red"),
        ("@media (forced-colors:active){", "GrayText", "what is disabled has the system's colour"),
        ("@media (forced-colors:active){", "forced-color-adjust:none", "a QR code needs its white edge"),
    ] {
        assert!(rules(query).is_some_and(|rules| rules.contains(rule)), "{query} {rule}: {why}");
    }
}

/// Nothing moves, so that there is nothing to reduce.
#[test]
fn what_moves_is_reduced_for_who_asks_for_it() {
    let moves = ["transition", "animation", "@keyframes", "scroll-behavior"];
    let moves = moves.iter().any(|motion| STYLESHEET.body.contains(motion));
    assert!(!moves || STYLESHEET.body.contains("prefers-reduced-motion"));
}
