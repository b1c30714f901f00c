//! Who comes to the clinic, and what they say. `host` of [`crate::log`] answers requests and leads by itself.

use crate::support::Random;

/// One thing that happens in a dialog.
#[derive(Clone)]
pub(crate) enum Act {
    Says(String),
    /// Presses the button of this place under the last reply.
    Presses(usize),
    /// The channel's button of this id.
    Button(&'static str),
    /// The operator of this name comes after so many minutes and writes.
    Operator(&'static str, i64, &'static str),
    /// Minutes pass.
    Minutes(i64),
    /// The time of the visit comes, and the client does not.
    Misses,
}

/// What is wrong with a dialog, of what a manager must see.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    /// The CRM never answers.
    Unconfirmed,
    /// The author has just taken the phone out of the booking.
    Careless,
}

pub(crate) struct Guest {
    pub(crate) acts: Vec<Act>,
    pub(crate) flaw: Flaw,
}

const KNOWN: &[&str] = &[
    "Сколько стоит чистка зубов?",
    "где вы находитесь",
    "а парковка есть?",
    "До скольки вы сегодня работаете?",
    "Сколько стоит имплант под ключ",
    "больно ли удалять зуб?",
    "у вас есть рассрочка?",
    "сколько стоят брекеты",
    "лечите детей?",
    "Сколько стоит лечение кариеса?",
    "по дмс принимаете?",
    "Есть ли скидки?",
    "ставите ли вы виниры",
    "Скільки коштує чистка зубів?",
];

/// Asked again and again, and nobody answers: the first ones most often.
const UNKNOWN: &[&[&str]] = &[
    &["А ночную капу от скрежета делаете?", "делаете ночные капы от скрежета?", "нужна ночная капа, скрежет"],
    &["Можно прийти с собакой-поводырём, она спокойная?", "Вы обслуживаете глухих, есть сурдопереводчик?"],
    &["Сколько стоит пломба на молочный зуб ребёнку пяти лет?", "цена пломбы на молочный зуб"],
    &["Ремонтируете сломанные съёмные протезы?", "треснул протез, почините?"],
    &["Принимаете оплату криптовалютой?", "можно оплатить биткоином"],
    &["Выезжаете лечить зубы лошадям?"],
    &["Сдаёте кабинет в аренду ортодонту?"],
];
const NAMES: &[&str] =
    &["Анна", "Олег", "Марина", "Пётр", "Екатерина", "Дмитрий", "Ольга", "Сергей", "Ирина", "Максим"];
const SERVICES: &[&str] = &["Хочу записаться на чистку", "Запишите на лечение", "хочу записаться на имплант"];
const OPERATORS: &[(&str, &str)] = &[
    ("Ольга", "Здравствуйте! Уточнила у врача, сейчас всё расскажу."),
    ("Тимур", "Добрый день! Я на связи, помогу."),
];

fn says(text: impl Into<String>) -> Act {
    Act::Says(text.into())
}

fn phone(random: &mut Random) -> String {
    let digits = |random: &mut Random, n| {
        (0..n).map(|_| char::from(b'0' + random.below(10) as u8)).collect::<String>()
    };
    let (a, b, c, d) = (digits(random, 2), digits(random, 3), digits(random, 2), digits(random, 2));
    format!("+7 9{a} {b}-{c}-{d}")
}

fn booking(random: &mut Random) -> Vec<Act> {
    let mut acts = vec![says(*random.pick(SERVICES)), Act::Presses(random.below(3))];
    if random.below(4) == 0 {
        acts.push(says(*random.pick(KNOWN)));
    }
    acts.push(says(*random.pick(NAMES)));
    acts.push(says(phone(random)));
    acts.push(says(*random.pick(&["нет", "Прошу позвонить за час", "пропустить", "нужен врач-женщина"])));
    acts
}

/// One guest after another; the last days of a week have their own troubles.
pub(crate) fn guest(random: &mut Random) -> Guest {
    let mut flaw = Flaw::None;
    let acts = match random.below(100) {
        0..22 => vec![says(*random.pick(KNOWN))],
        22..32 => {
            vec![says("Здравствуйте"), says(*random.pick(KNOWN)), says(*random.pick(KNOWN)), says("спасибо")]
        }
        32..42 => vec![says(*random.pick(KNOWN)), says(format!("Перезвоните мне: {}", phone(random)))],
        42..62 => {
            let mut acts = booking(random);
            match random.below(10) {
                0..6 => acts.extend([Act::Minutes(26 * 60), Act::Button("Подтвердить")]),
                6 => acts.extend([Act::Minutes(90), says("Хочу отменить запись"), says("Заболел ребёнок")]),
                7 => acts.push(Act::Misses),
                _ => {}
            }
            acts
        }
        62..70 => {
            let mut acts = booking(random);
            acts.truncate(1 + random.below(4));
            acts
        }
        70..84 => {
            // The lower of two draws: the first questions come most often.
            let at = random.below(UNKNOWN.len()).min(random.below(UNKNOWN.len()));
            let (who, answer) = *random.pick(OPERATORS);
            let asked = says(*random.pick(UNKNOWN[at]));
            vec![asked, Act::Operator(who, 3 + random.below(50) as i64, answer), says("Спасибо, жду")]
        }
        84..88 => {
            let (who, answer) = *random.pick(OPERATORS);
            vec![says("Позовите оператора"), Act::Operator(who, 1 + random.below(20) as i64, answer)]
        }
        88..90 => vec![
            says("Это безобразие, верните деньги!!!"),
            Act::Operator("Ольга", 4, "Разберёмся сегодня же."),
        ],
        90..93 => vec![says("Есть вакансии для ассистента?")],
        93..95 => vec![says("напишите мне на почту anna.k@example.com")],
        95..97 => vec![
            says(SERVICES[0]),
            Act::Presses(0),
            says("Анна"),
            says("восемь девятьсот"),
            says("ну тот самый"),
        ],
        97 => {
            flaw = Flaw::Unconfirmed;
            vec![says(*random.pick(KNOWN)), says(format!("Мой номер {}", phone(random)))]
        }
        _ => vec![says("Добрый день")],
    };
    Guest { acts, flaw }
}

/// Those whom every week has, whatever chance brings: what the report must find.
pub(crate) fn troubles(random: &mut Random) -> Vec<Guest> {
    let plain = |acts| Guest { acts, flaw: Flaw::None };
    let mut missed = booking(random);
    missed.push(Act::Misses);
    let called = vec![says("сколько стоит коронка?"), says(format!("наберите меня {}", phone(random)))];
    let careless = vec![says(SERVICES[0]), Act::Presses(1), says(NAMES[2]), says(phone(random))];
    let markup = vec![says("<script>alert('клиент')</script> & \"кавычки\" делаете?")];
    vec![
        plain(missed),
        Guest { acts: called, flaw: Flaw::Unconfirmed },
        Guest { acts: careless, flaw: Flaw::Careless },
        plain(markup),
    ]
}
