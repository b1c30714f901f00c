/** The part of the engine's face that the widget uses, and how a page loads it. */

import type { Bot } from 'frontdesk-web'

export type { Button, Contact, Effect, Event, Json, Session, Turn } from 'frontdesk-web'
export type Engine = Bot
