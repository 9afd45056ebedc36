"""config/*.yaml -> frozen, typed settings; an unknown key is refused with its place in the file.

A trust edits YAML; nothing else in the project reads configuration, and nothing here holds
a secret or a value of the data.
"""

from deid.settings.load import Settings, load, shipped
from deid.settings.models import (
    DetectionSettings,
    ExecutionSettings,
    KeySettings,
    KeySource,
    LimitSettings,
    ModelSettings,
    Operator,
    Policy,
    Programme,
    ReleaseSettings,
    Study,
)

__all__ = [
    "DetectionSettings",
    "ExecutionSettings",
    "KeySettings",
    "KeySource",
    "LimitSettings",
    "ModelSettings",
    "Operator",
    "Policy",
    "Programme",
    "ReleaseSettings",
    "Settings",
    "Study",
    "load",
    "shipped",
]
