//! English word forms: plurals, verbs, and the degrees of short adjectives.

use super::table::{Rows, Words, listed_forms};
use super::{ends_with_any, join};

/// Verbs by base form, past and participle; the rest follows.
static VERBS: Rows = Rows::new(
    "\
be am is are was were been being
have has had having
do does did done doing
go goes went gone going
say says said saying
arise arose arisen
awake awoke awoken
bear bore borne born
beat beat beaten
become became
begin began begun
bend bent
bet
bid
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
broadcast
build built
burn burnt
burst
buy bought
cast
catch caught
choose chose chosen
cling clung
come came
cost
creep crept
cut
deal dealt
dig dug
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fly flew flown
forbid forbade forbidden
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got gotten
give gave given
grind ground
grow grew grown
hang hung
hear heard
hide hid hidden
hit
hold held
hurt
keep kept
kneel knelt
know knew known
lay laid
lead led
lean leant
leap leapt
learn learnt
leave left
lend lent
let
lie lay lain lying
light lit
lose lost
make made
mean meant
meet met
mistake mistook mistaken
overcome overcame
pay paid
prove proven
put
quit
read
rid
ride rode ridden
ring rang rung
rise rose risen
run ran
see saw seen
seek sought
sell sold
send sent
set
sew sewn
shake shook shaken
shed
shine shone
shoot shot
show shown
shrink shrank shrunk
shut
shit shat
sing sang sung
sink sank sunk
sit sat
sleep slept
slide slid
smell smelt
speak spoke spoken
speed sped
spell spelt
spend spent
spill spilt
spin spun
spit spat
split
spoil spoilt
spread
spring sprang sprung
stand stood
steal stole stolen
stick stuck
sting stung
stink stank stunk
strike struck stricken
string strung
strive strove striven
swear swore sworn
sweep swept
swell swollen
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
thrust
tie tying
die dying
vie vying
understand understood
undo undid undone undoes
upset
wake woke woken
wear wore worn
weave wove woven
weep wept
win won
wind wound
withdraw withdrew withdrawn
write wrote written
can could
may might
will would
shall should
must
",
    listed_forms,
);

/// Nouns with a plural that follows no rule.
static NOUNS: Rows = Rows::new(
    "\
man men
woman women
child children
person people persons
foot feet
tooth teeth
goose geese
mouse mice
louse lice
ox oxen
die dice
half halves
calf calves
leaf leaves
loaf loaves
thief thieves
shelf shelves
wolf wolves
self selves
elf elves
scarf scarves scarfs
hoof hooves hoofs
knife knives
life lives
wife wives
analysis analyses
basis bases
crisis crises
diagnosis diagnoses
thesis theses
hypothesis hypotheses
axis axes
criterion criteria
phenomenon phenomena
datum data
medium media mediums
bacterium bacteria
curriculum curricula
appendix appendices appendixes
index indexes indices
matrix matrices
quiz quizzes
bus buses
gas gases
yes yeses
potato potatoes
tomato tomatoes
hero heroes
echo echoes
veto vetoes
cargo cargoes cargos
",
    listed_forms,
);

/// Adjectives and adverbs with their degrees.
static DEGREES: Rows = Rows::new(
    "\
good better best
bad worse worst
far farther farthest further furthest
little less least
much many more most
",
    listed_forms,
);

/// Pronouns and particles that are one word in several forms.
static CLOSED: Rows = Rows::new(
    "\
i me my mine myself
you your yours yourself yourselves
he him his himself
she her hers herself
it its itself
we us our ours ourselves
they them their theirs themselves
this these
that those
who whom whose
a an
",
    listed_forms,
);

/// Words that have one form.
static INVARIABLE: Words = Words::new(
    "the and or but if of in on at to for from by with about into over under as so than then too very not no \
    yes hi hey thanks ok okay sorry when where why how what which never always often now \
    here there sheep deer series species information news furniture equipment advice",
);

/// Ends of verbs stressed on the last syllable, which double the consonant: prefer, admit, control.
const DOUBLED: &str = "fer mit trol cur pel cel bel get gin vel quip nel dit bet set run lot cap vet mat put gret \
        fit ship bat";

