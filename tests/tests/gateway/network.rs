//! A project of the Ory Network behind the gateway: its cookies and redirects become the application's.

use crate::apps::Served;
use crate::raw;
use crate::upstream::Upstream;

#[tokio::test]
async fn a_project_serves_below_the_application() {
    let upstream = Upstream::answering(
        "HTTP/1.1 303 See Other\r\nLocation: UPSTREAM/self-service/x?a=b\r\nContent-Length: 0\r\n\
         Set-Cookie: csrf_token_1=a; Path=/; Domain=project.example; HttpOnly; Secure\r\n\
         Set-Cookie: ory_session_x=b; Path=/; domain=.project.example; SameSite=Lax\r\n\r\n",
    )
    .await;
    for app in Served::both(&upstream.url, |gateway| gateway.with_ory_network("ory_pat_key").unwrap()).await {
        let spoofed = "Ory-Base-URL-Rewrite: https://evil.example\r\nory-base-url-rewrite-token: evil\r\nOry-Anything: evil\r\n";
        let answered = raw::get(app.address, "/.ory/kratos/self-service/login/browser", spoofed).await;
        assert_eq!(answered.status, 303, "{}: {answered:?}", app.name);
        assert_eq!(answered.all("location"), ["https://example.org/.ory/kratos/self-service/x?a=b"]);
        let cookies = ["csrf_token_1=a; Path=/; HttpOnly; Secure", "ory_session_x=b; Path=/; SameSite=Lax"];
        assert_eq!(answered.all("set-cookie"), cookies, "{}", app.name);
        assert!(!answered.text.contains("ory_pat_key"), "{answered:?}");
        let received = upstream.all();
        assert!(!received.contains("evil"), "{}: {received}", app.name);
        for line in [
            "ory-base-url-rewrite: https://example.org/.ory/kratos",
            "ory-base-url-rewrite-token: ory_pat_key\r\n",
            "ory-no-custom-domain-redirect: true\r\n",
        ] {
            assert!(received.contains(line), "{}: {line:?} in {received}", app.name);
        }
    }
}
