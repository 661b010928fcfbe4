"""The life of an import: a dry run first, then, on somebody's word, the writing."""

from apps.core.workflow import Workflow
from apps.imports.enums import JobAction, JobState

JOB = Workflow(
    initial=JobState.UPLOADED,
    transitions=[
        (JobAction.START_CHECK, {JobState.UPLOADED}, JobState.CHECKING),
        (JobAction.FINISH_CHECK, {JobState.CHECKING}, JobState.CHECKED),
        (JobAction.REJECT, {JobState.CHECKING, JobState.COMMITTING}, JobState.FAILED),
        (JobAction.COMMIT, {JobState.CHECKED}, JobState.COMMITTING),
        (JobAction.FINISH, {JobState.COMMITTING}, JobState.COMMITTED),
    ],
)
