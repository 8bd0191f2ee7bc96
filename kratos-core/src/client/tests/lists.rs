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
    let (again, recorder) = admin(Era::V1_1, vec![(200, next(), A), (200, next(), B), (200, next(), A)]);
    assert_eq!(ids(&again, 1).await, [10, 11]);
    assert_eq!(recorder.sent().len(), 2);
    let (empty, recorder) = admin(Era::V26, vec![(200, next(), "[]")]);
    assert_eq!(ids(&empty, 1).await, Vec::<u128>::new());
    assert_eq!(recorder.sent().len(), 1, "an empty list names a next page forever");
}

fn pages(bodies: &[&'static str]) -> Vec<(u16, HeaderMap, &'static str)> {
    bodies.iter().map(|body| (200, HeaderMap::new(), *body)).collect()
}

#[tokio::test]
async fn identities_up_to_0_13_are_counted_from_one() {
    for era in [Era::V0_6, Era::V0_7, Era::V0_8, Era::V0_9, Era::V0_10, Era::V0_11] {
        // The `Link` of these releases names the first page as the next, in 0.11 also by its page token.
        let first = (200, link("</identities?page=1&page_token=t>; rel=\"next\""), A);
        let (old, recorder) = admin(era, [vec![first], pages(&[B, "[]"])].concat());
        assert_eq!(ids(&old, 1).await, [10, 11]);
        assert_eq!(parameters(&recorder.sent(), "page"), ["", "2", "3"]);
        assert_eq!(parameters(&recorder.sent(), "per_page"), ["1", "1", "1"]);
        assert_eq!(
            parameters(&recorder.sent(), "page_size"),
            ["", "", ""],
            "Kratos ignores `page` beside it"
        );
    }
    let (short, recorder) = admin(Era::V0_8, pages(&[A]));
    assert_eq!(ids(&short, 2).await, [10]);
    assert_eq!(recorder.sent().len(), 1, "a page that is not full is the last");
}

/// 0.13 counts from 1 and 1.0 from 0; their admin APIs cannot be distinguished.
#[tokio::test]
async fn the_number_of_the_first_page_is_asked_where_it_is_unknown() {
    let (from_one, recorder) = admin(Era::V0_13, pages(&[A, A, A, B, "null"]));
    assert_eq!(ids(&from_one, 1).await, [10, 11]);
    assert_eq!(parameters(&recorder.sent(), "page"), ["", "", "1", "2", "3"]);
    let (from_zero, recorder) = admin(Era::V1_0, pages(&[A, A, B, B, "null"]));
    assert_eq!(ids(&from_zero, 1).await, [10, 11]);
    assert_eq!(parameters(&recorder.sent(), "page"), ["", "", "1", "1", "2"]);
    // Also where a list is resumed.
    let (resumed, recorder) = admin(Era::V0_13, pages(&[A, A, B, "null"]));
    let list = resumed.list_identities(ListIdentities::new()).unwrap().with_page_size(1);
    let rest = list.with_page_token(PageToken::Number(1)).collect().await.unwrap();
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].id.as_u128(), 11);
    assert_eq!(parameters(&recorder.sent(), "page"), ["", "1", "2", "3"]);
}

/// Up to HEAD, the next page that the `Link` of these lists names is the first again, and the last page has none.
#[tokio::test]
async fn sessions_of_an_identity_are_counted_from_one_in_every_era() {
    let id = uuid::Uuid::from_u128(1);
    for (era, bodies, numbers) in [
        (Era::V0_9, &[A, B, "null"][..], &["", "2", "3"][..]),
        (Era::V0_13, &[A, B, "[]"], &["", "2", "3"]),
        (Era::V26, &[A, B, "[]"], &["", "2", "3"]),
        (Era::Latest, &[A, A, A, B, "[]"], &["", "", "1", "2", "3"]),
    ] {
        let mut answers = pages(bodies);
        answers[0].1 = link("</sessions?page=1&page_size=1&page_token=t&per_page=1>; rel=\"next\"");
        let (admin, recorder) = admin(era, answers);
        let list = admin.list_identity_sessions(id, None).unwrap().with_page_size(1);
        let found: Vec<_> =
            list.collect().await.unwrap().iter().map(|session| session.id.as_u128()).collect();
        assert_eq!(found, [10, 11], "{era}");
        assert_eq!(parameters(&recorder.sent(), "page"), numbers, "{era}");
        assert!(parameters(&recorder.sent(), "page_token").iter().all(String::is_empty), "{era}");
    }
}

/// The `Link` of 0.11.1, 0.13.0 and 1.0.0 names no next page of this list.
#[tokio::test]
async fn all_sessions_up_to_1_0_are_listed_by_the_last_id() {
    for era in [Era::V0_11, Era::V0_13, Era::V1_0] {
        let (admin, recorder) = admin(era, pages(&[A, B, "[]"]));
        let list = admin.list_sessions(ListSessions::new()).unwrap().with_page_size(1);
        assert_eq!(list.collect().await.unwrap().len(), 2);
        let ids = ["", "00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b"];
        assert_eq!(parameters(&recorder.sent(), "page_token"), ids, "{era}");
    }
}

/// Go writes an empty list as `null`: the page after the last of `GET /schemas` up to 1.3.1.
#[tokio::test]
async fn an_empty_list_may_be_null() {
    let recorder = Recorder::new(pages(&[r#"[{"id":"default","schema":{}}]"#, "null"]));
    let mut client = Client::new("http://k.example").unwrap().with_era(Era::V0_8);
    client.connection.recorder = Some(recorder.clone());
    let schemas = client.list_identity_schemas().unwrap().with_page_size(1).collect().await.unwrap();
    assert_eq!(schemas.len(), 1);
    assert_eq!(parameters(&recorder.sent(), "page"), ["", "1"]);
}

#[test]
fn a_filter_that_the_era_ignores_is_not_sent() {
    let one = &[uuid::Uuid::from_u128(1)];
    for (filter, first) in [
        (ListIdentities::new().with_credentials_identifier("ada"), Era::V0_13),
        (ListIdentities::new().with_ids(one), Era::V1_1),
        (ListIdentities::new().with_similar_credentials_identifier("ada"), Era::V1_1),
        (ListIdentities::new().with_organization_id(one[0]), Era::V26),
    ] {
        for era in Era::ALL {
            let (admin, _) = admin(*era, pages(&[A]));
            assert_eq!(admin.list_identities(filter.clone()).is_ok(), *era >= first, "{era}");
        }
    }
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
