"""What people see in a browser: the supervisors' desk, the demonstration, health and figures."""
