"""The life of an import: a dry run first, then, on somebody's word, the writing; some kinds can be taken back."""

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
        (JobAction.UNDO, {JobState.COMMITTED, JobState.FAILED}, JobState.UNDOING),
        (JobAction.FINISH_UNDO, {JobState.UNDOING}, JobState.UNDONE),
        (JobAction.STOP_UNDO, {JobState.UNDOING}, JobState.COMMITTED),
    ],
)
