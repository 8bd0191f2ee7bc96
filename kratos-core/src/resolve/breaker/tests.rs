use super::*;

fn breaker() -> CircuitBreaker {
    CircuitBreaker::new().with_failure_threshold(3).with_open_duration(Duration::from_secs(2))
}

async fn ask(breaker: &CircuitBreaker, timed_out: bool) -> Result<(), ResolveError> {
    breaker.enter().await?.tell(timed_out);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn it_opens_after_timeouts_in_a_row_and_only_then() {
    let breaker = breaker();
    for timed_out in [true, true, false, true, true, false] {
        ask(&breaker, timed_out).await.unwrap();
    }
    for _ in 0..3 {
        ask(&breaker, true).await.unwrap();
    }
    let error = ask(&breaker, false).await.unwrap_err();
    assert!(error.is_unavailable(), "{error:?}");
    assert!(!error.is_crowded(), "Kratos timed out: a stale session may be used");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
}

#[tokio::test(start_paused = true)]
async fn one_probes_when_the_pause_is_over_and_the_others_wait_for_what_it_learns() {
    let breaker = breaker();
    for _ in 0..3 {
        ask(&breaker, true).await.unwrap();
    }
    tokio::time::advance(Duration::from_millis(1999)).await;
    assert!(breaker.enter().await.is_err());
    tokio::time::advance(Duration::from_millis(2)).await;
    let probe = breaker.enter().await.unwrap();
    assert!(breaker.enter().await.is_err(), "one at a time");
    probe.tell(true);
    assert!(breaker.enter().await.is_err(), "still dead: open again");
    tokio::time::advance(Duration::from_secs(2)).await;
    breaker.enter().await.unwrap().tell(false);
    for _ in 0..3 {
        ask(&breaker, true).await.unwrap();
    }
    assert!(breaker.enter().await.is_err(), "closed meanwhile, and counted from zero");
}

#[tokio::test(start_paused = true)]
async fn a_probe_whose_client_hangs_up_leaves_the_next_one_its_turn() {
    let breaker = breaker();
    for _ in 0..3 {
        ask(&breaker, true).await.unwrap();
    }
    tokio::time::advance(Duration::from_secs(2)).await;
    drop(breaker.enter().await.unwrap());
    ask(&breaker, false).await.unwrap();
    ask(&breaker, false).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_late_timeout_does_not_end_somebody_elses_probe() {
    let breaker = breaker();
    let late = breaker.enter().await.unwrap();
    for _ in 0..3 {
        ask(&breaker, true).await.unwrap();
    }
    tokio::time::advance(Duration::from_secs(2)).await;
    let probe = breaker.enter().await.unwrap();
    late.tell(true);
    probe.tell(false);
    ask(&breaker, false).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn no_more_are_under_way_than_allowed_and_the_rest_waits_no_longer_than_allowed() {
    let breaker = CircuitBreaker::new().with_max_in_flight(2).with_queue_wait(Duration::from_millis(100));
    let first = breaker.enter().await.unwrap();
    let second = breaker.enter().await.unwrap();
    let before = tokio::time::Instant::now();
    let error = breaker.enter().await.unwrap_err();
    assert_eq!(before.elapsed(), Duration::from_millis(100));
    assert!(error.is_unavailable() && error.is_crowded(), "Kratos did not fail");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    first.tell(false);
    let third = breaker.enter().await.unwrap();
    // Dropped without a word, too, a place is free again.
    drop(second);
    breaker.enter().await.unwrap().tell(false);
    third.tell(false);
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_for_a_place_do_not_ask_once_it_opened() {
    let breaker =
        breaker().with_max_in_flight(1).with_queue_wait(Duration::from_secs(9)).with_failure_threshold(1);
    let asking = breaker.enter().await.unwrap();
    let waiting = {
        let breaker = breaker.clone();
        tokio::spawn(async move { ask(&breaker, false).await })
    };
    tokio::task::yield_now().await;
    asking.tell(true);
    assert!(waiting.await.unwrap().is_err());
}
