"""The stand-alone verifier as a program: it needs nothing of the portal, and its exit code tells a script enough."""

import ast
import base64
import json
import subprocess
import sys

import pytest

from tests.support import token_vectors as made
from tests.support.verifier import PATH, verifier

AT = made.AT.isoformat()
USUAL = made.address(made.token_bytes())


@pytest.fixture
def published(tmp_path):
    (tmp_path / "keys.json").write_text(json.dumps(made.key_document()))
    (tmp_path / "status-1").write_bytes(made.status_list())
    return ["--keys", str(tmp_path / "keys.json"), "--lists", str(tmp_path / "status-1"), "--at", AT]


def test_it_imports_the_standard_library_and_one_package():
    modules = set()
    for node in ast.walk(ast.parse(PATH.read_text())):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module.split(".")[0])
    assert modules - set(sys.stdlib_module_names) == {"cryptography"}


def test_it_runs_by_itself_anywhere(published, tmp_path):
    command = [sys.executable, "-I", str(PATH), *published, USUAL]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("VALID\n")
    assert "王芳" in done.stdout


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, 0),
        ({"position": 10}, 1),
        ({"list_number": 9}, 2),
        ({"signed_by": "revoked"}, 3),
    ],
)
def test_exit_code_says_how_it_stands(published, capsys, changes, code):
    assert verifier.main([*published, made.address(made.token_bytes(**changes))]) == code


def test_what_is_no_token_or_no_keys_is_unreadable(published, tmp_path, capsys):
    assert verifier.main([*published, "hello"]) == 4
    (tmp_path / "keys.json").write_text("<html>")
    assert verifier.main([*published, USUAL]) == 4
    assert verifier.main(["--at", AT, USUAL]) == 4
    assert "give --keys or --fetch" in capsys.readouterr().err


def test_name_on_the_paper_is_compared(published, capsys):
    cut = made.address(made.token_bytes(name=made.LONG_NAME, room=40))
    assert verifier.main([*published, "--name", made.LONG_NAME, cut]) == 0
    assert verifier.main([*published, "--name", made.LONG_NAME[:-1], cut]) == 3
    assert verifier.main([*published, "--name", "李娜", USUAL]) == 3
    assert "other name" in capsys.readouterr().out


def test_false_token_shows_no_name(published, capsys):
    verifier.main([*published, made.address(made.token_bytes(signed_by="unknown", says_key="active"))])
    assert "王芳" not in capsys.readouterr().out


def test_many_at_once_are_answered_line_by_line(published, tmp_path, capsys):
    lines = [USUAL, "", made.address(made.token_bytes(position=30)), "rubbish"]
    (tmp_path / "texts").write_text("\n".join(lines))
    assert verifier.main([*published, "--bulk", str(tmp_path / "texts")]) == 4
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["verdict"] for answer in answers] == ["valid", "revoked", "unreadable"]
    assert answers[0]["number"] == "332026000001"


def test_fetching_asks_for_whole_lists_and_sends_nothing_of_the_token(monkeypatch, capsys):
    asked = []

    def fetched(address):
        asked.append(address)
        return json.dumps(made.key_document()).encode() if address.endswith("json") else made.status_list()

    monkeypatch.setattr(verifier, "_fetched", fetched)
    assert verifier.main(["--fetch", "https://members.example.org/", "--at", AT, USUAL]) == 0
    assert asked == [f"https://members.example.org/verify/{name}" for name in ("keys.json", "status/1")]


def test_key_that_is_not_what_its_id_says_is_refused():
    document = made.key_document()
    document["token_keys"][0]["public_key"] = base64.urlsafe_b64encode(made.public_bytes("unknown")).decode()
    with pytest.raises(verifier.Unreadable, match="not what its id says"):
        verifier.read_keys(json.dumps(document))


@pytest.mark.parametrize("raw", [b"", b"CPSL", b"\x1f\x8b broken", b"<html>" * 40])
def test_list_that_is_none_is_unreadable(raw):
    with pytest.raises(verifier.Unreadable):
        verifier.read_status_list(raw)


def test_whole_check_costs_no_more_than_a_few_bare_verifications():
    """Measured at 1.5; the bench tells the speed of this machine."""
    command = [sys.executable, "bench.py", "--rounds", "3", "--count", "200"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PATH.parent, check=True)
    assert float(done.stdout.split("costs ")[1].split()[0]) < 3
