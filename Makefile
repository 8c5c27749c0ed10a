.PHONY: torture bench-batch joining demo test lint types bench accuracy robustness ocr-accuracy

demo:
	scripts/demo

test:
	scripts/test

lint:
	scripts/setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports

types:
	scripts/setup
	.venv/bin/mypy

bench:
	scripts/setup
	.venv/bin/python benchmarks/bench.py
	.venv/bin/python benchmarks/check_bench.py

accuracy:
	scripts/setup
	.venv/bin/python -m scripts.accuracy

robustness:
	scripts/setup
	.venv/bin/python -m scripts.robustness

torture:
	scripts/setup
	.venv/bin/python scripts/torture.py
	.venv/bin/python scripts/torture.py --kills 5 --executor dask

joining:
	scripts/setup
	.venv/bin/python -m scripts.joining

bench-batch:
	scripts/setup
	.venv/bin/python benchmarks/batch_bench.py

ocr-accuracy:
	scripts/setup
	.venv/bin/python -m scripts.ocr_accuracy
