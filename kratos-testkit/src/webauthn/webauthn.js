// The ceremonies of passkeys and security keys, for the functions that the nodes of a form name.
(() => {
  "use strict"
  if (window.__oryWebAuthnInitialized || !window.PublicKeyCredential) return

  const named = (name) => document.getElementsByName(name)[0]
  const text = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))
  const withBytes = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }))

  let waiting

  // Puts the answer of the authenticator into the field, and sends its form.
  function send(field, credential) {
    const response = {}
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part])
    }
    const { id, type } = credential
    field.value = JSON.stringify({ id, rawId: text(credential.rawId), type, response })
    field.form.submit()
  }

  async function create(field, options, name) {
    const { user, challenge, excludeCredentials } = options
    const named = name ? { name, displayName: name } : {}
    const publicKey = {
      ...options,
      challenge: bytes(challenge),
      user: { ...user, ...named, id: bytes(user.id) },
      excludeCredentials: withBytes(excludeCredentials) ?? [],
    }
    try {
      send(field, await navigator.credentials.create({ publicKey }))
    } catch (error) {
      alert(error)
    }
  }

  async function get(field, options, further = {}) {
    waiting?.abort()
    waiting = new AbortController()
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: withBytes(options.allowCredentials) ?? [],
    }
    send(field, await navigator.credentials.get({ publicKey, signal: waiting.signal, ...further }))
  }

  const challenge = () => JSON.parse(named("passkey_challenge").value).publicKey

  const functions = {
    oryPasskeyLogin: () =>
      get(named("passkey_login"), challenge()).catch(() => functions.oryPasskeyLoginAutocompleteInit()),
    async oryPasskeyLoginAutocompleteInit() {
      const field = named("passkey_login")
      const isPossible = await PublicKeyCredential.isConditionalMediationAvailable?.()
      if (field && named("identifier") && isPossible) {
        await get(field, challenge(), { mediation: "conditional" }).catch(() => {})
      }
    },
    oryPasskeyRegistration() {
      const data = JSON.parse(named("passkey_create_data").value)
      const name = named(data.displayNameFieldName)?.value
      return create(named("passkey_register"), data.credentialOptions.publicKey, name)
    },
    oryPasskeySettingsRegistration: () =>
      create(named("passkey_settings_register"), JSON.parse(named("passkey_create_data").value).publicKey),
    oryWebAuthnRegistration(options) {
      const { publicKey } = options ?? JSON.parse(named("webauthn_register_trigger").value)
      return create(named("webauthn_register"), publicKey)
    },
    oryWebAuthnLogin(options) {
      const { publicKey } = options ?? JSON.parse(named("webauthn_login_trigger").value)
      return get(named("webauthn_login"), publicKey).catch(alert)
    },
  }
  for (const [name, perform] of Object.entries(functions)) {
    window[name] = perform
    window[`__${name}`] = perform
  }
  window.__oryWebAuthnInitialized = true
  window.dispatchEvent(new Event("oryWebAuthnInitialized"))
})()
