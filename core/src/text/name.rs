//! Names in every case: known by stems, with what inflection does to the end of a stem.
//!
//! Not by the word forms of [`super::forms`]: a page masks its records too, and names need none of the verbs.

use super::fold::{is_apostrophe, is_cyrillic};
use super::layout::from_latin;
use super::{Lang, TokenKind, fold_word, stem, tokens};
use std::collections::BTreeSet;

/// Letters of the shortest word that has other forms: «Ян» is no stem, it begins too much.
const SHORTEST: usize = 3;
/// Endings that a name takes and that the stems leave; those of adjectives they cut off.
const ENDINGS: &str = "ові еві єві єю ею ою ом ем єм а я у ю е є и і ї ы о ь й";
/// Endings that are put to a whole name, in Kazakh, Uzbek, Armenian and Georgian.
const PUT: &str = "ге ға ке қа ді ды ті ты ні ны нің ның дің дың тің тың мен бен пен нен нан ден дан тен тан \
                   ga ka qa ni ning da dan s es i ի ին ից ով ը ն ս მა მ ს ის ით ად ი";
/// Letters of the shortest name that they are looked for after.
const LONG_NAME: usize = 4;
/// Letters of the shortest stem whose last syllable may close in Ukrainian: «Федора» is of «Федір», «Нона» of no «Нін».
const LONG_STEM: usize = 5;

/// The words of the names known, and the stems of their forms.
#[derive(Debug, Default)]
pub(crate) struct Names {
    stems: BTreeSet<String>,
    /// The words alone, as Latin letters leave them.
    sounds: BTreeSet<String>,
}

impl Names {
    /// A name that is to be found from now on, in whatever case it was given.
    pub(crate) fn add(&mut self, name: &str) {
        for word in tokens(name).filter(|t| t.kind == TokenKind::Word).map(|t| fold_word(t.text)) {
            if has_letters(&word, SHORTEST) {
                let stems = stems(&word).chain(without_ending(&word).map(str::to_owned));
                for stem in stems {
                    self.stems.extend(altered(&stem));
                    self.stems.insert(stem);
                }
                // გიორგი გიორგმა
                self.stems.extend(word.strip_suffix('ი').map(str::to_owned));
            }
            if has_letters(&word, LONG_NAME) {
                self.sounds.insert(sound(&word));
            }
            if has_letters(&word, 2) {
                self.stems.insert(word);
            }
        }
    }

    /// Whether the word is a form of a name known. It may be of another word with the same stem: who must not keep a
    /// name rather loses a word.
    pub(crate) fn has(&self, word: &str) -> bool {
        if self.stems.is_empty() {
            return false;
        }
        // «Smithers's»; an «O'Brien» is whole.
        let bare = word.split_once(is_apostrophe).map(|(bare, _)| bare);
        self.knows(word) || bare.is_some_and(|bare| has_letters(bare, SHORTEST) && self.knows(bare))
    }

    fn knows(&self, word: &str) -> bool {
        let folded = fold_word(word);
        let is_known = |stem: &str| self.stems.contains(stem);
        let with_put = || PUT.split_whitespace().filter_map(|ending| folded.strip_suffix(ending));
        is_known(&folded)
            || has_letters(&folded, SHORTEST)
                && (without_ending(&folded).any(is_known) || stems(&folded).any(|stem| is_known(&stem)))
            || with_put().any(|name| has_letters(name, LONG_NAME) && is_known(name))
            || folded.is_ascii() && has_letters(&folded, LONG_NAME) && self.sounds_like(&folded)
    }

    /// «Valdshnep» of «Вальдшнеп»
    fn sounds_like(&self, latin: &str) -> bool {
        [Lang::Ru, Lang::Uk].into_iter().any(|lang| self.sounds.contains(&sound(&from_latin(latin, lang))))
    }
}

