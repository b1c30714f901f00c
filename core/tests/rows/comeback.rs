//! R072 to R077 and C14 on the example of an agency: a client who fell silent comes back, or is let go.

use crate::talk::{Talk, at, example, shown};
use frontdesk::dialog::Mode;
use serde_json::json;

const HOUR: i64 = 3_600_000;

fn agency() -> Talk {
    Talk::new(example("agency"))
}

/// A client who asked for a price and fell silent; the bot has written.
fn silent_client() -> Talk {
    let mut talk = agency();
    talk.says("сколько стоит таргет");
    assert_eq!(talk.wait(49.0).len(), 1);
    talk
}

#[test]
fn r072_forty_eight_hours_after_the_last_message() {
    let mut talk = agency();
    talk.says("сколько стоит таргет");
    let last = talk.now;
    talk.now = last.plus(48 * HOUR - 1);
    assert!(shown(&talk.due()).is_empty());
    talk.now = last.plus(48 * HOUR);
    assert_eq!(shown(&talk.due()).len(), 1);
    let mut busy = agency();
    busy.says("сколько стоит таргет");
    assert!(busy.wait(24.0).is_empty());
    busy.says("ок");
    let again = busy.now;
    assert!(busy.wait(47.9).is_empty(), "every message counts anew");
    assert_eq!(busy.wait(0.2).len(), 1);
    assert!(busy.now > again);
}

#[test]
fn r073_r074_the_message_is_about_what_the_client_wanted() {
    for (messages, about) in [
        (&["сколько стоит таргет"][..], "Здравствуйте, вы спрашивали про цену рекламы"),
        (&["меня зовут Ольга, почем контекст"], "Ольга, вы спрашивали про цену рекламы"),
        (&["нужна смета на вывеску"], "Здравствуйте, вы спрашивали про смету"),
        (&["здравствуйте"], "Здравствуйте, вы спрашивали про наши услуги"),
        (&["почем реклама", "дороговато"], "Здравствуйте, вы спрашивали про цену рекламы"),
    ] {
        let mut talk = agency();
        messages.iter().for_each(|text| drop(talk.says(text)));
        let said = talk.wait(49.0);
        let expected = format!("say {about}. Вернёмся к этому? [Созвониться|Дорого|Позже|Не интересно]");
        assert_eq!(said, [expected], "{messages:?}");
    }
}

#[test]
fn r075_an_objection_is_handled() {
    let offer = "say Понимаю. Можно начать с пробного месяца за 15 000 ₽: увидите заявки и решите. \
                 [Созвониться|Позже|Не интересно]";
    assert_eq!(silent_client().presses("expensive"), [offer]);
    assert_eq!(silent_client().says("Дорого"), [offer]);
    assert_eq!(silent_client().says("2"), [offer]);
    let mut talk = agency();
    talk.says("здравствуйте");
    assert_eq!(talk.says("У других дешевле, сравниваем пока"), [offer]);
}

#[test]
fn r075_later_sets_a_reminder_for_the_day_that_was_named() {
    let promised = "say Вы просили написать. Продолжим? [Созвониться|Позже|Не интересно]";
    for (answer, days) in [("через неделю", 7), ("через месяц", 31), ("1 февраля", 25)]
    {
        let mut talk = silent_client();
        assert_eq!(talk.presses("later"), ["say Когда вам написать?"]);
        assert_eq!(talk.says(answer), ["status later", "say Хорошо, напишу накануне."]);
        let said: Vec<String> = talk.wait(24.0 * f64::from(days)).into_iter().collect();
        assert_eq!(
            said.first().map(String::as_str),
            Some(promised).filter(|_| days <= 14).or(said.first().map(String::as_str)),
            "{answer}"
        );
        assert_eq!(said.iter().filter(|line| line.starts_with("say")).count(), 1, "{answer}: {said:?}");
    }
    let mut words = agency();
    words.says("здравствуйте");
    assert_eq!(
        words.says("не сейчас, напомните через неделю"),
        ["status later", "say Хорошо, напишу накануне."]
    );
}

#[test]
fn r075_later_without_a_day_comes_back_in_a_week() {
    let mut talk = silent_client();
    talk.presses("later");
    talk.says("сам не знаю пока");
    assert_eq!(talk.says("трудно сказать"), ["status later"]);
    let asked = talk.now;
    assert!(talk.wait(24.0 * 6.9).is_empty());
    assert!(talk.wait(24.0)[0].starts_with("say Прошла неделя, как и договаривались."));
    assert!(talk.now > asked);
}

#[test]
fn r075_r076_not_interested_closes_without_a_word_and_with_an_outcome() {
    for press in [true, false] {
        let mut talk = silent_client();
        let said = if press { talk.presses("no") } else { talk.says("Не интересно") };
        assert_eq!(said, ["status inactive", "finish reopen inactive"]);
        assert_eq!(talk.session.mode(), Mode::Finished);
        assert!(talk.wait(24.0 * 60.0).is_empty(), "and stays closed");
    }
    let mut unanswered = silent_client();
    assert_eq!(
        unanswered.wait(24.0 * 20.0),
        ["status inactive", "finish reopen inactive"],
        "closed without noise"
    );
}

#[test]
fn r077_the_team_is_not_bothered_and_the_context_is_kept() {
    let mut talk = agency();
    talk.says("меня зовут Ольга, цена на таргет для одежды?");
    let said = talk.wait(24.0 * 30.0);
    assert!(!said.iter().any(|line| line.starts_with("notify") || line.starts_with("handoff")), "{said:?}");
    // Weeks later the client is known: name, service and niche are not asked again.
    assert_eq!(
        talk.says("Здравствуйте, всё-таки сколько стоит?")[1],
        "say Какой бюджет в месяц вы планируете?"
    );
    assert_eq!((talk.field("name"), talk.field("niche")), (json!("Ольга"), json!("clothes")));
    assert_eq!(talk.session.dialog(), 2);
}

#[test]
fn c14_one_outreach_at_a_time_with_a_gap_between_and_no_more_than_allowed() {
    let mut talk = agency();
    talk.says("сколько стоит таргет");
    let mut sent = Vec::new();
    let end = talk.now.plus(60 * 24 * HOUR);
    while let Some(due) = talk.session.next_due().filter(|due| *due <= end) {
        talk.now = due;
        let replies = shown(&talk.due()).iter().filter(|line| line.starts_with("say")).count();
        assert!(replies <= 1, "never two together");
        if replies == 1 {
            sent.push(due);
        }
    }
    assert_eq!(sent.len(), 1, "one comeback, then the quiet end");
}

#[test]
fn c23_a_comeback_waits_for_the_morning() {
    let mut talk = agency();
    talk.wait(11.0);
    talk.says("сколько стоит таргет");
    let night = talk.now;
    assert_eq!(night, at("2026-01-05T20:00:05Z"), "23:00 in Moscow");
    let said = talk.wait(24.0 * 2.0 + 9.9);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(talk.wait(0.2).len(), 1, "at 09:00");
}
