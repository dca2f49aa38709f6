"""Rules that only say why a document could not be read: the engine loads them where that is so."""
