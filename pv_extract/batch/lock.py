"""One batch at a time writes to a folder."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from pv_extract.errors import UsageError
from pv_extract.folders import Folder, LocalFolder, RemoteFolder, cannot_store, make_folder
from pv_extract.output import cannot_write

NAME = ".lock"


@contextmanager
def locked(out: Folder) -> Iterator[None]:
    """Hold a folder for this process; raises UsageError where another holds it, or where it takes no output."""
    if isinstance(out, LocalFolder):
        with _held_by_the_kernel(out):
            yield
    elif isinstance(out, RemoteFolder):
        with _held_by_an_object(out):
            yield


@contextmanager
def _held_by_the_kernel(out: LocalFolder) -> Iterator[None]:
    """The kernel lets go of the lock whatever ends the process; the empty file stays."""
    import fcntl

    make_folder(out.path)
    try:
        file = (out.path / NAME).open("ab")
    except OSError as error:
        raise cannot_write(out.path, error) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _taken(out.address) from None
        yield


@contextmanager
def _held_by_an_object(out: RemoteFolder) -> Iterator[None]:
    """An object that names its maker; it outlives a maker that was killed, and is then taken over on the same host."""
    path = f"{out.root}/{NAME}"
    mine = json.dumps({"host": socket.gethostname(), "process": os.getpid()}).encode()
    try:
        out.fs.pipe_file(path, mine, mode="create")
    except FileExistsError:
        with out.open(NAME) as file:
            holder = json.load(file)
        if holder["host"] != socket.gethostname() or psutil.pid_exists(holder["process"]):
            raise _taken(out.address, f"{holder['host']}, {holder['process']}", f"{out.address}/{NAME}") from None
        out.fs.pipe_file(path, mine)
    except OSError as error:
        raise cannot_store(out.address, error) from None
    try:
        yield
    finally:
        with suppress(OSError):
            out.remove(NAME)


def _taken(address: str, who: str = "", lock: str = "") -> UsageError:
    by, par = (f" (host, process: {who})", f" (machine, processus : {who})") if who else ("", "")
    else_, sinon = (f"; if it is dead, remove {lock}", f" ; s'il est mort, supprimez {lock}") if lock else ("", "")
    return UsageError(
        f"another batch is writing to {address}{by}: wait until it ends, or choose another folder{else_}",
        f"un autre traitement écrit dans {address}{par} : attendez sa fin, ou changez de dossier{sinon}",
    )
