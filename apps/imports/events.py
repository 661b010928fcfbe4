"""What imports tell the floors above."""

JOB_ENDED = "import.job_ended"
"""{"job_id", "kind"}: rows were written, all of them or as many as there was time for."""
