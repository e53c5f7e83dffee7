"""The supervisors' desk: sign in, read cases, never change them; every view is written in the journal."""
