"""Issuing many certificates again: whoever asks for it, and the workers that do it."""

from apps.certificates.services.runs.asking import RunTargetUnknown, retry_failures, start_run, stop_run
from apps.certificates.services.runs.names import retry_names
from apps.certificates.services.runs.work import work_on_runs

__all__ = ["RunTargetUnknown", "retry_failures", "retry_names", "start_run", "stop_run", "work_on_runs"]
