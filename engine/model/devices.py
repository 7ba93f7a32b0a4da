"""Where models run: which device, how much memory it has to spare, and what it computes in."""

from __future__ import annotations

from pathlib import Path

import torch

from engine.errors import ModelError

AMPERE = (8, 0)
"""The first compute capability that multiplies bfloat16."""


def choose_device(device: str | None) -> torch.device:
    """The device asked for, else CUDA where there is one, else the CPU; raises ModelError without CUDA.

    A card comes with its number, the current one where none was named: torch refuses to tell what a process may
    take of "cuda" alone, and accelerate wants to know which card each of several processes has.
    """
    there = torch.cuda.is_available()
    if device and device.startswith("cuda") and not there:
        raise ModelError(
            f"The device {device!r} was asked for, but torch finds no CUDA device. "
            "Leave the device out to use the CPU, or install the CUDA build of torch and the driver."
        )
    chosen = torch.device(device or ("cuda" if there else "cpu"))
    if chosen.type == "cuda" and chosen.index is None:
        return torch.device("cuda", torch.cuda.current_device())
    return chosen


def available_bytes(device: torch.device) -> int | None:
    """Memory of the device that can be taken now, None where the system doesn't say.

    On a GPU that is what is free, within what this process may take of it, and what torch holds and doesn't use.
    """
    if device.type == "cuda":
        free, whole = torch.cuda.mem_get_info(device)
        held = torch.cuda.memory_reserved(device)
        may = torch.cuda.get_per_process_memory_fraction(device) * whole - held
        return int(min(free, may) + held - torch.cuda.memory_allocated(device))
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(found[0]) * 1024 if found else None


def working_dtype(device: torch.device) -> torch.dtype:
    """What is computed in: float32 on a CPU, bfloat16 where the GPU has it, else float16.

    Cards before Ampere emulate bfloat16, and torch says that they have it: it is many times slower there.
    """
    if device.type != "cuda":
        return torch.float32
    return torch.bfloat16 if torch.cuda.get_device_capability(device) >= AMPERE else torch.float16
