//! Controls Chromium by WebDriver.

mod browser;
mod chromedriver;
mod command;

pub(crate) use browser::{Browser, Scripts};
pub(crate) use chromedriver::Chromedriver;
