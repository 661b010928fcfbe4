"""What the console shows when the portal is ready."""

import json

from launcher.installation import Installation

ACCOUNTS = "demo-accounts.json"


def welcome(installation: Installation, seconds: float) -> str:
    """The address, and in a demo how to be each of the people in it."""
    address = installation.public_url
    lines = ["", f"Ready after {seconds:.0f} s:  {address}/", ""]
    if installation.mode == "demo":
        lines += _demo(installation)
    return "\n".join([*lines, f"Logs: {installation.logs}   Stop: Ctrl-C", ""])


def _demo(installation: Installation) -> list[str]:
    path = installation.data / ACCOUNTS
    if not path.exists():
        return []
    demo = json.loads(path.read_text(encoding="utf-8"))
    lines = [f"Demo officers sign in at {installation.public_url}/signin/ (e-mail, password, then a code):"]
    for account in demo.get("accounts", []):
        lines.append(f"  {account['role']:<14} {account['association']}  {account['email']:<34} {account['password']}")
    lines.append("The code: bin/manage demo_code E-MAIL")
    if firm := demo.get("firm"):
        lines += ["", f"A firm's people ({firm['name']} {firm['code']}) sign in there, too, and come to /firm/:"]
        for account in firm["accounts"]:
            lines.append(f"  {account['role']:<14} {'':<6}  {account['email']:<34} {account['password']}")
    if passers := demo.get("passers"):
        lines += ["", "A passer on the roll who has not applied yet:"]
        lines.append("  {name}   {identity_number}   {certificate_number}   {certificate_on}".format(**passers[0]))
    if candidate := demo.get("practising_candidate"):
        lines += ["", "Another passer, whom the firm may register as a CPA:"]
        lines.append("  {name}   {identity_number}   {certificate_number}   {certificate_on}".format(**candidate))
    lines += ["", f"Mail that the demo sends: {installation.public_url}/demo/mail/", f"All of this: {path}", ""]
    return lines
