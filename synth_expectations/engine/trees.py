"""Trees of SQL from parts, none of which is copied.

sqlglot's own `case.when(...)`, `and_` and the like copy all that they are given, at each call: a fifth of what it takes to
compile a condition. A part may therefore stand in two places of a tree until it is rendered, which copies the tree.
"""

from __future__ import annotations

from sqlglot import exp

Branch = tuple[exp.Expr, exp.Expr]
"""A condition, and the value where it is true."""


def choose(*branches: Branch, otherwise: exp.Expr | None = None) -> exp.Case:
    """Return the value of the first branch whose condition is true.

    Args:
        branches: conditions, each with its value.
        otherwise: the value where none is true; NULL if None.
    """
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=otherwise)


def conjoin(*conditions: exp.Expr) -> exp.Expr:
    """Return whether all conditions are true; each is in parentheses if it is an `and` or an `or` itself."""
    return exp.and_(*conditions, copy=False)


def disjoin(*conditions: exp.Expr) -> exp.Expr:
    """Return whether one condition is true; each is in parentheses if it is an `and` or an `or` itself."""
    return exp.or_(*conditions, copy=False)


def negate(condition: exp.Expr) -> exp.Expr:
    """Return whether a condition is false; it is in parentheses if it is an `and` or an `or` itself."""
    return exp.not_(condition, copy=False)


def enclose(tree: exp.Expr) -> exp.Expr:
    """Return a tree in parentheses."""
    return exp.paren(tree, copy=False)
