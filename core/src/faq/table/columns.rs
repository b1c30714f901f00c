//! What the columns of a table are called.

use crate::text::{Lang, fold_word};

/// A column the reader knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Ask,
    Variants,
    /// The answer, in a language where the header names one (`answer_en`, «ответ (uk)»).
    Say(Option<Lang>),
    Language,
    Buttons,
    Tags,
    Topic,
    Audience,
}

/// Names of columns as authors write them, the first the canonical one.
const NAMES: [(Column, &[&str]); 9] = [
    (Column::Id, &["id", "ключ", "код", "номер", "key", "no", "№"]),
    (Column::Ask, &["ask", "вопрос", "вопросы", "питання", "запитання", "question", "questions", "q"]),
    (
        Column::Variants,
        &[
            "variants",
            "варианты",
            "вариант",
            "варианты вопроса",
            "варианты вопросов",
            "другие вопросы",
            "синонимы",
            "варіанти",
            "варіанти питання",
            "phrasings",
            "alternatives",
            "variations",
        ],
    ),
    (
        Column::Say(None),
        &["say", "ответ", "ответы", "текст ответа", "відповідь", "відповіді", "answer", "answers", "a"],
    ),
    (Column::Language, &["language", "язык", "мова", "lang", "locale"]),
    (Column::Buttons, &["buttons", "кнопки", "кнопка", "button"]),
    (Column::Tags, &["tags", "теги", "тег", "метки", "категория", "категорія", "tag", "category"]),
    (Column::Topic, &["topic", "тема", "предмет"]),
    (Column::Audience, &["audience", "аудитория", "аудиторія", "для кого", "кому"]),
];

impl Column {
    /// The column a header names, whatever its case, ё and spaces.
    pub(super) fn named(header: &str) -> Option<Column> {
        let words: Vec<String> = header
            .split(|c: char| !c.is_alphanumeric() && c != '№')
            .filter(|w| !w.is_empty())
            .map(fold_word)
            .collect();
        let known =
            |name: &str| NAMES.iter().find(|(_, names)| names.contains(&name)).map(|&(column, _)| column);
        if let Some(column) = known(&words.join(" ")) {
            return Some(column);
        }
        let (last, name) = words.split_last()?;
        let language = Lang::from_code(last)?;
        match known(&name.join(" "))? {
            Column::Say(_) => Some(Column::Say(Some(language))),
            _ => None,
        }
    }

    pub(super) fn canonical(self) -> &'static str {
        let names =
            NAMES.iter().find(|(column, _)| *column == self).map_or(&["say"][..], |&(_, names)| names);
        names.first().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_as_people_write_them() {
        for (header, column) in [
            ("Вопрос", Some(Column::Ask)),
            (" ОТВЕТ ", Some(Column::Say(None))),
            ("ответ (en)", Some(Column::Say(Some(Lang::En)))),
            ("answer_uk", Some(Column::Say(Some(Lang::Uk)))),
            ("Варіанти питання", Some(Column::Variants)),
            ("ID", Some(Column::Id)),
            ("комментарий", None),
            ("", None),
        ] {
            assert_eq!(Column::named(header), column, "{header}");
        }
    }

    #[test]
    fn every_name_names_its_column() {
        for (column, names) in NAMES {
            for name in names {
                assert_eq!(Column::named(name), Some(column), "{name}");
            }
        }
    }
}
