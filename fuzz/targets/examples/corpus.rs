//! Writes the seeds of every target: `cargo run -p kratos-fuzz-targets --example corpus -- fuzz/corpus`.

#![allow(clippy::print_stdout, reason = "the example's output")]

use std::{env, error::Error, fs, path::Path};

use kratos_fuzz_targets::{TARGETS, seeds};

fn main() -> Result<(), Box<dyn Error>> {
    let into = env::args().nth(1).ok_or("missing argument: the corpus directory")?;
    for (target, _) in TARGETS {
        let folder = Path::new(&into).join(target);
        fs::create_dir_all(&folder)?;
        let seeds = seeds::of(target);
        for (number, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), seed)?;
        }
        println!("{target}: {} seeds", seeds.len());
    }
    Ok(())
}
