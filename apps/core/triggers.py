"""Guards that PostgreSQL itself holds, whoever writes: made from the same tables that the services ask."""

import pgtrigger

from apps.core.workflow import Workflow


def guard_states(workflow: Workflow, field: str = "state") -> list[pgtrigger.Trigger]:
    """A row starts in the workflow's initial state and changes only along its transitions."""
    starts = pgtrigger.Trigger(
        name=f"{field}_starts",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition(f"NEW.\"{field}\" IS DISTINCT FROM '{workflow.initial}'"),
        func=f"RAISE EXCEPTION 'portal: a new % must start as {workflow.initial}', TG_TABLE_NAME;",
    )
    moves = pgtrigger.FSM(name=f"{field}_moves", field=field, transitions=workflow.state_pairs())
    return [starts, moves]


def append_only(*, deletable: bool = False) -> list[pgtrigger.Trigger]:
    """Rows are written once: UPDATE, DELETE and TRUNCATE are refused."""
    operations = pgtrigger.Update if deletable else pgtrigger.Update | pgtrigger.Delete
    rows = pgtrigger.Trigger(
        name="append_only",
        when=pgtrigger.Before,
        operation=operations,
        func="RAISE EXCEPTION 'portal: % is append-only', TG_TABLE_NAME;",
    )
    table = pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'portal: % is append-only', TG_TABLE_NAME;",
    )
    return [rows] if deletable else [rows, table]


def written_once(*, but: tuple[str, ...]) -> list[pgtrigger.Trigger]:
    """Rows are never deleted, and once written only the columns named in `but` change."""
    columns = ", ".join(f"'{column}'" for column in but)
    rows = pgtrigger.Trigger(
        name="written_once",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=(
            f"IF to_jsonb(NEW) - ARRAY[{columns}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{columns}] THEN "
            "RAISE EXCEPTION 'portal: % is written once', TG_TABLE_NAME; END IF; RETURN NEW;"
        ),
    )
    kept = pgtrigger.Trigger(
        name="never_deleted",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func="RAISE EXCEPTION 'portal: % is never deleted', TG_TABLE_NAME;",
    )
    return [rows, kept]
