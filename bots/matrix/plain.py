"""From an officer's formatted message to plain words: no markup, no colleague's name, no address of theirs. Pure."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "div", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"})
HIDDEN = frozenset({"mx-reply", "script", "style", "head"})
VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track"})

PERMALINK = re.compile(r"(?:https?://matrix\.to/#?/?|matrix:(?:u|r|roomid|e)/)\S*", re.IGNORECASE)
ACCOUNT = re.compile(r"(?<![\w@./])@[\w.=/+-]+:[\w.-]+(?::\d+)?", re.ASCII)
MARKDOWN_LINK = re.compile(r"\[[^\]\n]*\]\(\s*<?(?:https?://matrix\.to/|matrix:)[^)\n]*\)", re.IGNORECASE)
LEFT_BY_A_NAME = re.compile(r"^[:,]\s+")
"""What stands before the words once "@colleague: words" has lost its name."""
QUOTE_LINE = re.compile(r"^> ?.*$")


@dataclass
class _Reduction(HTMLParser):
    """Collects the words of a formatted body."""

    words: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    link: str = ""
    link_start: int = 0

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href") or ""
        if self.hidden:
            self.hidden += [tag] if tag not in VOID else []
        elif tag in HIDDEN or (tag == "a" and is_permalink(target)):
            self.hidden.append(tag)
        elif tag == "a":
            self.link, self.link_start = target, len(self.words)
        elif tag == "br" or tag in BLOCKS:
            self.words.append("\n")
        elif tag == "li":
            self.words.append("\n- ")

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self._leave_hidden(tag)
        elif tag == "a":
            self._end_link()
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)

    def _leave_hidden(self, tag: str) -> None:
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass

    def _end_link(self) -> None:
        shown = "".join(self.words[self.link_start :]).strip()
        if self.link.startswith(("http://", "https://", "tel:", "mailto:")) and shown != self.link:
            self.words.append(f" ({self.link})")
        self.link = ""


def is_permalink(target: str) -> bool:
    """Whether a link leads to an account, a room or a message of the officers' side."""
    return bool(PERMALINK.match(target.strip()))


def from_html(html: str) -> str:
    """The words of a formatted body, mentions left out."""
    reduction = _Reduction()
    reduction.feed(html)
    reduction.close()
    return tidy("".join(reduction.words))


def from_body(body: str, *, is_reply: bool) -> str:
    """The words of a plain body: without the quoted message that clients put before a reply."""
    return tidy(without_quote(body) if is_reply else body)


def without_quote(body: str) -> str:
    """Without the leading `> ` lines of a reply fallback and the empty line after them."""
    lines = body.split("\n")
    while lines and QUOTE_LINE.match(lines[0]):
        lines.pop(0)
    return "\n".join(lines)


def tidy(text: str) -> str:
    """Without addresses of accounts and rooms, without the holes that they leave."""
    for pattern in (MARKDOWN_LINK, PERMALINK, ACCOUNT):
        text = pattern.sub("", text)
    text = re.sub(r"[ \t\xa0]+", " ", text)
    text = re.sub(r" *\n *", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return LEFT_BY_A_NAME.sub("", text)
