/** What the widget itself says; everything else comes from the bot. */

export interface Texts {
  title: string
  open: string
  close: string
  placeholder: string
  send: string
  attach: string
  client: string
  bot: string
  operator: string
  online: string
  handoff: string
  joined: string
  finished: string
  loading: string
  unread: (count: number) => string
  broken: string
  retry: string
  refused: string
}

const ru: Texts = {
  title: 'Чат',
  open: 'Открыть чат',
  close: 'Закрыть чат',
  placeholder: 'Напишите сообщение',
  send: 'Отправить',
  attach: 'Прикрепить файл',
  client: 'Вы',
  bot: 'Бот',
  operator: 'Оператор',
  online: 'Бот на связи',
  handoff: 'Передаю сотруднику',
  joined: 'На связи человек',
  finished: 'Диалог завершён',
  loading: 'Загрузка…',
  unread: (count) => `Открыть чат, непрочитанных: ${count}`,
  broken: 'Чат сейчас не работает',
  retry: 'Попробовать ещё раз',
  refused: 'Не удалось отправить. Попробуйте ещё раз или короче.',
}

const uk: Texts = {
  title: 'Чат',
  open: 'Відкрити чат',
  close: 'Закрити чат',
  placeholder: 'Напишіть повідомлення',
  send: 'Надіслати',
  attach: 'Додати файл',
  client: 'Ви',
  bot: 'Бот',
  operator: 'Оператор',
  online: 'Бот на зв’язку',
  handoff: 'Передаю співробітнику',
  joined: 'На зв’язку людина',
  finished: 'Діалог завершено',
  loading: 'Завантаження…',
  unread: (count) => `Відкрити чат, непрочитаних: ${count}`,
  broken: 'Чат зараз не працює',
  retry: 'Спробувати ще раз',
  refused: 'Не вдалося надіслати. Спробуйте ще раз або коротше.',
}

const en: Texts = {
  title: 'Chat',
  open: 'Open chat',
  close: 'Close chat',
  placeholder: 'Type a message',
  send: 'Send',
  attach: 'Attach a file',
  client: 'You',
  bot: 'Bot',
  operator: 'Operator',
  online: 'Bot online',
  handoff: 'Passing you to a colleague',
  joined: 'A person is with you',
  finished: 'The conversation is over',
  loading: 'Loading…',
  unread: (count) => `Open chat, unread: ${count}`,
  broken: 'The chat is not working now',
  retry: 'Try again',
  refused: 'Not sent. Try again or shorten it',
}

const byLanguage: Record<string, Texts> = { ru, uk, en }

/** The texts of a BCP 47 language; English where the widget does not speak it. */
export function textsOf(language: string): Texts {
  return byLanguage[language.slice(0, 2).toLowerCase()] ?? en
}
