"""What the folders promise each other: who imports whom, what the wheel holds, how large things grow.

Run alone, before each commit, by `make check`: it reads the files and imports almost nothing.
"""

import ast
import importlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

MAY_IMPORT = {
    "corpus": set(),
    "search": {"corpus"},
    "ingest": {"corpus", "search"},
    "ui": {"corpus", "search", "ingest"},
}
PACKAGES = list(MAY_IMPORT)

# A library behind a seam, and the only files of the packages that may know of it.
ONLY_IN = {
    "whoosh": {"search/engines/whoosh.py"},
    # pdf_tables.py takes its table finder alone, which works on what pdfium has parsed.
    "pdfplumber": {"ingest/formats/pdf.py", "ingest/formats/pdf_tables.py"},
    # The PDF reader is one idea too long for one file: its parts are named pdf_*.py.
    "pypdfium2": {
        "ingest/formats/pdf.py",
        "ingest/formats/pdf_calls.py",
        "ingest/formats/pdf_covers.py",
        "ingest/formats/pdf_objects.py",
        "ingest/formats/pdf_pictures.py",
        "ingest/formats/pdf_tables.py",
        "ingest/render.py",
    },
}

# The abstract seams. Another one is a decision about the design (docs/), not a convenience.
PROTOCOLS = {"Index"}

MOST_LINES = 400
MOST_FUNCTION_LINES = 60
MOST_VIEW_LINES = 150  # a view reads the address and mounts one component
# "path" or "path:function" -> why it may be longer
LONGER: dict[str, str] = {
    "corpus/migrations/versions/c0001_ground_floor.py:upgrade": "one statement a table, as Alembic writes it",
}

# In two parts each, so that this file is not itself a finding.
REGISTRIES = [
    left + right
    for left, right in [
        ("pypi.", "org"),
        ("python", "hosted.org"),
        ("registry.", "npmjs"),
        ("registry.", "yarnpkg"),
        ("deb.", "debian.org"),
        ("security.", "debian.org"),
    ]
]


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name_of(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and top-level name of every absolute import, wherever it stands in the file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module.partition(".")[0]


def kept_files() -> list[Path]:
    """The files git has or is about to be given."""
    # safe.directory: CI may run as another user than the one who cloned.
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files are kept cannot be told")
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in names.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def report(findings: list[str], advice: str) -> None:
    assert not findings, "\n".join([*findings, advice])


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_one_way(package: str) -> None:
    forbidden = {*PACKAGES, "tests"} - {package} - MAY_IMPORT[package]
    found = [
        f"{name_of(path)}:{line} imports {name}"
        for path in sources(package)
        for line, name in imports(path)
        if name in forbidden
    ]
    allowed = ", ".join(sorted(MAY_IMPORT[package])) or "none of the other packages"
    report(found, f"{package} may import {allowed}: move the code to where it may be imported, or pass it in.")


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_stays_behind_its_seam(library: str) -> None:
    found = [
        f"{name_of(path)}:{line} imports {library}"
        for path in sources(*PACKAGES)
        for line, name in imports(path)
        if name == library and name_of(path) not in ONLY_IN[library]
    ]
    report(found, f"Only {' and '.join(sorted(ONLY_IN[library]))} may import {library}: add what you need there.")


def test_nothing_is_named_like_a_package() -> None:
    """Streamlit, pytest and `python folder/file.py` put a folder on sys.path: ui/web/search.py would hide search.

    Not the benchmarks: they are run as `python -m benchmarks.search`, which puts the checkout there.
    """
    taken = {*PACKAGES, "tests"}
    below = [path for top in [*taken, "scripts"] for path in (ROOT / top).rglob("*")]
    found = sorted(
        name_of(path)
        for path in below
        if (path.is_dir() and path.name in taken) or (path.suffix in {".py", ".pyi"} and path.stem in taken)
    )
    report(found, "Rename: below the top, nothing is named corpus, search, ingest, ui or tests (search_commands.py).")


@pytest.mark.parametrize("package", PACKAGES)
def test_package_is_this_checkouts(package: str) -> None:
    file = importlib.import_module(package).__file__ or "a folder without __init__.py"
    advice = f"`make clean`, then `make test` from {ROOT}"
    assert Path(file).is_relative_to(ROOT), f"{package} was imported from {file}: {advice}"


def test_pyproject_lists_every_package() -> None:
    folders = {path.parent for path in sources(*PACKAGES)}
    bare = sorted(name_of(folder) for folder in folders if not (folder / "__init__.py").is_file())
    report(bare, "These folders hold modules: give each an __init__.py, else it is left out of the wheel.")
    listed = set(PYPROJECT["tool"]["setuptools"]["packages"])
    found = sorted(listed ^ {name_of(folder).replace("/", ".") for folder in folders})
    report(found, "Make `packages` under [tool.setuptools] in pyproject.toml equal to the folders with an __init__.py.")


def test_pyproject_lists_every_data_file() -> None:
    data = PYPROJECT["tool"]["setuptools"]["package-data"]
    shipped = {
        path for package, globs in data.items() for pattern in globs for path in folder_of(package).glob(pattern)
    }
    tops = tuple(f"{package}/" for package in PACKAGES)
    kept = [path for path in kept_files() if name_of(path).startswith(tops) and path.suffix != ".py"]
    found = [name_of(path) for path in kept if path not in shipped]
    report(found, "The wheel would lack these: add them to [tool.setuptools.package-data] in pyproject.toml.")


def folder_of(package: str) -> Path:
    return ROOT / package.replace(".", "/")


def test_modules_and_functions_stay_small() -> None:
    sizes = dict(measured())
    found = [f"{name}: {lines} lines, at most {most}" for name, (lines, most) in sizes.items() if lines > most]
    found = [finding for finding in found if finding.partition(": ")[0] not in LONGER]
    report(found, "Split what does two things; if it truly is one, name it in LONGER with the reason.")
    stale = [name for name in LONGER if name not in sizes or sizes[name][0] <= sizes[name][1]]
    report(stale, "These are no longer too long, or gone: take them out of LONGER.")


def measured() -> Iterator[tuple[str, tuple[int, int]]]:
    """Lines and allowed lines of each module and function."""
    for path in sources(*PACKAGES):
        most = MOST_VIEW_LINES if path.parent.name == "views" else MOST_LINES
        yield name_of(path), (len(path.read_text(encoding="utf-8").splitlines()), most)
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{name_of(path)}:{node.name}", (lines, MOST_FUNCTION_LINES)


def test_protocols_are_the_seams() -> None:
    found = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in sources(*PACKAGES)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and node.name not in PROTOCOLS and any(map(is_protocol, node.bases))
    ]
    report(found, "Protocols are for the seams of the design: use the class itself, a function or a Callable.")


