"""The house: what `style.md`'s readers may rely on, held for every file."""

import ast
import importlib
import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from checks.criteria import rationale, readiness
from checks.criterion import PARTS
from config.policy import DEFAULTS

ROOT = Path(__file__).parent.parent
PACKAGES = ("config", "checks", "ghapp")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CODE = sorted(path for room in (*PACKAGES, "docs", "bench") for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FAMILIES = {"readiness": readiness, "rationale": rationale}
CRITERIA = [(family, criterion) for family, module in FAMILIES.items() for criterion in module.ALL]
NAMES = [f"{family}/{criterion.name}" for family, criterion in CRITERIA]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(paths: list[Path]) -> Iterator[tuple[str, Function]]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield f"{name(path)}:{node.lineno} {node.name}", node


def names(path: Path) -> Iterator[tuple[int, str]]:
    """Every name that a file gives away: of files, classes, functions, arguments and variables."""
    yield 1, path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def modules(package: ModuleType) -> set[str]:
    return {module.name for module in pkgutil.iter_modules(package.__path__)}


def test_no_file_is_longer_than_a_reader_can_hold():
    assert [name(path) for path in CODE + TESTS if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_no_function_is_longer_than_a_page():
    assert [place for place, function in functions(CODE) if length(function) > 50] == []


def test_nine_functions_in_ten_are_short():
    lengths = sorted(length(function) for _, function in functions(CODE))

    assert lengths[len(lengths) * 9 // 10] <= 30


def test_no_file_is_named_for_want_of_a_name():
    homeless = re.compile(r"utils?|helpers?|common|managers?|misc|stuff")

    assert [name(path) for path in CODE + TESTS if set(path.stem.split("_")) & set(homeless.findall(path.stem))] == []


def test_no_name_says_less_than_the_glossary():
    hollow = {"rule", "rules", "result", "results", "data", "info", "process", "perform"}
    foreign = {"process_bind_param", "process_result_value"}  # SQLAlchemy calls them so
    found = [
        f"{name(path)}:{line} {word}"
        for path in CODE
        for line, word in names(path)
        if word not in foreign and {part.lower() for part in re.findall(r"[A-Z]?[a-z]+", word)} & hollow
    ]

    assert found == []


def test_every_module_says_what_it_is_for():
    assert [name(path) for path in CODE if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_no_test_folder_is_a_package():
    assert [name(path) for path in TESTS if path.name == "__init__.py"] == []


def test_every_exception_to_the_gate_carries_its_reason():
    bare = re.compile(r"# (noqa(: ?[A-Z0-9, ]+)?|type: ignore(\[[a-z, -]+\])?|pragma: no cover)\s*$")
    found = []
    for path in CODE + TESTS:
        lines = path.read_text(encoding="utf-8").splitlines()
        pairs = enumerate(zip(["", *lines], lines, strict=False), 1)
        found += [
            f"{name(path)}:{number}" for number, (above, line) in pairs if bare.search(line) and "# " not in above
        ]

    assert found == []


@pytest.mark.parametrize("package", ["ghapp", "checks"])
def test_every_room_has_its_place_in_the_layers(package):
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract.get("containers") == [package])
    listed = {room.strip() for layer in layers for room in layer.split("|")}

    assert modules(importlib.import_module(package)) - {"__main__"} == listed


def test_the_changelog_knows_the_version():
    headings = re.findall(r"^## \[?([0-9.]+)\]?", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert headings[0] == PROJECT["project"]["version"]


@pytest.mark.parametrize(("family", "criterion"), CRITERIA, ids=NAMES)
def test_a_criterion_has_its_file_its_test_and_its_policy(family, criterion):
    file = criterion.name.replace("-", "_")

    assert criterion.judge.__module__ == f"checks.criteria.{family}.{file}"
    assert (ROOT / "tests" / "checks" / "criteria" / family / f"test_{file}.py").exists()
    assert hasattr(getattr(DEFAULTS, family).criteria, file)


@pytest.mark.parametrize(("family", "criterion"), CRITERIA, ids=NAMES)
def test_a_criterion_explains_itself_in_four_parts(family, criterion):
    explained = criterion.manual

    assert tuple(explained) == PARTS
    assert all(explained.values())
    assert criterion.asks.endswith("?")
    assert str(sys.modules[criterion.judge.__module__].__doc__).startswith(criterion.asks)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_criterion_of_the_policy_is_judged(family):
    module = FAMILIES[family]
    written = {criterion.name for criterion in module.ALL}
    files = {file.replace("_", "-") for file in modules(module)}

    assert written == set(getattr(DEFAULTS, family).criteria.model_dump(by_alias=True))
    assert files == written
