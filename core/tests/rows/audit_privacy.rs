//! What a log keeps of a client: R151, R157; who reads it: R018, R138, R139, R161, R165.

use crate::journal::{Journal, lines_of, refused, verb};
use crate::talk::{clinic, example};
use frontdesk::bot::{Bot, Files};
use frontdesk::extract::{PhoneOptions, emails, phones};
use serde_json::{Value, json};

const CLINIC: &str = include_str!("../../examples/clinic/bot.yaml");
const TABLE: &str = include_str!("../../examples/clinic/faq.csv");

/// The clinic that keeps so much of a client.
fn keeps(level: &str) -> Bot {
    let definition = CLINIC.replace("text: full, keep", &format!("text: {level}, keep"));
    let files = Files::from([("faq.csv".into(), TABLE.into()), ("log.key".into(), "соль и перец".into())]);
    Bot::from_yaml(&definition, &files).unwrap().bot
}

/// Everything personal, in every place where it can turn up.
fn talk_of(bot: Bot) -> Journal {
    let told = r#"{"name":"Анна Кравец","phone":"+79001234567","chat_url":"https://wa.me/79001234567"}"#;
    let mut journal = Journal::known(bot, "79001234567", told);
    journal.says("Здравствуйте, это Анна Кравец, перезвоните Анне на 8 (900) 123-45-67 или напишите");
    journal.event(json!({"kind": "control", "action": "restart"}));
    journal.says("моя почта anna.kravets собака mail точка ru");
    journal.books("Анна Кравец", "8.900.123-45-67");
    journal.says("мой номер восемь девятьсот сто двадцать три сорок пять шестьдесят семь");
    journal.says("Кравец — через «е», номер 123-45-67, а почта ANNA@Kravets.example?");
    journal.event(json!({"kind": "message", "text": "оператор", "edited": "wamid.79001234567"}));
    journal.event(
        json!({"kind": "operator", "action": "message", "who": "op-3", "text": "Анна, звоню на 89001234567"}),
    );
    journal.event(json!({"kind": "deleted", "of": "wamid.79001234567"}));
    journal.wait(60);
    journal
}

fn personal(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut texts = Vec::new();
    strings(&serde_json::from_str(line).unwrap(), &mut texts);
    let options = PhoneOptions::new(frontdesk::extract::Region::from_code("RU"));
    for text in &texts {
        found.extend(phones(text, &options).map(|p| p.raw.to_string()));
        found.extend(emails(text).map(|e| e.raw.to_string()));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let lower = text.to_lowercase();
        for part in ["анн", "кравец", "anna", "kravets"] {
            found.extend(lower.contains(part).then(|| text.clone()));
        }
        found.extend(["9001234567", "1234567"].iter().filter(|d| digits.contains(**d)).map(|_| text.clone()));
    }
    found
}

fn strings(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, into)),
        Value::Object(keys) => keys
            .iter()
            .filter(|(key, _)| !["hash", "prev", "bot"].contains(&key.as_str()))
            .for_each(|(_, value)| strings(value, into)),
        _ => {}
    }
}

#[test]
fn r151_a_masked_log_holds_no_phone_no_address_and_no_name() {
    for level in ["masked", "reference", "off"] {
        let journal = talk_of(keeps(level));
        for line in &journal.lines {
            assert_eq!(personal(line), Vec::<String>::new(), "{level}: {line}");
        }
        let log = journal.lines.join("\n");
        assert!(log.contains("\"user\":\"[user:") && log.contains("op-3"), "{level}");
        assert_eq!(verb("verify", None, &journal.lines, json!({}))["ok"], true, "{level}");
    }
    // What is not personal stays, and the same value has the same mark.
    let journal = talk_of(keeps("masked"));
    let log = journal.lines.join("\n");
    assert!(log.contains("Как к вам обращаться?") && log.contains("\"flow\":\"booking\""));
    let first = log.split("[phone:").nth(1).unwrap().split(']').next().unwrap();
    assert!(log.matches(first).count() > 3);
    let full = talk_of(clinic());
    assert!(full.lines.iter().any(|line| !personal(line).is_empty()), "the search finds what is there");
}

#[test]
fn r151_a_masked_log_replays_but_for_its_marks() {
    let bot = keeps("masked");
    let journal = talk_of(keeps("masked"));
    let replayed = verb("replay", Some(&bot), &journal.lines, json!({}));
    assert_eq!(replayed["same"], true, "{replayed:#}");
    assert_eq!(replayed["steps"], journal.lines.len());
    let mut other = journal.lines.clone();
    let at = other.iter().position(|line| line.contains("Как к вам обращаться?")).unwrap();
    other[at] = other[at].replace("Как к вам обращаться?", "Имя?");
    assert_eq!(verb("replay", Some(&bot), &other, json!({}))["difference"]["at"], at);
}

