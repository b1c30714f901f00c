//! Bookings: R047 to R055, R166, C11, C12; the clinic, and a salon with a date, an address and a choice of master.

use crate::talk::{Talk, clinic, effect_key, shown};
use frontdesk::dialog::Turn;
use serde_json::{Value, json};

const SALON: &str = r#"
words:
  booking: ["хочу записаться", "запишите", "нужна запись"]
  move: [перенести, "другое время", "другой день"]
  cancel: ["отменить запись", "отмените запись", "не приду"]
fields:
  service: { type: choice, ask: "Какая услуга?", options: [Стрижка, Окрашивание] }
  branch: { type: choice, ask: "Какой адрес удобнее?", options: [Ленина, Садовая] }
  master: { type: choice, ask: "К какому мастеру?", options: [Ирина, Светлана], optional: true }
  day: { type: date, ask: "На какой день?" }
  when: { type: slot, ask: "Выберите время.", from: calendar }
  name: { type: name, ask: "Ваше имя?" }
  phone: { type: phone, ask: "Ваш телефон?" }
  number: { type: order, ask: "Номер заказа?", mask: "Z-####" }
leads: { visit: { need: [name, phone, service, when], to: [crm] } }
flows:
  booking:
    start: { any: [ { words: booking }, { all: [ { has: day }, { flow: none }, { field: day, within: 365d } ] } ] }
    collect: [service, branch, master, day, when, name, phone]
    then: [ { request: book }, { lead: visit }, { status: booked }, { say: "Ждём: {service}, {when}." } ]
    react:
      - { if: { words: move }, do: [ { ask: when } ] }
      - { if: { words: cancel }, do: [ { cancel: booking }, { status: cancelled }, { finish: reopen } ] }
    done: { status: booked }
    unsure: { do: [ { handoff: unclear } ] }
  order:
    start: { words: [заказ] }
    collect: [number]
    then: [ { say: "Смотрю {number}." }, { status: confirmed } ]
    done: { status: confirmed }
    unsure: { repeat: 3, do: [ { handoff: unclear } ] }
"#;

pub(crate) fn says(talk: &mut Talk, text: &str) -> Turn {
    talk.event(json!({"kind": "message", "text": text}))
}

/// The host offers slots, by their starts; each is called `s1`, `s2`, …
pub(crate) fn offers(talk: &mut Talk, asked: &Turn, starts: &[&str]) -> Vec<String> {
    let slot = |(n, start): (usize, &&str)| json!({"id": format!("s{}", n + 1), "start": start});
    let slots: Vec<Value> = starts.iter().enumerate().map(slot).collect();
    talk.answers(&effect_key(asked, "request"), true, json!({ "slots": slots }))
}

/// Everything up to the confirmed lead: a visit at the clinic. The booking is made 30 seconds later.
pub(crate) fn booked(talk: &mut Talk, start: &str) -> Vec<String> {
    let asked = says(talk, "Меня зовут Анна, запишите на чистку");
    offers(talk, &asked, &[start]);
    talk.says("да");
    talk.says("8 900 123-45-67");
    let turn = says(talk, "нет");
    let done = talk.event(json!({"kind": "result", "effect": effect_key(&turn, "request"), "ok": true}));
    talk.answers(&effect_key(&done, "create_lead"), true, Value::Null);
    shown(&done)
}

fn request(turn: &Turn) -> Value {
    let effects = turn.effects.iter().map(|e| serde_json::to_value(e).unwrap());
    effects.rev().find(|e| e["kind"] == "request").unwrap_or_default()
}

