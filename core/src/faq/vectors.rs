//! Embeddings from the host: similarities of a message's vector to those of the phrasings.

use super::types::Row;

/// The embeddings of a table, scaled to length 1.
#[derive(Debug, Default)]
pub(super) struct Embeddings {
    dimension: usize,
    values: Vec<i8>,
    /// 1 / length of each phrasing's embedding; 0 where it has none.
    scales: Vec<f32>,
}

impl Embeddings {
    pub(super) fn new(rows: &[Row]) -> Self {
        let dimension = rows.iter().flat_map(|row| &row.vectors).map(Vec::len).max().unwrap_or(0);
        Self { dimension, ..Self::default() }
    }

    /// Adds the embedding of the next phrasing; one of another dimension counts as none.
    pub(super) fn push(&mut self, vector: Option<&Vec<i8>>) {
        if self.dimension == 0 {
            return;
        }
        let vector = vector.filter(|vector| vector.len() == self.dimension);
        self.scales.push(vector.map_or(0.0, |vector| inverse_length(vector)));
        match vector {
            Some(vector) => self.values.extend_from_slice(vector),
            None => self.values.extend(std::iter::repeat_n(0, self.dimension)),
        }
    }

    /// The cosine of a message with every phrasing, negative ones as 0; none where either side has no vectors.
    pub(super) fn cosines(&self, message: Option<&[i8]>) -> Option<Vec<f32>> {
        let message = message.filter(|message| message.len() == self.dimension && !self.scales.is_empty())?;
        let scale = inverse_length(message);
        let products = self.values.chunks_exact(self.dimension).map(|vector| product(vector, message));
        Some(
            products
                .zip(&self.scales)
                .map(|(product, own)| (product as f32 * own * scale).max(0.0))
                .collect(),
        )
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(super) fn of(&self, phrasing: usize) -> Option<&[i8]> {
        let start = phrasing.checked_mul(self.dimension)?;
        self.values.get(start..start + self.dimension).filter(|vector| !vector.is_empty())
    }
}

fn product(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}

fn inverse_length(vector: &[i8]) -> f32 {
    match product(vector, vector) {
        0 => 0.0,
        square => 1.0 / (square as f32).sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosines_need_one_dimension_on_both_sides() {
        let row = Row { vectors: vec![vec![3, 4], vec![1]], ..Row::default() };
        let mut embeddings = Embeddings::new(std::slice::from_ref(&row));
        row.vectors.iter().for_each(|vector| embeddings.push(Some(vector)));
        embeddings.push(None);
        assert_eq!(embeddings.cosines(Some(&[6, 8])), Some(vec![1.0, 0.0, 0.0]));
        assert_eq!(embeddings.cosines(Some(&[1, 2, 3])), None);
        assert_eq!(embeddings.cosines(None), None);
        assert_eq!(Embeddings::new(&[]).cosines(Some(&[])), None);
    }
}
