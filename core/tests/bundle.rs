//! Bundles: the same bytes as the definition, nothing that a visitor must not see, and one clear error for damage.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)] // a test may panic

use frontdesk::bot::{Bot, Files};
use frontdesk::error::Code;
use frontdesk::{Event, Key, Timestamp};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

static CLINIC: LazyLock<Bot> = LazyLock::new(|| {
    let files =
        Files::from([("faq.csv".to_string(), include_str!("../examples/clinic/faq.csv").to_string())]);
    Bot::from_yaml(include_str!("../examples/clinic/bot.yaml"), &files).unwrap().bot
});
static CLINIC_BUNDLE: LazyLock<Vec<u8>> = LazyLock::new(|| CLINIC.bundle("client").unwrap());

/// A shop whose staff may ask what its clients must not hear.
const SHOP: &str = r#"
bot: 1
timezone: Europe/Kyiv
region: UA
languages: { main: uk }
channels: [web, telegram]
accounts: { telegram: [hidden_account] }
audience: { staff: { channels: [telegram] } }
words: { password: [таємниця, скарб], greet: [вітання] }
fields: { phone: { type: phone }, order: { type: order, mask: "A-######" } }
faq:
  file: faq.csv
  synonyms: [ [паролик, вхідний код] ]
  items:
    - { ask: [Яка знижка для своїх?], say: Закупівельна ціна 123 грн., audience: staff, then: [ { lead: restock } ] }
    - { ask: [Коли відкриваєтесь?], say: "О дев'ятій." }
  unknown: [ { say: Уточню. }, { handoff: faq_miss } ]
rules:
  - { name: Секретне правило, if: { all: [ { words: password }, { audience: staff } ] }, do: [ { start: inventory } ] }
  - { name: Не для своїх, if: { not: { audience: staff } }, do: [ { tag: visitor } ], go_on: true }
  - { if: { words: greet }, do: [ { say: Вітаємо! } ] }
leads: { restock: { to: [warehouse] }, callback: { need: [phone], to: [crm] } }
handoff: { to: { telegram_admin: { say: "{summary}" } } }
flows:
  inventory: { collect: [order], done: { status: done }, unsure: { do: [ { say: Рахую склад. } ] } }
silence:
  - { after: 1h, if: { audience: staff }, do: [ { say: Чи все пораховано? } ] }
  - { after: 2h, do: [ { say: Чекаємо на вас. } ] }
tests: [ { name: Прихована перевірка, dialog: [ { client: вітання }, { expect: [ { say: Вітаємо! } ] } ] } ]
"#;
const SHOP_TABLE: &str =
    "питання;відповідь;аудиторія\nСкільки на складі?;Сорок ящиків;staff\nДе ви?;На Подолі;\n";

fn shop() -> Bot {
    let files = Files::from([("faq.csv".to_string(), SHOP_TABLE.to_string())]);
    Bot::from_yaml(SHOP, &files).unwrap().bot
}

/// Every turn and session of a dialog.
fn talk(bot: &Bot, channel: &str, texts: &[&str]) -> Vec<String> {
    let mut now = Timestamp::parse("2026-03-28T20:30:00Z").unwrap();
    let key = Key { channel: channel.into(), account: "site".into(), user: "u1".into() };
    let mut session = bot.open(key, now, None);
    let mut out = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        now = now.plus(40 * 60_000);
        let fired = bot.due(&mut session, now).unwrap();
        let turn = bot.step(&mut session, &Event::text(format!("m{number}"), *text), now).unwrap();
        out.extend([fired, turn].map(|turn| serde_json::to_string(&turn).unwrap()));
        out.push(session.snapshot());
    }
    out
}

#[test]
fn says_the_same_as_the_definition() {
    let bundled = Bot::from_bundle(&CLINIC_BUNDLE).unwrap();
    assert_eq!(bundled.hash(), CLINIC.hash());
    let texts = [
        "Привет!",
        "скільки коштує імплант",
        "ljcnfdrf bkb dphjckst",
        "где вы находитесь",
        "болбно ли ставить имплатн?",
        "чините ли вы холодильники",
        "хочу записаться",
        "чистка завтра в 2:30 ночи",
        "меня зовут Анна",
        "8 900 123-45-67",
        "спасибо",
        "собаки",
    ];
    assert_eq!(talk(&bundled, "web", &texts), talk(&CLINIC, "web", &texts));
    let (whole, bundled) = (shop(), Bot::from_bundle(&shop().bundle("client").unwrap()).unwrap());
    let texts = [
        "вітання",
        "де ви",
        "коли відкриваєтесь",
        "таємниця",
        "050 123-45-67",
        "скільки на складі",
        "A-123456",
    ];
    assert_eq!(talk(&bundled, "web", &texts), talk(&whole, "web", &texts));
}

