"""The verdict on a PDF that somebody holds. The file is looked at and forgotten.

The stored hash decides first: whoever holds what we issued costs a hash and a lookup. Only a stranger's file is read,
and all that reading can tell is what is wrong with it.
"""

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from apps.certificates.enums import VerdictWord
from apps.certificates.selectors import Line, Verdict
from apps.certificates.services import PdfCheck, check_pdf
from apps.verification.selectors import verdict_for_file

SEALED_MARK = b"/ByteRange"
"""Stands in every sealed PDF; so one that cannot be read any more was probably changed."""


def verdict_on_pdf(content: bytes, *, now: datetime) -> Verdict:
    """Valid only where the bytes are those that we stored, and then what the register says today."""
    known = verdict_for_file(hashlib.sha256(content).hexdigest(), now=now)
    return known or _verdict_on_strange_pdf(content, now=now)


def _verdict_on_strange_pdf(content: bytes, *, now: datetime) -> Verdict:
    check = check_pdf(content, now=now)
    return Verdict(_word(check, content), now, (_seal_line(check), _content_line(check)))


def _word(check: PdfCheck, content: bytes) -> VerdictWord:
    if not check.readable:
        return VerdictWord.ALTERED if SEALED_MARK in content else VerdictWord.UNREADABLE
    if not check.seals:
        return VerdictWord.UNKNOWN_SIGNER
    if not check.is_intact:
        return VerdictWord.ALTERED
    return VerdictWord.UNKNOWN if check.is_trusted else VerdictWord.UNKNOWN_SIGNER


def _seal_line(check: PdfCheck) -> Line:
    if not check.seals:
        return Line(_("文件上没有可以读取的电子印章"), holds=False)
    if not check.is_trusted:
        return Line(_("文件上的印章不是协会的电子印章"), holds=False)
    signers = "、".join(seal.signer for seal in check.seals)
    return Line(_("电子印章可信：%(signers)s") % {"signers": signers}, holds=True)


def _content_line(check: PdfCheck) -> Line:
    if check.is_intact:
        return Line(_("签章以后，文件没有一个字节被改动"), holds=True)
    return Line(_("不能证明文件内容与签章时一致"), holds=False)
