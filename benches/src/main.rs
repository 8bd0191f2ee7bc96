//! Prints what guards cost, compared with other crates, as markdown for `docs/performance.md`. All subjects are measured
//! in turns, in one run of about a minute. A word as argument selects the sections whose title contains it.

mod alternate;
mod cold;
mod contention;
mod decode;
mod fixture;
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
    let wanted = std::env::args().nth(1).unwrap_or_default();
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
