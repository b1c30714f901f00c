//! Answers from the client's own table, at once, or a human.

use crate::talk::{Talk, clinic, compile, contact, key, shown};
use serde_json::json;
use std::fmt::Write;

const KNOWS: &str = r#"
faq:
  items:
    - ask: ["Сколько стоит доставка?", "Цена доставки"]
      say: "Доставка — 300 ₽ по городу, {за город — по договорённости}."
    - ask: ["Как вернуть товар?"]
      say: "Вернуть можно за 14 дней."
  unknown: [ { say: "Позову менеджера." }, { handoff: faq_miss } ]
"#;

#[test]
fn r003_a_bot_of_nothing_but_faq_answers_verbatim() {
    let body = "faq: { items: [ { ask: [Сколько стоит доставка?], say: \"300 ₽ {по городу}\" } ] }";
    assert_eq!(Talk::of(body).says("сколько стоит доставка"), ["say 300 ₽ {по городу}"]);
}

#[test]
fn r003_answers_only_from_the_given_base() {
    let mut talk = Talk::of(KNOWS);
    for text in ["Какая погода на Марсе?", "Расскажи анекдот", "Who won the cup in 1998?"]
    {
        let said = talk.says(text);
        assert!(
            !said.iter().any(|line| line.contains("300") || line.contains("14 дней")),
            "{text}: {said:?}"
        );
    }
}

/// A table of `rows` questions that differ in one noun each, and what each answers.
fn table(rows: usize) -> String {
    let first = ["шкаф", "диван", "стул", "комод", "торшер", "пуфик", "матрас", "ковёр", "буфет", "сервант"];
    let second = ["берлин", "прага", "милан", "осло", "рига", "лион", "токио", "дели", "каир", "лима"];
    let mut csv = String::from("вопрос;ответ\n");
    for row in 0..rows {
        let (a, b) = (first[row % 10], second[row / 10 % 10]);
        let _ = writeln!(csv, "Сколько стоит {a} {b} артикул {row}?;Ответ {row}.");
    }
    csv
}

fn answers_every_row(rows: usize, step: usize) {
    let files = frontdesk::bot::Files::from([("t.csv".to_string(), table(rows))]);
    let bot = frontdesk::bot::Bot::from_yaml("bot: 1\nfaq: { file: t.csv }\n", &files).expect("compiles").bot;
    assert_eq!(bot.knowledge().len(), rows);
    let mut talk = Talk::new(bot);
    for line in table(rows).lines().skip(1).step_by(step) {
        let (question, answer) = line.split_once(';').expect("two columns");
        assert_eq!(talk.says(question), [format!("say {answer}")], "{question}");
    }
}

#[test]
fn r009_tables_of_20_200_and_2000_rows_answer_their_own_questions() {
    answers_every_row(20, 1);
    answers_every_row(200, 7);
    answers_every_row(2_000, 97);
}

#[test]
fn r010_the_answer_comes_in_the_same_step_without_timer_or_request() {
    let mut talk = Talk::of(KNOWS);
    let turn = talk.event(json!({"kind": "message", "text": "Сколько стоит доставка?"}));
    assert_eq!(turn.effects.len(), 1, "{:?}", turn.effects);
    assert!(turn.effects[0].kind.is_reply());
    assert_eq!(turn.next_due, None);
}

#[test]
fn r011_what_the_base_does_not_know_goes_to_a_human_and_is_never_guessed() {
    let mut talk = Talk::of(KNOWS);
    assert_eq!(
        talk.says("Вы ремонтируете холодильники?"),
        ["say Позову менеджера.", "handoff faq_miss normal"]
    );
    assert_eq!(talk.session.status(), "needs_manager");
    // Until the human comes the bot answers what it knows, and misses in silence.
    assert_eq!(talk.says("как вернуть товар"), ["say Вернуть можно за 14 дней."]);
    assert!(talk.says("а стиральные машины?").is_empty());
}

#[test]
fn r011_two_close_rows_are_offered_where_the_author_says_choose() {
    let body = r#"
faq:
  choose: true
  items:
    - { ask: ["Доставка Киев"], say: "В Киев — день." }
    - { ask: ["Доставка Рига"], say: "В Ригу — два дня." }
  unknown: [ { handoff: faq_miss } ]
"#;
    let mut talk = Talk::of(body);
    let offered = talk.says("доставка");
    assert_eq!(offered.len(), 1, "{offered:?}");
    assert!(offered[0].starts_with("say Уточните, пожалуйста, что вас интересует?"), "{offered:?}");
    assert!(offered[0].contains("Доставка Киев") && offered[0].contains("Доставка Рига"), "{offered:?}");
    let second = if offered[0].ends_with("Киев]") {
        "say В Киев — день."
    } else {
        "say В Ригу — два дня."
    };
    assert_eq!(talk.says("2"), [second]);
    talk.says("доставка");
    assert_eq!(talk.says("доставка киев"), ["say В Киев — день."]);
    talk.says("доставка");
    assert_eq!(talk.presses("Доставка Рига"), ["say В Ригу — два дня."]);
}