/// A word without what Latin spellings of it drop or mix up.
fn sound(word: &str) -> String {
    let letter = |c| match c {
        'ь' | 'ъ' => None,
        'ы' | 'й' | 'і' | 'ї' => Some('и'),
        'э' | 'є' => Some('е'),
        'я' => Some('а'),
        'ю' => Some('у'),
        'ґ' => Some('г'),
        c => Some(c),
    };
    let mut sound: Vec<char> = word.chars().filter_map(letter).collect();
    sound.dedup();
    sound.into_iter().collect()
}

fn has_letters(word: &str, count: usize) -> bool {
    word.chars().nth(count - 1).is_some()
}

/// The stems of a folded word, as each language has them.
fn stems(word: &str) -> impl Iterator<Item = String> {
    Lang::ALL.into_iter().map(|lang| stem(word, lang))
}

/// A folded word without each ending that it has.
fn without_ending(word: &str) -> impl Iterator<Item = &str> {
    let without = ENDINGS.split(' ').filter_map(|ending| word.strip_suffix(ending));
    without.filter(|stem| has_letters(stem, 2))
}

/// The stems of the other forms of a Russian or Ukrainian name with this stem.
fn altered(stem: &str) -> Vec<String> {
    let letters: Vec<char> = stem.chars().collect();
    let Some((&last, head)) = letters.split_last() else { return Vec::new() };
    if !is_cyrillic(last) || is_vowel(last) {
        return Vec::new();
    }
    let with = |head: &[char], between: &str, end: char| -> String {
        head.iter().copied().chain(between.chars()).chain([end]).collect()
    };
    let mut stems = Vec::new();
    // Ольга Ользі, Галка Галці, Марчук Марчуче.
    let softened = match last {
        'к' => "цч",
        'г' => "зж",
        'х' => "сш",
        'ц' => "кч",
        'ч' => "к",
        'з' => "г",
        _ => "",
    };
    stems.extend(softened.chars().map(|end| with(head, "", end)));
    match head.split_last() {
        // Кравец Кравца, Лев Льва, Заяц Зайца, Федір Федора.
        Some((vowel, before)) if is_vowel(*vowel) => {
            let others: &[&str] = match vowel {
                'е' | 'є' | 'я' => &["", "ь", "й"],
                'о' if letters.len() >= LONG_STEM => &["", "і"],
                'о' => &[""],
                'і' => &["", "о"],
                _ => &[],
            };
            stems.extend(others.iter().map(|other| with(before, other, last)));
        }
        // and back: Кравцу, Льву, Зайцу.
        Some(('ь' | 'й', before)) => stems.extend(["е", "є", "я"].map(|vowel| with(before, vowel, last))),
        Some(_) => stems.extend(["е", "о"].map(|vowel| with(head, vowel, last))),
        None => {}
    }
    stems
}

