//! Built-in sentences and names, in Russian, Ukrainian and English; authors replace them under `texts`.

use super::Definition;

/// A sentence that the bot may say or write without the author's words.
struct Sentence {
    name: &'static str,
    ru: &'static str,
    uk: &'static str,
    en: &'static str,
}

const fn sentence(name: &'static str, ru: &'static str, uk: &'static str, en: &'static str) -> Sentence {
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
    sentence(
        "help_title",
        "Как работать рядом с ботом «{bot}»",
        "Як працювати поруч із ботом «{bot}»",
        "Working beside the bot “{bot}”",
    ),
    sentence(
        "help_stop",
        "Остановить: войдите в чат или напишите клиенту сами — бот сразу замолчит.",
        "Зупинити: увійдіть у чат або напишіть клієнтові самі — бот одразу замовкне.",
        "To stop it, join the chat or write to the client yourself: the bot falls silent at once.",
    ),
    sentence(
        "help_resume",
        "Вернуть: напишите в этот чат {commands} отдельным сообщением.",
        "Повернути: напишіть у цей чат {commands} окремим повідомленням.",
        "To bring it back, write {commands} in that chat, as a message of its own.",
    ),
    sentence(
        "help_pause",
        "Если вы молчите {minutes} мин, бот вернётся сам.",
        "Якщо ви мовчите {minutes} хв, бот повернеться сам.",
        "If you stay silent for {minutes} min, the bot comes back by itself.",
    ),
    sentence(
        "help_no_resume",
        "Вернуть: команда resume в системе, где подключён бот.",
        "Повернути: команда resume у системі, де підключено бота.",
        "To bring it back, give the command resume in the system that runs the bot.",
    ),
    sentence(
        "help_finished",
        "Законченный диалог бот не продолжает, что бы клиент ни написал, если сценарий не открывает новый.",
        "Завершений діалог бот не продовжує, хоч би що написав клієнт, якщо сценарій не відкриває новий.",
        "A finished dialog stays closed whatever the client writes, unless the script opens the next one.",
    ),
    sentence(
        "help_restart",
        "Начать заново: команда restart в системе, где подключён бот; прежние ответы клиента забудутся.",
        "Почати заново: команда restart у системі, де підключено бота; попередні відповіді клієнта забудуться.",
        "To begin anew, give the command restart in the system that runs the bot; earlier answers are forgotten.",
    ),
    sentence(
        "help_table",
        "Обновить ответы: исправьте строки таблицы {file} (вопрос, ответ, варианты), проверьте её и передайте системе; идущие диалоги перейдут на новые ответы.",
        "Оновити відповіді: виправте рядки таблиці {file} (питання, відповідь, варіанти), перевірте її та передайте системі; поточні діалоги перейдуть на нові відповіді.",
        "To change the answers, edit the rows of {file} (question, answer, variants), check it and hand it to the system; dialogs under way move to the new answers.",
    ),
    sentence(
        "help_items",
        "Ответы с кнопками стоят в самом сценарии, в разделе faq.items.",
        "Відповіді з кнопками стоять у самому сценарії, у розділі faq.items.",
        "Answers with buttons stand in the definition itself, under faq.items.",
    ),
    sentence("ask_text", "Расскажите подробнее.", "Розкажіть докладніше.", "Could you tell me more?"),
];

/// Every name an author may give under `texts`.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SENTENCES.iter().map(|s| s.name)
}

impl Definition {
    /// A sentence in a language: the author's own, else the built-in one, else the built-in English one.
    pub(crate) fn sentence<'d>(&'d self, name: &str, language: &str) -> &'d str {
        if let Some(own) = self.texts.get(name) {
            return own.pick(language, &self.languages.main);
        }
        let Some(found) = SENTENCES.iter().find(|s| s.name == name) else { return "" };
        match language {
            "ru" | "be" | "kk" => found.ru,
            "uk" => found.uk,
            _ => found.en,
        }
    }
}