def is_protocol(base: ast.expr) -> bool:
    if isinstance(base, ast.Subscript):
        base = base.value
    return "Protocol" in (getattr(base, "id", ""), getattr(base, "attr", ""))


def test_no_file_names_a_registry() -> None:
    """Which registry, mirror or wheel folder packages come from is the business of the machine, not of a file."""
    found = []
    for path in kept_files():
        content = path.read_bytes()
        if b"\0" not in content[:8192]:
            text = content.decode("utf-8", "replace").lower()
            found += [f"{name_of(path)} names {host}" for host in REGISTRIES if host in text]
    report(found, "Take the address out: say `pip install NAME`, or link to the project's own site.")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_holds_pins_and_hashes_alone(lock: str) -> None:
    entry = re.compile(r"[a-z0-9-]+==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?| *#.*")
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    report([f"{lock}: {line}" for line in lines if not entry.fullmatch(line)], "Write it again with `make lock`.")


def test_locks_fit_pyproject() -> None:
    groups = PYPROJECT["dependency-groups"]
    runtime = [*PYPROJECT["project"]["dependencies"], *groups["build"]]
    wanted = {
        "requirements.lock": runtime,
        "requirements-dev.lock": [*runtime, *(each for each in groups["dev"] if isinstance(each, str))],
    }
    found = [
        f"{lock} has nothing for {requirement}"
        for lock, requirements in wanted.items()
        for requirement in map(Requirement, requirements)
        if not any(requirement.specifier.contains(version) for version in pins(lock).get(requirement.name, []))
    ]
    found += [f"{name} differs" for name, versions in pins("requirements.lock").items() if versions != dev_pins(name)]
    report(found, "The lock files no longer fit pyproject.toml, or each other: run `make lock`.")


def dev_pins(name: str) -> list[str] | None:
    return pins("requirements-dev.lock").get(name)


def pins(lock: str) -> dict[str, list[str]]:
    """Versions by name: several where platforms or Python versions differ."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.M):
        found.setdefault(name, []).append(version)
    return found
