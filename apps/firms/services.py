from datetime import datetime

from django.db import transaction

from apps.audit.services import record
from apps.core.actor import Actor
from apps.firms.models import Firm
from apps.firms.selectors import normalise_firm_name, read_firm_code


@transaction.atomic
def register_firm(*, actor: Actor, code: str, name: str, association_code: str, now: datetime) -> Firm:
    """The firm with this code, made where it is new, with name and association as given now.

    Raises FirmCodeRefused. A repeated call changes nothing. The process that calls has authorised the actor.
    """
    wanted = {"name": normalise_firm_name(name), "association_id": association_code}
    firm, created = Firm.objects.select_for_update(of=("self",)).get_or_create(
        code=read_firm_code(code), defaults=wanted | {"registered_at": now}
    )
    before = None if created else {field: getattr(firm, field) for field in wanted}
    if created or before != wanted:
        for field, value in wanted.items():
            setattr(firm, field, value)
        firm.save()
        action = "firm.registered" if created else "firm.changed"
        record(actor, action, firm, before=before, after={"code": firm.code, **wanted}, now=now)
    return firm
