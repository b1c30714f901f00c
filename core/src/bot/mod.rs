//! Floor 3: a definition compiled: word lists, FAQ index, zone; immutable, shared by all sessions and threads.

mod bundle;
mod instructions;
pub mod knowledge;
mod lint;
mod published;
pub mod value;
pub mod words;

use crate::definition::{Button, Condition, Definition, FieldKind, Loaded, WordsRef, for_each_condition};
use crate::document::Node;
use crate::error::Error;
use crate::extract::order::{Mask, Pattern};
use crate::extract::{PhoneOptions, Region};
use crate::text::Span;
use crate::time::Zone;
use knowledge::Knowledge;
pub(crate) use published::Published;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use words::Lexicon;

/// A bot ready to talk. Immutable, `Send + Sync`: compile once, share by reference or `Arc`.
///
/// Compiling the clinic (121 rows) takes some milliseconds, most of it the FAQ index.
#[derive(Debug)]
pub struct Bot {
    definition: Definition,
    hash: String,
    zone: Zone,
    lexicon: Lexicon,
    knowledge: Knowledge,
    orders: BTreeMap<String, OrderFinder>,
    phone_options: PhoneOptions,
    /// Options of choices: field, id, name of the list of its titles.
    options: Vec<(String, String, String)>,
    /// The audience of every session, in a bot of a bundle.
    audience: Option<String>,
    /// What tells masks in records apart; a bundle has none.
    log_key: Option<String>,
    /// Read when the first record is masked.
    published: OnceLock<Published>,
}

/// A bot with what a careful reader would ask its author.
#[derive(Debug)]
pub struct Compiled {
    /// The bot.
    pub bot: Bot,
    /// Warnings, in the order of the definition.
    pub warnings: Vec<Error>,
}

/// The file in which a host hands in the secret for masked records: any text that is hard to guess.
pub const LOG_KEY: &str = "log.key";

/// Files that a definition names, by name, and [`LOG_KEY`].
pub type Files = BTreeMap<String, String>;

impl Bot {
    /// Compiles a definition with the files it names. Errors: every one found, with code and path.
    pub fn compile(loaded: Loaded, files: &Files) -> Result<Compiled, Vec<Error>> {
        let Loaded { definition, mut warnings, source, used } = loaded;
        let mut errors = Vec::new();
        let knowledge = Knowledge::build(&definition, files, &mut errors, &mut warnings);
        let orders = orders(&definition, &mut errors);
        let zone = Zone::named(&definition.timezone).unwrap_or_else(Zone::utc);
        let phone_options = phone_options(&definition);
        if !errors.is_empty() {
            errors.iter_mut().for_each(|e| {
                if let (None, Some(at)) = (e.line, source.place(&e.path)) {
                    (e.line, e.column) = (Some(at.line), Some(at.column));
                }
            });
            return Err(errors);
        }
        let options = options(&definition);
        let lexicon = Lexicon::new(&lists(&definition));
        let hash = hash(&source, &definition, files);
        let bot = Bot {
            definition,
            hash,
            zone,
            lexicon,
            knowledge,
            orders,
            phone_options,
            options,
            audience: None,
            log_key: files.get(LOG_KEY).filter(|key| !key.is_empty()).cloned(),
            published: OnceLock::new(),
        };
        let warnings = lint::warnings(&bot, &source, &used, warnings);
        Ok(Compiled { bot, warnings })
    }

    /// Reads and compiles a definition in JSON.
    pub fn from_json(text: &str, files: &Files) -> Result<Compiled, Vec<Error>> {
        Self::compile(Definition::from_json(text)?, files)
    }

    /// Reads and compiles a definition in YAML 1.2.
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str, files: &Files) -> Result<Compiled, Vec<Error>> {
        Self::compile(Definition::from_yaml(text)?, files)
    }

    /// The definition it was compiled from.
    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// The hash of definition and files: the same meaning gives the same hash, whatever spelled it.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The bot's time zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The compiled word lists.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The compiled FAQ.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// How numbers without a country code are read.
    pub(crate) fn phone_options(&self) -> &PhoneOptions {
        &self.phone_options
    }

    /// The audience of every session, where the bot knows one only.
    pub(crate) fn only_audience(&self) -> Option<&str> {
        self.audience.as_deref()
    }

    /// The secret of masked records.
    pub(crate) fn log_key(&self) -> Option<&str> {
        self.log_key.as_deref()
    }

    /// What its author says in public.
    pub(crate) fn published(&self) -> &Published {
        self.published.get_or_init(|| Published::of(self))
    }

    /// The currency of amounts that name none.
    pub(crate) fn currency(&self) -> &'static str {
        let region = self.definition.regions.first().map_or("", String::as_str);
        CURRENCIES.iter().find(|(name, _)| *name == region).map_or("USD", |(_, currency)| currency)
    }

    /// The options of choices that a message names: field, id and place of each. One inside another of its field is
    /// not named: «не срочно» is no «срочно».
    pub(crate) fn options_in(&self, reading: &words::Reading<'_>) -> Vec<(&str, &str, Span)> {
        let named = self.options.iter().filter_map(|(field, id, list)| {
            let hit = self.lexicon.hits(list, reading).into_iter().next()?;
            Some((field.as_str(), id.as_str(), hit.span))
        });
        let mut named: Vec<_> = named.collect();
        let all = named.clone();
        let inside = |a: Span, b: Span| a != b && b.start <= a.start && a.end <= b.end;
        named.retain(|one| !all.iter().any(|other| one.0 == other.0 && inside(one.2, other.2)));
        named
    }

    /// The option of a choice that a message names in part or in other order: «деньги» for «Деньги назад».
    pub(crate) fn option_in_part(&self, field: &str, reading: &words::Reading<'_>) -> Option<&str> {
        let of_field = self.options.iter().filter(|(name, _, _)| name == field);
        let options: Vec<(&str, &str)> = of_field.map(|(_, id, list)| (list.as_str(), id.as_str())).collect();
        let lists: Vec<&str> = options.iter().map(|(list, _)| *list).collect();
        let list = self.lexicon.only_holder(&lists, reading)?;
        options.iter().find(|(of, _)| *of == list).map(|(_, id)| *id)
    }

    /// How each order field finds its numbers.
    pub(crate) fn orders(&self) -> &BTreeMap<String, OrderFinder> {
        &self.orders
    }
}

