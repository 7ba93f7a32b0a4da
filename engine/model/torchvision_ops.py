"""Makes ``import torchvision`` work beside a torch build it was not compiled for.

The Qwen processors import torchvision for its transforms. Its registry wheels register the operators
``nms`` and ``qnms`` from a compiled library; where that library doesn't fit the installed torch (a CPU
build of torch beside the CUDA wheel of torchvision is the common case), the import ends with
"operator torchvision::nms does not exist". Neither operator is used here, so declaring their names
first is enough. Import this module before anything that may import torchvision.
"""

from __future__ import annotations

import torch

_SIGNATURE = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_library: torch.library.Library | None = None


def declare_missing_operators() -> None:
    """Declare ``torchvision::nms`` and ``torchvision::qnms`` where the compiled library didn't."""
    global _library
    if _library is not None or _import_works():
        return
    _library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        _library.define(f"{name}{_SIGNATURE}")


def _import_works() -> bool:
    """Try the plain import; a failed try leaves nothing behind that a second one would trip over."""
    try:
        import torchvision  # noqa: F401
    except (RuntimeError, ImportError, OSError):
        return False
    return True


declare_missing_operators()
