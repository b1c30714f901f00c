//! Common given names: in every case, with their diminutives, and in Latin letters.
//!
//! A word is cut back to the first case by a table of endings, which the stems of [`crate::text::stem`] are too coarse
//! for: «люба» and «любой» have one stem, «коля» and «кол» another.

use crate::text::layout::from_latin;
use crate::text::{Lang, fold_word};
use std::sync::LazyLock;

/// Endings of cases, the longest first, each with what stands in their place in the first case.
const CASES: &[(&str, &[&str])] = &[
    ("ові", &["", "о"]),
    ("еві", &["ь", "й"]),
    ("єві", &["й"]),
    ("зі", &["га"]),
    ("ці", &["ка"]),
    ("ью", &["ь"]),
    ("ом", &["", "о"]),
    ("ем", &["й", "ь"]),
    ("єм", &["й"]),
    ("ой", &["а"]),
    ("ою", &["а"]),
    ("ей", &["а", "я"]),
    ("ею", &["а", "я"]),
    ("єю", &["я"]),
    ("а", &["", "о"]),
    ("у", &["", "а", "о"]),
    ("ы", &["а"]),
    ("и", &["а", "я", "ь", "й"]),
    ("і", &["а", "я", "", "о", "й"]),
    ("ї", &["я"]),
    ("е", &["", "а", "я", "й", "ь"]),
    ("ю", &["я", "й", "ь"]),
    ("я", &["й", "ь"]),
];
/// Endings of diminutives with what stands in their place in the name: «Машенька», «Ванечка», «Сашка», «Катька», «Димон».
const DIMINUTIVES: &[(&str, &[&str])] = &[
    ("енька", &["а", "я"]),
    ("ечка", &["а", "я"]),
    ("очка", &["а"]),
    ("ька", &["я"]),
    ("ка", &["а"]),
    ("он", &["а"]),
];
/// Letters of the shortest stem that an ending may be cut from: «Оли», «Ире».
const SHORTEST_STEM: usize = 2;

/// Whether the folded word is a given name in the first case.
pub(super) fn is_given(folded: &str) -> bool {
    GIVEN.binary_search(&folded).is_ok()
}

/// Whether the word is a given name in some case, or a diminutive of one. One that is a form of an ordinary word as well
/// («люди», «света») counts with a capital only.
pub(super) fn is_form(word: &str) -> bool {
    let folded = fold_word(word);
    if !begins_as_given(&folded) {
        return false;
    }
    let capital = word.starts_with(char::is_uppercase);
    let known = |name: &str| is_given(name) && (capital || AMBIGUOUS.binary_search(&name).is_err());
    let diminutive = |name: &str| cut(name, DIMINUTIVES).any(|name| known(&name));
    is_given(&folded)
        || diminutive(&folded)
        || cut(&folded, CASES).any(|name| known(&name) || diminutive(&name))
}

/// Whether a given name has the same first letters, as few words do.
fn begins_as_given(folded: &str) -> bool {
    let end = folded.char_indices().nth(SHORTEST_STEM).map_or(folded.len(), |(at, _)| at);
    let start = folded.get(..end).unwrap_or_default();
    let at = GIVEN.partition_point(|name| *name < start);
    GIVEN.get(at).is_some_and(|name| name.starts_with(start))
}

/// «Olena», «Dmitriy», «Serhii»: a given name of ours in Latin letters.
pub(super) fn is_in_latin(word: &str) -> bool {
    let official = |ending: &str, ours: &str| Some(format!("{}{ours}", word.strip_suffix(ending)?));
    let spelled = official("ii", "iy").or_else(|| official("ia", "iya")).unwrap_or_else(|| word.to_string());
    let known = |lang| is_given(&fold_word(&from_latin(&spelled, lang)));
    word.is_ascii()
        && (is_given(&fold_word(&from_latin(word, Lang::Uk))) || known(Lang::Ru) || known(Lang::Uk))
}

/// The word with each ending that it has replaced by what may stand there.
fn cut<'w>(word: &'w str, endings: &'static [(&str, &[&str])]) -> impl Iterator<Item = String> + 'w {
    let stems = endings.iter().filter_map(|(ending, ends)| Some((word.strip_suffix(ending)?, ends)));
    let stems = stems.filter(|(stem, _)| stem.chars().nth(SHORTEST_STEM - 1).is_some());
    stems.flat_map(|(stem, ends)| ends.iter().map(move |end| format!("{stem}{end}")))
}