#[test]
fn r157_texts_kept_elsewhere_are_found_by_their_reference() {
    let full = talk_of(clinic());
    let masked = verb("mask", Some(&clinic()), &full.lines, json!({"level": "reference", "key": "k"}));
    let lines = lines_of(&masked);
    assert!(lines[0].contains("\"text_ref\":\"") && !lines[0].contains("\"text\":\""), "{}", lines[0]);
    assert_eq!(verb("verify", None, &lines, json!({}))["ok"], true);
    let without = verb("replay", Some(&clinic()), &lines, json!({}));
    assert!(without["skipped"].as_u64().unwrap() > 0, "{without}");
    let with = verb("replay", Some(&clinic()), &lines, json!({"texts": masked["texts"]}));
    assert_eq!((&with["same"], with.get("skipped")), (&json!(true), None), "{with:#}");
}

#[test]
fn r157_a_text_that_is_not_the_one_of_its_reference_is_told() {
    let full = talk_of(clinic());
    let masked = verb("mask", Some(&clinic()), &full.lines, json!({"level": "reference", "key": "k"}));
    let lines = lines_of(&masked);
    let keyed = || {
        let files = Files::from([("faq.csv".into(), TABLE.into()), ("log.key".into(), "k".into())]);
        Bot::from_yaml(CLINIC, &files).unwrap().bot
    };
    let mut texts = masked["texts"].clone();
    let same = verb("replay", Some(&keyed()), &lines, json!({"texts": texts}));
    assert_eq!((&same["same"], same.get("skipped")), (&json!(true), None));
    let (reference, text) = texts.as_object_mut().unwrap().iter_mut().next().unwrap();
    let place = format!("texts.{reference}");
    *text = json!(format!("{}!", text.as_str().unwrap()));
    for name in ["replay", "what_if"] {
        let told = refused(name, Some(&keyed()), &lines, json!({"texts": texts}));
        assert_eq!(told, ("log_edited".to_string(), place.clone()), "{name}");
    }
}

#[test]
fn r142_a_log_that_is_not_whole_is_not_masked() {
    let full = talk_of(clinic()).lines;
    let mask = json!({"level": "masked", "key": "k"});
    let told = |lines: &[String]| refused("mask", None, lines, mask.clone());
    let error = |code: &str, path: &str| (code.to_string(), path.to_string());
    let mut edited = full.clone();
    edited[3] = edited[3].replace("чистку", "лечение");
    assert_eq!(told(&edited), error("log_edited", "records[3]"));
    let mut cut = full.clone();
    cut.remove(2);
    assert_eq!(told(&cut), error("log_truncated", "records[2]"));
    let mut again = full.clone();
    again.insert(4, full[3].clone());
    assert_eq!(told(&again), error("log_duplicated", "records[4]"));
    let mut torn = full.clone();
    torn[5].truncate(40);
    assert_eq!(told(&torn), error("record_invalid", "records[5]"));
    // A part that begins in the middle, and a log whose beginning was forgotten.
    assert_eq!(lines_of(&verb("mask", None, &full[3..], mask.clone())).len(), full.len() - 3);
    let later = json!({"now": "2026-01-05T11:00:40Z", "keep": "2h"});
    let purged = lines_of(&verb("purge", None, &full, later));
    assert!(purged[0].contains("\"purged\"") && purged.len() > 2, "{}", purged.len());
    let masked = lines_of(&verb("mask", None, &purged, mask.clone()));
    assert_eq!(verb("verify", None, &masked, json!({}))["ok"], true);
    let empty = refused("mask", None, &full, json!({"level": "masked", "key": ""}));
    assert_eq!(empty, error("empty", "key"));
}

#[test]
fn r151_a_log_kept_in_full_is_masked_afterwards_and_is_a_chain_again() {
    let full = talk_of(clinic());
    let masked =
        lines_of(&verb("mask", Some(&clinic()), &full.lines, json!({"level": "masked", "key": "k"})));
    for line in &masked {
        assert_eq!(personal(line), Vec::<String>::new(), "{line}");
    }
    assert_eq!(verb("verify", None, &masked, json!({}))["ok"], true);
    let replayed = verb("replay", Some(&clinic()), &masked, json!({}));
    assert_eq!(replayed["same"], true, "{replayed:#}");
    let count = |lines: &[String]| verb("metrics", None, lines, json!({}))["days"].clone();
    assert_eq!(count(&masked), count(&full.lines), "and counts the same");
    let mut edited = masked.clone();
    edited[2] = edited[2].replace("\"active\"", "\"human\"").replace("in_work", "done");
    assert_eq!(verb("verify", None, &edited, json!({}))["broken"]["code"], "log_edited");
}

