// Copies the fonts into the folder named by the argument. The web gets variable files as they are. PDFs get plain
// TrueType: WeasyPrint would unpack WOFF2 anew for every document, which costs a second and a half.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { convert } from "fontverter";
import subsetFont from "subset-font";

const folder = process.argv[2];
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const source = (pack, file) => `node_modules/@fontsource${pack}/files/${file}.woff2`;
const families = ["source-sans-3", "source-serif-4"];

const web = (pack, name, file) => copyFileSync(source(`-variable/${pack}`, `${pack}-${file}`), `${folder}/${name}.woff2`);
for (const family of families) {
  web(family, `${family}-latin`, "latin-wght-normal");
  web(family, `${family}-latin-ext`, "latin-ext-wght-normal");
}
web("source-serif-4", "source-serif-4-latin-italic", "latin-wght-italic");

const pdf = async (pack, name, file) =>
  writeFileSync(`${folder}/pdf-${name}.ttf`, await convert(readFileSync(source(`/${pack}`, `${pack}-${file}`)), "sfnt"));
for (const family of families) {
  for (const range of ["latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek"]) {
    for (const weight of [400, 600]) await pdf(family, `${family}-${range}-${weight}`, `${range}-${weight}-normal`);
  }
  await pdf(family, `${family}-latin-400-italic`, "latin-400-italic");
}
// Other scripts, for names and translations: one weight, because one more costs as much again. Arabic is Amiri, because
// Noto builds its letters from base and dots, and the text that is read out of the PDF would be wrong.
await pdf("amiri", "amiri", "arabic-400-normal");
for (const script of ["bengali", "devanagari", "gujarati", "gurmukhi", "hebrew", "tamil"]) {
  await pdf(`noto-sans-${script}`, `noto-${script}`, `${script}-400-normal`);
}
await pdf("noto-emoji", "noto-emoji", "emoji-400-normal");

// Arrows, ticks, stars and the signs of comparison, out of a font of 3,000 signs.
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");
const spaces = "\u0020\u00a0\u200b\u200d\u2060\ufe0e\ufe0f"; // a space after an arrow is taken from its font
const signs = spaces + range(0x2190, 0x21ff) + range(0x2200, 0x22ff) + range(0x2460, 0x24ff) + range(0x25a0, 0x27bf);
const math = readFileSync(source("/noto-sans-math", "noto-sans-math-latin-400-normal"));
writeFileSync(`${folder}/pdf-noto-signs.ttf`, await subsetFont(math, signs, { targetFormat: "truetype" }));

for (const [pack, name] of [
  ["source-sans-3", "source-sans-3"], ["source-serif-4", "source-serif-4"],
  ["amiri", "amiri"], ["noto-sans-bengali", "noto-sans"], ["noto-emoji", "noto-emoji"],
]) copyFileSync(`node_modules/@fontsource/${pack}/LICENSE`, `${folder}/OFL-${name}.txt`);
