//! What is fast, against whom: helpers shared by the benchmarks.
