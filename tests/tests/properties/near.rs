//! Input that comes close to what is read: whole, damaged, or with something in it that does not
//! belong there.

use grantflow_checks::secrets::{
    ACCESS_TOKEN, ASKED_TOKEN, CLIENT_SECRET, CODE, DEVICE_CODE, REFRESH_TOKEN, REGISTRATION_TOKEN,
    STATE, VERIFIER,
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// A reply with a status, headers, and a body of JSON or a form with these members.
pub(crate) fn reply(
    status: u16,
    members: &'static [(&'static str, &'static str)],
) -> impl Strategy<Value = Vec<u8>> {
    let status = prop_oneof![
        5 => Just(status.to_string()),
        2 => "200|201|204|302|400|401|404|429|500|503",
        1 => "[0-9a-z]{0,6}",
    ];
    let header = prop_oneof![
        5 => Just("Content-Type: application/json\n".to_owned()),
        1 => "Content-Type: (text/html|text/plain|application/x-www-form-urlencoded|[ -~]{0,9})\n",
        1 => "(?i)retry-after: ([0-9]{1,22}|Fri, 31 Dec 2049 23:59:59 GMT|[ -~]{0,30})\n",
        1 => "DPoP-Nonce: [ -~]{0,12}\n",
    ];
    let headers = vec(header, 0..3).prop_map(|headers| headers.concat());
    let body = prop_oneof![6 => json(members), 1 => form(members), 1 => vec(any::<u8>(), 0..60)];
    (status, headers, body).prop_map(|(status, headers, body)| {
        [format!("{status}\n{headers}\n").as_bytes(), &body].concat()
    })
}

/// An object with most of these members, and then damaged now and then.
pub(crate) fn json(
    members: &'static [(&'static str, &'static str)],
) -> impl Strategy<Value = Vec<u8>> {
    let honest = members.iter().map(|(name, value)| {
        let honest = Just(format!("\"{name}\":{value}"));
        let other = value_of_any_kind().prop_map(move |value| format!("\"{name}\":{value}"));
        prop_oneof![8 => honest, 2 => other, 1 => Just(String::new())].boxed()
    });
    let stray = ("(\"[a-z_]{0,9}\"|\"\\\\u0065rror\"|\"error\"|\"scope\")", value_of_any_kind())
        .prop_map(|(name, value)| format!("{name}:{value}"));
    let members = (honest.collect::<Vec<_>>(), vec(stray, 0..2));
    let object = members.prop_map(|(honest, stray)| {
        let all: Vec<_> =
            honest.iter().chain(&stray).filter(|member| !member.is_empty()).cloned().collect();
        format!("{{{}}}", all.join(","))
    });
    let mark = prop_oneof![9 => Just(""), 1 => Just("\u{feff}")];
    (mark, object, damage()).prop_map(|(mark, object, damage)| {
        let mut body = [mark, &object].concat().into_bytes();
        damage.apply(&mut body);
        body
    })
}

/// These members as a form.
fn form(members: &'static [(&'static str, &'static str)]) -> impl Strategy<Value = Vec<u8>> {
    let pair = proptest::sample::select(members).prop_flat_map(|(name, value)| {
        let value = value.trim_matches('"');
        prop_oneof![3 => Just(value.to_owned()), 1 => "[ -~]{0,8}", 1 => "%[0-9a-fg]{1,2}"]
            .prop_map(move |value| format!("{name}={value}"))
    });
    vec(pair, 0..6).prop_map(|pairs| pairs.join("&").into_bytes())
}

/// Any JSON value, secrets among them.
fn value_of_any_kind() -> impl Strategy<Value = String> {
    const SECRETS: [&str; 9] = [
        ACCESS_TOKEN,
        ASKED_TOKEN,
        CLIENT_SECRET,
        CODE,
        DEVICE_CODE,
        REFRESH_TOKEN,
        REGISTRATION_TOKEN,
        STATE,
        VERIFIER,
    ];
    prop_oneof![
        3 => "\"[ !#-\\[\\]-~]{0,20}\"",
        2 => proptest::sample::select(&SECRETS).prop_map(|secret| format!("\"no {secret} here\"")),
        1 => "\"(\\\\u[0-9a-f]{4}|\\\\[nrt\"/]|[^\"\\\\\\x00-\\x1f]){0,8}\"",
        2 => "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?",
        1 => "null|true|false|\\{\\}|\\[\\]|\\[\"a\",\"b\"\\]|\\[\\[\\{\"a\":[0-9]\\}\\]\\]|nul|01",
        1 => "\"https?://(as\\.example|127\\.0\\.0\\.1|evil)(/[a-z]{0,4})?\"",
    ]
}

/// What happens to an input on its way.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    None,
    Cut(Index),
    Put(Index, u8),
    Twice(Index, Index),
}

pub(crate) fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        12 => Just(Damage::None),
        1 => any::<Index>().prop_map(Damage::Cut),
        1 => any::<(Index, u8)>().prop_map(|(at, octet)| Damage::Put(at, octet)),
        1 => any::<(Index, Index)>().prop_map(|(from, to)| Damage::Twice(from, to)),
    ]
}

impl Damage {
    pub(crate) fn apply(&self, input: &mut Vec<u8>) {
        if input.is_empty() {
            return;
        }
        match self {
            Self::None => {}
            Self::Cut(at) => input.truncate(at.index(input.len())),
            Self::Put(at, octet) => {
                let at = at.index(input.len());
                input[at] = *octet;
            }
            Self::Twice(from, to) => {
                let (from, to) = (from.index(input.len()), to.index(input.len()));
                let piece = input[from.min(to)..from.max(to)].to_vec();
                input.extend(piece);
            }
        }
    }
}