#[test]
fn is_the_same_every_time() {
    assert_eq!(*CLINIC_BUNDLE, CLINIC.bundle("client").unwrap());
}

/// C18.
#[test]
fn holds_nothing_of_another_audience() {
    let bundle = shop().bundle("client").unwrap();
    let found = |text: &str| bundle.windows(text.len()).any(|window| window == text.as_bytes());
    for kept in ["Вітаємо!", "На Подолі", "Чекаємо на вас.", "telegram_admin"] {
        assert!(found(kept), "{kept} must be there");
    }
    for left_out in [
        "знижка для своїх",
        "123 грн",
        "Скільки на складі",
        "Сорок ящиків",
        "Секретне правило",
        "таємниц",
        "скарб",
        "restock",
        "warehouse",
        "inventory",
        "Рахую",
        "паролик",
        "пораховано",
        "hidden_account",
        "faq.csv",
        "Прихована",
        "staff",
    ] {
        assert!(!found(left_out), "{left_out} must not be there");
    }
    let staff = Bot::from_bundle(&shop().bundle("staff").unwrap()).unwrap();
    let asked = ["скільки на складі?", "таємниця"];
    assert_eq!(talk(&staff, "telegram", &asked), talk(&shop(), "telegram", &asked));
    let stranger = Bot::from_bundle(&bundle).unwrap();
    assert!(!talk(&stranger, "telegram", &asked).concat().contains("Сорок"), "whatever channel it is put on");
}

#[test]
fn is_refused_for_an_audience_that_nobody_has_named() {
    let refused = |bot: &Bot, name: &str| bot.bundle(name).map_err(|e| (e.code, e.path, e.hint)).unwrap_err();
    let (code, path, hint) = refused(&shop(), "staf");
    assert_eq!((code, path.as_str()), (Code::UnknownName, "audience"));
    assert_eq!(hint.as_deref(), Some("did you mean `staff`?"));
    assert_eq!(refused(&CLINIC, "clients").2.as_deref(), Some("did you mean `client`?"));
    let bundled = Bot::from_bundle(&shop().bundle("staff").unwrap()).unwrap();
    assert!(bundled.bundle("staff").is_ok() && bundled.bundle("client").is_err(), "it holds no other");
}

#[test]
fn of_another_version_it_says_so() {
    let text = String::from_utf8_lossy(&CLINIC_BUNDLE);
    let (head, _) = text.split_once('\n').unwrap();
    let newer = head.replace(env!("CARGO_PKG_VERSION"), "99.0.0");
    let bundle = [newer.as_bytes(), &CLINIC_BUNDLE[head.len()..]].concat();
    let error = Bot::from_bundle(&bundle).unwrap_err();
    assert_eq!(error.code, Code::BundleInvalid);
    assert!(error.message.contains("99.0.0") && error.hint.is_some(), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_it_is_refused_with_one_error(at in any::<prop::sample::Index>(), bits in 1_u8.., cut in any::<bool>()) {
        let mut bundle = CLINIC_BUNDLE.clone();
        let at = at.index(bundle.len());
        if cut {
            bundle.truncate(at);
        } else {
            bundle[at] ^= bits;
        }
        let error = Bot::from_bundle(&bundle).map(|_| ()).unwrap_err();
        prop_assert_eq!(error.code, Code::BundleInvalid);
    }

    #[test]
    fn damaged_under_a_checksum_made_anew_it_is_refused_or_a_bot(at in any::<prop::sample::Index>(), byte: u8, cut in any::<bool>()) {
        let head = CLINIC_BUNDLE.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let mut contents = CLINIC_BUNDLE[head..].to_vec();
        let at = at.index(contents.len());
        if cut {
            contents.truncate(at);
        } else {
            contents[at] = byte;
        }
        let sum: String = Sha256::digest(&contents).iter().map(|byte| format!("{byte:02x}")).collect();
        let line = format!("frontdesk-bundle {} {sum}\n", env!("CARGO_PKG_VERSION"));
        match Bot::from_bundle(&[line.into_bytes(), contents].concat()) {
            Ok(bot) => prop_assert!(!cut && !bot.hash().is_empty()),
            Err(error) => prop_assert!(!error.message.is_empty()),
        }
    }

    #[test]
    fn what_is_no_bundle_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(Bot::from_bundle(&bytes).map(|_| ()).unwrap_err().code, Code::BundleInvalid);
    }
}
