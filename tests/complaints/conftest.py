"""Stored files of these tests go into a folder of the test."""

from tests.certificates.conftest import _files_of_the_test

__all__ = ["_files_of_the_test"]
