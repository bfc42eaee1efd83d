//! The metadata of resources, and the way to it.

use crate::scene::{ISSUER, Scene, header, json};

const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

#[test]
fn every_resource_has_a_document_of_its_own() {
    let scene = Scene::new();
    for path in ["", "/photos", "/albums", "/me", "/vaulted"] {
        let document = json(&scene.get(&format!("{WELL_KNOWN}{path}")));
        assert_eq!(document["resource"], format!("{ISSUER}{path}"));
        assert_eq!(document["authorization_servers"][0], ISSUER);
        assert_eq!(document["bearer_methods_supported"][0], "header");
    }
    for path in ["/", "/photos/", "/token", "x"] {
        assert_eq!(scene.get(&format!("{WELL_KNOWN}{path}")).status(), 404, "{path}");
    }
}

#[test]
fn below_a_path_the_well_known_part_comes_first() {
    let scene = Scene::with(|config| config.issuer = format!("{ISSUER}/tenant"));
    let document = json(&scene.get(&format!("{WELL_KNOWN}/tenant/photos")));
    assert_eq!(document["resource"], format!("{ISSUER}/tenant/photos"));
    assert_eq!(scene.get(&format!("{WELL_KNOWN}/photos")).status(), 404);
}

#[test]
fn challenges_lead_to_the_document_when_told_to() {
    let expected = format!(r#", resource_metadata="{ISSUER}{WELL_KNOWN}/albums""#);
    let challenges = |scene: Scene| {
        let response = scene.get("/albums");
        let values = response.headers().get_all("www-authenticate").iter();
        values.map(|value| value.to_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for challenge in challenges(Scene::new()) {
        assert!(!challenge.contains("resource_metadata"), "{challenge}");
    }
    let telling = Scene::with(|config| config.resource_metadata_in_challenges = true);
    let told = challenges(telling);
    assert_eq!(told.len(), 2);
    for challenge in told {
        assert!(challenge.ends_with(&expected), "{challenge}");
    }
}

#[test]
fn a_challenge_is_made_for_every_scheme() {
    let response = Scene::new().get("/photos");
    assert_eq!(header(&response, "www-authenticate"), r#"Bearer realm="CloudVault""#);
    let mut all = response.headers().get_all("www-authenticate").iter();
    let last = all.next_back().unwrap().to_str().unwrap();
    assert_eq!(last, r#"DPoP realm="CloudVault", algs="ES256""#);
}
