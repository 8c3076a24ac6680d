"""What is true, whoever asks: grids, classes, cases, clocks; no Qt, no SQL, no clock of its own."""
