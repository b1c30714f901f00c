//! What pages and diagrams say, in Russian, Ukrainian and English.

macro_rules! words {
    ($($name:ident: $ru:literal, $uk:literal, $en:literal;)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub(super) struct Words { $(pub(super) $name: &'static str,)* }

        const RU: Words = Words { $($name: $ru,)* };
        const UK: Words = Words { $($name: $uk,)* };
        const EN: Words = Words { $($name: $en,)* };
    };
}

/// The words of a language; English for those that have none here.
pub(super) fn words(language: &str) -> &'static Words {
    match language {
        "ru" => &RU,
        "uk" => &UK,
        _ => &EN,
    }
}

impl Words {
    /// What a kind of event or effect that nobody says to anybody is called; the kind itself where it has no name here.
    pub(super) fn of_kind<'k>(&self, kind: &'k str) -> &'k str {
        match kind {
            "create_lead" => self.lead_sent,
            "update_lead" => self.lead_changed,
            "handoff" => self.handed,
            "set_status" => self.status,
            "finish" => self.finished,
            "request" => self.asked_host,
            "alert" => self.alert,
            "notify" => self.notified,
            "note" => self.noted,
            "fact" => self.fact,
            "result" => self.result,
            "deleted" => self.deleted,
            "control" => self.control,
            other => other,
        }
    }

    /// What a human did: came, went, or wrote this.
    pub(super) fn of_human<'t>(&self, did: &'t str) -> &'t str {
        match did {
            "joined" => self.joined,
            "left" => self.left,
            text => text,
        }
    }
}

