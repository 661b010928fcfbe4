"""The rule editor: read, change with a preview of what happens to the open cases, save once; calendars beside it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from apps.accounts.enums import Role
from apps.applicants.enums import State
from apps.applicants.handlers import recompute_open_deadlines
from apps.applicants.models import Application
from apps.applicants.selectors.replay import replay
from apps.applicants.selectors.rule_effects import effects_of
from apps.core import clock
from apps.outbox.models import Event
from apps.rules.models import CalendarYear, Rule
from apps.rules.selectors import calendar_alarm, rule_value, working_calendar
from apps.rules.services import RuleChange, change_rule
from tests.factories.accounts import make_actor
from tests.factories.applicants import make_application, make_passer
from tests.factories.candidates import candidate, make_draft
from tests.support.desk import desk  # noqa: F401

pytestmark = pytest.mark.django_db

KEY = "application.local_days"
URL = reverse("dashboard:rule_change", args=[KEY])
NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
DATES = {"in_force_from_year": "2026", "in_force_from_month": "11", "in_force_from_day": "25"}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def registrar(desk):  # noqa: F811
    return desk(make_actor(Role.REGISTRAR))


def form_of(client, url=URL, **changes):
    """What a browser would send of the page as it stands."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields if name != "in_force_from"}
    return {name: value for name, value in values.items() if value is not None} | DATES | changes


FIFTEEN = {"value": "15", "test_cases": "2026-03-02 → 2026-03-23"}


def previewed(client, **changes):
    data = form_of(client, **FIFTEEN | changes)
    page = client.post(URL, data | {"preview": "1"})
    return page, data | {"previewed": page.context["form"]["previewed"].value(), "save": "1"}


def test_list_and_history_show_value_clause_and_cases(registrar):
    assert "20 个工作日" in registrar.get(reverse("rules:rules")).content.decode()
    page = registrar.get(reverse("rules:rule", args=[KEY])).content.decode()
    assert "《非执业会员登记办法》第四条" in page and "2026-03-02 → 2026-03-30" in page


def test_every_rule_can_be_opened_and_sent_back_unchanged(registrar):
    for key in Rule.objects.values_list("key", flat=True).distinct():
        url = reverse("dashboard:rule_change", args=[key])
        page = registrar.post(url, form_of(registrar, url) | {"preview": "1"}).content.decode()
        assert "没有改动" in page, key


def test_preview_names_the_cases_and_saves_nothing(registrar):
    make_application(now=NOW - timedelta(days=30))
    case = make_application(now=NOW)
    page, _data = previewed(registrar)
    effects = page.context["effects"]
    assert (effects.looked_at, effects.deadlines.number) == (1, 1)
    assert case.reference in page.content.decode()
    assert rule_value(KEY, on=TODAY) == 20


def test_saving_follows_a_preview_and_recomputes_what_is_open(registrar):
    old, new = make_application(now=NOW - timedelta(days=1)), make_application(now=NOW)
    before = new.decide_by
    _page, data = previewed(registrar)
    assert registrar.post(URL, data).status_code == 302
    assert rule_value(KEY, on=TODAY) == 15 and rule_value(KEY, on=date(2026, 11, 24)) == 20
    assert Event.objects.filter(name="rule.changed").count() == 1
    kept = old.decide_by
    recompute_open_deadlines({}, now=NOW)
    old.refresh_from_db(), new.refresh_from_db()
    assert old.decide_by == kept and new.decide_by < before


def test_saving_without_the_preview_of_this_very_change_previews(registrar):
    _page, data = previewed(registrar)
    other = data | {"value": "14", "test_cases": "2026-03-02 → 2026-03-20"}
    response = registrar.post(URL, other)
    assert response.status_code == 200 and "effects" in response.context
    assert rule_value(KEY, on=TODAY) == 20
    assert registrar.post(URL, form_of(registrar, **FIFTEEN, save="1")).status_code == 200
    assert rule_value(KEY, on=TODAY) == 20


