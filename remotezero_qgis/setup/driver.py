"""Is there an NVIDIA GPU, and how big is it? Asked from the driver itself, without installing anything."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass

LIBRARIES = {"win32": ("nvcuda.dll",), "linux": ("libcuda.so.1", "libcuda.so")}
SUCCESS = 0
NAME_BYTES = 128


@dataclass(frozen=True)
class Gpu:
    """What the driver says about the first GPU.

    Attributes:
        name: as the maker calls it.
        memory_bytes: all of its memory.
        cuda: highest CUDA version the driver can run, as (major, minor).
    """

    name: str
    memory_bytes: int
    cuda: tuple[int, int]


def find_gpu() -> Gpu | None:
    """Return the first NVIDIA GPU, or None where there is no driver or no GPU."""
    library = _driver()
    if library is None or library.cuInit(0) != SUCCESS:
        return None
    version, count, device = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
    memory = ctypes.c_size_t()
    name = ctypes.create_string_buffer(NAME_BYTES)
    answers = (
        library.cuDriverGetVersion(ctypes.byref(version)),
        library.cuDeviceGetCount(ctypes.byref(count)),
        library.cuDeviceGet(ctypes.byref(device), 0),
        library.cuDeviceGetName(name, NAME_BYTES, device),
        library.cuDeviceTotalMem_v2(ctypes.byref(memory), device),
    )
    if count.value == 0 or any(answer != SUCCESS for answer in answers):
        return None
    cuda = (version.value // 1000, version.value % 1000 // 10)
    return Gpu(name.value.decode("utf-8", "replace"), memory.value, cuda)


def _driver() -> ctypes.CDLL | None:
    for name in LIBRARIES.get(sys.platform, ()):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None
