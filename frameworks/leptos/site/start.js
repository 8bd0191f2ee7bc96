// Loads the browser's side. Without it, the pages stay as the server rendered them.
import init from "./leptos_pages.js";
init();
