//! Tables of questions and answers as clients hand them in: CSV, TSV, semicolons, JSON.

mod cells;
mod columns;
mod json;

use super::types::Row;
use crate::error::{Code, Error};
use crate::limits::{TABLE_BYTES, TABLE_ROWS};
use crate::text::Lang;
use cells::{Cell, Place};
use columns::Column;
use std::collections::BTreeMap;

/// A table as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its rows in order.
    pub rows: Vec<TableRow>,
    /// Headers that name no known column; their cells are not read.
    pub ignored: Vec<String>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRow {
    /// The name of the row; its first question where the table gives none, so that it survives a sorted table.
    pub id: String,
    /// Its phrasings.
    pub ask: Vec<String>,
    /// The answer by language; none where the table names no language.
    pub say: BTreeMap<Option<Lang>, String>,
    /// Titles of the buttons under the answer.
    pub buttons: Vec<String>,
    /// The author's tags.
    pub tags: Vec<String>,
    /// What the answer is about.
    pub topic: Option<String>,
    /// Whom the row may be told.
    pub audience: Option<String>,
    /// Where the row begins: a line of a delimited text, from 1; the number of an element of JSON, from 0.
    pub line: u32,
}

impl Table {
    /// The rows as [`super::Index::build`] takes them.
    pub fn to_rows(&self) -> Vec<Row> {
        let row = |row: &TableRow| Row { id: row.id.clone(), ask: row.ask.clone(), vectors: Vec::new() };
        self.rows.iter().map(row).collect()
    }
}

/// Reads a table. `name` stands before the paths of errors, so hand in the name of the file.
///
/// A text that begins with `[` is JSON: an array of objects; any other has a first line of headers and is split at
/// commas, semicolons or tabs, whichever the headers have most of. Russian, Ukrainian and English names of columns
/// are known: question and answer must be there, variants, language, buttons, tags, topic, audience and id may be.
/// Several phrasings, buttons or tags in one cell are parted by line breaks or `|`. Rows of one id in different
/// languages are one row.
///
/// # Errors
///
/// Every faulty cell at once, each with a path like `faq.csv:12:ответ`, line and column: `table_invalid`, or
/// `limit` for a table above [`TABLE_BYTES`] or [`TABLE_ROWS`].
///
/// ```
/// use frontdesk::faq::table;
/// let read = table::read("faq.csv", "Вопрос;Ответ\nГде вы?|Ваш адрес;На Садовой\n").unwrap();
/// assert_eq!(read.rows[0].ask, ["Где вы?", "Ваш адрес"]);
/// let errors = table::read("faq.csv", "Вопрос;Ответ\nГде вы?;\n").unwrap_err();
/// assert_eq!(errors[0].path, "faq.csv:2:Ответ");
/// ```
pub fn read(name: &str, text: &str) -> Result<Table, Vec<Error>> {
    if text.len() > TABLE_BYTES {
        let message = format!("the table has {} bytes, TABLE_BYTES allows {TABLE_BYTES}", text.len());
        return Err(vec![Error::new(Code::Limit, name, message)]);
    }
    let trimmed = text.trim_start_matches('\u{FEFF}').trim_start();
    let mut collected = Collected::default();
    if trimmed.starts_with('[') {
        json::read(name, trimmed, &mut collected);
    } else {
        read_cells(name, text, &mut collected);
    }
    collected.finish(name)
}

/// What a row may hold, before it is judged.
#[derive(Debug, Default)]
struct Draft {
    row: TableRow,
    language: Option<Lang>,
    has_id: bool,
}

/// Rows and errors met so far.
#[derive(Debug, Default)]
struct Collected {
    rows: Vec<TableRow>,
    by_id: BTreeMap<String, usize>,
    ignored: Vec<String>,
    errors: Vec<Error>,
}

impl Collected {
    fn fail(&mut self, path: String, place: Option<Place>, message: impl Into<String>) {
        let (line, column) = (place.map(|place| place.line), place.map(|place| place.column));
        self.errors.push(Error { line, column, ..Error::new(Code::TableInvalid, path, message) });
    }

    /// Takes a row that has no faults of its own; one of a known id in a new language joins it.
    fn take(&mut self, mut draft: Draft, path: &str, place: Option<Place>) {
        let number = self.rows.len() + 1;
        if let Some(language) = draft.language
            && let Some(text) = draft.row.say.remove(&None)
        {
            draft.row.say.insert(Some(language), text);
        }
        if !draft.has_id {
            let question = draft.row.ask.first().cloned().unwrap_or_default();
            let taken = self.by_id.contains_key(&question);
            draft.row.id = if taken { format!("{question} ({number})") } else { question };
        }
        let known = self.by_id.get(&draft.row.id).and_then(|&at| self.rows.get_mut(at));
        match known {
            None => {
                self.by_id.insert(draft.row.id.clone(), self.rows.len());
                self.rows.push(draft.row);
            }
            Some(known) if draft.row.say.keys().all(|language| !known.say.contains_key(language)) => {
                known.say.append(&mut draft.row.say);
                known.ask.append(&mut draft.row.ask);
            }
            Some(known) => {
                let message = format!("id `{}` is taken by the row of line {}", draft.row.id, known.line);
                self.fail(path.to_owned(), place, message);
            }
        }
    }

