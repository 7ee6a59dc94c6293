# Each recipe sets up what it needs first and stands in scripts/make.py, so that Windows has the same ones (make.cmd).
# Arguments: make test ARGS="tests/unit -k rectification"
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	$$name -c '' 2>/dev/null && echo $$name && break; done)
ARGS ?=

.PHONY: run test bench faults build format pins
.DEFAULT_GOAL := run

# The desk with the invented county; without a display, a tour of it in out/tour.
run:
	@$(PYTHON) -m scripts.make run $(ARGS)

# Style, types, import rules and every test.
test:
	@$(PYTHON) -m scripts.make test $(ARGS)

# The measurements beside their floors and peers.
bench:
	@$(PYTHON) -m scripts.make bench $(ARGS)

# The long form of the tests that break processes, files and networks.
faults:
	@$(PYTHON) -m scripts.make faults $(ARGS)

# The wheel, and the folder that needs no Python, in dist/.
build:
	@$(PYTHON) -m scripts.make build $(ARGS)

# Lay out the code the one way.
format:
	@$(PYTHON) -m scripts.make format $(ARGS)

# Write requirements/*.txt anew; ARGS=--upgrade for newer versions.
pins:
	@$(PYTHON) -m scripts.make pins $(ARGS)
