"""Lines drawn as SVG: a row of numbers as points, with the numbers in words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 96
_MARGIN = 6


@dataclass(frozen=True)
class ChartLine:
    """A line of a chart.

    Attributes:
        name: what it counts.
        values: oldest first; None where nobody counted.
    """

    name: str
    values: tuple[int | None, ...]

    @property
    def newest(self) -> int | None:
        """The newest number."""
        return self.values[-1] if self.values else None


@dataclass(frozen=True)
class ChartPoint:
    """A number of a chart, in the units of the drawing."""

    x: float
    y: float
    value: int


@dataclass(frozen=True)
class LineChart:
    """Lines over the same runs, from zero to their largest number."""

    lines: tuple[ChartLine, ...]

    @property
    def largest(self) -> int:
        """The largest number of all lines."""
        return max((value for line in self.lines for value in line.values if value is not None), default=0)

    def find_points(self, line: ChartLine) -> list[ChartPoint]:
        """Return the points of a line; a run without a number has none."""
        steps = max(1, len(line.values) - 1)
        top = max(1, self.largest)
        return [
            ChartPoint(
                round(_MARGIN + index * (WIDTH - 2 * _MARGIN) / steps, 1),
                round(HEIGHT - _MARGIN - value * (HEIGHT - 2 * _MARGIN) / top, 1),
                value,
            )
            for index, value in enumerate(line.values)
            if value is not None
        ]

    def format_points(self, line: ChartLine) -> str:
        """Return the points of a line, as SVG's `points` has them."""
        return " ".join(f"{point.x},{point.y}" for point in self.find_points(line))


def draw_lines(lines: Sequence[tuple[str, Sequence[int | None]]]) -> LineChart:
    """Return a chart of named rows of numbers."""
    return LineChart(tuple(ChartLine(name, tuple(values)) for name, values in lines))
