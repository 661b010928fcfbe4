"""What was found: the same fault on many pages is one line, with where it was seen."""

from pathlib import Path


class Report:
    def __init__(self):
        self.pages = self.pictures = 0
        self.faults: dict[str, list[str]] = {}
        self.hints: dict[str, list[str]] = {}

    def add(self, reader: str, address: str, look: str, faults: list[str]) -> None:
        for fault in faults:
            self.faults.setdefault(fault, []).append(f"{reader} {address} at {look}")

    def hint(self, reader: str, address: str, look: str, hints: list[str]) -> None:
        for hint in hints:
            self.hints.setdefault(hint, []).append(f"{reader} {address} at {look}")

    def write(self, folder: Path) -> None:
        for name, found in (("faults", self.faults), ("hints", self.hints)):
            lines = [f"{what}\n" + "".join(f"    {place}\n" for place in places) for what, places in found.items()]
            (folder / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")

    def summary(self, seconds: float) -> str:
        lines = [f"{fault}\n    {places[0]}{_more(places)}" for fault, places in sorted(self.faults.items())]
        figures = f"{self.pages} pages and states, {self.pictures} pictures, {seconds:.0f} s: "
        return "\n".join([*lines, figures + (f"{len(self.faults)} faults." if self.faults else "no faults.")])


def _more(places: list[str]) -> str:
    return f", and {len(places) - 1} more" if len(places) > 1 else ""
