use super::*;

fn breaker() -> CircuitBreaker {
    CircuitBreaker::new().with_failure_threshold(3).with_open_duration(Duration::from_secs(2))
}

async fn ask(breaker: &CircuitBreaker, timed_out: bool) -> Result<(), Withheld> {
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
    assert!(matches!(error, Withheld::Open { .. }), "Kratos timed out: a stale session may be used");
    assert_eq!(error.retry_after(), Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn one_call_probes_after_the_open_duration_and_the_others_are_refused() {
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
    assert!(breaker.enter().await.is_err(), "still unresponsive: open again");
    tokio::time::advance(Duration::from_secs(2)).await;
    breaker.enter().await.unwrap().tell(false);
    for _ in 0..3 {
        ask(&breaker, true).await.unwrap();
    }
    assert!(breaker.enter().await.is_err(), "it closed, and counts from zero");
}

#[tokio::test(start_paused = true)]
async fn after_a_probe_that_is_cut_off_the_next_call_probes() {
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
async fn a_late_timeout_does_not_end_the_probe() {
    let breaker = breaker();
    let late = breaker.enter().await.unwrap();
    for _ in 0..3 {
        ask(&breaker, true).await.unwrap();
    }
    tokio::time::advance(Duration::from_secs(2)).await;
    let probe = breaker.enter().await.unwrap();
    late.tell(true);
    let refused = breaker.enter().await.unwrap_err();
    assert_eq!(
        refused.retry_after(),
        CROWDED,
        "the probe is still under way: the circuit does not open anew"
    );
    probe.tell(false);
    ask(&breaker, false).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn calls_in_flight_and_the_wait_for_a_place_are_limited() {
    let breaker = CircuitBreaker::new().with_max_in_flight(2).with_queue_wait(Duration::from_millis(100));
    let first = breaker.enter().await.unwrap();
    let second = breaker.enter().await.unwrap();
    let before = tokio::time::Instant::now();
    let error = breaker.enter().await.unwrap_err();
    assert_eq!(before.elapsed(), Duration::from_millis(100));
    assert!(matches!(error, Withheld::Crowded), "Kratos did not fail");
    assert_eq!(error.retry_after(), Duration::from_secs(1));
    first.tell(false);
    let third = breaker.enter().await.unwrap();
    // A call that is cut off frees its place too.
    drop(second);
    breaker.enter().await.unwrap().tell(false);
    third.tell(false);
}

#[tokio::test(start_paused = true)]
async fn calls_that_wait_for_a_place_are_refused_once_it_opens() {
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

#[tokio::test(start_paused = true)]
async fn calls_cut_off_before_the_timeout_open_it_too() {
    let breaker = breaker();
    for _ in 0..3 {
        let leave = breaker.enter().await.unwrap();
        tokio::time::advance(Duration::from_millis(1500)).await;
        drop(leave);
    }
    assert!(breaker.enter().await.is_err(), "three calls without an answer");
    tokio::time::advance(Duration::from_secs(2)).await;
    let probe = breaker.enter().await.unwrap();
    tokio::time::advance(Duration::from_millis(1500)).await;
    drop(probe);
    assert!(breaker.enter().await.is_err(), "a probe without an answer opens it for the whole duration");
    // A caller that hangs up at once says nothing about Kratos.
    let breaker = self::breaker();
    for _ in 0..100 {
        drop(breaker.enter().await.unwrap());
    }
    ask(&breaker, false).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_longest_durations_do_not_overflow() {
    let breaker = CircuitBreaker::new()
        .with_queue_wait(Duration::MAX)
        .with_open_duration(Duration::MAX)
        .with_failure_threshold(1)
        .with_max_in_flight(1);
    let first = breaker.enter().await.unwrap();
    let second = tokio::spawn({
        let breaker = breaker.clone();
        async move { ask(&breaker, true).await }
    });
    tokio::task::yield_now().await;
    first.tell(false);
    second.await.unwrap().unwrap();
    let error = ask(&breaker, false).await.unwrap_err();
    assert!(error.retry_after() > Duration::from_secs(24 * 60 * 60), "open for long, not for no time");
}

/// A call from before the circuit opened is cut off while another probes.
#[tokio::test(start_paused = true)]
async fn a_call_that_is_cut_off_does_not_end_the_probe() {
    let breaker = breaker().with_open_duration(Duration::from_millis(100));
    let late = breaker.enter().await.unwrap();
    for _ in 0..3 {
        ask(&breaker, true).await.unwrap();
    }
    tokio::time::advance(Duration::from_millis(200)).await;
    let probe = breaker.enter().await.unwrap();
    drop(late);
    assert!(breaker.enter().await.is_err(), "one at a time");
    probe.tell(false);
    ask(&breaker, false).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_separate_breaker_has_the_same_limits_and_a_state_of_its_own() {
    let one = breaker().with_max_in_flight(1);
    let other = one.separate();
    let _held = one.enter().await.unwrap();
    let held = other.enter().await.unwrap();
    assert!(matches!(other.enter().await, Err(Withheld::Crowded)), "the same limit");
    drop(held);
    for _ in 0..3 {
        ask(&other, true).await.unwrap();
    }
    assert!(matches!(other.enter().await, Err(Withheld::Open { .. })));
    assert!(matches!(one.enter().await, Err(Withheld::Crowded)), "not open");
}
