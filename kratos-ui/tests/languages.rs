//! The catalogues: complete, equal in their values, with the plurals of their languages.

#![cfg(feature = "languages")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "test helpers, and the count is printed"
)]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey},
    parser,
};
use kratos_model::flow::ui::UiText;
use kratos_ui::{Language, Languages, Phrase, Theme, view::Content};
use serde_json::{Value, json};
use support::nodes::{input, login, with};

/// Every id of Kratos from 0.6.3 to its development branch of July 2026 (text/id.go). The numbers that end in four zeros
/// only name groups.
const IDS: &[(i64, i64)] = &[
    (1_010_001, 1_010_025),
    (1_040_001, 1_040_009),
    (1_050_001, 1_050_023),
    (1_060_001, 1_060_007),
    (1_070_001, 1_070_018),
    (1_080_001, 1_080_005),
    (4_000_001, 4_000_046),
    (4_010_001, 4_010_011),
    (4_040_001, 4_040_003),
    (4_050_001, 4_050_002),
    (4_060_001, 4_060_006),
    (4_070_001, 4_070_006),
    (5_000_001, 5_000_003),
];

/// The texts of these are a value alone: a secret, backup codes, the title of a trait.
const WITHOUT_WORDS: &[i64] = &[1_050_006, 1_050_009, 1_050_015, 1_070_002];

fn ids() -> impl Iterator<Item = i64> {
    let all = IDS.iter().flat_map(|(first, last)| *first..=*last);
    all.filter(|id| !WITHOUT_WORDS.contains(id))
}

/// The values of an entry, and the categories of numbers that it selects on.
#[derive(Debug, Default, PartialEq)]
struct Used {
    values: BTreeSet<String>,
    variants: BTreeSet<String>,
}

/// Reads the entries and attributes of a catalogue. Fails if one is not valid, empty, or there twice.
fn entries(tag: &str) -> BTreeMap<String, Used> {
    let path = format!("{}/languages/{tag}.ftl", env!("CARGO_MANIFEST_DIR"));
    let source = fs::read_to_string(&path).unwrap();
    let resource = parser::parse(source.as_str()).unwrap_or_else(|(_, errors)| panic!("{tag}: {errors:?}"));
    let mut entries = BTreeMap::new();
    let mut add = |name: String, pattern: &Pattern<&str>| {
        let mut used = Used::default();
        walk(pattern, &mut used);
        assert!(entries.insert(name.clone(), used).is_none(), "{tag}: {name} is there twice");
    };
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let name = message.id.name.to_owned();
                add(name.clone(), message.value.as_ref().unwrap_or_else(|| panic!("{tag}: {name} is empty")));
                for attribute in &message.attributes {
                    add(format!("{name}.{}", attribute.id.name), &attribute.value);
                }
            }
            Entry::Junk { content } => panic!("{tag}: {content}"),
            _ => {}
        }
    }
    entries
}

fn walk(pattern: &Pattern<&str>, used: &mut Used) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => value(inline, used),
            Expression::Select { selector, variants } => {
                value(selector, used);
                for variant in variants {
                    if let VariantKey::Identifier { name } = variant.key {
                        used.variants.insert(name.to_owned());
                    }
                    walk(&variant.value, used);
                }
            }
        }
    }
}

fn value(expression: &InlineExpression<&str>, used: &mut Used) {
    match expression {
        InlineExpression::VariableReference { id } => {
            used.values.insert(id.name.to_owned());
        }
        InlineExpression::StringLiteral { .. } => {}
        other => panic!("only values and texts in quotes: {other:?}"),
    }
}

/// Returns a message with every value that any message has.
fn message(id: i64) -> UiText {
    let context = json!({
        "provider": "Example", "duplicate_identifier": "ada@example.org", "masked_to": "a***", "address": "a@b",
        "display_name": "Key", "used_at": "2026-11-28T09:05:00.5Z", "masked_address": "a***", "property": "email",
        "min_length": 8, "max_length": 1, "actual_length": 3, "minimum": 1.5, "maximum": 7, "base": 2,
        "min_items": 2, "max_items": 5, "allowed_types": ["string", "null"], "expected": "yes",
        "credential_identifier_hint": "ada@example.org", "available_credential_types": ["password", "oidc"],
        "available_oidc_providers": ["Example"],
    });
    let text = if id == 1_060_001 { "within the next 14.98 minutes." } else { "of Kratos" };
    serde_json::from_value(json!({ "id": id, "text": text, "type": "error", "context": context })).unwrap()
}

/// Returns the texts of a language, as the pages use them.
fn view_of(language: Language, nodes: &[Value]) -> kratos_ui::View {
    let theme = Theme::new().with_languages(Languages::new(language));
    support::view_as(&theme, "login", &login(nodes))
}

