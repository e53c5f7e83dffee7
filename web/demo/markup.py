"""The wording's safe subset of HTML as a tree of plain values: the page builds nodes from it and never parses HTML."""

from html.parser import HTMLParser

Node = str | dict[str, object]
"""Text, or {"tag": name, "children": [Node]}."""

ALLOWED = frozenset({
    "b", "strong", "i", "em", "u", "s", "code", "pre", "p", "br", "hr", "ul", "ol", "li", "blockquote", "h3", "h4",
    "h5", "table", "thead", "tbody", "tr", "th", "td", "span", "div",
})  # fmt: skip
_EMPTY = frozenset({"br", "hr"})
_SWALLOWED = frozenset({"script", "style", "title", "template"})


class _TreeMaker(HTMLParser):
    """Keeps allowed tags without any attribute; of other tags only the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Node] = []
        self._open: list[tuple[str, list[Node]]] = [("", self.root)]
        self._swallowing = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._swallowing += tag in _SWALLOWED
        if tag not in ALLOWED:
            return
        children: list[Node] = []
        self._open[-1][1].append({"tag": tag, "children": children})
        if tag not in _EMPTY:
            self._open.append((tag, children))

    def handle_endtag(self, tag: str) -> None:
        self._swallowing -= tag in _SWALLOWED and self._swallowing > 0
        names = [name for name, _ in self._open]
        if tag in ALLOWED and tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._swallowing:
            self._open[-1][1].append(data)


def tree(html: str) -> list[Node]:
    """`html` as nodes; anything outside ALLOWED loses its tag and keeps its text, scripts and styles lose both."""
    maker = _TreeMaker()
    maker.feed(html)
    maker.close()
    return maker.root
