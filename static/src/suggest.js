// Suggests entries of the directory while somebody types a name: a combobox with a list, as the ARIA practices have it.
// Choosing one sends the form with `choice`, as the radios of the page without a script do.
for (const input of document.querySelectorAll("[data-lsp-suggest]")) suggest(input);

function suggest(input) {
  const { lspSuggest: url, lspFewest: fewest, lspFound: found, lspNone: none } = input.dataset;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let active = -1;
  let asked;
  let timer;

  Object.assign(list, { id: `${input.id}_list`, className: "lsp-suggest", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(number) {
    active = number;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    const option = list.children[number];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(optionFor));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
    status.textContent = list.hidden ? none : found.replace("{count}", suggestions.length);
  }

  function optionFor({ id, name, facts }, at) {
    const option = document.createElement("li");
    const small = document.createElement("small");
    option.id = `${list.id}_${at}`;
    option.setAttribute("role", "option");
    option.dir = "auto";
    option.append(name, small);
    option.dataset.choice = id;
    small.textContent = facts;
    return option;
  }

  function choose(option) {
    const choice = Object.assign(document.createElement("input"), { type: "hidden", name: "choice" });
    choice.value = option.dataset.choice;
    input.form.append(choice);
    input.form.submit();
  }

  async function ask() {
    const text = input.value.trim();
    asked?.abort();
    if (text.length < fewest) {
      close();
      return;
    }
    asked = new AbortController();
    try {
      const answer = await fetch(`${url}?${new URLSearchParams({ q: text })}`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // Overtaken by the next letter, or nobody answers: the button of the form looks it up too.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
  input.addEventListener("blur", close);
  // The list pushes the button down. A press on it must not close the list, or the button moves away from under it.
  input.form.addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) event.preventDefault();
  });
  input.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "ArrowDown" && count) mark((active + 1) % count);
    else if (event.key === "ArrowUp" && count) mark(active > 0 ? active - 1 : count - 1);
    else if (event.key === "Enter" && count && active >= 0) choose(list.children[active]);
    else if (event.key === "Escape" && count) close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus, and so the list, in place
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}
