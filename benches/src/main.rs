//! Prints what the guard costs beside what others cost: measured in turns, in one run, as markdown for
//! `docs/performance.md`. It takes about two minutes; a word as argument runs the sections whose title has it.

mod alternate;
mod cold;
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
    println!("\n### What it reaches\n\n| what | asked | reached |\n|---|---|---|");
    for goal in &reached {
        println!("{goal}");
    }
}
