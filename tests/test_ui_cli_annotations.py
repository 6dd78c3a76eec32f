"""annotations list, export and import on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import corpus.annotations as notes
from corpus import Corpus
from corpus.annotations import Annotation
from corpus.model import Page, Span, Withheld
from tests.conftest import Write, write_document
from ui.cli.entry import gongmun

Run = Callable[..., Result]
TEXT = "정보주체의 동의를 받지\n않고 얼굴 사진을 제공했다."
ESCAPES = "\x1b[31m빨강\x1b]0;제목\x07\u202e뒤집힘\x9b1m"
EVERY_WAY_OUT = [["list"], ["list", "--json"]]
EVERY_WAY_OUT += [["export", "--format", form] for form in ("jsonld", "csv", "markdown")]


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: str, **options: Any) -> Result:
        return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), "annotations", *arguments], **options)

    return invoked


def marked(corpus: Corpus, document: str, words: str, **options: object) -> Annotation:
    page = corpus.store.page(document, 1)
    start = page.text.index(words)
    options.setdefault("author", "김보좌")
    return notes.annotate(corpus.store, page, Span(start, start + len(words)), **options)  # type: ignore[arg-type]


def test_list_shows_what_was_marked(corpus: Corpus, write: Write, run: Run) -> None:
    document = write(TEXT, name="협약서.pdf")
    made = marked(corpus, document, "받지\n않고", note="확인\n할 것", tags=["동의", "증거"], colour="pink")
    notes.name_colour(corpus.store, "pink", "핵심", "김")
    notes.reply(corpus.store, made.id, author="이", note="답글이다")
    gone = marked(corpus, document, "제공")
    notes.delete(corpus.store, gone.id, 1, editor="김보좌")
    shown = run("list")
    assert shown.exit_code == 0
    for said in ("협약서, p. 1", "“받지 않고”", "  확인\n  할 것\n", "핵심 · tags: 동의, 증거 · 김보좌 · 20"):
        assert said in shown.stdout
    assert f"reply to {made.id[:8]}" in shown.stdout
    assert shown.stdout.endswith("2 annotations.\n")
    assert "제공" not in shown.stdout


def test_list_can_be_narrowed(corpus: Corpus, write: Write, run: Run) -> None:
    one, other = write(TEXT, name="협약서.pdf"), write("얼굴 사진", name="회의록.pdf")
    marked(corpus, one, "동의", tags=["가"])
    marked(corpus, one, "사진", author="이")
    marked(corpus, other, "사진", tags=["가", "나"])

    def quotes(*arguments: str) -> list[str]:
        found = json.loads(run("list", "--json", *arguments).stdout)["annotations"]
        return sorted(f"{each['title']} {each['quote']}" for each in found)

    assert quotes() == ["협약서 동의", "협약서 사진", "회의록 사진"]
    assert quotes("--document", "협약서") == ["협약서 동의", "협약서 사진"]
    assert quotes("--tag", "가") == ["협약서 동의", "회의록 사진"]
    assert quotes("--tag", "가", "--document", "회의록", "--author", "김보좌") == ["회의록 사진"]
    assert quotes("--author", "없음") == []
    assert run("list", "--document", "없음").exit_code == 2


def test_list_json_has_each_documented_key(corpus: Corpus, write: Write, run: Run) -> None:
    document = write(TEXT, name="협약서.pdf")
    made = marked(corpus, document, "얼굴", note="글", tags=["가"])
    with corpus.store.writing() as record:
        record.pages([Page(document, 1, "test-2", "머리 " + TEXT, label="i")])
    found = json.loads(run("list", "--json").stdout)
    assert (found["schema"], found["total"]) == (1, 1)
    assert found["annotations"][0] == {
        "id": made.id,
        "document": document,
        "title": "협약서",
        "page": 1,
        "label": "i",
        "unit": {"kind": "page", "number": 1, "name": None, "address": None},
        "extraction": "test-1",
        "start": 16,
        "end": 18,
        "quote": "얼굴",
        "placed": "exact",
        "stands": [19, 21],
        "colour": "yellow",
        "colour_name": "yellow",
        "note": "글",
        "tags": ["가"],
        "parent": None,
        "author": "김보좌",
        "created": made.created,
        "editor": "김보좌",
        "modified": made.modified,
        "version": 1,
    }
    with corpus.store.writing() as record:
        record.pages([Page(document, 1, "test-3", "다른 글")])
    lost = json.loads(run("list", "--json").stdout)["annotations"][0]
    assert (lost["placed"], lost["stands"], lost["quote"]) == ("lost", None, "얼굴")
    assert "not found for sure" in run("list").stdout


def test_nothing_commands_the_terminal(corpus: Corpus, write: Write, run: Run, tmp_path: Path) -> None:
    document = write(f"글 {ESCAPES}", name="[red]이름.pdf")
    marked(corpus, document, f"글 {ESCAPES}", note=ESCAPES, tags=[ESCAPES], author=f"[bold]{ESCAPES}")
    for arguments in (
        ["list"],
        ["list", "--json"],
        *(["export", "--format", f] for f in ("jsonld", "csv", "markdown")),
    ):
        result = run(*arguments)
        assert result.exit_code == 0
        assert not set("\x1b\x07\x9b\u202e") & set(result.stdout), arguments
    assert "[red]이름" in run("list").stdout


def test_withheld_words_are_never_printed(corpus: Corpus, write: Write, run: Run) -> None:
    document = write("이름: 830101 끝")
    marked(corpus, document, "830101 끝")
    with corpus.store.writing() as record:
        covered = (Withheld(4, 10, (0, 0, 1, 1)),)
        record.pages([Page(document, 1, "test-2", "이름: 830101 끝", withheld=covered)])
    for arguments in (
        ["list"],
        ["list", "--json"],
        *(["export", "--format", f] for f in ("jsonld", "csv", "markdown")),
    ):
        result = run(*arguments)
        assert "██████ 끝" in result.stdout
        assert "8301" not in result.output


@pytest.mark.parametrize("form", ["jsonld", "csv"])
def test_export_and_import_by_file(corpus: Corpus, write: Write, run: Run, tmp_path: Path, form: str) -> None:
    document = write(TEXT)
    made = marked(corpus, document, "동의", note="=1+1\n둘", tags=["가", "나"])
    answer = notes.reply(corpus.store, made.id, author="이", note="답")
    file = tmp_path / "주석.out"
    done = run("export", "--format", form, "--output", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Wrote 2 annotations" in done.stderr
    assert file.read_bytes().startswith(b"\xef\xbb\xbf") is (form == "csv")
    piped = run("export", "--format", form).stdout
    with Corpus.create(tmp_path / "다른") as other:
        write_document(other, (TEXT,), "문서.pdf", "자료", None, None, "test-1", {}, None)
        take = ["--corpus", str(other.folder), "annotations", "import"]
        first = CliRunner().invoke(gongmun, [*take, str(file)])
        assert (first.exit_code, "2 added" in first.stdout) == (0, True)
        assert sorted(map(str, notes.annotations(other.store))) == sorted(map(str, [made, answer]))
        again = CliRunner().invoke(gongmun, [*take, "-", "--json"], input=piped)
        assert json.loads(again.stdout) == {
            "schema": 1,
            "added": 0,
            "changed": 0,
            "kept": 0,
            "same": 2,
            "remarks": [],
            "refused": [],
        }


@pytest.mark.parametrize(
    ("options", "locale", "heading"),
    [
        ([], "ko_KR.UTF-8", "식별자"),
        ([], "C.UTF-8", "id"),
        ([], None, "id"),
        (["--lang", "ko"], "en_GB.UTF-8", "식별자"),
        (["--lang", "en"], "ko_KR.UTF-8", "id"),
    ],
)
def test_csv_headings_are_in_the_language_asked_for(
    corpus: Corpus, write: Write, run: Run, options: list[str], locale: str | None, heading: str
) -> None:
    marked(corpus, write(TEXT), "동의", colour="pink")
    environment = {"LC_ALL": None, "LC_MESSAGES": None, "LANG": locale}
    made = run("export", "--format", "csv", *options, env=environment).stdout.lstrip("\ufeff")
    assert made.startswith(heading + ",")
    assert ("분홍" in made, "pink" in made) == (heading != "id", heading == "id")
    with Corpus.create(corpus.folder.parent / "다른") as other:
        write_document(other, (TEXT,), "문서.pdf", "자료", None, None, "test-1", {}, None)
        take = ["--corpus", str(other.folder), "annotations", "import", "-"]
        assert CliRunner().invoke(gongmun, take, input=made).exit_code == 0
        assert [each.colour for each in notes.annotations(other.store)] == ["pink"]


def test_import_lists_what_it_cannot_place(corpus: Corpus, write: Write, run: Run, tmp_path: Path) -> None:
    document = write(TEXT)
    made = marked(corpus, document, "동의")
    found = json.loads(run("export").stdout)
    good = found["first"]["items"][0]
    bad = json.loads(json.dumps(good).replace(document, "f" * 64).replace(made.id, "x"))
    file = tmp_path / "주석.jsonld"
    file.write_text(json.dumps([good, bad]), encoding="utf-8")
    done = run("import", str(file))
    assert done.exit_code == 3
    assert "not imported: Annotation 2 (" in done.stdout
    assert "1 here already, 1 not imported." in done.stdout
    assert len(json.loads(run("import", str(file), "--json").stdout)["refused"]) == 1


@pytest.mark.parametrize(
    "content", [b"", b"# \xec\xa3\xbc\xec\x84\x9d", b"[" * 100_000, b"\x00\xff\x00", b'[{"a": NaN}]']
)
def test_a_hostile_file_is_one_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "주석"
    file.write_bytes(content)
    done = run("import", str(file))
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert run("import", str(tmp_path / "없음")).exit_code == 2


def test_markdown_cites_in_either_language(corpus: Corpus, write: Write, run: Run, tmp_path: Path) -> None:
    marked(corpus, write(TEXT, name="협약서.pdf"), "동의")
    assert run("export", "--format", "markdown").stdout.startswith("# 주석\n\n## 협약서\n")
    file = tmp_path / "notes.md"
    assert run("export", "--format", "markdown", "--style", "english", "--output", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("# Annotations\n\n## 협약서\n")
    held = CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), "cite", "--verify", str(file)])
    assert (held.exit_code, "1 of 1 citations holds; wording compared in 1" in held.stdout) == (0, True)


def test_verify_tells_of_an_annotation_that_does_not_fit(corpus: Corpus, write: Write, run: Run) -> None:
    made = marked(corpus, write(TEXT), "동의")
    with corpus.store.writing() as record:
        record.connection.exec_driver_sql('UPDATE annotations SET start = start + 1, "end" = "end" + 1')
    done = CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), "verify"])
    assert done.exit_code == 1
    assert f"annotation differs: Annotation {made.id} on page 1" in done.stdout
