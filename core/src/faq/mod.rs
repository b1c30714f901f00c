//! Floor 1: the client's table of questions and answers: the right row or none.
