# SPDX-License-Identifier: GPL-2.0-or-later
# make demo        a simulated modem, the whole ladder, no hardware (Python 3.11+ with venv, nothing else)
# make deps test   what the tests need from Debian, then every check of this project
# make lab         all tests in a virtual machine with Debian's kernel and its USB drivers

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEBIAN := libqmi-utils libmbim-utils libqmi-proxy libmbim-proxy gir1.2-qmi-1.0 gir1.2-mbim-1.0 \
          python3-gi nftables tcpdump tshark iproute2 procps netbase git openssl \
          wireguard-go wireguard-tools openvpn openconnect ocserv strongswan-swanctl strongswan-charon \
          libstrongswan-standard-plugins libstrongswan-extra-plugins libcharon-extra-plugins \
          dbus-daemon systemd udev usb-modeswitch
LAB_DEBIAN := qemu-system-x86
# What `make test` runs of the lab, the longest first; `make lab` runs all of it.
LAB_TESTS := $(patsubst %,tests/lab/test_%.py,link vpn modemmanager usb_faults rebind doctor data_path \
          story_2015 connect check stock_qmi usbmon enumeration rebind_managed stock_mbim \
          serial_ports qrtr machine)
SOURCES := pyproject.toml README.md $(shell find qmiprobe protocols -type f -not -name '*.pyc')
# Machines and tests at once: they wait for half of their time, and more.
MACHINES := $(shell echo $$(($$(nproc) + 1)))
WORKERS := $(shell echo $$((2 * $$(nproc))))
ROOT := $(if $(filter 0,$(shell id -u)),,sudo)

# Measurements, and machines that are emulated, share their time with others: what fails is told, and
# tried once more by itself. What fails twice fails.
tried_twice = $(BIN)/python -m pytest -q $(1) || { \
	  echo "what failed is tried once more:"; \
	  $(BIN)/python -m pytest -q --last-failed --last-failed-no-failures none $(1); }

.PHONY: venv demo deps packages test lab soak bench clean help

help:
	@sed -n 's/^# make/make/p' Makefile
	@echo "also: venv, soak (the long runs), bench, clean"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "qmiprobe needs Python 3.11 or newer; '$(PYTHON)' is older or missing." \
	       "Try: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make a virtual environment: on Debian and Ubuntu install python3-venv"; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)

# For users: the program as it would be installed from a package.
$(VENV)/.installed: $(SOURCES) | $(BIN)/python
	@test -e $(VENV)/.installed-test || { echo "installing qmiprobe into $(VENV)"; \
	  $(BIN)/python -m pip install -q --disable-pip-version-check .; }
	@touch $@

# For developers: the checkout itself, with the tools of the tests.
$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	@echo "installing qmiprobe and its test tools into $(VENV)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/.installed

venv: $(VENV)/.installed-test

demo: $(VENV)/.installed
	$(BIN)/qmiprobe check 'sim:ec25' --connect
	$(BIN)/qmiprobe check 'sim:em7455' --connect

deps:
	@$(MAKE) --no-print-directory packages EXTRA="$(LAB_DEBIAN)"

packages:
	@missing=; for package in $(DEBIAN) $(EXTRA); do \
	  dpkg-query -W -f '$${Status}\n' $$package 2>/dev/null | grep -q '^install ok installed$$' \
	    || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then echo "Debian packages for the tests: all there"; exit 0; fi; \
	echo "Debian packages for the tests, missing:$$missing"; \
	command -v apt-get >/dev/null || { \
	  echo "no apt-get here: install what your distribution calls these"; exit 1; }; \
	$(ROOT) apt-get update -q && \
	$(ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing

test: $(VENV)/.installed-test
	@$(BIN)/python -m tests.requirements
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/python -m qmiprobe._codegen --check
	@$(BIN)/python -m tests.lab --prepare || test "$$CI" != true
	$(call tried_twice,-n $(MACHINES) --dist loadfile --no-loadscope-reorder $(LAB_TESTS))
	$(call tried_twice,-n $(WORKERS) --dist loadfile --ignore tests/lab)

lab: $(VENV)/.installed-test
	@$(MAKE) --no-print-directory packages EXTRA="$(LAB_DEBIAN)"
	@$(BIN)/python -m tests.lab --prepare
	$(BIN)/python -m pytest -q -n $(MACHINES) --dist loadfile tests/lab

soak: $(VENV)/.installed-test
	$(BIN)/python -m pytest -q --soak -n auto --dist worksteal

bench: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find qmiprobe tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
