"""The work list and the decision screen with 50 and with 50,000 open cases, first page and last, in one run.

    DATABASE_URL=postgres://… python -m bench.worklist [--cases 50000] [--rounds 20]

Every page is asked for through the whole stack by a test client, in interleaved rounds; the yardstick ("h") is
/healthz, which asks for nothing. Absolute times drift with the machine; the ratios of one run hold. The database is a
test's own.
"""

import argparse
import functools
import os
import statistics
import time
from datetime import timedelta

os.environ.setdefault("PORTAL_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cicpa_portal.settings")

import django

django.setup()

import pgtrigger  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from apps.applicants.enums import Action, RollMatch, State  # noqa: E402
from apps.applicants.models import Application, Step  # noqa: E402
from apps.core import clock  # noqa: E402
from apps.core.encryption import create_data_key  # noqa: E402
from apps.people.models import Person  # noqa: E402
from cicpa_portal.middleware import ActorMiddleware  # noqa: E402
from tests.factories.accounts import make_user  # noqa: E402
from tests.factories.applicants import make_application, reviewer  # noqa: E402

LIST, STRETCH = "/office/applications/", 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        call_command("load_reference_data")
        client = client_at_desk()
        case = make_application(now=clock.now())
        fill(49)
        few = measure(client, case, options.rounds)
        fill(options.cases - 50)
        many = measure(client, case, options.rounds)
        report(few, many, options.cases)
    finally:
        runner.teardown_databases(databases)


def client_at_desk() -> Client:
    actor = reviewer()

    def with_actor(middleware, request):
        request.actor = actor
        return middleware.get_response(request)

    ActorMiddleware.__call__ = with_actor
    client = Client()
    client.force_login(type(make_user("bench@example.org")).objects.get(pk=actor.user_id))
    return client


def fill(count: int) -> None:
    """Open cases of the association, in bulk, past the triggers: four in five green, deadlines over two months."""
    key, user, now = create_data_key(), make_user(f"bench{count}@example.org"), clock.now()
    for begin in range(0, count, STRETCH):
        numbers = range(begin, min(begin + STRETCH, count))
        people = Person.objects.bulk_create(Person(data_key=key, name="某人", created_at=now) for _number in numbers)
        cases = [_case(number, person, key, user, now) for number, person in zip(numbers, people, strict=True)]
        with pgtrigger.ignore("applicants.Application:state_starts"):
            Application.objects.bulk_create(cases)
        Step.objects.bulk_create(_step(case) for case in cases)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _case(number: int, person, key, user, now) -> Application:
    """Every fiftieth was returned by the national body."""
    received = now - timedelta(days=number % 28)
    case = Application(
        user=user,
        data_key=key,
        answers={"name": "某人"},
        state=State.SUBMITTED,
        association_id="330000",
        person=person,
        reference=f"ZJ-{user.pk}-{number}",
        roll_match=RollMatch.EXACT,
        checks_green=number % 5 > 0,
        created_at=received,
        changed_at=received,
        submitted_at=received,
        decide_by=received.date() + timedelta(days=28 + number % 30),
    )
    if number % 50 == 49:
        case.state, case.reason_code = State.RETURNED, "return.photo"
        case.local_decided_at, case.local_decided_by = received, user
        case.local_decided_by_person_id = reviewer_person()
    return case


@functools.cache
def reviewer_person():
    return reviewer().person_id


def _step(case: Application) -> Step:
    states = {"from_state": State.DRAFT, "to_state": State.SUBMITTED}
    return Step(application=case, action=Action.SUBMIT, at=case.submitted_at, actor_label="bench", **states)


def addresses(client: Client, case: Application) -> dict[str, str]:
    last = Application.objects.filter(state=State.SUBMITTED).order_by("-decide_by", "-id")[20]
    cursor = f"{last.decide_by.isoformat()}~{last.pk.hex}"
    return {
        "hello": "/healthz",
        "list, first page": LIST,
        "list, last page": f"{LIST}?after={cursor}",
        "list, green": f"{LIST}?pile=green",
        "list, mine": f"{LIST}?officer=mine",
        "list, late": f"{LIST}?left=late",
        "list, all by age": f"{LIST}?pile=open",
        "decision screen": f"{LIST}{case.reference}/",
    }


def measure(client: Client, case: Application, rounds: int) -> dict[str, tuple[float, int]]:
    """Median seconds and number of queries of each address; the first round warms up."""
    pages = addresses(client, case)
    times: dict[str, list[float]] = {name: [] for name in pages}
    counts = {name: _queries(client, address) for name, address in pages.items()}
    for _round in range(rounds):
        for name, address in pages.items():
            begun = time.perf_counter()
            assert client.get(address).status_code == 200, address
            times[name].append(time.perf_counter() - begun)
    return {name: (statistics.median(taken), counts[name]) for name, taken in times.items()}


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def report(few: dict, many: dict, cases: int) -> None:
    print(f"{'':20} {'50 cases':>22} {f'{cases:,} cases':>24} {'ratio':>7}")
    for name in few:
        cells = [_cell(run[name], run["hello"]) for run in (few, many)]
        print(f"{name:20} {cells[0]:>22} {cells[1]:>24} {many[name][0] / few[name][0]:>6.2f}×")


def _cell(measured: tuple[float, int], hello: tuple[float, int]) -> str:
    seconds, queries = measured
    return f"{seconds * 1000:6.1f} ms {seconds / hello[0]:5.1f} h {queries:3} q"


if __name__ == "__main__":
    main()
