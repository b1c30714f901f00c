/**
 * `<frontdesk-chat src="clinic.bundle">`: a chat window whose bot runs in the page itself.
 *
 * Attributes: `src` the bundle; `wasm` another place of the engine; `account` the site's name in session keys (the
 * page's host); `heading`; `lang` of the widget's own texts (else the page's); `theme` `light`, `dark` or the
 * visitor's; `open`; `inline` to fill its container instead of floating in the corner.
 *
 * Looks: the custom properties of `style.css`, such as `--accent` and `--from-bottom`, set on the element.
 *
 * Events, all bubbling out of the element: `frontdesk-ready`, `frontdesk-lead`, `frontdesk-handoff`,
 * `frontdesk-effect` (every effect), `frontdesk-error`; the detail is the effect or the error.
 */

import { Conversation, type Answer } from './conversation.ts'
import { loadEngine } from './load.ts'
import type { Contact, Effect, Json } from './engine.ts'
import { line, Store, type Line } from './store.ts'
import { textsOf, type Texts } from './texts.ts'
import { View } from './view.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>
type Hook<Kind extends Effect['kind']> = (effect: Of<Kind>) => Answer | Promise<Answer>

/** Milliseconds until the window has slid in and its greeting is being read. */
const WARM_AFTER = 1000

export class FrontdeskChat extends HTMLElement {
  static observedAttributes = ['src', 'heading', 'theme', 'open']

  /** Takes a lead to the site's server. What it resolves to is the CRM's answer; a rejection is a failed one. */
  onLead: Hook<'create_lead' | 'update_lead'> | null = null
  /** Calls a human. */
  onHandoff: Hook<'handoff'> | null = null
  /** Sees every effect that no other hook took. Answers requests with the data of their result. */
  onEffect: ((effect: Effect) => Answer | Promise<Answer>) | null = null
  /** Stores a file that the visitor attaches, and gives its reference; without it nothing can be attached. */
  onUpload: ((file: File) => Promise<string>) | null = null
  /** What the page knows of the visitor; read when the dialog begins. */
  contact: Contact = {}

  #view: View | undefined
  #texts: Texts = textsOf('en')
  #store: Store | undefined
  #conversation: Conversation | undefined
  /** Counts the beginnings: what a former one still loads is no longer wanted. */
  #starts = 0
  /** What happened before the engine was there. */
  #early: ((talk: Conversation) => void)[] = []
  /** What the visitor said, and the engine has not taken yet. */
  #unsent: Line[] = []

