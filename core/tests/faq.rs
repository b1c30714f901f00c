//! The FAQ through the public interface: audiences, the host's embeddings, the same scores on every run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // a test may panic

use frontdesk::bot::{Bot, Files, knowledge::CLIENT};
use frontdesk::dialog::{EffectKind, Event, Key};
use frontdesk::error::{Code, Error};
use frontdesk::faq::{Found, Index, Options, Query, Row, table};
use frontdesk::limits::TABLE_ROWS;
use frontdesk::time::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index as Place, select};
use serde_json::{Value, json};

fn compile(faq: Value, audience: Value, files: &Files) -> Result<Bot, Vec<Error>> {
    let mut definition =
        json!({"bot": 1, "name": "Тест", "timezone": "Europe/Moscow", "region": "RU", "faq": faq});
    if audience.is_object() {
        definition["audience"] = audience;
    }
    Bot::from_json(&definition.to_string(), files).map(|compiled| compiled.bot)
}

const QUESTIONS: &[&str] = &[
    "Скидка",
    "скидка #2",
    "Скидка #2",
    "Скидка #3",
    "Какая скидка у сотрудников?",
    "Сколько стоит доставка?",
    "Цена доставки",
    "Когда зарплата?",
];

/// Stands in whatever only the staff may read.
const SECRET: &str = "служебное";

/// A row of a definition and whether it is the staff's.
fn item() -> impl Strategy<Value = (Value, bool)> {
    let audience = select(vec![None, Some(CLIENT), Some("staff")]);
    (select(QUESTIONS), audience, any::<bool>()).prop_map(|(ask, audience, second)| {
        let staff = audience == Some("staff");
        let mut item = json!({"ask": [ask], "say": if staff { SECRET } else { "для всех" }});
        if second {
            item["ask"] =
                json!([ask, if staff { format!("{SECRET} {ask}") } else { format!("и ещё {ask}") }]);
        }
        if let Some(audience) = audience {
            item["audience"] = json!(audience);
        }
        (item, staff)
    })
}

