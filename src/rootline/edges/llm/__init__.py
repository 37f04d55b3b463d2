"""An optional language model on a short lead: it may propose and reword, and decides nothing. Holds nothing itself."""
