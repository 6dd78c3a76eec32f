"""ingest and demo, with real papers of the sample release."""

import json
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from ui.cli.demonstration import MARKER
from ui.cli.entry import gongmun

SAMPLE = Path(__file__).parent.parent / "ui/sample"


def run(corpus: Corpus, *arguments: str, **options: str) -> Result:
    return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), *arguments], **options)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with one readable paper, a copy of it, an empty file and one of a format nobody reads."""
    folder = tmp_path / "받은 자료"
    (folder / "2차").mkdir(parents=True)
    paper = next((SAMPLE / "release").glob("02_*.pdf"))
    shutil.copy(paper, folder / "협약서.pdf")
    shutil.copy(paper, folder / "2차/같은 협약서.pdf")
    (folder / "빈 파일.pdf").write_bytes(b"")
    (folder / "기록.xyz").write_bytes(b"\x00\x01")
    return folder


def test_ingest_tells_what_became_of_each_file(corpus: Corpus, papers: Path) -> None:
    planned = run(corpus, "ingest", str(papers), "--dry-run")
    assert planned.exit_code == 0
    assert "4 files, nothing done yet" in planned.stdout
    assert corpus.store.documents() == {}
    about = ["--agency", "법무부", "--requester", "박주민 의원", "--received", "2021.12.20.", "--workers", "1"]
    result = run(corpus, "ingest", str(papers), *about)
    assert result.exit_code == 3
    assert result.stdout.startswith("받은 자료: 4 files in ")
    assert "not searchable, empty file: ask the agency for the file again" in result.stdout
    assert "not searchable, unsupported" in result.stdout
    (release,) = corpus.store.releases().values()
    assert (release.name, release.agency, release.requester) == ("받은 자료", "법무부", "박주민 의원")
    assert [each.received for each in corpus.store.deliveries().values()] == ["2021-12-20"]
    assert "법무부 · received 2021-12-20 · 받은 자료" in run(corpus, "search", "업무협약").stdout
    again = run(corpus, "ingest", str(papers), *about)
    assert again.exit_code == 3
    assert "unchanged" in again.stdout
    assert len(corpus.store.deliveries()) == 1
    assert run(corpus, "verify").exit_code == 0
    shown = json.loads(run(corpus, "show", "협약서.pdf", "--json").stdout)
    assert sorted(shown["files"]) == ["2차/같은 협약서.pdf", "협약서.pdf"]


def test_each_folder_is_a_release_unless_one_is_named(corpus: Corpus, papers: Path, tmp_path: Path) -> None:
    other = tmp_path / "다른 자료"
    other.mkdir()
    (other / "글.xyz").write_bytes(b"abc")
    (papers / "협약서.pdf").unlink()
    (papers / "2차/같은 협약서.pdf").unlink()
    run(corpus, "ingest", str(papers / "기록.xyz"), str(other))
    assert {each.name for each in corpus.store.releases().values()} == {"받은 자료", "다른 자료"}
    run(corpus, "ingest", str(other), "--release", "받은 자료", "--agency", "법무부")
    assert {each.name: each.agency for each in corpus.store.releases().values()} == {
        "받은 자료": "법무부",
        "다른 자료": None,
    }


def test_ingest_refuses_what_it_cannot_understand(corpus: Corpus, papers: Path) -> None:
    assert run(corpus, "ingest", str(papers), "--received", "작년").exit_code == 2
    assert run(corpus, "ingest", str(papers / "없음")).exit_code == 2
    assert run(corpus, "ingest").exit_code == 2
    assert run(corpus, "ingest", str(papers), "--password-file", str(papers / "없음")).exit_code == 2
    for itself in (corpus.folder, corpus.folder.parent, corpus.folder / "corpus.toml"):
        assert "the corpus" in run(corpus, "ingest", str(itself)).stderr
    assert corpus.store.occurrences() == []


def test_demo_twice_and_what_it_says_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["gongmun"])
    sample = tomllib.loads((SAMPLE / "release.toml").read_text(encoding="utf-8"))
    first = CliRunner().invoke(gongmun, ["demo", "--no-web"])
    assert first.exit_code == 0, first.output
    assert first.stdout.startswith(
        f"{sample['release']['name']}\n{sample['release']['notice']}\n{len(sample['document'])} documents, "
    )
    assert first.stdout.count("$ gongmun ") == 5
    kinds = first.stdout.split("$ gongmun search")[3]
    assert "세부 추진계획" in kinds
    assert 'sheet "카메라 대장"' in kinds
    assert "exact: word for word" in first.stdout
    assert "7천만↵건에" in first.stdout
    assert sample["release"]["notice"] in first.stdout.split("$ gongmun cite")[1]
    assert "gongmun:1/" in first.stdout
    shutil.rmtree(tmp_path / "cache")  # an index is disposable
    second = CliRunner().invoke(gongmun, ["demo", "--no-web"])
    assert second.exit_code == 0
    assert "(from last time)" in second.stdout
    with Corpus.open(".demo") as corpus:
        assert len(corpus.store.edits()) == len(sample["document"]) == 22
        listed = run(corpus, "withheld").stdout
        assert "검토서" in listed
        assert run(corpus, "verify").exit_code == 0
        drawn = run(corpus, "show", "업무협약서", "--page", "1", "--image", "협약서.png")
        assert drawn.exit_code == 0, drawn.stderr
        assert Path("협약서.png").read_bytes().startswith(b"\x89PNG")
        assert run(corpus, "show", "업무협약서", "--page", "9", "--image", "9.png").exit_code == 2
        for line in (line for line in second.stdout.splitlines() if "--corpus .demo" in line):
            assert CliRunner().invoke(gongmun, _words(line)).exit_code == 0, line


def _words(line: str) -> list[str]:
    return shlex.split(line)[1:]


def test_demo_touches_no_other_corpus(corpus: Corpus, tmp_path: Path) -> None:
    refused = CliRunner().invoke(gongmun, ["demo", "--fresh", "--dir", str(corpus.folder)])
    assert refused.exit_code == 2
    assert "did not make" in refused.stderr
    assert corpus.store.documents() == {}
    full = tmp_path / "내 서류"
    full.mkdir()
    (full / "글.txt").write_text("글", encoding="utf-8")
    assert CliRunner().invoke(gongmun, ["demo", "--fresh", "--dir", str(full)]).exit_code == 2
    assert (full / "글.txt").exists()


def test_fresh_demo_is_made_anew(tmp_path: Path) -> None:
    from ui.cli.demonstration import _opened

    with _opened(tmp_path / "시연", False) as first:
        first.originals.put(next((SAMPLE / "release").glob("02_*.pdf")))
    with _opened(tmp_path / "시연", True) as second:
        assert second.settings.id != first.settings.id
        assert list(second.originals.ids()) == []
        assert (second.folder / MARKER).exists()
