"""Firms enter the register with the files that name them."""

from datetime import datetime

from django.db import transaction

from apps.audit.services import record
from apps.core.actor import Actor
from apps.firms.enums import FirmStatus
from apps.firms.models import Firm
from apps.firms.selectors import normalise_firm_name, read_firm_code, read_uscc

LISTED = ("name", "association_id", "uscc", "status")


@transaction.atomic
def register_firm(
    *,
    actor: Actor,
    code: str,
    name: str,
    association_code: str,
    now: datetime,
    uscc: str = "",
    status: str = "",
) -> Firm:
    """The firm with this code, made where it is new, with name and association as given now.

    An empty `uscc` or `status` leaves what is known. Raises FirmCodeRefused, UsccRefused. A repeated call changes
    nothing. The process that calls has authorised the actor.
    """
    code = read_firm_code(code)
    wanted = {"name": normalise_firm_name(name), "association_id": association_code}
    wanted |= {"uscc": read_uscc(uscc)} if uscc else {}
    wanted |= {"status": FirmStatus(status)} if status else {}
    head_office = Firm.objects.filter(code=code[:8]).first() if len(code) > 8 else None
    firm, created = Firm.objects.select_for_update(of=("self",)).get_or_create(
        code=code, defaults=wanted | {"registered_at": now, "head_office": head_office}
    )
    before = None if created else {field: getattr(firm, field) for field in wanted}
    if created or before != wanted:
        for field, value in wanted.items():
            setattr(firm, field, value)
        firm.save()
        action = "firm.registered" if created else "firm.changed"
        record(actor, action, firm, before=before, after={"code": firm.code, **wanted}, now=now)
    if len(code) == 8:
        Firm.objects.filter(code__startswith=code, head_office=None).exclude(pk=firm.pk).update(head_office=firm)
    return firm
