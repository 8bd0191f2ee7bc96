//! The table of operations by server.

use std::collections::BTreeMap;
use std::sync::Mutex;

use kratos_core::client::__private::Operation;
use kratos_core::client::Era;
use kratos_tests::lab::Server;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Passed,
    NotOffered(&'static str),
}

static LEDGER: Mutex<BTreeMap<(String, Operation), Cell>> = Mutex::new(BTreeMap::new());

/// Records operations that passed on a server.
pub(crate) fn passed(server: &Server, operations: &[Operation]) {
    let mut ledger = LEDGER.lock().unwrap();
    for operation in operations {
        ledger.insert((server.name.clone(), *operation), Cell::Passed);
    }
}

/// Records an operation that a server does not offer, with the reason.
pub(crate) fn not_offered(server: &Server, operation: Operation, why: &'static str) {
    let mut ledger = LEDGER.lock().unwrap();
    ledger.entry((server.name.clone(), operation)).or_insert(Cell::NotOffered(why));
}

/// Prints the table and returns the number of untested cells.
pub(crate) fn print(servers: &[Server]) -> usize {
    let ledger = LEDGER.lock().unwrap();
    let mut untested = 0;
    let mut why = BTreeMap::<&str, usize>::new();
    println!("\noperation x server: + passed, - not offered, ! untested");
    let heads: Vec<_> = servers.iter().map(|server| format!("{:>13}", server.name)).collect();
    println!("{:<34}{}", "", heads.join(" "));
    for operation in Operation::ALL {
        let mut line = format!("{:<34}", operation.name());
        for server in servers {
            let in_era = operation.route(era(server)).is_some();
            let mark = match ledger.get(&(server.name.clone(), *operation)) {
                Some(Cell::Passed) => "+",
                Some(Cell::NotOffered(reason)) => {
                    *why.entry(reason).or_default() += 1;
                    "-"
                }
                None if !in_era => {
                    *why.entry("not in this era").or_default() += 1;
                    "-"
                }
                None => {
                    untested += 1;
                    "!"
                }
            };
            line += &format!("{mark:>13} ");
        }
        println!("{}", line.trim_end());
    }
    for server in servers {
        let count = |cell: fn(&Cell) -> bool| {
            ledger.iter().filter(|((name, _), value)| *name == server.name && cell(value)).count()
        };
        let (passed, all) = (count(|cell| *cell == Cell::Passed), Operation::ALL.len());
        println!("{}: {passed} of {all} operations passed", server.name);
    }
    for (reason, cells) in why {
        println!("not offered, {cells} cells: {reason}");
    }
    let old: Vec<_> = servers.iter().filter(|server| era(server) <= Era::V0_7).collect();
    if !old.is_empty() {
        let passed = |operation: Operation| {
            old.iter().any(|server| ledger.get(&(server.name.clone(), operation)) == Some(&Cell::Passed))
        };
        let names: Vec<_> = Operation::ALL
            .iter()
            .flat_map(|operation| operation.names_2021().iter().map(|name| (*name, *operation)))
            .collect();
        let done = names.iter().filter(|(_, operation)| passed(*operation)).count();
        println!("names of 2021 passed on 0.6 or 0.7: {done} of {}", names.len());
    }
    untested
}

/// Returns the era of a server, for its clients.
pub(crate) fn era(server: &Server) -> Era {
    Era::of_release(&server.version).unwrap_or_default()
}
