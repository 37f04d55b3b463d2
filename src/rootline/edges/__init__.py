"""Other people's formats: turned into facts on the way in and from answers on the way out. Nothing is decided here."""