    fn finish(mut self, name: &str) -> Result<Table, Vec<Error>> {
        if self.rows.len() > TABLE_ROWS {
            let message = format!("the table has {} rows, TABLE_ROWS allows {TABLE_ROWS}", self.rows.len());
            self.errors.push(Error::new(Code::Limit, name, message));
        }
        match self.errors.is_empty() {
            true => Ok(Table { rows: self.rows, ignored: self.ignored }),
            false => Err(self.errors),
        }
    }
}

fn read_cells(name: &str, text: &str, collected: &mut Collected) {
    let records = match cells::records(text) {
        Ok(records) => records,
        Err(place) => {
            let path = format!("{name}:{}", place.line);
            return collected.fail(path, Some(place), "the quote that opens here is never closed");
        }
    };
    let Some((headers, records)) = records.split_first() else {
        return collected.fail(name.to_owned(), None, "the table is empty, expected a line of headers");
    };
    let columns: Vec<Option<Column>> = headers.iter().map(|header| Column::named(&header.text)).collect();
    for wanted in [Column::Ask, Column::Say(None)] {
        let same = |column: &Option<Column>| {
            *column == Some(wanted) || matches!((wanted, column), (Column::Say(_), Some(Column::Say(_))))
        };
        if !columns.iter().any(same) {
            let message = match wanted {
                Column::Ask => "no column of questions: name one `вопрос`, `питання` or `question`",
                _ => "no column of answers: name one `ответ`, `відповідь` or `answer`",
            };
            collected.fail(format!("{name}:1"), Some(Place { line: 1, column: 1 }), message);
        }
    }
    if !collected.errors.is_empty() {
        return;
    }
    let unknown =
        headers.iter().zip(&columns).filter(|(header, column)| column.is_none() && !header.text.is_empty());
    collected.ignored = unknown.map(|(header, _)| header.text.trim().to_owned()).collect();
    for record in records {
        read_record(name, headers, &columns, record, collected);
    }
}

fn read_record(
    name: &str,
    headers: &[Cell],
    columns: &[Option<Column>],
    record: &[Cell],
    collected: &mut Collected,
) {
    let Some(start) = record.first().map(|cell| cell.place) else { return };
    let path = |header: &str| format!("{name}:{}:{}", start.line, header.trim());
    let faults = collected.errors.len();
    if let Some(extra) =
        record.get(headers.len()..).and_then(|extra| extra.iter().find(|cell| !cell.text.is_empty()))
    {
        let message = format!(
            "{} cells under {} headers: is a cell with a separator not quoted?",
            record.len(),
            headers.len()
        );
        collected.fail(format!("{name}:{}", start.line), Some(extra.place), message);
    }
    let mut draft = Draft::default();
    draft.row.line = start.line;
    for ((header, column), cell) in headers.iter().zip(columns).zip(record) {
        if let Some(column) = column
            && let Err(message) = draft.set(*column, &cell.text)
        {
            collected.fail(path(&header.text), Some(cell.place), message);
        }
    }
    let header_of = |wanted: fn(&Column) -> bool| {
        let at = columns.iter().position(|column| column.as_ref().is_some_and(wanted)).unwrap_or(0);
        let place = record.get(at).map_or(start, |cell| cell.place);
        (headers.get(at).map_or("", |header| header.text.as_str()), place)
    };
    if draft.row.ask.is_empty() {
        let (header, place) = header_of(|column| matches!(column, Column::Ask));
        collected.fail(path(header), Some(place), "the question is empty");
    }
    if draft.row.say.is_empty() {
        let (header, place) = header_of(|column| matches!(column, Column::Say(_)));
        collected.fail(path(header), Some(place), "the answer is empty");
    }
    if collected.errors.len() == faults {
        let (header, place) = header_of(|column| matches!(column, Column::Id));
        collected.take(draft, &path(header), Some(place));
    }
}

impl Draft {
    /// Reads a cell into the row.
    fn set(&mut self, column: Column, text: &str) -> Result<(), String> {
        let text = unguarded(text.trim());
        if text.is_empty() {
            return Ok(());
        }
        match column {
            Column::Id => {
                self.row.id = text.to_owned();
                self.has_id = true;
            }
            Column::Ask | Column::Variants => self.row.ask.extend(several(text)),
            Column::Say(language) => {
                self.row.say.insert(language, text.to_owned());
            }
            Column::Language => {
                self.language = Some(Lang::from_code(text).ok_or_else(|| unknown_language(text))?);
            }
            Column::Buttons => self.row.buttons.extend(several(text)),
            Column::Tags => self.row.tags.extend(text.split([',', ';']).flat_map(several)),
            Column::Topic => self.row.topic = Some(text.to_owned()),
            Column::Audience => self.row.audience = Some(text.to_owned()),
        }
        Ok(())
    }
}

