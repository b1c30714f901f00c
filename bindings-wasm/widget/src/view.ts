/** What the visitor sees: built once, brought up to date from what is kept. */

import dark from './dark.css'
import style from './style.css'
import type { Kept, Line } from './store.ts'
import type { Texts } from './texts.ts'

export interface Actions {
  toggle(open: boolean): void
  send(text: string): void
  press(line: Line, id: string): void
  attach(file: File): void
  retry(): void
}

/** Where the window covers the whole page; `style.css` says the same. */
const COVERED = '(max-width: 480px), (max-height: 480px)'

/** Pixels from the end of the lines within which the visitor reads the last one. */
const NEAR = 60

/** How long the bot seems to type: long enough to be noticed, too short to be waited for. */
const TYPING = 450

export class View {
  readonly #root: ShadowRoot
  readonly #texts: Texts
  readonly #actions: Actions
  readonly #dark = sheet(dark)
  readonly #launcher: HTMLButtonElement
  readonly #badge: HTMLSpanElement
  readonly #panel: HTMLDialogElement
  readonly #title: HTMLHeadingElement
  readonly #state: HTMLParagraphElement
  readonly #close: HTMLButtonElement
  readonly #lines: HTMLOListElement
  readonly #broken: HTMLDivElement
  readonly #note: HTMLParagraphElement
  readonly #form: HTMLFormElement
  readonly #input: HTMLTextAreaElement
  readonly #attach: HTMLButtonElement
  readonly #shown = new Map<string, string>()
  #first = true

