//! Built-in sentences and names, in Russian, Ukrainian and English; authors replace them under `texts`.

use super::Definition;
use super::help::HELP;

/// A sentence that the bot may say or write without the author's words.
pub(super) struct Sentence {
    name: &'static str,
    ru: &'static str,
    uk: &'static str,
    en: &'static str,
}

pub(super) const fn sentence(
    name: &'static str,
    ru: &'static str,
    uk: &'static str,
    en: &'static str,
) -> Sentence {
    Sentence { name, ru, uk, en }
}

/// The sentence that says who talks.
pub(crate) const DISCLOSE: &str = "disclose";

const SENTENCES: &[Sentence] = &[
    sentence(
        "choose",
        "Уточните, пожалуйста, что вас интересует?",
        "Уточніть, будь ласка, що вас цікавить?",
        "Could you tell me which one you mean?",
    ),
    sentence(
        DISCLOSE,
        "С вами общается бот; если понадобится, подключится сотрудник.",
        "З вами спілкується бот; за потреби підключиться співробітник.",
        "You are talking to a bot; a person will join if needed.",
    ),
    sentence("client", "Клиент", "Клієнт", "Client"),
    sentence("bot", "Бот", "Бот", "Bot"),
    sentence("operator", "Оператор", "Оператор", "Operator"),
    sentence("yes", "Да", "Так", "Yes"),
    sentence("no", "Нет", "Ні", "No"),
    sentence("last_question", "Вопрос", "Питання", "Question"),
    sentence("field_name", "Имя", "Ім'я", "Name"),
    sentence("field_phone", "Телефон", "Телефон", "Phone"),
    sentence("field_email", "Почта", "Пошта", "E-mail"),
    sentence("field_date", "Дата", "Дата", "Date"),
    sentence("field_slot", "Время", "Час", "Time"),
    sentence("field_money", "Сумма", "Сума", "Amount"),
    sentence("field_order", "Заказ", "Замовлення", "Order"),
    sentence("field_photo", "Фото", "Фото", "Photo"),
    sentence("ask_name", "Как к вам обращаться?", "Як до вас звертатися?", "What is your name?"),
    sentence(
        "ask_phone",
        "Оставьте, пожалуйста, номер телефона.",
        "Залиште, будь ласка, номер телефону.",
        "What is your phone number?",
    ),
    sentence(
        "ask_email",
        "Оставьте, пожалуйста, адрес почты.",
        "Залиште, будь ласка, адресу пошти.",
        "What is your e-mail address?",
    ),
    sentence("ask_date", "На какую дату?", "На яку дату?", "For which date?"),
    sentence("ask_slot", "Выберите удобное время.", "Оберіть зручний час.", "Which time suits you?"),
    sentence("ask_money", "О какой сумме речь?", "Про яку суму йдеться?", "What amount do you have in mind?"),
    sentence(
        "ask_order",
        "Напишите номер заказа.",
        "Напишіть номер замовлення.",
        "What is your order number?",
    ),
    sentence(
        "ask_photo",
        "Пришлите, пожалуйста, фото.",
        "Надішліть, будь ласка, фото.",
        "Could you send a photo?",
    ),
    sentence("ask_number", "Сколько?", "Скільки?", "How many?"),
    sentence("ask_choice", "Что выбираете?", "Що обираєте?", "Which one?"),
    sentence("ask_yes_no", "Да или нет?", "Так чи ні?", "Yes or no?"),
    sentence("ask_text", "Расскажите подробнее.", "Розкажіть докладніше.", "Could you tell me more?"),
];

/// Every name an author may give under `texts`.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SENTENCES.iter().chain(HELP).map(|s| s.name)
}

impl Definition {
    /// A sentence in a language: the author's own, else the built-in one, else the built-in English one.
    pub(crate) fn sentence<'d>(&'d self, name: &str, language: &str) -> &'d str {
        self.own_or(name, language, || sentence_in(name, language))
    }

    /// A sentence of the instructions for the team. They are apart, so that a page which gives none carries none.
    pub(crate) fn help<'d>(&'d self, name: &str, language: &str) -> &'d str {
        self.own_or(name, language, || find(HELP, name, language))
    }

    /// What people call a field: the author's word, else the built-in one of its type, else its name.
    pub(crate) fn label<'d>(&'d self, name: &'d str, language: &str) -> &'d str {
        let word = |of: &str| self.sentence(&format!("field_{of}"), language);
        let kind = self.field(name).map_or("", |field| field.kind.as_str());
        let words = [word(name), word(kind), name];
        words.into_iter().find(|word| !word.is_empty()).unwrap_or(name)
    }

    fn own_or<'d>(
        &'d self,
        name: &str,
        language: &str,
        built_in: impl FnOnce() -> Option<&'static str>,
    ) -> &'d str {
        match self.texts.get(name) {
            Some(own) => own.pick(language, &self.languages.main),
            None => built_in().unwrap_or_default(),
        }
    }
}

/// A built-in sentence in a language, else in English.
pub(crate) fn sentence_in(name: &str, language: &str) -> Option<&'static str> {
    find(SENTENCES, name, language)
}

fn find(sentences: &[Sentence], name: &str, language: &str) -> Option<&'static str> {
    let found = sentences.iter().find(|s| s.name == name)?;
    Some(match language {
        "ru" | "be" | "kk" => found.ru,
        "uk" => found.uk,
        _ => found.en,
    })
}
