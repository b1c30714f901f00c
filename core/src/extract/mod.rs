//! Floor 1: text to values with spans.
//!
//! Each kind is a module usable alone; scanners are our own, one left-to-right pass, linear in the text.
