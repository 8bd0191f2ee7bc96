use std::{
    future::poll_fn,
    pin::pin,
    sync::atomic::{AtomicUsize, Ordering},
    task::Poll,
};

use tokio::sync::Semaphore;

use super::*;
use crate::credential::{CacheKeyHasher, Credential};

type Numbers = Flights<u8, usize>;

fn key(of: &str) -> CacheKey {
    Credential::session_token(of).cache_key(&CacheKeyHasher::with_secret([7; 16], ""))
}

/// The change that an answer leads to.
fn settled(call: &Ticket<'_, u8, usize>, answer: Answer, ids: &[u128]) -> Change {
    let mut decided = None;
    call.settle(answer, ids, |change| decided = Some(change));
    decided.unwrap()
}

#[test]
fn a_late_answer_never_replaces_a_newer_one() {
    use Answer::{Anonymous, Nothing, Session};
    let settle_both = |first: Answer, second: Answer| {
        // The second call begins later and is answered first.
        let flights = Numbers::default();
        let (slow, quick) = (flights.begin(key("a")), flights.begin(key("a")));
        (settled(&quick, first, &[1]), settled(&slow, second, &[1]))
    };
    for (newer, older, expected) in [
        (Session, Session, (Change::Put, Change::None)),
        (Anonymous, Session, (Change::Put, Change::None)),
        (Nothing, Session, (Change::Remove, Change::None)),
        // Neither answer is certain then.
        (Session, Anonymous, (Change::Put, Change::Remove)),
        (Session, Nothing, (Change::Put, Change::Remove)),
        (Anonymous, Anonymous, (Change::Put, Change::Remove)),
    ] {
        assert_eq!(settle_both(newer, older), expected, "{newer:?}, then the older {older:?}");
    }
}

#[test]
fn without_a_session_every_call_under_way_is_barred() {
    // The call that begins later reads Kratos' state before a logout, and is answered last.
    let flights = Numbers::default();
    let (early, late) = (flights.begin(key("a")), flights.begin(key("a")));
    assert_eq!(settled(&early, Answer::Nothing, &[]), Change::Remove);
    assert_eq!(settled(&late, Answer::Session, &[1]), Change::None);
    assert_eq!(settled(&flights.begin(key("a")), Answer::Session, &[1]), Change::Put, "begun afterwards");
}

#[test]
fn the_later_of_two_sessions_is_stored() {
    let flights = Numbers::default();
    let (early, late) = (flights.begin(key("a")), flights.begin(key("a")));
    assert_eq!(settled(&early, Answer::Session, &[1]), Change::Put);
    assert_eq!(settled(&late, Answer::Session, &[1]), Change::Put);
}

#[test]
fn forgetting_concerns_its_key_and_its_id_alone() {
    type Forget = fn(&Numbers);
    let forget: [(Forget, Change); 5] = [
        (|flights| flights.forget_key(&key("a")), Change::None),
        (|flights| flights.forget_id(1), Change::Remove),
        (|flights| flights.forget_all(), Change::None),
        (|flights| flights.forget_key(&key("b")), Change::Put),
        (|flights| flights.forget_id(3), Change::Put),
    ];
    for (number, (forget, expected)) in forget.into_iter().enumerate() {
        let flights = Numbers::default();
        let before = flights.begin(key("a"));
        forget(&flights);
        assert_eq!(settled(&before, Answer::Session, &[2, 1]), expected, "{number}");
        assert_eq!(settled(&flights.begin(key("a")), Answer::Session, &[2, 1]), Change::Put, "{number}");
    }
}

#[test]
fn a_key_without_calls_takes_no_memory() {
    let flights = Numbers::default();
    for number in 0..1000 {
        let _ended = flights.begin(key(&number.to_string()));
        flights.forget_key(&key("unknown"));
    }
    assert_eq!(flights.ledger.records(), 0);
}

#[tokio::test]
async fn a_request_after_the_removal_makes_a_call_of_its_own() {
    for forget in
        [|flights: &Numbers| flights.forget_key(&key("a")), |flights: &Numbers| flights.forget_all()]
    {
        let (flights, gate) = (Numbers::default(), Semaphore::new(0));
        let call = async |number| {
            let _permit = gate.acquire().await;
            number
        };
        let mut before = pin!(flights.join(key("a"), 0, call(1)));
        let mut joined = pin!(flights.join(key("a"), 0, call(2)));
        let mut other = pin!(flights.join(key("a"), 9, call(3)));
        poll_once(before.as_mut()).await;
        poll_once(joined.as_mut()).await;
        poll_once(other.as_mut()).await;
        forget(&flights);
        let mut after = pin!(flights.join(key("a"), 0, call(4)));
        poll_once(after.as_mut()).await;
        gate.add_permits(9);
        let (before, joined, other, after) = tokio::join!(before, joined, other, after);
        let answers = [before, joined, other, after].map(|joined| (joined.answer, joined.made));
        assert_eq!(answers, [(1, true), (1, false), (3, true), (4, true)]);
    }
}

/// The live call keeps the key's record, but not the answer of the call that has ended.
#[tokio::test]
async fn an_ended_call_cannot_be_joined() {
    let flights = Numbers::default();
    let _live = flights.begin(key("a"));
    for number in [1, 2] {
        let joined = flights.join(key("a"), 0, async move { number }).await;
        assert_eq!((joined.answer, joined.made), (number, true));
    }
}

#[tokio::test]
async fn when_the_caller_is_dropped_another_request_makes_the_call() {
    let (flights, gate, calls) = (Numbers::default(), Semaphore::new(0), AtomicUsize::new(0));
    let call = async || {
        let number = calls.fetch_add(1, Ordering::SeqCst);
        let _permit = gate.acquire().await;
        number
    };
    let mut joined: Vec<_> = (0..3).map(|_| Box::pin(flights.join(key("a"), 0, call()))).collect();
    for request in &mut joined {
        poll_once(request.as_mut()).await;
    }
    drop(joined.remove(0));
    gate.add_permits(9);
    let mut answers = Vec::new();
    for request in joined {
        let joined = request.await;
        answers.push((joined.answer, joined.made));
    }
    assert_eq!((answers, flights.ledger.records()), (vec![(1, true), (1, false)], 0));
}

async fn poll_once(mut future: std::pin::Pin<&mut impl Future>) {
    poll_fn(|context| {
        assert!(future.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
}