/// The text of a cell without the `'` that keeps a spreadsheet from taking it for a formula.
fn unguarded(text: &str) -> &str {
    const FORMULA: [char; 9] = ['=', '+', '-', '@', '\'', '＝', '＋', '－', '＠'];
    let inner = text.strip_prefix('\'').filter(|inner| inner.trim_start().starts_with(FORMULA));
    inner.unwrap_or(text)
}

fn several(text: &str) -> impl Iterator<Item = String> {
    text.split(['\n', '|']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned)
}

fn unknown_language(text: &str) -> String {
    let codes: Vec<&str> = Lang::ALL.iter().map(|lang| lang.code()).collect();
    format!("language `{text}` is not known, expected one of {}", codes.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_spreadsheet() {
        let text = "\u{FEFF}id;Вопрос;Варианты;Ответ;answer_en;Теги;Кнопки;Заметка\r\n\
            a1;Где вы?;\"Ваш адрес\nКак найти\";На Садовой;On Sadovaya;контакты, адрес;Позвонить|Маршрут;x\r\n\
            ;Есть Wi-Fi?;;\"Да, \"\"desk\"\"; пароль у входа\";;;;\r\n";
        let table = read("faq.csv", text).unwrap();
        assert_eq!(table.ignored, ["Заметка"]);
        let [first, second] = table.rows.as_slice() else { panic!("{table:?}") };
        assert_eq!(first.ask, ["Где вы?", "Ваш адрес", "Как найти"]);
        assert_eq!(first.say[&None], "На Садовой");
        assert_eq!(first.say[&Some(Lang::En)], "On Sadovaya");
        assert_eq!((first.tags.len(), first.buttons.len()), (2, 2));
        assert_eq!((second.id.as_str(), second.line), ("Есть Wi-Fi?", 4));
        assert_eq!(second.say[&None], "Да, \"desk\"; пароль у входа");
    }

    #[test]
    fn r162_a_text_that_is_kept_from_being_a_formula_is_read_as_it_was() {
        let text = "question,answer\n\"'=HYPERLINK(\"\"x\"\")\",'+7 900 123-45-67\n'тихий час' когда?,''-5\n";
        let table = read("faq.csv", text).unwrap();
        let read: Vec<_> =
            table.rows.iter().map(|row| (row.ask[0].as_str(), row.say[&None].as_str())).collect();
        assert_eq!(read, [("=HYPERLINK(\"x\")", "+7 900 123-45-67"), ("'тихий час' когда?", "'-5")]);
    }

    #[test]
    fn languages_of_one_row_join() {
        let text = "id,language,question,answer\nx,ru,Цена?,Сто\nx,en,Price?,A hundred\n";
        let table = read("faq.csv", text).unwrap();
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.rows[0].ask, ["Цена?", "Price?"]);
        assert_eq!(table.rows[0].say.len(), 2);
    }

    #[test]
    fn names_every_faulty_cell_at_once() {
        let text = "id,вопрос,ответ,язык\na,Где?,Тут,ru\na,Когда?,Днём,ru\nb,,Да,ru\nc,Как?,,fr\nd,Что?,То,ru,лишнее\n";
        let errors = read("faq.csv", text).unwrap_err();
        let told: Vec<_> = errors.iter().map(|e| (e.path.as_str(), e.line, e.column)).collect();
        assert_eq!(
            told,
            [
                ("faq.csv:3:id", Some(3), Some(1)),
                ("faq.csv:4:вопрос", Some(4), Some(3)),
                ("faq.csv:5:язык", Some(5), Some(9)),
                ("faq.csv:5:ответ", Some(5), Some(8)),
                ("faq.csv:6", Some(6), Some(14)),
            ]
        );
        assert!(errors.iter().all(|e| e.code == Code::TableInvalid));
    }

    #[test]
    fn whole_tables_can_be_faulty() {
        for (text, path) in [
            ("", "faq.csv"),
            ("вопрос,цена\nа,б\n", "faq.csv:1"),
            ("ответ\nа\n", "faq.csv:1"),
            ("вопрос,ответ\n\"а,б\n", "faq.csv:2"),
        ] {
            assert_eq!(read("faq.csv", text).unwrap_err()[0].path, path, "{text}");
        }
        let rows = "q,a\n".repeat(TABLE_ROWS + 2);
        assert!(read("faq.csv", &rows).unwrap_err().iter().any(|e| e.code == Code::Limit));
    }
}