fn is_vowel(letter: char) -> bool {
    "аеєиіїоуыэюя".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of names, as grammars give them.
    const DECLINED: &[&str] = &[
        "Анна Анны Анне Анну Анной Анною",
        "Мария Марии Марию Марией",
        "Наталья Натальи Наталье Наталью Натальей",
        "Любовь Любови Любовью",
        "Игорь Игоря Игорю Игорем Игоре",
        "Андрей Андрея Андрею Андреем Андрее",
        "Дмитрий Дмитрия Дмитрию Дмитрием Дмитрии",
        "Пётр Петра Петру Петром Петре",
        "Павел Павла Павлу Павлом Павле",
        "Лев Льва Льву Львом Льве",
        "Илья Ильи Илье Илью Ильёй",
        "Никита Никиты Никите Никиту Никитой",
        "Кравец Кравца Кравцу Кравцом Кравце Кравцы Кравцов Кравцам",
        "Орёл Орла Орлу Орлом Орле",
        "Заяц Зайца Зайцу Зайцем Зайце",
        "Воробей Воробья Воробью Воробьём Воробье",
        "Соловьёв Соловьёва Соловьёву Соловьёвым Соловьёвой Соловьёвы Соловьёвых",
        "Петров Петрова Петрову Петровым Петрове Петровой Петровых Петровыми",
        "Ильина Ильиной Ильину Ильин Ильиным Ильины Ильиных",
        "Островский Островского Островскому Островским Островская Островской Островскую Островские",
        "Толстой Толстого Толстому Толстым Толстом Толстая Толстую",
        "Белый Белого Белому Белым Белая Белой Белую",
        "Ковальчук Ковальчука Ковальчуку Ковальчуком",
        "Кличко Кличка Кличку",
        "Глинка Глинки Глинке Глинку Глинкой",
        "Ольга Ольги Ользі Ольгу Ольгою Ольго",
        "Наталка Наталки Наталці Наталку Наталкою Наталко",
        "Олексій Олексія Олексію Олексієві Олексієм Олексії",
        "Сергій Сергія Сергію Сергієві Сергієм",
        "Тарас Тараса Тарасу Тарасові Тарасом Тарасі Тарасе",
        "Федір Федора Федору Федорові Федором Федоре",
        "Антін Антона Антону Антонові Антоном",
        "Ігор Ігоря Ігорю Ігореві Ігорем",
        "Микола Миколи Миколі Миколу Миколою Миколо",
        "Павло Павла Павлу Павлові Павлом Павле",
        "Ілля Іллі Іллю Іллею",
        "Марія Марії Марію Марією Маріє",
        "Шевченко Шевченка Шевченку Шевченкові Шевченком",
        "Мельник Мельника Мельнику Мельникові Мельником Мельниче",
        "Коваль Коваля Ковалю Ковалеві Ковалем",
        "Заєць Зайця Зайцю Зайцеві Зайцем",
        "Кравець Кравця Кравцю Кравцеві Кравцем",
        "Петренко Петренка Петренку Петренком",
        "Зеленський Зеленського Зеленському Зеленським Зеленська Зеленської Зеленській Зеленську",
        "Яцків Яцкова Яцкову Яцковим",
        "Чорний Чорного Чорному Чорним Чорна Чорної Чорній Чорну",
        "Білоус Білоуса Білоусу Білоусові Білоусом",
    ];

    fn named(given: &str) -> Names {
        let mut names = Names::default();
        names.add(given);
        names
    }

    #[test]
    fn a_name_is_known_in_every_case_by_any_of_them() {
        for declined in DECLINED {
            for given in declined.split(' ') {
                let names = named(given);
                for form in declined.split(' ') {
                    assert!(names.has(form), "`{form}` of `{given}`");
                    assert!(names.has(&form.to_uppercase()), "`{form}` of `{given}` in capitals");
                }
            }
        }
        assert!(named("Kate O'Brien").has("Kate's") && named("John Smithers").has("Smithers's"));
        for (name, forms) in [
            ("Айгерім", "Айгерімге Айгерімнің Айгеріммен"),
            ("Dilnoza", "Dilnozaga Dilnozaning"),
            ("Անահիտ", "Անահիտին Անահիտի Անահիտից"),
            ("გიორგი", "გიორგის გიორგიმ გიორგმა"),
            ("Вальдшнеп", "Valdshnep VALDSHNEP"),
            ("Юлия", "Yuliya"),
        ] {
            for form in forms.split(' ') {
                assert!(named(name).has(form), "`{form}` of `{name}`");
            }
        }
    }

    #[test]
    fn other_words_are_no_forms_of_a_name() {
        for (given, others) in [
            ("Роман", "романтика романс"),
            ("Вера", "верный веранда ветер вред"),
            ("Роза", "розетка разовый розница"),
            ("Марк Лев", "маркетинг март левша лечь"),
            ("Анна", "ананас она они один"),
            ("Ян", "ялта янтарь я ядро"),
            ("Федір Антін", "фокус антена фото"),
            ("Шевчук", "шевроле чек шов"),
            ("Kate", "kitchen cat key"),
        ] {
            for other in others.split(' ') {
                assert!(!named(given).has(other), "`{other}` for `{given}`");
            }
        }
    }
}