/// Currencies of the focus regions (ISO 4217).
const CURRENCIES: &[(&str, &str)] = &[
    ("RU", "RUB"),
    ("UA", "UAH"),
    ("BY", "BYN"),
    ("KZ", "KZT"),
    ("UZ", "UZS"),
    ("AM", "AMD"),
    ("GE", "GEL"),
    ("AZ", "AZN"),
    ("KG", "KGS"),
    ("MD", "MDL"),
    ("TJ", "TJS"),
    ("TM", "TMT"),
    ("IL", "ILS"),
    ("DE", "EUR"),
    ("PL", "PLN"),
    ("GB", "GBP"),
    ("CA", "CAD"),
    ("TR", "TRY"),
];

fn phone_options(definition: &Definition) -> PhoneOptions {
    let regions: Vec<Region> = definition.regions.iter().filter_map(|code| Region::from_code(code)).collect();
    PhoneOptions::new(regions)
}

/// The options of every choice with the list of their titles.
fn options(definition: &Definition) -> Vec<(String, String, String)> {
    let choices = definition.fields.iter().filter(|f| f.kind == FieldKind::Choice);
    choices
        .flat_map(|field| {
            let list = |option: &Button| option_list(&field.name, &option.id);
            field.options.iter().map(move |o| (field.name.clone(), o.id.clone(), list(o)))
        })
        .collect()
}

fn option_list(field: &str, option: &str) -> String {
    format!("{field}={option}")
}

/// The author's lists, and the words in place of conditions under a name of their own.
fn lists(definition: &Definition) -> BTreeMap<String, Vec<String>> {
    let mut lists = definition.words.clone();
    for_each_condition(definition, &mut |condition| {
        if let Condition::Words { words: WordsRef::Inline(words), .. } = condition {
            lists.insert(inline_list(words), words.clone());
        }
    });
    for field in definition.fields.iter().filter(|f| f.kind == FieldKind::Choice) {
        for option in &field.options {
            let titles = option.title.all().map(str::to_string).collect();
            lists.insert(option_list(&field.name, &option.id), titles);
        }
    }
    lists
}

/// The name under which the lexicon keeps the words of a condition.
pub(crate) fn list_name(words: &WordsRef) -> String {
    match words {
        WordsRef::Named(name) => name.clone(),
        WordsRef::Inline(words) => inline_list(words),
    }
}

/// The name of a list that stands in place.
fn inline_list(words: &[String]) -> String {
    format!("[{}]", words.join("\n"))
}

/// How the order numbers of a field are found: by mask, by regular expression, or both.
#[derive(Debug, Default)]
pub(crate) struct OrderFinder {
    mask: Option<Mask>,
    pattern: Option<Pattern>,
}

impl OrderFinder {
    /// The order numbers of a text with their places.
    pub(crate) fn find(&self, text: &str) -> Vec<(Span, String)> {
        let by_mask = self.mask.iter().flat_map(|m| m.find(text));
        by_mask.chain(self.pattern.iter().flat_map(|p| p.find(text))).collect()
    }
}

fn orders(definition: &Definition, errors: &mut Vec<Error>) -> BTreeMap<String, OrderFinder> {
    let mut orders = BTreeMap::new();
    for field in definition.fields.iter().filter(|f| f.kind == FieldKind::Order) {
        let mut keep = |key: &str, error: Error| {
            errors.push(Error { path: format!("fields.{}.{key}", field.name), ..error });
        };
        let mask = field.mask.as_ref().and_then(|m| Mask::parse(m).map_err(|e| keep("mask", e)).ok());
        let pattern = field.regex.as_ref().and_then(|r| Pattern::parse(r).map_err(|e| keep("regex", e)).ok());
        orders.insert(field.name.clone(), OrderFinder { mask, pattern });
    }
    orders
}

/// SHA-256 over the canonical JSON of the definition without its tests, and the files it names.
fn hash(source: &Node, definition: &Definition, files: &Files) -> String {
    let mut source = source.to_json();
    if let Some(map) = source.as_object_mut() {
        map.remove("tests");
    }
    let mut digest = Sha256::new();
    digest.update(source.to_string());
    for name in definition.faq.files() {
        digest.update([0]);
        digest.update(files.get(name).map_or("", String::as_str));
    }
    hex(&digest.finalize())
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
