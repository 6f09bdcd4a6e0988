// A form that a passkey fills in.
// <form data-passkey="get|create" data-options="id of a JSON script, or an address that gives it">
// has a hidden input `credential`; without JavaScript the form says that it needs some.
const says = (form, name) => {
  for (const line of form.querySelectorAll("[data-passkey-says]")) line.hidden = line.dataset.passkeySays !== name;
};

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function optionsOf(form) {
  const from = form.dataset.options;
  if (!from.startsWith("/")) return JSON.parse(document.getElementById(from).textContent).publicKey;
  const response = await fetch(from, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`no options: ${response.status}`);
  return (await response.json()).request_options.publicKey;
}

/** The options as the browser wants them: what travels as text becomes bytes. */
function decoded(options) {
  const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.allowCredentials && { allowCredentials: known(options.allowCredentials) }),
    ...(options.excludeCredentials && { excludeCredentials: known(options.excludeCredentials) }),
  };
}

/** What the browser made, as text; `toJSON` exists in newer browsers only. */
function encoded(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(parts.filter((name) => response[name]).map((name) => [name, text(response[name])])),
  };
}

async function fill(form) {
  if (!window.PublicKeyCredential) return says(form, "absent");
  try {
    const publicKey = decoded(await optionsOf(form));
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = JSON.stringify(encoded(credential));
    return form.submit();
  } catch (problem) {
    if (problem.name === "SecurityError") return says(form, "absent");
    return says(form, problem.name === "InvalidStateError" ? "held" : "refused");
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    says(form, "");
    fill(form);
  });
}
