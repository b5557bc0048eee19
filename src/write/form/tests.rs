//! Forms of small cities.
