//! Every other op is a tool of that name; its argument is the rest of the case as it was written.

use crate::bot::{Dialogs, text};
use frontdesk::document::Node;
use frontdesk::error::{Code, Error};
use frontdesk::verbs::tool;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

pub(crate) fn is_known(op: &str) -> bool {
    let names = tool("tools", None, "{}").unwrap_or_default();
    serde_json::from_str::<Vec<String>>(&names).is_ok_and(|names| names.iter().any(|name| name == op))
}

pub(crate) fn run(dialogs: &Dialogs, op: &str, case: &Node, line: &str) -> Result<String, Error> {
    let bot = case.get("bot").map(|_| dialogs.running(&text(case, "bot")?)).transpose()?;
    let refused = |e: serde_json::Error| Error::new(Code::SyntaxInvalid, "", e.to_string());
    let mut rest: BTreeMap<String, &RawValue> = serde_json::from_str(line).map_err(refused)?;
    rest.retain(|key, _| key != "op" && key != "bot");
    tool(op, bot, &serde_json::to_string(&rest).map_err(refused)?)
}
