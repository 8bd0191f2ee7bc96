//! Resolves sessions from Kratos' JWTs (`whoami?tokenize_as=TEMPLATE`, 1.1 and later).

mod algorithm;
mod claims;
mod jwks;
mod key;
mod resolver;
mod source;
mod verify;

pub use algorithm::JwtAlgorithm;
pub use jwks::Jwks;
pub use resolver::JwtResolver;

#[cfg(test)]
mod tests;
