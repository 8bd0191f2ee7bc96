//! Checks that forms can hold the traits of the identity schemas.

use super::{Check, Report, Topic};
use crate::model::IdentitySchema;

/// The schemas that are read at most.
const SCHEMAS: usize = 50;

/// The traits of a schema that a finding names at most.
const NAMED: usize = 8;

const ADVICE: &str = "change them by the admin API alone, and give the schema to `Theme::with_identity_schema`, so that the settings \
                      page keeps them";

pub(super) async fn check(check: &Check, report: &mut Report) {
    let era = report.era().unwrap_or_else(|| check.client.era());
    let schemas = match check.client.clone().with_era(era).list_identity_schemas() {
        Ok(pager) => pager.first(SCHEMAS).await,
        Err(error) => Err(error),
    };
    match schemas {
        Ok(schemas) => judge(&schemas, report),
        // Before 0.8 there is no list.
        Err(error) if error.is_unsupported() => {
            report.good(Topic::IdentitySchemas, "this release does not list its identity schemas");
        }
        Err(error) => {
            let message = format!("the identity schemas cannot be read ({error})");
            report.warning(Topic::IdentitySchemas, message, "see Kratos' log");
        }
    }
}

fn judge(schemas: &[IdentitySchema], report: &mut Report) {
    let mut all_fit = true;
    for schema in schemas {
        let unsupported = schema.unsupported_traits();
        if unsupported.is_empty() {
            continue;
        }
        all_fit = false;
        let named = unsupported.iter().take(NAMED).map(|it| format!("`{}` ({})", it.name, it.reason));
        let mut named = named.collect::<Vec<_>>().join(", ");
        if let Some(more) = unsupported.len().checked_sub(NAMED).filter(|more| *more > 0) {
            named.push_str(&format!(" and {more} more"));
        }
        let message =
            format!("forms cannot hold these traits of the identity schema `{}`: {named}", schema.id);
        report.warning(Topic::IdentitySchemas, message, ADVICE);
    }
    if all_fit {
        report.good(Topic::IdentitySchemas, "forms can hold every trait of the identity schemas");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::Verdict;

    fn report(traits: &serde_json::Value) -> Report {
        let schema = json!({"id": "person", "schema": {"properties": {"traits": {"type": "object", "properties": traits}}}});
        let mut report = Report::default();
        judge(&[serde_json::from_value(schema).unwrap()], &mut report);
        report
    }

    #[test]
    fn a_finding_names_the_schema_the_traits_and_the_reasons() {
        let bad = report(&json!({"nick": {"type": ["string", "null"]}, "name": {"type": "string"}}));
        assert_eq!(bad.findings()[0].verdict(), Verdict::Warning);
        let text = bad.to_string();
        for part in ["`person`", "`traits.nick` (it may have several types)", "Theme::with_identity_schema"] {
            assert!(text.contains(part), "{text}");
        }
        let many = (0..11).map(|index| (format!("t{index}"), json!({}))).collect::<serde_json::Map<_, _>>();
        assert!(report(&many.into()).to_string().contains("and 3 more"));
        let good = report(&json!({"name": {"type": "string"}}));
        assert_eq!(good.findings()[0].verdict(), Verdict::Good);
    }
}
