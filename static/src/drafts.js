// Keeps what somebody types into a long form in this browser until it is saved, for them alone, and offers it back when
// the browser was closed in the middle. A notice “… is saved” takes it away, so does signing out, and a week. An offer that
// nobody answers waits behind what is typed next, and is made again after that is saved. Where forms stand side by side
// and one is sent, what was typed into the others is put back without a question.
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

const watched = []; // the forms of this page

if (store) {
  tidy();
  for (const saved of document.querySelectorAll("[data-lsp-saved]")) forget(saved.dataset.lspSaved);
  for (const form of document.querySelectorAll("form[data-lsp-forgets-drafts]")) form.addEventListener("submit", forgetAll);
  for (const box of document.querySelectorAll("[data-lsp-draft]")) watch(box);
}

function names() {
  return Object.keys(store).filter((name) => name.startsWith(PREFIX));
}

function forget(what) {
  const waiting = read(PREFIX + what)?.waiting;
  if (waiting) store.setItem(PREFIX + what, JSON.stringify(waiting));
  else store.removeItem(PREFIX + what);
}

function forgetAll() {
  for (const name of names()) store.removeItem(name);
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

// What stands in the form, or stood in it when the page came: of each question its answers.
function answers(form, served = false) {
  const found = {};
  for (const control of form.querySelectorAll(TYPED)) {
    found[control.name] ??= [];
    if (!/^(radio|checkbox)$/.test(control.type)) found[control.name].push(served ? servedValue(control) : control.value);
    else if (served ? control.defaultChecked : control.checked) found[control.name].push(control.value);
  }
  return found;
}

function servedValue(control) {
  if (!control.options) return control.defaultValue;
  return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value ?? "";
}

function differing(some, others) {
  return Object.keys(some).filter((name) => JSON.stringify(some[name]) !== JSON.stringify(others?.[name]));
}

function fill(form, draft, overtaken) {
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
  if (version && overtaken) version.value = draft.version;
}

function watch(box) {
  const form = document.querySelector(box.dataset.lspForm);
  const name = PREFIX + box.dataset.lspDraft;
  const answered = box.dataset.lspAnswered !== undefined; // it came back with what was typed
  const served = answers(form, true);
  const readVersion = () => form.querySelector("[name=version]")?.value ?? "";
  const version = readVersion();
  let waiting = read(name); // what is offered
  let taken = null; // what stands in the form again
  let timer;

  const typed = () => {
    const now = answers(form);
    const found = answered ? Object.keys(now) : [...differing(now, served), ...Object.keys(taken?.answers ?? {})];
    return Object.fromEntries(found.map((question) => [question, now[question]]));
  };

  const keep = () => {
    const found = typed();
    if (!waiting && !Object.keys(found).length) return store.removeItem(name);
    const before = { ...(answered ? {} : served), ...taken?.before };
    try {
      store.setItem(name, JSON.stringify({ at: Date.now(), version: readVersion(), before, answers: found, waiting }));
    } catch {
      // The browser's room is full: the page works as it does without a script.
    }
  };

  // Somebody saved since then what was typed here.
  const overtaken = (draft) => {
    if (draft.version === version) return false;
    return differing(draft.answers, served).some((question) => differing({ [question]: served[question] }, draft.before).length);
  };

  const take = () => {
    taken = waiting;
    waiting = taken.waiting;
    fill(form, taken, overtaken(taken));
    keep();
  };

  watched.push({
    form,
    // A form beside it is sent, and the page comes again.
    stay() {
      if (!Object.keys(typed()).length) return;
      clearTimeout(timer);
      keep();
      window.sessionStorage.setItem(name, "typed in this tab");
    },
  });

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  form.addEventListener("change", keep);
  // Sent, but perhaps not taken: kept until a notice says that it is saved.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep();
    for (const other of watched) if (other.form !== form) other.stay();
  });
  window.addEventListener("pagehide", () => {
    if (timer) keep();
  });

  const stayed = window.sessionStorage.getItem(name);
  window.sessionStorage.removeItem(name);
  if (answered) {
    taken = waiting;
    waiting = taken?.waiting;
    return;
  }
  if (stayed && waiting && !overtaken(waiting)) take();
  while (waiting && !differing(waiting.answers, answers(form)).length) waiting = waiting.waiting;
  if (!waiting) return;
  const when = new Date(waiting.at);
  const day = when.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const clock = when.toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" });
  box.querySelector("[data-lsp-at]").textContent = `${day}, ${clock}`;
  box.querySelector("[data-lsp-overtaken]").hidden = !overtaken(waiting);
  box.hidden = false;
  box.querySelector("[data-lsp-put-back]").addEventListener("click", () => {
    take();
    box.hidden = true;
    form.querySelector("textarea")?.focus();
  });
  box.querySelector("[data-lsp-drop]").addEventListener("click", () => {
    waiting = waiting.waiting;
    keep();
    box.hidden = true;
    form.querySelector(TYPED)?.focus();
  });
}
