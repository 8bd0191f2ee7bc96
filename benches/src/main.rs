//! Prints what guards cost, compared with other crates, as markdown for `docs/performance.md`. All subjects are measured
//! in turns, in one run of about a minute. A word as argument selects the sections whose title contains it.
//!
//! With a subject's name and a number behind it, that subject alone runs so many times, for callgrind to count:
//! `valgrind --tool=callgrind --collect-atstart=no '--toggle-collect=*counted_calls*' kratos-benches decoding kratos-core 500`.

mod alternate;
mod cold;
mod contention;
mod decode;
mod fixture;
mod fleet;
mod gateway;
mod hooks;
mod in_process;
mod latency;
mod load;
mod loaded;
mod memory;
mod render;
mod server;
mod tables;
mod tokens;
mod upstream;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let wanted = arguments.next().unwrap_or_default();
    if let (Some(subject), Some(times)) = (arguments.next(), arguments.next()) {
        alternate::COUNTED.set((subject, times.parse().unwrap())).unwrap();
    }
    let mut reached = Vec::new();
    for (title, section) in tables::SECTIONS {
        if title.contains(&wanted) {
            println!("\n### {title}\n");
            reached.extend(section());
        }
    }
    println!("\n### Goals\n\n| figure | goal | measured |\n|---|---|---|");
    for goal in &reached {
        println!("{goal}");
    }
}