  constructor(root: ShadowRoot, texts: Texts, actions: Actions) {
    this.#root = root
    this.#texts = texts
    this.#actions = actions
    root.adoptedStyleSheets = [sheet(style), this.#dark]

    this.#state = make('p', { className: 'state', role: 'status' })
    this.#title = make('h2', { id: 'title' })
    this.#close = make('button', { className: 'close', type: 'button', ariaLabel: texts.close }, icon(CLOSE))
    this.#lines = make('ol', { className: 'lines', role: 'log', ariaLive: 'polite', tabIndex: 0 })
    this.#lines.setAttribute('aria-labelledby', 'title')
    this.#broken = make('div', { className: 'broken', role: 'alert', hidden: true })
    this.#note = make('p', { className: 'note', role: 'alert', textContent: texts.refused, hidden: true })
    this.#input = make('textarea', { rows: 1, placeholder: texts.placeholder, ariaLabel: texts.placeholder })
    this.#input.enterKeyHint = 'send'
    const file = make('input', { type: 'file', hidden: true })
    this.#attach = make('button', { className: 'attach', type: 'button', ariaLabel: texts.attach }, icon(CLIP))
    const send = make('button', { type: 'submit', ariaLabel: texts.send }, icon(SEND))
    this.#form = make('form', {}, file, this.#attach, this.#input, send)
    const header = make('header', {}, make('div', {}, this.#title, this.#state), this.#close)
    this.#panel = make('dialog', { id: 'panel', className: 'panel' }, header, this.#lines)
    this.#panel.setAttribute('aria-labelledby', 'title')
    this.#panel.append(this.#broken, this.#note, this.#form)
    this.#badge = make('span', { className: 'badge', ariaHidden: 'true', hidden: true })
    this.#launcher = make('button', { className: 'launcher', type: 'button' }, icon(BUBBLE), this.#badge)
    this.#launcher.ariaHasPopup = 'dialog'
    this.#call(0)
    root.append(this.#panel, this.#launcher)

    this.#launcher.onclick = () => actions.toggle(true)
    this.#close.onclick = () => actions.toggle(false)
    this.#panel.onkeydown = (event) => {
      if (event.key === 'Escape') actions.toggle(false)
    }
    this.#panel.oncancel = (event) => {
      event.preventDefault() // the page's attribute `open` decides
      actions.toggle(false)
    }
    this.#form.onsubmit = (event) => this.#submit(event)
    this.#input.onkeydown = (event) => this.#typed(event)
    this.#input.oninput = () => {
      this.#note.hidden = true
      this.#grow()
    }
    this.#attach.onclick = () => file.click()
    file.onchange = () => {
      const chosen = file.files?.[0]
      if (chosen) actions.attach(chosen)
      file.value = ''
    }
  }

  /** What the page's author set. */
  configure(heading: string, theme: string | null, attachments: boolean): void {
    this.#title.textContent = heading
    this.#dark.media.mediaText =
      theme === 'dark' ? 'all' : theme === 'light' ? 'not all' : '(prefers-color-scheme: dark)'
    this.#attach.hidden = !attachments
  }

  /** Opens or closes; the focus follows where the visitor acted, and stays where the page was loading. */
  open(open: boolean, by: 'load' | 'page' | 'visitor'): void {
    if (open !== this.#panel.open) {
      const isCovering = matchMedia(COVERED).matches && !this.#root.host.hasAttribute('inline')
      if (!open) this.#panel.close()
      // What lies under the window cannot be seen then, and is not to be reached either.
      else if (isCovering && by !== 'load') this.#panel.showModal()
      // Not `show`, which takes the focus and scrolls the page to it.
      else this.#panel.open = true
    }
    this.#scroll()
    if (by !== 'visitor') return
    if (open) this.#listen()
    else this.#launcher.focus()
  }

  /** Another dialog is about to be shown: all of it at once, as what was said before. */
  load(): void {
    this.#first = true
    this.#break(false)
  }

  /** Shows what is kept: new lines are added, pressed buttons go. Before it is ready, nobody answers yet. */
  show(kept: Kept, isReady: boolean): void {
    const { loading, online, joined, finished } = this.#texts
    if (isReady) this.#say({ active: online, human: joined, finished }[kept.mode], kept.mode)
    else this.#say(loading)
    this.#lines.ariaBusy = String(!isReady)
    this.#call(kept.unread)
    const known = new Set(kept.lines.map((line) => line.id))
    for (const id of this.#shown.keys()) if (!known.has(id)) this.#forget(id)
    kept.lines.forEach((line, index) => this.#line(line, index))
    this.#first = !isReady
    this.#times()
  }

  /** What stands under the title. */
  #say(state: string, mode = ''): void {
    this.#state.textContent = state
    this.#state.className = `state ${mode}`
  }

  /** A time stands under the last line of its minute. */
  #times(): void {
    const times = [...this.#lines.querySelectorAll('time')]
    times.forEach((time, n) => (time.hidden = time.textContent === times[n + 1]?.textContent))
  }

  /** What the launcher says. */
  #call(count: number): void {
    const { open, unread } = this.#texts
    this.#badge.hidden = count === 0
    this.#badge.textContent = String(count)
    this.#launcher.ariaLabel = count ? unread(count) : open
  }

  /** Waits for the visitor's words; on a touch screen the keyboard would cover what was just said. */
  #listen(): void {
    const place = matchMedia('(pointer: coarse)').matches ? this.#lines : this.#input
    place.focus()
  }

