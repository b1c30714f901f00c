//! Stub of the table reader.
#![allow(missing_docs)]
use crate::error::Error;
#[derive(Debug, Clone, Default)]
pub struct TableRow {
    pub id: Option<String>,
    pub ask: Vec<String>,
    pub say: String,
    pub language: Option<String>,
    pub line: usize,
}
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub rows: Vec<TableRow>,
}
pub fn read(_name: &str, text: &str) -> Result<Table, Vec<Error>> {
    Ok(Table {
        rows: text
            .lines()
            .skip(1)
            .filter_map(|l| {
                let mut c = l.split(';');
                let a = c.next()?;
                let s = c.next()?.to_string();
                let mut ask = vec![a.to_string()];
                ask.extend(
                    c.next()
                        .into_iter()
                        .flat_map(|v| v.split('|'))
                        .filter(|v| !v.is_empty())
                        .map(str::to_string),
                );
                Some(TableRow { id: None, ask, say: s, language: None, line: 0 })
            })
            .collect(),
    })
}
