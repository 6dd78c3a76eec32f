"""Annotations whose source is gone, as the list of annotations shows them: what people wrote, without the words."""

from __future__ import annotations

from typing import Any

from corpus.gone import left
from corpus.model import Audience
from corpus.store import Store

_LISTED = 100


def left_data(store: Store, audience: Audience) -> dict[str, Any]:
    """Return them, and how many there are; none to whoever may not see every release."""
    found = left(store) if audience.releases is None else []
    rows = [
        {
            "id": each.annotation.id,
            "name": each.gone.name or each.gone.document[:12],
            "purged": each.gone.purged,
            "at": each.gone.at[:10] if each.gone.at else "",
            "page": each.annotation.page,
            "note": each.annotation.note,
            "tags": list(each.annotation.tags),
            "author": each.annotation.author,
            "modified": each.annotation.modified[:10],
        }
        for each in found[:_LISTED]
    ]
    return {"rows": rows, "total": len(found)}
