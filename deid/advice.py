"""What a person does about each reason: a line for the morning, without any value of the data."""

from collections.abc import Mapping

from deid.errors import Reason
from deid.inbox import Waiting

FOR_WITHHELD: Mapping[Reason, str] = {
    Reason.EMPTY: "nothing is in the file; copy the right one",
    Reason.TRUNCATED: "the file is cut off; copy it again from where it came",
    Reason.ENCRYPTED: "save it without a password",
    Reason.WRONG_SUFFIX: "its ending is not what it is; save it anew as .docx or .txt",
    Reason.UNSUPPORTED: "not a kind that is read; save it as .docx or .txt",
    Reason.TOO_LARGE: "split it, or raise limits.file_megabytes in deid.yaml",
    Reason.ZIP_BOMB: "unpacks to more than is allowed; open it and save it anew",
    Reason.XML_ENTITIES: "not as an office program writes it; open it and save it anew",
    Reason.BINARY: "not text; save it as .docx or .txt",
    Reason.MALFORMED: "cannot be read as what it is; open it and save it anew",
    Reason.ENCODING: "save it as UTF-8",
    Reason.OUTSIDE_INBOX: "a link; put the file itself into the inbox",
    Reason.UNREADABLE: "in use, or no permission to read it; the next run tries again",
    Reason.DUPLICATE: "the inbox has the same content already; take one of the two away",
    Reason.CHANGED_WHILE_READ: "still being copied; the next run tries again",
    Reason.DETECTION_FAILED: "a fault of the program; tell its administrator the id",
    Reason.TIMED_OUT: "took longer than execution.timeout_seconds; the next run tries again",
    Reason.WORKER_DIED: "its process ended, often for want of memory; the next run tries again",
    Reason.WRITE_FAILED: "the disk is full or cannot be written; the next run tries again",
    Reason.LEAK: "something stands uncovered; add the alias to the register, then rerun it",
    Reason.NOT_IN_REGISTER: "nobody of the register is in it; add the participant, then rerun it",
    Reason.UNEXPECTED: "a fault of the program; tell its administrator the id",
}
"""For each reason why a transcript is withheld."""

FOR_WAITING: Mapping[Waiting, str] = {
    Waiting.CHANGING: "still being copied",
    Waiting.OPEN: "open in an office program",
    Waiting.PARTIAL: "half a download, by their names",
    Waiting.AT_SOURCE: "at inbox.source, still being copied, in use or not readable there",
}
"""For each reason why a file waits for the next run."""
