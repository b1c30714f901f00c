//! The step with ten effects as WebAssembly, called from JavaScript with a number and nothing else: what is left of a
//! step of the browser's face when nothing crosses.

use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{Event, Key, Session};
use frontdesk::time::Timestamp;
use std::cell::RefCell;

const DEFINITION: &str = include_str!("../../faces/ten.yaml");
/// 2026-01-05T10:00:00Z.
const NOON: i64 = 1_767_607_200_000;

thread_local! {
    static DIALOG: RefCell<Option<(Bot, Session)>> = RefCell::new(opened());
}

fn opened() -> Option<(Bot, Session)> {
    let bot = Bot::from_yaml(DEFINITION, &Files::new()).ok()?.bot;
    let key = Key { channel: "web".into(), account: "site".into(), user: "u1".into() };
    let session = bot.open(key, Timestamp::from_millis(NOON), None);
    Some((bot, session))
}

/// Takes the messages from `first` on, and gives the number of their effects.
#[unsafe(no_mangle)]
pub extern "C" fn steps(first: u32, count: u32) -> usize {
    DIALOG.with_borrow_mut(|dialog| {
        let Some((bot, session)) = dialog else { return 0 };
        let step = |n: u32| {
            let event = Event::text(format!("m{n}"), "нове замовлення");
            let now = Timestamp::from_millis(NOON + i64::from(n) * 1000);
            bot.step(session, &event, now).map_or(0, |turn| turn.effects.len())
        };
        (first..first + count).map(step).sum()
    })
}
