"""Where the county server keeps everything: an embedded SQLite file or PostgreSQL behind one interface."""
