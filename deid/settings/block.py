"""What every block of the configuration is: frozen, and deaf to keys that it does not know."""

from pydantic import BaseModel, ConfigDict


class Block(BaseModel):
    """One block of keys; an error never repeats what was written."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
