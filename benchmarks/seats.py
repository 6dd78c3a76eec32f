"""Readers without a browser: Streamlit's own websocket protocol, so that a measurement is of the server alone."""

from __future__ import annotations

import time
import urllib.parse
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol


class Seat:
    """One reader's session."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.socket = connect(
            url.replace("http:", "ws:") + "/_stcore/stream",
            origin=url,  # type: ignore[arg-type]
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            open_timeout=60,
        )

    def ask(self, words: str) -> float:
        """Search; return the milliseconds until all of the answer has come.

        Raises:
            AssertionError: the answer has no hits.
        """
        message = BackMsg()
        message.rerun_script.query_string = urllib.parse.urlencode({"q": words})
        message.rerun_script.context_info.url = self.url
        message.rerun_script.context_info.locale = "ko-KR"
        began = time.perf_counter()
        self.socket.send(message.SerializeToString())
        found = False
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self.socket.recv(timeout=60))  # type: ignore[arg-type]
            kind = answer.WhichOneof("type")
            found = found or (kind == "delta" and '"hits"' in answer.delta.new_element.bidi_component.json)
            if kind == "script_finished":
                assert found, words
                return (time.perf_counter() - began) * 1000

    def __enter__(self) -> Seat:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.socket.close()