#[test]
fn r018_r138_r139_a_transcript_shows_who_said_what_and_what_became_of_it() {
    let mut journal = Journal::new(clinic(), "<7>");
    journal.books("Анна", "8 900 123-45-67");
    journal.event(
        json!({"kind": "operator", "action": "message", "who": "olga", "text": "Ждём <вас> & *друзей*"}),
    );
    let text = |options: Value| {
        verb("transcript", Some(&clinic()), &journal.lines, options)["text"].as_str().unwrap().to_string()
    };
    let plain = text(json!({}));
    for part in [
        "telegram · main · <7> · диалог 1 · 2026-01-05",
        "2026-01-05 12:00:05 Клиент: Хочу записаться на чистку",
        "Бот: Как к вам обращаться?",
        "Оператор olga: Ждём <вас> & *друзей*",
        "Система: Статус: booked",
        "Запись: Чистка, 8 января, 15:00 → kommo: name Анна, phone +79001234567",
        "Система: Ответ системы: ✓ kommo #L-77",
    ] {
        assert!(plain.contains(part), "{part} in\n{plain}");
    }
    let why = text(json!({"why": true}));
    assert!(why.contains("Бот: Как к вам обращаться? (flow booking)"), "{why}");
    let html = text(json!({"format": "html"}));
    assert!(
        html.contains("Ждём &lt;вас&gt; &amp; *друзей*") && !html.contains("<вас>") && !html.contains("http")
    );
    let markdown = text(json!({"format": "markdown"}));
    assert!(markdown.contains("**Оператор olga:** Ждём \\<вас\\> & \\*друзей\\*"), "{markdown}");
    let rows = text(json!({"format": "jsonl"}));
    let first: Value = serde_json::from_str(rows.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["who"], &first["kind"], &first["n"]),
        (&json!("client"), &json!("message"), &json!(1))
    );
    assert!(text(json!({"session": {"channel": "web", "account": "a", "user": "u"}})).is_empty());
    assert!(text(json!({"language": "en"})).contains("Client: Хочу"));
}

#[test]
fn r161_five_percent_of_the_dialogs_of_a_week_the_same_ones_in_any_order() {
    let bot = example("staff");
    let mut lines = Vec::new();
    let dialog = |user: usize| {
        let mut journal = Journal::new(example("staff"), &format!("u{user}"));
        journal.says("Какой дресс-код?");
        journal.lines
    };
    for user in 0..41 {
        lines.extend(dialog(user));
    }
    let sample = |lines: &[String]| verb("sample", None, lines, json!({"share": 5}))["weeks"].clone();
    let chosen = sample(&lines);
    assert_eq!((&chosen[0]["week"], &chosen[0]["dialogs"]), (&json!("2026-W02"), &json!(41)));
    assert_eq!(chosen[0]["chosen"].as_array().unwrap().len(), 3, "5 % of 41, rounded up");
    lines.reverse();
    assert_eq!(sample(&lines), chosen);
    assert_eq!(sample(&dialog(1))[0]["chosen"].as_array().unwrap().len(), 1, "at least one");
    assert_eq!(sample(&[]), json!([]));
    let own = verb("sample", Some(&bot), &lines, json!({"week": "2026-W01"}));
    assert_eq!(own["weeks"], json!([]));
}

/// The five steps of R165, from the webhook to the weekly audit.
#[test]
fn r165_from_a_webhook_to_the_weekly_audit() {
    let mut journal = Journal::new(clinic(), "7"); // 1. an event from the webhook, 2. its record kept
    let turn = journal.says("Мой номер 8-900-123-45-67");
    journal.answers(&turn, "create_lead", json!({"target": "kommo", "data": {"id": "D-1"}})); // 3. the CRM answered
    journal.wait(1); // 4. the other target did not: an alert
    assert!(journal.lines.last().unwrap().contains("lead_unconfirmed"));
    assert_eq!(verb("verify", None, &journal.lines, json!({}))["ok"], true); // 5. the week, looked at
    let shown = crate::journal::figures(&journal.lines, json!({}));
    assert_eq!(shown["cases"][0]["missing"], json!(["telegram_admin"]));
    assert_eq!(
        verb("sample", None, &journal.lines, json!({}))["weeks"][0]["chosen"].as_array().unwrap().len(),
        1
    );
}
