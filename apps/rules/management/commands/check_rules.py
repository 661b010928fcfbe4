"""Run the test cases of every dated rule. Exit status 1 where a value does not fit or a case comes out otherwise."""

from django.core.management.base import BaseCommand

from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from apps.rules.selectors.rule_cases import rule_faults


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        forget_rules()
        faults = list(rule_faults())
        for fault in faults:
            where = f"{fault.rule.key} {fault.rule.association_key or '*'} {fault.rule.in_force_from}"
            self.stderr.write(f"{where}: {fault.sentence}")
        rules = Rule.objects.filter(superseded_at=None)
        cases = sum(len(rule.test_cases) for rule in rules)
        self.stdout.write(f"{len(rules)} rules, {cases} test cases, {len(faults)} faults.")
        if faults:
            raise SystemExit(1)
