from tests.support.desk import desk  # noqa: F401
