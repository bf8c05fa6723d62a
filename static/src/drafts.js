// Keeps what somebody types into a long form in this browser until it is saved, for them alone, and offers it back when
// the browser was closed in the middle. A notice “… is saved” takes it away, so does signing out, and a week.
const PREFIX = "lsp:draft:";
const WEEK = 7 * 24 * 60 * 60 * 1000;
const TYPED = "textarea, select, input:not([type=hidden], [type=file], [type=submit], [type=password])";

const store = (() => {
  try {
    return window.localStorage;
  } catch {
    return null; // the browser is told to keep nothing
  }
})();

if (store) {
  tidy();
  for (const saved of document.querySelectorAll("[data-lsp-saved]")) forget(saved.dataset.lspSaved);
  for (const form of document.querySelectorAll("form[data-lsp-forgets-drafts]")) form.addEventListener("submit", () => forget(""));
  for (const box of document.querySelectorAll("[data-lsp-draft]")) watch(box);
}

function names() {
  return Object.keys(store).filter((name) => name.startsWith(PREFIX));
}

function forget(what) {
  for (const name of names()) if (!what || name === PREFIX + what) store.removeItem(name);
}

function read(name) {
  try {
    return JSON.parse(store.getItem(name));
  } catch {
    return null;
  }
}

function tidy() {
  for (const name of names()) if (!(Date.now() - read(name)?.at < WEEK)) store.removeItem(name);
}

// What stands in the form: of each question its answers.
function answers(form) {
  const found = {};
  for (const control of form.querySelectorAll(TYPED)) {
    found[control.name] ??= [];
    if (!/^(radio|checkbox)$/.test(control.type) || control.checked) found[control.name].push(control.value);
  }
  return found;
}

function fill(form, draft) {
  for (const control of form.querySelectorAll(TYPED)) {
    const kept = draft.answers[control.name];
    if (!kept) continue;
    if (/^(radio|checkbox)$/.test(control.type)) control.checked = kept.includes(control.value);
    else control.value = kept[0] ?? "";
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("keyup")); // the count of characters listens to keys
  }
  // Whoever saved meanwhile is not overwritten unseen: the form is sent against the version that was read then.
  const version = form.querySelector("[name=version]");
  if (version) version.value = draft.version;
}

function watch(box) {
  const form = document.querySelector(box.dataset.lspForm);
  const name = PREFIX + box.dataset.lspDraft;
  const draft = read(name);
  const version = form.querySelector("[name=version]")?.value ?? "";
  let timer;

  const keep = () => {
    try {
      store.setItem(name, JSON.stringify({ at: Date.now(), version: form.querySelector("[name=version]")?.value ?? "", answers: answers(form) }));
    } catch {
      // The browser's room is full: the page works as it does without a script.
    }
  };

  form.addEventListener("input", () => {
    box.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  form.addEventListener("change", keep);
  // Sent, but perhaps not taken: kept until a notice says that it is saved.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep();
  });
  window.addEventListener("pagehide", () => {
    if (timer) keep();
  });

  const same = draft && JSON.stringify(draft.answers) === JSON.stringify({ ...draft.answers, ...answers(form) });
  if (!draft || same || box.dataset.lspAnswered !== undefined) return;
  const when = new Date(draft.at);
  const day = when.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const clock = when.toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" });
  box.querySelector("[data-lsp-at]").textContent = `${day}, ${clock}`;
  box.querySelector("[data-lsp-overtaken]").hidden = draft.version === version;
  box.hidden = false;
  box.querySelector("[data-lsp-put-back]").addEventListener("click", () => {
    fill(form, draft);
    box.hidden = true;
    form.querySelector("textarea")?.focus();
  });
  box.querySelector("[data-lsp-drop]").addEventListener("click", () => {
    store.removeItem(name);
    box.hidden = true;
    form.querySelector(TYPED)?.focus();
  });
}
