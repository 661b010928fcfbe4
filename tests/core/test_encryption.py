import pytest
import tink

from apps.core.encryption import blind_index, create_data_key, open_sealed, seal
from apps.core.errors import DataKeyDestroyed

pytestmark = pytest.mark.django_db


def test_sealed_value_opens_with_its_own_key_and_context():
    key = create_data_key()
    assert open_sealed(key, seal(key, "欧阳·𠮷".encode(), "a.b"), "a.b").decode() == "欧阳·𠮷"


def test_sealed_value_stays_shut_when_moved_to_another_field():
    key = create_data_key()
    with pytest.raises(tink.TinkError):
        open_sealed(key, seal(key, b"x", "a.b"), "a.c")


def test_sealed_value_stays_shut_under_another_persons_key():
    sealed = seal(create_data_key(), b"x", "a.b")
    with pytest.raises(tink.TinkError):
        open_sealed(create_data_key(), sealed, "a.b")


def test_destroyed_key_reads_nothing():
    key = create_data_key()
    sealed = seal(key, b"x", "a.b")
    key.wrapped = None
    with pytest.raises(DataKeyDestroyed):
        open_sealed(key, sealed, "a.b")


def test_blind_index_is_equal_for_equal_values_and_apart_for_each_purpose():
    assert blind_index("p", "11010519491231002X") == blind_index("p", "11010519491231002X")
    assert blind_index("p", "11010519491231002X") != blind_index("q", "11010519491231002X")
