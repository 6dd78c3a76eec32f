"""The record: what was obtained, kept exactly as it came."""

from corpus.opened import Corpus

__all__ = ["Corpus"]