/// Short adjectives that take -er and -est.
static SHORT_ADJECTIVES: Words = Words::new(
    "big small large long short high low cheap fast slow quick new old young hot cold warm cool wide deep \
    near close late early easy hard soft strong weak rich poor clean clear dark light bright loud quiet safe sick tall thin thick \
    tight wet dry great nice fine fair full happy angry busy heavy lucky pretty ugly dirty funny noisy healthy simple smart sweet tasty \
    rude kind mild bold brave calm crazy cute dull fresh fat gentle hungry lazy mean narrow neat odd pale plain proud pure raw ripe rough \
    sad sharp shy silly smooth sour steep stiff strange strict tiny tough weird wild wise worthy",
);

/// Adds the forms of a folded English word.
pub(super) fn expand(word: &str, out: &mut Vec<String>) {
    if INVARIABLE.contains(word) || !word.is_ascii() {
        return;
    }
    let before = out.len();
    CLOSED.expand(word, out);
    DEGREES.expand(word, out);
    if out.len() > before {
        return;
    }
    for base in bases(word) {
        inflect(&base, out);
    }
}

/// Forms of irregular words that are words of their own as well.
static HOMOGRAPHS: Words = Words::new(
    "found saw ground bound wound rose felt fell left bit thought shot drunk spoke people lay wound lead \
    broke bore wove dove",
);

/// Singulars in -s that no other rule tells.
static SINGULARS_IN_S: Words =
    Words::new("bias lens gas canvas atlas alias christmas pancreas pajamas always perhaps");

/// The base forms that the word may come from; itself where it may be one.
fn bases(word: &str) -> Vec<String> {
    let irregular = VERBS.of(word).chain(NOUNS.of(word));
    let mut found: Vec<String> =
        irregular.filter_map(|row| row.split(' ').next()).map(str::to_owned).collect();
    if !found.is_empty() {
        if HOMOGRAPHS.contains(word) {
            found.push(word.to_owned());
        }
        return found;
    }
    if let Some(head) = word.strip_suffix("men").filter(|head| head.len() > 2) {
        return vec![join(head, "man")];
    }
    if SINGULARS_IN_S.contains(word) {
        return vec![word.to_owned()];
    }
    if let Some(stem) = word.strip_suffix("ing").filter(|stem| has_vowel(stem) && stem.len() > 2) {
        found.extend(before_vowel(stem));
    } else if let Some(stem) =
        word.strip_suffix("ied").or_else(|| word.strip_suffix("ies")).filter(|s| s.len() > 1)
    {
        found.push(join(stem, "y"));
    } else if let Some(stem) =
        word.strip_suffix("ed").filter(|stem| has_vowel(stem) && !stem.ends_with('e') && stem.len() > 2)
    {
        found.extend(before_vowel(stem));
    } else if let Some(stem) = word.strip_suffix("es").filter(|stem| takes_es(stem)) {
        found.push(stem.to_owned());
        if !stem.ends_with("ss") && !stem.ends_with('x') && !stem.ends_with("sh") && !stem.ends_with("ch") {
            found.push(join(stem, "e"));
        }
    } else if let Some(stem) = word.strip_suffix('s').filter(|stem| is_plural_stem(stem)) {
        found.push(stem.to_owned());
    }
    // «bring», «need», «address»: what looks like an ending may belong to the word
    if found.is_empty() || word.ends_with("ing") || word.ends_with("ed") {
        found.push(word.to_owned());
    }
    found
}

/// stopp- stop, mak- make, work- work.
fn before_vowel(stem: &str) -> Vec<String> {
    let mut found = vec![stem.to_owned()];
    let mut letters = stem.chars().rev();
    let (last, before) = (letters.next(), letters.next());
    if last == before && !matches!(last, Some('l' | 's' | 'e' | 'o' | 'f' | 'z')) {
        found = stem.strip_suffix(|c| Some(c) == last).map(str::to_owned).into_iter().collect();
    } else if last == before && last == Some('l') {
        found.extend(stem.strip_suffix('l').map(str::to_owned));
    } else if last.is_some_and(|c| !matches!(c, 'a' | 'i' | 'o' | 'w' | 'x' | 'y')) {
        found.push(join(stem, "e"));
    }
    if let Some(head) = stem.strip_suffix("ck") {
        found.push(join(head, "c"));
    }
    found
}

