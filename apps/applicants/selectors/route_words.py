"""By which way somebody comes, in words: the years as the rule said them on the application date."""

from django.utils.translation import gettext as _

from apps.applicants.enums import Route
from apps.applicants.models import Application
from apps.core.clock import civil_date
from apps.rules.selectors import rule_words


def route_words(application: Application) -> str:
    on = civil_date(application.submitted_at or application.created_at)
    years = rule_words("application.max_years", on=on, association_code=application.association_id)
    sentences = {
        Route.FRESH_PASSER: _("取得全科合格证不超过 %(years)s"),
        Route.EX_PRACTISING: _("停止执业或被撤销、注销注册不超过 %(years)s"),
        Route.LATE: _("取得全科合格证超过 %(years)s，坚持申请"),
    }
    return sentences[application.route] % {"years": years}