#[test]
fn r047_an_intent_or_a_date_starts_a_booking() {
    for (text, date, time) in [
        ("завтра в 15:00", "2026-01-06", "15:00"),
        ("в пятницу вечером", "2026-01-09", "18:00"),
        ("25.12", "2026-12-25", ""),
        ("А можно к вам послезавтра в 11?", "2026-01-07", "11:00"),
        ("третьего февраля утром", "2026-02-03", ""),
        ("есть окошко в среду в 14:30?", "2026-01-07", "14:30"),
        ("сегодня в 19.00 получится?", "2026-01-05", "19:00"),
        ("05.01.2027", "2027-01-05", ""),
    ] {
        let mut talk = Talk::of(SALON);
        assert_eq!(talk.says(text), ["say Какая услуга? [Стрижка|Окрашивание]"], "{text}");
        assert_eq!(talk.session.flow(), Some("booking"), "{text}");
        assert_eq!(talk.field("day")["date"], date, "{text}");
        if !time.is_empty() {
            assert!(
                talk.field("day")["time"].as_str().unwrap().starts_with(time),
                "{text}: {}",
                talk.field("day")
            );
        }
    }
    for text in ["хочу записаться", "Запишите меня, пожалуйста", "мне нужна запись к мастеру"]
    {
        let mut talk = Talk::of(SALON);
        talk.says(text);
        assert_eq!(talk.session.flow(), Some("booking"), "{text}");
    }
}

#[test]
fn c11_no_date_of_the_past_and_none_inside_another_flow_starts_a_booking() {
    for text in ["был у вас 12.03.2024", "вчера звонил вам", "06.01.2027", "в 2019 году"]
    {
        let mut talk = Talk::of(SALON);
        talk.says(text);
        assert_eq!(talk.session.flow(), None, "{text}");
    }
    let mut talk = Talk::of(SALON);
    assert_eq!(talk.says("где мой заказ от 12.03"), ["say Номер заказа?"]);
    assert_eq!(talk.session.flow(), Some("order"));
    talk.says("он был на 15 марта");
    assert_eq!(talk.session.flow(), Some("order"), "a date inside a flow is no wish to book");
    talk.says("Z-1234");
    assert_eq!(talk.session.flow(), None);
}

#[test]
fn r048_service_address_and_specialist_are_told_in_one_message() {
    let mut talk = Talk::of(SALON);
    let turn = says(&mut talk, "Запишите на стрижку к Ирине на Садовой завтра");
    let params = &request(&turn)["params"];
    assert_eq!(request(&turn)["what"], "slots");
    assert_eq!([&params["service"], &params["master"], &params["branch"]], ["Стрижка", "Ирина", "Садовая"]);
    assert_eq!(params["day"]["date"], "2026-01-06", "the calendar knows which day is wanted");
}

#[test]
fn r048_a_new_booking_a_move_and_a_cancellation_are_three_intents() {
    let booked = || {
        let mut talk = Talk::of(SALON);
        let turn = says(&mut talk, "Запишите на стрижку к Ирине на Садовой завтра, меня зовут Анна");
        offers(&mut talk, &turn, &["2026-01-06T12:00:00Z", "2026-01-06T13:00:00Z"]);
        talk.presses("s1");
        let turn = says(&mut talk, "89001234567");
        talk.answers(&effect_key(&turn, "request"), true, Value::Null);
        assert_eq!(talk.session.status(), "booked");
        talk
    };
    for text in ["хочу перенести", "Можно на другой день?", "перенесите, пожалуйста"]
    {
        assert_eq!(booked().says(text), ["request slots"], "{text}");
    }
    for text in ["отмените запись", "Хочу отменить запись", "я не приду"]
    {
        let said = booked().says(text);
        assert_eq!(said, ["request cancel_booking", "status cancelled", "finish reopen cancelled"], "{text}");
    }
    let mut talk = booked();
    let said = talk.says("запишите ещё на окрашивание");
    assert_eq!(said[0], "say На какой день?", "a new one asks its day anew");
}

