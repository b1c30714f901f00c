use super::*;
use crate::time::{Timestamp, Zone};

/// Saturday, noon in Kyiv.
const NOW: &str = "2026-11-21T10:00:00Z";

fn kyiv() -> Zone {
    Zone::named("Europe/Kyiv").unwrap()
}

fn shown(value: &DateValue) -> String {
    let time = |t: Option<jiff::civil::Time>| t.map(|t| t.strftime("%H:%M").to_string()).unwrap_or_default();
    match (value.time, value.until) {
        (None, None) => format!("{} {:?}", value.date, value.precision),
        (from, None) => format!("{} {} {:?}", value.date, time(from), value.precision),
        (from, until) => format!("{} {}-{} {:?}", value.date, time(from), time(until), value.precision),
    }
}

fn all(text: &str, now: &str) -> Vec<String> {
    let found = dates(text, Timestamp::parse(now).unwrap(), &kyiv());
    found.iter().map(|date| shown(&date.value)).collect()
}

fn check(now: &str, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|&(text, expected)| (text, expected, all(text, now)))
        .filter(|(_, expected, found)| found.as_slice() != [*expected])
        .map(|(text, expected, found)| format!("{text}: {expected} expected, {found:?} found"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn russian_days_and_times() {
    check(
        NOW,
        &[
            ("завтра в 15:00", "2026-11-22 15:00 Minute"),
            ("Завтра", "2026-11-22 Day"),
            ("послезавтра утром", "2026-11-23 09:00-12:00 PartOfDay"),
            ("в пятницу вечером", "2026-11-27 18:00-21:00 PartOfDay"),
            ("вечером в пятницу", "2026-11-27 18:00-21:00 PartOfDay"),
            ("через неделю", "2026-11-28 Day"),
            ("через 3 дня", "2026-11-24 Day"),
            ("через два часа", "2026-11-21 14:00 Minute"),
            ("через полчаса буду", "2026-11-21 12:30 Minute"),
            ("через полтора часа", "2026-11-21 13:30 Minute"),
            ("через пару дней", "2026-11-23 Day"),
            ("через месяц", "2026-12-21 Day"),
            ("25.12", "2026-12-25 Day"),
            ("05.03", "2027-03-05 Day"),
            ("25.12.2026 в 10:30", "2026-12-25 10:30 Minute"),
            ("25/12/2026", "2026-12-25 Day"),
            ("2026-12-25", "2026-12-25 Day"),
            ("25 декабря", "2026-12-25 Day"),
            ("на двадцать пятое декабря", "2026-12-25 Day"),
            ("25-го декабря в 11", "2026-12-25 11:00 Minute"),
            ("3 дек. после 14", "2026-12-03 14:00 Range"),
            ("на 5-е", "2026-12-05 Day"),
            ("5 числа", "2026-12-05 Day"),
            ("в эту субботу", "2026-11-21 Day"),
            ("на следующей неделе во вторник", "2026-11-24 Day"),
            ("во вторник на следующей неделе", "2026-11-24 Day"),
            ("в следующую среду в 12", "2026-11-25 12:00 Minute"),
            ("с 10 до 18", "2026-11-21 10:00-18:00 Range"),
            ("после шести", "2026-11-21 18:00 Range"),
            ("до обеда", "2026-11-22 09:00-12:00 PartOfDay"),
            ("завтра после обеда", "2026-11-22 13:00-17:00 PartOfDay"),
            ("в три часа дня", "2026-11-21 15:00 Minute"),
            ("полтретьего", "2026-11-21 14:30 Minute"),
            ("в половине третьего", "2026-11-21 14:30 Minute"),
            ("в 15-00", "2026-11-21 15:00 Minute"),
            ("15:30", "2026-11-21 15:30 Minute"),
            ("15 ч", "2026-11-21 15:00 Minute"),
            ("15ч", "2026-11-21 15:00 Minute"),
            ("к 9 утра", "2026-11-22 09:00 Minute"),
            ("сегодня в 7 вечера", "2026-11-21 19:00 Minute"),
            ("сегодня в 9", "2026-11-21 21:00 Minute"),
            ("в 9", "2026-11-22 09:00 Minute"),
            ("в 3", "2026-11-21 15:00 Minute"),
            ("в пн в 10", "2026-11-23 10:00 Minute"),
            ("пт, 16:00", "2026-11-27 16:00 Minute"),
            ("суббота 10:30", "2026-11-28 10:30 Minute"),
            ("воскресенье в обед", "2026-11-22 13:00-14:00 PartOfDay"),
            ("завтра с 9 до 6", "2026-11-22 09:00-18:00 Range"),
            ("завтра до 18", "2026-11-22 -18:00 Range"),
            ("без четверти пять", "2026-11-21 16:45 Minute"),
            ("завтра в семь тридцать вечера", "2026-11-22 19:30 Minute"),
            ("завтра вечером в 8", "2026-11-22 20:00 Minute"),
            ("завтра на 16", "2026-11-22 16:00 Minute"),
            ("завтра 15-17", "2026-11-22 15:00-17:00 Range"),
            ("завтра 10:00-12:00", "2026-11-22 10:00-12:00 Range"),
            ("на выходных", "2026-11-21 Range"),
            ("в декабре", "2026-12-01 Range"),
            ("не раньше 16", "2026-11-21 16:00 Range"),
            ("завтро в 3 дня", "2026-11-22 15:00 Minute"),
            ("после завтра в 12.30", "2026-11-23 12:30 Minute"),
            ("давайте где-то в 17 часов", "2026-11-21 17:00 Minute"),
            ("завтра часов в пять", "2026-11-22 17:00 Minute"),
            ("завтра в час", "2026-11-22 13:00 Minute"),
            ("с понедельника", "2026-11-23 Range"),
            ("до пятницы", "2026-11-27 Range"),
            ("с 25 по 27 декабря", "2026-12-25 Range"),
            ("в пятницу, 27 ноября, в 14:00", "2026-11-27 14:00 Minute"),
            ("не завтра, а в понедельник", "2026-11-23 Day"),
            ("завтра с утра", "2026-11-22 09:00-12:00 PartOfDay"),
            ("в 20 часов 15 минут", "2026-11-21 20:15 Minute"),
            ("завтра 15 00", "2026-11-22 15:00 Minute"),
            ("c 10 до 12", "2026-11-22 10:00-12:00 Range"),
        ],
    );
}

#[test]
fn ukrainian_days_and_times() {
    check(
        NOW,
        &[
            ("завтра о 15:00", "2026-11-22 15:00 Minute"),
            ("у п'ятницю ввечері", "2026-11-27 18:00-21:00 PartOfDay"),
            ("у п’ятницю о сьомій вечора", "2026-11-27 19:00 Minute"),
            ("за тиждень", "2026-11-28 Day"),
            ("через тиждень", "2026-11-28 Day"),
            ("за дві години", "2026-11-21 14:00 Minute"),
            ("за 3 дні", "2026-11-24 Day"),
            ("післязавтра зранку", "2026-11-23 09:00-12:00 PartOfDay"),
            ("о пів на третю", "2026-11-21 14:30 Minute"),
            ("о третій", "2026-11-21 15:00 Minute"),
            ("сьогодні о 18 годині", "2026-11-21 18:00 Minute"),
            ("25 грудня", "2026-12-25 Day"),
            ("двадцять п'ятого грудня", "2026-12-25 Day"),
            ("наступного вівторка о 12", "2026-11-24 12:00 Minute"),
            ("наступного тижня в середу", "2026-11-25 Day"),
            ("з 10 до 18", "2026-11-21 10:00-18:00 Range"),
            ("після шостої", "2026-11-21 18:00 Range"),
            ("до обіду", "2026-11-22 09:00-12:00 PartOfDay"),
            ("у неділю", "2026-11-22 Day"),
            ("в суботу після обіду", "2026-11-28 13:00-17:00 PartOfDay"),
            ("на третю годину дня", "2026-11-21 15:00 Minute"),
            ("о 9 ранку", "2026-11-22 09:00 Minute"),
            ("завтра о 10 год.", "2026-11-22 10:00 Minute"),
            ("за чверть п'ята", "2026-11-21 16:45 Minute"),
            ("через півгодини", "2026-11-21 12:30 Minute"),
            ("на вихідних", "2026-11-21 Range"),
            ("у грудні", "2026-12-01 Range"),
            ("завтра вранці", "2026-11-22 09:00-12:00 PartOfDay"),
            ("в понеділок між 10 та 12", "2026-11-23 10:00-12:00 Range"),
        ],
    );
}

#[test]
fn english_days_and_times() {
    check(
        NOW,
        &[
            ("next Friday at 3pm", "2026-11-27 15:00 Minute"),
            ("tomorrow morning", "2026-11-22 09:00-12:00 PartOfDay"),
            ("in two weeks", "2026-12-05 Day"),
            ("Dec 25", "2026-12-25 Day"),
            ("December 25th, 2026 at 10:30 am", "2026-12-25 10:30 Minute"),
            ("the 25th of December", "2026-12-25 Day"),
            ("from 10 to 6pm", "2026-11-21 10:00-18:00 Range"),
            ("tomorrow from 2 to 4 pm", "2026-11-22 14:00-16:00 Range"),
            ("on monday at 11", "2026-11-23 11:00 Minute"),
            ("Tue 3:30 p.m.", "2026-11-24 15:30 Minute"),
            ("tonight at 8", "2026-11-21 20:00 Minute"),
            ("tonight", "2026-11-21 18:00-21:00 PartOfDay"),
            ("day after tomorrow", "2026-11-23 Day"),
            ("in half an hour", "2026-11-21 12:30 Minute"),
            ("in 20 minutes", "2026-11-21 12:20 Minute"),
            ("half past two tomorrow", "2026-11-22 14:30 Minute"),
            ("quarter to five", "2026-11-21 16:45 Minute"),
            ("next week on Tuesday", "2026-11-24 Day"),
            ("next month", "2026-12-01 Range"),
            ("this weekend", "2026-11-21 Range"),
            ("on the 5th", "2026-12-05 Day"),
            ("tomorrow at noon", "2026-11-22 12:00 Minute"),
            ("tmrw 5pm", "2026-11-22 17:00 Minute"),
            ("7pm works for me", "2026-11-21 19:00 Minute"),
            ("in the evening", "2026-11-21 18:00-21:00 PartOfDay"),
            ("after 6pm", "2026-11-21 18:00 Range"),
            ("by 5 o'clock", "2026-11-21 17:00 Minute"),
            ("Sunday between 10 and 12", "2026-11-22 10:00-12:00 Range"),
            ("12/25/2026", "2026-12-25 Day"),
            ("in March", "2027-03-01 Range"),
        ],
    );
}

#[test]
fn ordinary_talk_holds_no_date() {
    for text in [
        "1",
        "два имплантата",
        "сделайте скидку 5%",
        "+7 999 123-45-67",
        "8 (900) 123 45 67",
        "12.05 руб",
        "$12.05",
        "версия 12.03",
        "iOS 17.05",
        "цена 25.12",
        "в 2 раза дороже",
        "в 3 этапа",
        "на 5 человек",
        "3 дня",
        "2 недели",
        "гарантия 12 месяцев",
        "вчера в 15:00",
        "в прошлую пятницу",
        "каждую пятницу",
        "2 недели назад",
        "добрый вечер",
        "Доброе утро!",
        "good morning",
        "24/7",
        "1/2",
        "от 5 до 10 тысяч",
        "до 100 рублей",
        "за день",
        "скільки коштує за годину",
        "1000 рублей в час",
        "40 км в час",
        "I sat there, you may go",
        "market and march on",
        "192.168.10.12",
        "A-123456",
        "заказ 12345",
        "дом 15, кв 25",
        "размер 42",
        "мне 25 лет",
        "от 3 до 5 лет",
        "в 5 кабинете",
        "one of the best",
        "yesterday at 5pm",
        "last Friday",
        "every Friday",
        "не завтра",
        "о цене",
        "16",
        "на четыре",
        "31.02",
    ] {
        assert_eq!(all(text, NOW), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_answer_to_when_may_be_bare() {
    for (text, expected) in [
        ("16", "2026-11-21 16:00 Minute"),
        ("на четыре", "2026-11-21 16:00 Minute"),
        ("в 16", "2026-11-21 16:00 Minute"),
        ("16 00", "2026-11-21 16:00 Minute"),
        ("к четырем", "2026-11-21 16:00 Minute"),
        ("10-18", "2026-11-21 10:00-18:00 Range"),
        ("25", "2026-11-25 Day"),
        ("5.12", "2026-12-05 Day"),
        ("at four", "2026-11-21 16:00 Minute"),
        ("на шосту", "2026-11-21 18:00 Minute"),
        ("завтра в 10", "2026-11-22 10:00 Minute"),
    ] {
        let found = dates_expected(text, Timestamp::parse(NOW).unwrap(), &kyiv());
        let found: Vec<String> = found.iter().map(|date| shown(&date.value)).collect();
        assert_eq!(found, [expected], "{text}");
    }
    let at = |text: &str| times(text).first().map(|t| (t.time.map(|t| t.hour()), t.until.map(|t| t.hour())));
    assert_eq!(at("нет, не 15, а 16"), Some((Some(16), None)));
    assert_eq!(at("на четыре"), Some((Some(16), None)));
    assert_eq!(at("с 10 до 18"), Some((Some(10), Some(18))));
    assert_eq!(at("завтра"), None);
}

#[test]
fn a_number_beside_a_day_is_an_hour_only_where_something_says_so() {
    check(
        NOW,
        &[
            ("домик на 3 ночи с 20 декабря", "2026-12-20 Range"),
            ("20 декабря на 3 ночи", "2026-12-20 Day"),
            ("20 декабря, 2 ночи, двое", "2026-12-20 Day"),
            ("на 2-3 ночі з 20 грудня", "2026-12-20 Range"),
            ("машину на 2 дня с 5 декабря", "2026-12-05 Range"),
            ("с 7 по 11 декабря на 4 ночи", "2026-12-07 Range"),
            ("с 7 по 12 декабря на 5 ночей", "2026-12-07 Range"),
            ("завтра в 3 ночи", "2026-11-22 03:00 Minute"),
            ("завтра на 5 дня", "2026-11-22 17:00 Minute"),
            ("зал на 6 на завтра", "2026-11-22 Day"),
            ("завтра на 6 гостей", "2026-11-22 Day"),
            ("в пятницу на 3 букета", "2026-11-27 Day"),
            ("a desk for 3 tomorrow", "2026-11-22 Day"),
            ("Садовая 7 к 20 декабря", "2026-12-20 Day"),
            ("запишите на 4 завтра", "2026-11-22 16:00 Minute"),
            ("16 завтра", "2026-11-22 16:00 Minute"),
            ("в 4 завтра", "2026-11-22 16:00 Minute"),
            ("завтра на 14 стрижку", "2026-11-22 14:00 Minute"),
        ],
    );
}

#[test]
fn the_ordinal_of_a_day_stands_without_its_month() {
    check(
        NOW,
        &[
            ("25-го", "2026-11-25 Day"),
            ("3го удобно", "2026-12-03 Day"),
            ("24-го утром", "2026-11-24 09:00-12:00 PartOfDay"),
            ("хочу прийти двенадцатого", "2026-12-12 Day"),
            ("второго в 11", "2026-12-02 11:00 Minute"),
            ("двадцать четвертого в восемь вечера", "2026-11-24 20:00 Minute"),
            ("двадцять третього о шостій вечора", "2026-11-23 18:00 Minute"),
            ("в пятницу двадцать седьмого в 9", "2026-11-27 09:00 Minute"),
            ("в 10 утра 30-го", "2026-11-30 10:00 Minute"),
            ("3/4 at 5pm", "2027-04-03 17:00 Minute"),
        ],
    );
    for text in
        ["второго", "у второго мастера", "5-го этажа", "десять минут пятого", "3-го класса", "1/2", "3/4"]
    {
        assert_eq!(all(text, NOW), Vec::<String>::new(), "{text}");
    }
    let american = Zone::named("America/Chicago").unwrap();
    let found = dates("3/4 at 5pm", Timestamp::parse(NOW).unwrap(), &american);
    assert_eq!(shown(&found[0].value), "2027-03-04 17:00 Minute");
}

#[test]
fn a_slip_of_the_finger_leaves_a_day() {
    check(
        NOW,
        &[
            ("псолезавтра в 3", "2026-11-23 15:00 Minute"),
            ("в понедельнк в 9", "2026-11-23 09:00 Minute"),
            ("зватра", "2026-11-22 Day"),
            ("післязавра о 12", "2026-11-23 12:00 Minute"),
            ("ертең сағат 10-да", "2026-11-22 10:00 Minute"),
            ("бейсенбі күні сағат 3-те", "2026-11-26 15:00 Minute"),
            ("в полдень в среду", "2026-11-25 12:00 Minute"),
            ("завтра опівдні", "2026-11-22 12:00 Minute"),
        ],
    );
    assert_eq!(all("завтрак включен?", NOW), Vec::<String>::new());
}

#[test]
fn a_refused_day_is_not_meant() {
    check(
        NOW,
        &[
            ("завтра не смогу, лучше в четверг", "2026-11-26 Day"),
            ("в среду никак не получится, в четверг в 11", "2026-11-26 11:00 Minute"),
            ("у вівторок не зможу, давайте в середу", "2026-11-25 Day"),
            ("не могу прийти завтра, можно в среду?", "2026-11-25 Day"),
            ("вместо четверга в пятницу", "2026-11-27 Day"),
            ("вместо завтра в пятницу в 10", "2026-11-27 10:00 Minute"),
            ("Saturday instead of Friday", "2026-11-28 Day"),
            ("Monday doesn't work, Tuesday at 3pm", "2026-11-24 15:00 Minute"),
            ("Перенесите меня с 5 декабря на 8 декабря", "2026-12-08 Day"),
            ("с четверга перенести на пятницу", "2026-11-27 Day"),
            ("перенести запись с 14:00 на 16:00", "2026-11-21 16:00 Minute"),
            ("please move my visit from Dec 5 to Dec 8", "2026-12-08 Range"),
            ("завтра не получится прийти?", "2026-11-22 Day"),
            ("завтра не работаете?", "2026-11-22 Day"),
            ("завтра приду, если не смогу, позвоню", "2026-11-22 Day"),
            ("с 5 по 8 декабря", "2026-12-05 Range"),
        ],
    );
    assert_eq!(all("завтра не могу", NOW), Vec::<String>::new());
    assert_eq!(all("завтра не могу, в 15:00 занята", NOW), Vec::<String>::new());
}

#[test]
fn a_day_of_which_the_past_is_told_lies_behind() {
    for text in [
        "в четверг был у вас, оставил зонт",
        "мы у вас отдыхали 12.03, забыли зарядку",
        "ми були у вас 12.03",
        "в среду вы меняли мне замок",
        "я к вам в понедельник приходила",
        "I bought a lamp on Monday",
    ] {
        assert_eq!(all(text, NOW), Vec::<String>::new(), "{text}");
    }
    check(
        NOW,
        &[
            ("купил билет на четверг", "2026-11-26 Day"),
            ("хотела бы в четверг", "2026-11-26 Day"),
            ("я была бы рада в четверг", "2026-11-26 Day"),
            ("был у вас, можно в четверг?", "2026-11-26 Day"),
            ("забыл спросить, завтра можно?", "2026-11-22 Day"),
        ],
    );
}

/// R047: a date with a time starts a booking.
#[test]
fn r047_a_mention_of_a_date_is_found_inside_a_sentence() {
    check(
        NOW,
        &[
            ("Здравствуйте! Можно к вам в четверг в 18:30 на стрижку?", "2026-11-26 18:30 Minute"),
            ("хотела бы прийти 3.12 ближе к вечеру", "2026-12-03 18:00-21:00 PartOfDay"),
            ("а в субботу утром есть места", "2026-11-28 09:00-12:00 PartOfDay"),
        ],
    );
}

#[test]
fn a_time_belongs_to_the_day_some_words_before_it() {
    check(
        NOW,
        &[
            ("завтра хочу на стрижку в 15:00", "2026-11-22 15:00 Minute"),
            ("в пятницу работаете до 18?", "2026-11-27 -18:00 Range"),
            ("в 16:30 смогу подъехать завтра", "2026-11-22 16:30 Minute"),
            ("у суботу хочемо прийти ввечері", "2026-11-28 18:00-21:00 PartOfDay"),
            ("on Monday we would like to come at 5pm", "2026-11-23 17:00 Minute"),
            ("на вторник, желательно после 16:00", "2026-11-24 16:00 Range"),
        ],
    );
    let found = dates("завтра хочу на стрижку в 15:00", Timestamp::parse(NOW).unwrap(), &kyiv());
    assert_eq!(found[0].span, Span::new(0, "завтра".len()), "the wish stays visible to the rules");
    assert_eq!(
        all("завтра могу, в пятницу в 15:00 тоже", NOW),
        ["2026-11-22 Day", "2026-11-27 15:00 Minute"]
    );
}

/// R100: a phone beside a date is no part of it.
#[test]
fn r100_a_phone_beside_a_date() {
    check(
        NOW,
        &[
            ("Нужна консультация, номер 89161234567, удобно завтра в 12:30", "2026-11-22 12:30 Minute"),
            ("+380 67 123 45 67, передзвоніть завтра о 10", "2026-11-22 10:00 Minute"),
        ],
    );
}

/// R045: a term among other answers.
#[test]
fn r045_a_term_among_other_answers() {
    check(NOW, &[("40 тысяч, одежда, через две недели", "2026-12-05 Day")]);
}

#[test]
fn two_dates_are_two() {
    assert_eq!(all("в пятницу или субботу", NOW), ["2026-11-27 Day", "2026-11-28 Day"]);
    assert_eq!(
        all("завтра в 10 или послезавтра в 12", NOW),
        ["2026-11-22 10:00 Minute", "2026-11-23 12:00 Minute"]
    );
}

#[test]
fn what_was_settled_is_said() {
    for (text, note) in [
        ("в субботу", Some("the weekday of today was taken as the next one")),
        ("05.03", Some("the day has passed this year and was taken as next year's")),
        ("завтра в 3", Some("a bare hour from 1 to 7 was taken as the afternoon")),
        ("03/04/2027", Some("the day was taken to stand before the month")),
        ("заказ 12.03", Some("the number may be that of an order")),
        ("15:30", Some("no day was said: today, as the time is still ahead")),
        ("09:30", Some("no day was said: tomorrow, as the time has passed today")),
        ("завтра в 15:00", None),
    ] {
        let found = dates(text, Timestamp::parse(NOW).unwrap(), &kyiv());
        assert_eq!(found.first().map(|d| d.note), Some(note), "{text}");
    }
}

#[test]
fn the_day_is_that_of_the_zone_and_clocks_may_change() {
    // 23:30 in Kyiv on the 21st, 00:30 on the 22nd
    assert_eq!(all("завтра", "2026-11-21T21:30:00Z"), ["2026-11-22 Day"]);
    assert_eq!(all("завтра", "2026-11-21T22:30:00Z"), ["2026-11-23 Day"]);
    // clocks go forward on 2026-03-29 and back on 2026-10-25
    let at = |text: &str, now: &str| {
        let now = Timestamp::parse(now).unwrap();
        kyiv().instant(dates(text, now, &kyiv())[0].value.start()).to_string()
    };
    assert_eq!(at("завтра в 15:00", "2026-03-28T10:00:00Z"), "2026-03-29T12:00:00.000Z");
    assert_eq!(at("завтра в 15:00", "2026-03-27T10:00:00Z"), "2026-03-28T13:00:00.000Z");
    assert_eq!(at("завтра в 15:00", "2026-10-24T10:00:00Z"), "2026-10-25T13:00:00.000Z");
    // two hours are two hours across the gap: 02:00 and then 05:00 on the wall
    assert_eq!(all("через два часа", "2026-03-29T00:00:00Z"), ["2026-03-29 05:00 Minute"]);
}

#[test]
fn a_value_is_strict_json() {
    let value = DateValue {
        date: jiff::civil::date(2026, 12, 25),
        time: Some(jiff::civil::time(15, 0, 0, 0)),
        until: None,
        precision: Precision::PartOfDay,
    };
    let json = r#"{"date":"2026-12-25","time":"15:00","precision":"part_of_day"}"#;
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    assert_eq!(serde_json::from_str::<DateValue>(json).unwrap(), value);
    for wrong in [
        r#"{"date":"2026-12-25","precision":"day","zone":"x"}"#,
        r#"{"date":"2026-12-25T10","precision":"day"}"#,
        r#"{"date":"2026-12-25","time":"15:00:30","precision":"minute"}"#,
    ] {
        assert!(serde_json::from_str::<DateValue>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn spans_are_in_order_and_on_boundaries_for_any_text() {
    let pieces = [
        "завтра",
        "в",
        "15:00",
        "25.12",
        "с",
        "до",
        "10",
        "через",
        "два",
        "часа",
        "-",
        ".",
        ",",
        "😀",
        "é",
        "пятницу",
        "не",
        "next",
        "at",
        "pm",
        "1",
        "2026",
        "/",
        ":",
        " ",
        "\u{200B}",
        "половина",
        "третьего",
        "без",
        "за",
        "+7",
        "(",
        "99999999999999999999",
    ];
    let mut state = 7u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..8 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            if state >> 60 != 0 {
                text.push(' ');
            }
        }
        for mode in [dates, dates_expected] {
            let mut end = 0;
            for date in mode(&text, Timestamp::parse(NOW).unwrap(), &kyiv()) {
                assert!(date.span.start >= end && date.span.start < date.span.end, "{text}");
                assert!(text.get(date.span.start..date.span.end).is_some(), "{text}");
                end = date.span.end;
            }
        }
    }
}
