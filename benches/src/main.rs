//! Prints what the guard costs beside what others cost, measured in turns in one run.

mod alternate;
#[allow(dead_code)]
mod fixture;
mod in_process;

fn main() {
    let mut apps = in_process::axum::apps();
    if let Some(name) = std::env::args().nth(1) {
        apps.retain(|app| app.name == name);
    }
    let allocations: Vec<f64> = apps.iter_mut().map(in_process::axum::App::allocations).collect();
    let subjects = apps.iter_mut().map(in_process::axum::App::subject).collect();
    let measured = alternate::alternate(subjects, 400, 256);
    let first = allocations[0];
    for (one, allocations) in measured.iter().zip(&allocations) {
        println!(
            "{:8.0} ns {:8.0} over {allocations:5.1} allocations {:5.1} over  {}",
            one.median(),
            one.over(&measured[0]),
            allocations - first,
            one.name
        );
    }
}
