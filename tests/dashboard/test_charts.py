"""Charts: every number has its mark, its word and its place in the table."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from apps.accounts.enums import Role
from apps.applicants.enums import State
from apps.dashboard.selectors import deadline_chart
from apps.dashboard.selectors.charts import WIDTH, bar_chart, line_chart
from tests.factories.accounts import make_actor, make_officer, sign_in_officer
from tests.factories.applicants import NOW, make_application, rechecker, reviewer

TODAY = NOW.date()


def test_bars_share_one_zero_and_the_longest_fills_the_width():
    chart = bar_chart("t", "u", [("a", 50), ("b", 100), ("c", 0), ("d", 1_000_000 // 10_000)])
    assert [bar.width for bar in chart.bars] == [WIDTH // 2, WIDTH, 0, WIDTH]
    assert chart.height == chart.bars[-1].bar_y + 22


def test_a_small_number_beside_a_large_one_still_has_a_mark():
    assert bar_chart("t", "u", [("a", 1), ("b", 10_000)]).bars[0].width == 2


@pytest.mark.parametrize("rows", [[], [("a", 0)], [("a", 3)], [("a", 3), ("b", 0), ("c", 7), ("d", 7)]])
def test_lines_stay_within_the_drawing(rows):
    chart = line_chart("t", "u", rows)
    assert all(0 <= point.x <= chart.width and 0 < point.y < chart.height for point in chart.points)
    assert [point.value for point in chart.points] == [row[1] for row in rows]


def test_a_line_names_its_first_last_and_highest_value():
    chart = line_chart("t", "u", [("a", 3), ("b", 1), ("c", 9), ("d", 2), ("e", 4)])
    assert [point.label for point in chart.points if point.is_named] == ["a", "c", "e"]


@pytest.mark.parametrize("rows", [[("一", 3), ("二", 0)], [("一", 1)]])
def test_the_table_has_every_number_and_no_style(rows):
    for template, chart in (("bar_chart", bar_chart("题", "件", rows)), ("line_chart", line_chart("题", "件", rows))):
        page = render_to_string(f"components/{template}.html", {"chart": chart})
        assert page.count('<tr><th scope="row">') == len(rows)
        assert "style=" not in page


def test_nothing_to_draw_is_said_in_words():
    for template, chart in (("bar_chart", bar_chart("题", "件", [])), ("line_chart", line_chart("题", "件", []))):
        page = render_to_string(f"components/{template}.html", {"chart": chart})
        assert "没有可以画的数" in page
        assert "<svg" not in page


@pytest.mark.django_db
class TestDeadlines:
    def test_cases_of_the_own_scope_by_working_days_left(self, django_assert_num_queries):
        for _ in range(2):
            make_application()
        make_application(association="310000")
        make_application(state=State.CORRECTION_REQUESTED)
        make_application(state=State.SENT)
        actor = reviewer()
        deadline_chart(actor, today=TODAY)  # the calendar is kept for ten seconds
        with django_assert_num_queries(3):  # two of them: what the officer has an interest in
            assert values(actor, TODAY) == [0, 0, 0, 2]
        last_day = make_application().decide_by
        assert values(actor, last_day) == [0, 3, 0, 0]
        assert values(actor, last_day - timedelta(days=10)) == [0, 0, 3, 0]
        assert values(actor, last_day + timedelta(days=1)) == [3, 0, 0, 0]

    def test_national_officer_sees_what_was_sent(self):
        make_application()
        make_application(state=State.SENT)
        assert sum(values(rechecker(), TODAY)) == 1

    def test_who_decides_nothing_has_no_chart(self):
        assert deadline_chart(make_actor(Role.AUDITOR), today=TODAY) is None

    def test_office_home_draws_it(self, client):
        page = sign_in_officer(client, make_officer()).get("/office/").content.decode()
        assert "待决定的申请，按剩余工作日" in page


def values(actor, today: date) -> list[int]:
    return [bar.value for bar in deadline_chart(actor, today=today).bars]
