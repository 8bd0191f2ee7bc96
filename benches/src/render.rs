//! A login page from a decoded flow.

use kratos_core::model::flow::LoginFlow;
use kratos_ui::Theme;

use crate::alternate::{self, Measured, Subject};

pub const RENDER: &str = "rendering the page";
pub const DECODE: &str = "decoding the flow";

/// The login flow of Kratos 26.2.0 with password, security key, passkey and single sign-on.
const FLOW: &str = include_str!("../data/login_flow.json");

pub fn measure() -> Vec<Measured> {
    let theme = Theme::new();
    let flow: LoginFlow = serde_json::from_str(FLOW).unwrap();
    let render = || theme.render(&theme.view(&flow));
    let subjects = vec![
        Subject::new(RENDER, || (), |()| render()),
        Subject::new(DECODE, || (), |()| serde_json::from_str::<LoginFlow>(FLOW).unwrap()),
    ];
    alternate::alternate(subjects, 100, 50)
}
