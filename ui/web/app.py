"""The script that Streamlit runs for every reader and every step: the frame, then the page asked for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from corpus.errors import GongmunError
from ui.web.components import MISTAKE, mount
from ui.web.room import room
from ui.web.views import annotated, compare, finding, help, overview, reader, releases
from ui.web.visit import Visit
from ui.web.warmth import settle

ICON = Path(__file__).parent / "icon.png"
VIEWS = {
    "finding": finding.show,
    "reader": reader.show,
    "compare": compare.show,
    "annotations": annotated.show,
    "releases": releases.show,
    "overview": overview.show,
    "help": help.show,
}
IN_MENU = ("finding", "annotations", "releases", "overview", "help")
SAY_THEIR_TITLE = ("finding", "reader")


def main() -> None:
    """Show the masthead and the page; an error becomes its sentence."""
    st.set_page_config(page_title="Gongmun", page_icon=str(ICON), layout="wide")
    pages = {
        name: st.Page(view, title=name, url_path=_path(name), default=name == "finding") for name, view in VIEWS.items()
    }
    current = st.navigation(list(pages.values()), position="hidden")
    visit = Visit.now()
    _masthead(visit, current.title)
    try:
        current.run()
    except GongmunError as error:
        st.text(str(error))
    except Exception as error:  # noqa: BLE001 - a reader is told in a sentence, the log has it whole
        room().corpus.logger().exception("web", exc_info=error)
        st.session_state[MISTAKE] = True
    if st.session_state.pop(MISTAKE, False):
        st.text(visit.texts("frame")["mistake"])


def _path(name: str) -> str:
    return "" if name == "finding" else name


def _masthead(visit: Visit, current: str) -> None:
    texts = visit.texts("frame")
    links = [{"href": f"/{_path(name)}", "name": texts[name], "current": name == current} for name in IN_MENU]
    data = {
        "language": visit.language,
        "title": None if current in SAY_THEIR_TITLE else f"{texts[current]} · {texts['brand']}",
        "corpus": room().corpus.folder.name.lstrip("."),
        "links": links,
        "texts": texts,
    }
    mount("masthead", data)


# Streamlit runs this as `__main__`, which multiprocessing takes for the program: each process that draws pages would
# run it again, were its file known.
if __name__ == "__main__":
    globals().pop("__file__", None)
    main()
    settle()
