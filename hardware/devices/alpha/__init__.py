"""The Alpha / BetaBrite message bar of docs/wire/alpha.md."""
