"""Proving an address in two pages: a code is asked for on one and typed on the next."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from apps.accounts.services.codes import CodeRefused, redeem_code, request_code
from apps.accounts.services.sessions import client_ip


@dataclass(frozen=True)
class ProofByCode:
    """`session_key` is where the browser's session keeps which code it waits for."""

    purpose: str
    session_key: str

    def pending(self, request) -> dict | None:
        """`email`, `case` and `id` of the code that was sent; None where none was."""
        return request.session.get(self.session_key)

    def ask(self, request, form, *, now: datetime, case: str = "", known: bool | None = None) -> bool:
        """Send a code to the address in `form`; False with the reason on the form. `known` as for request_code."""
        try:
            sent = request_code(
                purpose=self.purpose,
                email=form.cleaned_data["email"],
                language=get_language(),
                now=now,
                case=case,
                ip=client_ip(request),
                known=known,
            )
        except CodeRefused as error:
            form.add_error("email", str(error))
            return False
        request.session[self.session_key] = {"id": str(sent.id), "email": sent.email, "case": case}
        return True

    def redeem(self, request, form, *, now: datetime) -> dict | None:
        """What was pending, if the code in `form` is right; else None with the reason on the form."""
        sent = self.pending(request)
        try:
            redeem_code(
                purpose=self.purpose,
                email=sent["email"],
                case=sent["case"],
                code=form.cleaned_data["code"],
                request_id=sent["id"],
                now=now,
            )
        except CodeRefused as error:
            form.refuse(error)
            return None
        del request.session[self.session_key]
        return sent