#[test]
fn r128_an_answer_may_finish_the_dialog() {
    let body = r#"
faq:
  items:
    - { ask: ["Как установить приложение?"], say: "Инструкция: скачайте и запустите.", then: finish }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(
        talk.says("как установить приложение"),
        ["say Инструкция: скачайте и запустите.", "finish silent closed_by_client"]
    );
    assert!(talk.says("как установить приложение").is_empty());
}

#[test]
fn r133_the_closing_message_may_be_a_checklist() {
    let body = r#"
faq:
  items:
    - { ask: ["Пришлите чек-лист"], say: "Вот чек-лист: https://example.com/list", then: [ { status: done }, { finish: reopen } ] }
"#;
    assert_eq!(
        Talk::of(body).says("пришлите чек-лист"),
        ["say Вот чек-лист: https://example.com/list", "status done", "finish reopen done"]
    );
}

const STAFF: &str = r#"
audience: { staff: { channels: [web] } }
faq:
  choose: true
  items:
    - { ask: ["Какая скидка у сотрудников?"], say: "Тридцать процентов.", audience: staff }
    - { ask: ["Скидка"], say: "Секретная: 50%.", audience: staff, then: [ { tag: staff_only } ] }
    - { ask: ["Скидка"], say: "Скидок нет.", audience: client }
  unknown: [ { handoff: faq_miss } ]
"#;

#[test]
fn c18_a_client_never_hears_a_row_of_the_staff() {
    let mut client = Talk::of(STAFF);
    assert_eq!(client.says("скидка"), ["say Скидок нет."]);
    for press in ["faq:Какая скидка у сотрудников?", "faq:Скидка"] {
        let said = client.presses(press);
        assert!(
            !said.iter().any(|line| line.contains("процентов") || line.contains('%')),
            "{press}: {said:?}"
        );
    }
    assert!(!client.says("Какая скидка у сотрудников?").iter().any(|line| line.contains("Тридцать")));
    let staff = crate::talk::bot(STAFF);
    let mut staff = Talk::open(staff, frontdesk::dialog::Key { channel: "web".into(), ..key("2") }, None);
    assert_eq!(staff.says("какая скидка у сотрудников"), ["say Тридцать процентов."]);
}

#[test]
fn r084_a_text_by_language_follows_the_client() {
    let body = r#"
languages: { main: ru, also: [en] }
faq:
  items: [ { ask: ["Где вы находитесь?", "Where are you?"], say: { ru: "На Садовой.", en: "At Sadovaya." } } ]
"#;
    let bot = crate::talk::bot(body);
    let mut talk = Talk::open(bot, key("1"), contact(r#"{"language":"en_US"}"#));
    let turn = talk.event(json!({"kind": "message", "text": "where are you?"}));
    assert_eq!(shown(&turn), ["say At Sadovaya."]);
    assert_eq!(Talk::of(body).says("где вы находитесь"), ["say На Садовой."]);
}

#[test]
fn an_item_wins_over_an_equal_row_of_the_file() {
    let files = frontdesk::bot::Files::from([(
        "t.csv".to_string(),
        "вопрос;ответ\nГде вы?;Из таблицы.\n".to_string(),
    )]);
    let text = "bot: 1\nfaq: { file: t.csv, items: [ { ask: [\"где вы\"], say: \"Из строки.\" } ], unknown: { say: \"Уточню.\" } }\n";
    let compiled = frontdesk::bot::Bot::from_yaml(text, &files).expect("compiles");
    let found: Vec<_> = compiled.warnings.iter().map(|w| (w.code.as_str(), w.path.as_str())).collect();
    assert_eq!(found, [("faq_shadowed", "t.csv:2")]);
    assert_eq!(Talk::new(compiled.bot).says("Где вы?"), ["say Из строки."]);
}

#[test]
fn r017_nothing_is_kept_outside_the_session() {
    // Two dialogs with one bot, and one of them moved to another copy of it in between.
    let (mut one, mut other) = (Talk::new(clinic()), Talk::new(clinic()));
    one.says("запишите меня");
    assert!(!other.says("Чистка").iter().any(|line| line.contains("номер")));
    let moved = one.restored();
    assert_eq!(moved.session.flow(), Some("booking"));
    assert!(compile(KNOWS).is_ok());
}
