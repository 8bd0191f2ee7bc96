use std::sync::Arc;

use super::*;
use crate::resolve::StaticResolver;

#[test]
fn a_thread_clones_one_replica_and_another_thread_another() {
    let kratos = Kratos::from_resolver(StaticResolver::anonymous());
    let replicas = Replicas::of(&kratos);
    let chosen = || replicas.of_this_thread().map(|kratos| Arc::as_ptr(&kratos.0) as usize);

    assert_eq!(chosen(), chosen());
    assert_ne!(chosen(), Some(Arc::as_ptr(&kratos.0) as usize));
    if replicas.0.len() > 1 {
        // Numbers are consecutive unless other tests' threads ask meanwhile.
        let others = (0..64).map(|_| std::thread::scope(|scope| scope.spawn(chosen).join().ok().flatten()));
        assert!(others.into_iter().any(|other| other != chosen()));
    }
}

#[test]
fn replicas_share_everything_else() {
    let kratos = Kratos::from_resolver(StaticResolver::anonymous());
    let replica = kratos.replica();

    assert!(Arc::ptr_eq(&kratos.0.config, &replica.0.config));
    assert!(Arc::ptr_eq(&kratos.0.parts, &replica.0.parts));
}

#[test]
fn a_request_of_a_request_has_its_thread_s_replica_again() {
    let kratos = Kratos::from_resolver(StaticResolver::anonymous());

    let first = kratos.for_this_thread();
    let second = first.for_this_thread();

    assert!(Arc::ptr_eq(&first.0, &second.0));
}

#[test]
fn dropping_the_value_drops_its_replicas() {
    let kratos = Kratos::from_resolver(StaticResolver::anonymous());
    let config = Arc::downgrade(&kratos.0.config);
    drop(kratos.for_this_thread());

    drop(kratos);

    assert!(config.upgrade().is_none());
}
