import frontdesk from './index.cjs'

export default frontdesk
export const { Bot, Session, Turn, Faq, FrontdeskError, lint, extract, words, decode, encode, logs, tool } = frontdesk
