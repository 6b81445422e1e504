"""The addresses for course systems, which are there when LTI is on."""

from django.urls import URLPattern, path

from classroom.lti import views

urlpatterns: list[URLPattern] = [
    path("classroom/lti/keys.json", views.keys, name="lti_keys"),
    path("classroom/lti/login/", views.login, name="lti_login"),
    path("classroom/lti/launch/", views.launch, name="lti_launch"),
    path("classroom/lti/arrive/", views.arrive, name="lti_arrive"),
    path("classroom/lti/teacher/", views.for_teacher, name="lti_teacher"),
    path("classroom/lti/course/", views.put_into_course, name="lti_course"),
    path("classroom/lti/classes/<str:ident>/marks/", views.send_marks, name="lti_marks"),
]
