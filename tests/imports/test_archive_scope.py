"""Whose photos whose officer may bring: every association by every association, and every address of another's job."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.enums import NATIONAL_CODE, Permission, Role
from apps.accounts.policies import has_permission
from apps.applicants.services.roll_photo_import import RollPhotoRows
from apps.associations.selectors import all_associations
from apps.associations.services import grant_seat
from apps.core.clock import now as present
from apps.core.clock import today
from apps.imports.services import RowProblem, upload_archive
from apps.imports.services.photo_rows import NOT_OURS
from apps.movements.services.photo_import import MemberPhotoRows
from tests.factories.accounts import make_actor, make_user, sign_in_officer
from tests.factories.applicants import SYSTEM, make_passer
from tests.factories.archives import archive, face
from tests.factories.members import make_cpa

pytestmark = pytest.mark.django_db


def codes():
    return [association.code for association in all_associations()]


def officer(code, role=Role.REVIEWER):
    user = make_user(f"{role}{code}@example.org")
    seat = {"association_code": code, "role": role, "from_on": date(2026, 1, 1)}
    grant_seat(actor=SYSTEM, user_id=user.pk, now=present(), **seat)
    return user


def reach(handler, user, stems):
    """The associations whose people's photos this account may bring."""
    context = {"uploaded_by": user.pk}
    found = {code: handler.find(stem, context=context, today=today()) for code, stem in stems.items()}
    refused = {code for code, owner in found.items() if isinstance(owner, RowProblem)}
    assert all(found[code].finding == NOT_OURS for code in refused)
    return set(stems) - refused


@pytest.mark.parametrize("kind", ["members", "roll"])
def test_each_association_brings_its_own_peoples_photos_and_the_national_body_all(kind):
    if kind == "roll":
        handler = RollPhotoRows()
        stems = {code: make_passer(province_code=code).certificate_number for code in codes()}
    else:
        handler = MemberPhotoRows()
        numbers = {code: f"{code}{number:06d}" for number, code in enumerate(codes(), start=1)}
        stems = {code: make_cpa(number=number, association_code=code).number for code, number in numbers.items()}
    for number, code in enumerate(codes()):
        some = [*codes(), *codes()][number : number + 4] if kind == "members" else codes()  # a member takes longer
        assert reach(handler, officer(code), {one: stems[one] for one in some}) == {code}
    assert reach(handler, officer(NATIONAL_CODE, Role.REGISTRAR), stems) == set(codes())
    director = officer("330000", Role.DIRECTOR)
    assert reach(handler, director, stems) == set()


def test_addresses_of_an_import_answer_nobody_but_whoever_brought_it(client):
    owner = officer("330000")
    actor = make_actor((Role.REVIEWER, "330000"), user_id=owner.pk)
    given = {"kind": "member_photos", "filename": "a.zip", "language": "zh-hans", "now": present()}
    job = upload_archive(actor=actor, stream=archive({"x.jpg": face()}), **given)
    gets = [
        reverse(f"imports:{name}", kwargs={"kind": "member_photos", "job_id": job.pk}) for name in ("job", "results")
    ]
    posts = [
        reverse(f"imports:{name}", kwargs={"kind": "member_photos", "job_id": job.pk}) for name in ("commit", "undo")
    ]
    others = [officer(code) for code in codes() if code != "330000"]
    for user in (*others, officer("330000", Role.DIRECTOR), officer(NATIONAL_CODE, Role.REGISTRAR)):
        sign_in_officer(client, user)
        assert [client.get(url).status_code for url in gets] == [404, 404]
        assert [client.post(url).status_code for url in posts] == [404, 404]
    sign_in_officer(client, owner)
    assert client.get(gets[0]).status_code == 200


def test_permissions_of_photos_are_what_the_addresses_ask(client):
    for role in Role:
        code = NATIONAL_CODE if role in {Role.RECHECKER, Role.REGISTRAR, *_administration()} else "330000"
        actor = make_actor((role, code))
        may = has_permission(actor, Permission.IMPORT_PHOTOS) or has_permission(actor, Permission.IMPORT_ALL_PHOTOS)
        sign_in_officer(client, officer(code, role))
        for kind in ("member_photos", "roll_photos"):
            assert (client.get(f"/office/imports/{kind}/").status_code == 200) == may, role


def _administration():
    return {Role.ADMINISTRATOR, Role.AUDITOR, Role.SECURITY}
