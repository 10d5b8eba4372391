"""What a briefing shows, counted: one subject a file, tables in and tables out."""
