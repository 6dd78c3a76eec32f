"""The record: what was obtained, kept exactly as it came."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.opened import Corpus

__all__ = ["Corpus"]


def __getattr__(name: str) -> Any:
    # Worker processes import corpus.model alone; SQLAlchemy and Alembic would cost each of them half a second.
    if name == "Corpus":
        from corpus.opened import Corpus

        return Corpus
    raise AttributeError(name)
