"""What calls for the operator's attention: alarms, their sounds, and what tells that all is well."""