  /** Says that the chat cannot work, instead of an empty box. */
  fail(): void {
    const retry = make('button', { type: 'button', textContent: this.#texts.retry })
    retry.onclick = () => this.#actions.retry()
    this.#broken.replaceChildren(make('strong', { textContent: this.#texts.broken }), retry)
    this.#break(true)
    this.#say('')
  }

  #break(broken: boolean): void {
    this.#broken.hidden = !broken
    this.#form.hidden = this.#lines.hidden = broken
  }

  /** Says that something was not taken. */
  refuse(): void {
    this.#note.hidden = false
  }

  /** Has the visitor try again with words that were not taken. */
  giveBack(text: string): void {
    this.#input.value ||= text
    this.#grow()
  }

  #line(line: Line, index: number): void {
    const state = JSON.stringify(line.buttons ?? null)
    const before = this.#shown.get(line.id)
    if (before === state) return
    this.#shown.set(line.id, state)
    const item = this.#item(line)
    const old = this.#root.getElementById(`line-${line.id}`)
    if (old) return old.replaceWith(item)
    const next = this.#lines.children[index] ?? null
    const follow = this.#following(line)
    // What was said before the page was opened stands there at once; a new answer is typed.
    if (this.#first || line.from !== 'bot' || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#lines.insertBefore(item, next)
    } else {
      const dots = make('div', { className: 'bubble typing', ariaHidden: 'true' })
      dots.append(make('i', {}), make('i', {}), make('i', {}))
      const waiting = make('li', { className: 'line bot', id: item.id }, dots)
      this.#lines.insertBefore(waiting, next)
      setTimeout(() => {
        if (!waiting.isConnected) return
        const follow = this.#following(line)
        waiting.replaceWith(this.#item(line))
        this.#times()
        follow()
      }, TYPING)
    }
    follow()
  }

  /** Before something is shown: what brings it into view, unless the visitor reads what was said before. */
  #following({ from }: Line): () => void {
    const { scrollHeight, scrollTop, clientHeight } = this.#lines
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR
    return () => (isAtEnd || from === 'client') && this.#scroll()
  }

  #item(line: Line): HTMLLIElement {
    const { from } = line
    const [id, className] = [`line-${line.id}`, `line ${from}`]
    if (from === 'handoff') return make('li', { id, className, textContent: this.#texts.handoff })
    const speaker = line.who ?? this.#texts[from]
    const who = make('span', { className: from === 'operator' ? 'who' : 'unseen', textContent: speaker })
    const bubble = make('div', { className: 'bubble', dir: 'auto' }, ...linked(line.text))
    const at = new Date(line.at)
    const day: Intl.DateTimeFormatOptions =
      at.toDateString() === new Date().toDateString() ? {} : { day: 'numeric', month: 'short' }
    const time = make('time', {
      dateTime: at.toISOString(),
      textContent: at.toLocaleString([], { ...day, hour: '2-digit', minute: '2-digit' }),
    })
    const item = make('li', { id, className }, who, bubble, time)
    if (line.buttons?.length) item.append(this.#buttons(line))
    return item
  }

  #buttons(line: Line): HTMLDivElement {
    const row = make('div', { className: 'buttons' })
    for (const { id, title } of line.buttons ?? []) {
      const button = make('button', { type: 'button', textContent: title })
      button.onclick = () => {
        this.#actions.press(line, id)
        this.#listen()
      }
      row.append(button)
    }
    return row
  }

  #forget(id: string): void {
    this.#shown.delete(id)
    this.#root.getElementById(`line-${id}`)?.remove()
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    const text = this.#input.value.trim()
    if (!text) return
    this.#input.value = ''
    this.#grow()
    this.#actions.send(text)
  }

  #typed(event: KeyboardEvent): void {
    // While an input method composes a word, Enter ends the word and not the message.
    // 229 is Safari's sign of it for the Enter that ends one.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    this.#form.requestSubmit()
  }

  #grow(): void {
    this.#input.style.height = 'auto'
    this.#input.style.height = `${this.#input.scrollHeight + 2}px`
  }

  #scroll(): void {
    this.#lines.scrollTop = this.#lines.scrollHeight
  }
}

/** A text with its web addresses as links; everything else stays text, whatever it looks like. */
function linked(text: string): (string | HTMLAnchorElement)[] {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,!?:;)»])/).map((part, index) =>
    index % 2 ? make('a', { href: part, textContent: part, target: '_blank', rel: 'noopener noreferrer' }) : part,
  )
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(css)
  return made
}

const BUBBLE = 'M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z'
const CLOSE = 'M5 5l14 14M19 5L5 19'
const SEND = 'M4 12l16-8-6 17-3-7z'
const CLIP = 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.3 8.3a1.7 1.7 0 0 1-2.5-2.5L14.5 8'

function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  const look = { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': '2' }
  for (const [name, value] of Object.entries(look)) line.setAttribute(name, value)
  line.setAttribute('stroke-linejoin', 'round')
  line.setAttribute('stroke-linecap', 'round')
  svg.append(line)
  return svg
}
