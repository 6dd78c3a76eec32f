"""Words of a query that follow each other, and what takes their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from search.query_nodes import And, Node, Or, Scope, Word

Replace = Callable[[Sequence[Word]], Sequence[Node] | None]


def with_runs_replaced(node: Node, longest: int, replace: Replace) -> Node:
    """Return a tree in which runs of at most `longest` words are replaced, the longest first.

    `replace` returns what stands for some words, None where they stay. Only words typed as they are: no =word, phrase,
    field or NOT.
    """
    match node:
        case Word(_, exact) if not exact:
            return _joined(And, replace([node]) or [node])
        case Or(children):
            return _joined(Or, [with_runs_replaced(child, longest, replace) for child in children])
        case And(children):
            return _joined(And, list(_replaced(children, longest, replace)))
        case Scope(unit, child):
            return Scope(unit, with_runs_replaced(child, longest, replace))
        case _:
            return node


def _replaced(children: Sequence[Node], longest: int, replace: Replace) -> Iterator[Node]:
    at = 0
    while at < len(children):
        run = _run(children[at : at + longest])
        for length in range(len(run), 1, -1):
            found = replace(run[:length])
            if found is not None:
                yield from found
                at += length
                break
        else:
            yield with_runs_replaced(children[at], longest, replace)
            at += 1


def _run(children: Sequence[Node]) -> list[Word]:
    run: list[Word] = []
    for child in children:
        if not isinstance(child, Word) or child.exact:
            break
        run.append(child)
    return run


def _joined(kind: type[And] | type[Or], nodes: Sequence[Node]) -> Node:
    """Join nodes; an Or within an Or is one, and what is left alone stands for itself."""
    inner = tuple(each for node in nodes for each in (node.children if isinstance(node, kind) else (node,)))
    return inner[0] if len(inner) == 1 else kind(inner)