words! {
    code: "ru", "uk", "en";
    report: "Отчёт за неделю", "Звіт за тиждень", "Report of the week";
    report_all: "Отчёт за всё время", "Звіт за весь час", "Report of all time";
    records: "записей в журнале", "записів у журналі", "records in the log";
    zone: "часовой пояс", "часовий пояс", "time zone";
    contents: "Содержание", "Зміст", "Contents";
    in_order: "Отклонений от порогов нет.", "Відхилень від порогів немає.", "Nothing is out of its bounds.";
    alerts: "Требует внимания", "Потребує уваги", "Needs attention";
    above: "выше порога", "вище порога", "above the bound";
    below: "ниже порога", "нижче порога", "below the bound";
    rise: "рост к прошлой неделе", "зростання до минулого тижня", "up on the week before";
    fall: "снижение к прошлой неделе", "зниження до минулого тижня", "down on the week before";
    was: "было", "було", "was";
    changes: "Изменения — к прошлой неделе.", "Зміни — до минулого тижня.", "Changes are on the week before.";
    same: "как неделей раньше", "як тижнем раніше", "as the week before";
    points: "п. п.", "в. п.", "pp";
    figures: "Неделя в цифрах", "Тиждень у цифрах", "The week in figures";
    dialogs: "Диалоги", "Діалоги", "Dialogs";
    leads: "Заявки", "Заявки", "Leads";
    bookings: "Записи", "Записи", "Bookings";
    handoffs: "Переданы человеку", "Передані людині", "Handed to a human";
    first_answer: "До первого ответа", "До першої відповіді", "To the first answer";
    unanswered: "Вопросы без ответа", "Питання без відповіді", "Unanswered questions";
    done: "Завершены успешно", "Завершені успішно", "Goals reached";
    no_show: "Неявки", "Неявки", "No-shows";
    late: "Заявки подтверждены поздно", "Заявки підтверджено пізно", "Leads confirmed late";
    empty_bookings: "Пустые записи", "Порожні записи", "Empty bookings";
    lost: "Потерянные лиды", "Втрачені ліди", "Lost leads";
    repeat: "Повторные обращения", "Повторні звернення", "Repeat contacts";
    suppressed: "Промолчал, как велено", "Промовчав, як велено", "Kept silent as told";
    of_dialogs: "от диалогов", "від діалогів", "of dialogs";
    of_questions: "от вопросов", "від питань", "of questions";
    of_bookings: "от записей", "від записів", "of bookings";
    of_contacts: "от оставивших контакт", "від тих, хто лишив контакт", "of those who left a contact";
    average: "в среднем", "у середньому", "on average";
    by_day: "Диалоги по дням", "Діалоги за днями", "Dialogs by day";
    by_week_of: "Диалоги по неделям", "Діалоги за тижнями", "Dialogs by week";
    with_lead: "с заявкой", "із заявкою", "with a lead";
    without_lead: "без заявки", "без заявки", "without a lead";
    conversion: "Конверсия по дням", "Конверсія за днями", "Conversion by day";
    conversion_of: "Конверсия по неделям", "Конверсія за тижнями", "Conversion by week";
    to_lead: "в заявку", "у заявку", "to a lead";
    to_booking: "в запись", "у запис", "to a booking";
    handoff_share: "Доля переданных человеку", "Частка переданих людині", "Share handed to a human";
    answer_time: "Время до первого ответа", "Час до першої відповіді", "Time to the first answer";
    within_minute: "за минуту", "за хвилину", "within a minute";
    within_hour: "за час", "за годину", "within an hour";
    later: "позже", "пізніше", "later";
    slices: "По каналам, темам и операторам", "За каналами, темами й операторами", "By channel, kind and operator";
    scores: "Уверенность поиска по базе", "Впевненість пошуку в базі", "Scores of the table";
    answered: "ответил", "відповів", "answered";
    not_answered: "не ответил", "не відповів", "not answered";
    more: "Ещё", "Ще", "More";
    by_week: "По неделям", "За тижнями", "By week";
    assistant: "бот", "бот", "the bot";
    channel: "Канал", "Канал", "Channel";
    kind: "Тема", "Тема", "Kind";
    operator: "Оператор", "Оператор", "Operator";
    to_do: "Разобрать сегодня", "Розібрати сьогодні", "To be looked into";
    nothing_to_do: "Незавершённых дел нет: все заявки подтверждены, пустых записей нет.",
        "Незавершених справ немає: усі заявки підтверджено, порожніх записів немає.",
        "Nothing: every lead is confirmed, no booking is empty.";
    lead_unconfirmed: "Заявка не подтверждена в CRM", "Заявку не підтверджено в CRM", "Lead not confirmed by the CRM";
    contact_without_lead: "Контакт есть, заявки нет", "Контакт є, заявки немає", "A contact, and no lead";
    empty_booking: "Пустая запись", "Порожній запис", "Empty booking";
    lacks: "не хватает", "бракує", "lacks";
    waits_for: "не ответили", "не відповіли", "no answer from";
    time: "время", "час", "time";
    contact: "контакт", "контакт", "contact";
    caused_by: "причина", "причина", "caused by";
    show_talk: "Показать диалог", "Показати діалог", "Show the dialog";
    rule: "правило", "правило", "rule";
    flow: "сценарий", "сценарій", "flow";
    row: "строка базы", "рядок бази", "row";
    nearest: "Ближайшая строка", "Найближчий рядок", "Nearest row";
    add_to: "Добавить к строке", "Додати до рядка", "Add to the row";
    new_row: "Новая строка", "Новий рядок", "A new row";
    answer_here: "Ответ для новой строки", "Відповідь для нового рядка", "The answer of the new row";
    no_questions: "На все вопросы нашёлся ответ.", "На всі питання знайшлася відповідь.", "Every question was answered.";
    reminders: "Напоминания и касания", "Нагадування та дотики", "Reminders and messages nobody asked for";
    wording: "Текст", "Текст", "Wording";
    sent: "Отправлено", "Надіслано", "Sent";
    replied: "Ответили", "Відповіли", "Answered";
    confirmed: "Подтвердили", "Підтвердили", "Confirmed";
    cancelled: "Отменили", "Скасували", "Cancelled";
    missed: "Не пришли", "Не прийшли", "Did not come";
    flows: "Как идут диалоги", "Як ідуть діалоги", "How dialogs go";
    flows_note: "Число у стрелки — сколько диалогов по ней прошло, в блоке — сколько в нём побывало.",
        "Число біля стрілки — скільки діалогів нею пройшло, у блоці — скільки в ньому побувало.",
        "The number at an arrow is that of the dialogs that took it, the one in a box of those that were there.";
    sample: "Выборочная проверка", "Вибіркова перевірка", "Sample to check";
    sample_note: "Отметьте ответы бота: верно или нет. К неверному напишите, как надо было ответить.",
        "Позначте відповіді бота: правильно чи ні. До неправильної напишіть, як треба було відповісти.",
        "Mark what the bot answered as right or wrong, and write what it should have said.";
    sampled: "диалогов в выборке", "діалогів у вибірці", "dialogs in the sample";
    checked: "Отмечено", "Позначено", "Marked";
    right: "Верно", "Правильно", "Right";
    wrong: "Неверно", "Неправильно", "Wrong";
    should: "Как надо было ответить", "Як треба було відповісти", "What it should have said";
    export_faq: "Строки, CSV", "Рядки, CSV", "Rows, CSV";
    export_tests: "Тесты, YAML", "Тести, YAML", "Tests, YAML";
    nothing_marked: "Пока нечего сохранять: отметьте хотя бы один ответ.", "Поки нічого зберігати: позначте хоча б одну відповідь.",
        "Nothing to save yet: mark an answer first.";
    kept_here: "Отметки хранятся в этом браузере.", "Позначки зберігаються в цьому браузері.", "Marks are kept in this browser.";
    client: "Клиент", "Клієнт", "Client";
    bot: "Бот", "Бот", "Bot";
    human: "Оператор", "Оператор", "Operator";
    lead_sent: "Заявка", "Заявка", "Lead";
    lead_changed: "Заявка изменена", "Заявку змінено", "Lead changed";
    handed: "Передан человеку", "Передано людині", "Handed to a human";
    status: "Статус", "Статус", "Status";
    finished: "Диалог завершён", "Діалог завершено", "Dialog finished";
    asked_host: "Запрос", "Запит", "Request";
    alert: "Тревога", "Тривога", "Alert";
    fact: "Событие", "Подія", "Fact";
    system: "Система", "Система", "System";
    dialog: "диалог", "діалог", "dialog";
    deleted: "Сообщение удалено", "Повідомлення видалено", "Message deleted";
    control: "Управление ботом", "Керування ботом", "Control of the bot";
    result: "Ответ системы", "Відповідь системи", "Answer of a system";
    notified: "Уведомление", "Сповіщення", "Notification";
    noted: "Заметка", "Нотатка", "Note";
    joined: "подключился", "приєднався", "joined";
    left: "вышел", "вийшов", "left";
    question_csv: "вопрос", "питання", "question";
    answer_csv: "ответ", "відповідь", "answer";
    variants_csv: "варианты", "варіанти", "variants";
    overview: "Все диалоги", "Усі діалоги", "All dialogs";
    messages: "Клиент написал", "Клієнт написав", "The client wrote";
    faq: "База ответов", "База відповідей", "Table of answers";
    unknown: "Ответа нет", "Відповіді немає", "No answer";
    greeting: "Приветствие", "Привітання", "Greeting";
    silence: "Молчание клиента", "Мовчання клієнта", "Silence of the client";
    start: "Начало", "Початок", "Start";
    goal: "Цель достигнута", "Мету досягнуто", "Goal reached";
    reactions: "Реакции", "Реакції", "Reactions";
    unsure: "Ответ не понят", "Відповідь не зрозуміла", "Answer not understood";
    button: "кнопка", "кнопка", "button";
    words: "слова", "слова", "words";
    has: "назвал", "назвав", "told";
    told: "событие", "подія", "fact";
    no_reply: "нет ответа", "немає відповіді", "no reply";
    angry: "злится", "злиться", "angry";
    otherwise: "по условию", "за умовою", "by a condition";
    asks: "вопрос", "питання", "question";
    call_human: "оператор", "оператор", "human";
    finish: "завершение", "завершення", "finish";
    weekdays: "пн вт ср чт пт сб вс", "пн вт ср чт пт сб нд", "Mon Tue Wed Thu Fri Sat Sun";
    minutes: "мин", "хв", "min";
    seconds: "с", "с", "s";
    hours: "ч", "год", "h";
    days: "дн.", "дн.", "d";
    no_data: "нет данных", "немає даних", "no data";
    made_by: "Собран из журнала диалогов. Страница ничего не загружает и ничего не отправляет.",
        "Зібрано з журналу діалогів. Сторінка нічого не завантажує і нічого не надсилає.",
        "Made of the log of dialogs. The page loads nothing and sends nothing.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_own_words() {
        let codes = ["ru", "uk", "en", "de"].map(|language| words(language).code);
        assert_eq!(codes, ["ru", "uk", "en", "en"]);
    }
}
