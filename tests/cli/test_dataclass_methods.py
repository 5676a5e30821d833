"""Data classes whose methods are compiled later are as others."""

from __future__ import annotations

import subprocess
import sys

_DEFINED = """
import dataclasses, inspect, pickle, sys
from dataclasses import FrozenInstanceError, dataclass, field, replace

if sys.argv[1] == "later":
    from synth_expectations.cli.dataclass_methods import compile_methods_later
    compile_methods_later()
    names = []
    if compiled := getattr(dataclasses, "_create_fn", None):
        inner = compiled._compile_now
        compiled._compile_now = lambda name, *source, **context: (names.append(name), inner(name, *source, **context))[1]

@dataclass(frozen=True)
class Point:
    x: int
    y: list = field(default_factory=list, compare=False, repr=False)

@dataclass(frozen=True)
class Named(Point):
    name: str = "a"

@dataclass
class Tree:
    inner: "Tree | None" = None

    def __repr__(self):
        return "its own"

@dataclass(slots=True, order=True)
class Slotted:
    x: int = 1

@dataclass(unsafe_hash=True)
class Loop:
    of: object = None

defined = sorted(set(names)) if sys.argv[1] == "later" else None
for point in (Point(1), Named(1, [2], "b"), Tree(Tree()), Slotted(2), Loop()):
    print(point, point == replace(point), point != replace(point), point == object())
    print(inspect.signature(type(point)), sorted(vars(type(point)))[:20], type(point).__eq__.__qualname__)
    print(pickle.loads(pickle.dumps(point)) == point)
    try:
        print(hash(point) == hash(replace(point)))
    except TypeError as error:
        print(error)
    for act in (lambda: setattr(point, "x", 5), lambda: setattr(point, "other", 5), lambda: delattr(point, "x")):
        try:
            print(act(), point)
        except (FrozenInstanceError, AttributeError) as error:
            print(type(error).__name__, error)
print({Point(1): 2}[Point(1, [3])], Point(1) == Named(1), Slotted(1) < Slotted(2))
loop = Loop()
loop.of = [loop]
print(loop)
if defined is not None:
    print(defined, file=sys.stderr)
    methods = [vars(kind)[name] for kind in (Point, Named) for name in ("__eq__", "__hash__")]
    later = [method.__qualname__ for method in methods if "arguments" in inspect.signature(method).parameters]
    print(later, file=sys.stderr)
"""


def _run(how: str) -> tuple[str, str]:
    ended = subprocess.run([sys.executable, "-c", _DEFINED, how], capture_output=True, text=True, check=True)
    return ended.stdout, ended.stderr


def test_they_compare_hash_show_and_refuse_as_before() -> None:
    plain, _ = _run("now")
    later, compiled = _run("later")
    assert later == plain
    assert "FrozenInstanceError" in plain
    if sys.version_info < (3, 13):
        assert compiled == "['__ge__', '__gt__', '__init__', '__le__', '__lt__']\n[]\n"  # what was called is compiled
