use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};

use http::StatusCode;
use uuid::Uuid;

use super::*;

fn key(number: u128) -> AnswerKey {
    AnswerKey::new("/hooks", Uuid::from_u128(number))
}

fn answer(status: u16) -> HookResponse {
    HookResponse::empty(StatusCode::from_u16(status).unwrap())
}

#[tokio::test]
async fn final_answers_are_remembered_and_others_are_not() {
    for (status, runs) in [(204, 1), (200, 1), (400, 1), (401, 1), (429, 2), (500, 2), (503, 2)] {
        let (idempotence, ran) = (Idempotence::new(), AtomicUsize::new(0));
        for _ in 0..2 {
            let handler = async {
                ran.fetch_add(1, Ordering::Relaxed);
                answer(status)
            };
            assert_eq!(idempotence.answer(key(1), handler).await.status, status);
        }
        assert_eq!(ran.load(Ordering::Relaxed), runs, "{status}");
    }
}

#[tokio::test]
async fn a_concurrent_retry_waits_for_the_first_call() {
    let (idempotence, ran) = (Idempotence::new(), AtomicUsize::new(0));
    let (release, released) = tokio::sync::oneshot::channel::<()>();
    let first = idempotence.answer(key(1), async {
        ran.fetch_add(1, Ordering::Relaxed);
        released.await.unwrap();
        answer(400)
    });
    let second = idempotence.answer(key(1), async { panic!("the retry ran its handler") });
    let other = idempotence.answer(key(2), async {
        release.send(()).unwrap();
        answer(200)
    });
    let (first, second, other) = tokio::join!(first, second, other);
    assert_eq!((first.status.as_u16(), second.status.as_u16(), other.status.as_u16()), (400, 400, 200));
    assert_eq!(ran.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_cancelled_first_call_does_not_hold_the_others() {
    let idempotence = Idempotence::new();
    let mut first = Box::pin(idempotence.answer(key(1), std::future::pending()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    let mut second = Box::pin(idempotence.answer(key(1), async { answer(204) }));
    assert!(second.as_mut().poll(&mut context).is_pending());
    drop(first);
    assert_eq!(second.await.status, 204);
    assert!(idempotence.running.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_memory_is_bounded_in_number_and_time() {
    let store = MemoryAnswerStore::new(2);
    for number in 1..=3 {
        store.put(key(number), answer(204), Duration::from_secs(10));
    }
    assert_eq!([1, 2, 3].map(|number| store.get(&key(number)).is_some()), [false, true, true]);
    tokio::time::advance(Duration::from_secs(10)).await;
    assert!(store.get(&key(3)).is_none());
}

#[tokio::test]
async fn the_memory_is_bounded_in_bytes() {
    let store = MemoryAnswerStore::new(10);
    let large = |mebibytes: usize| HookResponse::bytes(StatusCode::OK, vec![b'x'; mebibytes << 20].into());
    for number in 1..=3 {
        store.put(key(number), large(6), Duration::from_secs(10));
    }
    assert_eq!([1, 2, 3].map(|number| store.get(&key(number)).is_some()), [false, true, true]);
    store.put(key(4), large(17), Duration::from_secs(10));
    assert!(store.get(&key(4)).is_none(), "larger than all may be together");
    store.put(key(5), large(6), Duration::from_secs(10));
    assert!(store.get(&key(5)).is_some());
}

/// Of many waiting calls one takes the turn of a cancelled first call, and the others get its answer.
#[tokio::test]
async fn after_a_cancelled_first_call_one_handler_runs() {
    let (idempotence, ran) = (Idempotence::new(), AtomicUsize::new(0));
    let mut first = Box::pin(idempotence.answer(key(1), std::future::pending()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    let waiting = (0..100).map(|_| {
        idempotence.answer(key(1), async {
            ran.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            answer(503)
        })
    });
    let waiting = futures_util::future::join_all(waiting);
    let (answers, ()) = tokio::join!(waiting, async { drop(first) });
    assert!(answers.iter().all(|answer| answer.status == 503));
    assert_eq!(
        ran.load(Ordering::Relaxed),
        1,
        "those that waited got the answer, though it is not remembered"
    );
    assert!(idempotence.running.lock().unwrap().is_empty());
}
