"""The import of firms."""

from apps.firms.services import firm_import  # noqa: F401  (registers the kind)
