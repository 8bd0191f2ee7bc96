//! Pagination in every era.

use http::{HeaderMap, header};

use super::{super::*, Recorder, Sent};

fn admin(era: Era, answers: Vec<(u16, HeaderMap, &'static str)>) -> (AdminClient, Recorder) {
    let recorder = Recorder::new(answers);
    let mut admin = AdminClient::new("http://k.example").unwrap().with_era(era);
    admin.connection.recorder = Some(recorder.clone());
    (admin, recorder)
}

fn link(line: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(header::LINK, line.parse().unwrap())])
}

fn parameters(sent: &[Sent], name: &str) -> Vec<String> {
    let of = |sent: &Sent| {
        sent.url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    };
    sent.iter().map(|sent| of(sent).unwrap_or_default()).collect()
}

const A: &str = r#"[{"id":"00000000-0000-0000-0000-00000000000a"}]"#;
const B: &str = r#"[{"id":"00000000-0000-0000-0000-00000000000b"}]"#;

async fn ids(admin: &AdminClient, size: u32) -> Vec<u128> {
    let all =
        admin.list_identities(ListIdentities::new()).unwrap().with_page_size(size).collect().await.unwrap();
    all.iter().map(|identity| identity.id.as_u128()).collect()
}

#[tokio::test]
async fn page_tokens_are_taken_from_the_link_for_any_host() {
    let (admin, recorder) = admin(
        Era::V26,
        vec![
            (
                200,
                link(
                    "</identities?page=0&page_size=1>; rel=\"first\",<http://admin/sessions?page_token=t%2B%3D&page=1>; rel=\"next\"",
                ),
                A,
            ),
            (200, link("</x?page_token=0>; rel=\"first\""), B),
        ],
    );
    assert_eq!(ids(&admin, 1).await, [10, 11]);
    let sent = recorder.sent();
    assert_eq!(parameters(&sent, "page_token"), ["", "t+="]);
    assert_eq!(parameters(&sent, "page"), ["", ""], "a request has a page token or a page number");
    assert!(
        sent.iter()
            .all(|sent| sent.url.path() == "/admin/identities" && sent.url.host_str() == Some("k.example"))
    );
}

#[tokio::test]
async fn a_repeated_token_and_an_empty_page_end_a_list() {
    let next = || link("</x?page_token=same>; rel=\"next\"");
    let (again, recorder) = admin(Era::V0_11, vec![(200, next(), A), (200, next(), B), (200, next(), A)]);
    assert_eq!(ids(&again, 1).await, [10, 11]);
    assert_eq!(recorder.sent().len(), 2);
    let (empty, recorder) = admin(Era::V26, vec![(200, next(), "[]")]);
    assert_eq!(ids(&empty, 1).await, Vec::<u128>::new());
    assert_eq!(recorder.sent().len(), 1, "an empty list names a next page forever");
}

#[tokio::test]
async fn page_numbers_are_counted_by_the_client() {
    // 0.6 and 0.7: the first page is page 0 and page 1.
    for era in [Era::V0_6, Era::V0_7] {
        let (old, recorder) = admin(
            era,
            vec![(200, HeaderMap::new(), A), (200, HeaderMap::new(), B), (200, HeaderMap::new(), "[]")],
        );
        assert_eq!(ids(&old, 1).await, [10, 11]);
        assert_eq!(parameters(&recorder.sent(), "page"), ["", "2", "3"]);
        assert_eq!(parameters(&recorder.sent(), "per_page"), ["1", "1", "1"]);
    }
    // 0.8 to 0.10: the body shows whether page 1 is the first page.
    let answers = vec![
        (200, HeaderMap::new(), A),
        (200, HeaderMap::new(), A),
        (200, HeaderMap::new(), B),
        (200, HeaderMap::new(), "[]"),
    ];
    let (from_one, recorder) = admin(Era::V0_9, answers);
    assert_eq!(ids(&from_one, 1).await, [10, 11]);
    assert_eq!(parameters(&recorder.sent(), "page"), ["", "1", "2", "3"]);
    let (short, recorder) = admin(Era::V0_8, vec![(200, HeaderMap::new(), A)]);
    assert_eq!(ids(&short, 2).await, [10]);
    assert_eq!(recorder.sent().len(), 1, "a page that is not full is the last");
}

#[tokio::test]
async fn an_error_does_not_lose_the_position() {
    let mut total = link("</x?page_token=t>; rel=\"next\"");
    total.insert("x-total-count", "2".parse().unwrap());
    let (admin, recorder) =
        admin(Era::V26, vec![(200, total, A), (503, HeaderMap::new(), ""), (200, HeaderMap::new(), B)]);
    let mut pages = admin.list_identities(ListIdentities::new()).unwrap();
    let first = pages.next_page().await.unwrap().unwrap();
    assert_eq!((first.total, first.next), (Some(2), Some(PageToken::Token("t".into()))));
    assert!(pages.next_page().await.unwrap_err().is_unavailable());
    assert_eq!(pages.next_page().await.unwrap().unwrap().items.len(), 1);
    assert!(pages.next_page().await.unwrap().is_none());
    assert_eq!(parameters(&recorder.sent(), "page_token"), ["", "t", "t"]);
}

#[tokio::test]
async fn an_extension_may_return_no_session() {
    let session = r#"{"id":"00000000-0000-0000-0000-000000000003"}"#;
    for (status, body, has_session) in [(200, session, true), (204, "", false)] {
        let (admin, _) = admin(Era::V26, vec![(status, HeaderMap::new(), body)]);
        assert_eq!(admin.extend_session(uuid::Uuid::from_u128(3)).await.unwrap().is_some(), has_session);
    }
}

#[tokio::test]
async fn the_key_is_sent_with_admin_calls_only() {
    let recorder = Recorder::new([(200, HeaderMap::new(), A), (200, HeaderMap::new(), "{}")]);
    let url = "https://slug.projects.oryapis.com/";
    let mut admin = AdminClient::new(url).unwrap().with_bearer_key("ory_pat_k").unwrap();
    admin.connection.recorder = Some(recorder.clone());
    let mut client = Client::new(url).unwrap();
    client.connection.recorder = Some(recorder.clone());
    let _ = admin.list_identities(ListIdentities::new()).unwrap().next_page().await.unwrap();
    let _ = client.is_alive().await.unwrap();
    let sent = recorder.sent();
    assert_eq!(sent[0].url.as_str(), "https://slug.projects.oryapis.com/admin/identities");
    assert_eq!(sent[0].headers[header::AUTHORIZATION], "Bearer ory_pat_k");
    assert_eq!(sent[1].url.as_str(), "https://slug.projects.oryapis.com/health/alive");
    assert!(sent[1].headers.get(header::AUTHORIZATION).is_none(), "the key is sent with admin calls only");
}