/// What a visitor does: asks, presses a button of any row, or has a host that names any row.
#[derive(Debug, Clone)]
enum Does {
    Asks(&'static str),
    Presses(Place),
    Chooses(Place),
}

fn does() -> impl Strategy<Value = Does> {
    prop_oneof![
        select(QUESTIONS).prop_map(Does::Asks),
        any::<Place>().prop_map(Does::Presses),
        any::<Place>().prop_map(Does::Chooses),
    ]
}

/// Everything that the turns of a dialog hand out, as JSON.
fn turns(bot: &Bot, channel: &str, ids: &[String], dialog: &[Does]) -> String {
    let mut now = Timestamp::parse("2026-01-05T09:00:00Z").unwrap();
    let key = Key { channel: channel.into(), account: "main".into(), user: "1".into() };
    let mut session = bot.open(key, now, None);
    let (mut all, mut asked) = (String::new(), String::from("none"));
    for (number, does) in dialog.iter().enumerate() {
        let event = match does {
            Does::Asks(text) => json!({"kind": "message", "text": text}),
            Does::Presses(place) => json!({"kind": "message", "button": format!("faq:{}", place.get(ids))}),
            Does::Chooses(place) => {
                json!({"kind": "result", "effect": asked, "ok": true, "data": {"id": place.get(ids)}})
            }
        };
        let mut event = event;
        event["id"] = json!(format!("e{number}"));
        now = now.plus(5_000);
        let event = Event::from_json(&event.to_string()).unwrap();
        let turn = bot.step(&mut session, &event, now).unwrap();
        let request = turn.effects.iter().find(|e| matches!(e.kind, EffectKind::Request { .. }));
        request.into_iter().for_each(|request| asked.clone_from(&request.key));
        all.push_str(&serde_json::to_string(&turn).unwrap());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// C18: whatever the rows, whatever their names, and whatever a visitor or a host tries.
    #[test]
    fn c18_rows_of_the_staff_never_reach_a_client(
        items in vec(item(), 1..8),
        choose in any::<bool>(),
        ask_host in any::<bool>(),
        dialog in vec(does(), 1..8),
    ) {
        let rows: Vec<&Value> = items.iter().map(|(item, _)| item).collect();
        let faq = json!({"items": rows, "choose": choose, "ask_host": ask_host});
        let bot = compile(faq, json!({"staff": {"channels": ["web"]}}), &Files::new());
        let bot = bot.map_err(|errors| TestCaseError::fail(format!("{errors:?}")))?;
        let mut ids: Vec<String> = QUESTIONS.iter().map(|q| (*q).to_string()).collect();
        ids.extend((2..6).map(|n| format!("Скидка #{n}")));
        for question in QUESTIONS {
            let found = bot.knowledge().search(CLIENT, &Query::new(question), 10);
            prop_assert!(found.answers.iter().all(|a| a.ask.iter().all(|ask| !ask.contains(SECRET))));
        }
        let heard = turns(&bot, "telegram", &ids, &dialog);
        prop_assert!(!heard.contains(SECRET), "{heard}");
    }
}

#[test]
fn c18_the_staff_hears_its_rows() {
    let items = json!([{"ask": ["Когда зарплата?"], "say": SECRET, "audience": "staff"}]);
    let bot =
        compile(json!({"items": items}), json!({"staff": {"channels": ["web"]}}), &Files::new()).unwrap();
    assert!(turns(&bot, "web", &[], &[Does::Asks("когда зарплата")]).contains(SECRET));
}

/// A bot of three rows whose embeddings stand in a file of this content.
fn with_vectors(content: Option<&str>) -> Result<Bot, Vec<Error>> {
    let items = json!([
        {"ask": ["Есть ли парковка?", "Стоянка для машин"], "say": "Во дворе."},
        {"ask": ["Можно ли с собакой?"], "say": "Можно."},
        {"ask": ["Где вы находитесь?"], "say": "На Садовой."},
    ]);
    let files =
        content.map(|content| ("vectors.json".to_string(), content.to_string())).into_iter().collect();
    compile(json!({"items": items, "vectors": "vectors.json"}), Value::Null, &files)
}

#[test]
fn embeddings_of_the_definition_find_what_no_word_does() {
    // The first phrasing has none: the second must keep its own.
    let bot = with_vectors(Some(
        r#"{"Стоянка для машин": [120, 0, 5], "Можно ли с собакой?": [0, 120, 5], "Где вы находитесь?": [0, 5, 120]}"#,
    ))
    .unwrap();
    let best = |vector: Option<&[i8]>| {
        let query = Query { vector, ..Query::new("куда приткнуть тачку") };
        bot.knowledge().search(CLIENT, &query, 1).answers.first().map(|answer| answer.id.clone())
    };
    assert_eq!(best(Some(&[127, 1, 1])).as_deref(), Some("Есть ли парковка?"));
    assert_eq!(best(Some(&[1, 127, 1])).as_deref(), Some("Можно ли с собакой?"));
    assert_eq!(best(Some(&[127, 1])), best(None), "another dimension counts as none");
}

#[test]
fn a_fault_in_the_embeddings_is_named() {
    let code = |content| {
        with_vectors(content).err().and_then(|errors| errors.first().map(|e| (e.code, e.path.clone())))
    };
    assert_eq!(code(None), Some((Code::FileMissing, "faq.vectors".to_string())));
    for (fault, content) in [
        ("two dimensions", r#"{"Стоянка для машин": [1, 2], "Можно ли с собакой?": [1, 2, 3]}"#),
        ("a fraction", r#"{"Стоянка для машин": [0.5, 0.25]}"#),
        ("above 127", r#"{"Стоянка для машин": [128]}"#),
        ("a list", "[[1, 2]]"),
        ("no JSON", "Стоянка для машин;1;2"),
    ] {
        assert_eq!(code(Some(content)), Some((Code::VectorsInvalid, "vectors.json".to_string())), "{fault}");
    }
}

/// 3,000 rows of two phrasings, above the size from which a table is searched by its rarest features first.
fn large() -> Vec<Row> {
    const WHAT: [&str; 6] = ["доставка", "гарантия", "сборка", "возврат", "размер", "цена"];
    const OF: [&str; 7] = ["шкафа", "дивана", "кровати", "комода", "стула", "полки", "лампы"];
    let row = |n: usize| Row {
        id: n.to_string(),
        ask: vec![
            format!("{} {} модель {n}", WHAT[n % 6], OF[n % 7]),
            format!("какая {} у {} номер {}", WHAT[n % 6], OF[n % 7], n * 7 % 3001),
        ],
        vectors: vec![[n % 11, n % 13, n % 17].map(|part| part as i8 * 7).to_vec(); 2],
    };
    (0..3000).map(row).collect()
}

/// The promise of determinism: two builds, one thread and eight, the same integers.
#[test]
fn the_same_table_and_messages_give_the_same_scores() {
    let rows = large();
    let messages: Vec<String> =
        (0..64).map(|n| format!("{} модел {}", rows[n * 31].ask[1], n * 17)).collect();
    let search = |index: &Index, messages: &[String]| -> Vec<Found> {
        let vector: &[i8] = &[9, 80, 3];
        let queries = messages
            .iter()
            .flat_map(|text| [Query::new(text), Query { vector: Some(vector), ..Query::new(text) }]);
        queries.map(|query| index.search(&query, 5)).collect()
    };
    let [first, second] = [0, 1].map(|_| Index::build(&rows, &Options::default()));
    let alone = search(&first, &messages);
    assert!(alone.iter().all(|found| !found.candidates.is_empty()));
    assert_eq!(search(&second, &messages), alone);
    let (search, first) = (&search, &first);
    let shared: Vec<Found> = std::thread::scope(|scope| {
        let eighths: Vec<_> =
            messages.chunks(8).map(|part| scope.spawn(move || search(first, part))).collect();
        eighths.into_iter().flat_map(|eighth| eighth.join().unwrap()).collect()
    });
    assert_eq!(shared, alone);
}

/// A spreadsheet of as many rows as are read, one of them perhaps with a cell of its own.
fn spreadsheet(broken: Option<(usize, &str)>) -> String {
    let mut text = String::from("вопрос;ответ;язык\n");
    for n in 1..=TABLE_ROWS {
        match broken {
            Some((row, line)) if row == n => text.push_str(line),
            _ => text.push_str(&format!("Сколько стоит деталь {n}?;{n} ₽;ru")),
        }
        text.push('\n');
    }
    text
}

#[test]
fn r026_a_table_of_a_hundred_thousand_rows_is_read_and_found() {
    let table = table::read("faq.csv", &spreadsheet(None)).unwrap();
    assert_eq!(table.rows.len(), 100_000);
    let rows: Vec<Row> =
        table.rows.into_iter().map(|row| Row { id: row.id, ask: row.ask, ..Row::default() }).collect();
    let index = Index::build(&rows, &Options::default());
    for n in [1, 4_711, 99_999] {
        let found = index.search(&Query::new(&format!("деталь {n} сколько стоит")), 3);
        assert_eq!(found.answer, Some(n - 1), "{found:?}");
    }
}

#[test]
fn r026_the_faulty_cell_of_a_large_table_is_named() {
    for (line, column, path) in [
        ("Сколько стоит?;;ru", 16, "faq.csv:77778:ответ"),
        (";Сто;ru", 1, "faq.csv:77778:вопрос"),
        ("Сколько стоит?;Сто;марсианский", 20, "faq.csv:77778:язык"),
        ("Сколько стоит?;Сто;ru;лишнее", 23, "faq.csv:77778"),
    ] {
        let errors = table::read("faq.csv", &spreadsheet(Some((77_777, line)))).unwrap_err();
        let told: Vec<_> = errors.iter().map(|e| (e.path.as_str(), e.line, e.column)).collect();
        assert_eq!(told, [(path, Some(77_778), Some(column))], "{line}");
    }
}

#[test]
fn tables_and_messages_of_any_size_behave() {
    let row = |ask: String| Row { id: ask.chars().take(9).collect(), ask: vec![ask], ..Row::default() };
    let question = "Есть ли у вас доставка?";
    let story = "Живу за городом, машины нет, дороги замело. ".repeat(105) + question;
    assert!(story.len() >= 8_192);
    let letters = "ы".repeat(10_000);
    let words = "слово и дело ".repeat(770);
    assert!(words.chars().count() >= 10_000);
    let tables: [Vec<Row>; 4] = [
        vec![],
        vec![row(question.into())],
        vec![row(question.into()), row(words.clone()), row(letters.clone())],
        vec![row(String::new()), row("?!".into())],
    ];
    for (rows, delivery) in tables.iter().zip([None, Some(0), Some(0), None]) {
        let index = Index::build(rows, &Options::default());
        assert_eq!(index.rows(), rows.len());
        assert_eq!(index.search(&Query::new("есть доставка?"), 3).answer, delivery);
        let best = index.search(&Query::new(&story), 3).candidates.first().map(|best| best.row);
        assert_eq!(best, delivery, "a message of {} bytes", story.len());
        for message in [words.as_str(), letters.as_str(), "", "👍"] {
            index.search(&Query::new(message), 3);
        }
    }
    let long = Index::build(&tables[2], &Options::default());
    assert_eq!(long.search(&Query::new("слово и дело"), 3).answer, Some(1));
}
