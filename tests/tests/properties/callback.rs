//! A callback is believed only if it is the flow's.

use crate::scene::cases;
use grantflow_checks::{
    callback::{check, check_all},
    scene::ISSUER,
    secrets::STATE,
};
use proptest::{collection::vec, prelude::*};

/// Any octets, or pairs that come close to a callback.
fn callback() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..200),
        (vec(pair(), 0..8), "|cb\\?|\\?|other\\?|#")
            .prop_map(|(pairs, start)| { format!("{start}{}", pairs.join("&")).into_bytes() }),
    ]
}

fn pair() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        4 => Just("state".to_owned()),
        4 => Just("code".to_owned()),
        2 => Just("iss".to_owned()),
        3 => "st%61te|co%64e|error|error_description|error_uri|response|id_token|access_token|shop",
        1 => "[ -~]{0,8}",
    ];
    let value = prop_oneof![
        6 => Just(STATE.to_owned()),
        3 => Just("SplxlO".to_owned()),
        3 => Just(ISSUER.to_owned()),
        1 => Just(STATE.replacen('A', "%41", 1)),
        1 => "access_denied|%41g|%0A|%FF|%zz|AgIC.{0,40}|",
        1 => "(?s).{0,20}",
    ];
    (name, value).prop_map(|(name, value)| format!("{name}={value}"))
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn only_the_flows_own_callback_is_believed(callback in callback()) {
        check(&callback);
    }

    #[test]
    fn no_sequence_of_callbacks_leads_astray(callbacks in vec(callback(), 0..6)) {
        check_all(&callbacks.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }
}
