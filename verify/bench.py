#!/usr/bin/env python3
"""How many tokens a second one core checks, and how that compares with bare Ed25519: `python verify/bench.py`.

Both take turns in the same run and are counted in CPU time, so that other work on the machine does not matter.
"""

import argparse
import base64
import json
import time
from datetime import datetime
from pathlib import Path

import cicpa_verify as verifier

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
GOOD = [
    case for case in VECTORS["cases"] if case["verdict"] == "valid" and "#" in case["qr"] and case["lists"] == ["usual"]
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--count", type=int, default=2000, help="tokens a round")
    options = parser.parse_args()
    whole, bare = checks(options.count), bare_verifications(options.count)
    seconds = [0.0, 0.0]
    for _round in range(options.rounds):
        for place, work in enumerate((whole, bare)):
            begun = time.process_time()
            work()
            seconds[place] += time.process_time() - begun
    total = options.rounds * options.count
    print(f"whole check   {total / seconds[0]:8,.0f} tokens a second and core")
    print(f"bare Ed25519  {total / seconds[1]:8,.0f} verifications a second and core")
    print(f"a whole check costs {seconds[0] / seconds[1]:.2f} bare verifications")


def checks(count: int):
    keys = verifier.read_keys(json.dumps(VECTORS["keys"]["usual"]))
    lists = [verifier.read_status_list(base64.b64decode(VECTORS["lists"]["usual"]))]
    trusted = verifier.trusted_lists(lists, keys)
    now = datetime.fromisoformat(GOOD[0]["at"])
    texts = [GOOD[number % len(GOOD)]["qr"] for number in range(count)]

    def work():
        for text in texts:
            if verifier.check(text, keys, trusted, now=now).word != "valid":
                raise SystemExit(f"refused: {text}")

    return work


def bare_verifications(count: int):
    keys = verifier.read_keys(json.dumps(VECTORS["keys"]["usual"]))
    tokens = [verifier.read_token(verifier.split_qr_text(case["qr"])[1]) for case in GOOD]
    rows = [
        (keys.by_id[token.key_id].public_key, token.signature, verifier.TOKEN_SIGNED_AS + token.body)
        for token in tokens
    ]
    rows = [rows[number % len(rows)] for number in range(count)]

    def work():
        for public_key, signature, message in rows:
            public_key.verify(signature, message)

    return work


if __name__ == "__main__":
    main()
