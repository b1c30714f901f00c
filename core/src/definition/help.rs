//! Sentences of the instructions for the team, see [`Bot::instructions`](crate::bot::Bot::instructions).

use super::texts::{Sentence, sentence};

pub(super) const HELP: &[Sentence] = &[
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
    sentence(
        "help_manychat",
        "ManyChat не сообщает боту, что ответил человек. Прежде чем писать клиенту, поставьте автоматизацию его чата на паузу: пока она стоит, бот молчит.",
        "ManyChat не повідомляє боту, що відповіла людина. Перш ніж писати клієнтові, поставте автоматизацію його чату на паузу: поки вона стоїть, бот мовчить.",
        "ManyChat does not tell the bot that a person answered. Before you write to the client, pause the automation of the chat: while it is paused, the bot is silent.",
    ),
    sentence(
        "help_smartsender",
        "SmartSender не сообщает боту, что ответил человек: добавьте в воронку запрос к боту при входе оператора в чат.",
        "SmartSender не повідомляє боту, що відповіла людина: додайте у воронку запит до бота, коли оператор входить у чат.",
        "SmartSender does not tell the bot that a person answered: add a request to the bot where an operator enters the chat.",
    ),
    sentence(
        "help_telegram",
        "Telegram: бот видит ваши ответы клиенту, если он подключён к бизнес-аккаунту (Настройки — Telegram для бизнеса — Чат-боты).",
        "Telegram: бот бачить ваші відповіді клієнтові, якщо його підключено до бізнес-акаунта (Налаштування — Telegram для бізнесу — Чат-боти).",
        "Telegram: the bot sees your answers to a client where it is connected to the business account (Settings, Telegram Business, Chatbots).",
    ),
    sentence(
        "help_echoes",
        "{channel}: бот видит ваши ответы клиенту, если в подписке вебхука есть message_echoes.",
        "{channel}: бот бачить ваші відповіді клієнтові, якщо в підписці вебхука є message_echoes.",
        "{channel}: the bot sees your answers to a client where the webhook is subscribed to message_echoes.",
    ),
    sentence(
        "help_viber",
        "Viber не сообщает боту, что ответил человек: остановите бота командой stop в системе, где он подключён.",
        "Viber не повідомляє боту, що відповіла людина: зупиніть бота командою stop у системі, де його підключено.",
        "Viber does not tell the bot that a person answered: stop it by the command stop in the system that runs the bot.",
    ),
    sentence(
        "help_templates",
        "Через сутки после последнего сообщения клиента доходят только одобренные шаблоны; бот шлёт эти: {templates}.",
        "Через добу після останнього повідомлення клієнта доходять лише схвалені шаблони; бот надсилає ці: {templates}.",
        "A day after the client's last message only approved templates are delivered; the bot sends these: {templates}.",
    ),
    sentence(
        "help_target",
        "{target} — сюда приходят: {gets}. {needs}",
        "{target} — сюди надходять: {gets}. {needs}",
        "{target} gets: {gets}. {needs}",
    ),
    sentence("help_leads", "заявки ({leads})", "заявки ({leads})", "leads ({leads})"),
    sentence("help_calls", "вызовы человека", "виклики людини", "calls for a person"),
    sentence("help_notices", "уведомления", "сповіщення", "notices"),
    sentence("help_talk", "переписка", "листування", "the talk"),
    sentence(
        "help_kommo",
        "Нужны токен интеграции, номера воронки и этапов и ответственный за задачи.",
        "Потрібні токен інтеграції, номери воронки й етапів та відповідальний за завдання.",
        "It needs the token of an integration, the ids of the pipeline and its stages, and who is responsible for tasks.",
    ),
    sentence(
        "help_bitrix24",
        "Нужны входящий вебхук с правами crm и task и ответственный за задачи.",
        "Потрібні вхідний вебхук із правами crm і task та відповідальний за завдання.",
        "It needs an inbound webhook with the scopes crm and task, and who is responsible for tasks.",
    ),
    sentence(
        "help_telegram_admin",
        "Добавьте бота в группу команды и разрешите ему писать.",
        "Додайте бота до групи команди й дозвольте йому писати.",
        "Add the bot to the team's group and allow it to write there.",
    ),
    sentence(
        "help_email",
        "Нужны адреса, на которые писать.",
        "Потрібні адреси, на які писати.",
        "It needs the addresses to write to.",
    ),
    sentence(
        "help_webhook",
        "Нужны адрес системы и имена полей, которых она ждёт.",
        "Потрібні адреса системи та назви полів, яких вона чекає.",
        "It needs the address of the system and the names of the fields that it expects.",
    ),
    sentence(
        "help_own",
        "Подключает тот, кто ведёт систему бота.",
        "Підключає той, хто веде систему бота.",
        "Whoever runs the bot connects it.",
    ),
    sentence(
        "help_stage",
        "В {target} должен быть этап «{stage}».",
        "У {target} має бути етап «{stage}».",
        "{target} must have the stage “{stage}”.",
    ),
];
