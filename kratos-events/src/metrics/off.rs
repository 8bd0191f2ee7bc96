//! Replaces the metrics while the feature `metrics` is off, at no cost.

use http::StatusCode;

#[inline]
pub(crate) fn read(_: usize, _: usize) {}

#[inline]
pub(crate) fn refused(_: StatusCode) {}
