//! What fuzzing found, kept.
