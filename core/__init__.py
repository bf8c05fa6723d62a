"""The ground floor: what every app builds on. No models, and no import of any other part of the project."""
