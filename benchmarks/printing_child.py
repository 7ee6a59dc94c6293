"""One process that prints: `python -m benchmarks.printing_child KIND NEXT_LETTERS`."""

import json
import os
import sys
import time

CODE = "FSD1" + "A7" * 120


def main() -> None:
    """Print the first letter with as little imported as the program needs for it, then the next ones."""
    begin = time.process_time()
    from tests.helpers.letter_samples import prescription, recheck_opinion

    facts = prescription(violations=2) if sys.argv[1] == "prescription" else recheck_opinion()
    # Making up the example is no part of printing it.
    made_up = time.process_time() - begin
    from fangshan_desk.letters.pdf import render_letter

    pdf = render_letter(facts.kind, facts, qr_text=CODE)
    times = os.times()
    cold = times.user + times.system - made_up
    later = []
    for _ in range(int(sys.argv[2])):
        begin = time.process_time()
        render_letter(facts.kind, facts, qr_text=CODE)
        later.append(time.process_time() - begin)
    answer = {"cold": cold, "next": later, "bytes": len(pdf), "pages": _pages(pdf)}
    sys.stdout.write(json.dumps(answer))


def _pages(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = len(document)
    document.close()
    return pages


if __name__ == "__main__":
    main()
