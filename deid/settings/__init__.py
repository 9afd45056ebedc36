"""config/*.yaml -> frozen, typed settings; an unknown key is refused with its place in the file.

A trust edits YAML; nothing else in the project reads configuration, and nothing here holds
a secret or a value of the data.
"""

from deid.settings.desk import ProxySettings, ReviewSettings, Signature
from deid.settings.load import Settings, load, shipped
from deid.settings.models import (
    DetectionSettings,
    Engine,
    ExecutionSettings,
    InboxSettings,
    KeySettings,
    KeySource,
    LimitSettings,
    ModelSettings,
    MorningSettings,
    Operator,
    Policy,
    Programme,
    ReleaseSettings,
    Study,
    TlsSettings,
)
from deid.settings.service import (
    MailSettings,
    NotifySettings,
    ScheduleSettings,
    ServeSettings,
)

__all__ = [
    "DetectionSettings",
    "Engine",
    "ExecutionSettings",
    "InboxSettings",
    "KeySettings",
    "KeySource",
    "LimitSettings",
    "MailSettings",
    "ModelSettings",
    "MorningSettings",
    "NotifySettings",
    "Operator",
    "Policy",
    "Programme",
    "ProxySettings",
    "ReleaseSettings",
    "ReviewSettings",
    "ScheduleSettings",
    "ServeSettings",
    "Settings",
    "Signature",
    "Study",
    "TlsSettings",
    "load",
    "shipped",
]