#[test]
fn each_catalogue_has_each_message_and_phrase_with_the_values_of_english() {
    let english = entries("en");
    let mut expected: BTreeSet<String> = ids().map(|id| format!("kratos-{id}")).collect();
    expected.extend(Phrase::ALL.iter().map(|phrase| phrase.key().replace('.', "-")));
    let own = |name: &&String| {
        !name.contains('.')
            && !name.starts_with("method-")
            && !name.starts_with("type-")
            && !name.starts_with("ago-")
            && !["date-time", "list-separator", "sentence-separator"].contains(&name.as_str())
    };
    let found: BTreeSet<String> = english.keys().filter(own).cloned().collect();
    assert_eq!(found, expected, "English has each message of Kratos and each phrase, and no others");

    let mut missing = Vec::new();
    let mut counted = 0;
    for language in Language::ALL {
        let tag = language.tag();
        let entries = entries(tag);
        for (name, used) in &english {
            match entries.get(name) {
                Some(found) if found.values == used.values => counted += 1,
                Some(found) => {
                    missing.push(format!("{tag}: {name} has {:?}, not {:?}", found.values, used.values));
                }
                None => missing.push(format!("{tag}: {name} is missing")),
            }
        }
        missing.extend(
            entries
                .keys()
                .filter(|name| !english.contains_key(*name))
                .map(|name| format!("{tag}: {name} is unknown")),
        );
    }
    assert!(missing.is_empty(), "{} of {} entries: {missing:#?}", missing.len(), counted + missing.len());
    assert_eq!(counted, english.len() * Language::ALL.len());
    println!(
        "{} messages of Kratos and {} phrases in {} languages: 0 missing",
        ids().count(),
        Phrase::ALL.len(),
        Language::ALL.len()
    );
}

/// An entry without `[few]` would say “2 kodów”.
#[test]
fn numbers_have_the_plural_categories_of_the_language() {
    for language in Language::ALL {
        let expected: &[&str] = match language.tag() {
            "pl" => &["few", "many", "one", "other"],
            "ar" => &["few", "many", "one", "other", "two", "zero"],
            "ja" | "zh-Hans" => &["other"],
            _ => &["one", "other"],
        };
        for (name, used) in entries(language.tag()) {
            // Months are numbers with a default, not categories.
            if name == "date-time" {
                continue;
            }
            let has = |category: &&str| used.variants.is_empty() || used.variants.contains(*category);
            if expected.len() > 1 {
                assert!(expected.iter().all(has), "{}: {name}: {used:?}", language.tag());
            }
        }
    }
}

#[test]
fn every_message_is_translated_with_its_values() {
    let mut count = 0;
    for language in Language::ALL {
        for id in ids() {
            let text = message(id);
            let node = json!({"type": "input", "group": "default", "attributes": {"name": "x", "type": "text", "required": true}, "messages": [text]});
            let view = view_of(*language, &[node]);
            let shown = &view.forms().next().unwrap().fields[0].messages[0];
            assert_eq!(shown.lang, None, "{}: {id} is not translated", language.tag());
            let said = shown.text.as_str();
            assert!(!said.is_empty() && said != "of Kratos" && !said.contains("{$"), "{id}: {said}");
            count += 1;
        }
    }
    assert_eq!(count, ids().count() * Language::ALL.len());
}

/// The recordings of four releases hold no text that a catalogue lacks.
#[test]
fn no_recorded_page_has_an_english_rest_in_another_language() {
    let known: BTreeSet<i64> = ids().chain(WITHOUT_WORDS.iter().copied()).collect();
    let mut checked = 0;
    let recorded = support::all();
    for flow in &recorded {
        for id in texts_of(&flow.json) {
            let is_of_kratos = (1_000_000..6_000_000).contains(&id);
            assert!(!is_of_kratos || known.contains(&id), "{}/{}: {id}", flow.release, flow.name);
        }
    }
    for language in Language::ALL {
        let theme = Theme::new().with_languages(Languages::new(*language));
        for flow in &recorded {
            let view = flow.view(&theme);
            let of_fields = view.forms().flat_map(|form| &form.fields).flat_map(|field| &field.messages);
            for message in view.messages.iter().chain(of_fields) {
                assert_eq!(message.lang, None, "{}: {:?}", language.tag(), message.text.as_str());
                checked += 1;
            }
            for form in view.forms() {
                assert!(form.fields.iter().all(|field| field.label_lang.is_none()), "{}", flow.name);
                assert!(form.buttons.iter().all(|button| button.label_lang.is_none()), "{}", flow.name);
            }
            let html = theme.render(&view).into_html();
            assert!(html.contains(&format!("<html lang=\"{}\" dir=\"{}\">", language.tag(), language.dir())));
        }
    }
    assert!(checked > 100 * Language::ALL.len() / 2, "{checked}");
}

