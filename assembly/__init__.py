"""The rules: pure functions and values, without database, Telegram, clock or chance."""
