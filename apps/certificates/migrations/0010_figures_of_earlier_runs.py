"""What the pages of runs counted each time now stands in their rows: counted once more for the runs there are."""

from django.db import migrations

COUNT = """
UPDATE certificates_run AS run SET
    issued = (SELECT count(*) FROM certificates_certificate AS c WHERE c.run_id = run.id AND c.issued_at IS NOT NULL),
    kept = (SELECT coalesce(sum(kept), 0) FROM certificates_chunk AS c WHERE c.run_id = run.id),
    failed = (SELECT count(*) FROM certificates_runfailure AS f WHERE f.run_id = run.id AND f.resolved_at IS NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0009_runs_that_count_and_may_be_quiet")]

    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
