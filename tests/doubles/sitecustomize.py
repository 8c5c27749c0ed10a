"""Disasters for worker processes, by the name of the document; in force where PYTHONPATH names this folder."""

import os
import signal
import time

from pv_extract import pipeline

read_well = pipeline.layout_of


def reader_hangs(source):
    time.sleep(3600)


def memory_eaten(source):
    held = []
    while True:
        held.append(b"x" * 50_000_000)
        time.sleep(0.02)


def reader_crashes(source):
    os.kill(os.getpid(), signal.SIGSEGV)


def reader_is_slow(source):
    time.sleep(0.3)


DISASTERS = {"hangs": reader_hangs, "eats": memory_eaten, "crashes": reader_crashes, "slow": reader_is_slow}


def layout_of(source, grammar, options):
    DISASTERS.get(source.name.partition("-")[0], lambda source: None)(source)
    return read_well(source, grammar, options)


pipeline.layout_of = layout_of
