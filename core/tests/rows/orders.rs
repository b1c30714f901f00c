//! R056 to R063, R090 and the fixtures of R031, on the example of a shop.

use crate::talk::{Talk, effect_key, example, shown, silent};
use frontdesk::dialog::Turn;
use serde_json::{Value, json};

const ASK_ORDER: &str = "say Напишите номер заказа: он в письме и СМС, например A-123456. Если его нет под \
                         рукой, пришлите телефон, на который оформляли.";
const ASK_PHONE: &str = "say И телефон, на который оформлен заказ: так мы убедимся, что заказ ваш.";
const CHECK_1: &str = "say Проверим вместе. Адрес и подъезд в заказе указаны верно?";
const CHECK_2: &str = "say Посмотрите у двери, в почтовом ящике и у консьержа. Посылка там?";
const CHECK_3: &str = "say Спросите соседей и тех, кто был дома. Посылка у них?";

fn shop() -> Talk {
    Talk::new(example("shop"))
}

fn write(talk: &mut Talk, text: &str) -> Turn {
    talk.event(json!({"kind": "message", "text": text}))
}

/// A shop that was asked for an order and has sent the request; with the key of the request.
fn asked(message: &str) -> (Talk, String) {
    let mut talk = shop();
    let turn = write(&mut talk, message);
    assert_eq!(shown(&turn), ["request order"], "{message}");
    let key = effect_key(&turn, "request");
    (talk, key)
}

fn told(data: Value) -> Vec<String> {
    let (mut talk, key) = asked("где мой заказ A-123456, телефон +7 900 123-45-67");
    talk.answers(&key, true, data)
}

#[test]
fn r056_where_is_my_order() {
    for text in [
        "Где мой заказ?",
        "где мой заказ",
        "Здравствуйте! а где же мой заказ",
        "Подскажите статус заказа",
        "когда привезут мой заказ?",
        "Хочу отследить посылку",
        "что с моим заказом",
        "Де моє замовлення?",
        "Where is my order?",
    ] {
        let mut talk = shop();
        let said = talk.says(text);
        assert_eq!(talk.session.flow(), Some("track"), "{text}");
        assert_eq!(said.len(), 1, "{text}: {said:?}");
    }
    assert_eq!(shop().says("Где мой заказ?"), [ASK_ORDER]);
}

#[test]
fn r056_r061_delivered_by_the_data_but_not_in_fact() {
    for text in [
        "Отмечено как доставлено, но у меня нет",
        "отмечен доставленным, я его в глаза не видел",
        "Статус «доставлено», а посылки нет",
        "я ничего не получал, хотя пишут доставлено",
        "заказ не пришел",
        "Мені не доставили, позначено як доставлено",
        "It says delivered but I never received it",
    ] {
        let mut talk = shop();
        talk.says(text);
        assert_eq!(talk.session.flow(), Some("dispute"), "{text}");
    }
    assert_eq!(shop().says("Отмечено как доставлено, но у меня нет"), [CHECK_1]);
}

#[test]
fn r057_an_order_number_wins_over_a_phone_and_stands_alone() {
    for (text, number) in [
        ("A-123456", "A-123456"),
        ("а–654321", "A-654321"),
        ("заказ A-890012, это не телефон", "A-890012"),
        ("A-123456?", "A-123456"),
    ] {
        let mut talk = shop();
        assert_eq!(talk.says(text), [ASK_PHONE], "{text}");
        assert_eq!(talk.field("order"), number, "{text}");
        assert_eq!(talk.field("phone"), Value::Null, "{text}");
    }
}

