"""What an operator edits: settings, message catalogues, questionnaires, cells, logging. All is checked at start."""