fn takes_es(stem: &str) -> bool {
    ends_with_any(stem, "s x z sh ch o") && stem.len() > 2
}

/// Whether -s after it is an ending: not in «address», «bus», «analysis».
fn is_plural_stem(stem: &str) -> bool {
    stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) || matches!(stem, "ski" | "taxi" | "menu")
}

/// Adds what follows from a base form.
fn inflect(base: &str, out: &mut Vec<String>) {
    out.push(base.to_owned());
    if let Some(head) = base.strip_suffix("man").filter(|head| head.len() > 2) {
        out.push(join(head, "men"));
    }
    if let Some(head) = base.strip_suffix("sis") {
        out.push(join(head, "ses"));
    }
    let verb = VERBS.of(base).find(|row| row.split(' ').next() == Some(base));
    let noun = NOUNS.of(base).find(|row| row.split(' ').next() == Some(base));
    out.extend(verb.into_iter().chain(noun).flat_map(|row| row.split(' ')).map(str::to_owned));
    if matches!(base, "be" | "can" | "may" | "will" | "shall" | "must") {
        if base != "be" {
            out.push(join(base, "s"));
        }
        return;
    }
    let (stem, ies) = match base.strip_suffix('y').filter(|head| head.ends_with(|c| !is_vowel(c))) {
        Some(head) => (join(head, "i"), true),
        None => (base.to_owned(), false),
    };
    out.push(if ies || takes_es(base) && base.len() > 2 { join(&stem, "es") } else { join(base, "s") });
    if base.ends_with('o') {
        out.push(join(base, "s"));
    }
    let stems = before_endings(base);
    for short in &stems {
        out.push(join(short, "ing"));
    }
    if verb.is_none_or(|row| REGULAR_TOO.contains(&row.split(' ').next().unwrap_or_default())) {
        let past = match base.strip_suffix('e') {
            Some(head) => vec![head.to_owned()],
            None if ies => vec![stem.clone()],
            None => stems.clone(),
        };
        out.extend(past.iter().map(|short| join(short, "ed")));
    }
    if SHORT_ADJECTIVES.contains(base) {
        let short = if ies { vec![stem] } else { stems };
        out.extend(short.iter().flat_map(|short| [join(short, "er"), join(short, "est")]));
    }
}

/// Irregular verbs with a regular past beside it.
const REGULAR_TOO: [&str; 20] = [
    "burn", "dream", "learn", "lean", "leap", "smell", "spell", "spill", "spoil", "prove", "sew", "show",
    "light", "kneel", "hang", "speed", "lie", "tie", "die", "shine",
];

/// The stems before -ing and -ed: mak-, stopp-, work-; two where the stress is not told.
fn before_endings(base: &str) -> Vec<String> {
    if let Some(head) =
        base.strip_suffix('e').filter(|head| !head.ends_with(['e', 'o', 'y']) && head.len() > 1)
    {
        return vec![head.to_owned()];
    }
    if let Some(head) = base.strip_suffix("ic") {
        return vec![join(head, "ick")];
    }
    let mut letters = base.chars().rev();
    let (Some(last), Some(before)) = (letters.next(), letters.next()) else { return vec![base.to_owned()] };
    let third = letters.next();
    let closed = !is_vowel(last)
        && !matches!(last, 'w' | 'x' | 'y' | 'h')
        && is_vowel(before)
        && third.is_none_or(|c| !is_vowel(c) || c == 'u' && base.contains("qu"))
        || base.ends_with("uel")
        || base.ends_with("ial");
    let one_syllable = base.chars().filter(|&c| is_vowel(c)).count() - usize::from(base.contains("qu")) == 1;
    let doubled = format!("{base}{last}");
    match (closed, one_syllable) {
        (true, true) => vec![doubled],
        (true, false) if last == 'l' || ends_with_any(base, DOUBLED) => {
            vec![base.to_owned(), doubled]
        }
        _ => vec![base.to_owned()],
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn has_vowel(stem: &str) -> bool {
    stem.chars().any(|c| is_vowel(c) || c == 'y')
}
