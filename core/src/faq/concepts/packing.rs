//! How the built-in groups are packed: arithmetic coding with chances that adapt, at half the size of the text in gzip.
//!
//! The build script packs them and the crate unpacks them, both with [`Thesaurus::code`]: the coder that writes is told
//! each bit, the one that reads tells it. So there is one description of the format and no way for two to differ.
//!
//! Words come in the order of their spelling, each as what it shares with the one before and its other letters, then
//! for each word the terms that begin with it. Neighbours in spelling are mostly forms of one word, with one concept.

/// The letters of the words; the number of a letter is its place here, from 1.
pub(crate) const LETTERS: &str = "'0123456789abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяєії";
/// Bits of a letter.
const LETTER: u32 = 7;
/// Bits of how many letters a word shares with the one before.
const SHARED: u32 = 5;
/// Bits of the number of a word, and of a concept.
const WORD: u32 = 15;
const CONCEPT: u32 = 11;
/// Concepts met last, which the next term is likely of: bits of a place among them.
const RECENT: u32 = 2;
/// The count of words is written in so many bits.
const COUNT: u32 = 16;

/// Writes bits, or reads them.
pub(crate) trait Bits {
    /// Takes the bit that is meant and answers it, or answers the one that was written.
    fn bit(&mut self, chance: &mut Chance, meant: bool) -> bool;
}

/// How likely a bit is set, of 65536, as those before it taught.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chance {
    set: u32,
    seen: u32,
}

impl Chance {
    const EVEN: Self = Self { set: 1 << 15, seen: 0 };
    /// Seen so often it still changes by a part of this size.
    const STEADY: u32 = 60;
    /// Nothing is certain: both bits can always be written.
    const LEAST: u32 = 16;

    /// Parts the stretch between two numbers: up to the answer the bit is set.
    pub(crate) fn parts(&self, low: u32, high: u32) -> u32 {
        low + ((u64::from(high - low) * u64::from(self.set)) >> 16) as u32
    }

    pub(crate) fn learn(&mut self, bit: bool) {
        let part = 2 * self.seen + 3;
        if bit {
            self.set += 2 * ((1 << 16) - self.set) / part;
        } else {
            self.set -= 2 * self.set / part;
        }
        self.set = self.set.clamp(Self::LEAST, (1 << 16) - Self::LEAST);
        self.seen = (self.seen + 1).min(Self::STEADY);
    }
}

/// The chances of a number of so many bits, each bit after those above it, in each of some contexts.
struct Number {
    bits: u32,
    chances: Vec<Chance>,
}

impl Number {
    fn new(bits: u32, contexts: usize) -> Self {
        Self { bits, chances: vec![Chance::EVEN; contexts << bits] }
    }

    fn code(&mut self, bits: &mut impl Bits, context: usize, meant: usize) -> usize {
        let mut node = 1;
        for place in (0..self.bits).rev() {
            let chance = self.chances.get_mut((context << self.bits) + node);
            let set = chance.is_some_and(|chance| bits.bit(chance, meant >> place & 1 == 1));
            node = node << 1 | usize::from(set);
        }
        node - (1 << self.bits)
    }
}

/// A term that begins with a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) concept: usize,
    pub(crate) loose: bool,
    /// The words after the first, by number.
    pub(crate) rest: Vec<usize>,
}

/// Words in the order of their spelling, each with the terms that begin with it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Thesaurus {
    pub(crate) words: Vec<String>,
    pub(crate) terms: Vec<Vec<Term>>,
}

impl Thesaurus {
    /// Writes the groups, or reads them where the coder does: then `meant` is empty.
    pub(crate) fn code(bits: &mut impl Bits, meant: &Self) -> Self {
        let count = Number::new(COUNT, 1).code(bits, 0, meant.words.len());
        let mut coded = Self { words: Vec::with_capacity(count), terms: Vec::with_capacity(count) };
        let mut spelling = Spelling::new();
        for number in 0..count {
            let meant = meant.words.get(number).map_or("", String::as_str);
            coded.words.push(spelling.code(bits, meant));
        }
        let mut terms = Terms::new();
        for number in 0..count {
            coded.terms.push(terms.code(bits, meant.terms.get(number).map_or(&[], Vec::as_slice)));
        }
        coded
    }
}

/// The words, letter by letter.
struct Spelling {
    letters: Vec<char>,
    shared: Number,
    next: Number,
    /// The word before, as numbers of letters.
    before: Vec<usize>,
}

impl Spelling {
    fn new() -> Self {
        let letters = LETTERS.chars().collect();
        let (shared, next) = (Number::new(SHARED, 1 << SHARED), Number::new(LETTER, 1 << LETTER));
        Self { letters, shared, next, before: Vec::new() }
    }

    fn code(&mut self, bits: &mut impl Bits, meant: &str) -> String {
        let number = |c| self.letters.iter().position(|letter| *letter == c).map_or(0, |at| at + 1);
        let meant: Vec<usize> = meant.chars().map(number).collect();
        let most = (1 << SHARED) - 1;
        let alike = meant.iter().zip(&self.before).take(most).take_while(|(a, b)| a == b).count();
        let shared = self.shared.code(bits, self.before.len().min(most), alike);
        self.before.truncate(shared);
        loop {
            let context = self.before.last().copied().unwrap_or(0);
            let letter = meant.get(self.before.len()).copied().unwrap_or(0);
            match self.next.code(bits, context, letter) {
                0 => break,
                letter => self.before.push(letter),
            }
        }
        self.before.iter().filter_map(|letter| self.letters.get(letter - 1)).collect()
    }
}

/// The terms of word after word.
struct Terms {
    another: Number,
    is_recent: Chance,
    place: Number,
    concept: Number,
    loose: Chance,
    longer: Chance,
    word: Number,
    /// The concepts met last, the latest first.
    recent: Vec<usize>,
}

impl Terms {
    fn new() -> Self {
        Self {
            another: Number::new(1, 4),
            is_recent: Chance::EVEN,
            place: Number::new(RECENT, 1),
            concept: Number::new(CONCEPT, 1),
            loose: Chance::EVEN,
            longer: Chance::EVEN,
            word: Number::new(WORD, 1),
            recent: Vec::new(),
        }
    }

    fn code(&mut self, bits: &mut impl Bits, meant: &[Term]) -> Vec<Term> {
        let mut terms = Vec::new();
        while self.another.code(bits, terms.len().min(3), usize::from(terms.len() < meant.len())) == 1 {
            let term = meant.get(terms.len()).cloned().unwrap_or_default();
            terms.push(self.term(bits, &term));
        }
        terms
    }

    fn term(&mut self, bits: &mut impl Bits, meant: &Term) -> Term {
        let place = self.recent.iter().position(|concept| *concept == meant.concept);
        let concept = if bits.bit(&mut self.is_recent, place.is_some()) {
            let place = self.place.code(bits, 0, place.unwrap_or(0));
            self.recent.get(place).copied().unwrap_or(0)
        } else {
            self.concept.code(bits, 0, meant.concept)
        };
        self.recent.retain(|recent| *recent != concept);
        self.recent.truncate((1 << RECENT) - 1);
        self.recent.insert(0, concept);
        let loose = bits.bit(&mut self.loose, meant.loose);
        let mut rest = Vec::new();
        while bits.bit(&mut self.longer, rest.len() < meant.rest.len()) {
            let word = meant.rest.get(rest.len()).copied().unwrap_or(0);
            rest.push(self.word.code(bits, 0, word));
        }
        Term { concept, loose, rest }
    }
}
