"""The words of a search report, English and Korean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.model import Basis, Page

LANGUAGES = ("en", "ko")

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Search report", "검색 보고서"),
    "made": ("Made {made} with Gongmun {version}.", "{made}, 공문(Gongmun) {version}으로 작성"),
    "corpus": ("Corpus {id}.", "자료 모음 {id}"),
    "question": ("What was asked", "검색식"),
    "as_typed": ("As typed:", "입력한 그대로:"),
    "canonical": ("As understood:", "이해한 뜻:"),
    "answer": ("Answer", "답"),
    "yes": (
        "YES: found on {pages} in {documents}.",
        "있음: 문서 {documents}건, 모두 {pages}쪽에서 찾았습니다.",
    ),
    "no": (
        "NO: it stands on none of the {pages} of {files}. Every page was searched in full.",
        "없음: 파일 {files}건의 {pages}쪽 어디에도 없습니다. 모든 쪽을 빠짐없이 검색하였습니다.",
    ),
    "not found in what could be searched": (
        "NOT FOUND in what could be searched. Whether it stands in the rest, listed under “What was searched”, "
        "cannot be told.",
        "검색할 수 있는 범위에서는 찾지 못하였습니다. “검색한 범위”에 적은 나머지에 있는지는 알 수 없습니다.",
    ),
    "incomplete": (
        "Not everything could be searched (see “What was searched”): there may be more.",
        "검색하지 못한 부분이 있으므로(“검색한 범위” 참조) 더 있을 수 있습니다.",
    ),
    "terms": ("How it was looked for", "찾은 방법"),
    "part": ("Part {n} of the query:", "검색식의 {n}째 부분:"),
    "term_pages": ("By itself it stands on {pages}.", "이 말만으로는 {pages}쪽에 있습니다."),
    "term_unknown": (
        "How many pages have it could not be told in time.",
        "몇 쪽에 있는지는 시간 안에 세지 못하였습니다.",
    ),
    "inflections": ("Words of the index tried:", "색인에서 함께 찾은 낱말:"),
    "forms": ("Written on the pages listed below (times):", "아래에 실은 쪽에 적힌 꼴(횟수):"),
    "added": (
        "Looked for in their place as well, from the glossary and by the value of numbers:",
        "용어집과 수의 값에 따라 다음 꼴도 함께 찾았습니다:",
    ),
    "hits": ("What was found", "찾은 곳"),
    "listed": (
        "The first {shown} of {pages}, by title of the document; {rest} more are not listed.",
        "문서 제목순으로 {pages}쪽 가운데 앞의 {shown}쪽을 싣습니다. 나머지 {rest}쪽은 싣지 않았습니다.",
    ),
    "file": ("File received as:", "받은 파일 이름:"),
    "id": ("SHA-256 of the file: {id}", "파일의 SHA-256: {id}"),
    "about": ("Agency, date, release:", "기관·날짜·제출 자료:"),
    "received": ("received {date}", "{date} 받음"),
    "notice": ("Notice:", "알림:"),
    "coverage": ("What was searched", "검색한 범위"),
    "searched": (
        "{searched} of {total} pages, in {files}.",
        "파일 {files}건, {total}쪽 가운데 {searched}쪽.",
    ),
    "whole": ("Every page was read in full.", "모든 쪽을 빠짐없이 읽었습니다."),
    "not_whole": ("Not, or not in full:", "검색하지 못하였거나 일부만 검색한 것:"),
    "recognised_row": (
        "- {pages} read by OCR: what it misread is not found",
        "- {pages}쪽: 광학문자인식으로 읽음(잘못 읽은 글자는 찾지 못함)",
    ),
    "pages_row": ("- {pages}: {state}, {reason}", "- {pages}쪽: {state}({reason})"),
    "files_row": (
        "- {files} whose pages nobody could count: {reason}",
        "- 쪽수를 알 수 없는 파일 {files}건: {reason}",
    ),
    "not_whole_files": ("Files not, or not in full:", "그러한 파일:"),
    "more_files": (
        "and {files} more: gongmun status lists them all",
        "이 밖에 {files}건: gongmun status로 볼 수 있습니다",
    ),
    "withheld": (
        "Text under covers on {pages} was not searched.",
        "가려진 글이 있는 {pages}쪽에서 그 글은 검색하지 않았습니다.",
    ),
    "unfinished": (
        "Stopped after {seconds} s: {done} of {pages} pages looked at for this part:",
        "{seconds}초가 지나 멈추었습니다. 다음 부분은 {pages}쪽 가운데 {done}쪽만 살펴보았습니다:",
    ),
    "index": (
        "The index holds {pages} of {files} and is up to date.",
        "색인에는 문서 {files}건, {pages}쪽이 들어 있으며 최신 상태입니다.",
    ),
    "behind": (
        "The index is not up to date: {files} changed since, and were searched only as far as the index knows them.",
        "색인이 최신 상태가 아닙니다. 그 뒤 바뀐 문서 {files}건은 색인에 있는 만큼만 검색하였습니다.",
    ),
    "rules": (
        "The rules by which words are found are in docs/query-language.md of this version.",
        "낱말을 찾는 규칙은 이 판의 docs/query-language.md에 있습니다.",
    ),
    "took": ("The search took {ms} ms.", "검색에 {ms}밀리초가 걸렸습니다."),
    "signature": ("Date, name, signature:", "날짜, 이름, 서명:"),
}

_RULES: Mapping[str, tuple[str, str]] = {
    "Korean word": (
        "its syllables in this order, blanks between them ignored; particles and compounds around them allowed",
        "음절이 이 차례로 이어진 것. 사이의 빈칸은 가리지 않으며, 앞뒤에 조사나 다른 말이 붙은 것도 찾음",
    ),
    "Latin word": (
        "the whole word and its inflections (plural, -ed, -ing); capital and small letters alike",
        "낱말 전체와 그 굴절형(복수, -ed, -ing). 대문자와 소문자를 가리지 않음",
    ),
    "number": ("this number, with or without thousands separators", "이 수. 천 단위 쉼표는 가리지 않음"),
    "word of several parts": (
        "its parts in this order, blanks between them ignored; numbers and Latin words whole",
        "부분이 이 차례로 이어진 것. 사이의 빈칸은 가리지 않으며, 수와 로마자 낱말은 온전한 것만",
    ),
    "word as typed": (
        "exactly as typed, capital and small letters, blanks and separators included; no inflections",
        "적은 그대로. 대문자와 소문자, 빈칸, 쉼표까지 같은 것만",
    ),
    "beginning of a word": ("words that begin so", "이렇게 시작하는 낱말"),
    "phrase": (
        "these words in this order; line ends, blanks and kinds of quotation marks ignored, figures and signs exact",
        "이 차례의 말. 줄바꿈, 빈칸, 따옴표의 꼴은 가리지 않고, 수와 기호는 정확히 같은 것만",
    ),
    "phrase with gaps": (
        "these phrases in this order on one page, up to 10 words for each * between",
        "한 쪽 안에서 이 차례의 말. *마다 그 사이에 낱말 10개까지",
    ),
    "words near each other": (
        "these words in any order on one page, at most so many other words between",
        "한 쪽 안에서 차례에 상관없이 서로 가까이 있는 말. 사이의 낱말은 적은 수까지",
    ),
    "regular expression": (
        "what this regular expression matches on one page; capital and small letters differ",
        "한 쪽 안에서 이 정규식에 맞는 것. 대문자와 소문자를 가림",
    ),
    "figure": (
        "statements of a number that may be in this range, in whatever way it is written",
        "이 범위에 들 수 있는 수를 적은 곳. 수를 적는 방식은 가리지 않음",
    ),
    "date in the text": (
        "dates in the text within this range, in whatever way they are written",
        "본문에 적힌, 이 범위에 드는 날짜. 날짜를 적는 방식은 가리지 않음",
    ),
}


def word(name: str, language: str, **values: object) -> str:
    """Return one of the report's sentences."""
    return _WORDS[name][LANGUAGES.index(language)].format(**values)


