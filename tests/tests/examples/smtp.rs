//! A server for SMTP that keeps what it receives.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

/// A received mail.
pub(crate) struct Received {
    /// The lines of the envelope: `MAIL FROM` and `RCPT TO`.
    pub(crate) envelope: Vec<String>,
    /// Headers and body.
    pub(crate) text: String,
}

/// Listens on a free port of loopback and returns its URL. It refuses the first mail with 451, and accepts the others.
pub(crate) fn listen() -> (String, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            converse(stream.unwrap(), number > 0, &sender);
        }
    });
    (url, receiver)
}

fn converse(mut stream: TcpStream, accepts: bool, received: &Sender<Received>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let mut envelope = Vec::new();
    stream.write_all(b"220 sink\r\n").unwrap();
    while let Some(line) = lines.next() {
        let reply = match line.split([' ', ':']).next().unwrap_or_default() {
            "MAIL" if !accepts => "451 try again",
            "MAIL" | "RCPT" => {
                envelope.push(line);
                "250 ok"
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").unwrap();
                let text: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
                let mail = Received { envelope: std::mem::take(&mut envelope), text: text.join("\n") };
                // The receiver is gone if the test has failed.
                let _ = received.send(mail);
                "250 ok"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        if stream.write_all(format!("{reply}\r\n").as_bytes()).is_err() {
            return;
        }
    }
}
