//! What may happen in a dialog, drawn from the definition itself: its tests, words, questions, buttons and fields.

use crate::network::Network;
use crate::support::Random;
use frontdesk::bot::Bot;
use frontdesk::definition::{Definition, Field, FieldKind, TestStep};
use frontdesk::dialog::{
    Attachment, ControlAction, EffectKind, EventKind, Message, Operator, OperatorAction, Turn,
};

const ASIDES: &[&str] = &[
    "да",
    "нет",
    "+",
    "ок",
    "👍",
    "спасибо",
    "Спасибо, а сколько это стоит?",
    "позже",
    "через неделю",
    "не интересно",
    "дорого",
    "нет, не 15, а 16",
    "Оператор!",
    "ЭТО ОБМАН, ВЕРНИТЕ ДЕНЬГИ!!!",
    "",
    " ",
    "…",
    "?",
    "1",
    "2",
    "99",
    "Hello, how much is it?",
    "Скільки це коштує?",
    "Բարեւ ձեզ",
    "გამარჯობა",
    "你好",
    "асдф фыва",
    "a@b",
    "/start",
    "не знаю",
    "пропустить",
    "Мой номер 8-900-123-45-67",
    "пишите на anna.k (собака) mail.ru",
    "меня зовут Анна",
];

/// A guest of one bot.
pub(crate) struct Guest<'b> {
    definition: &'b Definition,
    says: Vec<String>,
    facts: Vec<String>,
}

impl<'b> Guest<'b> {
    pub(crate) fn of(bot: &'b Bot) -> Self {
        let definition = bot.definition();
        let mut says: Vec<String> = ASIDES.iter().map(|aside| aside.to_string()).collect();
        let mut facts = vec!["started".to_string(), "no_show".to_string(), "payment".to_string()];
        for step in definition.tests.iter().flat_map(|test| &test.steps) {
            match step {
                TestStep::Client(text) => says.push(text.clone()),
                TestStep::Fact { name, .. } => facts.push(name.clone()),
                _ => {}
            }
        }
        let words = definition.words.values().flatten();
        says.extend(words.map(|word| word.trim_matches(['=', '*', '@']).to_string()));
        says.extend(definition.faq.items.iter().flat_map(|item| item.ask.clone()));
        Self { definition, says, facts }
    }

    /// What happens next; nothing where the network lost it.
    pub(crate) fn happens(
        &self,
        random: &mut Random,
        last: Option<&Turn>,
        network: &mut Network,
    ) -> Option<EventKind> {
        match random.below(100) {
            0..35 => Some(text(random.pick(&self.says).clone())),
            35..50 => Some(text(self.value(random))),
            50..65 => Some(self.press(random, last)),
            65..85 => network.delivers(random),
            85..88 => {
                let photo = Attachment { kind: "photo".into(), reference: Some("p1".into()) };
                Some(EventKind::Message(Message { attachments: vec![photo], ..Message::default() }))
            }
            88..91 => Some(EventKind::Fact { name: random.pick(&self.facts).clone(), data: None }),
            91..93 => {
                let both = format!("{} {}", random.pick(&self.says), self.value(random));
                Some(text(both))
            }
            93..95 => Some(EventKind::Deleted { of: "1".into() }),
            95..97 => {
                let action =
                    *random.pick(&[OperatorAction::Joined, OperatorAction::Left, OperatorAction::Message]);
                let text =
                    (action == OperatorAction::Message).then(|| "Здравствуйте, чем помочь?".to_string());
                Some(EventKind::Operator(Operator { action, who: Some("o1".into()), text }))
            }
            97 => {
                let resume = self.definition.handoff.resume.first().cloned().unwrap_or_default();
                let text = Some(resume);
                Some(EventKind::Operator(Operator { action: OperatorAction::Message, who: None, text }))
            }
            _ => {
                let action =
                    *random.pick(&[ControlAction::Stop, ControlAction::Resume, ControlAction::Restart]);
                Some(EventKind::Control { action })
            }
        }
    }

    /// A button of the last reply by id or title, or one that stands there no more.
    fn press(&self, random: &mut Random, last: Option<&Turn>) -> EventKind {
        let buttons =
            last.into_iter().flat_map(|turn| &turn.effects).filter_map(|effect| match &effect.kind {
                EffectKind::Reply(reply) => Some(reply.buttons()),
                _ => None,
            });
        let buttons: Vec<_> = buttons.flatten().collect();
        let pressed = match buttons.get(random.below(buttons.len().max(1))) {
            Some(button) if random.below(4) == 0 => return text(button.title.clone()),
            Some(button) => button.id.clone(),
            None => random.pick(&["Записаться", "Подтвердить", "s1", "нет такой"]).to_string(),
        };
        EventKind::Message(Message { button: Some(pressed), ..Message::default() })
    }

    /// A value of one of the fields.
    fn value(&self, random: &mut Random) -> String {
        let fields = &self.definition.fields;
        match fields.get(random.below(fields.len())) {
            Some(field) => value(field, random),
            None => "Анна".to_string(),
        }
    }
}

fn text(text: String) -> EventKind {
    EventKind::Message(Message { text: Some(text), ..Message::default() })
}

fn value(field: &Field, random: &mut Random) -> String {
    let choices: &[&str] = match field.kind {
        FieldKind::Phone => &["+7 900 123-45-67", "89161234567", "067 123 45 67", "12345", "+380671234567"],
        FieldKind::Email => &["anna@mail.ru", "anna собака gmail точка com", "anna@"],
        FieldKind::Name => &["Анна", "меня зовут Пётр", "Olena", "я"],
        FieldKind::Number => &["3", "двое", "12", "-1", "много"],
        FieldKind::Money => &["50 тысяч", "от 30к", "1,5 млн", "20000", "30 000 грн", "не знаю"],
        FieldKind::Date | FieldKind::Slot => {
            &["завтра в 15:00", "через неделю", "25.12", "в пятницу вечером", "вчера", "s1", "2"]
        }
        FieldKind::YesNo => &["да", "нет", "ага", "не надо"],
        FieldKind::Choice => {
            let titles: Vec<&str> = field.options.iter().flat_map(|o| o.title.all()).collect();
            return titles.get(random.below(titles.len())).unwrap_or(&"другое").to_string();
        }
        FieldKind::Order => {
            let mask = field.mask.as_deref().unwrap_or("A-######");
            return mask
                .chars()
                .map(|c| if c == '#' { char::from(b'0' + random.below(10) as u8) } else { c })
                .collect();
        }
        _ => &["адрес: Садовая, 12", "ничего", "сломалось при доставке", "нет"],
    };
    random.pick(choices).to_string()
}
