//! Checks kratos-core's `flight/ledger.rs` with [loom](https://docs.rs/loom): every interleaving of a few threads that
//! call upstream, forget, and read the store. Checks the protocol of a fleet with [stateright](https://docs.rs/stateright).
//! `just models` runs both.

// The file is part of another crate: this one uses some of it.
#![cfg(test)]
#![allow(dead_code)]

mod fleet;
mod flight;
mod world;

use loom::{sync::Arc, thread};

use self::world::{Seen, World};

/// Runs a call in a thread of its own.
fn spawn(world: &Arc<World>, call: impl FnOnce(&World) -> Seen + 'static) -> thread::JoinHandle<Seen> {
    let world = world.clone();
    thread::spawn(move || call(&world))
}

/// A logout while a call is under way: the session is not stored afterwards.
#[test]
fn a_forgotten_credential_does_not_come_back() {
    loom::model(|| {
        let world = World::shared();
        let call = spawn(&world, |world| world.call(0));
        world.revoke();
        world.forget(0);
        // Not even for a moment.
        assert!(!world.stored(0), "cached right after the logout");
        call.join().unwrap();
        assert!(!world.stored(0), "cached after the call ended");
    });
}

/// The id is not known when the call begins.
#[test]
fn a_forgotten_session_does_not_come_back_under_any_credential() {
    loom::model(|| {
        let world = World::shared();
        let calls = [0, 1].map(|credential| spawn(&world, move |world| world.call(credential)));
        world.revoke();
        world.forget_session();
        assert!(!world.stored(0) && !world.stored(1), "cached right after the session was revoked");
        for call in calls {
            call.join().unwrap();
        }
        assert!(!world.stored(0) && !world.stored(1), "cached after the calls ended");
    });
}

#[test]
fn nothing_comes_back_after_everything_was_forgotten() {
    loom::model(|| {
        let world = World::shared();
        let call = spawn(&world, |world| world.call(0));
        world.revoke();
        world.forget_all();
        assert!(!world.stored(0), "cached right after everything was forgotten");
        call.join().unwrap();
        assert!(!world.stored(0), "cached after the call ended");
    });
}

/// Nothing is forgotten here: the calls' own answers decide. Once a call has found no session, none is stored.
#[test]
fn an_older_yes_never_replaces_a_newer_no() {
    loom::model(|| {
        let world = World::shared();
        let calls = [(); 2].map(|()| spawn(&world, |world| world.call(0)));
        world.revoke();
        let seen = calls.map(|call| call.join().unwrap());
        if seen.contains(&Seen::Anonymous) {
            assert!(!world.stored(0), "cached although a call found no session");
        }
    });
}

/// A request that comes after a logout does not join the call from before.
#[test]
fn a_later_request_does_not_join_an_earlier_call() {
    loom::model(|| {
        let world = World::shared();
        let call = spawn(&world, |world| world.join(0));
        world.revoke();
        world.forget(0);
        assert_eq!(world.join(0), Seen::Anonymous, "joined a call from before the logout");
        call.join().unwrap();
    });
}

/// A request that comes after a session was revoked may join the call from before, and finds its answer outdated.
#[test]
fn a_joined_answer_is_outdated_once_its_session_was_forgotten() {
    loom::model(|| {
        let world = World::shared();
        let call = spawn(&world, |world| world.join(0));
        world.revoke();
        world.forget_session();
        assert_eq!(world.join(0), Seen::Anonymous, "took an answer from before the session was revoked");
        call.join().unwrap();
    });
}
