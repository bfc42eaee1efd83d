//! What an application keeps goes through serde and comes back as it was.

use crate::scene::{NOW, awaiting, cases, client, scope, session, vschar, with_redirect};
use grantflow::{
    ApplicationType, AuthorizationServer, Client, ClientMetadata, Exchange, Flow, IssuerMatch,
    Pending, Scope, Secret, SecureUrl, StoredTokens, TokenType, UnixTime,
};
use proptest::{collection::vec, option, prelude::*};

fn url() -> impl Strategy<Value = SecureUrl> {
    "https://as\\.example(:8443)?(/[a-z0-9_~-]{1,6}){0,3}(\\?[a-z]=[a-z0-9%]{0,3})?"
        .prop_filter_map("no URL", |text| SecureUrl::parse(&text).ok())
}

fn issuer_match() -> impl Strategy<Value = IssuerMatch> {
    prop_oneof![
        Just(IssuerMatch::Exact),
        Just(IssuerMatch::TrailingSlash),
        "https://[ -~]{0,20}".prop_map(IssuerMatch::Template),
    ]
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_server_comes_back_as_it_was(
        token in url(), others in vec(option::of(url()), 7), how in issuer_match(),
        methods in option::of(vec("[A-Za-z0-9]{1,6}|(?s).{0,4}", 0..4)), has_issuer: bool, iss: bool,
    ) {
        let mut server = AuthorizationServer::new(token).with_iss_required(iss).with_issuer_match(how);
        if has_issuer {
            server = server.with_issuer("https://as.example/t".parse().unwrap());
        }
        if let Some(methods) = methods {
            server = server.with_code_challenge_methods_supported(methods);
        }
        let with: [fn(AuthorizationServer, SecureUrl) -> AuthorizationServer; 7] = [
            AuthorizationServer::with_authorization_endpoint,
            AuthorizationServer::with_device_authorization_endpoint,
            AuthorizationServer::with_introspection_endpoint,
            AuthorizationServer::with_pushed_authorization_request_endpoint,
            AuthorizationServer::with_registration_endpoint,
            AuthorizationServer::with_revocation_endpoint,
            AuthorizationServer::with_userinfo_endpoint,
        ];
        for (with, url) in with.into_iter().zip(others) {
            server = url.into_iter().fold(server, with);
        }
        let written = serde_json::to_string(&server).unwrap();
        prop_assert_eq!(&serde_json::from_str::<AuthorizationServer>(&written).unwrap(), &server);
        let value = serde_json::to_value(&server).unwrap();
        prop_assert_eq!(&serde_json::from_value::<AuthorizationServer>(value).unwrap(), &server);
    }

    #[test]
    fn a_pending_flow_goes_through_serde(scope in scope()) {
        let flow = Flow::new(&client()).scope(&scope).unwrap();
        let (_, awaiting) = crate::scene::start(flow, grantflow::Entropy::from_os().unwrap());
        let pending = awaiting.suspend(&session());
        let json = serde_json::to_string(&pending).unwrap();
        let again: Pending = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(again.to_text(), pending.to_text());
        prop_assert!(Flow::resume(&client(), &again, &session()).is_ok());
    }

    #[test]
    fn imported_tokens_go_through_serde(
        access in vschar(), refresh in option::of(vschar()), end in option::of(any::<u64>()),
        scope in scope(), is_bound: bool,
    ) {
        let token_type = if is_bound { TokenType::DPoP } else { TokenType::Bearer };
        let mut stored = StoredTokens::import(access.as_str(), token_type).unwrap();
        if let Some(refresh) = &refresh {
            stored = stored.with_refresh_token(refresh.as_str()).unwrap();
        }
        if let Some(end) = end {
            stored = stored.with_expires_at(UnixTime::from_secs(end));
        }
        let stored = stored.with_scope(Scope::parse(&scope).unwrap());
        let json = serde_json::to_string(&stored).unwrap();
        let again: StoredTokens = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), json);
        let shown = format!("{again:?}");
        prop_assert!(!shown.contains(&access) || access.len() < 20);
        let flow = Flow::restore(&client(), again);
        prop_assert_eq!(flow.is_ok(), !is_bound);
        if let Ok(flow) = flow {
            let tokens = flow.tokens();
            prop_assert_eq!(tokens.access_token().expose(), access);
            prop_assert_eq!(tokens.refresh_token().map(Secret::expose), refresh.as_deref());
            prop_assert_eq!(tokens.expires_at().map(UnixTime::as_secs), end);
            prop_assert_eq!(tokens.scope().as_str(), scope);
        }
    }

    #[test]
    fn what_another_client_stored_is_not_taken_up(id in "[ -~]{1,20}", other in "[ -~]{1,20}") {
        prop_assume!(id != other);
        let of = |id: &str| with_redirect(Client::public(crate::scene::server(), id)).unwrap();
        let (own, other) = (of(&id), of(&other));
        let (_, awaiting) = awaiting(&own);
        let pending = awaiting.suspend(&session());
        prop_assert!(Flow::resume(&own, &pending, &session()).is_ok());
        prop_assert!(Flow::resume(&other, &pending, &session()).is_err());
        let flow = Flow::restore(&own, StoredTokens::import("a", TokenType::Bearer).unwrap()).unwrap();
        let stored = flow.store();
        prop_assert!(Flow::restore(&own, stored.clone()).is_ok());
        prop_assert!(Flow::restore(&other, stored).is_err());
    }

    #[test]
    fn metadata_of_a_client_is_sent_as_it_was_set(
        name in "(?s).{0,20}", scope in scope(), extra in "(?s).{0,20}", is_native: bool,
    ) {
        let kind = if is_native { ApplicationType::Native } else { ApplicationType::Web };
        let uri = "https://client.example/cb".parse().unwrap();
        let metadata = ClientMetadata::new(kind, [uri])
            .with_client_name(&name)
            .with_scope(&Scope::parse(&scope).unwrap())
            .with("software_id", &extra)
            .unwrap();
        let endpoint = "https://as.example/register".parse().unwrap();
        let server = crate::scene::server().with_registration_endpoint(endpoint);
        let request = server.register(&metadata).unwrap().request(NOW).unwrap();
        let sent: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
        prop_assert_eq!(&sent["client_name"], &name);
        prop_assert_eq!(&sent["scope"], &scope);
        prop_assert_eq!(&sent["software_id"], &extra);
        prop_assert_eq!(&sent["redirect_uris"][0], "https://client.example/cb");
    }

    #[test]
    fn another_browser_never_takes_a_login_up(own in "(?s).{0,30}", other in "(?s).{0,30}") {
        prop_assume!(own != other);
        let (own, other) = (grantflow::SessionBinding::new(&own), grantflow::SessionBinding::new(&other));
        let pending = awaiting(&client()).1.suspend(&own);
        prop_assert!(Flow::resume(&client(), &pending, &other).is_err());
        prop_assert!(Flow::resume(&client(), &pending, &own).is_ok());
    }
}
