// allauth's script says on the document that a key gave no answer; the page says it to people.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const text of document.querySelectorAll("[data-lsp-key-failed]")) text.hidden = false;
});
