//! The matcher as a whole, on a small table of a bicycle shop.

use super::*;
use crate::text::Span;

fn row(id: &str, ask: &[&str]) -> Row {
    Row { id: id.into(), ask: ask.iter().map(|&ask| ask.into()).collect(), ..Row::default() }
}

fn shop() -> Vec<Row> {
    vec![
        row("hours", &["До скольки вы открыты?", "Режим работы магазина"]),
        row("delivery", &["Привезёте велосипед домой?", "Сколько стоит доставка"]),
        row("repair", &["Почините ли вы велосипед?", "Ремонт и настройка переключателей"]),
        row("warranty", &["Какая гарантия на раму?", "Гарантийный срок"]),
        row("size", &["Как подобрать размер рамы по росту?", "Таблица ростовок"]),
        row("credit", &["Можно ли купить в рассрочку?", "Оплата частями"]),
        row("test", &["Можно ли прокатиться перед покупкой?", "Тест-драйв"]),
        row("winter", &["Возьмёте велосипед на зимнее хранение?", "Сезонное хранение"]),
    ]
}

fn answer(index: &Index, text: &str) -> Option<usize> {
    index.search(&Query::new(text), 3).answer
}

#[test]
fn answers_sloppy_messages_and_keeps_silent_on_strange_ones() {
    let index = Index::build(&shop(), &Options::default());
    for (text, row) in [
        ("гарантия на раму какая", Some(3)),
        ("какая гарвнтия на раму", Some(3)),
        ("vj;yj regbnm d hfcchjxre", Some(5)),
        ("skolko stoit dostavka", Some(1)),
        ("Скільки коштує доставка?", Some(1)),
        ("до скольки открыты", Some(0)),
        ("Порекомендуйте фильм про космос", None),
        ("", None),
        ("!!! 👍", None),
    ] {
        assert_eq!(answer(&index, text), row, "{text}");
    }
}

#[test]
fn a_ukrainian_table_is_matched_in_ukrainian_and_understands_russian() {
    let rows = [
        row("hours", &["До котрої години ви працюєте?", "Графік роботи"]),
        row("delivery", &["Скільки коштує доставка?", "Чи привезете додому"]),
        row("returns", &["Як повернути товар?", "Повернення коштів"]),
        row("sizes", &["Як обрати розмір?", "Таблиця розмірів"]),
    ];
    let index = Index::build(&rows, &Options::default());
    for (text, row) in [
        ("скільки за доставку", 1),
        ("графіку роботи", 0),
        ("Сколько стоит доставка", 1),
        ("як обрати розмир", 3),
    ] {
        assert_eq!(answer(&index, text), Some(row), "{text}");
    }
}

#[test]
fn says_why() {
    let index = Index::build(&shop(), &Options::default());
    let found = index.search(&Query::new("какой гарантйный срок у вас"), 3);
    assert_eq!(found.answer, Some(3));
    assert!(found.why.words.iter().any(|word| word.word == "срок" && word.weight > 0), "{found:?}");
    assert!(found.why.repairs.iter().any(|repair| repair.kind == RepairKind::Typo), "{found:?}");
    assert_eq!(found.why.runner_up, found.candidates.get(1).copied());
    assert_eq!(found.why.rejected, None);
    assert_eq!(index.search(&Query::new(" "), 3).why.rejected, Some(Rejected::Empty));
    assert_eq!(index.search(&Query::new("щщщ"), 3).why.rejected, Some(Rejected::NothingKnown));
    let long = "зачем ".repeat(1000);
    let why = serde_json::to_string(&index.search(&Query::new(&long), 3).why).unwrap();
    assert!(why.len() < 2000, "{}", why.len());
}

#[test]
fn thresholds_are_ordered_and_a_strict_match_is_marked() {
    let build = |threshold| Index::build(&shop(), &Options { threshold, ..Options::default() });
    let [strict, normal, eager] = [Threshold::Strict, Threshold::Normal, Threshold::Eager].map(build);
    let needed = |index: &Index| index.search(&Query::new("гарантия"), 1).why.needed;
    assert!(needed(&strict) > needed(&normal) && needed(&normal) > needed(&eager));
    let found = normal.search(&Query::new("Какая гарантия на раму?"), 1);
    assert!(found.strict && found.score >= 800, "{found:?}");
}

