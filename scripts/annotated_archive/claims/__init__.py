"""Claims grouped and compared: whose voice, when, beside which others. No figure is added up, averaged or judged."""
