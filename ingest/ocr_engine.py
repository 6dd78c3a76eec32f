"""Tesseract itself: pictures in, pieces of lines out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from corpus.model import Box, Reason
from ingest.formats import FormatError
from ingest.ocr_models import tesseract
from ingest.ocr_words import Piece, pieces

DPI = 200
_RIM = 4  # pixels around a stretch that is read again
_LEAST_SIDE = 3  # pixels
_NEGATIVE = "0.5"  # confidence (of 1) of a line below which it is read in negative too; Tesseract's own 0.7 costs more


class Engine:
    """Reads grey pictures with the models of one folder. `mode` is the name of a page segmentation mode."""

    def __init__(self, models: Path) -> None:
        self._models = models

    def pieces(self, image: Image.Image, language: str, mode: str, invert: bool = True) -> list[list[Piece]]:
        """Return what is read of a picture, line by line; with `invert` white writing on black is tried too.

        Raises:
            FormatError: Tesseract cannot load the model.
        """
        return _result(self._set(image, language, mode, invert))

    def again(self, image: Image.Image, language: str) -> Callable[[Box], list[list[Piece]]]:
        """Return a function that reads boxes of a picture, each as one line."""
        ready: list[Any] = []

        def read_again(box: Box) -> list[list[Piece]]:
            if not ready:
                ready.append(self._set(image, language, "SINGLE_LINE", invert=False))
            x0, top, x1, bottom = map(round, box)
            left, upper = max(0, x0 - _RIM), max(0, top - _RIM)
            across, down = min(image.width, x1 + _RIM) - left, min(image.height, bottom + _RIM) - upper
            if min(across, down) < _LEAST_SIDE:
                return []
            ready[0].SetRectangle(left, upper, across, down)
            return _result(ready[0])

        return read_again

    def _set(self, image: Image.Image, language: str, mode: str, invert: bool) -> Any:
        api = _api(self._models, language)
        api.SetPageSegMode(getattr(tesseract().PSM, mode))
        api.SetVariable("invert_threshold", _NEGATIVE if invert else "0")
        api.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
        api.SetSourceResolution(DPI)
        return api


def _result(api: Any) -> list[list[Piece]]:
    level = tesseract().RIL
    if not api.Recognize():
        return []
    iterator = api.GetIterator()
    return pieces(iterator, level.WORD, level.TEXTLINE) if iterator else []


@cache
def _api(models: Path, language: str) -> Any:
    """Return Tesseract with a language loaded, which takes a tenth of a second: once for each process."""
    module = tesseract()
    try:
        return module.PyTessBaseAPI(path=str(models), lang=language, variables={"preserve_interword_spaces": "1"})
    except RuntimeError as error:
        said = f"Tesseract cannot load {models / language}.traineddata; copy the file there again (docs/ocr.md)."
        raise FormatError(Reason.NEEDS_OCR, said) from error
