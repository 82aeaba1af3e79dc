"""What Communique must survive, as programs: kills, full disks, flipped bytes, mutated input, hostile expressions."""
