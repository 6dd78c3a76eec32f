"""Finding pages and passages in the record, and judging exactness."""

from search.searcher import Searcher

__all__ = ["Searcher"]