#[test]
fn r049_slots_are_offered_and_the_data_that_must_be_there_asked() {
    let mut talk = Talk::new(clinic());
    let turn = says(&mut talk, "Хочу записаться на чистку");
    assert_eq!(request(&turn)["params"], json!({"service": "Чистка", "from": "calendar"}));
    let offered = offers(&mut talk, &turn, &["2026-01-08T12:00:00Z", "2026-01-09T06:30:00Z"]);
    assert_eq!(offered, ["say Выберите удобное время. [8 января, 15:00|9 января, 9:30]"]);
    assert_eq!(talk.says("9 января в 9:30"), ["say Как к вам обращаться?"]);
    assert_eq!(talk.says("Пётр"), ["say Оставьте номер — администратор подтвердит запись."]);
    assert_eq!(talk.says("89001234567"), ["say Есть пожелания врачу?"]);
    let book = says(&mut talk, "Боюсь уколов");
    let params = &request(&book)["params"];
    assert_eq!(
        [&params["name"], &params["phone"], &params["note"]],
        ["Пётр", "+79001234567", "Боюсь уколов"]
    );
    assert_eq!(params["when"]["id"], "s2");
}

#[test]
fn c12_a_comment_is_optional_unless_the_author_requires_it() {
    let body = |optional: bool| {
        format!(
            "fields: {{ note: {{ type: text, ask: Пожелания?, optional: {optional} }} }}\nflows: {{ f: {{ start: {{ words: [запись] }}, collect: [note], then: [ {{ say: Готово. }} ], done: {{ flow: f }}, unsure: {{ do: [ {{ handoff: x }} ] }} }} }}"
        )
    };
    for (optional, text, said) in [
        (true, "нет", "say Готово."),
        (true, "пропустить", "say Готово."),
        (false, "?", ""),
        (false, "к окну", "say Готово."),
    ] {
        let mut talk = Talk::of(&body(optional));
        talk.says("запись");
        assert_eq!(talk.says(text).first().map_or("", String::as_str), said, "{optional} {text}");
        assert_eq!(talk.field("note").is_string(), text == "к окну");
    }
}

#[test]
fn r049_a_slot_just_taken_no_slots_and_a_silent_calendar() {
    let mut talk = Talk::new(clinic());
    let asked = says(&mut talk, "Меня зовут Анна, запишите на чистку, пожелание: без пожеланий");
    offers(&mut talk, &asked, &["2026-01-08T12:00:00Z"]);
    talk.says("да");
    talk.says("89001234567");
    let turn = says(&mut talk, "нет");
    let again = talk.event(
        json!({"kind": "result", "effect": effect_key(&turn, "request"), "ok": true, "data": {"taken": true}}),
    );
    assert_eq!(shown(&again), ["request slots"], "whatever ok says, a taken slot is offered anew");
    assert_eq!(offers(&mut talk, &again, &[]), ["handoff unclear normal"], "no slot left: a human");
    let mut talk = Talk::new(clinic());
    let asked = says(&mut talk, "хочу записаться на чистку");
    assert_eq!(talk.wait(0.1), ["handoff unclear normal"]);
    // The answer that comes too late is recorded and changes nothing that the client sees.
    assert!(offers(&mut talk, &asked, &["2026-01-08T12:00:00Z"]).is_empty());
}

#[test]
fn r050_the_confirmation_tells_service_time_lateness_and_the_window_to_cancel() {
    let mut talk = Talk::new(clinic());
    let done = booked(&mut talk, "2026-01-08T12:00:00Z");
    let said = done.last().unwrap();
    for part in ["Чистка", "8 января, 15:00", "Опоздание больше 15 минут", "Отмена не позднее чем за 4 часа"]
    {
        assert!(said.contains(part), "{said}");
    }
    assert!(done.first().unwrap().starts_with("lead visit "), "{done:?}");
}

#[test]
fn r050_nothing_is_confirmed_before_the_calendar_has_booked() {
    let mut talk = Talk::new(clinic());
    let asked = says(&mut talk, "Меня зовут Анна, запишите на чистку");
    offers(&mut talk, &asked, &["2026-01-08T12:00:00Z"]);
    talk.says("да");
    talk.says("89001234567");
    let turn = says(&mut talk, "нет");
    assert_eq!((shown(&turn), talk.session.status()), (vec!["request book".to_string()], "in_work"));
    let failed = talk.answers(&effect_key(&turn, "request"), false, Value::Null);
    assert_eq!(failed, ["handoff unclear normal"]);
    assert_eq!(talk.session.status(), "needs_manager");
}