fn sorted(words: &'static str) -> Vec<&'static str> {
    let mut words: Vec<&str> = words.split_whitespace().collect();
    words.sort_unstable();
    words
}

/// Given names and their common short forms, sorted.
static GIVEN: LazyLock<Vec<&'static str>> = LazyLock::new(|| sorted(NAMES));

/// Names among them whose other cases are ordinary words too, sorted: «люди», «кости», «света», «коли», «марка», «олени».
static AMBIGUOUS: LazyLock<Vec<&'static str>> = LazyLock::new(|| sorted(WORDS_TOO));

const WORDS_TOO: &str = "
вера надежда любовь слава роман лев марк марта люба люда света варя валя рома гена катя паша стас макс соня ася ева
лиза витя костя женя надя коля олена лилия лена рая лева толя мила тоня лида зина ира ани нана нино шура зоя сева
";

const NAMES: &str = "
александр александра алексей алена алеся алина алиса алла альбина анастасия анатолий ангелина андрей анжела анна
антон антонина аня арина аркадий арсен арсений артем артур ася богдан борис боря вадим валентин валентина валерий
валерия валера валя варвара варя василий василиса вася вера вероника виктор виктория вика виталий витя влад владимир
владислав вова вячеслав слава галина галя геннадий гена георгий герман глеб григорий гриша даниил данила дарья даша
денис диана дима дмитрий ева евгений евгения егор екатерина катя елена лена елизавета лиза жанна женя зинаида зоя
иван ваня игорь илья инга инна ира ирина карина кирилл кира клавдия константин костя кристина ксения ксюша лариса
лев леонид леша лидия лилия любовь людмила люда люба макар максим макс маргарита рита марина мария маша марк марта матвей
михаил миша надежда надя наталья наталия наташа никита николай коля нина оксана олег олеся ольга оля павел паша петр
петя полина раиса регина римма роман рома руслан рустам света светлана семен сергей сережа софия софья соня
станислав стас степан тамара таня татьяна таисия тимофей тимур ульяна федор фарид филипп эдуард элина эльвира эмма
юлия юля юрий юра яна яков ярослав ярослава анечка леночка катюша настя саша
олександр олександра олексій олена оленка аліна анастасія анатолій андрій артемко богдана валентин валерій
василь вікторія віктор віталій володимир вячеслав галина григорій данило дарина дмитро євген євгенія єгор
катерина олеся іван ігор ілля інна ірина іра кирило костянтин лідія любомир любомира людмила маргарита марія марійка микита
микола михайло мирослав мирослава надія назар наталія наталя оксана остап павло петро роксолана роман світлана
сергій соломія софія степан тарас тетяна уляна юлія юрій ярина
adam alan alex alexander alice amanda amy andrea andrew angela ann anna anne anthony ashley barbara ben benjamin
betty bob brian carl carol catherine charles chris christina christopher daniel daria david deborah dennis diana
donald dorothy ed edward elena elizabeth emily emma eric eugene eva frank fred gary george hannah harry helen henry
irina ivan jack jacob james jane janet jason jeff jennifer jessica jim joan joe john jonathan joseph joshua julia
karen kate katherine kathleen kelly kevin kim larry laura linda lisa lucy maria marie martha martin mary
matthew max melissa michael michelle mike nancy natalie nick nicholas nicole oleg olga olivia pam patricia paul
peter philip rachel ray rebecca richard robert roger ron ruth ryan sam samantha sandra sarah scott sharon
sophia stephanie stephen steve steven susan teresa thomas tim timothy tom tony victor victoria vlad william zoe
айгуль айгерим айнур айжан алия алмаз асель асхат бауыржан гузель гульмира гульнара данияр диляра динара дилноза дильноза
ерлан жамшид жанар жанат замира зарина зафар зульфия ильдар ильнур камиль камила лейла мадина марат медина мурат
нурлан нодира отабек равшан ренат ринат сабина самат севара тахир тигран умида фарида фатима феруза шамиль шахноза шухрат
эльдар эльмира эмиль алишер азиз азиза акмаль акмал бахтиер ахмед абдурахман абдурахмон абдулла ҷамшед нұрлан айгүл айгерім
ани анаит ануш арам арман армен арутюн гагик гаянэ гоар давит давид карен лусинэ мариам нарек ованес рубен самвел сурен
гиорги ираклий кетеван леван малхаз манана нана нино софико тамаз тенгиз
анюта антоша веня геша гоша жора зина игнат клим лева леха лида мила милана митя нелли нюра платон прохор рая ростислав
савелий сева сеня серафима серега тихон толя тоня федя фома шура эвелина юлиана дениска натуся ксюха миха лена ленусик
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_known_in_every_case() {
        for forms in [
            "Сергея Сергею Сергеем Сергее Серёжи Серёже",
            "Анны Анне Анну Анной Ани Ане Аню Аней",
            "Марии Марию Марией Маши Маше Машу Машей",
            "Ивана Ивану Иваном Иване Вани Ване Ваню",
            "Ольги Ольге Ольгу Ольгой Ользі Ольгою Оле Олей",
            "Натальи Наталье Наталью Натальей Наташе Тане Таню",
            "Павла Павлу Павлом Петра Петру Игоря Игорем Любовью",
            "Сергія Сергієві Тарасові Миколі Оксані Марії Марією Дмитра",
            "Айгуль Нурлан Нурлана Карен Карена Армен Гульнаре Рустаму",
            "Машенька Машеньке Ванечка Оленьку Сашка Сашке Наташка Димон Катька Светочка",
        ] {
            for form in forms.split(' ') {
                assert!(is_form(form), "{form}");
            }
        }
        for name in ["Dilnoza", "Serhii", "Dmitriy", "Olena", "Iryna", "Yulia"] {
            assert!(is_in_latin(name), "{name}");
        }
    }

    #[test]
    fn ordinary_words_are_no_forms_of_names() {
        let words = "люди людей свету кости коли марки любой любую над верю верить олени лилии варю слово сон \
                     алло точка дочка почка лимон салон телефон талон район миллион девочка маленькая коленка косточка \
                     галочка картинка анкета дату дача даче жене жену карту ванной полочка банки цену запись лень зима \
                     зиму доме дома диван дивана ромашка ленту иной имя лет мая май марте серый рано рана рану";
        for word in words.split_whitespace() {
            assert!(!is_form(word), "{word}");
        }
    }
}
