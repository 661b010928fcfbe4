"""Error pages say what happened and what to do, and do not fail themselves."""

import pytest
from django.test import Client, RequestFactory

from apps.dashboard.views.errors import server_error

pytestmark = pytest.mark.django_db


def test_unknown_address_says_what_to_do(client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_stale_form_says_that_nothing_was_lost():
    response = Client(enforce_csrf_checks=True).post("/display/", {"text": "large"})
    assert response.status_code == 403
    assert "您填写的内容还在" in response.content.decode()


def test_server_error_page_needs_no_database(django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        response = server_error(request)
    assert response.status_code == 500
    assert "我们这边出了问题" in response.content.decode()
