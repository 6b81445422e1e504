"""The addresses of the classroom."""

from django.urls import URLPattern, path

from classroom.views import accounts, assigning, cartridge, desk, exporting, front, joining, privacy, reviewing

urlpatterns: list[URLPattern] = [
    path("classroom/", front.front, name="classroom"),
    path("classroom/sign-in/", accounts.SignIn.as_view(), name="classroom_sign_in"),
    path("classroom/sign-out/", accounts.SignOut.as_view(), name="classroom_sign_out"),
    path("classroom/password/", accounts.ChangePassword.as_view(), name="classroom_password"),
    path("classroom/invitations/<str:secret>/", accounts.accept_invitation, name="accept_invitation"),
    path("classroom/privacy/", privacy.privacy, name="classroom_privacy"),
    path("classroom/privacy/delete/<str:ident>/", privacy.delete_me, name="delete_me"),
    path("classroom/join/", joining.join, name="join"),
    path("classroom/join/<str:code>/", joining.join, name="join_code"),
    path("classroom/joined/<str:ident>/", joining.joined, name="joined"),
    path("classroom/return/", joining.return_to_class, name="return_to_class"),
    path("classroom/leave/", joining.leave_class, name="leave_class"),
    path("classroom/readings/<str:ident>/assign/", assigning.assign, name="assign"),
    path("classroom/classes/<str:ident>/", desk.desk, name="desk"),
    path("classroom/classes/<str:ident>/edit/", desk.edit_class, name="edit_class"),
    path("classroom/classes/<str:ident>/code/", desk.class_code, name="class_code"),
    path("classroom/classes/<str:ident>/delete/", desk.delete_class, name="delete_class"),
    path("classroom/classes/<str:ident>/again/", assigning.assign_again, name="assign_again"),
    path("classroom/classes/<str:ident>/newer/", assigning.newer, name="newer_version"),
    path("classroom/classes/<str:ident>/looked/", assigning.looked, name="looked_at_changes"),
    path("classroom/classes/<str:ident>/students/<int:key>/", reviewing.review_student, name="review_student"),
    path("classroom/classes/<str:ident>/students/<int:key>/code/", desk.new_return_code, name="new_return_code"),
    path("classroom/classes/<str:ident>/students/<int:key>/delete/", desk.delete_student, name="delete_student"),
    path("classroom/classes/<str:ident>/questions/<str:item>/", reviewing.review_question, name="review_question"),
    path("classroom/classes/<str:ident>/print/", reviewing.print_class, name="print_class"),
    path("classroom/classes/<str:ident>/export.csv", exporting.export_csv, name="export_csv"),
    path("classroom/classes/<str:ident>/export.json", exporting.export_json, name="export_json"),
    path("classroom/readings/<str:ident>/reading.imscc", cartridge.cartridge, name="reading_cartridge"),
]
