"""What single words may be: lists, cues, frames, and what is known before names are decided."""
