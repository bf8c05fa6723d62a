// First thing in the body: tells the stylesheet that JavaScript runs and that GOV.UK Frontend supports this browser.
// A file of its own because the Content-Security-Policy allows no inline script.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
