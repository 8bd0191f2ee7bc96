// Connects the pages' buttons to Kratos' webauthn.js, adds entries to lists, keeps traits, shows passwords and what is busy, and draws captchas.
(() => {
  "use strict";

  // Lists: an input for one more entry, and another one once it is filled. Empty ones are not submitted.
  const add = (input) => {
    input.hidden = input.disabled = false;
    const next = input.cloneNode();
    input.addEventListener("input", () => { if (!next.isConnected) { input.after(next); add(next); } }, { once: true });
  };
  for (const input of document.querySelectorAll("[data-kratos-add]")) {
    const { name, form } = input;
    add(input);
    form.addEventListener("formdata", ({ formData }) => {
      const filled = formData.getAll(name).filter((value) => value !== "");
      formData.delete(name);
      for (const value of filled) formData.append(name, value);
    });
  }

  // A form that would lose traits posts all of them as one value, with what the user changed.
  for (const base of document.querySelectorAll("[data-kratos-keeps]")) {
    const { form } = base;
    const is = (kind, name) => base.dataset[kind].split(" ").includes(name);
    form.hidden = false;
    form.addEventListener("formdata", ({ formData }) => {
      const traits = JSON.parse(base.value);
      const fields = [...form.elements].filter((field) => /^traits\./.test(field.name) && !field.matches(":disabled"));
      for (const name of new Set(fields.map((field) => field.name))) {
        const texts = formData.getAll(name);
        formData.delete(name);
        const read = (text) => is("booleans", name) ? text === "true"
          : is("numbers", name) && text !== "" && isFinite(text) ? Number(text) : text;
        const value = is("lists", name) ? texts.map(read)
          : is("booleans", name) ? texts.map(read).pop() : texts[0] && read(texts[0]);
        const path = name.split(".").slice(1);
        const last = path.pop();
        const at = path.reduce((at, part) => (at[part] ??= {}), traits);
        if (value === undefined || value === "" || value.length === 0) delete at[last];
        else at[last] = value;
      }
      formData.append("traits", JSON.stringify(traits));
    });
  }

  // Passwords are shown while their button is pressed down, and hidden before they are sent.
  for (const button of document.querySelectorAll("[data-kratos-show]")) {
    const field = document.getElementById(button.dataset.kratosShow);
    const show = (on) => { field.type = on ? "text" : "password"; button.setAttribute("aria-pressed", on); };
    button.hidden = false;
    button.addEventListener("click", () => show(field.type === "password"));
    field.form.addEventListener("submit", () => show(false));
  }

  // The button that was pressed is busy until the next page comes, or this one comes back.
  document.addEventListener("submit", ({ submitter, defaultPrevented }) => {
    if (submitter && !defaultPrevented) submitter.ariaBusy = "true";
  });
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("button[aria-busy]")) button.ariaBusy = null;
  });

  // Turnstile: its answer goes into every form.
  let drawn = false;
  const draw = () => {
    if (drawn || !window.turnstile) return;
    drawn = true;
    for (const place of document.querySelectorAll("[data-kratos-turnstile]")) {
      const { kratosTurnstile: name, ...options } = place.dataset;
      const answer = (token) => { for (const field of document.getElementsByName(name)) field.value = token || ""; };
      window.turnstile.render(place, {
        ...options, "response-field": false, language: document.documentElement.lang,
        callback: answer, "expired-callback": () => answer(),
      });
    }
  };

  const functions = [
    "oryWebAuthnRegistration", "oryWebAuthnLogin", "oryPasskeyLogin",
    "oryPasskeyLoginAutocompleteInit", "oryPasskeyRegistration", "oryPasskeySettingsRegistration",
  ];
  // Before 1.3 the functions' names begin with two underscores.
  const call = (name, argument) => {
    const run = functions.includes(name) && (window[name] ?? window["__" + name]);
    if (typeof run === "function") run(argument);
  };
  // The browser creates a key before it submits the form, so validate the other fields first.
  const complete = (form) =>
    [...form.elements].every((field) => /password/.test(field.type + field.autocomplete) || !field.willValidate || field.reportValidity());

  // Where keys do not work, a section that would be a heading alone is hidden, and so is its entry in the index.
  const hideEmpty = (on) => {
    for (const { parentElement: section } of document.querySelectorAll("section > [data-kratos-script]")) {
      if (on && section.querySelector(":scope > :not(h2, noscript, [hidden])")) continue;
      section.hidden = on;
      for (const link of document.querySelectorAll("nav li > a")) {
        if (section.id && link.hash === "#" + section.id) link.parentElement.hidden = on;
      }
    }
  };

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
    hideEmpty(false);
    const onload = [...document.querySelectorAll("[data-ory-onload]")].map((field) => field.dataset.oryOnload);
    for (const name of new Set(onload)) call(name);
  };

  // Before 25.4, Kratos' script only sets a flag.
  start();
  draw();
  window.addEventListener("oryWebAuthnInitialized", start);
  window.addEventListener("load", () => { if (!started) hideEmpty(true); });
  for (const script of document.querySelectorAll("script[data-ory-script]")) script.addEventListener("load", () => { start(); draw(); });
})();