#[test]
fn r058_four_classes_of_an_order() {
    let delayed = told(json!({"status": "delayed", "eta": "12 января"}));
    assert_eq!(
        delayed[0],
        "say Заказ задерживается, простите. Новая дата: 12 января. Как поступим? [Подожду|Изменить \
         адрес|Вернуть деньги]"
    );
    let usual = told(json!({"status": "in_transit", "eta": "9 января"}));
    assert_eq!(usual, ["say Заказ в пути. Ждите его 9 января.", "status informed"]);
    let delivered = told(json!({"status": "delivered", "eta": "вчера"}));
    assert_eq!(
        delivered[0],
        "say По нашим данным, заказ доставлен вчера. Он у вас? [Да, получил|Нет, не получал]"
    );
    for text in
        ["Привезли разбитую тарелку", "кружка треснула", "заказ пришёл сломанным", "товар бракованный"]
    {
        let mut talk = shop();
        talk.says(text);
        assert_eq!(talk.session.flow(), Some("damage"), "{text}");
    }
}

#[test]
fn r059_an_identity_is_proved_before_a_status_is_told() {
    let mut talk = shop();
    assert_eq!(talk.says("Где мой заказ?"), [ASK_ORDER]);
    assert_eq!(talk.says("A-123456"), [ASK_PHONE], "the number alone tells nothing");
    let turn = write(&mut talk, "8 900 123-45-67");
    assert_eq!(shown(&turn), ["request order"], "the phone proves an identity and is no lead (C7)");
    let params = serde_json::to_value(&turn.effects).unwrap();
    assert!(params.to_string().contains(r#""params":{"order":"A-123456","phone":"+79001234567"}"#));
    let key = effect_key(&turn, "request");
    let said = talk.answers(&key, true, json!({"status": "in_transit", "eta": "завтра", "verified": true}));
    assert_eq!(said, ["say Заказ в пути. Ждите его завтра.", "status informed"]);
}

#[test]
fn r059_c7_without_a_proof_no_status_is_told() {
    for status in ["in_transit", "delayed", "delivered", "в пути"] {
        let said = told(json!({"status": status, "eta": "завтра", "amount": 90000, "verified": false}));
        assert_eq!(
            said,
            [
                "say Не нахожу такого заказа: данные не совпали. Проверим ещё раз? [Ввести заново|Позвать сотрудника]"
            ],
            "{status}"
        );
    }
}

#[test]
fn r059_a_phone_in_place_of_a_number_finds_the_order_with_a_name() {
    for first in ["+7 900 123-45-67", "вот телефон 89001234567"] {
        let mut talk = shop();
        talk.says("где заказ");
        assert_eq!(talk.says(first), ["say На чьё имя оформлен заказ?"], "{first}");
        assert_eq!(talk.says("Анна Петрова"), ["request order"]);
    }
    for words in ["номера нет", "не помню номер заказа", "потеряла номер", "я не знаю его номер"]
    {
        let mut talk = shop();
        talk.says("где заказ");
        assert_eq!(talk.says(words), [ASK_PHONE], "{words}");
        assert_eq!(talk.says("89001234567"), ["say На чьё имя оформлен заказ?"]);
    }
}

#[test]
fn r060_a_delay_offers_to_wait_to_change_the_address_or_a_refund() {
    let delayed = || {
        let (mut talk, key) = asked("где мой заказ A-123456, телефон +7 900 123-45-67");
        talk.answers(&key, true, json!({"status": "delayed"}));
        talk
    };
    assert_eq!(delayed().presses("wait"), ["say Спасибо за терпение! Напишем, как только заказ выедет."]);
    assert_eq!(delayed().says("1"), ["say Спасибо за терпение! Напишем, как только заказ выедет."]);
    let mut address = delayed();
    assert_eq!(address.says("изменить адрес"), ["say Напишите новый адрес: город, улица, дом, квартира."]);
    let said = address.says("Казань, Баумана 5, кв. 2");
    assert!(said[0].starts_with("lead address_change new_address=Казань, Баумана 5, кв. 2"), "{said:?}");
    let mut refund = delayed();
    assert!(refund.presses("Вернуть деньги")[0].starts_with("say Подскажите причину"));
    assert!(
        refund.says("не дождалась, слишком долго")[0]
            .starts_with("lead refund order=A-123456 phone=+79001234567 reason=late")
    );
}

#[test]
fn r060_r031_the_warehouse_tells_of_a_delay_by_itself() {
    let mut talk = shop();
    let fact = json!({"kind": "fact", "name": "order_status", "data": {"status": "delayed", "order": "A-5"}});
    let said = shown(&talk.event(fact));
    assert!(
        said[0].contains("A-5 задерживается") && said[0].contains("[Подожду|Изменить адрес|Вернуть деньги]")
    );
    assert_eq!(talk.session.status(), "informed");
    let mut quiet = shop();
    let fact = json!({"kind": "fact", "name": "order_status", "data": {"status": "packed"}});
    assert!(shown(&quiet.event(fact)).is_empty(), "no other status is news");
}

#[test]
fn r061_three_checks_come_before_the_escalation() {
    let mut talk = shop();
    assert_eq!(talk.says("Отмечено как доставлено, но у меня нет"), [CHECK_1]);
    assert_eq!(talk.says("да, всё верно"), [CHECK_2]);
    assert_eq!(talk.says("неа"), [CHECK_3]);
    assert_eq!(talk.says("нет"), [ASK_ORDER]);
    assert_eq!(talk.says("A-123456"), [ASK_PHONE]);
    let said = talk.says("8 900 123-45-67");
    assert!(said[0].starts_with("lead ticket"), "{said:?}");
    assert_eq!(said[2], "handoff dispute high");
}

#[test]
fn r061_a_parcel_found_on_the_way_needs_no_ticket() {
    for yes_at in [2, 3] {
        let mut talk = shop();
        talk.says("заказ не пришел");
        talk.says("да");
        if yes_at == 3 {
            talk.says("нет");
        }
        let said = talk.says("да!");
        assert_eq!(said, ["say Отлично! Приятных покупок.", "status done", "finish reopen done"]);
    }
}

#[test]
fn r061_a_second_dispute_asks_its_checks_again() {
    let mut talk = shop();
    for answer in ["заказ A-123456 не пришел", "да", "нет", "нет", "89001234567"] {
        talk.says(answer);
    }
    talk.operator("joined");
    talk.control("resume");
    assert_eq!(talk.says("опять не доставили"), [CHECK_1]);
}

#[test]
fn r062_expensive_orders_and_disputes_get_a_priority_ticket_and_a_human() {
    for (amount, escalated) in [(json!(29_999), false), (json!(30_000), true), (json!("30000.01"), true)] {
        let said = told(json!({"status": "delayed", "amount": amount}));
        assert_eq!(
            said.contains(&"handoff expensive_order high".to_string()),
            escalated,
            "{amount}: {said:?}"
        );
        assert_eq!(said.iter().any(|line| line.starts_with("lead ticket")), escalated, "{amount}");
    }
    let lost = told(json!({"status": "lost", "amount": 45_000}));
    assert!(lost.contains(&"handoff expensive_order high".to_string()));
    let fine = told(json!({"status": "in_transit", "amount": 45_000}));
    assert!(
        !fine.iter().any(|line| line.starts_with("handoff")),
        "an expensive order on its way is no trouble"
    );
}

#[test]
fn r063_the_shop_answers_at_night_as_by_day() {
    for hour in [0.0, 6.0, 12.0, 15.0] {
        let mut talk = shop();
        talk.wait(hour);
        assert_eq!(talk.says("Где мой заказ?"), [ASK_ORDER], "{hour} hours after noon");
    }
}

#[test]
fn r031_seven_events_each_with_its_reaction() {
    let first = |lines: Vec<String>| lines.into_iter().next().unwrap_or_default();
    assert!(first(shop().says("Есть ли самовывоз?")).starts_with("say Да, на складе"), "a message");
    let mut agency = Talk::new(example("agency"));
    assert!(first(agency.says("цена на таргет?")).starts_with("say Ведение таргета стоит"), "a price");
    let mut clinic = Talk::new(crate::talk::clinic());
    assert_eq!(first(clinic.says("хочу записаться")), "say Какая услуга нужна? [Чистка|Лечение|Имплант]");
    let delay = json!({"kind": "fact", "name": "order_status", "data": {"status": "delayed"}});
    assert!(first(shown(&shop().event(delay))).contains("задерживается"), "a delay");
    assert_eq!(first(shop().says("Хочу вернуть деньги за кастрюлю")), ASK_ORDER, "a refund");
    let mut lost = Talk::new(example("agency"));
    lost.says("сколько стоит");
    assert!(first(lost.wait(49.0)).contains("Вернёмся к этому?"), "a client who fell silent");
    let photo = json!({"kind": "message", "attachments": [{"kind": "photo", "ref": "p"}]});
    assert_eq!(first(shown(&shop().event(photo))), ASK_ORDER, "a photo of the problem, without a word");
}

#[test]
fn r032_a_message_a_status_and_a_timer_are_events() {
    let mut talk = shop();
    assert_eq!(talk.says("Где мой заказ?"), [ASK_ORDER]);
    assert!(!talk.fact("unheard_of").iter().any(|line| line.starts_with("say")));
    assert_eq!(talk.wait(73.0), ["status inactive", "finish reopen inactive"]);
}

#[test]
fn r033_r034_r035_labels_actions_and_results_stand_in_the_record() {
    let mut talk = shop();
    let turn = write(&mut talk, "Отмените срочно заказ A-909090, передумал");
    let record = serde_json::to_value(&turn.record).unwrap();
    assert_eq!(record["matched"]["flow"], "cancellation");
    assert_eq!(record["fields"]["reason"], "mind");
    assert_eq!(record["status"], "cancelled", "what done looks like");
    let kinds: Vec<&str> =
        record["effects"].as_array().unwrap().iter().filter_map(|e| e["kind"].as_str()).collect();
    for kind in ["set_field", "create_lead", "set_status", "reply", "finish"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
}

#[test]
fn r036_every_flow_has_a_safe_way_out() {
    for (bot, starts, answers) in [
        ("shop", &["где мой заказ"][..], &["абракадабра какая-то", "вообще не понимаю вас"][..]),
        ("shop", &["заказ не пришел"], &["ммм", "трудно сказать однозначно"]),
        ("shop", &["хочу вернуть чашку"], &["синяя такая", "с ручкой была"]),
        ("agency", &["сколько стоит"], &["как у всех примерно", "ну вы же сами знаете"]),
        ("agency", &["нужна смета"], &["большую такую штуку", "чтобы светилась ярко"]),
    ] {
        let mut talk = Talk::new(example(bot));
        starts.iter().for_each(|text| drop(talk.says(text)));
        talk.says(answers[0]);
        let said = talk.says(answers[1]);
        assert!(said.iter().any(|line| line.starts_with("handoff")), "{bot} {starts:?}: {said:?}");
        assert_eq!(talk.session.flow(), None);
    }
}

#[test]
fn r036_late_failed_repeated_and_missing_results() {
    let found = json!({"status": "in_transit", "eta": "завтра"});
    let lookup = ["say Найду заказ вместе с коллегой. Он напишет вам здесь.", "handoff order_lookup normal"];
    let (mut failed, key) = asked("где заказ A-123456, +79001234567");
    assert_eq!(failed.answers(&key, false, Value::Null), lookup);
    let (mut never, key) = asked("где заказ A-123456, +79001234567");
    assert!(never.wait(0.02).is_empty());
    assert_eq!(never.wait(0.02), lookup, "two minutes are over");
    assert_eq!(
        never.answers(&key, true, found.clone()),
        ["say Заказ в пути. Ждите его завтра.", "status informed"],
        "a late result still counts"
    );
    let (mut twice, key) = asked("где заказ A-123456, +79001234567");
    assert_eq!(twice.answers(&key, true, found.clone()).len(), 2);
    assert!(twice.answers(&key, true, found).is_empty(), "an answer counts once");
}

#[test]
fn r088_done_is_out_of_reach_while_a_required_field_is_empty() {
    let mut talk = shop();
    talk.says("хочу вернуть сковородку");
    for text in ["готово?", "ну что там", "да"] {
        let said = talk.says(text);
        assert!(
            !said.iter().any(|line| line.starts_with("lead") || line.starts_with("status")),
            "{text}: {said:?}"
        );
    }
}

#[test]
fn r090_refunds_threats_expensive_orders_and_sensitive_topics_reach_a_human() {
    for (text, reason) in [
        ("Я подам на вас в суд", "threat high"),
        ("напишу в прокуратуру и роспотребнадзор", "threat high"),
        ("обращусь к юристу", "threat high"),
        ("у ребёнка аллергия на вашу посуду", "sensitive high"),
        ("порезалась осколком, нужна скорая помощь", "sensitive high"),
        ("с карты списали дважды", "sensitive high"),
        ("немедленно верните деньги, это обман", "angry high"),
        ("СКОЛЬКО МОЖНО ЖДАТЬ", "angry high"),
    ] {
        let said = shop().says(text);
        assert!(said.contains(&format!("handoff {reason}")), "{text}: {said:?}");
    }
    // A refund is decided by a human: approved, refused, or not answered in time.
    for (data, last) in [
        (json!({"approved": true}), "finish reopen refunded"),
        (json!({"approved": false}), "handoff refund normal"),
    ] {
        let mut talk = shop();
        let turn = write(&mut talk, "оформите возврат A-123456, качество ужасное");
        let key = effect_key(&turn, "request");
        let said = talk.answers(&key, true, data);
        assert_eq!(said.last().unwrap(), last);
    }
    let mut forgotten = shop();
    forgotten.says("оформите возврат A-123456, качество так себе");
    assert!(forgotten.wait(25.0).contains(&"handoff refund normal".to_string()));
}

#[test]
fn r166_the_reason_of_a_cancellation_is_asked_and_written_down() {
    let mut talk = shop();
    let said = talk.says("Хочу отменить заказ A-777777");
    assert_eq!(
        said,
        [
            "say Подскажите причину: так мы станем лучше. [Не дождался|Не подошло|Качество|Передумал|Другая причина]"
        ]
    );
    let said = talk.presses("Передумал");
    assert_eq!(said[0], "lead cancellation order=A-777777 reason=mind");
    assert_eq!(said[1], "status cancelled");
}

#[test]
fn r055_r092_the_same_dialog_on_every_channel() {
    let play = |channel: &str| {
        let key = frontdesk::dialog::Key { channel: channel.into(), account: "a".into(), user: "u".into() };
        let mut talk = Talk::open(example("shop"), key, None);
        let mut lines = talk.says("Где мой заказ?");
        lines.extend(talk.says("A-123456"));
        lines.extend(talk.says("8 900 123-45-67"));
        lines
    };
    let telegram = play("telegram");
    for channel in ["whatsapp", "instagram", "web"] {
        assert_eq!(play(channel), telegram, "{channel}");
    }
    assert!(!silent(&telegram));
}

#[test]
fn corrections_interruptions_and_many_values_at_once() {
    let (mut talk, _) =
        asked("Здравствуйте, я Анна, мой телефон 8 900 123-45-67, когда привезут заказ A-123456?");
    assert_eq!(talk.field("phone"), "+79001234567");
    talk.says("спасибо");
    let mut other = shop();
    other.says("хочу вернуть тарелку");
    assert_eq!(other.says("А сколько дней на возврат товара?")[1], ASK_ORDER);
    assert!(other.says("A-123455")[0].starts_with("say Подскажите причину"));
    // A second thought about the number, and another flow in the middle: the first one returns.
    assert!(other.says("ой нет, не A-123455, а A-123456")[0].starts_with("say Подскажите причину"));
    assert_eq!(other.field("order"), "A-123456");
    let said = other.says("и поменяйте, пожалуйста, адрес доставки");
    assert_eq!(said, ["say Напишите новый адрес: город, улица, дом, квартира."]);
    let said = other.says("Омск, Мира 1");
    assert!(said.last().unwrap().starts_with("say Подскажите причину"), "{said:?}");
    assert!(other.presses("fit")[0].starts_with("lead refund"));
}
