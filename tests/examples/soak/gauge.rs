//! The resources that the process holds, from Linux and tokio.

use std::fmt;
use std::fs;
use std::time::Instant;

use cap::Cap;
use tikv_jemallocator::Jemalloc;
use tokio::runtime::Handle;

/// Returns freed memory to the system, so that resident memory is what the program needs, and counts what it
/// allocates. glibc's allocator retains freed blocks: with it 66 MiB become 80 and then 97 after phases of
/// 2 MB bodies, while the program allocates no more than before.
#[global_allocator]
static HEAP: Cap<Jemalloc> = Cap::new(Jemalloc, usize::MAX);

/// A reading.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// Resident memory in KiB, with the allocator's reserve.
    pub(crate) memory: u64,
    /// Memory that the program has allocated, in KiB.
    pub(crate) heap: u64,
    pub(crate) sockets: usize,
    /// Tasks of the applications' runtimes.
    pub(crate) tasks: usize,
    /// Tasks of each runtime.
    pub(crate) by_runtime: Vec<(&'static str, usize)>,
    /// Processor time since the last reading, in hundredths of one core.
    pub(crate) cpu: f64,
    /// The machine's load average over a minute, including other processes.
    pub(crate) machine: f64,
}

#[derive(Debug)]
pub(crate) struct Gauge {
    runtimes: Vec<(&'static str, Vec<Handle>)>,
    ticks: u64,
    at: Instant,
}

impl Gauge {
    /// Counts the tasks of these runtimes, without the testkit's.
    pub(crate) fn new(runtimes: Vec<(&'static str, Vec<Handle>)>) -> Self {
        Self { runtimes, ticks: ticks(), at: Instant::now() }
    }

    pub(crate) fn read(&mut self) -> Reading {
        let (ticks, now) = (ticks(), Instant::now());
        let used = u32::try_from(ticks - self.ticks).unwrap_or(u32::MAX);
        // Linux counts in hundredths of a second.
        let cpu = f64::from(used) / (now - self.at).as_secs_f64().max(0.01);
        (self.ticks, self.at) = (ticks, now);
        let count =
            |handles: &[Handle]| handles.iter().map(|handle| handle.metrics().num_alive_tasks()).sum();
        let by_runtime: Vec<(_, usize)> =
            self.runtimes.iter().map(|(name, handles)| (*name, count(handles))).collect();
        let tasks = by_runtime.iter().filter(|(name, _)| *name != "testkit").map(|(_, tasks)| tasks).sum();
        Reading {
            memory: memory(),
            heap: heap(),
            sockets: sockets(),
            tasks,
            by_runtime,
            cpu,
            machine: machine(),
        }
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { memory, heap, sockets, by_runtime, cpu, machine, .. } = self;
        write!(f, "{:.1} MiB, {:.1} of them held, ", mebibytes(*memory), mebibytes(*heap))?;
        write!(f, "{sockets} sockets, tasks {by_runtime:?}, ")?;
        write!(f, "{cpu:.0} % of a core, machine's load {machine}")
    }
}

#[allow(clippy::cast_precision_loss, reason = "memory is far below 2^52 KiB")]
pub(crate) fn mebibytes(kib: u64) -> f64 {
    kib as f64 / 1024.0
}

fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
    line.trim().trim_end_matches("kB").trim().parse().expect("KiB")
}

fn heap() -> u64 {
    u64::try_from(HEAP.allocated() / 1024).expect("KiB")
}

fn sockets() -> usize {
    let files = fs::read_dir("/proc/self/fd").expect("Linux").flatten();
    let targets = files.filter_map(|file| fs::read_link(file.path()).ok());
    targets.filter(|target| target.to_string_lossy().starts_with("socket:")).count()
}

/// User and system time, fields 14 and 15.
fn ticks() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let after_name = stat.rsplit(')').next().expect("fields");
    after_name.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().expect("ticks")).sum()
}

fn machine() -> f64 {
    let load = fs::read_to_string("/proc/loadavg").expect("Linux");
    load.split(' ').next().expect("a number").parse().expect("a number")
}
