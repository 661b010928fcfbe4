"""Model fields for personal data.

A model with such a field has a foreign key `data_key` to core.DataKey. Lists that show sealed fields say
`select_related("data_key")`, or they ask the database once a row.
"""

import json
from datetime import date

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from apps.core.encryption import open_sealed, seal


class _Sealed(bytes):
    """A value as it came from the database, not opened yet."""


class _SealedAttribute(DeferredAttribute):
    """Opens the value when it is first read, so that loading a row costs no decryption."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, _Sealed):
            value = self.field.open(instance, value)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance, value):
        # Without a setter Python would read the instance's dictionary itself and never ask __get__.
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):
    """Text at rest sealed under the row's `data_key`. Cannot be searched: keep a BlindIndexField beside it."""

    descriptor_class = _SealedAttribute

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return None if value is None else _Sealed(value)

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        if value is None or isinstance(value, _Sealed):
            return value
        return seal(instance.data_key, self.dump(value), self._context(instance))

    def open(self, instance, sealed):
        return self.load(open_sealed(instance.data_key, sealed, self._context(instance)))

    def dump(self, value) -> bytes:
        return value.encode()

    def load(self, plain: bytes):
        return plain.decode()

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed and cannot be searched; use its blind index.")
        return super().get_lookup(lookup_name)

    def _context(self, instance) -> str:
        return f"{instance._meta.label_lower}.{self.name}"

    def value_to_string(self, obj):
        raise FieldError(f"{self.name} is sealed and is not serialised.")


class EncryptedDateField(EncryptedTextField):
    """A civil date, sealed."""

    def dump(self, value: date) -> bytes:
        return value.isoformat().encode()

    def load(self, plain: bytes) -> date:
        return date.fromisoformat(plain.decode())


class EncryptedJSONField(EncryptedTextField):
    """A JSON value, sealed as one. Assign a new value rather than changing the old one in place."""

    def dump(self, value) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def load(self, plain: bytes):
        return json.loads(plain)


class BlindIndexField(models.CharField):
    """Holds `core.encryption.blind_index(...)` of a sealed value, for equality only."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)