def rule(name: str, language: str) -> str:
    """Return how a part of a query is looked for; `name` is a `search.report.Rule`."""
    return _RULES[name][LANGUAGES.index(language)]


def count(number: int, thing: str, language: str) -> str:
    """Return "12 pages"; in Korean the number alone, since its counter stands in the sentence."""
    from ui.cli import wording

    return wording.count(number, thing) if language == "en" else f"{number:,}"


def listed(value: str, kind: str, language: str) -> str:
    """Return a state, reason or basis in words, as the reading room says it."""
    from ui.web.texts import texts

    return texts("overview", language).get(f"{kind}_{value.lower().replace(' ', '_')}", value)


def basis(found: Basis, confidence: float | None, language: str) -> str:
    """Return what a text rests on, with the confidence of OCR."""
    sure = f" {confidence:.2f}" if confidence is not None and found.value == "ocr" else ""
    return listed(found.value, "basis", language) + sure


def unit(page: Page, language: str) -> str:
    """Return where in a file a page stands: "p. 3 (printed 2)", "3쪽(인쇄 2쪽)"; a page number is never invented."""
    from ui.cli import wording
    from ui.web.units import unit as web_unit

    if language == "en":
        return wording.unit(page)
    if page.kind.value == "page":
        printed = f"(인쇄 {page.label}쪽)" if page.label and page.label != str(page.number) else ""
        return f"{page.number}쪽{printed}"
    return web_unit(page.number, page.label, language, page.kind, page.name, page.address)
