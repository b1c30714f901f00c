"""A host for a bot behind ManyChat: FastAPI, SQLite or PostgreSQL, leads to Kommo and Bitrix24, notices to Telegram."""
