//! Errors of what is handed in beside a definition, and of stored sessions.

use super::Entry;
use crate::error::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::FileMissing,
        "The core reads no files: the host hands the table in with the definition.",
        "Hand the file in under this very name, or correct the name.",
    )
    .example(
        "faq: { file: prices.csv, unknown: [ { say: Уточню. } ] }\n",
        "faq: { file: faq.csv, unknown: [ { say: Уточню. } ] }\n",
    )
    .table(
        r#"вопрос;ответ
Сколько стоит доставка?;300 рублей.
"#,
    ),
    Entry::new(
        Code::MaskInvalid,
        "Order numbers would not be recognised.",
        "Write `#` for each digit and every other character as it stands: `A-######`.",
    )
    .example(
        r#"fields: { order: { type: order, mask: "№-" } }
rules: [ { if: { has: order }, do: [ { tag: order } ] } ]
"#,
        r#"fields: { order: { type: order, mask: "A-######" } }
rules: [ { if: { has: order }, do: [ { tag: order } ] } ]
"#,
    ),
    Entry::new(
        Code::RegexInvalid,
        "Order numbers would not be recognised.",
        "Close the brackets; classes are ASCII only. A `mask` is enough for most numbers.",
    )
    .example(
        r#"fields: { order: { type: order, regex: "A-([0-9]{6}" } }
rules: [ { if: { has: order }, do: [ { tag: order } ] } ]
"#,
        r#"fields: { order: { type: order, regex: "A-[0-9]{6}" } }
rules: [ { if: { has: order }, do: [ { tag: order } ] } ]
"#,
    ),
    Entry::new(
        Code::RegexNotBuilt,
        "This build is without regular expressions, to be smaller.",
        "Use a `mask`, or a build with the feature `author-regex`.",
    ),
    Entry::new(
        Code::TableInvalid,
        "Questions or answers would be lost.",
        "Mend the row and column that the path names; the first line names the columns.",
    )
    .example("faq: { file: faq.csv }\n", "")
    .table(
        r#"вопрос;цвет
Какой цвет?;синий
"#,
    ),
    Entry::new(
        Code::VectorsInvalid,
        "Phrasings could not be compared by meaning.",
        "Hand in a map of phrasings to whole numbers from -128 to 127, all of one length.",
    ),
    Entry::new(
        Code::SnapshotInvalid,
        "A session that is cut or edited would go on from a state that never was.",
        "Store what the library gives, unchanged; a newer snapshot needs a newer library.",
    ),
    Entry::new(
        Code::BotMismatch,
        "Names of flows, fields and statuses may mean something else in another definition.",
        "Take the session over by `migrate` before the next step.",
    ),
    Entry::new(
        Code::PayloadInvalid,
        "Read as something else it would put words into a client's mouth, or lose them.",
        "Hand over the body of the webhook as it came, under the name of the channel that sent it.",
    ),
    Entry::new(
        Code::BundleInvalid,
        "A page would run what nobody compiled, or read the bytes of another version as its own.",
        "Make the bundle again with the version that runs it, and serve it unchanged.",
    ),
    Entry::new(
        Code::NotBuilt,
        "The browser module «widget» runs bundles; it has no compiler, no tables and no tools, to be small.",
        "Make the bundle on a server or in a build step, or load the module «everything».",
    ),
    Entry::new(
        Code::Internal,
        "The core never panics; where a bug makes it, the face says so instead of ending the host.",
        "Report the bug with the message; the session is as it was before the call. A page loads the module anew and \
         restores the session.",
    ),
    Entry::new(
        Code::NotYet,
        "The key is part of the format, and this version does nothing with it.",
        "Leave it if it can wait for the version that does, or take it away.",
    ),
];
