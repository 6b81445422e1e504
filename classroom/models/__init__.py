"""What the classroom stores."""

from classroom.models.access import Attempt, Invitation, Policy
from classroom.models.assignment import Assignment
from classroom.models.reading import Reading
from classroom.models.student import Answer, Highlight, Student

__all__ = ["Answer", "Assignment", "Attempt", "Highlight", "Invitation", "Policy", "Reading", "Student"]
