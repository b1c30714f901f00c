//! Proof and retention: R142, R163, and what is wrong with a log told apart.

use crate::journal::{Journal, lines_of, refused, verb};
use crate::talk::clinic;
use serde_json::{Value, json};

fn log(user: &str) -> Vec<String> {
    let mut journal = Journal::new(clinic(), user);
    journal.books("Анна", "8 900 123-45-67");
    journal.wait(100);
    journal.lines
}

/// The code and place of the first broken record; none of a log that is whole.
fn broken(lines: &[String], options: Value) -> Option<(String, u64)> {
    let verdict = verb("verify", None, lines, options);
    assert_eq!(verdict["ok"], verdict.get("broken").is_none());
    let broken = verdict.get("broken")?;
    Some((broken["code"].as_str()?.to_string(), broken["at"].as_u64()?))
}

fn found(lines: &[String]) -> Option<(String, u64)> {
    broken(lines, json!({}))
}

fn code(code: &str, at: u64) -> Option<(String, u64)> {
    Some((code.to_string(), at))
}

#[test]
fn r142_a_whole_log_is_whole_however_sessions_are_mixed() {
    let (one, other) = (log("1"), log("2"));
    assert_eq!(found(&one), None);
    let mixed: Vec<String> = one.iter().zip(&other).flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
    assert_eq!(found(&mixed), None);
    let verdict = verb("verify", None, &mixed, json!({}));
    assert_eq!((&verdict["sessions"], &verdict["records"]), (&json!(2), &json!(mixed.len())));
}

#[test]
fn r142_what_is_wrong_is_told_apart_with_the_first_broken_record() {
    let whole = log("1");
    assert!(whole.len() >= 10);
    let mut edited = whole.clone();
    edited[3] = edited[3].replace("Анна", "Инна");
    assert_eq!(found(&edited), code("log_edited", 3));
    let mut cut = whole.clone();
    cut.remove(4);
    assert_eq!(found(&cut), code("log_truncated", 4));
    assert_eq!(found(&whole[3..]), code("log_truncated", 0));
    let mut swapped = whole.clone();
    swapped.swap(3, 4);
    assert_eq!(found(&swapped), code("log_reordered", 3));
    let mut late = whole.clone();
    let moved = late.remove(2);
    late.insert(7, moved);
    assert_eq!(found(&late), code("log_reordered", 2));
    let mut doubled = whole.clone();
    doubled.insert(6, doubled[3].clone());
    assert_eq!(found(&doubled), code("log_duplicated", 6));
    let mut broken_off = whole.clone();
    let last = broken_off.len() - 1;
    let half: String = broken_off[last].chars().take(80).collect();
    broken_off[last] = half.clone();
    assert_eq!(found(&broken_off), code("log_truncated", last as u64));
    let mut unreadable = whole.clone();
    unreadable[2] = half;
    assert_eq!(found(&unreadable), code("record_invalid", 2));
}

#[test]
fn r142_a_foreign_record_is_one_of_another_history_session_or_bot() {
    let whole = log("1");
    let mut other = Journal::new(clinic(), "1");
    other.says("А где вы находитесь?");
    other.says("спасибо");
    let mut joined = whole.clone();
    joined.insert(3, other.lines[1].clone());
    assert_eq!(found(&joined), code("log_foreign", 3));
    // The history goes on from a session that was stored too early.
    joined = vec![whole[0].clone(), other.lines[1].clone()];
    assert_eq!(found(&joined), code("log_foreign", 1));
    let key = |user: &str| json!({"channel": "telegram", "account": "main", "user": user});
    assert_eq!(broken(&whole, json!({"session": key("1")})), None);
    assert_eq!(broken(&log("2"), json!({"session": key("1")})), code("log_foreign", 0));
    assert_eq!(broken(&whole, json!({"bots": [clinic().hash()]})), None);
    assert_eq!(broken(&whole, json!({"bots": ["ab"]})), code("log_foreign", 0));
}

#[test]
fn r142_a_missing_end_shows_against_the_hash_that_the_session_holds() {
    let whole = log("1");
    let last: Value = serde_json::from_str(whole.last().unwrap()).unwrap();
    let head = json!({"heads": [{"session": last["session"], "hash": last["hash"]}]});
    assert_eq!(broken(&whole, head.clone()), None);
    let cut = &whole[..whole.len() - 2];
    assert_eq!(found(cut), None, "a chain alone does not know its end");
    assert_eq!(broken(cut, head), code("log_truncated", cut.len() as u64));
}

