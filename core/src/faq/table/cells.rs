//! Delimited text into cells that know their place.
//!
//! A reader of its own and not the crate `csv`: an author is told the line and column of every faulty cell at once,
//! an unclosed quote among them, which that crate takes for the end of the file.

/// A cell of a delimited text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) place: Place,
}

/// A place in a file: line and column in code points, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) column: u32,
}

/// The records of a text with comma, semicolon or tab between cells (RFC 4180, leniently): quoted cells may hold
/// the separator, doubled quotes and line breaks; blank lines are skipped. An error is the place of a quote that is
/// never closed.
pub(super) fn records(text: &str) -> Result<Vec<Vec<Cell>>, Place> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let separator = separator(text);
    let mut reader = Reader { chars: text.chars().peekable(), place: Place { line: 1, column: 1 } };
    let mut records = Vec::new();
    let mut record = Vec::new();
    while let Some(&next) = reader.chars.peek() {
        if record.is_empty() && matches!(next, '\n' | '\r') {
            reader.next();
            continue;
        }
        record.push(reader.cell(separator)?);
        match reader.next() {
            // A separator at the very end opens one more, empty cell.
            Some(c) if c == separator => {
                if matches!(reader.chars.peek(), None | Some('\n' | '\r')) {
                    record.push(Cell { text: String::new(), place: reader.place });
                    reader.next();
                    records.push(std::mem::take(&mut record));
                }
            }
            _ => records.push(std::mem::take(&mut record)),
        }
    }
    if !record.is_empty() {
        records.push(record);
    }
    records.retain(|record| record.iter().any(|cell| !cell.text.trim().is_empty()));
    Ok(records)
}

/// The separator that the first line has most of, outside quotes.
fn separator(text: &str) -> char {
    let mut quoted = false;
    let mut counts = [(',', 0usize), (';', 0), ('\t', 0)];
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            c if !quoted => {
                counts.iter_mut().filter(|(separator, _)| *separator == c).for_each(|(_, n)| *n += 1)
            }
            _ => {}
        }
    }
    let most = counts.iter().map(|&(_, count)| count).max();
    counts.iter().find(|&&(_, count)| Some(count) == most).map_or(',', |&(separator, _)| separator)
}

struct Reader<'t> {
    chars: std::iter::Peekable<std::str::Chars<'t>>,
    place: Place,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        self.place = match c {
            '\n' => Place { line: self.place.line + 1, column: 1 },
            _ => Place { column: self.place.column + 1, ..self.place },
        };
        Some(c)
    }

    /// One cell, up to the separator or line break after it.
    fn cell(&mut self, separator: char) -> Result<Cell, Place> {
        let place = self.place;
        let mut text = String::new();
        if self.chars.next_if_eq(&'"').is_some() {
            self.place.column += 1;
            loop {
                match self.next() {
                    None => return Err(place),
                    Some('"') if self.chars.peek() == Some(&'"') => text.extend(self.next()),
                    Some('"') => break,
                    Some(c) => text.push(c),
                }
            }
        }
        while self.chars.peek().is_some_and(|&c| c != separator && c != '\n') {
            text.extend(self.next());
        }
        if text.ends_with('\r') {
            text.pop();
        }
        Ok(Cell { text, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let records = records(text).unwrap();
        records.into_iter().map(|record| record.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn reads_the_dialects_of_spreadsheets() {
        assert_eq!(texts("a,b\n1,2\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(texts("\u{FEFF}a;b\r\n1,5;2\r\n\r\n"), [["a", "b"], ["1,5", "2"]]);
        assert_eq!(texts("a\tb\n1\t"), [["a", "b"], ["1", ""]]);
        assert_eq!(texts("a,b,c\n,,3\n1,,\n"), [["a", "b", "c"], ["", "", "3"], ["1", "", ""]]);
        assert_eq!(texts("a,b\n\"x, \"\"y\"\"\nz\",2"), [["a", "b"], ["x, \"y\"\nz", "2"]]);
        assert!(texts("").is_empty());
        assert!(texts("\n,\n").is_empty());
    }

    #[test]
    fn cells_know_their_place() {
        let records = records("q,a\n\"два\nстроки\",да\n").unwrap();
        assert_eq!(records[1][1].place, Place { line: 3, column: 9 });
        assert_eq!(super::records("a,b\n1,\"open"), Err(Place { line: 2, column: 3 }));
    }
}
