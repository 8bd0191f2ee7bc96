// Connects the pages' buttons to Kratos' webauthn.js.
(() => {
  "use strict";
  const functions = [
    "oryWebAuthnRegistration", "oryWebAuthnLogin", "oryPasskeyLogin",
    "oryPasskeyLoginAutocompleteInit", "oryPasskeyRegistration", "oryPasskeySettingsRegistration",
  ];
  const call = (name, argument) => {
    if (functions.includes(name) && typeof window[name] === "function") window[name](argument);
  };
  // The browser creates a key before it submits the form, so validate the other fields first.
  const complete = (form) =>
    [...form.elements].every((field) => field.type === "password" || !field.willValidate || field.reportValidity());

  let started = false;
  const start = () => {
    if (started || !window.__oryWebAuthnInitialized || !window.PublicKeyCredential) return;
    started = true;
    for (const button of document.querySelectorAll("button[data-ory-onclick]")) {
      const name = button.dataset.oryOnclick;
      button.hidden = false;
      button.addEventListener("click", () => {
        if (!name.endsWith("Registration") || complete(button.form)) {
          call(name, button.value ? JSON.parse(button.value) : undefined);
        }
      });
    }
    for (const part of document.querySelectorAll("[data-kratos-script]")) part.hidden = false;
    const onload = [...document.querySelectorAll("[data-ory-onload]")].map((field) => field.dataset.oryOnload);
    for (const name of new Set(onload)) call(name);
  };

  // Before 25.4, Kratos' script only sets a flag.
  start();
  window.addEventListener("oryWebAuthnInitialized", start);
  for (const script of document.querySelectorAll("script[data-ory-script]")) script.addEventListener("load", start);
})();
