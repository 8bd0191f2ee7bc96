//! Prints the table and the verdict.

use crate::gauge::{Reading, mebibytes};
use crate::series::{Seen, Series, Times};

/// The permitted growth between the second quarter and the last, apart from noise. During the first quarter caches fill
/// and the allocator finds its size.
const MEMORY: f64 = 1.05;
/// Of the minimum: the number of open connections depends on how many requests arrive at once, and a busy machine lets
/// them accumulate. A leak raises the minimum.
const HELD: f64 = 1.10;
/// Relative to whoami itself in the same samples: other programs on the machine slow both.
const LATENCY: f64 = 1.25;

type Count = fn(&Reading) -> usize;

struct Row {
    calm: bool,
    reading: Reading,
    times: [Times; 7],
}

pub(crate) struct Report {
    before: Reading,
    rows: Vec<Row>,
}

impl Report {
    pub(crate) fn new(before: Reading) -> Self {
        println!(
            "{:>4} {:<12} {:>8} {:>6} {:>7} {:>10} {:>5} {:>5}  p50/p99 in ms of {}",
            "#",
            "weather",
            "MiB",
            "held",
            "sockets",
            "tasks",
            "cpu%",
            "load",
            Series::ALL.join(", ")
        );
        Self { before, rows: Vec::new() }
    }

    pub(crate) fn sample(&mut self, weather: &str, reading: Reading, times: [Times; 7]) {
        let (memory, heap) = (mebibytes(reading.memory), mebibytes(reading.heap));
        let Reading { sockets, cpu, machine, .. } = reading;
        let tasks: Vec<_> = reading.by_runtime.iter().map(|(_, tasks)| tasks.to_string()).collect();
        let tasks = tasks.join("+");
        let number = self.rows.len() + 1;
        print!(
            "{number:>4} {weather:<12} {memory:>8.1} {heap:>6.1} {sockets:>7} {tasks:>10} {cpu:>5.0} {machine:>5.1} "
        );
        for Times { p50, p99, count } in &times {
            let shown = if *count == 0 { "-".to_owned() } else { format!("{}/{}", ms(*p50), ms(*p99)) };
            print!(" {shown:>11}");
        }
        println!();
        // The first sample without a fault still contains effects of the fault.
        let calm = weather == "calm" && (number == 1 || number.is_multiple_of(2));
        self.rows.push(Row { calm, reading, times });
    }

    /// Prints the verdict and returns whether nothing grew or failed.
    pub(crate) fn finish(self, after: &Reading, seen: &Seen) -> bool {
        println!("before the load: {}", self.before);
        println!("after the load:  {after}");
        let outcomes: Vec<_> = seen.outcomes().map(|(name, count)| format!("{name} {count}")).collect();
        println!("answers: {}", outcomes.join(", "));

        let quarter = self.rows.len() / 4;
        let part = |from: usize, to: usize| -> Vec<&Row> {
            self.rows[from..to].iter().filter(|row| row.calm).collect()
        };
        let (early, late) = (part(quarter, quarter * 2), part(quarter * 3, self.rows.len()));
        if early.is_empty() || late.is_empty() {
            println!("VERDICT: too short to tell");
            return false;
        }
        let mut passed = seen.wrong() == 0;
        let tasks: Count = |reading| reading.tasks;
        let sockets: Count = |reading| reading.sockets;
        for (name, count) in [("tasks", tasks), ("sockets", sockets)] {
            let floor = |from: usize, to: usize| {
                self.rows[from..to]
                    .iter()
                    .map(|row| number(count(&row.reading)))
                    .fold(f64::INFINITY, f64::min)
            };
            passed &= holds(
                name,
                "at least",
                floor(quarter, quarter * 2),
                floor(quarter * 3, self.rows.len()),
                HELD,
            );
        }
        let mut compare = |name: &str, unit: &str, value: &dyn Fn(&Row) -> f64, limit: f64| {
            passed &= holds(name, unit, median(&early, value), median(&late, value), limit);
        };
        compare("memory", "MiB", &|row| mebibytes(row.reading.memory), MEMORY);
        compare("held of it", "MiB", &|row| mebibytes(row.reading.heap), MEMORY);
        let ratio = |series: Series, time: fn(&Times) -> u64| {
            move |row: &Row| {
                number(time(&row.times[series as usize]))
                    / number(time(&row.times[Series::Control as usize]).max(1))
            }
        };
        for (series, name) in [
            (Series::Live, "live"),
            (Series::Cached, "cached"),
            (Series::Token, "token"),
            (Series::Page, "page"),
        ] {
            let (p50, p99) = (ratio(series, |times| times.p50), ratio(series, |times| times.p99));
            compare(&format!("latency p50 of {name}"), "of whoami's", &p50, LATENCY);
            compare(&format!("latency p99 of {name}"), "of whoami's", &p99, LATENCY);
        }
        // Once idle connections are closed, the numbers are those from before the load.
        let drained = after.sockets <= self.before.sockets && after.tasks <= self.before.tasks;
        passed &= drained;
        let word = if drained { "nothing is left" } else { "LEFT OVER" };
        println!(
            "drained: {word}, sockets {} -> {}, tasks {} -> {}",
            self.before.sockets, after.sockets, self.before.tasks, after.tasks
        );
        println!(
            "VERDICT: {}",
            if passed { "it withstood" } else { "something grew or went wrong, see above" }
        );
        passed
    }
}

fn holds(name: &str, unit: &str, early: f64, late: f64, limit: f64) -> bool {
    let holds = late <= early * limit;
    let word = if holds { "steady" } else { "GREW" };
    println!("{name}: {word}, {early:.2} -> {late:.2} {unit} (x {:.3}, allowed {limit})", late / early);
    holds
}

fn median(rows: &[&Row], value: &dyn Fn(&Row) -> f64) -> f64 {
    let mut values: Vec<f64> = rows.iter().map(|row| value(row)).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn number(count: impl TryInto<u64>) -> f64 {
    count.try_into().unwrap_or(u64::MAX) as f64
}

fn ms(micros: u64) -> String {
    format!("{:.1}", number(micros) / 1000.0)
}