def test_second_editor_is_told_and_keeps_what_was_typed(registrar):
    _page, data = previewed(registrar)
    assert registrar.post(URL, data).status_code == 302
    page = registrar.post(URL, data | {"in_force_from_month": "12"})
    page = registrar.post(
        URL, data | {"in_force_from_month": "12", "previewed": page.context["form"]["previewed"].value() or "x"}
    )
    assert page.status_code == 200 and Rule.objects.filter(key=KEY).count() == 2


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"value": "abc"}, "整数"),
        ({"value": "0"}, "整数"),
        ({"test_cases": "2026-03-02"}, "看不懂"),
        ({"test_cases": "2026-03-02 → 2026-03-24"}, "测试用例不符"),
        ({"test_cases": ""}, "至少写一个测试用例"),
        ({"in_force_from_year": "2025"}, "理由"),
        ({"clause_en": ""}, "英文"),
        ({"association": "330000", "value": "21", "test_cases": "2026-03-02 → 2026-03-31"}, "只能更短"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_lost(registrar, changes, word):
    page = registrar.post(URL, form_of(registrar, **FIFTEEN | changes, preview="1"))
    assert word in page.content.decode()
    assert "effects" not in page.context and Rule.objects.filter(key=KEY).count() == 1


def test_association_gets_its_own_and_gives_it_up(registrar):
    _page, data = previewed(registrar, association="330000")
    registrar.post(URL, data)
    assert rule_value(KEY, on=TODAY, association_code="330000") == 15
    end = reverse("dashboard:rule_end", args=[KEY, "330000"])
    registrar.post(end)
    assert rule_value(KEY, on=TODAY, association_code="330000") == 20
    assert registrar.post(end, follow=True).status_code == 200


def test_stricter_five_years_shows_checklists_and_drafts_that_change():
    passer = make_passer(certificate_on=date(2022, 1, 10))
    case = make_application(now=NOW, passer=passer)
    make_draft(actor=candidate(), now=NOW)
    three = RuleChange("application.max_years", 3, TODAY)
    effects = effects_of(three.as_version(), today=TODAY)
    assert effects.lines.examples[0][0] == case.reference and effects.lines.number == 1
    assert effects.drafts_looked_at == 1


def test_effects_take_a_fixed_number_of_queries_a_chunk(django_assert_max_num_queries):
    for _number in range(4):
        make_application(now=NOW)
    with django_assert_max_num_queries(8):
        effects_of(RuleChange("application.max_years", 3, TODAY).as_version(), today=TODAY)


def test_decisions_of_before_replay_after_the_change(registrar):
    make_application(now=NOW, state=State.AGREED)
    _page, data = previewed(registrar)
    registrar.post(URL, data)
    change_rule(
        actor=make_actor(Role.REGISTRAR),
        now=NOW,
        change=RuleChange("years.inclusive_anniversary", False, TODAY, "", "《登记办法》第三条", "Measures, Art. 3"),
    )
    assert [outcome.differences for outcome in replay()] == [()]


@pytest.mark.parametrize("role", [Role.RECHECKER, Role.ADMINISTRATOR, (Role.REVIEWER, "330000")])
def test_others_find_nothing_there(desk, role):  # noqa: F811
    client = desk(make_actor(role))
    for url in (URL, reverse("rules:rules"), reverse("rules:rule", args=[KEY]), reverse("rules:calendars")):
        assert client.get(url).status_code == 404
    assert client.post(URL, FIFTEEN | DATES | {"save": "1"}).status_code == 404


def test_unknown_rule_is_404(registrar):
    for name in ("rules:rule", "dashboard:rule_change"):
        assert registrar.get(reverse(name, args=["no.such"])).status_code == 404


def test_pages_speak_english(registrar):
    with translation.override("en"):
        page = registrar.get(URL, headers={"Accept-Language": "en"}).content.decode()
    assert "Time for the association to decide" in page and "See what it would change" in page


# Calendars.

CALENDAR = reverse("rules:calendar", args=[2027])
NOTICE = {
    "notice": "国办发明电〔2026〕9号",
    "holidays": "1月1日至1月3日\n2027-02-05 至 2027-02-11",
    "make_up_days": "2027-02-14",
}


def test_alarm_while_next_year_is_missing_after_the_usual_day(registrar):
    assert calendar_alarm(date(2026, 11, 14)) is None
    assert calendar_alarm(TODAY).year == 2027
    assert "还没有 2027 年的放假日历" in registrar.get(reverse("rules:calendars")).content.decode()
    assert "还没有 2027 年的放假日历" in registrar.get(reverse("rules:rules")).content.decode()


def test_notice_is_pasted_saved_and_ends_the_alarm(registrar):
    assert registrar.post(CALENDAR, NOTICE).status_code == 302
    calendar = working_calendar()
    assert not calendar.is_working_day(date(2027, 2, 11)) and calendar.is_working_day(date(2027, 2, 14))
    assert calendar_alarm(TODAY) is None
    assert Event.objects.filter(name="calendar.loaded", payload={"year": 2027}).exists()
    assert "2027-02-11" in registrar.get(CALENDAR).content.decode()


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"holidays": "2027-02-30"}, "不是日期"),
        ({"holidays": "2028-01-01"}, "不在"),
        ({"holidays": "2027-02-11 至 2027-02-05"}, "先后不对"),
        ({"holidays": "2027-01-01\n2027-01-01"}, "两次"),
        ({"holidays": "2027-01-01 至 2027-12-31"}, "太长"),
        ({"make_up_days": "2027-02-15"}, "不是周末"),
        ({"notice": ""}, "文号"),
        ({"holidays": "x" * 5000}, "不是日期"),
    ],
)
def test_notice_that_cannot_be_is_said_and_nothing_is_lost(registrar, changes, word):
    page = registrar.post(CALENDAR, NOTICE | changes).content.decode()
    assert word in page
    assert not CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.parametrize("year", [1999, 2030])
def test_year_far_away_is_404(registrar, year):
    assert registrar.get(reverse("rules:calendar", args=[year])).status_code == 404


def test_today_is_the_clocks():
    assert clock.today() == TODAY and Application.objects.count() == 0
