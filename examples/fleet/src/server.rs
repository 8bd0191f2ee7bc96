//! A redis-server and the processes, which end with this one.

use std::{env, error::Error, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    time::sleep,
};

pub struct Redis {
    port: u16,
    _child: Child,
}

impl Redis {
    pub async fn start() -> Result<Self, Box<dyn Error>> {
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--port", &port.to_string()])
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                format!("redis-server does not start ({error}): apt-get install redis-server")
            })?;
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
        Ok(Self { port, _child: child })
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }
}

pub struct Processes {
    pub ports: Vec<u16>,
    _children: Vec<Child>,
}

impl Processes {
    pub async fn start(kratos: &str, redis: &str, count: usize) -> Result<Self, Box<dyn Error>> {
        let (mut ports, mut children) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let mut child = Command::new(env::current_exe()?)
                .env("FLEET_KRATOS", kratos)
                .env("FLEET_REDIS", redis)
                .env("FLEET_SECRET", "at least 32 random bytes, the same in each")
                .stdout(Stdio::piped())
                .kill_on_drop(true)
                .spawn()?;
            let output = child.stdout.take().ok_or("no output")?;
            let port = BufReader::new(output).lines().next_line().await?.ok_or("the process ended")?;
            ports.push(port.parse()?);
            children.push(child);
        }
        Ok(Self { ports, _children: children })
    }
}

/// Requests a path; returns the status.
pub async fn get(port: u16, path: &str, token: &str) -> Result<String, Box<dyn Error>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-session-token: {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut response = String::new();
    stream.read_to_string(&mut response).await?;
    Ok(response.lines().next().unwrap_or_default().replace("HTTP/1.1 ", ""))
}
