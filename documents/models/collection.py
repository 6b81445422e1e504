"""A collection: documents that belong together, in an order of their own."""

from django.db import models
from django.urls import reverse


class Collection(models.Model):
    slug = models.SlugField(
        "address",
        max_length=100,
        unique=True,
        help_text="The last part of the web address. It is lasting: change it only before anyone has linked to it.",
    )
    title = models.CharField(max_length=300)
    description = models.TextField(
        blank=True, help_text="What brings these documents together, in a sentence or two. Shown on the home page."
    )
    first_side = models.CharField(
        max_length=100,
        blank=True,
        help_text="For an exchange: whose documents are drawn on the left, e.g. United States.",
    )
    second_side = models.CharField(
        max_length=100,
        blank=True,
        help_text="For an exchange: whose documents are drawn on the right, e.g. Soviet Union.",
    )
    position = models.PositiveIntegerField(default=0, help_text="Collections are listed in this order, then by title.")

    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.slug])
