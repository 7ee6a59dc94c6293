"""What the child process takes from itself before it touches a foreign byte."""

import faulthandler
import math
import sys
import time
from typing import TextIO

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 20
# The parent gives up a little later; this ends a child whose parent hangs or died.
WALL_SECONDS = 30

if sys.platform == "win32":
    import ctypes

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", ctypes.c_uint32),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", ctypes.c_uint32),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", ctypes.c_uint32),
            ("SchedulingClass", ctypes.c_uint32),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _EXTENDED_LIMIT_INFORMATION = 9
    _PROCESS_MEMORY = 0x100
    _DIE_ON_UNHANDLED_EXCEPTION = 0x400

    def restrict_this_process() -> None:
        """Put this process into a job with a memory limit; time is kept by the watchdog."""
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION
        limits.ProcessMemoryLimit = MEMORY_BYTES
        size = ctypes.sizeof(limits)
        # The handle stays open on purpose: the job lives as long as this process.
        is_set = kernel.SetInformationJobObject(job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), size)
        if not is_set or not kernel.AssignProcessToJobObject(
            job, ctypes.c_void_p(kernel.GetCurrentProcess())
        ):
            raise ctypes.WinError(ctypes.get_last_error())

    def _allow_cpu_time() -> None:
        return

else:
    import resource

    def restrict_this_process() -> None:
        """Limit memory, forbid writing files and leaving a core dump with a photo in it."""
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_FSIZE, 0)
        # macOS knows the limit but does not keep it; there the watchdog remains.
        if sys.platform != "darwin":
            _lower(resource.RLIMIT_AS, MEMORY_BYTES)

    def _lower(limit: int, value: int) -> None:
        _, hard = resource.getrlimit(limit)
        lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (lowest, lowest))

    def _allow_cpu_time() -> None:
        # The limit counts from the start of the process, which serves several files.
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = math.ceil(time.process_time()) + CPU_SECONDS
        is_free = hard == resource.RLIM_INFINITY
        resource.setrlimit(resource.RLIMIT_CPU, (soft if is_free else min(soft, hard), hard))


class Allowance:
    """Time for one file; the C watchdog fires even when a decoder holds the interpreter."""

    def __init__(self, nowhere: TextIO) -> None:
        self._nowhere = nowhere

    def __enter__(self) -> None:
        _allow_cpu_time()
        faulthandler.dump_traceback_later(WALL_SECONDS, exit=True, file=self._nowhere)

    def __exit__(self, *_: object) -> None:
        # An idle child waits as long as it likes.
        faulthandler.cancel_dump_traceback_later()
