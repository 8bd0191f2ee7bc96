//! The gateway beside nginx as a proxy and the same request straight to the upstream: 4 KB, 16 connections, kept alive.

use std::{
    io::Write as _,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use futures_util::future::join_all;
use kratos_axum::{Kratos, gateway};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::alternate::median;

pub const STRAIGHT: &str = "straight to the upstream";
pub const NGINX: &str = "nginx, two workers";
pub const AXUM: &str = "the gateway in axum";
pub const ACTIX: &str = "the gateway in actix-web, two workers";

const CONNECTIONS: usize = 16;
const RUNS: usize = 5;
/// The requests of one run by each connection.
const EACH: usize = 2000;
const BODY: usize = 4096;
const PATH: &str = "/.ory/kratos/sessions/whoami";

/// The runs of one way to the upstream.
pub struct Way {
    pub name: &'static str,
    runs: Vec<Run>,
}

/// One run: two percentiles in microseconds, and requests a second.
#[derive(Clone, Copy)]
pub struct Run {
    pub p50: f64,
    pub p99: f64,
    pub rate: f64,
}

impl Way {
    /// The median of a figure over the runs.
    pub fn median(&self, figure: fn(&Run) -> f64) -> f64 {
        median(self.runs.iter().map(figure))
    }

    /// The median of the ratios to `other` in the same run.
    pub fn ratio(&self, other: &Self, figure: fn(&Run) -> f64) -> f64 {
        median(self.runs.iter().zip(&other.runs).map(|(one, other)| figure(one) / figure(other)))
    }
}

/// Measures all ways in turns. Without nginx its line is missing.
pub fn measure() -> Vec<Way> {
    let upstream = serve(Router::new().route("/sessions/whoami", get(async || "x".repeat(BODY))));
    let kratos = Kratos::new(&format!("http://{upstream}")).unwrap();
    let kratos = kratos.with_app("http://app").unwrap().with_browser_url("http://app/.ory/kratos").unwrap();
    let gateway = gateway::service(&kratos).unwrap();
    let axum = serve(Router::new().nest_service("/.ory/kratos", gateway));
    let nginx = Nginx::start(upstream);
    let mut ways =
        vec![(STRAIGHT, upstream, "/sessions/whoami"), (AXUM, axum, PATH), (ACTIX, actix(&kratos), PATH)];
    match &nginx {
        Some(nginx) => ways.push((NGINX, nginx.address, PATH)),
        None => println!("**nginx is not installed: nothing is compared with it.** apt-get install nginx\n"),
    }
    let mut measured: Vec<Way> = ways.iter().map(|(name, ..)| Way { name, runs: Vec::new() }).collect();
    for (_, address, path) in &ways {
        run(*address, path, EACH / 4);
    }
    for round in 0..RUNS {
        for place in 0..ways.len() {
            let index = (round + place) % ways.len();
            let (_, address, path) = ways[index];
            measured[index].runs.push(run(address, path, EACH));
        }
    }
    measured
}

/// Serves a router on two threads, as nginx has two workers.
fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let app = app.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, app).await.unwrap();
        });
    });
    address
}

fn actix(kratos: &Kratos) -> SocketAddr {
    use kratos_actix::gateway::{Gateway, scope};
    let gateway = Gateway::new(kratos).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let app = move || actix_web::App::new().service(scope(&gateway));
        let server = actix_web::HttpServer::new(app).workers(2).disable_signals().listen(listener).unwrap();
        actix_web::rt::System::new().block_on(server.run()).unwrap();
    });
    address
}

/// Debian's nginx as a proxy, stopped when dropped.
struct Nginx {
    address: SocketAddr,
    child: Child,
    home: PathBuf,
}

impl Nginx {
    fn start(upstream: SocketAddr) -> Option<Self> {
        let home = std::env::temp_dir().join(format!("kratos-benches-nginx-{}", std::process::id()));
        std::fs::create_dir_all(&home).unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let config = home.join("nginx.conf");
        let text = format!(
            "daemon off; worker_processes 2; pid {home}/pid; error_log {home}/error.log;
             events {{ worker_connections 1024; }}
             http {{
                 access_log off; keepalive_requests 100000000;
                 client_body_temp_path {home}/a; proxy_temp_path {home}/b; fastcgi_temp_path {home}/c;
                 uwsgi_temp_path {home}/d; scgi_temp_path {home}/e;
                 upstream kratos {{ server {upstream}; keepalive 64; keepalive_requests 100000000; }}
                 server {{
                     listen {address};
                     location /.ory/kratos/ {{
                         proxy_pass http://kratos/; proxy_http_version 1.1; proxy_set_header Connection \"\";
                         proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Forwarded-For $remote_addr;
                     }}
                 }}
             }}",
            home = home.display()
        );
        std::fs::File::create(&config).unwrap().write_all(text.as_bytes()).unwrap();
        let mut command = Command::new("nginx");
        let command = command.arg("-c").arg(&config).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().ok()?;
        let nginx = Self { address, child, home };
        (0..100)
            .any(|_| {
                std::thread::sleep(Duration::from_millis(50));
                std::net::TcpStream::connect(address).is_ok()
            })
            .then_some(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // A master that is killed leaves its workers.
        let mut quit = Command::new("nginx");
        let _ = quit
            .arg("-c")
            .arg(self.home.join("nginx.conf"))
            .args(["-s", "stop"])
            .stderr(Stdio::null())
            .status();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// The same request again and again by each connection.
fn run(address: SocketAddr, path: &str, each: usize) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let headers: String = crate::fixture::with_cookie()
            .iter()
            .map(|(name, value)| format!("{name}: {}\r\n", value.to_str().unwrap()))
            .collect();
        let request = format!("GET {path} HTTP/1.1\r\n{headers}\r\n");
        let start = Instant::now();
        let times = join_all((0..CONNECTIONS).map(|_| connection(address, &request, each))).await;
        let took = start.elapsed().as_secs_f64();
        let mut times: Vec<f64> = times.into_iter().flatten().collect();
        times.sort_by(f64::total_cmp);
        let at = |part: f64| times[(times.len() as f64 * part) as usize];
        Run { p50: at(0.5), p99: at(0.99), rate: times.len() as f64 / took }
    })
}

async fn connection(address: SocketAddr, request: &str, each: usize) -> Vec<f64> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (mut times, mut buffer) = (Vec::with_capacity(each), vec![0; 16 * 1024]);
    for _ in 0..each {
        let start = Instant::now();
        stream.write_all(request.as_bytes()).await.unwrap();
        let (mut length, mut end) = (0, None);
        while end.is_none_or(|end| length < end + BODY) {
            let read = stream.read(&mut buffer[length..]).await.unwrap();
            assert!(read > 0, "{}", String::from_utf8_lossy(&buffer[..length]));
            length += read;
            end = end.or_else(|| {
                buffer[..length].windows(4).position(|end| end == b"\r\n\r\n").map(|end| end + 4)
            });
        }
        assert!(buffer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&buffer[..length]));
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    times
}
