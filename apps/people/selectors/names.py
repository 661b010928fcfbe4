"""Names as people write them: rare characters kept, look-alike dots made one."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from apps.core.encryption import blind_index
from apps.core.errors import PortalError

MAX_LENGTH = 50
MAX_LETTERS = 100
"""For names in Latin letters, as passports print them."""
MIDDLE_DOT = "·"
_OTHER_DOTS = "•‧・･⋅∙"
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DOT_BETWEEN_CHARACTERS = re.compile(r"(?<=[^\W\d_a-zA-Z])\s*[.·]\s*(?=[^\W\d_a-zA-Z])")
_SPACE_BETWEEN_CHARACTERS = re.compile(r"(?<=[⺀-\U0003FFFF])\s+(?=[⺀-\U0003FFFF])")


class NameRefused(PortalError):
    code = "name_refused"


def normalise_name(text: str) -> str:
    """The name as it is kept and printed. Never replaces one Chinese character by another."""
    text = "".join(MIDDLE_DOT if character in _OTHER_DOTS else character for character in text)
    text = " ".join(text.translate(_NARROW).split())
    text = _SPACE_BETWEEN_CHARACTERS.sub("", text)
    return _DOT_BETWEEN_CHARACTERS.sub(MIDDLE_DOT, text)


def read_name(text: str) -> str:
    """The normalised name. Raises NameRefused with a sentence where it cannot be one."""
    name = normalise_name(text)
    if not name:
        raise NameRefused(_("请填写姓名，例如：王小明。"))
    if len(name) > (most := _most_characters(name)):
        raise NameRefused(
            _("姓名有 %(length)s 个字，最多 %(most)s 个字。请核对是否多填了内容。")
            % {"length": len(name), "most": most}
        )
    if strange := [character for character in name if not _may_stand_in_a_name(character)]:
        raise NameRefused(
            _("姓名中不能有“%(character)s”。请按证件填写，例如：王小明、阿卜杜拉·买买提、Mary Smith。")
            % {"character": strange[0] if strange[0].isprintable() else "□"}
        )
    return name


def _most_characters(name: str) -> int:
    in_letters = all(unicodedata.name(character, "").startswith("LATIN") for character in name if character.isalpha())
    return MAX_LETTERS if in_letters else MAX_LENGTH


def name_index(name: str) -> str:
    """Equal for names that differ only in width, case, spaces or the shape of the dot."""
    plain = unicodedata.normalize("NFKC", normalise_name(name)).upper()
    return blind_index("people.name", plain.replace(" ", ""))


def mask_name(name: str) -> str:
    """For pages that anybody may see: the first character, and that there is more."""
    return f"{name[0]}*" if len(name) <= 2 else f"{name[0]}{'*' * min(len(name) - 1, 3)}"


def _may_stand_in_a_name(character: str) -> bool:
    """Letters of any script and marks upon them, whether Python's Unicode tables know them yet or not."""
    if unicodedata.category(character)[0] in "LM" or character in " ·'’-.〇":
        return True
    private_use_of_old_systems = "\ue000" <= character <= "\uf8ff"
    rare_han = "\U00020000" <= character <= "\U0003fffd"
    return private_use_of_old_systems or rare_han