#[test]
fn r053_who_did_not_come_is_offered_another_time() {
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-05T15:00:00Z");
    talk.says("Спасибо");
    talk.wait(7.0);
    let offer = "say Жаль, что не получилось. Подобрать другое время? [Записаться]";
    assert_eq!(talk.fact("no_show"), [offer]);
    let turn = talk.event(json!({"kind": "message", "button": "Записаться"}));
    assert_eq!(shown(&turn), ["request slots"]);
    assert_eq!(request(&turn)["params"]["name"], "Анна", "what is known is not asked again");
    assert!(request(&turn)["params"].get("when").is_none(), "but for the time");
    // A fact that comes a week after the visit finds nobody to ask.
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-05T15:00:00Z");
    talk.wait(8.0 * 24.0);
    assert!(talk.fact("no_show").is_empty());
}

#[test]
fn r054_a_press_confirms_the_visit() {
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-08T12:00:00Z");
    talk.wait(52.0);
    assert_eq!(talk.presses("Подтвердить"), ["status confirmed", "say Ждём вас!"]);
    assert_eq!(talk.session.status(), "confirmed");
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-08T12:00:00Z");
    talk.wait(52.0);
    assert_eq!(talk.says("подтвердить"), ["status confirmed", "say Ждём вас!"], "typed, it is a press too");
}

#[test]
fn r166_the_reason_of_a_cancellation_is_asked_and_kept() {
    for (answer, reason) in
        [("Заболела, температура", json!("Заболела, температура")), ("не хочу говорить", Value::Null)]
    {
        let mut talk = Talk::new(clinic());
        booked(&mut talk, "2026-01-08T12:00:00Z");
        assert_eq!(
            talk.says("Отмените запись, пожалуйста"),
            ["request cancel_booking", "say Подскажите, что случилось?"]
        );
        let said = talk.says(answer);
        assert_eq!(said[0], "status cancelled");
        assert_eq!(said[2], "finish reopen cancelled");
        assert_eq!(said.len() == 4, reason.is_string(), "{said:?}");
        assert_eq!(talk.field("reason"), reason);
        assert_eq!(talk.session.outcome(), Some("cancelled"));
        assert!(talk.wait(24.0 * 30.0).is_empty(), "a cancelled visit reminds nobody");
    }
}

#[test]
fn a_visit_of_an_earlier_dialog_is_moved_under_its_own_lead() {
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-08T12:00:00Z");
    talk.says("Спасибо!");
    talk.says("Сколько стоит чистка?");
    assert_eq!(talk.session.dialog(), 2);
    let reminder = "say Напоминаем: 8 января, 15:00, Чистка. [Подтвердить|Перенести]";
    assert_eq!(talk.wait(52.0).last().unwrap(), reminder);
    let asked = talk.event(json!({"kind": "message", "button": "Перенести"}));
    offers(&mut talk, &asked, &["2026-01-12T09:00:00Z"]);
    let turn = talk.event(json!({"kind": "message", "button": "s1"}));
    assert_eq!(shown(&turn), ["request book"]);
    let done = talk.event(json!({"kind": "result", "effect": effect_key(&turn, "request"), "ok": true}));
    let update =
        done.effects.iter().map(|e| serde_json::to_value(e).unwrap()).find(|e| e["kind"] == "update_lead");
    let update = update.unwrap_or_else(|| panic!("{:?}", shown(&done)));
    assert_eq!(update["fields"]["when"]["start"], "2026-01-12T09:00:00.000Z");
    assert!(!shown(&done).iter().any(|line| line.starts_with("lead ")), "no second lead: {:?}", shown(&done));
    let rest = talk.wait(5.0 * 24.0);
    let of_visit = rest.iter().filter(|line| !line.contains("Вы спрашивали")).count();
    assert_eq!(of_visit, 3, "two reminders and a question between, of the new time: {rest:?}");
}
