"""The fast way to a sealed certificate: the same page as the plain way, written in one pass.

Everything that is the same for all members of an association and kind is drawn once a process by WeasyPrint, from the
same template (blank.py); where a member's words stand is read off a page that WeasyPrint laid out (anchors.py). What
remains for each member is writing bytes: words, photo and code (filling.py), a font of the name's own glyphs (cff.py),
and the signatures (revisions.py). What this way does not cover, the plain way prints: `NotCovered` says so.
"""

from apps.certificates.services.one_pass.coverage import NotCovered
from apps.certificates.services.one_pass.writing import seal_in_one_pass

__all__ = ["NotCovered", "seal_in_one_pass"]
