//! Whether the time of a comparison tells where two values differ, by the method of dudect: Welch's
//! t-test between classes of input. It prints and never fails: a machine's noise proves nothing.
//!
//! `cargo run -q --release -p grantflow-tests --bin dudect [SAMPLES]`
//!
//! An absolute t below 4.5 is no evidence of a difference; the last rows are a comparison that
//! stops at the first difference, to show that one would be seen.

use grantflow::{
    AuthorizationServer, Callback, Client, Entropy, Error, Flow, Pending, Secret, SessionBinding,
    UnixTime,
};
use std::{hint::black_box, time::Instant};

/// How many comparisons one sample times.
const BATCH: usize = 50;
/// How many values each class has, so that no address stands for a class.
const VALUES: usize = 64;
/// What share of the slowest samples is thrown away: interrupts, and other programs.
const SLOWEST: usize = 10;

const STATE: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";
const CLASSES: [&str; 3] = ["equal", "last character differs", "first character differs"];

fn main() -> Result<(), Error> {
    let samples = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(300_000);
    println!("{samples} samples of {BATCH} comparisons for each class; |t| < 4.5 is no evidence");

    let pending = pending()?;
    let callback = |text: String| Callback::from_query(&format!("code=a&state={text}"));
    let callbacks = values().into_iter().map(callback).collect::<Result<Vec<_>, _>>()?;
    report("state (Pending::is_for)", samples, |index| pending.is_for(&callbacks[index]));

    let known = Secret::new(STATE);
    let secrets: Vec<_> = values().into_iter().map(Secret::new).collect();
    report("Secret ==", samples, |index| known == secrets[index]);

    let texts = values();
    report("control: stops early", samples, |index| {
        STATE.bytes().zip(texts[index].bytes()).all(|(a, b)| black_box(a) == black_box(b))
    });
    Ok(())
}

fn pending() -> Result<Pending, Error> {
    let at = |path: &str| format!("https://as.example/{path}").parse();
    let server =
        AuthorizationServer::new(at("token")?).with_authorization_endpoint(at("authorize")?);
    let client = Client::public(server, "id").redirect_uri(at("cb")?.as_str().parse()?).build()?;
    let entropy = Entropy::from_bytes([2; Entropy::LEN]);
    let (_, awaiting) = Flow::new(&client).redirect(entropy, UnixTime::from_secs(0))?;
    Ok(awaiting.suspend(&SessionBinding::new("session")))
}

/// The values of all classes, one of each in turn.
fn values() -> Vec<String> {
    let classes = [STATE.into(), [&STATE[..42], "J"].concat(), ["B", &STATE[1..]].concat()];
    classes.iter().cycle().take(VALUES * CLASSES.len()).cloned().collect()
}

fn report(name: &str, samples: usize, compare: impl Fn(usize) -> bool) {
    let mut times = CLASSES.map(|_| Vec::with_capacity(samples));
    let mut random = Random(88_172_645_463_325_252);
    for _ in 0..samples * CLASSES.len() {
        let index = random.below(VALUES * CLASSES.len());
        let start = Instant::now();
        for _ in 0..BATCH {
            black_box(compare(black_box(index)));
        }
        times[index % CLASSES.len()].push(start.elapsed().as_nanos());
    }
    let classes = times.map(Class::new);
    for (first, second) in [(0, 1), (0, 2), (1, 2)] {
        let t = classes[first].welch_t(&classes[second]);
        println!("{name:24} {:24} {:24} t = {t:+.2}", CLASSES[first], CLASSES[second]);
    }
}

/// What the test needs to know of one class.
struct Class {
    count: f64,
    mean: f64,
    variance: f64,
}

impl Class {
    fn new(mut times: Vec<u128>) -> Self {
        times.sort_unstable();
        times.truncate(times.len() - times.len() / SLOWEST);
        let times: Vec<_> = times.into_iter().map(|time| time as f64).collect();
        let count = times.len() as f64;
        let mean = times.iter().sum::<f64>() / count;
        let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
        Self { count, mean, variance }
    }

    fn welch_t(&self, other: &Self) -> f64 {
        let error = self.variance / self.count + other.variance / other.count;
        (self.mean - other.mean) / error.sqrt()
    }
}

/// Xorshift: which class comes next must follow no pattern, and need not be secret.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
