"""A reading as an IMS Common Cartridge of links, which Canvas, Moodle, Blackboard and Brightspace import into a course.

It is of version 1.1, the newest that all of them read: Moodle reads 1.0 and 1.1 only. The documents stay in the archive
and are linked to; what the teacher wrote goes along as small pages.
"""
