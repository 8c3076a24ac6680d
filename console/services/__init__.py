"""What one may do: functions that change the city inside one transaction."""