#[test]
fn synonyms_of_the_author_count() {
    let synonyms = vec![vec!["подкатка".to_owned(), "зимнее хранение".to_owned()]];
    let with = Index::build(&shop(), &Options { synonyms, ..Options::default() });
    let without = Index::build(&shop(), &Options::default());
    let score = |index: &Index| {
        let found = index.search(&Query::new("нужна подкатка"), 8);
        found.candidates.iter().find(|c| c.row == 7).map_or(0, |c| c.score)
    };
    assert!(score(&with) > score(&without));
}

#[test]
fn close_rows_are_offered() {
    let rows = [
        row("adult", &["Сколько стоит стрижка для взрослых"]),
        row("child", &["Сколько стоит стрижка для детей"]),
        row("colour", &["Окрашивание волос"]),
    ];
    let index = Index::build(&rows, &Options::default());
    let mut close = index.search(&Query::new("сколько стоит стрижка"), 3).close;
    close.sort_unstable();
    assert_eq!(close, [0, 1]);
    assert!(index.search(&Query::new("окрашивание волос"), 3).close.is_empty());
}

#[test]
fn hidden_places_are_invisible() {
    let index = Index::build(&shop(), &Options::default());
    let text = "гарантия рассрочка";
    let hidden = [Span::new(0, "гарантия".len())];
    let found = index.search(&Query { text, hidden: &hidden, vector: None }, 3);
    assert_eq!(found.candidates.first().map(|c| c.row), Some(5));
}

#[test]
fn vectors_of_the_host_decide_where_words_do_not() {
    let mut rows = shop();
    for (at, row) in rows.iter_mut().enumerate() {
        let one = (0..8).map(|i| if i == at { 100 } else { 5 }).collect::<Vec<i8>>();
        row.vectors = vec![one; row.ask.len()];
    }
    let index = Index::build(&rows, &Options::default());
    let vector = [5, 5, 100, 5, 5, 5, 5, 5];
    let found = index.search(&Query { text: "колесо восьмёркой", hidden: &[], vector: Some(&vector) }, 3);
    assert_eq!(found.candidates.first().map(|c| c.row), Some(2));
    let wrong_dimension = Query { text: "гарантия", hidden: &[], vector: Some(&[1, 2]) };
    assert_eq!(
        index.search(&wrong_dimension, 3).candidates,
        index.search(&Query::new("гарантия"), 3).candidates
    );
}

#[test]
fn odd_tables_and_messages_behave() {
    let empty = Index::build(&[], &Options::default());
    assert_eq!(empty.search(&Query::new("есть доставка?"), 3).answer, None);
    let one = Index::build(&[row("a", &["Доставка", ""])], &Options::default());
    assert_eq!(answer(&one, "доставка"), Some(0));
    let blank = Index::build(&[row("a", &[]), row("b", &["?!"])], &Options::default());
    assert_eq!(answer(&blank, "доставка"), None);
    let mut rows = shop();
    rows.push(row("long", &["слово и дело ".repeat(400).as_str()]));
    rows.push(row("one word", &["ы".repeat(10_000).as_str()]));
    let index = Index::build(&rows, &Options::default());
    assert_eq!(answer(&index, "гарантийный срок"), Some(3));
    let message = "Расскажу всё по порядку. ".repeat(200) + "Какая гарантия на раму?";
    index.search(&Query::new(&message), 3);
}

#[test]
fn a_large_table_finds_what_a_small_one_does() {
    let mut rows = shop();
    for n in 0..6000 {
        rows.push(row(
            &format!("n{n}"),
            &[&format!("Артикул товара номер {n}"), &format!("Есть ли модель {n} в магазине")],
        ));
    }
    let index = Index::build(&rows, &Options::default());
    for (text, row) in
        [("гарантия на раму", 3), ("артикул номер 4711", 8 + 4711), ("модель 17 есть?", 8 + 17)]
    {
        assert_eq!(index.search(&Query::new(text), 3).candidates.first().map(|c| c.row), Some(row), "{text}");
    }
}

#[test]
fn the_same_table_gives_the_same_scores() {
    const TEXTS: [&str; 3] = ["какая гарантия", "доставка и ремонт", "зимой где держать велик"];
    let run = || {
        let index = Index::build(&shop(), &Options::default());
        TEXTS.map(|text| index.search(&Query::new(text), 8))
    };
    let first = run();
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(run)).collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), first);
    }
}
