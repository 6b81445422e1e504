"""Course systems, by LTI 1.3: a class is put into a course and opened from it, and marks go back. Off by default."""
