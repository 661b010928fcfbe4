"""Nothing forged passes as valid, and nothing valid is refused. Both directions are counted."""

import hashlib
import shutil
from collections import Counter

import pytest

from apps.certificates.enums import VerdictWord as Word
from apps.certificates.models import Certificate
from apps.certificates.services.checking import trust_roots
from apps.certificates.services.examining import _examined
from apps.core.clock import now as present
from apps.documents.services import read_file
from apps.verification.services import verdict_on_pdf
from tests.factories import certificates as factory
from tests.factories.letters import make_letter
from tests.verification.forgeries import flips, forgeries

pytestmark = pytest.mark.django_db
NAMES = ["王芳", "欧阳娜娜", "阿卜杜热合曼·买买提", "李伟", "张敏"]
PASSES = {Word.VALID, Word.NOT_YET, Word.SUSPENDED, Word.SUPERSEDED}
ALTERED = [
    *("page replaced", "page overlaid", "page hidden under another", "field laid over", "note laid over"),
    *("metadata replaced", "junk behind", "junk of zeros behind", "junk before", "two in one"),
    *("seal of another file", "last byte missing", "two in one, ours last"),
]


@pytest.fixture
def examined_here(monkeypatch):
    """The same program without its process: two hundred files in seconds."""
    roots = [root.dump() for root in trust_roots()]

    def examine(content, *, now):
        return _examined(content, roots, roots, now=now)

    monkeypatch.setattr("apps.verification.services.files.examine_pdf", examine)


def issued(number: int) -> list[bytes]:
    names = [NAMES[place % len(NAMES)] for place in range(number)]
    return [read_file(factory.make_certificate(name=name).file) for name in names]


@pytest.fixture
def two():
    return issued(2)


def word(content: bytes) -> Word:
    return verdict_on_pdf(content, now=present()).word


def test_no_forgery_passes_and_the_original_does(two, examined_here):
    words = {name: word(content) for name, content in forgeries(*two).items()}
    assert {name for name, found in words.items() if found in PASSES} == set()
    assert {name for name in ALTERED if words[name] != Word.ALTERED} == set()
    assert words["without its seals"] == Word.UNKNOWN_SIGNER
    assert words["with a password"] == Word.UNREADABLE
    assert [word(content) for content in two] == [Word.VALID, Word.VALID]


def test_no_forgery_of_a_letter_passes_and_the_original_does(examined_here):
    letter, certificate = read_file(make_letter(now=present()).file), issued(1)[0]
    assert word(letter) == Word.VALID
    words = {name: word(content) for name, content in forgeries(letter, certificate).items()}
    assert {name for name, found in words.items() if found in PASSES} == set()


def test_no_flipped_bit_passes(two, examined_here):
    found = Counter(word(changed) for _name, changed in flips(two[0], 24))
    assert not PASSES & set(found)
    assert found[Word.ALTERED] >= 20


def test_seals_of_another_authority_with_the_same_names_are_somebody_elses(settings, tmp_path):
    factory.seal_keys()
    ours = settings.SEALS_DIR
    settings.SEALS_DIR = tmp_path / "strange seals"
    shutil.copytree(ours, settings.SEALS_DIR, ignore=shutil.ignore_patterns("*.p12", "*.pass", "roots.pem"))
    [forged] = issued(1)
    Certificate.objects.filter(sha256=hashlib.sha256(forged).hexdigest()).update(sha256="0" * 64)
    settings.SEALS_DIR = ours
    verdict = verdict_on_pdf(forged, now=present())
    assert verdict.word == Word.UNKNOWN_SIGNER
    assert "印章上的名称可以随便写" in verdict.reason


def test_what_was_added_to_an_original_is_told(two):
    verdict = verdict_on_pdf(two[0] + b"0123456789", now=present())
    assert verdict.word == Word.ALTERED
    assert any("10 个字节" in line.text for line in verdict.lines)
    assert verdict.shown is None


@pytest.mark.slow
def test_two_hundred_files_and_two_hundred_flips(examined_here):
    originals = issued(10)
    forged = [
        changed
        for place, content in enumerate(originals)
        for changed in forgeries(content, originals[place - 1]).values()
    ]
    flipped = [changed for _name, changed in flips(originals[0], 200)]
    assert len(forged) >= 200
    assert [word(content) for content in originals] == [Word.VALID] * len(originals)
    assert {found for found in map(word, [*forged, *flipped]) if found in PASSES} == set()
