use std::{collections::BTreeSet, time::Duration};

use bytes::Bytes;
use kratos_core::fleet::{FleetStore, Generation, LogPage, LogPosition};

use super::eventually;

const WRITERS: usize = 8;
const EACH: usize = 100;

pub(super) async fn check<S: FleetStore + 'static>(open: &impl AsyncFn() -> S) {
    let (here, there) = (open().await, open().await);
    let begin = end(&here).await;

    append(&here, &["a", "b"]).await;
    append(&there, &["c"]).await;
    for reader in [&here, &there] {
        let page = read(reader, begin, 1000).await;
        assert_eq!(texts(&page), ["a", "b", "c"], "every process reads all records, in one order");
        let positions: Vec<_> = page.records.iter().map(|(position, _)| *position).collect();
        assert!(positions.is_sorted_by(|a, b| a < b), "positions grow: {positions:?}");
        let after = positions.first().copied();
        assert_eq!(
            texts(&read(reader, after, 1000).await),
            ["b", "c"],
            "reading after a position excludes it"
        );
        assert_eq!(texts(&read(reader, after, 1).await), ["b"], "a page has at most so many records");
        assert!(
            read(reader, positions.last().copied(), 10).await.records.is_empty(),
            "reading after the end"
        );
        let oldest = page.oldest;
        assert!(
            oldest.is_some_and(|oldest| positions.iter().all(|position| oldest <= *position)),
            "the oldest record"
        );
        let first = read(reader, None, 1).await;
        assert_eq!(
            first.records.first().map(|(position, _)| *position),
            first.oldest,
            "None reads from the oldest"
        );
    }
    assert_eq!(generation(&here).await, generation(&there).await, "one generation for all");
    assert_eq!(generation(&here).await, generation(&open().await).await, "a generation lasts");

    followed(open).await;

    let waited = tokio::time::timeout(Duration::from_secs(10), here.changed(Duration::from_millis(50))).await;
    assert!(waited.is_ok(), "changed() ends in time");
}

/// A reader that follows the log while others write misses no record: positions must not become visible out of order.
async fn followed<S: FleetStore + 'static>(open: &impl AsyncFn() -> S) {
    let reader = open().await;
    let mut after = end(&reader).await;
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let store = open().await;
        writers.push(tokio::spawn(async move {
            for number in 0..EACH {
                append(&store, &[&format!("{writer} {number}")]).await;
            }
        }));
    }
    let mut seen = BTreeSet::new();
    eventually("a reader that follows the log sees every record", async || {
        let page = read(&reader, after, 7).await;
        for (position, record) in page.records {
            after = Some(position);
            assert!(seen.insert(record), "a record is read once");
        }
        seen.len() == WRITERS * EACH
    })
    .await;
    for writer in writers {
        assert!(writer.await.is_ok(), "a writer failed");
    }
}

async fn append(store: &impl FleetStore, records: &[&str]) {
    let records: Vec<_> = records.iter().map(|text| Bytes::copy_from_slice(text.as_bytes())).collect();
    let appended = store.append(&records).await;
    assert!(appended.is_ok(), "append: {appended:?}");
}

async fn read(store: &impl FleetStore, after: Option<LogPosition>, limit: usize) -> LogPage {
    let page = store.read(after, limit).await;
    assert!(page.is_ok(), "read: {page:?}");
    page.unwrap_or_else(|_| LogPage::new(Generation::new([0; 16]), None, Vec::new()))
}

async fn generation(store: &impl FleetStore) -> Generation {
    read(store, None, 1).await.generation
}

/// The position of the last record.
async fn end(store: &impl FleetStore) -> Option<LogPosition> {
    let mut after = None;
    loop {
        let page = read(store, after, 1000).await;
        let Some((last, _)) = page.records.last() else { return after };
        after = Some(*last);
    }
}

fn texts(page: &LogPage) -> Vec<&str> {
    page.records.iter().map(|(_, record)| std::str::from_utf8(record).unwrap_or_default()).collect()
}
