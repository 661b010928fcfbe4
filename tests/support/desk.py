"""A test client that sits at a desk: its requests carry a given Actor, past the sign-in."""

import pytest
from django.contrib.auth import get_user_model

from cicpa_portal.middleware import ActorMiddleware


@pytest.fixture
def desk(client, monkeypatch):
    """`desk(actor)` is the client with that actor from now on."""

    def sit(actor):
        def with_actor(middleware, request):
            request.actor = actor
            request.user = get_user_model()(pk=actor.user_id, display_name=actor.label, email="desk@example.org")
            return middleware.get_response(request)

        monkeypatch.setattr(ActorMiddleware, "__call__", with_actor)
        return client

    return sit
