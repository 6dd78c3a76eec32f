"""Parts of the page with JavaScript of their own, each in a folder: NAME/NAME.js and NAME/NAME.css.

The scripts are served as they lie here, under an address that changes with their bytes, and loaded as ES modules; so
they may import each other (`../shared/…`). A component's function is called with new data each time the data change,
always with the same `parentElement`, and draws in the one element of class `gm` in it.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from ui.web.room import room

MISTAKE = "mistake"  # in the session's state: an act has failed in a way that nobody foresaw
FOLDER = Path(__file__).parent
_LOADER = """
const address = new URL("/assets/{version}/{name}/{name}.js", document.baseURI).href;
export default (await import(address)).default;
"""


@functools.cache
def version() -> str:
    """Return a fingerprint of all scripts and styles."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.*s")):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@functools.cache
def _declared(name: str) -> Any:
    css = "".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / name).glob("*.css")))
    script = _LOADER.format(version=version(), name=name)
    root = f'<div class="gm gm-{name}"></div>'  # the rest of parentElement is Streamlit's: our styles lie there
    return st.components.v2.component(f"gongmun_{name}", html=root, js=script, css=css, isolate_styles=False)


def mount(
    name: str, data: Mapping[str, Any], on: Mapping[str, Callable[[Any], None]] | None = None, key: str | None = None
) -> None:
    """Show a component; `on` says what to do with the value of each trigger it can fire, before the script runs."""
    place = key or name

    def calling(event: str, act: Callable[[Any], None]) -> Callable[[], None]:
        def call() -> None:
            try:
                value = getattr(st.session_state[place], event)
                if value is not None:
                    act(value)
            except Exception as error:  # noqa: BLE001 - the page is still shown, with the sentence that app.py says
                room().corpus.logger().exception("web %s %s", name, event, exc_info=error)
                st.session_state[MISTAKE] = True

        return call

    handlers = {f"on_{event}_change": calling(event, act) for event, act in (on or {}).items()}
    _declared(name)(key=place, data=dict(data), width="stretch", height="content", **handlers)