fn texts_of(json: &Value) -> Vec<i64> {
    match json {
        Value::Object(map) => {
            let own = map.get("id").and_then(Value::as_i64).filter(|_| map.contains_key("text"));
            own.into_iter().chain(map.values().flat_map(texts_of)).collect()
        }
        Value::Array(items) => items.iter().flat_map(texts_of).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_file_is_a_language_and_a_language_a_file() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("languages");
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> =
        files.filter_map(|name| name.strip_suffix(".ftl").map(str::to_owned)).collect();
    let tags: BTreeSet<String> = Language::ALL.iter().map(|language| language.tag().to_owned()).collect();
    assert_eq!(files, tags);
    let names: BTreeSet<&str> = Language::ALL.iter().map(|language| language.own_name()).collect();
    assert_eq!(names.len(), tags.len());
    assert!(names.len() >= 12);
}

#[test]
fn german_has_plurals_values_times_and_lists() {
    let say = |text: Value| {
        let node = with(input("default", "x", "text", json!(""), "X"), "/messages", json!([text]));
        let view = view_of(Language::German, &[node]);
        view.forms().next().unwrap().fields[0].messages[0].text.as_str().to_owned()
    };
    assert_eq!(
        say(json!({"id": 4000023, "text": "maximum 1 items allowed, but found 2 items"})),
        "Geben Sie höchstens 1 Eintrag an."
    );
    assert_eq!(
        say(json!({"id": 4000023, "text": "", "context": {"max_items": 3, "actual_items": 4}})),
        "Geben Sie höchstens 3 Einträge an."
    );
    assert_eq!(
        say(json!({"id": 4000028, "text": "…", "context": {"credential_identifier_hint": "a@b",
            "available_credential_types": ["password", "oidc", "saml", "new"], "available_oidc_providers": ["GitHub"]}})),
        "Ein anderes Konto verwendet „a@b“ schon. Anmelden können Sie sich dort mit: Passwort, Konto eines Anbieters, Firmenkonto, \
         new. Anmelden können Sie sich dort über: GitHub."
    );
    assert_eq!(
        say(
            json!({"id": 4000028, "text": "…", "context": {"credential_identifier_hint": "", "available_credential_types": []}})
        ),
        "Ein anderes Konto verwendet diese E-Mail-Adresse, diese Telefonnummer oder diesen Benutzernamen schon."
    );
    assert_eq!(
        say(json!({"id": 4000002, "text": "…", "context": {"property": "email"}})),
        "Bitte füllen Sie dieses Feld aus."
    );
    let mut flow = login(&[]);
    flow["ui"]["messages"] = json!([{"id": 4000002, "text": "…", "context": {"property": "email"}}]);
    let theme = Theme::new().with_languages(Languages::new(Language::German));
    assert_eq!(support::view_as(&theme, "login", &flow).messages[0].text.as_str(), "„email“ fehlt.");

    let used = json!({"type": "text", "group": "lookup_secret", "attributes": {"id": "lookup_secret_codes", "text":
        {"id": 1050015, "text": "Secret was used at 2026-11-28 09:05:00 +0000 UTC", "context": {"secrets": [{"id": 1050014,
        "text": "Secret was used at …", "context": {"used_at": "2026-03-08T09:05:59.123Z"}}]}}}});
    let view = view_of(Language::German, &[used]);
    let Content::Text(codes) = &view.sections[0].contents[0] else { panic!("a text") };
    assert_eq!(codes.lines[0].text.as_str(), "Verwendet am 8. März 2026, 09:05 Uhr (UTC)");
}

/// Polish declines by the number, Arabic has a dual, French counts 0 as one.
#[test]
fn other_languages_have_their_plurals_and_marks() {
    let say = |language, number: u32| {
        let text = json!({"id": 4000024, "text": "", "context": {"min_items": number, "actual_items": 0}});
        let node = with(input("default", "x", "text", json!(""), "X"), "/messages", json!([text]));
        view_of(language, &[node]).forms().next().unwrap().fields[0].messages[0].text.as_str().to_owned()
    };
    let forms = |language, numbers: &[u32]| {
        let said = numbers.iter().map(|number| say(language, *number).replace(&number.to_string(), "N"));
        said.collect::<BTreeSet<_>>().len()
    };
    assert_eq!(forms(Language::Polish, &[1, 2, 5, 22, 25]), 3);
    assert_eq!(say(Language::Polish, 22).replace("22", "2"), say(Language::Polish, 2));
    assert_eq!(forms(Language::Arabic, &[1, 2, 3, 11]), 4);
    assert_eq!(forms(Language::French, &[1, 2]), 2);
    assert_eq!(forms(Language::Japanese, &[1, 2, 5]), 1);
    // Marks isolate the values of a language that is written from right to left, and only there.
    assert!(say(Language::Arabic, 3).contains("\u{2068}3\u{2069}"));
    assert!(!say(Language::German, 3).contains('\u{2068}'));
}
