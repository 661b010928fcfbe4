"""The verdict on a PDF that somebody holds. The file is looked at and forgotten.

The stored hash decides first: whoever holds what we issued costs a hash and a lookup. Only a stranger's file is read,
and all that reading can tell is what is wrong with it.
"""

import hashlib
import re
from datetime import datetime

from django.utils.translation import gettext as _

from apps.certificates.enums import PdfProblem, VerdictWord
from apps.certificates.selectors import Line, Verdict
from apps.certificates.services import PdfCheck, examine_pdf
from apps.verification.selectors import verdict_for_file

SEALED_MARK = b"/ByteRange"
"""Stands in every sealed PDF; so one that cannot be read any more was probably changed."""
END = re.compile(rb"%%EOF(\r\n|\n|\r)?")
MOST_ENDS = 6
"""Revisions at which we look for the original within a file that was added to."""
ODDITIES = {PdfProblem.FORM, PdfProblem.SCRIPT}
"""They do not keep a file from being read."""


def verdict_on_pdf(content: bytes, *, now: datetime) -> Verdict:
    """Valid only where the bytes are those that we stored, and then what the register says today.

    Raises ExaminersBusy for a stranger's file when too many are being read.
    """
    known = verdict_for_file(hashlib.sha256(content).hexdigest(), now=now)
    return known or _verdict_on_original_within(content, now=now) or _verdict_on_strange_pdf(content, now=now)


def _verdict_on_original_within(content: bytes, *, now: datetime) -> Verdict | None:
    """Something was put before or behind a file of ours: then we can say so, and which one it is."""
    start = max(content.find(b"%PDF-"), 0)
    ends = [match.end() for match in END.finditer(content)][-MOST_ENDS:]
    for end in {*ends, len(content)}:
        original = verdict_for_file(hashlib.sha256(content[start:end]).hexdigest(), now=now)
        if original:
            return _added_to(original, len(content) - (end - start), now=now)
    return None


def _added_to(original: Verdict, extra: int, *, now: datetime) -> Verdict:
    lines = (
        Line(_("文件里含有协会签发的原件"), holds=True),
        Line(_("原件之外被加上了 %(count)s 个字节，显示的内容可能已经不同") % {"count": extra}, holds=False),
        not_looked_up(),
    )
    return Verdict(VerdictWord.ALTERED, now, lines, code=original.code, document=original.document)


def _verdict_on_strange_pdf(content: bytes, *, now: datetime) -> Verdict:
    check = examine_pdf(content, now=now)
    lines = (_seal_line(check), *_odd_lines(check), _content_line(check), not_looked_up())
    word = _word(check, content)
    return Verdict(word, now, lines, reason=_reason(check, word))


def _word(check: PdfCheck, content: bytes) -> VerdictWord:
    if not check.readable:
        changed = SEALED_MARK in content and not check.problem
        return VerdictWord.ALTERED if changed else VerdictWord.UNREADABLE
    if not check.seals:
        return VerdictWord.UNKNOWN_SIGNER
    if not check.is_intact:
        return VerdictWord.ALTERED
    return VerdictWord.UNKNOWN if check.is_trusted else VerdictWord.UNKNOWN_SIGNER


def _reason(check: PdfCheck, word: VerdictWord) -> str:
    if check.problem and check.problem not in ODDITIES:
        return str(PdfProblem(check.problem).label)
    if word == VerdictWord.UNKNOWN_SIGNER and check.seals:
        return _("这个文件盖的是别人的印章，不是协会的。印章上的名称可以随便写，不能说明什么。")
    return ""


def _seal_line(check: PdfCheck) -> Line:
    if not check.seals:
        return Line(_("文件上没有可以读取的电子印章"), holds=False)
    if not check.is_trusted:
        return Line(_("文件上的印章不是协会的电子印章"), holds=False)
    signers = "、".join(seal.signer for seal in check.seals)
    return Line(_("电子印章可信：%(signers)s") % {"signers": signers}, holds=True)


def _odd_lines(check: PdfCheck) -> tuple[Line, ...]:
    odd = check.problem in ODDITIES
    return (Line(str(PdfProblem(check.problem).label), holds=False),) if odd else ()


def _content_line(check: PdfCheck) -> Line:
    if check.is_intact:
        return Line(_("签章以后，文件没有一个字节被改动；但它不是我们签发的文件"), holds=False)
    return Line(_("不能证明文件内容与签章时一致"), holds=False)


def not_looked_up() -> Line:
    return Line(_("没有查会员资格：先要有一份没有被改动的原件"), holds=False)
