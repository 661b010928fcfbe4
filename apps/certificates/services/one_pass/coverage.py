"""What the fast way leaves to the plain one."""


class NotCovered(Exception):
    """This page needs a layout engine: a name of two lines, a script that joins its letters, an unusual photo."""
