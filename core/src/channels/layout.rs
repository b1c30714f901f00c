//! How a reply is laid out within a vendor's limits: its text in parts, its buttons in a menu or as numbered lines.

use crate::dialog::{ReplyButton, Window};
use crate::wire::{ChangeCode, Encoded, Limit, Outgoing, OutgoingKind, Said, token};
use std::collections::BTreeSet;

/// A reply among the effects.
pub(super) struct Reply<'e> {
    /// Key of its effect.
    pub(super) key: &'e str,
    /// What it says.
    pub(super) said: &'e Said,
    /// Whether its buttons are the last ones: those that a number refers to.
    pub(super) last: bool,
}

/// The replies among effects, in order.
pub(super) fn replies(effects: &[Outgoing]) -> Vec<Reply<'_>> {
    let said = effects.iter().filter_map(|effect| match &effect.kind {
        OutgoingKind::Reply(said) => Some((effect.key.as_str(), said)),
        _ => None,
    });
    let mut replies: Vec<Reply<'_>> = said.map(|(key, said)| Reply { key, said, last: false }).collect();
    if let Some(reply) = replies.iter_mut().rfind(|r| !r.said.buttons.is_empty()) {
        reply.last = true;
    }
    replies
}

impl Reply<'_> {
    /// Whether it may be sent as it is: the window is open. Else it is noted that nothing goes out.
    pub(super) fn in_window(&self, out: &mut Encoded) -> bool {
        let open = self.said.window == Window::Open;
        if !open {
            out.change(ChangeCode::WindowClosed, self.key, "", 1, 0);
        }
        open
    }
}

/// What a vendor can show as buttons.
#[derive(Debug, Clone, Copy)]
pub(super) struct Menu {
    /// How many.
    pub(super) most: usize,
    /// The text above them.
    pub(super) text: Limit,
    /// The title of each.
    pub(super) title: Limit,
    /// What comes back when it is pressed.
    pub(super) id: Limit,
    /// Whether an id that is too long may become a token, because the codec finds it again.
    pub(super) tokens: bool,
    /// Whether titles must differ.
    pub(super) unique: bool,
}

/// A button as a vendor takes it.
#[derive(Debug)]
pub(super) struct Button<'e> {
    pub(super) id: String,
    pub(super) title: String,
    /// The title before it was clipped.
    pub(super) full: &'e str,
}

/// A reply, laid out: buttons belong to the last part.
#[derive(Debug)]
pub(super) struct Laid<'e> {
    pub(super) parts: Vec<String>,
    pub(super) buttons: Vec<Button<'e>>,
    /// Which of the menus shows the buttons; none where there are none, or where they are lines of the text.
    pub(super) menu: Option<usize>,
}

impl<'e> Laid<'e> {
    /// The parts, each with the buttons that it carries.
    pub(super) fn messages(&self) -> impl Iterator<Item = (&str, &[Button<'e>])> {
        let last = self.parts.len().saturating_sub(1);
        let carried = move |at: usize| if at == last { self.buttons.as_slice() } else { &[] };
        self.parts.iter().enumerate().map(move |(at, part)| (part.as_str(), carried(at)))
    }
}

/// Lays a reply out: the first menu that can show its buttons does, else they become numbered lines.
pub(super) fn lay_out<'e>(reply: &Reply<'e>, text: Limit, menus: &[Menu], out: &mut Encoded) -> Laid<'e> {
    let buttons = &reply.said.buttons;
    let (key, said) = (reply.key, reply.said.text.trim());
    if said.is_empty() {
        out.change(ChangeCode::Dropped, key, "text", 0, text.most);
        return Laid { parts: Vec::new(), buttons: Vec::new(), menu: None };
    }
    let chosen = menus.iter().position(|menu| !buttons.is_empty() && menu.shows(buttons));
    let Some((place, menu)) = chosen.and_then(|place| Some((place, menus.get(place)?))) else {
        let mut whole = said.to_string();
        if !buttons.is_empty() {
            let most = menus.iter().map(|menu| menu.most).max().unwrap_or(0);
            out.change(ChangeCode::Numbered, key, "buttons", buttons.len(), most);
            whole.push_str(&lines(buttons, reply.last));
        }
        let parts = split(&whole, text, key, out);
        return Laid { parts, buttons: Vec::new(), menu: None };
    };
    let mut parts = split(said, text, key, out);
    // The part that carries the buttons may have to be shorter than the others.
    if let Some(last) = parts.pop_if(|last| !menu.text.holds(last)) {
        parts.extend(split(&last, menu.text, key, out));
    }
    let shown = buttons.iter().enumerate().map(|(at, button)| {
        let title = menu.title.clip(&button.title).into_owned();
        if title != button.title {
            let path = format!("buttons[{at}].title");
            out.change(ChangeCode::Clipped, key, &path, menu.title.length(&button.title), menu.title.most);
        }
        let id = menu.id_of(button);
        if id != button.id {
            let path = format!("buttons[{at}].id");
            out.change(ChangeCode::Shortened, key, &path, menu.id.length(&button.id), menu.id.most);
        }
        Button { id, title, full: &button.title }
    });
    Laid { buttons: shown.collect(), parts, menu: Some(place) }
}

impl Menu {
    /// Whether all of the buttons can be shown, told apart and read back.
    fn shows(&self, buttons: &[ReplyButton]) -> bool {
        let ids: BTreeSet<String> = buttons.iter().map(|b| self.id_of(b)).collect();
        let titles: BTreeSet<_> = buttons.iter().map(|b| self.title.clip(&b.title)).collect();
        let named = buttons.iter().all(|b| !b.title.trim().is_empty() && !b.id.is_empty());
        let told_apart = ids.len() == buttons.len() && (!self.unique || titles.len() == buttons.len());
        buttons.len() <= self.most && named && told_apart && ids.iter().all(|id| self.id.holds(id))
    }

    /// What comes back for a button. An id that looks like a token becomes one too, so that none is misread.
    fn id_of(&self, button: &ReplyButton) -> String {
        let plain = self.id.holds(&button.id) && !button.id.starts_with('~');
        if plain || !self.tokens { button.id.clone() } else { token(&button.id) }
    }
}

/// Buttons as lines below a text; without numbers where a number would press a button of a later reply.
fn lines(buttons: &[ReplyButton], counts: bool) -> String {
    let line = |(at, button): (usize, &ReplyButton)| match counts {
        true => format!("\n{}. {}", at + 1, button.title),
        false => format!("\n— {}", button.title),
    };
    format!("\n{}", buttons.iter().enumerate().map(line).collect::<String>())
}

fn split(text: &str, limit: Limit, key: &str, out: &mut Encoded) -> Vec<String> {
    let parts: Vec<String> = limit.split(text).into_iter().map(str::to_string).collect();
    if parts.len() > 1 {
        out.change(ChangeCode::Split, key, "text", limit.length(text), limit.most);
    }
    parts
}
