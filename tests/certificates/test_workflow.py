"""The grid of states and actions."""

import pytest

from apps.certificates.enums import CertificateAction as Action
from apps.certificates.enums import CertificateState as State
from apps.certificates.workflow import CERTIFICATE
from apps.core.errors import TransitionRefused

ALLOWED = {
    (State.REQUESTED, Action.ISSUE): State.ISSUED,
    (State.REQUESTED, Action.SUPERSEDE): State.SUPERSEDED,
    (State.ISSUED, Action.SUPERSEDE): State.SUPERSEDED,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_action_leads_where_the_table_says_and_nowhere_else(state, action):
    if (state, action) in ALLOWED:
        assert CERTIFICATE.target(state, action) == ALLOWED[state, action]
        return
    with pytest.raises(TransitionRefused):
        CERTIFICATE.target(state, action)
