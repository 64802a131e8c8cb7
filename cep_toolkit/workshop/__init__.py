"""The instructor's and the author's side: building notebooks, making variants, and the gate."""
