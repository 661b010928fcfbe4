"""Accounting firms, as the register of members needs them."""

from django.db import models
from django.db.models import Q

from apps.core.models import Row


class Firm(Row):
    code = models.CharField(max_length=12, unique=True)
    """The number of the firm's licence: 8 digits, or 12 of a branch. Text: it may begin with 0."""
    name = models.CharField(max_length=100)
    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="firm_code_shape", condition=Q(code__regex=r"^\d{8}(\d{4})?$")),
            models.CheckConstraint(name="firm_has_a_name", condition=~Q(name="")),
        ]
