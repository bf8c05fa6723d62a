"""What people type, as safe HTML or as plain text.

CommonMark with tables; no HTML, no images, no code blocks (an indented paragraph is still a paragraph). Two walls stand
behind each other: the parser makes only the elements listed here, and nh3 removes whatever else might slip through.
"""

import re
from importlib import import_module

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = {"http", "https", "mailto"}
NESTING = 20  # elements within each other; deeper blocks the parser would drop, with all that follows
HEADING_DEPTH = 3  # a published text has three levels of bookmarks; deeper headings stay on the third

# A row that is too short is filled up to the width of its table: by default with up to 65,536 cells a table, so that a
# few lines become megabytes. The parser has no option for it, so its module is told (its package hides the module
# behind the function of the same name). What is beyond stays as it was typed, below the table.
FILLED_CELLS = 256
vars(import_module("markdown_it.rules_block.table"))["MAX_AUTOCOMPLETED_CELLS"] = FILLED_CELLS

# Classes of the design system; a stylesheet for print styles the bare elements.
CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "blockquote": "govuk-inset-text",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
HEADING_CLASSES = ("govuk-heading-m", "govuk-heading-s", "govuk-heading-s")
DIRECTED = {"p", "ul", "ol", "li", "blockquote", "table", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"}

TAGS = set(CLASSES) | DIRECTED - {"h1"} | {"strong", "em", "br", "code"}
ATTRIBUTES = {"*": set(), **{tag: {"class"} for tag in TAGS}}
for _tag in DIRECTED:
    ATTRIBUTES.setdefault(_tag, set()).add("dir")
ATTRIBUTES["a"].add("href")
ATTRIBUTES["th"].add("scope")
ATTRIBUTES["ol"].add("start")

# Characters that HTML forbids or that no reader can see: controls, non-characters, lone halves of surrogate pairs.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def _only_web_and_mail(url: str) -> bool:
    """Links lead to a whole address: a relative one would be dead in a PDF or an e-mail."""
    return url.partition(":")[0].lower() in SCHEMES


def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": False, "maxNesting": NESTING}
    parser = MarkdownIt("commonmark", options).enable("table").disable(["code", "fence"])
    parser.validateLink = _only_web_and_mail  # type: ignore[method-assign]
    return parser


PARSER = _parser()
FLAT_PARSER = _parser().disable(["list", "blockquote", "emphasis"])


def _parse(text: str) -> list[Token]:
    """The elements of a text. One that is nested too deep is left as it was typed, so that nothing of it is lost."""
    printable = UNPRINTABLE.sub("", text)
    tokens = PARSER.parse(printable)
    return FLAT_PARSER.parse(printable) if any(_is_too_deep(token) for token in tokens) else tokens


def _is_too_deep(token: Token) -> bool:
    if token.nesting == 1 and token.level >= NESTING - 1:
        return True
    return any(child.level >= NESTING for child in token.children or ())


def to_html(text: str, *, heading_base: int = 3) -> SafeString:
    """The text as HTML that is safe to put into any page.

    Its first heading is `h{heading_base}` (2 to 6); headings below follow without skipping a level. Every block has
    `dir="auto"`, so that a paragraph of Arabic or Hebrew runs from the right. An image becomes its alternative text.
    """
    return _render(_prepared(text, heading_base))


def to_blocks(text: str, *, heading_base: int = 3) -> list[SafeString]:
    """The same, one string for each paragraph, list, table or heading: for texts whose paragraphs are numbered."""
    blocks: list[SafeString] = []
    block: list[Token] = []
    for token in _prepared(text, heading_base):
        block.append(token)
        if token.level == 0 and token.nesting != 1:
            blocks.append(_render(block))
            block = []
    return blocks


def _prepared(text: str, heading_base: int) -> list[Token]:
    tokens = _parse(text)
    _shift_headings(tokens, heading_base)
    for token in tokens:
        _dress(token, heading_base)
        for child in token.children or ():
            _dress(child, heading_base)
    return tokens


def _render(tokens: list[Token]) -> SafeString:
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, url_relative="deny")
    return mark_safe(clean)  # noqa: S308


def _shift_headings(tokens: list[Token], base: int) -> None:
    """Renumber headings by how deep they are nested: `#` then `###` becomes base, base + 1."""
    open_levels: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while open_levels and open_levels[-1] >= level:
                open_levels.pop()
            open_levels.append(level)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(base + min(len(open_levels), HEADING_DEPTH) - 1, 6)}"


def _dress(token: Token, base: int) -> None:
    """Give one element its class, direction and scope; turn an image into text."""
    if token.type == "image":
        token.type, token.tag, token.children = "text", "", None
        return
    if token.nesting == -1 or not token.tag:
        return
    style = token.attrs.pop("style", "")
    classes = CLASSES.get(token.tag, "")
    if token.type == "heading_open":
        classes = HEADING_CLASSES[min(int(token.tag[1]) - base, HEADING_DEPTH - 1)]
    if style == "text-align:right":
        classes += " govuk-table__header--numeric" if token.tag == "th" else " govuk-table__cell--numeric"
    if classes:
        token.attrSet("class", classes)
    if token.tag in DIRECTED:
        token.attrSet("dir", "auto")
    if token.tag == "th":
        token.attrSet("scope", "col")


def to_text(text: str) -> str:
    """The text without its marks, for an e-mail or a summary: one blank line between blocks, addresses in brackets."""
    blocks: list[str] = []
    row: list[str] = []
    lead = ""
    for token in _parse(text):
        if token.type == "list_item_open":
            lead = "- "
        elif token.type in {"th_open", "td_open"}:
            row.append("")
        elif token.type == "tr_close":
            blocks.append(" | ".join(row))
            row.clear()
        elif token.type == "inline":
            words = _inline_text(token.children or [])
            if row:
                row[-1] = words
            elif words:
                blocks.append(lead + words)
                lead = ""
    return "\n\n".join(blocks)


def _inline_text(children: list[Token]) -> str:
    parts: list[str] = []
    addresses: list[str] = []
    for child in children:
        if child.type == "link_open":
            addresses.append(str(child.attrs.get("href", "")))
        elif child.type == "link_close":
            parts.append(f" ({addresses.pop()})")
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        else:
            parts.append(child.content)
    return "".join(parts)
