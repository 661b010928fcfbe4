"""Every address says who may come in, and keeps to it: deny by default."""

import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from apps.accounts.services import account_for_email
from apps.core import clock
from apps.core.access import Public, Staff
from cicpa_portal.middleware import THIRD_PARTY_ADDRESSES, declared_access

SAMPLES = {
    "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
    "int": "1",
    "str": "x",
    "slug": "x",
    "path": "x",
}


def addresses(resolver=None, prefix="", namespace="") -> Iterator[tuple[str, str, URLPattern]]:
    """Each address with sample arguments, its name, its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, path, inner)
        else:
            yield _filled(path), f"{namespace}{entry.name or ''}", entry


def _filled(path: str) -> str:
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES.get(match.group(1) or "str", "x"), path)
    path = re.sub(r"\(\?P<\w+>[^)]*\)", "x", path).replace("^", "").replace("$", "").replace("\\Z", "")
    return "/" + path


ALL = list(addresses())


def access_of(entry, name):
    return declared_access(entry.callback, name)


def test_every_view_declares_who_may_come_in():
    silent = []
    for address, name, entry in ALL:
        try:
            access_of(entry, name)
        except ImproperlyConfigured:
            silent.append((address, name))
    assert silent == []


def test_list_of_third_party_addresses_names_only_what_exists():
    assert set(THIRD_PARTY_ADDRESSES) <= {name for _address, name, _entry in ALL}


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "name", "entry"), ALL, ids=[name or address for address, name, _entry in ALL])
def test_stranger_gets_what_the_access_says(client, address, name, entry):
    response = client.get(address)
    if isinstance(access_of(entry, name), Public):
        assert response.status_code in {200, 302, 404, 405}
    else:
        assert response.status_code == 302
        assert "/signin/" in response["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "name", "entry"),
    [row for row in ALL if isinstance(access_of(row[2], row[1]), Staff)],
    ids=lambda value: value if isinstance(value, str) and ":" in value else "",
)
def test_office_does_not_exist_for_members(client, address, name, entry):
    client.force_login(account_for_email(email="member@example.org", language="zh-hans", now=clock.now()))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
