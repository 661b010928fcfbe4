"""Signing what a statement says into the token that its QR carries."""

from dataclasses import replace
from datetime import date, datetime

from django.conf import settings

from apps.certificates.enums import TokenKeyState
from apps.certificates.models import Certificate, StatusEntry, TokenKey
from apps.certificates.selectors.statements import Statement
from apps.certificates.services.status_entries import draw_status_entries
from apps.certificates.services.token_keys import Signer, active_signer
from apps.certificates.services.token_layout import CERTIFICATE, TokenText, name_room, packed, spelled, to_sign


def with_tokens(statements: list[Statement], *, now: datetime) -> list[tuple[Statement, TokenKey, StatusEntry]]:
    """Each with its token, the key that signed it, its place in a status list. In a transaction."""
    signer, entries = active_signer(now=now), draw_status_entries(len(statements))
    signed = []
    for statement, entry in zip(statements, entries, strict=True):
        token = signed_token(_text(statement, entry, signer.row.key_id), signer)
        signed.append((replace(statement, token=token), signer.row, entry))
    return signed


def signed_token(text: TokenText, signer: Signer) -> str:
    body = packed(text, room=name_room(f"{settings.PUBLIC_URL}/v/{text.code}#", text.number))
    return spelled(body + signer.sign(to_sign(body)))


def has_revoked_token(certificate: Certificate) -> bool:
    """Whether nobody may trust the QR any more: the key that signed it may be in other hands."""
    return certificate.token_key is not None and certificate.token_key.state == TokenKeyState.REVOKED


def _text(statement: Statement, entry: StatusEntry, key_id: str) -> TokenText:
    return TokenText(
        key_id=key_id,
        code=statement.code,
        document=CERTIFICATE,
        kind=statement.kind,
        association_code=statement.association_code,
        admitted_on=date.fromisoformat(statement.admitted_on),
        issued_on=date.fromisoformat(statement.issued_on),
        list_number=entry.list_number,
        position=entry.position,
        number=statement.number,
        name=statement.name,
    )
