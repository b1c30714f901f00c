//! Strict words: forms, never substrings, never scores.

use crate::talk::{Talk, bot, clinic, silent};

fn fires(list: &str, text: &str) -> bool {
    let body =
        format!("words: {{ own: [{list}] }}\nrules: [ {{ if: {{ words: own }}, do: [ {{ tag: hit }} ] }} ]");
    Talk::new(bot(&body)).says(text) == ["tag hit"]
}

#[test]
fn r113_a_trigger_fires_in_any_form_and_closes_without_questions() {
    let body = r#"
rules:
  - { if: { words: [собаки] }, do: [ { status: not_fit }, { finish: silent } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("Обожаю собак!"), ["status not_fit", "finish silent not_fit"]);
    assert!(talk.says("Алло?").is_empty());
}

#[test]
fn c15_never_a_substring() {
    assert!(!fires("кот", "который час"));
    assert!(fires("кот", "два кота"));
    assert!(!fires("мат", "материал хороший"));
    assert!(!fires("собака", "собакевич и чичиков"));
}

#[test]
fn c15_exact_prefix_and_phrase_forms() {
    assert!(fires("\"=запись\"", "Запись, пожалуйста"));
    assert!(!fires("\"=запись\"", "нет записи"));
    assert!(fires("\"консульт*\"", "нужна консультация"));
    assert!(!fires("\"консульт*\"", "проконсультируйте"));
    assert!(fires("\"верните деньги\"", "верните мне, пожалуйста, деньги"));
    assert!(!fires("\"верните деньги\"", "деньги верните"));
    assert!(!fires("\"верните деньги\"", "верните в кассу все мои деньги"));
}

#[test]
fn c15_folding_is_no_score() {
    assert!(fires("ёлка", "ЕЛКИ"));
    assert!(fires("собака", "CОБAКА")); // Latin C and A
    assert!(fires("собака", "собаааака"));
    assert!(!fires("собака", "сабака"), "no typos here");
}

#[test]
fn c15_a_list_may_name_another() {
    let body = r#"
words: { pets: [кошка, "@dogs"], dogs: [собака] }
rules: [ { if: { words: pets }, do: [ { tag: pet } ] } ]
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("у меня собаки"), ["tag pet"]);
    assert_eq!(talk.says("и кошек трое"), ["tag pet"]);
}

#[test]
fn r123_endings_are_decided_without_scores() {
    // Near the trigger in sound and letters, but not the word: nothing closes.
    let body = r#"
words: { stop: [собака] }
rules: [ { if: { words: stop }, do: [ { status: not_fit }, { finish: silent } ] } ]
"#;
    for text in ["сабака", "сбака", "собкаа", "собакен", "dog", "соб ака"] {
        let mut talk = Talk::of(body);
        talk.says(text);
        assert_eq!(talk.session.status(), "in_work", "{text}");
    }
}

#[test]
fn r121_dogs_cats_and_obscenity_are_not_fit() {
    for text in ["Обожаю собак!", "у меня две кошки", "иди на хуй", "вот сука", "кошек люблю"]
    {
        let mut talk = Talk::new(clinic());
        assert_eq!(talk.says(text), ["status not_fit", "finish silent not_fit"], "{text}");
    }
}

#[test]
fn r121_innocent_words_that_hold_an_obscene_one_are_fine() {
    for text in ["оскорблять не буду", "застрахуйте меня", "требуха", "хлебать", "команда ебитда", "Херсон"]
    {
        let mut talk = Talk::new(clinic());
        talk.says(text);
        assert_ne!(talk.session.status(), "not_fit", "{text}");
    }
}

#[test]
fn r108_spam_vacancies_and_noise_are_the_authors_lists() {
    let body = r#"
words: { spam: [заработок, "перейдите по ссылке"], vacancy: [вакансия, резюме] }
rules:
  - { if: { any: [ { words: spam }, { words: vacancy } ] }, do: [ { status: not_fit }, { finish: silent } ] }
"#;
    for text in ["Есть вакансии?", "Лёгкий заработок!", "перейдите прямо сейчас по ссылке"]
    {
        let mut talk = Talk::of(body);
        assert_eq!(talk.says(text), ["status not_fit", "finish silent not_fit"], "{text}");
    }
}

#[test]
fn c19_no_list_is_built_into_the_core() {
    // The same word that is spam for a shop is the goal of a recruiter.
    let hr = r#"
fields: { phone: { type: phone } }
leads: { candidate: { need: [phone], to: [crm] } }
rules:
  - { if: { words: [вакансия] }, do: [ { lead: candidate }, { say: "Спасибо, перезвоним." }, { status: done }, { finish: silent } ] }
"#;
    let mut talk = Talk::of(hr);
    assert_eq!(
        talk.says("Ищу вакансию, мой номер 8-900-123-45-67"),
        [
            "lead candidate phone=+79001234567",
            "say Спасибо, перезвоним.",
            "status done",
            "finish silent done"
        ]
    );
    let mut bare = Talk::of("fields: { phone: { type: phone } }");
    assert!(bare.says("Есть вакансии?").is_empty());
    assert_eq!(bare.session.status(), "in_work");
}

#[test]
fn words_inside_a_value_are_invisible() {
    let mut talk = Talk::new(clinic());
    let said = talk.says("моя почта ivan.petrov (собака) mail.ru");
    assert_eq!(said, ["lead letter email=ivan.petrov@mail.ru", "say Спасибо! Напишем вам на почту."]);
    assert!(!silent(&said));
}