  connectedCallback(): void {
    if (!this.#view) {
      this.#texts = textsOf(this.closest('[lang]')?.getAttribute('lang') || navigator.language)
      this.#view = new View(this.attachShadow({ mode: 'open' }), this.#texts, {
        toggle: (open) => this.#toggle(open),
        send: (text) => void this.send(text),
        press: (line, id) => void this.#act((talk) => talk.press(line, id)),
        attach: (file) => void this.#attach(file),
        retry: () => void this.#start(),
      })
    }
    this.#configure()
    this.#view.open(this.#isOpen, 'load')
    void this.#start()
  }

  disconnectedCallback(): void {
    this.#stop()
  }

  attributeChangedCallback(name: string): void {
    if (!this.#view || !this.isConnected) return
    if (name === 'src') return void this.#start()
    if (name !== 'open') return this.#configure()
    this.#view.open(this.#isOpen, 'page')
    void this.#opened()
  }

  /** Says something as the visitor; while the engine loads it is shown, and waits. */
  async send(text: string): Promise<void> {
    const said = line('client', text)
    this.#unsent.push(said)
    this.#show()
    const taken = await this.#act((talk) => talk.send(said))
    this.#unsent = this.#unsent.filter((one) => one !== said)
    if (taken) return
    this.#show()
    this.#view?.giveBack(text)
  }

  /** A human of the team joined, wrote or left. */
  operator(action: 'joined' | 'message' | 'left', said: { who?: string; text?: string } = {}): Promise<unknown> {
    return this.#act((talk) => talk.operator(action, said.who, said.text))
  }

  /** Tells the bot a fact: a payment, a no-show, a form filled in elsewhere on the page. */
  fact(name: string, data?: Json): Promise<unknown> {
    return this.#act((talk) => talk.tell({ kind: 'fact', name, ...(data && { data }) }))
  }

  /** Stops, resumes or restarts the bot. */
  control(action: 'stop' | 'resume' | 'restart'): Promise<unknown> {
    return this.#act((talk) => talk.tell({ kind: 'control', action }))
  }

  /** Answers an effect that a hook left open, by the effect's key. */
  result(effect: string, answer: { ok: boolean; target?: string; data?: Json }): Promise<unknown> {
    return this.#act((talk) => talk.tell({ kind: 'result', effect, ...answer }))
  }

  get #isOpen(): boolean {
    return this.hasAttribute('open') || this.hasAttribute('inline')
  }

  get #account(): string {
    return this.getAttribute('account') || location.host || 'page'
  }

  #configure(): void {
    const heading = this.getAttribute('heading') || this.#texts.title
    this.#view?.configure(heading, this.getAttribute('theme'), this.onUpload !== null)
  }

  #stop(): void {
    this.#starts += 1
    this.#conversation?.close()
    this.#conversation = undefined
  }

  async #start(): Promise<void> {
    this.#stop()
    const start = this.#starts
    const src = this.getAttribute('src')
    try {
      if (!src) throw new Error('the attribute `src` is missing: it names the bundle')
      const store = (this.#store = new Store(this.#account, src))
      this.#view?.load()
      this.#show()
      const bot = await loadEngine(new URL(src, document.baseURI), this.getAttribute('wasm'))
      if (start !== this.#starts) return
      const talk = (this.#conversation = new Conversation(bot, store, this.#account, {
        changed: (kept) => {
          this.#show(kept)
          if (this.#isOpen) void talk.seen()
        },
        effect: (effect) => this.#effect(effect),
        failed: (error) => this.#report(error),
      }))
      this.#configure()
      this.#show()
      for (const act of this.#early.splice(0)) act(talk)
      await (store.read().session ? this.#begin(talk) : this.#opened())
      this.#dispatch('ready', { hash: bot.hash })
    } catch (error) {
      if (start !== this.#starts) return
      this.#view?.fail()
      this.#report(error)
    }
  }

  #show(kept = this.#store?.read()): void {
    if (!kept) return
    const unsent = this.#unsent.filter(({ id }) => !kept.lines.some((line) => line.id === id))
    this.#view?.show({ ...kept, lines: [...kept.lines, ...unsent] }, this.#conversation !== undefined)
  }

  /** A dialog begins when the visitor opens the window, not when the page loads: most never do. */
  async #opened(): Promise<void> {
    if (!this.#isOpen || !this.#conversation) return
    await this.#act((talk) => talk.seen())
    setTimeout(() => this.#conversation?.warm(), WARM_AFTER)
  }

  #begin(talk: Conversation): Promise<void> {
    const known = { source: 'chat' as const, language: this.lang || navigator.language, ...campaign(), ...this.contact }
    return talk.begin(known)
  }

  /** Does something in the dialog, once there is one; false where it was refused, which ends nothing. */
  async #act(act: (talk: Conversation) => Promise<void>): Promise<boolean> {
    const talk = this.#conversation ?? (await new Promise<Conversation>((ready) => this.#early.push(ready)))
    try {
      await this.#begin(talk)
      await act(talk)
      return true
    } catch (error) {
      this.#view?.refuse()
      this.#report(error)
      return false
    }
  }

  #toggle(open: boolean): void {
    if (this.hasAttribute('inline')) return
    this.toggleAttribute('open', open)
    this.#view?.open(open, 'visitor')
  }

  async #attach(file: File): Promise<void> {
    const upload = this.onUpload
    if (!upload) return
    await this.#act(async (talk) => {
      const kind = file.type.startsWith('image/') ? 'photo' : 'file'
      await talk.attach(file.name || this.#texts.attach, kind, await upload(file))
    })
  }

  async #effect(effect: Effect): Promise<Answer> {
    this.#dispatch('effect', effect)
    switch (effect.kind) {
      case 'create_lead':
      case 'update_lead':
        this.#dispatch('lead', effect)
        if (this.onLead) return this.onLead(effect)
        break
      case 'handoff':
        this.#dispatch('handoff', effect)
        if (this.onHandoff) return this.onHandoff(effect)
    }
    return this.onEffect?.(effect)
  }

  /** Tells the page's author; the visitor reads words. */
  #report(error: unknown): void {
    console.error(error)
    this.#dispatch('error', error)
  }

  #dispatch(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`frontdesk-${name}`, { detail, bubbles: true, composed: true }))
  }
}

/** The marks of the campaign that brought the visitor. */
function campaign(): Contact {
  const given = new URLSearchParams(location.search)
  const marks = ['source', 'medium', 'campaign', 'term', 'content'] as const
  const utm = Object.fromEntries(marks.flatMap((mark) => {
    const value = given.get(`utm_${mark}`)
    return value ? [[mark, value]] : []
  }))
  return Object.keys(utm).length ? { utm } : {}
}

if (!customElements.get('frontdesk-chat')) customElements.define('frontdesk-chat', FrontdeskChat)

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-chat': FrontdeskChat
  }
}