#[test]
fn r142_a_log_is_verified_part_by_part_and_after_another_program_wrote_it() {
    let whole = log("1");
    let (first, second) = whole.split_at(5);
    let verdict = verb("verify", None, first, json!({"from": []}));
    assert_eq!(broken(second, json!({"from": verdict["heads"]})), None);
    assert_eq!(found(second), code("log_truncated", 0));
    // As `json.dumps` writes it: spaces, and escapes for all that is not ASCII.
    let spaced = |line: &String| {
        let escaped = line.chars().map(|c| {
            if c.is_ascii() {
                c.to_string()
            } else {
                c.encode_utf16(&mut [0; 2]).iter().map(|u| format!("\\u{u:04x}")).collect()
            }
        });
        escaped.collect::<String>().replace("\":", "\": ")
    };
    assert_eq!(found(&whole.iter().map(spaced).collect::<Vec<_>>()), None);
    // As a store writes it that sorts keys.
    let sorted = |line: &String| serde_json::from_str::<Value>(line).unwrap().to_string();
    assert_eq!(found(&whole.iter().map(sorted).collect::<Vec<_>>()), None);
}

#[test]
fn r142_records_that_changed_nothing_may_be_kept_or_not() {
    let mut journal = Journal::new(clinic(), "1");
    let kept = |journal: &mut Journal, id: &str| {
        let turn = journal.talk.event_called(id, json!({"kind": "message", "text": "привет"}));
        journal.lines.push(serde_json::to_string(&turn.record).unwrap());
    };
    kept(&mut journal, "a");
    kept(&mut journal, "a");
    let turn = journal.talk.due();
    journal.lines.push(serde_json::to_string(&turn.record).unwrap());
    kept(&mut journal, "b");
    kept(&mut journal, "a");
    assert_eq!(found(&journal.lines), None, "as they came");
    let chained = [journal.lines[0].clone(), journal.lines[3].clone()];
    assert_eq!(found(&chained), None, "and without them");
    journal.lines[1] = journal.lines[1].replace("привет", "пока");
    assert_eq!(found(&journal.lines), code("log_edited", 1), "but not edited");
}

#[test]
fn r163_what_is_older_than_the_definition_keeps_is_forgotten_and_the_chain_holds() {
    let mut journal = Journal::new(clinic(), "1");
    journal.says("Здравствуйте");
    journal.says("Мой номер 8-900-123-45-67");
    journal.wait(1);
    let turn = journal.event(json!({"kind": "control", "action": "restart"}));
    let mut over = Journal::new(clinic(), "2");
    over.says("А где вы находитесь?");
    let before = turn.record.now;
    journal.wait(30 * 24);
    journal.says("А где вы находитесь?");
    journal.lines.extend(over.lines);
    let keep = json!({"now": journal.talk.now, "keep": "14d"});
    let purged = verb("purge", None, &journal.lines, keep);
    let left = lines_of(&purged);
    assert!(left.len() < journal.lines.len() && purged["purged"].as_u64().unwrap() > 3);
    assert_eq!(found(&left), None, "{left:#?}");
    assert!(!left.join("").contains("900") && !left.join("").contains("Здравствуйте"));
    let stones: Vec<&String> = left.iter().filter(|line| line.contains("\"purged\"")).collect();
    assert_eq!(stones.len(), 2, "one for each session");
    assert!(stones.iter().all(|stone| !stone.contains("session") && !stone.contains("telegram")));
    // The bot's own `keep` of twelve months forgets nothing yet; again a month later all of it.
    let bot = clinic();
    let now = json!({"now": before});
    assert_eq!(verb("purge", Some(&bot), &journal.lines, now)["purged"], 0);
    let again =
        verb("purge", None, &left, json!({"now": journal.talk.now.plus(60 * 86_400_000), "keep": "1mo"}));
    let stones = lines_of(&again);
    assert_eq!((stones.len(), found(&stones)), (2, None), "a tombstone for a tombstone: {stones:#?}");
    assert!(stones.iter().all(|stone| stone.contains("purged")));
    // What is cut without a tombstone shows.
    let bare: Vec<String> = left.into_iter().filter(|line| !line.contains("\"purged\"")).collect();
    assert_eq!(found(&bare), code("log_truncated", 0));
    let keep = |keep: &str| refused("purge", None, &[], json!({"now": "2026-01-05T09:00:00Z", "keep": keep}));
    assert_eq!(keep("long"), ("duration_invalid".to_string(), "keep".to_string()));
}

#[test]
fn r142_an_edit_that_leaves_no_record_is_an_edit_and_no_broken_line() {
    let lines = log("7");
    let mut renamed = lines.clone();
    renamed[1] = renamed[1].replace("\"account\"", "\"akkount\"");
    assert_eq!(found(&renamed), code("log_edited", 1));
    let mut cut = lines.clone();
    let half = cut[1].chars().count() / 2;
    cut[1] = cut[1].chars().take(half).collect();
    assert_eq!(found(&cut), code("record_invalid", 1));
}

#[test]
fn r142_a_whole_line_that_is_no_record_is_no_end_that_breaks_off() {
    for line in ["{}", "null", "[]", "{\"n\":1}", "bot: 1"] {
        let mut lines = log("8");
        lines.push(line.to_string());
        assert_eq!(found(&lines), code("record_invalid", lines.len() as u64 - 1), "{line}");
    }
    let mut lines = log("8");
    lines[0].insert(0, '\u{feff}');
    assert_eq!(found(&lines), None, "a byte order mark");
}
