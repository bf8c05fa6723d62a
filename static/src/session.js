// Warns somebody five minutes before their session ends. The server decides when; this asks, says, and asks again.
const box = document.querySelector("[data-lsp-session]");
if (box) watch(box);

function watch(box) {
  const { url, warn } = box.dataset;
  const form = box.querySelector("form");
  let timer;
  let typedAt = 0;
  let dismissed = false;

  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(ask, seconds * 1000);
  };

  const say = (what) => {
    for (const part of box.querySelectorAll("[data-lsp-when]")) part.hidden = part.dataset.lspWhen !== what;
    if (!box.open) box.showModal();
  };

  const plan = ({ idle, whole }) => {
    const left = Math.min(idle, whole);
    if (left > warn) {
      box.close();
      later(left - warn);
    } else if (idle < whole) {
      say("idle");
      later(Math.min(left + 1, 30)); // another tab may have been used meanwhile
    } else {
      if (!dismissed) say("whole");
      later(left + 1);
    }
  };

  const ask = async (options = {}) => {
    try {
      const answer = await fetch(url, { redirect: "manual", ...options });
      if (answer.ok) plan(await answer.json());
      else say("over");
    } catch {
      later(30); // no network, which may come back
    }
  };

  const stay = () => ask({ method: "POST", body: new FormData(form) });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stay();
  });
  box.addEventListener("close", () => {
    dismissed = true;
  });
  // Whoever writes a long text is there, though they open no page.
  document.addEventListener("input", () => {
    if (Date.now() - typedAt < 60_000) return;
    if (typedAt) stay();
    typedAt = Date.now();
  });
  plan({ idle: Number(box.dataset.idle), whole: Number(box.dataset.whole) });
}
