// Takes out of the compressed stylesheet (argument: its path) what says nothing new or must not be there.
import { readFileSync, writeFileSync } from "node:fs";

const path = process.argv[2];
const css = readFileSync(path, "utf8")
  .replace(/^\uFEFF/, '@charset "utf-8";')
  // The crest of the footer belongs to government.
  .replace(/[a-z-]+:[^;{}]*crest[^;{}]*;?/g, "")
  // Paper has the same family as the screen.
  .replace(/@media print\{[^{}]*\{font-family:"Source Sans 3","Segoe UI",arial,sans-serif\}\}/g, "")
  // Inherited: _adjust.scss sets it once, on the body.
  .replace(/-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale;?/g, "")
  // Every custom property is set on :root; the second value of var() is for pages that have no :root rule.
  .replace(/var\((--govuk-[a-z-]+), ?#[0-9a-f]+\)/g, "var($1)")
  .replace(/[^{};]+\{\}/g, "");
writeFileSync(path, css);
