"""The chart of engine times relative to the SQL by hand, as plain SVG: a panel per size, a bar per contender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2

from benchmarks.peers.contenders import BY_HAND, CONTENDERS, OURS
from benchmarks.peers.figures import Measured, fate, ratio

_WIDTH, _LABEL, _BAR, _GAP, _HEAD = 760, 270, 18, 6, 34
_LEAST, _MOST = 0.5, 64
_STYLE = """<style>text{font:13px sans-serif;fill:#333}.head{font-weight:bold}.ours{fill:#1f77b4}.other{fill:#a9b4bf}\
.one{stroke:#333}.grid{stroke:#ddd}@media(prefers-color-scheme:dark){text{fill:#ddd}.one{stroke:#ddd}.grid{stroke:#444}}</style>"""


def drawn(sizes: Sequence[Measured]) -> str:
    """Return the SVG file."""
    parts: list[str] = []
    top = 0
    for size in sizes:
        names = [name for name in CONTENDERS if name in size["measured"] and name != BY_HAND]
        parts += _panel(size, names, top)
        top += _HEAD + len(names) * (_BAR + _GAP) + _GAP
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" height="{top}">'
    title = "<title>Engine time relative to the SQL by hand</title>"
    return "\n".join([frame, title, _STYLE, *parts, "</svg>", ""])


def _panel(size: Measured, names: Sequence[str], top: int) -> Iterator[str]:
    head = f"{size['rows']:,} contacts in {size['store']}: engine time, × SQL by hand"
    yield f'<text class="head" x="4" y="{top + 20}">{head}</text>'
    bottom = top + _HEAD + len(names) * (_BAR + _GAP)
    for power in range(int(log2(_LEAST)), int(log2(_MOST)) + 1):
        x, kind = _at(2**power), "grid" if power else "one"
        yield f'<line class="{kind}" x1="{x:.0f}" y1="{top + _HEAD - 4}" x2="{x:.0f}" y2="{bottom}"/>'
    for place, name in enumerate(names):
        y = top + _HEAD + place * (_BAR + _GAP)
        title = CONTENDERS[name].title.replace("**", "")
        yield f'<text x="4" y="{y + 14}">{title}</text>'
        factor = ratio(size, name)
        if factor is None:
            yield f'<text x="{_at(1) + 6:.0f}" y="{y + 14}">{fate(size, name)}</text>'
            continue
        start, end = sorted((_at(1), _at(factor)))
        kind = "ours" if name in OURS else "other"
        yield f'<rect class="{kind}" x="{start:.1f}" y="{y}" width="{max(end - start, 1):.1f}" height="{_BAR}"/>'
        yield f'<text x="{end + 6:.0f}" y="{y + 14}">{factor:.2f} ×</text>'


def _at(value: float) -> float:
    """Return the x position of a ratio, on a scale where each step doubles the time."""
    share = (log2(min(max(value, _LEAST), _MOST)) - log2(_LEAST)) / (log2(_MOST) - log2(_LEAST))
    return _LABEL + share * (_WIDTH - _LABEL - 70)
