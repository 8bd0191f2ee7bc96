//! The tables, and the statements on them.

/// The statements of one schema.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    name: String,
    /// In double quotes.
    quoted: String,
    pub(crate) get: String,
    pub(crate) put: String,
    pub(crate) lease: String,
    pub(crate) open_lease: String,
    pub(crate) append: String,
    pub(crate) records: String,
    pub(crate) head: String,
    pub(crate) begin: String,
    pub(crate) sweep: String,
    pub(crate) listen: String,
}

/// The records that the log keeps.
const RECORDS: u32 = 100_000;

impl Schema {
    pub(crate) fn new(name: &str) -> Self {
        let s = quoted(name);
        Self {
            name: name.to_owned(),
            get: format!("SELECT entry FROM {s}.entries WHERE key = $1 AND ends > now()"),
            put: format!(
                "INSERT INTO {s}.entries (key, entry, ends) VALUES ($1, $2, now() + $3 * interval '1 millisecond') \
                 ON CONFLICT (key) DO UPDATE SET entry = excluded.entry, ends = excluded.ends"
            ),
            lease: format!(
                "WITH taken AS (INSERT INTO {s}.leases AS l (key, is_open, ends) \
                 VALUES ($1, false, now() + $2 * interval '1 millisecond') \
                 ON CONFLICT (key) DO UPDATE SET is_open = false, ends = excluded.ends WHERE l.ends <= now() RETURNING 1) \
                 SELECT EXISTS (SELECT FROM taken), (SELECT is_open FROM {s}.leases WHERE key = $1)"
            ),
            open_lease: format!(
                "INSERT INTO {s}.leases (key, is_open, ends) VALUES ($1, true, now() + $2 * interval '1 millisecond') \
                 ON CONFLICT (key) DO UPDATE SET is_open = true, ends = excluded.ends"
            ),
            append: format!("SELECT {s}.append($1)"),
            records: format!(
                "SELECT position, record FROM {s}.log WHERE position > $1 ORDER BY position LIMIT $2"
            ),
            head: format!(
                "SELECT generation, run = pg_postmaster_start_time(), current_setting('transaction_read_only') = 'on', \
                 (SELECT min(position) FROM {s}.log) FROM {s}.epoch"
            ),
            begin: format!(
                "UPDATE {s}.epoch SET generation = gen_random_uuid(), run = pg_postmaster_start_time() \
                 WHERE run <> pg_postmaster_start_time()"
            ),
            sweep: format!(
                "DELETE FROM {s}.entries WHERE ends < now(); DELETE FROM {s}.leases WHERE ends < now()"
            ),
            listen: format!("LISTEN {s}"),
            quoted: s,
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Appending takes a lock that ends with the transaction, so that records become visible in the order of their positions.
    pub(crate) fn create(&self) -> String {
        let (s, channel) = (&self.quoted, self.name.replace('\'', "''"));
        format!(
            "CREATE SCHEMA IF NOT EXISTS {s};
CREATE UNLOGGED TABLE IF NOT EXISTS {s}.entries (key bytea PRIMARY KEY, entry bytea NOT NULL, ends timestamptz NOT NULL);
CREATE INDEX IF NOT EXISTS entries_ends ON {s}.entries (ends);
CREATE UNLOGGED TABLE IF NOT EXISTS {s}.leases (key bytea PRIMARY KEY, is_open boolean NOT NULL, ends timestamptz NOT NULL);
CREATE INDEX IF NOT EXISTS leases_ends ON {s}.leases (ends);
CREATE TABLE IF NOT EXISTS {s}.log (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, record bytea NOT NULL);
CREATE TABLE IF NOT EXISTS {s}.epoch (one boolean PRIMARY KEY DEFAULT true CHECK (one), generation uuid NOT NULL, run timestamptz NOT NULL);
INSERT INTO {s}.epoch (generation, run) VALUES (gen_random_uuid(), pg_postmaster_start_time()) ON CONFLICT DO NOTHING;
CREATE OR REPLACE FUNCTION {s}.append(records bytea[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE last bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('{channel}', 0));
    INSERT INTO {s}.log (record) SELECT record FROM unnest(records) WITH ORDINALITY AS r (record, number) ORDER BY number;
    SELECT max(position) INTO last FROM {s}.log;
    DELETE FROM {s}.log WHERE position <= last - {RECORDS};
    PERFORM pg_notify('{channel}', '');
END $$;
"
        )
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::Schema;

    #[test]
    fn names_are_quoted() {
        let schema = Schema::new("a\"; DROP TABLE x; --'");
        assert!(schema.get.contains("\"a\"\"; DROP TABLE x; --'\".entries"));
        assert!(schema.create().contains("pg_notify('a\"; DROP TABLE x; --''', '')"));
    }
}
