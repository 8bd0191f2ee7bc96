//! Trials in a browser.

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use kratos_tests::lab::runtime;
use libtest_mimic::{Completion, Failed, Trial};

use crate::webdriver::{Browser, Chromedriver, Scripts};

/// The time limit of a trial.
const LIMIT: Duration = Duration::from_secs(180);

/// Whether `KRATOS_BROWSER` enables the suite.
pub(crate) fn is_wanted() -> bool {
    std::env::var_os("KRATOS_BROWSER").is_some_and(|value| !value.is_empty() && value != "0")
}

/// One chromedriver for all, and the browsers that no trial uses at present.
#[derive(Debug, Default)]
pub(crate) struct Suite {
    chromedriver: OnceLock<Result<Chromedriver, String>>,
    idle: Mutex<Vec<Browser>>,
}

impl Suite {
    /// Starts chromedriver unless it is running.
    pub(crate) fn chromedriver(&self) -> Result<&Chromedriver, &str> {
        self.chromedriver.get_or_init(Chromedriver::start).as_ref().map_err(String::as_str)
    }

    /// A trial in a clean browser. Ignored unless the suite is enabled.
    pub(crate) fn trial<F>(self: &Arc<Self>, name: &str, scripts: Scripts, run: F) -> Trial
    where
        F: AsyncFnOnce(&Browser) -> Result<(), &'static str> + Send + 'static,
    {
        let suite = Arc::clone(self);
        let run = move || {
            let chromedriver = suite.chromedriver()?.url();
            let browser = suite.take(scripts);
            let browser = browser.unwrap_or_else(|| wait(Browser::start(&chromedriver, scripts)));
            let walked = catch(async {
                browser.forget().await;
                tokio::time::timeout(LIMIT, run(&browser)).await
            });
            let failed = match walked {
                Ok(Ok(done)) => {
                    suite.idle.lock().unwrap_or_else(PoisonError::into_inner).push(browser);
                    return Ok(done.map_or_else(Completion::ignored_with, |()| Completion::Completed));
                }
                Ok(Err(_)) => format!("not done after {LIMIT:?}"),
                Err(panic) => panic,
            };
            let state = catch(async { tokio::time::timeout(Duration::from_secs(10), state(&browser)).await });
            let state = state.ok().and_then(Result::ok);
            wait(browser.close());
            Err(Failed::from(format!(
                "{failed}\n{}",
                state.as_deref().unwrap_or("the browser does not answer")
            )))
        };
        Trial::ignorable_test(name, run).with_ignored_flag(!is_wanted())
    }

    fn take(&self, scripts: Scripts) -> Option<Browser> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let place = idle.iter().position(|browser| browser.scripts() == scripts)?;
        Some(idle.swap_remove(place))
    }

    /// Closes the browsers.
    pub(crate) fn close(&self) {
        let idle = std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner));
        idle.into_iter().for_each(|browser| wait(browser.close()));
    }
}

fn wait<T>(done: impl Future<Output = T>) -> T {
    runtime().block_on(done)
}

fn catch<T>(done: impl Future<Output = T>) -> Result<T, String> {
    std::panic::catch_unwind(AssertUnwindSafe(|| wait(done))).map_err(|panic| text(panic.as_ref()))
}

fn text(panic: &(dyn Any + Send)) -> String {
    let text =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("it panicked").to_owned()
}

/// The browser's URL and content when a trial fails.
async fn state(browser: &Browser) -> String {
    let (url, text, log) = (browser.url().await, browser.text().await, browser.log("browser").await);
    let log: Vec<_> = log.iter().map(|entry| entry["message"].to_string()).collect();
    format!("at {url}\n--- content\n{text:.2000}\n--- log\n{}", log.join("\n"))
}
